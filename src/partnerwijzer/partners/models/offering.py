"""What an organisation offers, and on what it rests."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.goals.models import Goal
from partnerwijzer.partners.models.organisation import Keys, Partner
from partnerwijzer.search.spelling import folded


class ForWhom(models.TextChoices):
    """Whom an offer is for: keys of Offer.audience."""

    PUPILS = "pupils", _("leerlingen")
    TEAM = "team", _("het team")
    PARENTS = "parents", _("ouders")


class OfferShape(models.TextChoices):
    ONE_OFF = "one-off", _("één keer")
    SERIES = "series", _("een reeks")
    TRAJECTORY = "trajectory", _("een traject")


class Place(models.TextChoices):
    AT_SCHOOL = "at-school", _("op school")
    ELSEWHERE = "elsewhere", _("bij de partner of op verplaatsing")
    ONLINE = "online", _("online")
    EITHER = "either", _("op school of elders")


class PriceUnit(models.TextChoices):
    FREE = "free", _("gratis")
    PUPIL = "pupil", _("per leerling")
    GROUP = "group", _("per groep")
    SESSION = "session", _("per keer")
    DAY = "day", _("per dag")
    TOTAL = "total", _("in totaal")


class Offer(models.Model):
    """What an organisation offers, judged apart from the organisation."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="offers")
    title = models.CharField(_("titel"), max_length=200)
    description = models.TextField(_("wat gebeurt er"), blank=True)
    audience: Keys = models.JSONField(_("voor wie"), default=list)
    levels: Keys = models.JSONField(_("niveaus"), default=list, blank=True)
    themes: Keys = models.JSONField(_("thema’s"), default=list, blank=True)
    age_from = models.PositiveSmallIntegerField(_("vanaf leeftijd"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("tot leeftijd"), null=True, blank=True)
    shape = models.CharField(_("hoe vaak"), max_length=20, choices=OfferShape.choices)
    working_form = models.CharField(_("werkvorm"), max_length=60)
    place = models.CharField(_("waar"), max_length=20, choices=Place.choices)
    duration_minutes = models.PositiveIntegerField(_("duur in minuten"), null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(_("aantal keer"), null=True, blank=True)
    group_max = models.PositiveSmallIntegerField(_("grootste groep"), null=True, blank=True)
    price = models.DecimalField(
        _("prijs in euro"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    price_unit = models.CharField(
        _("prijs per"), max_length=10, choices=PriceUnit.choices, blank=True
    )
    price_note = models.CharField(_("wat komt erbij"), max_length=200, blank=True)
    # When somebody last knew that this is the price, and who.
    price_checked_on = models.DateField(null=True, blank=True)
    price_checked_by = models.CharField(max_length=200, blank=True)
    languages = models.CharField(_("talen"), max_length=120, blank=True, default="Nederlands")
    goals = models.ManyToManyField(
        Goal, verbose_name=_("onderwijsdoelen"), blank=True, related_name="offers"
    )
    # Rung 0 to 5 of the ladder in vocab.grounding_ladder; empty means that nobody looked yet.
    # Derived from the sources (partners.grounding), with the words of the one that carries it, so
    # that lists need no join.
    grounding = models.PositiveSmallIntegerField(_("onderbouwing"), null=True, blank=True)
    grounding_source = models.CharField(_("waarop steunt dat"), max_length=400, blank=True)
    grounding_link = models.URLField(_("waar kun je het nalezen"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[models.Manager["Offer"]] = models.Manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="offer_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(price=None) | ~Q(price_unit=""), name="offer_price_is_per_something"
            ),
            models.CheckConstraint(
                condition=~Q(price_unit="free") | Q(price=0), name="offer_free_costs_nothing"
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=models.F("age_from")),
                name="offer_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(grounding=None) | Q(grounding__lte=5), name="offer_rung_0_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the words that are searched in step with the text, also those of the partner."""
        self.search_text = folded(f"{self.title} {self.description}")
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            # Locked, so that of two offers that are saved at once none is left out.
            partner = Partner.objects.select_for_update().get(pk=self.partner_id)
            partner.save(update_fields=Partner.SEARCHED)


class GroundingSource(models.Model):
    """On what an offer rests: one source, for the rung of the ladder that it can carry.

    Rung 0 says that somebody looked and found nothing. What the organisation brings in itself is a
    claim: it carries nothing until a school has read it.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="sources")
    rung = models.PositiveSmallIntegerField()
    title = models.CharField(_("welke bron"), max_length=300, blank=True)
    says = models.TextField(_("wat staat erin"), blank=True)
    link = models.URLField(_("waar kun je het nalezen"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by_partner = models.BooleanField(default=False)
    added_on = models.DateField()
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["GroundingSource"]] = models.Manager()

    class Meta:
        ordering = ["-rung", "-added_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(rung__lte=5), name="source_rung_0_to_5"),
            models.CheckConstraint(
                condition=Q(rung=0) | ~Q(title=""), name="source_above_0_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(by_partner=True) | Q(checked_on__isnull=False),
                name="source_of_a_school_is_checked",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.rung)

    @property
    def is_checked(self) -> bool:
        """A school has read it, so that it carries its rung."""
        return self.checked_on is not None
