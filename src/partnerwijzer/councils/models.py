"""Bodies that have a say in a school, who sits in them, and when they meet (K5, M5)."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.councils import terms
from partnerwijzer.organisations import holidays
from partnerwijzer.organisations.models import School

USER = settings.AUTH_USER_MODEL
# No term of a body is longer, with all holidays of a year in it.
FAR = timedelta(days=500)


class BodyQuerySet(models.QuerySet["CouncilBody"]):
    def visible_to(self, actor: Actor) -> "BodyQuerySet":
        """Bodies of the schools where the actor is on the staff, or that the actor governs."""
        seen = Q(school_id__in=actor.schools())
        if actor.boards:
            seen |= Q(school__board_id__in=actor.boards)
        return self.filter(seen)

    def read_by_member(self, actor: Actor) -> "BodyQuerySet":
        """Bodies in which the actor sits today. Who has the role at the school and was never
        written down in any body of it, counts as a member of its main one."""
        schools = actor.schools(frozenset({Role.COUNCIL_MEMBER}))
        if not schools:
            return self.none()
        own = CouncilMember.objects.filter(user_id=actor.uid)
        here = Exists(own.in_office().filter(body=OuterRef("pk")))
        nowhere = ~Exists(own.filter(body__school=OuterRef("school")))
        return self.filter(Q(here) | Q(nowhere, is_main=True), school_id__in=schools)


class CouncilBody(models.Model):
    """A body with the rules that it made for itself. Ended, it stays readable.

    `kind` is a key of governance.yaml (council_bodies); `pauses` holds keys of holidays (see
    organisations.holidays), and says something only when `rules_source` tells where that stands.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="council_bodies")
    kind = models.CharField(_("soort raad"), max_length=40)
    name = models.CharField(_("naam"), max_length=120)
    is_main = models.BooleanField(default=False)
    rules_source = models.CharField(_("waar staat dat"), max_length=300, blank=True)
    rules_on = models.DateField(_("van wanneer"), null=True, blank=True)
    pauses: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    quorum = models.PositiveSmallIntegerField(
        _("hoeveel leden aanwezig moeten zijn"), null=True, blank=True
    )
    lead_days = models.PositiveSmallIntegerField(
        _("hoeveel dagen vooraf de agenda er is"), null=True, blank=True
    )
    waiver = models.TextField(_("hoe de raad kan afzien van overleg"), blank=True)
    consult_days = models.PositiveSmallIntegerField(_("dagen voor overleg"), null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("dagen voor een antwoord"), null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["-is_main", "name", "id"]
        verbose_name_plural = "council bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(is_main=True, ended_at=None),
                name="council_one_main_body",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rules_known(self) -> bool:
        """Somebody entered what the body's own rules say."""
        return bool(self.rules_source)

    def pauses_from(self, start: date) -> list[holidays.Holiday]:
        """The holidays in which the clocks stand still: those that the rules name; as long as
        nobody entered the rules, each of a week or more."""
        part_time = self.school.is_part_time
        ahead = holidays.between(start, start + FAR, part_time=part_time)
        if self.rules_known:
            return [h for h in ahead if h.key in self.pauses]
        return [h for h in ahead if h.is_long]

    def own_days(self, clock: str) -> int | None:
        """The number of days that the body's own rules give for a clock (terms)."""
        return self.consult_days if clock == terms.CONSULTATION else self.answer_days

    def term(self, clock: str, start: date, usual_days: int) -> terms.Term:
        """A term of this body.

        Args:
            clock: terms.CONSULTATION or terms.ANSWER.
            usual_days: what the framework says; the body's own number goes before it.
        """
        return terms.term(start, self.own_days(clock) or usual_days, self.pauses_from(start))


class MemberQuerySet(models.QuerySet["CouncilMember"]):
    def in_office(self, on: date | None = None) -> "MemberQuerySet":
        """Whose mandate runs on this day; today where none is given."""
        day = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class CouncilMember(models.Model):
    """A seat: for which group, since when and until when. With an account that person reads what
    the body is shown. Of groups whose names are not kept (pupils) a seat is all that there is."""

    body = models.ForeignKey(CouncilBody, models.CASCADE, related_name="members")
    section = models.CharField(_("geleding"), max_length=40)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    user = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="council_seats"
    )
    since = models.DateField(_("lid vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["section", "name", "id"]
        indexes = [models.Index(fields=["user", "body"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="council_mandate_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.section}"


class MeetingQuerySet(models.QuerySet["CouncilMeeting"]):
    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """For staff and board of the school, and for the members of the body."""
        bodies = CouncilBody.objects
        return self.filter(
            Q(body__in=bodies.visible_to(actor).values("pk"))
            | Q(body__in=bodies.read_by_member(actor).values("pk"))
        )


class CouncilMeeting(models.Model):
    """A day on which a body meets. `version` is claimed by who changes it."""

    body = models.ForeignKey(CouncilBody, models.PROTECT, related_name="meetings")
    on = models.DateField(_("dag"))
    starts = models.TimeField(_("uur"), null=True, blank=True)
    place = models.CharField(_("waar"), max_length=200, blank=True)
    agenda_sent_on = models.DateField(_("agenda bezorgd op"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("aantal leden aanwezig"), null=True, blank=True)
    report = models.TextField(_("verslag"), blank=True)
    cancel_reason = models.CharField(_("waarom niet"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts", "id"]
        indexes = [models.Index(fields=["body", "on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "on"], condition=Q(cancelled_at=None), name="council_meeting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.on}"

    @property
    def agenda_by(self) -> date | None:
        """The last day on which the agenda may go out, by the body's own rules."""
        days = self.body.lead_days
        return terms.agenda_by(self.on, days) if days else None

    @property
    def too_few(self) -> bool:
        """Fewer were there than the body's own rules ask."""
        quorum = self.body.quorum
        return quorum is not None and self.present is not None and self.present < quorum


class AgendaPoint(models.Model):
    """A point of a meeting that belongs to no dossier, and what was said about it."""

    meeting = models.ForeignKey(CouncilMeeting, models.CASCADE, related_name="points")
    title = models.CharField(_("punt"), max_length=200)
    text = models.TextField(_("uitleg"), blank=True)
    minutes = models.TextField(_("wat werd er gezegd"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["AgendaPoint"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class AdviceQuerySet(models.QuerySet["CouncilAdvice"]):
    def visible_to(self, actor: Actor) -> "AdviceQuerySet":
        """For staff and board of the school, and for the members of the body."""
        bodies = CouncilBody.objects
        return self.filter(
            Q(body__in=bodies.visible_to(actor).values("pk"))
            | Q(body__in=bodies.read_by_member(actor).values("pk"))
        )


class CouncilAdvice(models.Model):
    """What a body advised without being asked; the board answers it with reasons (art. 18)."""

    body = models.ForeignKey(CouncilBody, models.PROTECT, related_name="advices")
    title = models.CharField(_("waarover"), max_length=200)
    text = models.TextField(_("wat adviseert de raad"))
    received_on = models.DateField(_("ontvangen op"))
    answer = models.TextField(_("het antwoord van het bestuur, met redenen"), blank=True)
    answered_on = models.DateField(_("beantwoord op"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        # What waits for an answer first; the databases do not agree where an empty day goes.
        ordering = [F("answered_on").desc(nulls_first=True), "-received_on", "-id"]
        verbose_name_plural = "council advices"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(answer=""), name="council_answer_has_words"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def term(self, usual_days: int) -> terms.Term:
        """By when the board answers."""
        return self.body.term(terms.ANSWER, self.received_on, usual_days)
