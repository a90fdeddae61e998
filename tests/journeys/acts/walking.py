"""Helper trees: one question a page, back and forth, and an outcome that is kept."""

from tests.journeys.person import Person

CHECK = "Werken met minderjarigen (model 596.2)"


def looks_whether_a_check_is_needed(teacher: Person, dossier: str) -> None:
    """Somebody of the partner works with pupils once: no extract is asked."""
    teacher.opens(dossier + "bomen/")
    teacher.follows(CHECK)
    teacher.chooses("ja, nieuw of andere taak")
    teacher.presses("Verder")
    teacher.chooses("ja")
    teacher.presses("Verder")
    teacher.chooses("ja")
    teacher.presses("Verder")
    teacher.chooses("nee, eenmalig of heel af en toe")
    teacher.presses("Verder")
    teacher.reads("Geen controle nodig bij een losse activiteit.")
    teacher.reads("Geen naam en geen antwoorden.")
    teacher.presses("Bewaar deze uitkomst in het dossier")
    teacher.is_on(f"{CHECK}: persoon 1")
