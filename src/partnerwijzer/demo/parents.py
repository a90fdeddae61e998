"""Parents who come along in the demo: three said yes, one did not answer yet; and who takes over
from the teacher whom they would have met."""

from partnerwijzer.access.actor import guest
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.moments import actions as moments
from partnerwijzer.volunteers import actions

# What the school fills in where the content leaves room, by topic.
FILLED = {
    "organisation": (
        "Je helpt als vrijwilliger voor onze school. Ze is van de gemeente en wil geen winst "
        "maken. We willen dat elk kind graag leert."
    ),
    "liability": (
        "Daarvoor heeft het schoolbestuur een verzekering burgerlijke aansprakelijkheid. Gebeurt "
        "er iets, zeg het dan meteen aan de leerkracht die erbij is."
    ),
    "other-risks": (
        "Raak je zelf gewond terwijl je helpt? Ook dan ben je verzekerd. Vraag ernaar op het "
        "secretariaat."
    ),
    "allowance": "Voor je hulp is er geen vergoeding. Koffie is er wel.",
    "confidentiality": (
        "Wat je hoort of ziet over leerlingen, ouders en leerkrachten, vertel je niet verder. Maak "
        "je je zorgen over een leerling? Zeg het aan de leerkracht."
    ),
}


def make_parents(t: Storyteller) -> None:
    """The day in the brickyard asks for parents who come along, and somebody who tells. They read
    the note of the school, and hear who takes over from the teacher."""
    note = actions.save_note(t.places.school, actor=t.head, version=0, texts=FILLED)
    dossier = Dossier.objects.get(school=t.places.school, title="Een dag in de steenbakkerij")
    activity = dossier.activities.exclude(state="cancelled").order_by("on").first()
    assert activity is not None
    come_along = actions.want(
        dossier, actor=t.coordinator, activity=activity, key="helping-hand", wanted=3
    )
    actions.want(dossier, actor=t.coordinator, activity=activity, key="talk", wanted=1)
    for number, who, name in (
        (1, "parent", "Ouder uit 5A"), (2, "parent", "Nog een ouder"), (3, "other", "Opa Staf")
    ):  # fmt: skip
        said_yes = actions.ask(
            dossier, actor=t.coordinator, who=who, name=name, email=f"helpt{number}@elders.example"
        )
        actions.answer(said_yes, actor=guest(""), slots=[come_along])
        if number < 3:
            actions.read_note(said_yes, actor=guest(""), number=note.number)
    actions.ask(
        dossier, actor=t.coordinator, who="alumnus", name="Ward Lantmeer",
        email="ward@elders.example",
    )  # fmt: skip
    moments.replace_teacher(
        activity, actor=t.head, absent=t.users["coordinator"], substitute=t.users["leerkracht"],
        note="De bus vertrekt om 8.40 uur aan de groene poort.",
    )  # fmt: skip
