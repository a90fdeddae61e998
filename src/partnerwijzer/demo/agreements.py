"""What makes the agreements of the demo alive: own text blocks, days to look together, messages."""

import json
from datetime import timedelta
from typing import Any

from partnerwijzer.access.actor import guest
from partnerwijzer.demo.people import actor
from partnerwijzer.dossiers.actions import agreeing, conversing, ending, ownblocks, partneragenda
from partnerwijzer.dossiers.models import Agreement, AgreementVersion, Dossier

# Who tells the stories (demo.dossiers.Storyteller): that module calls this one.
Storyteller = Any

BLOCKS = (
    ("practical", "De sleutel van het lokaal", False,
     "De sleutel ligt ’s morgens klaar op het secretariaat en komt ’s avonds daar terug."),
    ("safe", "Rookvrije school", True,
     "Op school rookt of vapet niemand, ook niet op de speelplaats of aan de poort."),
)  # fmt: skip
SHARED = (
    "rules-of-play", "Reclame op materiaal", False,
    "Op materiaal voor leerlingen staat hoogstens één keer de naam van de partner.",
)  # fmt: skip


def make_blocks(t: Storyteller) -> None:
    """Two blocks of the school, one of its umbrella."""
    for block in BLOCKS:
        ownblocks.add_block(t.places.school, actor=t.head, facts=_facts(block))
    umbrella = t.places.school.umbrella
    assert umbrella is not None
    ownblocks.add_block(umbrella, actor=actor(t.users["koepel"]), facts=_facts(SHARED))


def _facts(block: tuple[str, str, bool, str]) -> dict[str, object]:
    group, title, required, text = block
    facts = {"group": group, "title": title, "required": required, "text": text}
    return {**facts, "kinds": [], "situations": []}


def term(t: Storyteller, *, starts: int, ends: int, looks: dict[int, str]) -> dict[str, str]:
    """From and until when, and on which days both sides look, counted from today."""

    def day(days: int) -> str:
        return str((t.today + timedelta(days=days)).isoformat())

    rows = [
        {
            "on": day(days),
            "what": what,
            "person": str(t.users["leerkracht"].pk),
            "school": t.users["leerkracht"].name,
            "partner": "Lowie Staepen",
        }
        for days, what in looks.items()
    ]
    return {
        "trajectory.start_date": day(starts),
        "trajectory.end_date": day(ends),
        "checkpoints.checkpoints": json.dumps(rows),
    }


def hand_over(t: Storyteller, dossier: Dossier) -> None:
    """The cooperation is over: something stays, and one thing was handed over already."""
    kist = ending.add_handover(
        dossier, actor=t.teacher, what="Leeskist met veertig boeken", to_whom="Juf Anke, 3B"
    )
    ending.tick_handover(kist, actor=t.teacher, done=True)
    ending.add_handover(
        dossier, actor=t.teacher, what="Hoe we een boek kiezen, op één blad", to_whom="het team"
    )


def follow_agenda(dossier: Dossier) -> None:
    """The moments stand in the partner's own agenda; the address is only the partner's."""
    partneragenda.make(Agreement.objects.get(dossier=dossier), actor=guest("Lowie Staepen"))


def talk(t: Storyteller, dossier: Dossier) -> None:
    """The partner asks for a change and has a question; the school answered an earlier one."""
    note = Agreement.objects.get(dossier=dossier)
    lowie = guest("Lowie Staepen")
    conversing.write_for_partner(note, actor=lowie, text="Is er een kast waar de verf kan blijven?")
    conversing.write_for_school(
        note, actor=t.teacher, text="Ja, in de berging naast 4A. Ze gaat op slot."
    )
    conversing.write_for_partner(
        note, actor=lowie, text="Fijn. Mogen we ook een keer met twee begeleiders komen?"
    )
    newest = AgreementVersion.objects.filter(agreement=note).select_related("link").latest("number")
    agreeing.ask_change(
        newest,
        actor=lowie,
        name="Lowie Staepen",
        wishes={"when-and-where": "Kan het een kwartier later beginnen? Onze bus is er om 9 uur."},
    )
