"""What stands in a dossier: doors to goals and quality, and what helps with a criterion."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.along import List
from partnerwijzer.dossiers.beside import Door, Reading
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.quality import queries

# The criterion that asks for a rubric of the quality framework (content: framework.yaml).
ASKS_RUBRIC = "quality-rubric-named"


TAGS = List("quality_tags")


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """Goals by activity, and the tags of the quality framework."""
    yield Door(
        "book-open",
        _("Welke activiteit werkt aan welk doel"),
        reverse("quality:activity_goals", args=[dossier.pk]),
    )
    labels = {r.key: str(r.label) for r in casework.content(dossier).framework.rubrics}
    rubrics = dict.fromkeys(
        labels.get(tag.rubric, tag.rubric) for tag in queries.tags_of(actor, dossier)
    )
    yield Door(
        "badge-check",
        _("Aan welke kwaliteit dit bijdraagt"),
        reverse("quality:tags", args=[dossier.pk]),
        ", ".join(rubrics) or _("nog niet aangeduid"),
    )


def readings(actor: Actor, dossier: Dossier, key: str) -> Iterator[Reading]:
    """The rubrics that a criterion carries, and the vision texts that help with it."""
    framework = casework.content(dossier).framework
    criterion = framework.criterion.get(key)
    if criterion is None:
        return
    labels = {r.key: str(r.label) for r in framework.rubrics}
    for rubric in criterion.rubrics:
        title = _("Rubriek van het referentiekader: {rubric}").format(rubric=labels[rubric])
        href = reverse("quality:tags", args=[dossier.pk]) if key == ASKS_RUBRIC else ""
        yield Reading(title, href=href)
    if criterion.vision_texts:
        yield from _texts(actor, dossier)


def _texts(actor: Actor, dossier: Dossier) -> Iterator[Reading]:
    found = queries.texts_for(actor, dossier)
    for text in found:
        source = f"{text.publisher}, {date_format(text.dated_on, 'j F Y')}"
        yield Reading(text.title, text.summary, text.url, source)
    if not found:
        yield Reading(
            _("Er staat nog geen visietekst over dit thema in de bibliotheek."),
            href=reverse("quality:texts"),
        )
