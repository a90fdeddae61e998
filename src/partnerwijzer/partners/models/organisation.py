"""An organisation, whom to reach there, and who recognises it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Kind
from partnerwijzer.organisations.models import School
from partnerwijzer.search.spelling import folded

Keys = models.JSONField[list[str], list[str]]


class Tie(models.TextChoices):
    """What the organisation says itself about a commercial or ideological tie (features.md 21)."""

    UNKNOWN = "unknown", _("nog niet gevraagd")
    NONE = "none", _("nee, zegt de organisatie zelf")
    SOME = "some", _("ja")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, actor: Actor) -> "PartnerQuerySet":
        """The databank is shared: all for who has a role somewhere, nothing for others.

        What was merged into another partner is no longer there: see Partner.merged_into.
        """
        if not actor.seats and actor.kind is not Kind.SYSTEM:
            return self.none()
        return self.filter(merged_into=None)


class Partner(models.Model):
    """An external organisation. Facts of the register are read from there, not copied."""

    name = models.CharField(_("naam"), max_length=320)
    kind = models.CharField(_("soort"), max_length=60)
    enterprise_number = models.CharField(_("ondernemingsnummer"), max_length=10, blank=True)
    description = models.TextField(_("wat doet de organisatie"), blank=True)
    website = models.URLField(_("website"), blank=True)
    themes: Keys = models.JSONField(_("thema’s"), default=list, blank=True)
    levels: Keys = models.JSONField(_("niveaus"), default=list, blank=True)
    regions = models.CharField(_("waar werkt de organisatie"), max_length=300, blank=True)
    street = models.CharField(_("straat en nummer"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("gemeente"), max_length=100, blank=True)
    commercial_tie = models.CharField(
        _("commercieel belang"), max_length=10, choices=Tie.choices, default=Tie.UNKNOWN
    )
    commercial_note = models.TextField(_("uitleg van de organisatie"), blank=True)
    ideological_tie = models.CharField(
        _("ideologische of politieke band"), max_length=10, choices=Tie.choices, default=Tie.UNKNOWN
    )
    ideological_note = models.TextField(_("uitleg van de organisatie"), blank=True)
    # Names by which it was known before; they find it too.
    former_names: Keys = models.JSONField(_("vroegere namen"), default=list, blank=True)
    # Where all that belonged to this partner went, when two turned out to be one (Merge).
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    created_by_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    # Made by save(), also of what is offered now: the name as it is sorted and compared, all words
    # that are searched, and the keys of lists as " theme:reading kind:library ".
    sort_name = models.CharField(max_length=640, editable=False, default="")
    search_keys = models.TextField(editable=False, default="")
    search_text = models.TextField(editable=False, default="")

    # Told along by who lists partners: the warning that stands on it (a MarkKind).
    mark_kind = ""

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_number"],
                condition=~Q(enterprise_number=""),
                name="partner_number_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="partner_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="partner_by_name"),
            models.Index(
                fields=["created_at", "id"],
                condition=Q(enterprise_number="", merged_into=None),
                name="partner_without_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what is sorted and searched in step with the facts."""
        self._make_searchable()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.SEARCHED}
        super().save(*args, **kwargs)

    SEARCHED = ("sort_name", "search_text", "search_keys")

    def _make_searchable(self) -> None:
        offers = list(self.offers.filter(withdrawn_at=None)) if self.pk else []
        parts = [self.name, self.town, self.postcode, self.regions, self.description]
        parts += [
            self.website,
            self.enterprise_number,
            *self.former_names,
            *(offer.search_text for offer in offers),
        ]
        keys = [f"kind:{self.kind}", *_keys_of(self)]
        for offer in offers:
            keys += [f"form:{offer.working_form}", *_keys_of(offer)]
        self.sort_name = folded(self.name)
        self.search_text = folded(" ".join(parts))
        self.search_keys = f" {' '.join(dict.fromkeys(keys))} "


def _keys_of(row: Any) -> list[str]:
    """Of a partner or of an offer."""
    return [*(f"theme:{key}" for key in row.themes), *(f"level:{key}" for key in row.levels)]


class PartnerContact(models.Model):
    """A business contact: who to call or write to. No private addresses."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts")
    name = models.CharField(_("naam"), max_length=120)
    function = models.CharField(_("functie"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres van het werk"), blank=True)
    phone = models.CharField(_("telefoon van het werk"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["PartnerContact"]] = models.Manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Recognition(models.Model):
    """Who recognises the organisation, for what, since and until when, and where to check it."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="recognitions")
    # Key of vocab.recognition_kinds, which says what such a recognition tells and what it does not.
    kind = models.CharField(_("soort erkenning"), max_length=60, blank=True)
    by = models.CharField(_("wie erkent"), max_length=200)
    what_for = models.CharField(_("waarvoor"), max_length=200, blank=True)
    since = models.DateField(_("sinds"), null=True, blank=True)
    until = models.DateField(_("tot"), null=True, blank=True)
    source = models.URLField(_("waar kun je het nakijken"), blank=True)
    # When a school last looked at the source, and which.
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    # When the organisation said it itself; a claim as long as no school looked.
    said_on = models.DateField(null=True, blank=True)
    # The end about which the organisation was asked by mail: once for each end.
    asked_about = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Recognition"]] = models.Manager()

    class Meta:
        ordering = ["by", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="recognition_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.by

    @property
    def is_claim(self) -> bool:
        """The organisation says so itself, and no school looked yet."""
        return self.said_on is not None and self.checked_on is None
