"""Questions in the demo: an umbrella's own framework, a school's own question, a second reader,
evidence that ends, and a screening that a colleague school shares."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import Actor, guest
from partnerwijzer.authoring import actions as authoring
from partnerwijzer.authoring import drafting, pairing
from partnerwijzer.authoring import queries as authored
from partnerwijzer.authoring.models import Draft
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.demo.people import actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import (
    asking,
    basics,
    lending,
    moving,
    outside,
    screening,
    second,
)
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence, OutsideAdvice
from partnerwijzer.dossiers.moving import Target
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.frameworks.words import OUR_FRAMEWORK
from partnerwijzer.organisations.models import Umbrella
from partnerwijzer.surveys import actions as surveys
from partnerwijzer.surveys import building
from partnerwijzer.surveys.building import Wish
from partnerwijzer.surveys.models import OwnSet

CARE, AGE = "sensitive-theme-care", "fits-age"
BIKE = {
    "step": "know-partner",
    "question": {"nl": "Kunnen we er te voet of met de fiets naartoe?"},
    "guidance": {"nl": "Wij kiezen voor dichtbij. Kijk hoe lang de weg duurt en of hij veilig is."},
    "typical_evidence": [{"nl": "een route op de kaart"}, {"nl": "een collega die ze fietste"}],
    "light": True,
}
ATTITUDE = {
    "step": "know-partner",
    "question": {"nl": "Helpt dit ook leerlingen die zelden meedoen?"},
    "guidance": {"nl": "Denk aan wie je minder hoort. Vraag hoe de partner hen erbij haalt."},
    "typical_evidence": [{"nl": "een voorbeeld van een andere school"}],
    "light": True,
}

DAY_QUESTIONS = (
    Wish("Waren ze er op tijd?", building.YES_NO),
    Wish("Hoe vlot ging het met de groep?", "scale5", unknown=True),
    Wish("Wat zouden jullie nu anders afspreken?", "text"),
)
PAID = Wish(
    "Wie betaalde?", "choice", options=("de school", "de ouders", "niemand, het was gratis")
)
NEXT_TIME = Wish(
    "Wat moet er de volgende keer eerst beter?",
    "rank",
    options=("de afspraken vooraf", "de tijd per groep", "de begeleiding", "de prijs"),
    max_choices=3,
)
INCLUSION_QUESTIONS = (
    Wish("Kon elke leerling meedoen?", "scale5", unknown=True),
    Wish(
        "Voor wie was er iets geregeld?",
        "multi",
        options=(
            "wie slecht hoort of ziet",
            "wie nog geen Nederlands spreekt",
            "wie rust nodig heeft",
        ),
        help="Duid alles aan wat klopt.",
    ),
)


# Two questions in the umbrella's own words, and what each counts for in ours.
OWN_WORDS: tuple[tuple[str, str, str, str, bool, str], ...] = (
    (
        "worlds-of-pupils", AGE, "Sluit dit aan bij de leefwereld van onze leerlingen?",
        "Denk aan leeftijd, taal en thuis. Vraag een voorbeeld van wat ze met hen doen.", True,
        "Leeftijd en leefwereld horen in ons kader samen.",
    ),
    (
        "who-pays", "commercial-interest", "Wie betaalt dit, en wat wil die ervoor terug?",
        "Vraag wie het aanbod betaalt. Kijk of er iets verkocht of gezegd wordt.", False,
        "De koepel vroeg wie betaalt: vul aan wat de organisatie er zelf bij wint.",
    ),
)  # fmt: skip


def make_questions(t: Storyteller, umbrella: Umbrella, keeper: Actor) -> None:
    """Everything of this file, after the dossiers: those that run are offered what is new."""
    release = _framework(t, umbrella, keeper)
    _own_question(t)
    _moved(t, release)
    _second_reader(t)
    _evidence_that_ends(t)
    _shared(t)
    _own_sets(t, umbrella, keeper)
    _answered_by_file(t)


def _answered_by_file(t: Storyteller) -> None:
    """A spreadsheet that came back, and a fuller one after it."""
    dossier = Dossier.objects.get(title="Kriebeldiertjes in de tweede klas")
    asked = asking.ask_by_file(
        dossier, actor=t.coordinator, partner=dossier.partners.get().partner,
        relation="parent", name="Wannes Dierickx",
    ).invitation  # fmt: skip
    good = {"how-known": "worked-with", "good": "De gids nam tijd voor elk kind."}
    surveys.enter_file(asked, actor=t.teacher, answers=good)
    surveys.enter_file(
        asked, actor=t.coordinator, version=1,
        answers={**good, "watch-out": "Reken op natte voeten.", "would-do": "yes"},
    )  # fmt: skip


def _own_sets(t: Storyteller, umbrella: Umbrella, keeper: Actor) -> None:
    """A question set of the school, used and being changed; and one of the umbrella."""
    mine = _built(t, t.places.school, t.head, "Drie vragen over de dag zelf", DAY_QUESTIONS)
    surveys.create_survey(
        t.places.school, actor=t.teacher, framework=t.framework, own=mine.released,
        title="Wie werkte al met de Fietsbib?", about="Fietsbib Veerdegem",
    )  # fmt: skip
    for version, wish in enumerate((PAID, NEXT_TIME), start=mine.version):
        surveys.put_question(mine, actor=t.head, version=version, wish=wish)
    _built(t, umbrella, keeper, "Hoe inclusief was het?", INCLUSION_QUESTIONS)


def _built(t: Storyteller, owner: Any, by: Actor, title: str, wishes: tuple[Wish, ...]) -> OwnSet:
    own = surveys.begin_set(
        owner, actor=by, framework=t.framework, title=title, audience="other-school"
    )
    for version, wish in enumerate(wishes, start=1):
        surveys.put_question(own, actor=by, version=version, wish=wish)
    surveys.release_set(own, actor=by, version=len(wishes) + 1)
    return OwnSet.objects.get(pk=own.pk)


def _criterion(key: str, **words: Any) -> dict[str, Any]:
    return {
        "key": key, "mission": [], "rubrics": [], "essential": False, "gate": None,
        "blocker_when": None, "claim_is_not_enough": drafting.CLAIM, "light": False,
        "applies": {"kind": ["one-off", "structural"]}, "source": ["own"], **words,
    }  # fmt: skip


def _framework(t: Storyteller, umbrella: Umbrella, keeper: Actor) -> FrameworkVersion:
    """A framework of the umbrella, in part in its own words, with what counts for ours: released
    once, and being written further."""
    draft = authoring.begin_framework(
        umbrella, actor=keeper, title="Kader van de koepel", base=t.framework
    )
    row = _criterion("reaches-who-is-quiet", **ATTITUDE)
    how = partial(drafting.put, name="criteria", key=row["key"], thing=row)
    draft = authoring.change(draft, actor=keeper, version=1, how=how, what=row["question"]["nl"])
    for own, ours, question, guidance, whole, note in OWN_WORDS:
        how = partial(_in_own_words, own, ours, question, guidance, whole, note)
        draft = authoring.change(draft, actor=keeper, version=draft.version, how=how, what=question)
    made = authoring.publish_framework(draft, actor=keeper, version=draft.version)
    fresh = Draft.objects.get(pk=draft.pk)
    gone = partial(drafting.without, name="criteria", key="home-languages-welcome")
    authoring.change(fresh, actor=keeper, version=fresh.version, how=gone, what="thuistalen")
    return made


def _in_own_words(
    own: str, ours: str, question: str, guidance: str, whole: bool, note: str, data: Any
) -> dict[str, Any]:
    """One of our criteria asked in other words, under a key of its own, laid beside ours."""
    old = drafting.find(data, "criteria", ours)
    assert old is not None
    words = {"key": own, "question": {"nl": question}, "guidance": {"nl": guidance}}
    changed = drafting.put(data, "criteria", ours, {**old, **words})
    covers = {"covers": "whole" if whole else "part", "back": True, "note": {"nl": note}}
    pair = {"theirs": ours, "ours": own, **covers}
    return pairing.put(changed, other=OUR_FRAMEWORK, name="", pair=pair)


def _moved(t: Storyteller, release: FrameworkVersion) -> None:
    """A dossier that was begun in the umbrella's framework, answered there, and went over to ours:
    the answers came along, one of them to look at again."""
    dossier = t.open(
        "Voorleesmiddag in de bib", "Bibliotheek Veerdegem", "one-off",
        "Leerlingen kiezen zelf een boek en durven erover te vertellen.",
        groups=(("lager-graad-2", "4A", 22),),
    )  # fmt: skip
    t.situations(dossier)
    dossier = _go_over(t, dossier, Target(release, None))
    for own, *_rest in OWN_WORDS:
        argument = "De gemeente betaalt de bib. We zagen de boeken en de verwerking vooraf."
        _judge(t, dossier, own, "in-order", argument, proof="Gesprek met de bib")
    own_questions = authored.newest_criteria(t.places.school)
    _go_over(t, dossier, Target(t.framework, own_questions))


def _go_over(t: Storyteller, dossier: Dossier, target: Target) -> Dossier:
    fresh = Dossier.objects.get(pk=dossier.pk)
    return moving.move(fresh, actor=t.coordinator, version=fresh.version, target=target)


def _own_question(t: Storyteller) -> None:
    draft = authoring.begin_questions(t.places.school, actor=t.head, base=t.framework)
    row = _criterion("school-te-voet-of-fiets", **BIKE)
    how = partial(drafting.put, name="criteria", key=row["key"], thing=row)
    draft = authoring.change(
        draft, actor=t.head, version=draft.version, how=how, what=row["question"]["nl"]
    )
    authoring.publish_questions(draft, actor=t.head, version=draft.version)


def _second_reader(t: Storyteller) -> None:
    """A theme that is sensitive: one reading waits and is hidden, one differs, the CLB answered."""
    dossier = t.open(
        "Praten over afscheid en verlies",
        "Muziekatelier Klank",
        "one-off",
        "Leerlingen vinden woorden en muziek voor wat hen raakt.",
        groups=(("lager-graad-3", "6B", 21),),
    )
    every = casework.content(dossier).framework.situations
    answers = {s.key: s.key in ("contact-with-minors", "sensitive-theme") for s in every}
    basics.answer_situations(dossier, actor=t.coordinator, answers=answers)
    fresh = Dossier.objects.get(pk=dossier.pk)
    basics.edit_dossier(
        fresh, actor=t.coordinator, version=fresh.version, changes={"themes": ["mental-wellbeing"]}
    )
    for key, judgement, argument in (
        (CARE, "partly", "Er is een lokaal om even weg te gaan. Wie daar is, ligt nog niet vast."),
        (AGE, "in-order", "De liedjes en de vragen passen bij elfjarigen."),
    ):
        _judge(t, dossier, key, judgement, argument)
    for key, reader in ((CARE, t.users["coordinator"]), (AGE, t.users["directie"])):
        second.ask_second_reader(
            dossier, actor=t.teacher, reader=reader, criteria=[key], blind=True,
            due_on=t.today + timedelta(days=9),
        )  # fmt: skip
    second.read_second(
        dossier.second_readings.get(criterion=AGE),
        actor=t.head,
        judgement="partly",
        argument="Twee liedjes gaan over de dood van een ouder. Dat is zwaar zonder voorbereiding.",
    )
    outside.ask_outside(
        dossier, actor=t.teacher, email="clb@voorbeeld.example", name="Nele", organisation="CLB",
        question="Wat leg je best klaar voor leerlingen die pas iemand verloren?", criterion=CARE,
    )  # fmt: skip
    outside.answer_outside(
        OutsideAdvice.objects.get(dossier=dossier),
        actor=guest("Nele"),
        answer="Verwittig ouders vooraf en zorg dat één vertrouwde leerkracht vrij is.",
    )


def _judge(
    t: Storyteller,
    dossier: Dossier,
    key: str,
    judgement: str,
    argument: str,
    proof: str = "Gesprek met de muzikanten",
) -> None:
    screening.add_evidence(
        dossier, actor=t.teacher, criterion=key, kind="own-observation",
        title=proof, dated_on=t.today - timedelta(days=6),
    )  # fmt: skip
    version = dossier.assessments.get(criterion=key).version
    screening.save_assessment(
        dossier, actor=t.teacher, criterion=key, version=version, judgement=judgement,
        argument=argument,
    )  # fmt: skip


def _evidence_that_ends(t: Storyteller) -> None:
    """An attest that has to be renewed soon; it shows on the list of who leads the school."""
    noted = Evidence.objects.filter(dossier__school=t.places.school, kind="own-observation")
    found = noted.filter(facts={}).first()
    if found is not None:
        found.title, found.kind = "Verzekeringsattest van de partner", "document"
        found.valid_until = t.today + timedelta(days=12)
        found.save(update_fields=["title", "kind", "valid_until"])


def _shared(t: Storyteller) -> None:
    """Another school shares how it screened a partner; it looked more than two years ago."""
    head = actor(t.users["andere-school"], t.places.other)
    theirs = Dossier.objects.get(school=t.places.other, title="Onze eigen klaskrant")
    for key, argument in (
        ("fits-school-project", "Schrijven voor echte lezers past bij ons taalbeleid."),
        (AGE, "Onze leerlingen konden alles zelf, met wat hulp bij het interview."),
    ):
        screening.add_evidence(
            theirs, actor=head, criterion=key, kind="own-observation", title="Proefles gezien"
        )
        version = theirs.assessments.get(criterion=key).version
        screening.save_assessment(
            theirs, actor=head, criterion=key, version=version, judgement="in-order",
            argument=argument,
        )  # fmt: skip
    long_ago = timezone.now() - timedelta(days=900)
    Assessment.objects.filter(dossier=theirs).update(updated_at=long_ago)
    fresh = Dossier.objects.get(pk=theirs.pk)
    lending.share_screening(fresh, actor=head, keys=["fits-school-project", AGE])
    t.open(
        "Een krant van onze klas",
        "Redactie op Wielen vzw",
        "one-off",
        "Leerlingen schrijven over de buurt, voor de buurt.",
        groups=(("lager-graad-3", "5B", 22),),
    )
