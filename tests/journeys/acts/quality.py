"""What the cooperation contributes to, in the rubrics of the quality framework (K3)."""

from tests.journeys.person import Person

DOOR = "Aan welke kwaliteit dit bijdraagt"
FIRST, RUBRIC = "Resultaten en effecten", "Ontwikkeling van de lerende stimuleren"


def says_what_it_works_on(head: Person, dossier: str) -> None:
    """Chooses one, thinks better of it, and reads it back on the dossier."""
    head.opens(dossier)
    head.reads("nog niet aangeduid")
    head.follows(DOOR)
    head.is_on("Aan welke kwaliteit draagt dit bij?")
    head.chooses(FIRST)
    head.presses("Bewaar waaraan jullie werken")
    head.reads("Bewaard.")
    head.leaves(FIRST)
    head.chooses(RUBRIC)
    head.presses("Bewaar waaraan jullie werken")

    head.opens(dossier)
    head.reads(RUBRIC)
    assert FIRST not in head.page.get_by_role("listitem").filter(has_text=DOOR).first.inner_text()
