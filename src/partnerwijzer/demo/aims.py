"""What the dossiers of the demo work at: goals by activity, rubrics, and texts that help."""

from datetime import date

from partnerwijzer.access.actor import Actor
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import Umbrella
from partnerwijzer.quality import actions

RUBRICS = {
    "Een dag in de steenbakkerij": (("aim", "learner-development"),),
    "Lezen met de bib": (("aim", "learner-development"), ("result", "results-and-effects")),
    "Taalcoach voor twee schooljaren": (("aim", "quality-development"),),
}
TEXTS = (
    ("Lezen hoort bij elk vak", ["reading", "dutch-and-language-policy"],
     "Kinderen lezen elke dag iets dat ze zelf kozen. Elke leerkracht leest mee."),
    ("De buurt is ook een klas", ["neighbourhood", "heritage-and-museums"],
     "Wie in de buurt woont en werkt, heeft iets te leren aan kinderen. De school vraagt het."),
)  # fmt: skip


def make_aims(t: Storyteller, umbrella: Umbrella, keeper: Actor) -> None:
    """Activities with their goals, tags on three dossiers, two texts of the umbrella."""
    for dossier in Dossier.objects.filter(school=t.places.school, title__in=RUBRICS):
        goals = list(dossier.goals.values_list("pk", flat=True))
        pairs = {(activity.pk, goals[0]) for activity in dossier.activities.all() if goals}
        if pairs:
            actions.link_goals(dossier, actor=t.coordinator, add=pairs, remove=set())
        for part, rubric in RUBRICS[dossier.title]:
            actions.tag(
                dossier,
                actor=t.coordinator,
                version=0,
                part=part,
                rubrics=[rubric],
                expectations=[],
            )
    for title, themes, summary in TEXTS:
        facts = {"title": title, "publisher": umbrella.name, "url": "", "themes": themes,
                 "summary": summary, "dated_on": date(2026, 1, 30)}  # fmt: skip
        actions.add_text(umbrella, actor=keeper, facts=facts)
