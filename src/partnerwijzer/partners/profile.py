"""The four questions that a school starts with, each answered or honestly said to be open."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from partnerwijzer.frameworks import vocabulary
from partnerwijzer.kbo import codes
from partnerwijzer.kbo.enterprise import Enterprise
from partnerwijzer.partners import wording
from partnerwijzer.partners.counting import WEIGHTS, FactorCount, Summary
from partnerwijzer.partners.models import Offer, Partner, Recognition, Tie

OLD_AFTER = 3  # school years


@dataclass(frozen=True)
class Answer:
    """The answer to one question.

    `say` is the answer in a sentence, `more` what is behind it, `warning` what to read first;
    `is_open` means that there is no real answer yet; `claims` are words of the organisation itself.
    """

    question: str
    say: str
    more: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    warning: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Bar:
    """A factor with its words, for the figure."""

    label: str
    smooth: int
    difficult: int


# Hoe goed is het?


def good(summary: Summary, this_year: int) -> Answer:
    """What schools would do again. `this_year` is the year in which this school year began."""
    question = _("Hoe goed is het?")
    if summary.too_few:
        return Answer(question, too_few(summary), is_open=True)
    say = ngettext(
        "{yes} van {all} school zou opnieuw samenwerken.",
        "{yes} van de {all} scholen zouden opnieuw samenwerken.",
        summary.schools,
    ).format(yes=summary.positive, all=summary.schools)
    return Answer(question, say, tuple(_behind(summary, this_year)))


def too_few(summary: Summary) -> str:
    """That there is not enough yet, and from when figures show."""
    if not summary.schools and not summary.outdated:
        return _("Nog geen enkele school deelde een ervaring.")
    words = ngettext(
        "Nog te weinig gegevens: {n} school. We tonen cijfers vanaf {least} scholen.",
        "Nog te weinig gegevens: {n} scholen. We tonen cijfers vanaf {least} scholen.",
        summary.schools,
    ).format(n=summary.schools, least=summary.minimum)
    return f"{words} {outdated(summary)}".strip()


def outdated(summary: Summary) -> str:
    """How many schools spoke too long ago to be counted."""
    if not summary.outdated:
        return ""
    return ngettext(
        "{n} school sprak te lang geleden om nog mee te tellen.",
        "{n} scholen spraken te lang geleden om nog mee te tellen.",
        summary.outdated,
    ).format(n=summary.outdated)


def trend(summary: Summary) -> str:
    """Whether recent experiences differ from older ones; nothing where they do not."""
    if summary.trend > 0:
        return _("De recente ervaringen zijn beter dan de oudere.")
    return _("De recente ervaringen zijn minder goed dan de oudere.") if summary.trend else ""


@dataclass(frozen=True)
class AgeLine:
    """Schools that spoke equally long ago, and what each of them weighs."""

    when: str
    schools: int
    weighs: str


def ages(summary: Summary) -> list[AgeLine]:
    """How old the experiences are, for the table behind the figures."""
    return [AgeLine(_when(a.newest, a.oldest), a.schools, part(a.weight)) for a in summary.ages]


def age_rules() -> list[AgeLine]:
    """The rule itself: what an experience weighs by its age."""
    lines, newest = [], 0
    for oldest, weight in WEIGHTS:
        lines.append(AgeLine(_when(newest, oldest), 0, part(weight)))
        newest = oldest + 1
    older = _("{n} schooljaren geleden of langer").format(n=newest)
    return [*lines, AgeLine(older, 0, _("niet: je kunt ze nog lezen"))]


def _when(newest: int, oldest: int) -> str:
    if newest == 0:
        return _("van dit of vorig schooljaar")
    return _("{a} of {b} schooljaren geleden").format(a=newest, b=oldest)


PARTS = {Fraction(1): gettext_lazy("helemaal"), Fraction(1, 2): gettext_lazy("voor de helft"),
         Fraction(1, 4): gettext_lazy("voor een kwart")}  # fmt: skip


def part(weight: Fraction) -> str:
    """What something weighs, in words where there are."""
    return str(PARTS.get(weight) or decimal(weight))


def decimal(weight: Fraction) -> str:
    """`4,25`; without zeros behind."""
    words = f"{float(weight):.2f}".rstrip("0").rstrip(".")
    return words.replace(".", ",") if get_language() == "nl" else words


def _behind(summary: Summary, this_year: int) -> list[str]:
    lines = []
    if summary.changed:
        lines.append(
            ngettext(
                "{n} daarvan zou het anders doen.",
                "{n} daarvan zouden het anders doen.",
                summary.changed,
            ).format(n=summary.changed)
        )
    worst = max(summary.factors, key=lambda c: c.difficult - c.smooth, default=None)
    if worst is not None and worst.difficult > worst.smooth:
        label = vocabulary.label("factors.difficult", worst.factor)
        lines.append(_("Het vaakst moeilijk: {label}.").format(label=label.lower()))
    return [*lines, *filter(None, (trend(summary), age(summary, this_year), outdated(summary)))]


def age(summary: Summary, this_year: int) -> str:
    """From which school years the experiences are, and whether that is long ago."""
    first, last = summary.oldest, summary.newest
    if first is None or last is None:
        return ""
    if first == last:
        words = _("Alle ervaringen zijn van {a}-{b}.").format(a=last, b=last + 1)
    else:
        years = {"a": first, "b": first + 1, "c": last, "d": last + 1}
        words = _("Ervaringen van {a}-{b} tot {c}-{d}.").format(**years)
    if this_year - last < OLD_AFTER:
        return words
    old = _("De jongste is {n} schooljaren oud: vraag na of dit nog klopt.")
    return f"{words} {old.format(n=this_year - last)}"


# Hoe onderbouwd is het?


def grounded(offers: Sequence[Offer]) -> Answer:
    """On what the offers rest. Each offer is judged apart; the best one is named."""
    question = _("Hoe onderbouwd is het?")
    if not offers:
        return Answer(question, _("Er staat nog geen aanbod in de databank."), is_open=True)
    known = [offer for offer in offers if offer.grounding is not None]
    if not known:
        return Answer(question, _("Nog niemand keek dit na."), is_open=True)
    best = max(known, key=lambda offer: offer.grounding or 0)
    say = _("{n} van 5: {label}.").format(n=best.grounding, label=wording.rung(best.grounding))
    more = [_("Bij ‘{title}’").format(title=best.title)] if len(offers) > 1 else []
    more += [best.grounding_source] if best.grounding_source else []
    rest = len({offer.grounding for offer in offers}) > 1
    more += [_("Het verschilt per aanbod: kijk hieronder.")] if rest else []
    return Answer(question, say, tuple(more))


# Hoe betrouwbaar is de organisatie?


def reliable(
    partner: Partner,
    facts: Enterprise | None,
    recognitions: Sequence[Recognition],
    *,
    has_register: bool,
) -> Answer:
    """What the register says, and who recognises the organisation."""
    question = _("Hoe betrouwbaar is de organisatie?")
    more = tuple(wording.recognition(row) for row in recognitions)
    if facts is None:
        return Answer(question, _unknown(partner, has_register), more, is_open=True)
    if facts.signals:
        warning = _("Vraag de organisatie wat er aan de hand is, voor je iets afspreekt.")
        return Answer(question, wording.signals(facts), more, warning=warning)
    if facts.start_date:
        say = _("Bestaat sinds {year}, geen meldingen in het register.")
        return Answer(question, say.format(year=facts.start_date.year), more)
    return Answer(question, _("Geen meldingen in het register."), more)


def _unknown(partner: Partner, has_register: bool) -> str:
    if not partner.enterprise_number:
        return _("Er is geen ondernemingsnummer ingevuld.")
    if not has_register:
        return _("Er is nog geen register ingelezen om het nummer na te kijken.")
    return _("Dit nummer staat niet in het register dat we hebben.")


# Is het commercieel?


def commercial(partner: Partner, facts: Enterprise | None) -> Answer:
    """The legal form, and what the organisation says itself: a claim beside a fact."""
    question = _("Is het commercieel?")
    nature = nature_of(facts)
    claims = tuple(filter(None, (_claim(partner), _ideological(partner))))
    if partner.commercial_tie == Tie.SOME:
        warning = partner.commercial_note or _("Vraag welk belang, en wat dat in de klas betekent.")
        return Answer(question, _("Ja, er is een belang."), _form(facts), claims, warning=warning)
    if partner.commercial_tie == Tie.NONE and nature == "company":
        warning = _("De organisatie zegt van niet, maar het is een vennootschap. Vraag door.")
        return Answer(question, _("Dat is niet zeker."), _form(facts), claims, warning=warning)
    if partner.commercial_tie == Tie.NONE:
        say = _("Nee, en de rechtsvorm past daarbij.") if nature else _("Nee, zegt de organisatie.")
        return Answer(question, say, _form(facts), claims)
    asked = {
        "company": _("Het is een vennootschap. Naar belangen is nog niet gevraagd."),
        "public": _("Het is een openbaar bestuur. Naar belangen is nog niet gevraagd."),
        "non-profit": _("Er is geen winstoogmerk. Naar andere belangen is nog niet gevraagd."),
    }
    say = asked.get(nature, _("Dat is nog niet gevraagd."))
    return Answer(question, say, _form(facts), claims, is_open=True)


def nature_of(facts: Enterprise | None) -> str:
    """`company`, `non-profit`, `public`, or nothing where the legal form does not say."""
    form = (facts.form_to_read or facts.legal_form) if facts else None
    if form is None:
        return ""
    if form.code in codes.PUBLIC:
        return "public"
    if form.code in codes.NON_PROFIT or form.code in codes.SOCIAL_PURPOSE:
        return "non-profit"
    return "company" if "vennootschap" in form.words.lower() else ""


def _form(facts: Enterprise | None) -> tuple[str, ...]:
    return (_("Rechtsvorm: {form}.").format(form=facts.legal_form.words),) if facts else ()


def _claim(partner: Partner) -> str:
    if partner.commercial_tie == Tie.UNKNOWN:
        return ""
    said = _("Commercieel belang: {tie}.").format(tie=partner.get_commercial_tie_display())
    return (
        f"{said} {partner.commercial_note}".strip() if partner.commercial_tie == Tie.NONE else said
    )


def _ideological(partner: Partner) -> str:
    if partner.ideological_tie == Tie.UNKNOWN:
        return ""
    words = _("Ideologische of politieke band: {tie}.")
    said = words.format(tie=partner.get_ideological_tie_display())
    return f"{said} {partner.ideological_note}".strip()


def bars(counts: Sequence[FactorCount], most: int = 8) -> list[Bar]:
    """The factors that schools named most, in neutral words."""
    return [Bar(_of_factor(c.factor), c.smooth, c.difficult) for c in counts[:most]]


def _of_factor(key: str) -> str:
    """Both sides of a factor, in the order of the figure: difficult to the left, smooth right."""
    smooth, difficult = (vocabulary.label(f"factors.{e}", key) for e in ("smooth", "difficult"))
    return f"{difficult} / {smooth.lower()}" if smooth != difficult else smooth
