"""What schools shared after working with an organisation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.organisations.models import School, SchoolBoard
from partnerwijzer.partners.models.offering import Offer
from partnerwijzer.partners.models.organisation import Keys, Partner


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
