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

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.models import AccessLink
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.organisations.models import School
from partnerwijzer.surveys import codes
from partnerwijzer.surveys import questions as stored

LINK_PURPOSE = "survey"


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


class Survey(models.Model):
    """One question set put to one group of people. Its questions and words are a copy.

    The copy may be changed until somebody was asked or answered; from then on it stays.
    `code` is there for a survey that is answered without personal link: people type or scan it.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="surveys")
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    set_key = models.CharField(max_length=60)
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
        """withdrawn, done, declined, expired, opened, sent or new: the first that holds."""
        state = self.link.state
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
        return self.survey.is_open and self.state in ("new", "sent", "opened")


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
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["SurveyResponse"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation=None, day=None)
                | Q(invitation__isnull=False, day__isnull=False),
                name="surveys_anonymous_has_no_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


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
