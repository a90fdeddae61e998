"""How a ballot stands, by the words of its template: who counts, whether enough people answered,
whether it lets the head say yes, and who may read what others think. Pure.

The rules are the framework's (vocab.yaml, decision_templates); here they are only carried out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.frameworks.schema.vocab import DecisionTemplate

# From open to closed: a ballot only ever moves towards the front.
FROM_OPEN_TO_CLOSED = ("open", "own-first", "closed")


@dataclass(frozen=True)
class Voice:
    """One colleague who was asked. `left`: does not work at the school any more; `reminded`: got
    the one reminder that a ballot may promise."""

    option: str = ""
    given: bool = False
    interested: bool = False
    left: bool = False
    reminded: bool = False


@dataclass(frozen=True)
class Standing:
    """How it stands. Counts of people: who counts, answered and is needed (0: no minimum is set);
    `aside` have an interest that the template does not count, `gone` left without a word, and
    `unreminded` count, are silent and were not reminded."""

    counting: int
    answered: int
    needed: int
    effects: dict[str, int]
    aside: int = 0
    gone: int = 0
    unreminded: int = 0

    @property
    def valid(self) -> bool:
        """Whether as many answered as the template asks for."""
        return self.answered >= self.needed

    @property
    def everybody(self) -> bool:
        """Nobody who counts is still silent."""
        return self.answered >= self.counting


def stand(template: DecisionTemplate, voices: Iterable[Voice]) -> Standing:
    """Counts the voices as the template says."""
    voices = list(voices)
    aside = [v for v in voices if _is_aside(template, v)]
    gone = [v for v in voices if v.left and not v.given and v not in aside]
    counting = [v for v in voices if not _is_aside(template, v) and (v.given or not v.left)]
    answered = [v for v in counting if v.given]
    effects: dict[str, int] = {}
    for voice in answered:
        if option := template.option.get(voice.option):
            effects[option.effect] = effects.get(option.effect, 0) + 1
    needed = _needed(template, len(counting))
    unreminded = sum(not (v.given or v.reminded) for v in counting)
    return Standing(
        len(counting), len(answered), needed, effects, len(aside), len(gone), unreminded
    )


def _is_aside(template: DecisionTemplate, voice: Voice) -> bool:
    return bool(voice.interested and template.interest and not template.interest.counts)


def _needed(template: DecisionTemplate, counting: int) -> int:
    """How many must answer. Where nobody counts any more, nobody can have answered."""
    if template.quorum is None:
        return 0
    return max(1, ceil(round(template.quorum.share * counting, 6)))


def stops(
    template: DecisionTemplate, standing: Standing, *, silence: str = "", over: bool = True
) -> list[str]:
    """Why the ballot does not let the head sign a yes, in words; empty where it does.

    Args:
        silence: what silence counts as on this ballot; left out, as the template says now.
        over: the time for positions is over.
    """
    found = []
    if template.quorum and not standing.valid:
        found.append(
            _("{answered} van de {needed} nodige antwoorden. {text}").format(
                answered=standing.answered,
                needed=standing.needed,
                text=template.quorum.unmet or template.quorum.text,
            )
        )
    if not _yes(template, standing):
        found.append(str(template.outcome_rule))
    return found + _silent(standing, silence or template.silence.counts_as, over)


def _silent(standing: Standing, silence: str, over: bool) -> list[str]:
    """What silence still asks before a yes. Where it is no answer or absence, it asks nothing:
    how many have to answer is the quorum's."""
    if silence == "waits" and standing.valid and not standing.everybody:
        return [_("Nog niet iedereen antwoordde, en daar wachten jullie op.")]
    if silence == "after-reminder" and not standing.everybody:
        if not over:
            return [_("Wie nog niets zei, heeft tijd tot en met de laatste dag.")]
        if standing.unreminded:
            return [_("Wie nog niets zei, kreeg nog geen herinnering. Geef meer tijd.")]
    return []


def stays_open(standing: Standing, silence: str) -> str:
    """Why the positions are not closed before their last day, in words; empty where they can be."""
    if not standing.valid:
        return _("Er antwoordden nog niet genoeg mensen om te sluiten.")
    if silence == "waits" and not standing.everybody:
        return _("Nog niet iedereen antwoordde, en daar wachten jullie op.")
    if silence == "after-reminder" and standing.unreminded:
        return _("Wie nog niets zei, krijgt eerst een herinnering: de dag voor de laatste dag.")
    return ""


def _yes(template: DecisionTemplate, standing: Standing) -> bool:
    effects = standing.effects
    against = effects.get("against", 0) + effects.get("blocks", 0)
    match template.yes_when:
        case "no-block":
            return not effects.get("blocks")
        case "all-support":
            doubts = against + effects.get("concern", 0)
            return not doubts and effects.get("supports", 0) > 0
        case "more-for":
            return effects.get("supports", 0) > against
        case _:
            return True


def may_read(hidden: str, *, may_speak: bool, spoke: bool, over: bool, valid: bool) -> bool:
    """Whether somebody reads what the others think.

    Args:
        hidden: open, own-first or closed.
        may_speak: whether the reader was asked, or can still be asked: whoever comes late speaks
            first as well. Somebody else has no ballot that could be swayed.
        spoke: whether the reader gave a position.
        over: the time for positions is over.
        valid: enough people answered. A vote that is not valid stays hidden: there comes more time.
    """
    if hidden == "closed":
        return over and valid
    return hidden == "open" or not may_speak or spoke or over


def late_words(hidden: str) -> str:
    """What somebody will see who is asked only now."""
    if hidden == "own-first":
        return _("Wie je er nu bij vraagt, leest de anderen pas na een eigen standpunt.")
    if hidden == "closed":
        return _("Wie je er nu bij vraagt, leest niets voor de standpunten gesloten zijn.")
    return _("Wie je er nu bij vraagt, leest meteen wat de anderen al schreven.")


def usual(template: DecisionTemplate) -> str:
    """Who reads the positions where nobody chose."""
    return "closed" if template.hidden_until_closed == "on" else "open"


def fits(template: DecisionTemplate, hidden: str) -> bool:
    """Whether this way of hiding goes with this way of deciding."""
    if template.hidden_until_closed == "on":
        return hidden == "closed"
    return hidden != "closed" or template.hidden_until_closed == "optional"


def opens_up(before: str, after: str) -> bool:
    """Whether this is a step towards open: the other way would break what people were told."""
    order = FROM_OPEN_TO_CLOSED
    return after in order and order.index(after) < order.index(before)


def words(template: DecisionTemplate, standing: Standing) -> list[str]:
    """How it stands, in sentences for the page and the paper. Says nothing of who thinks what."""
    found = [
        ngettext(
            "{answered} van {counting} gaf een standpunt.",
            "{answered} van {counting} gaven een standpunt.",
            standing.answered,
        ).format(answered=standing.answered, counting=standing.counting)
    ]
    if template.quorum:
        said = _("Dat is gelukt.") if standing.valid else _("Dat is nog niet zo.")
        found.append(f"{template.quorum.text} {said}")
    if standing.aside:
        found.append(
            ngettext(
                "{count} collega heeft een belang en telt niet mee.",
                "{count} collega’s hebben een belang en tellen niet mee.",
                standing.aside,
            ).format(count=standing.aside)
        )
    if standing.gone:
        found.append(
            ngettext(
                "{count} collega werkt hier niet meer en telt niet mee.",
                "{count} collega’s werken hier niet meer en tellen niet mee.",
                standing.gone,
            ).format(count=standing.gone)
        )
    return found
