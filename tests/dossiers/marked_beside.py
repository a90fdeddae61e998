"""What other modules keep beside a dossier, in words that can be told by their name."""

from decimal import Decimal
from typing import Any

from partnerwijzer.costs import actions as costs
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.papers.actions import letters
from tests.dossiers.story import Story


def around(story: Story, dossier: Dossier) -> dict[str, Any]:
    """Keys of what stands beside this dossier."""
    return {**_costs(story, dossier), **_letter(story, dossier)}


def _costs(story: Story, dossier: Dossier) -> dict[str, Any]:
    facts = {"what": story.say("cost"), "school_year": 2026, "parents_each": Decimal(4),
             "duration": "one-day", "need": "extra"}  # fmt: skip
    line = costs.add_line(
        dossier,
        actor=story.coordinator,
        facts={**facts, "unit": "pupil", "amount": Decimal(9), "times": 1},
        groups=dossier.groups.all(),
    )
    costs.explain(dossier, actor=story.coordinator, version=1, text=story.say("cost words"))
    other = costs.add_other(
        story.world.school,
        actor=story.coordinator,
        facts={**facts, "what": story.say("other cost"), "level": "lager", "label": "5A"},
    )
    return {"line": line.pk, "other_cost": other.pk}


def _letter(story: Story, dossier: Dossier) -> dict[str, Any]:
    """A letter about the decision, if there is one, that went to the partner."""
    decision, partner = dossier.decisions.signed().first(), dossier.partners.get().partner
    if decision is None:
        return {"letter": 0}
    given: dict[str, Any] = {"actor": story.head, "partner": partner}
    values = {"to_name": "", "to_email": "x@partner.example", "subject": story.say("subject"),
              "body": story.say("letter")}  # fmt: skip
    draft = letters.save_letter(decision, version=0, values=values, **given)
    return {"letter": letters.send_letter(decision, version=draft.version, **given).pk}


def ceiling(story: Story) -> int:
    """An amount of the umbrella, which all its schools may read: no marked words."""
    facts = {"kind": "one-day", "level": "lager", "school_year": 2026, "amount": Decimal(100),
             "source": "Omzendbrief", "url": "", "read_on": story.today}  # fmt: skip
    keeper = story.world.actor("umbrella_admin")
    return costs.enter_ceiling(story.world.umbrella, actor=keeper, facts=facts).pk
