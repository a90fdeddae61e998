"""What a dossier, the register or an operator already answers in a helper tree, said in words.

Nothing here decides: a person sees the answer filled in, may choose another one, and is told when
the fact changes afterwards.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import beside, period
from partnerwijzer.dossiers.models import ActivityState, Dossier
from partnerwijzer.elections import near
from partnerwijzer.elections.models import Election
from partnerwijzer.elections.near import Clash
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Node, TreeOption
from partnerwijzer.frameworks.words import Fact, PeriodKey
from partnerwijzer.kbo import groups
from partnerwijzer.organisations import actors
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.models import Partner
from partnerwijzer.schooldays import queries as schooldays


@dataclass(frozen=True)
class Known:
    """A fact: its value, and where it comes from in words.

    lines: of each thing that it is about (each group of pupils) the values that it answers to, the
    closest first. They answer a question only where all of them lead to the same answer.
    """

    lines: tuple[tuple[str, ...], ...]
    words: str

    @property
    def value(self) -> str:
        """What is stored, to see later on whether it changed."""
        return " ".join(sorted({line[0] for line in self.lines}))

    def answers(self, node: Node) -> TreeOption | None:
        """The answer that follows; None where the fact leaves it open."""
        found = {option.key: option for line in self.lines if (option := _first(node, line))}
        every = all(_first(node, line) for line in self.lines)
        return next(iter(found.values())) if every and len(found) == 1 else None


def _first(node: Node, line: tuple[str, ...]) -> TreeOption | None:
    options = (node.answer_for(value) for value in line)
    return next((option for option in options if option is not None), None)


def one(value: str, words: str) -> Known:
    return Known(((value,),), words)


class Facts:
    """The facts of one dossier, each looked up once and only when a question asks for it.

    partner: whom the tree is walked for; None is every partner of the dossier.
    reader: who will read the words; None asks as the school does, to compare values only.
    """

    def __init__(
        self, dossier: Dossier, partner: Partner | None = None, reader: Actor | None = None
    ) -> None:
        self.dossier, self.partner, self.reader = dossier, partner, reader
        self._found: dict[Fact, Known | None] = {}

    def of(self, node: Node) -> Known | None:
        """What is known about a question; None where nothing is, or nothing is asked for."""
        fact = node.computed
        if fact is None:
            return None
        if fact not in self._found:
            self._found[fact] = KNOW[fact](self) if fact in KNOW else self._beside(fact)
        return self._found[fact]

    def _beside(self, fact: Fact) -> Known | None:
        """What another module keeps, as the cost plan."""
        reader = self.reader or actors.of_school(self.dossier.school_id)
        found = beside.computed(reader, self.dossier, fact)
        return Known(tuple((value,) for value in found.values), found.words) if found else None

    def partners(self) -> list[Partner]:
        if self.partner is not None:
            return [self.partner]
        return [row.partner for row in self.dossier.partners.all()]


def _level(facts: Facts) -> Known | None:
    """The levels of the groups, each with what it is part of."""
    rows = list(facts.dossier.groups.all())
    if not rows:
        return None
    vocab = content_of(facts.dossier.framework_id).vocab
    lines = tuple(vocab.ancestry.get(row.level, (row.level,)) for row in rows)
    names = ", ".join(row.name for row in rows)
    return Known(lines, _("Uit het dossier: het is voor {groups}.").format(groups=names))


def _goals(facts: Facts) -> Known | None:
    count = facts.dossier.goals.count()
    if not count:
        return None
    words = ngettext(
        "Uit het dossier: je koos {count} onderwijsdoel.",
        "Uit het dossier: je koos {count} onderwijsdoelen.",
        count,
    )
    return one("chosen", words.format(count=count))


def _kind(facts: Facts) -> Known | None:
    words = _("Uit het dossier: {kind}.").format(kind=facts.dossier.get_kind_display())
    return one(facts.dossier.kind, words)


def _profit(facts: Facts) -> Known | None:
    """By the legal form of the register. A company with a social purpose leaves it open."""
    found = _forms(facts)
    sides = {groups.form_group(code) for code, _words in found}
    said = ", ".join(words for _code, words in found)
    if found and sides <= {"vereniging", "overheid"}:
        return one("no", _("Uit het register: {form}.").format(form=said))
    if sides == {"bedrijf"}:
        return one("yes", _("Uit het register: {form}.").format(form=said))
    return None


def _legal_person(facts: Facts) -> Known | None:
    """Who has a legal form in the register is a legal person; a natural person has none."""
    found = _forms(facts)
    if not found or len(found) < len(facts.partners()):
        return None
    said = ", ".join(words for _code, words in found)
    return one("yes", _("Uit het register: {form}.").format(form=said))


def _forms(facts: Facts) -> list[tuple[str, str]]:
    """Codes and words of the legal forms of those partners that have one."""
    found = (partners.facts_of(partner) for partner in facts.partners())
    return [(e.legal_form.code, e.legal_form.words) for e in found if e and e.legal_form.code]


def _ninety_days(facts: Facts) -> Known | None:
    """Whether a day of an activity falls in the days before an election (domain.md 3.2); without
    activities, whether the period that was planned or agreed touches these days."""
    fixed = _moment_days(facts.dossier)
    known = None if fixed else period.span(facts.dossier)
    if not fixed and known is None:
        return None
    votes, days = Election.objects.votes(), before_election(facts.dossier)
    first, last = known or (fixed[0], fixed[-1])
    last = last or first
    touched = near.span_clashes(first, last, votes, days)
    found = touched if known else near.clashes(fixed, votes, days)
    if found:
        return one("yes", _clash_words(found[0]))
    until = near.known_until(votes)
    if until is None:
        return one("unknown", _("Er staat nog geen datum van verkiezingen in Partnerwijzer."))
    if last > until:
        words = _("Na {day} kent Partnerwijzer nog geen verkiezingen.")
        return one("unknown", words.format(day=date_format(until, "j F Y")))
    return one("no", _("Nagerekend: geen enkele geplande dag valt in die periode."))


def _clash_words(clash: Clash) -> str:
    if not clash.days_before:
        words = _("Nagerekend: {day} is de dag van de verkiezingen ({name}).")
    else:
        words = _("Nagerekend: {day} is {count} dagen voor de verkiezingen ({name}, {on}).")
    return words.format(
        day=date_format(clash.day, "j F Y"),
        count=clash.days_before,
        name=clash.vote.name,
        on=date_format(clash.vote.on, "j F Y"),
    )


def _moment_days(dossier: Dossier) -> list[date]:
    rows = dossier.activities.exclude(state=ActivityState.CANCELLED)
    return sorted(rows.values_list("on", flat=True))


def before_election(dossier: Dossier) -> int:
    """How many days before an election count, as the content of this dossier says."""
    periods = content_of(dossier.framework_id).governance.period
    return periods[PeriodKey.BEFORE_ELECTION].days if PeriodKey.BEFORE_ELECTION in periods else 0


def _council_topics(facts: Facts) -> Known | None:
    """Whether the school ticked a topic on which the council is consulted."""
    test = getattr(facts.dossier, "council_test", None)
    if test is None:
        return None
    topics = content_of(facts.dossier.framework_id).governance.council_topics
    found = [str(t.label) for t in topics if t.key in test.topics and t.duty == "consult"]
    if not found:
        return one(
            "no", _("Uit het oordeel van de school: het raakt aan geen van die onderwerpen.")
        )
    words = _("Uit het oordeel van de school: het raakt aan {topics}.")
    return one("yes", words.format(topics=", ".join(found)))


def _council_waived(facts: Facts) -> Known | None:
    """Whether the school noted where it stands that the council waives consultation."""
    test = getattr(facts.dossier, "council_test", None)
    if test is None:
        return None
    if not test.waived:
        return one(
            "no", _("Uit het oordeel van de school: nergens staat dat de raad ervan afziet.")
        )
    return one("yes", _("Uit het oordeel van de school: {where}.").format(where=test.waived))


KNOW: dict[Fact, Callable[[Facts], Known | None]] = {
    Fact.LEVEL: _level,
    Fact.GOALS_CHOSEN: _goals,
    Fact.COOPERATION_KIND: _kind,
    Fact.PARTNER_PROFIT: _profit,
    Fact.LEGAL_PERSON: _legal_person,
    Fact.NINETY_DAYS: _ninety_days,
    Fact.COUNCIL_TOPICS: _council_topics,
    Fact.COUNCIL_WAIVED: _council_waived,
}


def is_political(dossier: Dossier) -> bool:
    """The school said so; until it answers, the kind of a partner says it (raises_situation)."""
    said = dossier.situations.get(POLITICAL)
    if said is not None:
        return said
    kinds = content_of(dossier.framework_id).vocab.partner_kind
    partners_here = (row.partner.kind for row in dossier.partners.all())
    return any(
        kind in kinds and kinds[kind].raises_situation == POLITICAL for kind in partners_here
    )


POLITICAL = "political"


def election_warnings(dossier: Dossier, days: Iterable[date]) -> dict[date, str]:
    """Of a political dossier the days that fall in the days before an election, in words."""
    if not is_political(dossier):
        return {}
    votes = Election.objects.votes()
    found = near.clashes(days, votes, before_election(dossier))
    return {clash.day: _clash_words(clash) for clash in reversed(found)}


def day_warnings(dossier: Dossier, on: date, *, for_team: bool = False) -> list[str]:
    """Why this day is an odd one for an activity, in words: no school, or an election nearby."""
    clash = schooldays.days_of(dossier.school).clash(on, for_team=for_team)
    vote = election_warnings(dossier, [on]).get(on, "")
    return [words for words in (clash, vote) if words]
