"""One reminder to who was asked for advice and has not answered: the anker, the CLB, others. It
goes by itself, once, a week after the question. Who was asked and who asked can both stop it.

And one to colleagues who are silent on a ballot that promises it before their silence counts: by
itself, once, the day before the last day. Nobody stops that one: the ballot leans on it.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.outside import LANGUAGE
from partnerwijzer.dossiers.models import (
    AdviserQuestion,
    DossierState,
    OutsideAdvice,
    Position,
    Silence,
)
from partnerwijzer.dossiers.queries.second import PURPOSE
from partnerwijzer.mail import post
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import Membership

AFTER = timedelta(days=7)
# A link that ends sooner than this leaves too little time to answer.
TIME_TO_ANSWER = timedelta(days=1)
# How long before the last day of a ballot who is silent is reminded.
BEFORE_LAST_DAY = timedelta(days=1)


def _open(now: datetime) -> Q:
    """What waits long enough, of whom nobody said that no reminder should go."""
    return Q(
        answered_at=None,
        reminded_at=None,
        quiet_at=None,
        asked_at__lte=now - AFTER,
        dossier__state=DossierState.OPEN,
    )


def outside_due(now: datetime) -> QuerySet[OutsideAdvice]:
    """Questions by link that are due for their reminder, while the link leaves time to answer."""
    rows = OutsideAdvice.objects.filter(
        _open(now), link__withdrawn_at=None, link__expires_at__gt=now + TIME_TO_ANSWER
    )
    return rows.exclude(link__email="").select_related("link", "asked_by", "dossier__school")


def advisers_due(now: datetime) -> QuerySet[AdviserQuestion]:
    """Questions to ankers that are due for their reminder."""
    rows = AdviserQuestion.objects.filter(_open(now), adviser__is_active=True)
    return rows.select_related("adviser", "asked_by", "dossier__school")


@action("dossiers.remind", untraced="no second reminder goes")
def remind_outside(row: OutsideAdvice, *, actor: Actor) -> bool:
    """Mails somebody without an account once more, with an address of its own; whether it went."""
    now = timezone.now()
    fresh = outside_due(now).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if fresh is None:
        return False
    days = max((fresh.link.expires_at - now).days, 1)
    link, token = links.issue(PURPOSE, days=days, email=fresh.link.email, name=fresh.link.name)
    link.expires_at = fresh.link.expires_at
    link.save(update_fields=["expires_at"])
    fresh.reminder, fresh.reminded_at = link, now
    fresh.save(update_fields=["reminder", "reminded_at"])
    with translation.override(LANGUAGE):
        post.send(
            link.email,
            _("Denk nog aan je advies voor {school}").format(school=fresh.dossier.school.name),
            "dossiers/mail/advice_reminder.txt",
            {
                "name": link.name,
                "school": fresh.dossier.school,
                "sender": fresh.asked_by.name,
                "asked_on": fresh.asked_at,
                "question": fresh.question,
                "address": f"{settings.SITE_URL}{reverse('dossiers:advice', args=[token])}",
                "until": link.expires_at,
            },
            link=link,
        )
    member = fresh.organisation or link.name
    record("outside.reminded", fresh, actor=actor, thread=fresh.dossier, member=member)
    return True


@action("dossiers.remind", untraced="no second reminder goes, and none to who is no anker any more")
def remind_adviser(question: AdviserQuestion, *, actor: Actor) -> bool:
    """Mails the anker once, in their own language; whether it went."""
    now = timezone.now()
    rows = advisers_due(now).select_for_update(of=("self",))
    fresh = rows.filter(pk=question.pk).first()
    dossier = question.dossier
    if fresh is None or fresh.adviser not in organisations.advisers(dossier.school_id):
        return False
    fresh.reminded_at = now
    fresh.save(update_fields=["reminded_at"])
    address = reverse("dossiers:answer_adviser", args=[dossier.pk, fresh.pk])
    with translation.override(fresh.adviser.language or LANGUAGE):
        post.send(
            fresh.adviser.email,
            _("Denk nog aan de vraag van {school}").format(school=dossier.school.name),
            "dossiers/mail/adviser_reminder.txt",
            {
                "name": fresh.adviser.name,
                "school": dossier.school,
                "sender": fresh.asked_by.name,
                "asked_on": fresh.asked_at,
                "address": f"{settings.SITE_URL}{address}",
            },
        )
    name = str(fresh.adviser)
    record("adviser.reminded", fresh, actor=actor, thread=dossier, adviser=name)
    return True


def positions_due(today: date) -> QuerySet[Position]:
    """Colleagues who are silent on a ballot that promises a reminder, while they can still answer.
    Who does not work at the school any more is not asked."""
    here = Membership.objects.working().filter(
        user=OuterRef("user"), school=OuterRef("decision__dossier__school")
    )
    rows = Position.objects.filter(
        Exists(here),
        given_at=None,
        reminded_at=None,
        decision__silence=Silence.AFTER_REMINDER,
        decision__decided_at=None,
        decision__withdrawn_at=None,
        decision__closed_at=None,
        decision__closes_on__range=(today, today + BEFORE_LAST_DAY),
        decision__dossier__state=DossierState.OPEN,
    )
    return rows.select_related("user", "decision__dossier__school")


@action("dossiers.remind", untraced="no second reminder goes, and none to who spoke meanwhile")
def remind_position(position: Position, *, actor: Actor) -> bool:
    """Mails a colleague who is silent once, in their own language; whether it went."""
    rows = positions_due(timezone.localdate()).select_for_update(of=("self",))
    fresh = rows.filter(pk=position.pk).first()
    if fresh is None:
        return False
    fresh.reminded_at = timezone.now()
    fresh.save(update_fields=["reminded_at"])
    decision, colleague = fresh.decision, fresh.user
    dossier = decision.dossier
    way = casework.content(dossier).vocab.decision_template[decision.template]
    with translation.override(colleague.language or LANGUAGE):
        post.send(
            colleague.email,
            _("Geef nog je standpunt: {question}").format(question=decision.question),
            "dossiers/mail/position_reminder.txt",
            {
                "name": colleague.get_short_name(),
                "school": dossier.school,
                "question": decision.question,
                "until": decision.closes_on,
                "silence": str(way.silence.text),
                "address": f"{settings.SITE_URL}{reverse('dossiers:decision', args=[dossier.pk])}",
            },
        )
    record("decision.reminded", fresh, actor=actor, thread=dossier, member=colleague.name)
    return True


def remind_waiting() -> int:
    """For the background worker: every reminder whose day came. How many went."""
    now = timezone.now()
    went = sum(remind_outside(row, actor=SYSTEM) for row in outside_due(now))
    went += sum(remind_adviser(row, actor=SYSTEM) for row in advisers_due(now))
    silent = positions_due(timezone.localdate(now))
    return went + sum(remind_position(row, actor=SYSTEM) for row in silent)


def _quiet(row: AdviserQuestion | OutsideAdvice, actor: Actor) -> None:
    if row.quiet_at is not None:
        return
    row.quiet_at = timezone.now()
    row.save(update_fields=["quiet_at"])
    if isinstance(row, AdviserQuestion):
        name = str(row.adviser)
        record("adviser.quiet", row, actor=actor, thread=row.dossier, adviser=name)
    else:
        member = row.organisation or row.link.name
        record("outside.quiet", row, actor=actor, thread=row.dossier, member=member)


@action("dossiers.ask", untraced="nothing changes when it was stopped before")
def stop_for_school(row: AdviserQuestion | OutsideAdvice, *, actor: Actor) -> None:
    """Who works at the school wants no reminder to go."""
    _quiet(row, actor)


@action("dossiers.answer_as_adviser", untraced="nothing changes when it was stopped before")
def stop_for_adviser(question: AdviserQuestion, *, actor: Actor) -> None:
    """The anker wants no reminder."""
    _quiet(question, actor)


@action("dossiers.answer_advice", untraced="nothing changes when it was stopped before")
def stop_for_guest(row: OutsideAdvice, *, actor: Actor) -> None:
    """Who was asked by link wants no reminder."""
    _quiet(row, actor)
