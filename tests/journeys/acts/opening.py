"""The wish: a dossier is opened, and everybody may leave it for later."""

from tests.journeys.person import Person

TITLE = "Geluidsverhalen in het vijfde leerjaar"
AIM = "Leerlingen vertellen samen een verhaal met geluid en luisteren naar elkaar."


def opens_a_dossier_from_a_wish(teacher: Person) -> str:
    """Gives the address of the dossier."""
    teacher.opens("/")
    teacher.reads("Ik wil met iemand samenwerken", "Ik zoek iemand op", "Geniet ervan")
    teacher.follows("Ik wil met iemand samenwerken")

    teacher.types("Wat willen jullie bereiken", AIM)
    teacher.chooses("de leerlingen")
    teacher.presses_in_vain("Open het dossier", "Hoe noem je het", "eenmalig of structureel")

    teacher.types("Hoe noem je het", TITLE)
    teacher.chooses("eenmalig")
    teacher.presses("Open het dossier")

    teacher.is_on(TITLE)
    teacher.reads("Het dossier is geopend.", AIM, "Kies met wie jullie willen samenwerken")
    return teacher.page.url
