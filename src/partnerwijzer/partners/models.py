"""The databank: organisations, what they offer, and what schools experienced with them.

Shared over all schools. A partner is an organisation, never a person; a contact is a business
contact. Keys of kinds, themes, levels and working forms are those of content/…/vocab.yaml.
"""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Kind
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations.models import School, SchoolBoard
from partnerwijzer.partners.spelling import folded

Keys = models.JSONField[list[str], list[str]]


class Tie(models.TextChoices):
    """What the organisation says itself about a commercial or ideological tie (features.md 21)."""

    UNKNOWN = "unknown", _("nog niet gevraagd")
    NONE = "none", _("nee, zegt de organisatie zelf")
    SOME = "some", _("ja")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, actor: Actor) -> "PartnerQuerySet":
        """The databank is shared: all for who has a role somewhere, nothing for others."""
        return self if actor.seats or actor.kind is Kind.SYSTEM else self.none()


class Partner(models.Model):
    """An external organisation. Facts of the register are read from there, not copied."""

    name = models.CharField(_("naam"), max_length=320)
    kind = models.CharField(_("soort"), max_length=60)
    enterprise_number = models.CharField(_("ondernemingsnummer"), max_length=10, blank=True)
    description = models.TextField(_("wat doet de organisatie"), blank=True)
    website = models.URLField(_("website"), blank=True)
    themes: Keys = models.JSONField(default=list, blank=True)
    levels: Keys = models.JSONField(default=list, blank=True)
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
    created_by_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    # Made by save(), also of what is offered now: the name as it is sorted and compared, all words
    # that are searched, and the keys of lists as " theme:reading kind:library ".
    sort_name = models.CharField(max_length=640, editable=False, default="")
    search_keys = models.TextField(editable=False, default="")
    search_text = models.TextField(editable=False, default="")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_number"],
                condition=~Q(enterprise_number=""),
                name="partner_number_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
        ]
        indexes = [models.Index(fields=["sort_name", "id"], name="partner_by_name")]

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
        parts += [self.website, self.enterprise_number, *(offer.search_text for offer in offers)]
        keys = [f"kind:{self.kind}", *_keys_of(self)]
        for offer in offers:
            keys += [f"form:{offer.working_form}", *_keys_of(offer)]
        self.sort_name = folded(self.name)
        self.search_text = folded(" ".join(parts))
        self.search_keys = f" {' '.join(dict.fromkeys(keys))} "


def _keys_of(row: "Partner | Offer") -> list[str]:
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
    audience: Keys = models.JSONField(default=list)
    levels: Keys = models.JSONField(default=list, blank=True)
    themes: Keys = models.JSONField(default=list, blank=True)
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
    languages = models.CharField(_("talen"), max_length=120, blank=True, default="Nederlands")
    goals = models.ManyToManyField(Goal, blank=True, related_name="offers")
    # Rung 0 to 5 of the ladder in vocab.grounding_ladder; empty means that nobody looked yet.
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


class Audience(models.TextChoices):
    """With whom an experience is shared (S6)."""

    SCHOOL = "school", _("alleen onze school")
    BOARD = "board", _("de scholen van ons bestuur")
    EVERYONE = "everyone", _("alle scholen")


class Again(models.TextChoices):
    YES = "yes", _("ja")
    CHANGED = "changed", _("ja, maar anders")
    NO = "no", _("nee")


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def visible_to(self, actor: Actor) -> "ExperienceQuerySet":
        """Those of everyone; of the own board, and of the own school, what was shared there."""
        mine = actor.schools()
        boards = School.objects.filter(pk__in=mine).exclude(board=None).values("board_id")
        board = Q(audience=Audience.BOARD) & (Q(board_id__in=actor.boards) | Q(board_id__in=boards))
        own = Q(school_id__in=mine)
        return self.filter(Q(audience=Audience.EVERYONE) | board | own, withdrawn_at=None)


class Experience(models.Model):
    """What a school shared after working with a partner. Counts first: see partners.counting.

    `source` is an opaque id of the module that published it, so that sharing again replaces it.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="experiences")
    offer = models.ForeignKey(
        Offer, models.SET_NULL, null=True, blank=True, related_name="experiences"
    )
    school = models.ForeignKey(School, models.PROTECT, related_name="experiences")
    board = models.ForeignKey(SchoolBoard, models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    source = models.CharField(max_length=60)
    school_year = models.PositiveSmallIntegerField()
    published_on = models.DateField()
    structural = models.BooleanField(default=False)
    levels: Keys = models.JSONField(default=list)
    again = models.CharField(max_length=10, choices=Again.choices)
    advice = models.TextField(blank=True)
    text_consent = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "partner"], name="experience_once"),
            models.CheckConstraint(
                condition=Q(advice="") | Q(text_consent=True), name="experience_text_needs_consent"
            ),
        ]
        indexes = [models.Index(fields=["partner", "audience"])]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.school_id} {self.school_year}"


class Effect(models.TextChoices):
    SMOOTH = "smooth", _("vlot")
    DIFFICULT = "difficult", _("moeilijk")


class ExperienceFactor(models.Model):
    """A factor of the code list that made it go smoothly or with difficulty."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="factors")
    factor = models.CharField(max_length=60)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["ExperienceFactor"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experience", "factor"], name="experience_factor_once")
        ]

    def __str__(self) -> str:
        return f"{self.factor} {self.effect}"
