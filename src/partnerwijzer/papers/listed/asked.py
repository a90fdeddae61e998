"""What was asked of others: the anker, a service outside, a second reader, who knows the partner.

These are answers given to the school in confidence: they stay inside. The assessment that the
school drew from them, with its reason, is what goes outside.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers import casework, read_before
from partnerwijzer.dossiers.models import (
    AdviserQuestion,
    Dossier,
    DossierSurvey,
    ExperienceRequest,
    OutsideAdvice,
    SecondReading,
)
from partnerwijzer.dossiers.queries import asking, reading, second
from partnerwijzer.papers.listing import Column, Listing, Reader, Row, day

QUESTION = Column("question", gettext_lazy("Vraag"))
ANSWER = Column("answer", gettext_lazy("Antwoord"))


def _criterion(dossier: Dossier, key: str) -> str:
    """The question of the screening; its key where the framework does not ask it any more."""
    known = {a.criterion.key: str(a.criterion.question) for a in casework.asked_of(dossier)}
    return known.get(key, key)


def _about(dossier: Dossier, key: str, question: str) -> str:
    return f"{_criterion(dossier, key)}\n{question}" if key else question


def _adviser(reader: Reader) -> Iterator[Row]:
    for row in reading.adviser_questions(reader.actor, reader.dossier).order_by("pk"):
        asked = f"{row.asked_by}, {day(row.asked_at)}"
        about = _about(reader.dossier, row.criterion, row.question)
        yield about, asked, row.adviser, row.answer or _("nog geen antwoord"), row.answered_at


def _outside(reader: Reader) -> Iterator[Row]:
    for row in reversed(second.advice(reader.actor, reader.dossier)):
        asked = f"{row.asked_by}, {day(row.asked_at)}"
        about = _about(reader.dossier, row.criterion, row.question)
        who = ", ".join(filter(None, (row.link.name, row.organisation)))
        yield about, asked, who, row.answer or _("nog geen antwoord"), row.answered_at


def _second(reader: Reader) -> Iterator[Row]:
    """Both readings beside each other. A reading that is not given yet says only who reads; a
    reader who reads on their own first gets nothing of the first before."""
    rows = SecondReading.objects.filter(dossier=reader.dossier) if reader.belongs else ()
    for row in rows and rows.select_related("reader", "first_by", "settled_by"):
        asked = _criterion(reader.dossier, row.criterion)
        who = f"{row.reader} ({_('las eerst zelf')})" if row.blind else str(row.reader)
        if row.read_at is None or row.hides_from(reader.actor.user_id):
            yield asked, who, _("nog niet gelezen"), "", "", ""
            continue
        found = _judged(row.get_judgement_display(), row.argument)
        first = _first(reader.dossier, row)
        settled = f"{row.settled_by}, {day(row.settled_at)}" if row.settled_at else ""
        yield asked, who, found, row.read_at, first, settled
    if reader.belongs:
        yield from _second_before(reader)


def _second_before(reader: Reader) -> Iterator[Row]:
    """What was read about other partners than now."""
    for answer in reader.dossier.assessments.all():
        asked = _criterion(reader.dossier, answer.criterion)
        for kept in answer.readings_before:
            read_at = datetime.fromisoformat(kept["reading"]["read_at"])
            yield asked, kept["who"], read_before.words(kept), read_at, "", ""


def _first(dossier: Dossier, row: SecondReading) -> str:
    """What the first found: as kept when the two settled it, until then as it stands now."""
    if row.settled_at is not None:
        return _judged(str(row.get_first_judgement_display()), row.first_argument)
    now = next((a for a in dossier.assessments.all() if a.criterion == row.criterion), None)
    return _judged(str(now.get_judgement_display()), now.argument) if now else ""


def _judged(judgement: str, argument: str) -> str:
    return ". ".join(filter(None, (capfirst(judgement), argument)))


def _requests(reader: Reader) -> Iterator[Row]:
    for row in reversed(asking.requests(reader.actor, reader.dossier)):
        who = ", ".join(filter(None, (str(row.get_relation_display()), row.organisation)))
        answered = hasattr(row.invitation, "response")
        state = _("antwoordde") if answered else _("nog geen antwoord")
        yield row.partner, who, row.asked_by, row.asked_at, state


def _experience(reader: Reader) -> Iterator[Row]:
    for sheet in asking.side_by_side(reader.actor, reader.dossier):
        for question, answers in sheet.rows:
            for person, words in answers:
                if words:
                    yield sheet.title, question, person, "; ".join(words)


ASKED = Column("asked", gettext_lazy("Wie vroeg het"))
LISTS = (
    Listing(
        "tweede-lezing",
        gettext_lazy("Tweede lezing"),
        (
            QUESTION,
            Column("reader", gettext_lazy("Tweede lezer")),
            Column("found", gettext_lazy("Vond")),
            Column("read", gettext_lazy("Gelezen op")),
            Column("first", gettext_lazy("Eerste lezing")),
            Column("settled", gettext_lazy("Samen beslist")),
        ),
        _second,
        (SecondReading,),
        inside=True,
        told=True,
    ),
    Listing(
        "anker",
        gettext_lazy("Gevraagd aan het anker"),
        (
            QUESTION,
            ASKED,
            Column("adviser", gettext_lazy("Anker")),
            ANSWER,
            Column("answered", gettext_lazy("Op")),
        ),
        _adviser,
        (AdviserQuestion,),
        inside=True,
        told=True,
    ),
    Listing(
        "advies-van-buiten",
        gettext_lazy("Advies van buiten de school"),
        (
            QUESTION,
            ASKED,
            Column("who", gettext_lazy("Aan wie")),
            ANSWER,
            Column("answered", gettext_lazy("Op")),
        ),
        _outside,
        (OutsideAdvice,),
        inside=True,
        told=True,
    ),
    Listing(
        "ervaring-gevraagd",
        gettext_lazy("Aan wie ervaring gevraagd is"),
        (
            Column("partner", gettext_lazy("Over")),
            Column("who", gettext_lazy("Aan wie")),
            ASKED,
            Column("at", gettext_lazy("Op")),
            Column("state", gettext_lazy("Stand")),
        ),
        _requests,
        (ExperienceRequest,),
        inside=True,
    ),
    Listing(
        "ervaring",
        gettext_lazy("Wat anderen met deze partner ervoeren"),
        (
            Column("about", gettext_lazy("Over")),
            QUESTION,
            Column("who", gettext_lazy("Wie")),
            ANSWER,
        ),
        _experience,
        (DossierSurvey,),
        inside=True,
    ),
)
