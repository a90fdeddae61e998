"""The organisation itself speaks: its link, what it says, what schools checked, what it answers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.models.experience import Experience
from partnerwijzer.partners.models.offering import Offer
from partnerwijzer.partners.models.organisation import Partner, Recognition

USER = settings.AUTH_USER_MODEL


class ProfileLink(models.Model):
    """The personal link by which somebody of the organisation keeps its own page."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="profile_links")
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="partner_profile")
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    sent_by_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["ProfileLink"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.partner_id} {self.link_id}"


class Statement(models.Model):
    """Who stands behind one fact: the organisation said it, a school checked it, or both.

    A fact without a row was put there by a school that did not say that it checked it.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="statements")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="statements")
    field = models.CharField(max_length=40)
    said_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    # What another databank says now of what a school checked: {name of the fact: value}. Open until
    # somebody of a school looked again.
    elsewhere: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    elsewhere_source = models.CharField(max_length=40, blank=True)
    elsewhere_open = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Statement"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "field"], condition=Q(offer=None), name="statement_once"
            ),
            models.UniqueConstraint(
                fields=["offer", "field"],
                condition=Q(offer__isnull=False),
                name="statement_of_an_offer_once",
            ),
            models.CheckConstraint(
                condition=Q(said_on__isnull=False) | Q(checked_on__isnull=False),
                name="statement_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.field}"


class State(models.TextChoices):
    """What became of something that waits for a decision."""

    WAITING = "waiting", _("wacht op nazicht")
    ACCEPTED = "accepted", _("aanvaard")
    REFUSED = "refused", _("niet aanvaard")


class Decided(models.Model):
    """Something from outside that waits until somebody of the databank decides."""

    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        abstract = True


class Proposal(Decided):
    """A change by the organisation that touches what a school checked, or who it is.

    `changes`: {field: [value it was made from, value asked]}.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="proposals")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="proposals")
    recognition = models.ForeignKey(
        Recognition, models.CASCADE, null=True, related_name="proposals"
    )
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Proposal"]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer=None) | Q(recognition=None), name="proposal_about_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {', '.join(self.changes)}"

    @property
    def about(self) -> Partner | Offer | Recognition:
        """What would change: an offer, a recognition, or else the organisation itself."""
        return self.recognition or self.offer or self.partner


class Reply(Decided):
    """What the organisation answers to an experience, or to all of them together (M8)."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="replies")
    experience = models.ForeignKey(Experience, models.CASCADE, null=True, related_name="replies")
    text = models.TextField(_("je antwoord"))

    objects: ClassVar[models.Manager["Reply"]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reply_has_words")]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.experience_id}"


class ReportReason(models.TextChoices):
    WRONG = "wrong", _("Dit klopt niet (meer)")
    PERSON = "person", _("Hier staan gegevens van een persoon")
    SCHOOL = "school", _("Hieraan herken je een school of leerling")
    HURTFUL = "hurtful", _("Dit is kwetsend of haatdragend")
    DOUBLE = "double", _("Deze organisatie staat er twee keer")
    CONCERN = "concern", _("Ik maak me zorgen over deze organisatie")
    OTHER = "other", _("Iets anders")


class Report(models.Model):
    """Somebody says that something is wrong in the databank. Handled with a word, never deleted.

    `thing` is "partner", "offer:3", "experience:12" or "reply:4". Who reported is for the log only.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="reports")
    thing = models.CharField(max_length=40)
    reason = models.CharField(_("wat is er mis"), max_length=10, choices=ReportReason.choices)
    words = models.TextField(_("vertel kort wat je zag"), blank=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    by_partner = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Report"]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.thing}"
