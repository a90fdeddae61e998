"""What a cooperation costs, who pays, and how much parents may be asked in a year (M4)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, DossierGoal, DossierGroup
from partnerwijzer.organisations.models import School, Umbrella

USER = settings.AUTH_USER_MODEL


class Duration(models.TextChoices):
    """Which of the two ceilings it counts for: see content/costs/ceilings.yaml."""

    ONE_DAY = "one-day", _("eendaags: zonder overnachting")
    SEVERAL_DAYS = "several-days", _("meerdaags: met overnachting")


class Need(models.TextChoices):
    """Whether it is compulsory, as the rules on cost for parents ask it (domain.md 3.3)."""

    NEEDED = "needed", _("strikt nodig om de doelen te bereiken")
    EXTRA = "extra", _("in de schooltijd, maar niet strikt nodig")
    FREE = "free", _("buiten de lesuren en vrij te kiezen")


class Unit(models.TextChoices):
    PUPIL = "pupil", _("per leerling")
    GROUP = "group", _("per groep")
    SESSION = "session", _("per keer")
    TRANSPORT = "transport", _("vervoer, voor iedereen samen")
    TOTAL = "total", _("iets anders, voor alles samen")


class CostPlan(models.Model):
    """What the school says about the cost of a dossier as a whole, next to its lines."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="cost_plan")
    explanation = models.TextField(_("hoe lossen jullie dit op"), blank=True)
    updated_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["CostPlan"]] = models.Manager()

    def __str__(self) -> str:
        return f"cost of {self.dossier_id}"


class CostLine(models.Model):
    """One cost of a cooperation in one school year: its price, and what parents pay of it.

    `amount` is the price of one time; `parents_each` is what one pupil is asked for all the times
    together, for a ceiling holds for what is asked in a school year (domain.md 3.3).
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="cost_lines")
    what = models.CharField(_("wat kost er iets"), max_length=160)
    unit = models.CharField(_("de prijs is"), max_length=10, choices=Unit.choices)
    amount = models.DecimalField(_("prijs"), max_digits=9, decimal_places=2)
    times = models.PositiveSmallIntegerField(_("hoeveel keer"), default=1)
    parents_each = models.DecimalField(
        _("ouders betalen, per leerling"), max_digits=7, decimal_places=2, default=Decimal(0)
    )
    duration = models.CharField(
        _("hoe lang"), max_length=12, choices=Duration.choices, default=Duration.ONE_DAY
    )
    need = models.CharField(_("moet het"), max_length=8, choices=Need.choices)
    school_year = models.PositiveSmallIntegerField(_("schooljaar"))
    groups = models.ManyToManyField(DossierGroup, related_name="+")
    goals = models.ManyToManyField(DossierGoal, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["CostLine"]] = models.Manager()

    class Meta:
        ordering = ["school_year", "id"]
        indexes = [models.Index(fields=["dossier", "school_year"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, parents_each__gte=0, times__gte=1),
                name="cost_line_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.what


class OtherCostQuerySet(models.QuerySet["OtherCost"]):
    def visible_to(self, actor: Actor) -> "OtherCostQuerySet":
        """Staff of the school and administrators of its board."""
        seen = Q(school_id__in=actor.schools())
        if actor.boards:
            seen |= Q(school__board_id__in=actor.boards)
        return self.filter(seen)


class OtherCost(models.Model):
    """What parents pay outside any dossier, as a school trip: it counts for the same ceilings."""

    school = models.ForeignKey(School, models.CASCADE, related_name="other_costs")
    what = models.CharField(_("wat kost er iets"), max_length=160)
    school_year = models.PositiveSmallIntegerField(_("schooljaar"))
    level = models.CharField(_("niveau"), max_length=60)
    label = models.CharField(_("klas of groep"), max_length=60)
    parents_each = models.DecimalField(
        _("ouders betalen, per leerling"), max_digits=7, decimal_places=2
    )
    duration = models.CharField(
        _("hoe lang"), max_length=12, choices=Duration.choices, default=Duration.ONE_DAY
    )
    need = models.CharField(_("moet het"), max_length=8, choices=Need.choices, default=Need.EXTRA)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = OtherCostQuerySet.as_manager()

    class Meta:
        ordering = ["-school_year", "label", "id"]
        indexes = [models.Index(fields=["school", "school_year"])]
        constraints = [
            models.CheckConstraint(condition=Q(parents_each__gte=0), name="other_cost_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.label}"


class CostCeilingQuerySet(models.QuerySet["CostCeiling"]):
    def visible_to(self, actor: Actor) -> "CostCeilingQuerySet":
        """Those of an umbrella that the actor keeps, or of a school where the actor has a seat;
        what a school entered for itself: its staff and its board."""
        mine = Q(umbrella_id__in=[s.umbrella_id for s in actor.seats if s.umbrella_id])
        schools = School.objects.visible_to(actor).values("umbrella_id")
        own = Q(school_id__in=actor.schools()) | Q(school__board_id__in=actor.boards)
        return self.filter(mine | Q(umbrella_id__in=schools) | own)

    def standing(self) -> "CostCeilingQuerySet":
        """Those that were neither replaced nor withdrawn."""
        return self.filter(ended_at=None)

    def about(self, school: School) -> "CostCeilingQuerySet":
        """What its umbrella entered and what it entered itself; its own come last."""
        found = self.filter(Q(school=school) | Q(umbrella_id=school.umbrella_id, school=None))
        return found.order_by(F("school").asc(nulls_first=True), "pk")


class CostCeiling(models.Model):
    """How much parents may be asked, as an umbrella entered it for its schools or a school for
    itself: never without a source, never written over.

    `kind` and `level` are keys of content/costs/ceilings.yaml; `school_year` is the year in which
    it begins. What takes its place keeps it in `replaces`, with a version one higher; `ended_at` is
    when it was replaced or withdrawn.
    """

    umbrella = models.ForeignKey(Umbrella, models.CASCADE, null=True, related_name="cost_ceilings")
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="cost_ceilings")
    kind = models.CharField(_("welk maximum"), max_length=12, choices=Duration.choices)
    level = models.CharField(_("niveau"), max_length=20)
    school_year = models.PositiveSmallIntegerField(_("schooljaar"))
    amount = models.DecimalField(_("bedrag per leerling"), max_digits=7, decimal_places=2)
    source = models.CharField(_("waar staat dat"), max_length=300)
    url = models.URLField(_("adres van die bron"), blank=True, max_length=500)
    read_on = models.DateField(_("nagekeken op"))
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self", models.CASCADE, null=True, related_name="replaced_by", editable=False
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CostCeilingQuerySet.as_manager()

    class Meta:
        ordering = ["-school_year", "kind", "level", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["umbrella", "kind", "level", "school_year"],
                condition=Q(ended_at=None),
                name="cost_ceiling_once",
            ),
            models.UniqueConstraint(
                fields=["school", "kind", "level", "school_year"],
                condition=Q(ended_at=None),
                name="cost_ceiling_of_school_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & ~Q(source=""), name="cost_ceiling_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(umbrella=None, school__isnull=False)
                | Q(umbrella__isnull=False, school=None),
                name="cost_ceiling_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.level} {self.school_year}"

    @property
    def owner(self) -> Umbrella | School:
        """Who entered it: for all its schools, or for itself."""
        found = self.umbrella or self.school
        assert found is not None  # cost_ceiling_of_one
        return found
