"""Every outcome of every shipped tree is walked to, by answers that stand for a rule.

A row says where its rule comes from (a section of domain.md, or "own" where the outcome is no rule
but what the school does next), the answers from the start, and where they lead. What domain.md does
not hold as verified ends in "ask further", or says itself that it has to be checked.
"""

import re
from typing import NamedTuple

import pytest

from partnerwijzer.frameworks import loader, walking
from partnerwijzer.frameworks.walking import Walk
from tests.frameworks.conftest import SHIPPED

TREES = loader.load(SHIPPED).governance.tree


class Way(NamedTuple):
    source: str
    answers: str
    outcome: str
    result: str


ADVERTISING = [
    Way("domain.md 3.2: a mere logo on didactic material is no explicit advertising",
        "name-on-material no", "nothing-to-settle", "allowed"),
    Way("domain.md 3.2: nothing to see and nothing got", "nothing no", "nothing-to-settle",
        "allowed"),
    Way("domain.md 3.2: basic, compulsory: lessons and material free of advertising",
        "advertising basic yes lesson-place", "no-advertising-in-lessons", "not-allowed"),
    Way("domain.md 3.2: lesson material too, be it only with thanks",
        "thanks-to basic-compulsory", "no-advertising-in-lessons", "not-allowed"),
    Way("domain.md 3.2: the refectory, not where it is used for compulsory activities",
        "advertising basic yes refectory yes", "no-advertising-in-lessons", "not-allowed"),
    Way("domain.md 3.2: the refectory, where it is not used for them",
        "advertising basic yes refectory no yes yes yes fits", "sponsoring-ok",
        "allowed-with-conditions"),
    Way("domain.md 3.2: optional in basic: only free thanks to",
        "advertising basic no", "only-thanks", "not-allowed"),
    Way("domain.md 3.2: all activities of other levels: only free thanks to",
        "advertising other yes", "only-thanks", "not-allowed"),
    Way("domain.md 3.2: free thanks to somebody, in an optional activity",
        "thanks-to basic-free yes yes yes fits", "sponsoring-ok", "allowed-with-conditions"),
    Way("domain.md 3.2: free thanks to somebody, at another level",
        "thanks-to other yes yes yes fits", "sponsoring-ok", "allowed-with-conditions"),
    Way("domain.md 3.2: condition 1, it suits the task of the school",
        "name-on-material yes no", "does-not-fit", "not-allowed"),
    Way("domain.md 3.2: condition 2, good taste",
        "name-on-material yes yes no", "does-not-fit", "not-allowed"),
    Way("domain.md 3.2: condition 3, independent and to be believed",
        "name-on-material yes yes yes no", "does-not-fit", "not-allowed"),
    Way("domain.md 3.2: each form is tested beforehand against the vision of the board",
        "name-on-material yes yes yes yes fits-not", "against-own-vision", "not-allowed"),
    Way("domain.md 3.2: the board sets a vision, in consultation with the council",
        "name-on-material yes yes yes yes no-vision", "make-vision-first", "ask-further"),
    Way("own: first look what there is to see", "unsure", "ask-what-is-seen", "ask-further"),
    Way("domain.md 3.2: compulsory is what is meant to reach the goals",
        "advertising basic unsure", "ask-compulsory", "ask-further"),
    Way("domain.md 3.2 [not verified]: other places of a school",
        "advertising basic yes elsewhere", "ask-place", "ask-further"),
    Way("domain.md 3.2 [not verified]: other levels, outside an activity",
        "advertising other no", "ask-place", "ask-further"),
]  # fmt: skip

TRADE = [
    Way("domain.md 3.2: only who trades has to look", "no", "nothing-sold", "allowed"),
    Way("domain.md 3.2: limited profit for the working, within normal service",
        "yes school-work yes no", "trade-ok", "allowed-with-conditions"),
    Way("domain.md 3.2: at cost, within the programme",
        "yes cost-only yes no", "trade-ok", "allowed-with-conditions"),
    Way("domain.md 3.2: no trade to enrich", "yes enrich", "no-enrichment", "not-allowed"),
    Way("domain.md 3.2: must fit normal service to pupils or the programme, at cost too",
        "yes cost-only no", "outside-service", "not-allowed"),
    Way("domain.md 3.2: must fit normal service to pupils or the programme, whatever it is for",
        "yes school-work no", "outside-service", "not-allowed"),
    Way("domain.md 3.2 [not verified]: profit of the partner",
        "yes partner-earns", "ask-partner-profit", "ask-further"),
    Way("domain.md 3.1 [not verified]: unfair competition is a theme, its rule was not read",
        "yes school-work yes yes", "ask-competition", "ask-further"),
]  # fmt: skip

POLITICS = [
    Way("domain.md 3.2: political is what parties or their mandataries organise",
        "other-org no", "not-party-politics", "allowed"),
    Way("domain.md 3.2: no propaganda by a party", "party yes", "no-propaganda", "not-allowed"),
    Way("domain.md 3.2: no propaganda by another", "other-org yes", "no-propaganda", "not-allowed"),
    Way("domain.md 3.2: no propaganda in a lesson",
        "school-lesson yes", "no-propaganda", "not-allowed"),
    Way("domain.md 3.2: outside periods with school activities",
        "party no yes", "not-in-school-time", "not-allowed"),
    Way("domain.md 3.2: outside 90 days before an election",
        "party no no yes", "not-before-elections", "not-allowed"),
    Way("domain.md 3.2: staff and pupils may not be asked or urged",
        "party no no no yes", "no-urging", "not-allowed"),
    Way("domain.md 3.2: the board stays out of it, all are treated alike",
        "party no no no no no", "not-equal", "not-allowed"),
    Way("domain.md 3.2: possible with permission",
        "party no no no no yes", "politics-with-permission", "allowed-with-conditions"),
    Way("own: a lesson with several voices, led by the teacher",
        "school-lesson no no yes", "lesson-on-politics", "allowed-with-conditions"),
    Way("domain.md 3.2 [not verified]: debates within the 90 days",
        "school-lesson no yes", "ask-debate", "ask-further"),
    Way("own: election dates are entered", "party no no unknown", "ask-election-date",
        "ask-further"),
    Way("own: election dates are entered, for debates too",
        "school-lesson no unknown", "ask-election-date", "ask-further"),
    Way("own: one voice only", "school-lesson no no no", "ask-balance", "ask-further"),
    Way("own: who is behind it", "unsure", "ask-link", "ask-further"),
]  # fmt: skip

COST = [
    Way("domain.md 3.3: nothing is asked", "no", "free-for-parents", "allowed"),
    Way("domain.md 3.3: kleuter, strictly necessary is free",
        "yes kleuter yes", "must-be-free", "not-allowed"),
    Way("domain.md 3.3: lager, strictly necessary is free; swimming one school year",
        "yes lager yes", "must-be-free", "not-allowed"),
    Way("domain.md 3.3: of kleuters none may be asked for several days",
        "yes kleuter no yes", "no-several-days-kleuter", "not-allowed"),
    Way("domain.md 3.3: the sharp ceiling, kleuter",
        "yes kleuter no no yes yes", "within-maximum", "allowed-with-conditions"),
    Way("domain.md 3.3: the sharp ceiling, lager",
        "yes lager no no yes no", "above-maximum", "not-allowed"),
    Way("domain.md 3.3: the less sharp ceiling, not passed",
        "yes lager no yes yes", "within-maximum", "allowed-with-conditions"),
    Way("domain.md 3.3: the less sharp ceiling, passed",
        "yes lager no yes no", "above-maximum", "not-allowed"),
    Way("domain.md 3.3: outside lesson hours and voluntary: contribution list",
        "yes lager no no no", "contribution-list", "allowed-with-conditions"),
    Way("own: groups that may hold the same pupils, one day", "yes kleuter no no yes unclear",
        "count-yourself", "ask-further"),
    Way("own: groups that may hold the same pupils, several days", "yes lager no yes unclear",
        "count-yourself", "ask-further"),
    Way("domain.md 3.3: amounts are data, of a year that was not entered none is guessed",
        "yes kleuter no no yes unknown", "ask-amount", "ask-further"),
    Way("domain.md 3.3: the same over the whole of lager",
        "yes lager no yes unknown", "ask-amount", "ask-further"),
    Way("domain.md 3.3 [not verified]: secondary", "yes secundair", "ask-secondary-cost",
        "ask-further"),
    Way("domain.md 3.3 [not verified]: DKO and adults", "yes other", "ask-other-cost",
        "ask-further"),
]  # fmt: skip

COUNCIL = [
    Way("domain.md 4: art. 21, 3°: structural is for consultation",
        "school-council structural no", "consult-council", "allowed-with-conditions"),
    Way("domain.md 4: a judgement that is asked: signs of structural",
        "school-council unsure yes no", "consult-council", "allowed-with-conditions"),
    Way("domain.md 4: other topics of art. 21, a one-off too",
        "school-council one-off yes no", "consult-council", "allowed-with-conditions"),
    Way("domain.md 4: the council may waive",
        "school-council structural yes", "inform-after-waiver", "allowed-with-conditions"),
    Way("domain.md 4: one-off is told by default",
        "school-council one-off no inform", "inform-council", "allowed"),
    Way("domain.md 4: no sign of structural: told",
        "school-council unsure no no inform", "inform-council", "allowed"),
    Way("domain.md 4: art. 18, advice may be asked",
        "school-council one-off no ask-advice", "ask-council-advice", "allowed-with-conditions"),
    Way("domain.md 4: advice on its own initiative is answered in 30 days",
        "school-council one-off no own-advice", "answer-council-advice",
        "allowed-with-conditions"),
    Way("domain.md 4: in doubt about the topics of art. 21",
        "school-council one-off unsure", "ask-topic", "ask-further"),
    Way("domain.md 4 [not verified]: GO! partly under a decree of its own", "go", "ask-go",
        "ask-further"),
    Way("domain.md 4 [not verified]: the regime of DKO academies", "other-body",
        "ask-other-body", "ask-further"),
    Way("own: which body there is", "none", "ask-which-body", "ask-further"),
]  # fmt: skip

MINORS = [
    Way("domain.md 7.2: not retroactive", "since-before", "not-retroactive", "allowed"),
    Way("domain.md 7.2: adults only", "yes no", "not-for-minors", "allowed"),
    Way("domain.md 7.2 (a): only who teaches, guides, helps or animates",
        "yes yes no", "no-such-contact", "allowed"),
    Way("domain.md 7.2 (b), exception 3: no structural contact",
        "yes yes yes no", "single-visit", "allowed-with-conditions"),
    Way("domain.md 7.2, exception 2: through a legal person that confirms its check",
        "yes yes yes yes yes yes", "statement-enough", "allowed-with-conditions"),
    Way("domain.md 7.2, exception 2 asks that confirmation",
        "yes yes yes yes yes no", "check-by-head", "allowed-with-conditions"),
    Way("domain.md 7.2: the director checks", "yes yes yes yes no no no", "check-by-head",
        "allowed-with-conditions"),
    Way("domain.md 7.2, exception 1: shown in the past year and hired",
        "yes yes yes yes no no yes", "already-shown", "allowed"),
    Way("domain.md 7.2: checked at the start", "checked-then", "already-shown", "allowed"),
    Way("domain.md 7.2 [not verified], exception 4: whether youth work counts at school",
        "yes yes yes yes no yes", "ask-youth-work", "ask-further"),
]  # fmt: skip

VOLUNTEERS = [
    Way("domain.md 7.3 [not verified]: art. 3, a partner without profit aim; its duties",
        "partner no yes", "volunteers-ok", "allowed-with-conditions"),
    Way("domain.md 7.3 [not verified]: of reading parents the school is the organisation",
        "school yes", "volunteers-ok", "allowed-with-conditions"),
    Way("domain.md 7.3: art. 3, a commercial partner cannot send volunteers",
        "partner yes", "no-commercial-volunteers", "not-allowed"),
    Way("domain.md 7.3: the legal form tells", "partner unknown", "ask-legal-form",
        "ask-further"),
    Way("domain.md 7.3 [not verified]: art. 4 to 6, told and insured",
        "partner no no", "ask-insurance", "ask-further"),
    Way("domain.md 7.3 [not verified]: art. 4 to 6, by the school itself",
        "school no", "arrange-first", "ask-further"),
    Way("own: who is the organisation", "unclear", "ask-for-whom", "ask-further"),
]  # fmt: skip

PHOTOS = [
    Way("own: nobody is shown", "no", "no-pupils-shown", "allowed"),
    Way("domain.md 7.1: taking and publishing are separate consents; pupils of 12 to 14 agree too",
        "yes focused both yes yes", "pictures-ok", "allowed-with-conditions"),
    Way("domain.md 7.1: not focused needs information only",
        "yes general yes yes", "pictures-ok", "allowed-with-conditions"),
    Way("domain.md 7.1: information, not yet given",
        "yes general no", "inform-first", "allowed-with-conditions"),
    Way("domain.md 7.1: focused needs consent, in doubt too",
        "yes unsure", "treat-as-focused", "allowed-with-conditions"),
    Way("domain.md 7.1: one of two consents",
        "yes focused one", "only-what-was-agreed", "allowed-with-conditions"),
    Way("domain.md 7.1: focused without consent", "yes focused none", "no-consent",
        "not-allowed"),
    Way("domain.md 7.1: minors with discernment (12-14) may say no themselves",
        "yes focused both no", "leave-out", "allowed-with-conditions"),
    Way("domain.md 7.1: consent is specific and informed: purpose, where, who keeps",
        "yes focused both yes no", "ask-purpose", "ask-further"),
]  # fmt: skip

DATA = [
    Way("domain.md 7.1: share no individual data of pupils", "nothing", "no-data", "allowed"),
    Way("domain.md 7.1: group descriptors only", "group-only", "group-data-only", "allowed"),
    Way("domain.md 7.1: rather no data at all", "individual yes", "do-without", "not-allowed"),
    Way("domain.md 7.1: who works for the school is a processor",
        "individual no school", "partner-is-processor", "allowed-with-conditions"),
    Way("domain.md 7.1: who is responsible itself is a recipient",
        "individual no partner", "partner-is-recipient", "allowed-with-conditions"),
    Way("domain.md 7.1: both or unclear", "individual no both", "ask-privacy-contact",
        "ask-further"),
    Way("own: which data", "unsure", "ask-what-data", "ask-further"),
]  # fmt: skip

WALKED = {
    "advertising-sponsoring": ADVERTISING,
    "trade": TRADE,
    "politics": POLITICS,
    "cost-for-parents": COST,
    "council": COUNCIL,
    "minors-check": MINORS,
    "volunteers": VOLUNTEERS,
    "photos": PHOTOS,
    "data-role": DATA,
}


def walked(tree: str, way: Way) -> Walk:
    """The answers one after the other from the start, to the end; none is left over."""
    given: dict[str, str] = {}
    for answer in way.answers.split():
        asked = walking.walk(TREES[tree], given).next
        assert asked is not None, f"{answer} is one answer too many"
        assert answer in asked.option, f"{asked.key} has no {answer}"
        given[asked.key] = answer
    return walking.walk(TREES[tree], given)


def holds(tree: str, way: Way) -> None:
    found = walked(tree, way).outcome

    assert found is not None, "not at the end yet"
    assert (found.key, found.result) == (way.outcome, way.result)
    assert ("[not verified]" in way.source) is (found.verified is False)
    assert way.source.startswith("own:") is (found.source[:1] == ("own",))


@pytest.mark.parametrize("way", ADVERTISING, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_advertising_and_sponsoring(way: Way) -> None:
    """domain.md 3.2"""
    holds("advertising-sponsoring", way)


@pytest.mark.parametrize("way", TRADE, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_trade(way: Way) -> None:
    """domain.md 3.2"""
    holds("trade", way)


@pytest.mark.parametrize("way", POLITICS, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_politics(way: Way) -> None:
    """domain.md 3.2"""
    holds("politics", way)


@pytest.mark.parametrize("way", COST, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_what_parents_pay(way: Way) -> None:
    """domain.md 3.3"""
    holds("cost-for-parents", way)


@pytest.mark.parametrize("way", COUNCIL, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_what_the_council_has_to_hear(way: Way) -> None:
    """domain.md 4"""
    holds("council", way)


@pytest.mark.parametrize("way", MINORS, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_working_with_minors(way: Way) -> None:
    """domain.md 7.2"""
    holds("minors-check", way)


@pytest.mark.parametrize("way", VOLUNTEERS, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_volunteers(way: Way) -> None:
    """domain.md 7.3"""
    holds("volunteers", way)


@pytest.mark.parametrize("way", PHOTOS, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_pictures(way: Way) -> None:
    """domain.md 7.1"""
    holds("photos", way)


@pytest.mark.parametrize("way", DATA, ids=lambda way: f"{way.outcome}: {way.answers}")
def test_the_role_with_data(way: Way) -> None:
    """domain.md 7.1"""
    holds("data-role", way)


# Rules that no branch follows from, because the school itself has to see to them: they are said
# where they are needed. Source, tree, question or outcome, and what has to be read there.
SAID = [
    ("domain.md 3.2: must fit normal service or the programme", "trade", "normal-service",
     "gewone dienst aan leerlingen of bij het programma"),
    ("domain.md 3.2: compulsory activities and material free of advertising",
     "advertising-sponsoring", "no-advertising-in-lessons",
     "lessen en lesmateriaal vrij van reclame"),
    ("domain.md 3.2: the vision stands in the schoolreglement", "advertising-sponsoring",
     "own-vision", "Ze staat in het schoolreglement"),
    ("domain.md 3.3: swimming one school year", "cost-for-parents", "needed-for-goals-kleuter",
     "zwemmen is één schooljaar gratis"),
    ("domain.md 3.3: swimming one school year", "cost-for-parents", "needed-for-goals-lager",
     "zwemmen is één schooljaar gratis"),
    ("domain.md 7.1: not via signing the schoolreglement", "photos", "consent-both",
     "Een handtekening onder het schoolreglement telt niet"),
    ("domain.md 7.1: minors of 12 to 14 may consent themselves besides parents", "photos",
     "pupil-agrees", "Vanaf ongeveer 12 tot 14 jaar kunnen leerlingen zelf ja of nee zeggen"),
    ("domain.md 7.2: extract at most one month old", "minors-check", "check-by-head",
     "hoogstens één maand oud"),
    ("domain.md 7.2: before the start", "minors-check", "check-by-head", "voor de start"),
    ("domain.md 7.2: a conviction is no automatic exclusion", "minors-check", "check-by-head",
     "weegt de directie het risico af"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "tree", "place", "words"), SAID)
def test_what_the_school_sees_to_is_said(source: str, tree: str, place: str, words: str) -> None:
    """domain.md 3.2, domain.md 3.3, domain.md 7.1, domain.md 7.2"""
    node, outcome = TREES[tree].node.get(place), TREES[tree].outcome.get(place)
    said = f"{node.question.nl} {node.help.nl}" if node else ""

    assert words in said + (outcome.text.nl if outcome else "")


def test_no_outcome_of_a_shipped_tree_is_unwalked() -> None:
    every = {key: set(tree.outcome) for key, tree in TREES.items()}

    assert {key: {way.outcome for way in ways} for key, ways in WALKED.items()} == every


def test_no_answer_of_a_shipped_tree_is_ungiven() -> None:
    every = {
        (tree.key, node.key, option.key)
        for tree in TREES.values()
        for node in tree.nodes
        for option in node.options
    }
    given = {
        (key, *turn)
        for key, ways in WALKED.items()
        for way in ways
        for turn in walked(key, way).way.items()
    }

    assert every - given == set()


def test_each_way_names_its_source() -> None:
    said = re.compile(r"(domain\.md [234567](\.\d)?( \[not verified\]|[ ,(:])|own:)")

    assert [w for ways in WALKED.values() for w in ways if not said.match(w.source)] == []
