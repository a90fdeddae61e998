"""Parents who read along in the demo: one said yes, one did not answer yet."""

from partnerwijzer.access.actor import guest
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.models import Dossier
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
    """The day in the brickyard asks for parents who come along, and somebody who tells."""
    actions.save_note(t.places.school, actor=t.head, version=0, texts=FILLED)
    dossier = Dossier.objects.get(school=t.places.school, title="Een dag in de steenbakkerij")
    activity = dossier.activities.exclude(state="cancelled").order_by("on").first()
    assert activity is not None
    come_along = actions.want(
        dossier, actor=t.coordinator, activity=activity, key="helping-hand", wanted=3
    )
    actions.want(dossier, actor=t.coordinator, activity=activity, key="talk", wanted=1)
    said_yes = actions.ask(
        dossier, actor=t.coordinator, who="parent", name="Ouder uit 5A",
        email="ouder@elders.example",
    )  # fmt: skip
    actions.answer(said_yes, actor=guest(""), slots=[come_along])
    actions.ask(
        dossier, actor=t.coordinator, who="alumnus", name="Ward Lantmeer",
        email="ward@elders.example",
    )  # fmt: skip
