"""The calendar that each school makes for itself, and the addresses that agendas read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.models import AccessLink
from partnerwijzer.organisations.models import School

USER = settings.AUTH_USER_MODEL
MONDAY_TO_FRIDAY = [0, 1, 2, 3, 4]


class DayKind(models.TextChoices):
    """How many there may be of each is not verified (domain.md 6.4): the school enters its own."""

    FREE = "free", _("vrije dag")
    STUDY = "study", _("pedagogische studiedag")
    LESSON = "lesson", _("toch les, in een vakantie of weekend")


class SchoolWeek(models.Model):
    """On which days of the week there are lessons (0 is Monday): an academy teaches on Saturday."""

    school = models.OneToOneField(School, models.CASCADE, related_name="week")
    weekdays: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["SchoolWeek"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.school_id} {self.weekdays}"


class SchoolDayQuerySet(models.QuerySet["SchoolDay"]):
    def visible_to(self, actor: Actor) -> "SchoolDayQuerySet":
        """For staff of the school and the board above it."""
        seen = Q(school_id__in=actor.schools())
        if actor.boards:
            seen |= Q(school__board_id__in=actor.boards)
        return self.filter(seen)


class SchoolDay(models.Model):
    """Days of one school that differ from the calendar of all: free, for study, or lessons after
    all. `uid` is the key in the agenda file that it came from."""

    school = models.ForeignKey(School, models.CASCADE, related_name="days")
    first = models.DateField(_("van"))
    last = models.DateField(_("tot en met"))
    kind = models.CharField(_("wat is het"), max_length=8, choices=DayKind.choices)
    name = models.CharField(_("hoe heet het"), max_length=120)
    uid = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SchoolDayQuerySet.as_manager()

    class Meta:
        ordering = ["first", "last", "id"]
        indexes = [models.Index(fields=["school", "first"])]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="school_day_in_order"),
            models.UniqueConstraint(
                fields=["school", "uid"], condition=~Q(uid=""), name="school_day_read_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first}"


class CalendarFeed(models.Model):
    """A secret address that an agenda reads without login: of one person, or of a whole school.

    What it gives follows what that person may see now; of a school, what its staff sees."""

    school = models.ForeignKey(School, models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(
        USER, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="calendar_feed")
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["CalendarFeed"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(user__isnull=False),
                name="calendar_feed_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(user=None), name="calendar_feed_once_a_school"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.user_id}"
