"""The four questions that a school starts with, each answered or honestly said to be open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners.counting import FactorCount, Summary
from partnerwijzer.partners.models import Offer, Partner, Tie


@dataclass(frozen=True)
class Answer:
    """The answer to one question: a sentence, what is behind it, and what to look out for."""

    question: str
    say: str
    more: tuple[str, ...] = ()
    warning: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Bar:
    """A factor with its words, for the figure."""

    label: str
    smooth: int
    difficult: int


def answers(
    partner: Partner, summary: Summary, offers: Sequence[Offer], facts: Any
) -> dict[str, Answer]:
    """good, grounded, reliable and commercial (mission: answered on one screen)."""
    return {
        "good": _good(summary),
        "grounded": _grounded([o for o in offers if o.withdrawn_at is None]),
        "reliable": _reliable(partner, facts),
        "commercial": _commercial(partner, facts),
    }


def _good(summary: Summary) -> Answer:
    question = _("Hoe goed is het?")
    if summary.too_few:
        say = ngettext(
            "Nog te weinig ervaringen: {n} school vertelde iets.",
            "Nog te weinig ervaringen: {n} scholen vertelden iets.",
            summary.schools,
        ).format(n=summary.schools)
        more = _("We tonen cijfers vanaf {n} scholen.").format(n=summary.minimum)
        return Answer(question, say, (more,), is_open=True)
    say = _("{yes} van de {all} scholen zouden opnieuw samenwerken.").format(
        yes=summary.again + summary.changed, all=summary.schools
    )
    changed = ngettext(
        "{n} daarvan wil het anders.", "{n} daarvan willen het anders.", summary.changed
    )
    others = (changed.format(n=summary.changed),) if summary.changed else ()
    return Answer(question, say, (*others, _age(summary)))


def _age(summary: Summary) -> str:
    first, last = summary.oldest, summary.newest
    assert first is not None
    assert last is not None
    if first == last:
        return _("Alle ervaringen zijn van {a}-{b}.").format(a=last, b=last + 1)
    return _("Ervaringen van {a}-{b} tot {c}-{d}.").format(a=first, b=first + 1, c=last, d=last + 1)


def _grounded(offers: Sequence[Offer]) -> Answer:
    question = _("Hoe onderbouwd is het?")
    known = [o for o in offers if o.grounding is not None]
    if not known:
        return Answer(question, _("Nog niemand keek dit na."), is_open=True)
    best = max(known, key=lambda o: o.grounding or 0)
    say = _("{rung} van 5: {label}.").format(
        rung=best.grounding, label=rung_label(best.grounding or 0)
    )
    more = [best.title, *([best.grounding_source] if best.grounding_source else [])]
    return Answer(question, say, tuple(more))


def rung_label(rung: int) -> str:
    """What a rung of the ladder means, in a few words."""
    labels = [label for _key, label in vocabulary.choices("grounding_ladder")]
    return labels[rung] if 0 <= rung < len(labels) else str(rung)


def _reliable(partner: Partner, facts: Any) -> Answer:
    question = _("Hoe betrouwbaar is de organisatie?")
    recognised = [_recognition(r) for r in partner.recognitions.all()]
    if facts is None:
        say = (
            _("Dit nummer staat niet in het register dat we hebben.")
            if partner.enterprise_number
            else _("Er is geen ondernemingsnummer ingevuld.")
        )
        return Answer(question, say, tuple(recognised), is_open=True)
    since = facts.start_date.year if facts.start_date else None
    if facts.signals:
        warning = " ".join(str(s.words) for s in facts.signals)
        return Answer(question, _("Het register meldt iets."), tuple(recognised), warning=warning)
    say = (
        _("Actief sinds {year}, geen meldingen in het register.").format(year=since)
        if since
        else _("Geen meldingen in het register.")
    )
    return Answer(question, say, tuple(recognised))


def _recognition(row: Any) -> str:
    words = _("Erkend door {by}").format(by=row.by)
    if row.what_for:
        words += f" ({row.what_for})"
    if row.since:
        words += _(", sinds {year}").format(year=row.since.year)
    if row.until and row.until < timezone.localdate():
        words += _(", verlopen op {day}").format(day=f"{row.until:%d/%m/%Y}")
    return words


def _commercial(partner: Partner, facts: Any) -> Answer:
    question = _("Is het commercieel?")
    form = str(facts.form.words) if facts is not None else ""
    more = tuple(filter(None, (_("Rechtsvorm: {form}").format(form=form) if form else "",)))
    if partner.commercial_tie == Tie.SOME:
        warning = partner.commercial_note or _("De organisatie zegt dat er een belang is.")
        return Answer(question, _("Ja, zegt de organisatie zelf."), more, warning=warning)
    if partner.commercial_tie == Tie.NONE:
        return Answer(question, _("Nee, zegt de organisatie zelf. Dat is een bewering."), more)
    return Answer(question, _("Dat is nog niet gevraagd."), more, is_open=True)


def bars(counts: Sequence[FactorCount], most: int = 8) -> list[Bar]:
    """The factors that most schools named, in words."""
    return [
        Bar(vocabulary.label("factors.smooth", c.factor), c.smooth, c.difficult)
        for c in counts[:most]
    ]
