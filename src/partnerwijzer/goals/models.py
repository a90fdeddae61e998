"""Educational goals as the government publishes them, and the sets that they belong to."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Kind

# Has to stand beside the goals (domain.md 5.2).
ATTRIBUTION = "Bron: Vlaamse overheid, Departement Onderwijs en Vorming (onderwijsdoelen.be)"


class GoalSet(models.Model):
    """A doelenset. Names collide between sets, so the number of the source is the key."""

    source_id = models.BigIntegerField(primary_key=True)
    name = models.TextField(_("naam"))
    short_name = models.CharField(_("korte naam"), max_length=300, blank=True)
    edition = models.CharField(_("versie"), max_length=40, blank=True)
    level = models.CharField(_("onderwijsniveau"), max_length=100, blank=True, db_index=True)
    sublevel = models.CharField(_("onderwijssubniveau"), max_length=200, blank=True)
    kind = models.CharField(_("onderwijssoort"), max_length=200, blank=True)
    grade = models.CharField(_("graad"), max_length=200, blank=True)
    stream = models.CharField(_("stroom"), max_length=200, blank=True)
    year = models.CharField(_("leerjaar"), max_length=200, blank=True)
    finality = models.CharField(_("finaliteit"), max_length=200, blank=True)
    training_form = models.CharField(_("opleidingsvorm"), max_length=200, blank=True)
    competence_number = models.CharField(_("sleutelcompetentie"), max_length=20, blank=True)
    competence = models.CharField(_("naam van de sleutelcompetentie"), max_length=300, blank=True)
    search_text = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    objects: ClassVar[models.Manager["GoalSet"]] = models.Manager()

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Short enough for one line: the short name, for whom, and the edition."""
        whom = [self.level, self.kind, self.grade, self.year, self.stream, self.finality]
        parts = [self.short_name or self.name, " ".join(p for p in whom if p and p != "Gewoon")]
        if self.edition:
            parts.append(f"versie {self.edition}")
        return " · ".join(part for part in parts if part)


class Validity(models.TextChoices):
    """What the source says. A date that has passed since counts too: see Goal.is_expired."""

    VALID = "valid", _("geldig")
    EXPIRED = "expired", _("niet meer geldig")
    UNKNOWN = "unknown", _("geldigheid onbekend")


def readers(actor: Actor) -> bool:
    """Goals are public law, but this list is for people with an account."""
    return actor.kind in (Kind.USER, Kind.SYSTEM)


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, actor: Actor) -> "GoalQuerySet":
        """All of them, for who may read them."""
        return self if readers(actor) else self.none()

    def current(self, today: date | None = None) -> "GoalQuerySet":
        """Without the goals that are no longer valid."""
        day = today or timezone.localdate()
        return self.exclude(validity=Validity.EXPIRED).exclude(valid_until__lt=day)


class Goal(models.Model):
    """One onderwijsdoel. Keyed by the `@id` of the source: codes are not unique within a set."""

    source_id = models.BigIntegerField(primary_key=True)
    goal_set = models.ForeignKey(GoalSet, models.PROTECT, related_name="goals")
    code = models.CharField(_("code"), max_length=60, blank=True)
    text = models.TextField(_("doel"))
    footnote = models.TextField(_("voetnoot"), blank=True)
    memo = models.TextField(_("toelichting"), blank=True)
    kind = models.CharField(_("soort doel"), max_length=200, blank=True)
    attitude = models.BooleanField(_("attitude"), default=False)
    optional = models.BooleanField(_("niet verplicht"), default=False)
    rubrics: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    validity = models.CharField(
        _("geldigheid"), max_length=10, choices=Validity.choices, default=Validity.UNKNOWN
    )
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    published_on = models.DateField(_("gepubliceerd op"), null=True, blank=True)
    search_text = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="goal_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()

    @property
    def is_expired(self) -> bool:
        passed = self.valid_until is not None and self.valid_until < timezone.localdate()
        return passed or self.validity == Validity.EXPIRED

    @property
    def expired_since(self) -> date | None:
        """The first day on which it did not hold any more, where the source says so."""
        if not self.is_expired or self.valid_until is None:
            return None
        return self.valid_until + timedelta(days=1)

    @property
    def starts_later(self) -> bool:
        return self.valid_from is not None and self.valid_from > timezone.localdate()

    @property
    def address(self) -> str:
        """Where the source itself shows this goal."""
        return f"https://www.onderwijsdoelen.be/doelen/{self.source_id}"

    @property
    def first_line(self) -> str:
        return self.text.split("\n", 1)[0]

    @property
    def more(self) -> str:
        """What comes after the first line, where there is more."""
        return self.text.partition("\n")[2].strip()


class GoalImport(models.Model):
    """One time that goals were read in, and what came of it. The log knows who did it."""

    at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=300)
    report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["GoalImport"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d}"
