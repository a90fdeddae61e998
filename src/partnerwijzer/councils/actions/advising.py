"""Advice that a body gives without being asked, and the answer of the board (domain.md 4)."""

from datetime import date

from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.councils import about as things
from partnerwijzer.councils.actions.bodies import Refused
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody


def _record(verb: str, advice: CouncilAdvice, actor: Actor) -> None:
    body = advice.body
    words = {"name": body.name, "title": advice.title}
    record(verb, advice, actor=actor, thread=body, school_id=body.school_id, **words)


@action("councils.manage")
def receive_advice(
    body: CouncilBody, *, actor: Actor, title: str, text: str, received_on: date, about: str = ""
) -> CouncilAdvice:
    """Notes what the body advised; from that day the term of the answer runs.

    Args:
        about: the key of what it is about (see councils.about); empty for nothing that we keep.

    Raises:
        Refused: there is no such thing.
    """
    advice = CouncilAdvice.objects.create(
        body=body, title=title, text=text, received_on=received_on
    )
    _record("advice.received", advice, actor)
    things.tie(advice, about, actor=actor)
    return advice


@action("councils.manage")
def edit_advice(
    advice: CouncilAdvice,
    *,
    actor: Actor,
    version: int,
    title: str,
    text: str,
    received_on: date,
    about: str = "",
) -> CouncilAdvice:
    """Mends what was noted.

    Raises:
        Conflict: a colleague saved in between.
        Refused: what it is about, is not there.
    """
    fresh = versions.claim(CouncilAdvice, advice.pk, version)
    fresh.title, fresh.text, fresh.received_on = title, text, received_on
    fresh.save(update_fields=["title", "text", "received_on"])
    _record("advice.edited", fresh, actor)
    things.tie(fresh, about, actor=actor)
    return fresh


@action("councils.manage")
def answer_advice(
    advice: CouncilAdvice, *, actor: Actor, version: int, answer: str, answered_on: date
) -> CouncilAdvice:
    """What the board answered, with reasons, and when.

    Raises:
        Conflict: a colleague saved in between.
        Refused: no words, or before the advice came.
    """
    if not answer.strip():
        raise Refused(_("Schrijf het antwoord, met redenen."), "answer")
    fresh = versions.claim(CouncilAdvice, advice.pk, version)
    if answered_on < fresh.received_on:
        raise Refused(_("Dat is voor het advies er was."), "answered_on")
    fresh.answer, fresh.answered_on = answer, answered_on
    fresh.save(update_fields=["answer", "answered_on"])
    _record("advice.answered", fresh, actor)
    return fresh
