"""Parents, alumni and others who help (P6): what is asked of whom, without exposing their data."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.organisations.models import School

USER = settings.AUTH_USER_MODEL


class Slot(models.Model):
    """A place at an activity: in which role, and how many people are wanted.

    `role` is a key of the framework's parent_involvement, or a working form as `talk`.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="volunteer_slots")
    role = models.CharField(_("waarvoor"), max_length=60)
    wanted = models.PositiveSmallIntegerField(_("hoeveel mensen"), default=1)

    objects: ClassVar[models.Manager["Slot"]] = models.Manager()

    class Meta:
        ordering = ["activity__on", "activity__starts", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "role"], name="volunteer_slot_once"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="volunteer_slot_wants_some"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.role}"


class Who(models.TextChoices):
    PARENT = "parent", _("een ouder")
    ALUMNUS = "alumnus", _("een oud-leerling")
    OTHER = "other", _("iemand anders: een grootouder, een buur")


class Volunteer(models.Model):
    """Somebody who was asked to help in a dossier. Name and addresses are for its lead only, and
    are wiped when the person says so: what stays is that somebody helped."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="volunteers")
    who = models.CharField(_("wie is het"), max_length=10, choices=Who.choices)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="volunteer")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    consent_on = models.DateField(null=True)
    wiped_on = models.DateField(null=True)
    # Which text of the school's information note the person read, and when.
    note_number = models.PositiveIntegerField(null=True)
    note_read_on = models.DateField(null=True)
    slots: models.ManyToManyField[Slot, "Offer"] = models.ManyToManyField(
        Slot, through="Offer", related_name="volunteers"
    )

    objects: ClassVar[models.Manager["Volunteer"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wiped_on=None)
                | Q(name="", email="", phone="", note_number=None, note_read_on=None),
                name="volunteer_wiped_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(note_number=None, note_read_on=None)
                | Q(note_number__isnull=False, note_read_on__isnull=False),
                name="volunteer_read_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.pk}"

    @property
    def can_be_wiped(self) -> bool:
        """By the person: also after the link ran out, not after it was withdrawn."""
        return self.wiped_on is None and self.link.withdrawn_at is None


class Offer(models.Model):
    """A volunteer takes a slot."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="offers")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="offers")

    objects: ClassVar[models.Manager["Offer"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "volunteer"], name="volunteer_offer_once")
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.volunteer_id}"


Section = dict[str, str]


class InformationNote(models.Model):
    """What a school tells who helps, before the start (domain.md 7.3, act of 3 July 2005).

    `sections` are {"key", "title", "text"} in the order of the content: a copy with its headings,
    as it is read. `number` is that of the present words, 0 for none; `version` also counts savings
    without a change.
    """

    school = models.OneToOneField(School, models.CASCADE, related_name="information_note")
    sections: models.JSONField[list[Section], list[Section]] = models.JSONField(default=list)
    number = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["InformationNote"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.school_id} {self.number}"


class NoteText(models.Model):
    """The words of a note as they were: what somebody read on a day can be read again."""

    note = models.ForeignKey(InformationNote, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    sections: models.JSONField[list[Section], list[Section]] = models.JSONField(default=list)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["NoteText"]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="volunteer_note_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.number}"
