"""Lists that schools bring in, what each of their rows did, and where others keep what we keep."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import LEADS, Actor, Kind, Role
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.partners.models import Offer, Partner, PartnerContact

# Kinds of long work: a databank is read in, a workbook of the databank is made.
READING, WORKBOOK = "databank.in", "databank.xlsx"

Words = models.JSONField[list[str], list[str]]


class State(models.TextChoices):
    """How far a list is."""

    COLUMNS = "columns", _("kolommen aan te duiden")
    CHECKED = "checked", _("na te kijken")
    BUSY = "busy", _("wordt ingelezen")
    DONE = "done", _("ingelezen")
    UNDONE = "undone", _("teruggedraaid")


class Choice(models.TextChoices):
    """What to do when a row differs from the databank or is wrong."""

    STOP = "stop", _("Lees dan niets in")
    SKIP = "skip", _("Sla die rijen over")
    UPDATE = "update", _("Pas de databank aan")


class PartnerListQuerySet(models.QuerySet["PartnerList"]):
    def visible_to(self, actor: Actor) -> "PartnerListQuerySet":
        """Lists of the schools that the actor leads, or of the umbrella that the actor keeps."""
        if actor.kind is Kind.SYSTEM:
            return self
        schools = Q(school_id__in=actor.schools(LEADS))
        return self.filter(schools | Q(umbrella_id__in=actor.umbrellas(Role.UMBRELLA_ADMIN)))


class PartnerList(models.Model):
    """A list of partners that somebody brought in, from a file that itself is not kept.

    `heads` are the names of its columns, `fields` what each holds (nothing: not taken over).
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    umbrella = models.ForeignKey(Umbrella, models.PROTECT, null=True, related_name="+")
    started_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=160)
    sheet = models.CharField(max_length=120, blank=True)
    other_sheets: Words = models.JSONField(default=list)
    # Where the file waits (exchange.waiting) as long as another sheet of it can be chosen.
    file = models.CharField(max_length=40, blank=True)
    heads: Words = models.JSONField(default=list)
    fields: Words = models.JSONField(default=list)
    default_kind = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COLUMNS)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)
    job_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartnerListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None, umbrella__isnull=False)
                | Q(school__isnull=False, umbrella=None),
                name="list_of_a_school_or_an_umbrella",
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="list_by_age")]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What a row says beside the databank."""

    NEW = "new", _("nieuw")
    SAME = "same", _("hetzelfde")
    DIFFERS = "differs", _("verschilt")
    WRONG = "wrong", _("fout")


class Outcome(models.TextChoices):
    """What became of a row."""

    NONE = "", _("nog niet ingelezen")
    MADE = "made", _("toegevoegd")
    UPDATED = "updated", _("aangepast")
    SAME = "same", _("stond er al")
    SKIPPED = "skipped", _("overgeslagen")
    REFUSED = "refused", _("geweigerd")
    UNDONE = "undone", _("weer weggehaald")
    KEPT = "kept", _("gebleven: intussen veranderd of in gebruik")


class ListRow(models.Model):
    """One row of a list. `differences` holds label, what the databank says and what the list says;
    `partner_version` is that of the partner when this row had made or changed it; `withheld` names
    what was taken out of its cells because it may never be stored."""

    partner_list = models.ForeignKey(PartnerList, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells: Words = models.JSONField(default=list)
    withheld: Words = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    differences: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    problems: Words = models.JSONField(default=list)
    remarks: Words = models.JSONField(default=list)
    partner = models.ForeignKey(Partner, models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey(PartnerContact, models.SET_NULL, null=True, related_name="+")
    partner_version = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    objects: ClassVar[models.Manager["ListRow"]] = models.Manager()

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["partner_list", "line"], name="list_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_list_id}:{self.line}"


class ExternalId(models.Model):
    """Under which key somebody else keeps a partner or an offer, as UiTdatabank."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, related_name="external_ids")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="external_ids")
    # What the other side said last, so that only what changed there is written here.
    said: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    seen_on = models.DateField()

    objects: ClassVar[models.Manager["ExternalId"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="external_id_once"),
            models.CheckConstraint(
                condition=Q(partner=None, offer__isnull=False)
                | Q(partner__isnull=False, offer=None),
                name="external_id_of_a_partner_or_an_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class DatabankMove(models.Model):
    """One time that the databank went out (json, xlsx) or came in, or that something of UiTdatabank
    did (uit). The log knows who did it."""

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=4)

    objects: ClassVar[models.Manager["DatabankMove"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
