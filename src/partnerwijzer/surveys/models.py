"""Questions to people: by personal link (answers known to the school) or by code (anonymous).

Anonymous means that the storage cannot tell: an anonymous answer has no link to an invitation, a
day and no time, a random key, and all answers of a survey are put in a new random order each time
that one is added (actions/anonymous.py).
"""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.access.models import AccessLink
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.surveys import building, codes
from partnerwijzer.surveys import questions as stored

LINK_PURPOSE = "survey"
OWN_KEY = "own-"  # how the key of a set begins that somebody built


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, actor: Actor) -> "SurveyQuerySet":
        """Those of the schools where the actor is staff."""
        return self.filter(school_id__in=actor.schools())


class Audience(models.TextChoices):
    """Who is asked; the keys are those of the framework."""

    PUPILS = "pupils", _("leerlingen")
    PARENTS = "parents", _("ouders")
    COLLEAGUES = "colleagues", _("collega’s")
    PARTNER = "partner", _("de partner")
    ANYONE = "anyone", _("mensen die de organisatie kennen")
    OTHER_SCHOOL = "other-school", _("andere scholen")
    ALUMNI = "alumni", _("oud-leerlingen")


class OwnSetQuerySet(models.QuerySet["OwnSet"]):
    def visible_to(self, actor: Actor) -> "OwnSetQuerySet":
        """Those of the actor's schools, of the umbrellas of these schools, and of the umbrellas
        that the actor keeps."""
        schools = actor.schools()
        above = School.objects.filter(pk__in=schools).exclude(umbrella=None)
        mine = Q(school_id__in=schools) | Q(umbrella_id__in=actor.umbrellas(Role.UMBRELLA_ADMIN))
        released = Q(umbrella_id__in=above.values("umbrella_id"), released__isnull=False)
        return self.filter(mine | released)

    def kept_by(self, actor: Actor) -> "OwnSetQuerySet":
        """Those that the actor may change."""
        umbrellas = actor.umbrellas(Role.UMBRELLA_ADMIN)
        return self.filter(Q(school_id__in=actor.schools(LEADS)) | Q(umbrella_id__in=umbrellas))

    def for_school(self, school: School) -> "OwnSetQuerySet":
        """What a school can ask now: first its own, then those of its umbrella."""
        rows = Q(school=school)
        if school.umbrella_id:
            rows |= Q(umbrella_id=school.umbrella_id)
        found = self.filter(rows, retired_at=None, released__isnull=False)
        return found.order_by(models.F("school_id").asc(nulls_last=True), "pk")


class OwnSet(models.Model):
    """A question set that a school or an umbrella built itself; its questions are in editions.

    `released` is the edition that is asked now. The newest one may still be a draft.
    """

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="own_sets"
    )
    umbrella = models.ForeignKey(
        Umbrella, models.PROTECT, null=True, blank=True, related_name="own_sets"
    )
    audience = models.CharField(max_length=30, choices=Audience.choices)
    released = models.OneToOneField(
        "OwnEdition", models.PROTECT, null=True, blank=True, related_name="released_of"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = OwnSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None) ^ Q(umbrella=None), name="own_set_of_one_owner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.audience}"

    @property
    def owner(self) -> School | Umbrella:
        found = self.school or self.umbrella
        assert found is not None
        return found

    @property
    def key(self) -> str:
        """What it is called among question sets."""
        return f"{OWN_KEY}{self.pk}"


class OwnEdition(models.Model):
    """The questions of an own set as they were at one moment. Once released they do not change: to
    change them makes the next edition."""

    own_set = models.ForeignKey(OwnSet, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(default=1)
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    kept: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["OwnEdition"]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["own_set", "number"], name="own_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.own_set_id} v{self.number}"

    @property
    def built(self) -> building.Building:
        """The set itself."""
        return building.read(self.kept)

    @property
    def title(self) -> str:
        return stored.said(self.kept.get("title"))

    @property
    def key(self) -> str:
        """What a survey says that it was made of."""
        return f"{OWN_KEY}{self.own_set_id}-{self.number}"


class Survey(models.Model):
    """One question set put to one group of people. Its questions and words are a copy.

    The copy may be changed until somebody was asked or answered; from then on it stays.
    `code` is there for a survey that is answered without personal link: people type or scan it.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="surveys")
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    set_key = models.CharField(max_length=60)
    own = models.ForeignKey(
        OwnEdition, models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    audience = models.CharField(max_length=30, choices=Audience.choices)
    title = models.CharField(_("titel"), max_length=200)
    about = models.CharField(_("waarover"), max_length=200, blank=True)
    questions: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    words: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    situations: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    anonymous = models.BooleanField()
    minimum_answers = models.PositiveSmallIntegerField(default=5)
    code = models.CharField(max_length=12, blank=True)
    expected = models.PositiveSmallIntegerField(_("hoeveel mensen"), null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(_("open tot en met"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="survey_code_once"
            ),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(minimum_answers__gte=5),
                name="survey_anonymous_minimum",
            ),
            models.CheckConstraint(
                condition=Q(anonymous=True) & ~Q(code="") | Q(anonymous=False, code=""),
                name="survey_code_when_anonymous",
            ),
        ]
        indexes = [models.Index(fields=["school", "-created_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        today = timezone.localdate()
        return self.closed_at is None and (self.closes_on is None or self.closes_on >= today)

    @property
    def asked(self) -> "list[stored.Question]":
        """The questions in the active language."""
        return stored.read(self.questions)

    @property
    def intro(self) -> str:
        return stored.said(self.words.get("intro"))

    @property
    def thanks(self) -> str:
        return stored.said(self.words.get("thanks"))

    @property
    def spoken_intro(self) -> str:
        """What is read aloud before the first question."""
        return stored.said(self.words.get("read_aloud")) or self.intro

    @property
    def spaced_code(self) -> str:
        return codes.spaced(self.code)


class SurveyInvitation(models.Model):
    """One person who was asked by mail link. For surveys that are not anonymous only.

    A reminder brings an address of its own (`reminder`), so that the one in the first mail keeps
    working. What happened is noted on `link`, whichever of the two was used.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="survey_invitation")
    reminder = models.OneToOneField(
        AccessLink, models.PROTECT, null=True, related_name="survey_reminder"
    )
    by_file = models.BooleanField(default=False)  # asked with a spreadsheet: no mail went out
    message = models.TextField(_("een woord van jou erbij"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    undelivered = False  # filled in by queries.invitations_of: the newest mail did not arrive

    objects: ClassVar[models.Manager["SurveyInvitation"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.pk}"

    @property
    def state(self) -> str:
        """withdrawn, done, by-file, declined, expired, opened, sent, new: the first that holds."""
        state = self.link.state
        if self.by_file and state not in ("withdrawn", "done"):
            return "by-file"
        return "declined" if self.declined_at and state not in ("withdrawn", "done") else state

    @property
    def name(self) -> str:
        """What to call this person: the name, or else the mail address."""
        return self.link.name or self.link.email

    @property
    def last_day(self) -> date:
        """Until when this person can answer."""
        expires = timezone.localdate(self.link.expires_at)
        closes = self.survey.closes_on
        return min(expires, closes) if closes else expires

    @property
    def waits(self) -> bool:
        """Whether an answer may still come."""
        return self.survey.is_open and self.state in ("new", "sent", "opened", "by-file")

    @property
    def may_be_reminded(self) -> bool:
        """Whether one mail can still help: who got a spreadsheet by hand gets none."""
        return self.waits and self.reminded_at is None and not self.by_file


class SurveyResponse(models.Model):
    """One filled-in survey. An anonymous one has no `invitation` and no `day`.

    A day tells who answered in a class where one pupil was ill, so it is not there (W6, K6).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    invitation = models.OneToOneField(
        SurveyInvitation, models.CASCADE, null=True, related_name="response"
    )
    day = models.DateField(null=True)
    entered_by = models.ForeignKey(  # who put in a file that came back; None: answered themselves
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["SurveyResponse"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation=None, day=None)
                | Q(invitation__isnull=False, day__isnull=False),
                name="surveys_anonymous_has_no_day",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None) | Q(invitation__isnull=False),
                name="surveys_anonymous_is_not_entered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EarlierAnswer(models.Model):
    """What stood in a file, after another answer of the same person took its place.

    Only of what somebody put in for another: who answers with a link and thinks better of it leaves
    nothing behind. `replaced_by` None: the person, with the link.
    """

    response_id: uuid.UUID
    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="earlier")
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    day = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[models.Manager["EarlierAnswer"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.response_id} {self.day}"


class SpentSheet(models.Model):
    """An anonymous form that was handed in, so that a double press counts once.

    Not access.SpentForm: that keeps when a form was sent and where to. Here stands only the hash of
    a random number that the page carried; it leads neither to a person nor to an answer.
    """

    mark = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="spent_sheets")

    objects: ClassVar[models.Manager["SpentSheet"]] = models.Manager()

    def __str__(self) -> str:
        return self.mark
