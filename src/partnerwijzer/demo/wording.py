"""What the people of the demo write: reasons of the screening, and the blanks of an agreement."""

from datetime import date, timedelta
from typing import Any

from partnerwijzer.dossiers import agreement_text, drafting
from partnerwijzer.dossiers.models import Dossier

USUAL_REASON = "We keken dit samen na en vonden geen reden tot twijfel."
# Why a criterion is in order, where more can be said than that.
REASONS = {
    "fits-school-project": "Zelf ontdekken en samen maken staat in ons pedagogisch project.",
    "goals-named": "De leerkracht koos de doelen en zegt hoe eraan gewerkt wordt.",
    "identity-checked": "Naam en adres kloppen. We spraken de begeleider zelf.",
    "commercial-interest": "Ze worden betaald voor de begeleiding en verkopen niets.",
    "fits-age": "We lazen het materiaal: taal en opdrachten passen bij deze leeftijd.",
    "scientific-grounding": "Ze schreven uit waarom ze zo werken en hoe ze zien dat het lukt.",
    "educational-not-ideological": "Leerlingen onderzoeken zelf. Andere meningen komen aan bod.",
    "no-pupil-data": "Ze vragen geen namen. Een aantal en een leerjaar volstaan.",
    "experience-elsewhere": "Twee scholen vertelden dat het goed voorbereid was en op tijd begon.",
    "same-version-confirmed": "Beide kanten bevestigden dezelfde versie.",
    "teacher-present": "De klasleerkracht blijft de hele tijd bij de groep.",
}
SAID = {
    "shared-goal.signs_of_success": "leerlingen er de week nadien nog zelf over vertellen en iets "
    "ervan gebruiken in de les",
    "content.topics": "wat de partner meebrengt en wat leerlingen daar zelf mee doen",
    "roles.partner_tasks": "legt uit, toont voor en begeleidt de groepjes",
    "roles.teacher_tasks": "verdeelt de groepjes, bewaakt de tijd en helpt wie vastloopt",
    "teacher-present.teacher_role": "de klasleerkracht",
    "when-and-where.dates": "de dagen die in de planning staan",
    "when-and-where.start_time": "9 uur",
    "when-and-where.end_time": "10.40 uur",
    "when-and-where.place": "de klas of de plaats die in de planning staat",
    "cost.included": "btw, materiaal en verplaatsing",
    "cancellation.late_cost": "de helft van de prijs",
    "working-with-minors.check_outcome": "geen controle nodig: er blijft altijd een leerkracht bij",
    "didactics.course": "tien minuten kennismaken, een uur werken in groepjes, een kwartier tonen "
    "aan elkaar",
    "didactics.pupil_activity": "zelf proberen, overleggen en aan elkaar uitleggen",
    "preparation.preparation_when": "de dag ervoor",
    "follow-up.follow_up": "een les waarin leerlingen verder werken met wat ze leerden",
    "trajectory.sessions": "meekijken in de klas, terugkoppelen aan het kernteam en samen "
    "voorbereiden",
    "safety.risks": "niets gevaarlijks; wie iets nodig heeft, vraagt het aan de leerkracht",
    "safety.rules_of": "de school",
    "safety.who_calls": "de leerkracht",
    "insurance.school_insurance": "de polis van het schoolbestuur geldt, ook buiten de school",
    "insurance.partner_insurance": "een polis burgerlijke aansprakelijkheid",
    "complaints.school_head_role": "de directeur",
    "complaints.partner_head_role": "de verantwoordelijke van de partner",
    "ending.notice_period": "een maand",
    "sensitive-theme.care_contact": "De zorgcoördinator",
}
USUAL = "wat we samen bespraken"
MONEY, NUMBER = "0", "2"


def reason(criterion: str) -> str:
    return REASONS.get(criterion, USUAL_REASON)


def blanks(dossier: Dossier, today: date) -> dict[str, str]:
    """Something sensible in every blank of the agreement that has to be filled in."""
    return {
        agreement_text.field_name(block, field.key): _said(block.key, field, today)
        for block in drafting.always_in(dossier)
        for field in block.fields
        if field.required
    }


def _said(block: str, field: Any, today: date) -> str:
    if field.options:
        return str(field.options[0].key)
    usual = {
        "date": (today + timedelta(days=-7 if field.key == "check_date" else 120)).isoformat(),
        "number": NUMBER,
        "money": MONEY,
        "goals": "zie het dossier",
    }
    return usual.get(str(field.kind), SAID.get(f"{block}.{field.key}", USUAL))
