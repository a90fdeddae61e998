"""What the lists in the files of a framework are called on a page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise

# By the file and the list; what authors change most comes first.
OFTEN: Mapping[str, Word] = {
    "framework.meta": _("Naam, talen, licentie en bronnen"),
    "factors.factors": _("Wat vlot of moeilijk ging"),
    "factors.working_factors": _("Werkzame factoren met hun uitspraken"),
    "surveys.sets": _("Bevragingen"),
    "agreement.blocks": _("Blokken van de afsprakennota"),
    "governance.trees": _("Beslishulpen"),
    "vocab.themes": _("Thema’s"),
    "vocab.partner_kinds": _("Soorten partners"),
    "vocab.decision_templates": _("Manieren om te beslissen"),
}
LISTS: Mapping[str, Word] = {
    **OFTEN,
    **{
        f"{file}.meta": _("Naam en talen van dit bestand")
        for file in ("factors", "surveys", "agreement", "governance", "vocab")
    },
    "framework.situations": _("De startvragen"),
    "framework.gates": _("De poorten"),
    "framework.steps": _("De zes stappen"),
    "framework.attention_points": _("De zes aandachtspunten"),
    "framework.statuses": _("Hoever staat een antwoord"),
    "framework.judgements": _("Oordelen"),
    "framework.conclusions": _("Besluiten van een screening"),
    "framework.evidence_kinds": _("Soorten bewijs"),
    "framework.screenings": _("De drie screenings"),
    "framework.rubrics": _("Rubrieken van het kwaliteitskader"),
    "framework.sources": _("Bronnen"),
    "factors.moments": _("Momenten van een meting"),
    "factors.bands": _("Banden van een meting"),
    "factors.factor_groups": _("Groepen van factoren"),
    "factors.scale": _("De schaal"),
    "surveys.question_kinds": _("Soorten vragen"),
    "surveys.bands": _("Banden van antwoorden"),
    "surveys.core_questions": _("Kernvragen"),
    "agreement.groups": _("Groepen van blokken"),
    "agreement.optional_triggers": _("Aanleidingen voor een blok"),
    "governance.results": _("Waar een beslishulp op uitkomt"),
    "governance.groups": _("Groepen van beslishulpen"),
    "governance.council_topics": _("Onderwerpen van de schoolraad"),
    "governance.duties": _("Wat een raad moet krijgen"),
    "governance.clocks": _("Termijnen"),
    "governance.council_sections": _("Geledingen"),
    "governance.council_bodies": _("Soorten raden"),
    "governance.operator_data": _("Wat de beheerder invult"),
    "governance.periods": _("Perioden"),
    "governance.volunteer_note": _("Informatienota voor vrijwilligers"),
    "governance.research": _("Onderzoek in de klas"),
    "vocab.partner_groups": _("Groepen van partners"),
    "vocab.impact_levels": _("Waarop het mikt"),
    "vocab.working_forms": _("Werkvormen"),
    "vocab.education_levels": _("Onderwijsniveaus"),
    "vocab.parent_involvement": _("Ouders betrekken"),
    "vocab.grounding_ladder": _("Ladder van onderbouwing"),
    "vocab.intensity": _("Ladder van intensiteit"),
    "vocab.decision_outcomes": _("Uitkomsten van een beslissing"),
    "vocab.activity_roles": _("Rollen bij een activiteit"),
    "vocab.cancellation_reasons": _("Redenen om af te zeggen"),
    "vocab.recognition_kinds": _("Soorten erkenningen"),
}
# Settings of a file, and what has a page of its own.
REST: Mapping[str, Word] = {
    "framework.criteria": _("De vragen"),
    "framework.stale_after_months": _("Wanneer een antwoord oud is"),
    "framework.mappings": _("Koppelingen met andere kaders"),
    "factors.difference": _("Verschil tussen metingen"),
    "factors.counting": _("Hoe factoren tellen"),
    "surveys.unknown_label": _("‘Ik weet het niet’"),
    "surveys.text_warning": _("Waarschuwing bij een open vraag"),
    "governance.clock_suspension": _("Wanneer een termijn stilstaat"),
    "governance.council_disagreement": _("Als de raad niet akkoord gaat"),
}


def name_of(path: str) -> Word:
    """The name of a list or setting of a file, as `governance.trees`."""
    return LISTS.get(path) or REST[path]


FILES: Mapping[str, Word] = {
    "framework": _("Het kader zelf"),
    "factors": _("Wat een samenwerking doet slagen"),
    "surveys": _("Bevragingen"),
    "agreement": _("De afspraken"),
    "governance": _("Regels en de schoolraad"),
    "vocab": _("Lijsten om uit te kiezen"),
}
