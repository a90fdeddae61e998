"""Reading who was asked for experience and what they said."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, ExperienceRequest
from partnerwijzer.mail import arrival
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys import queries as surveys


def requests(actor: Actor, dossier: Dossier) -> list[ExperienceRequest]:
    """Everybody who was asked in this dossier, with their answers and whether the mail arrives."""
    visible = Dossier.objects.visible_to(actor)
    rows = ExperienceRequest.objects.filter(dossier__in=visible, dossier=dossier)
    related = (
        "invitation__link",
        "invitation__survey",
        "invitation__response__entered_by",
        "partner",
        "asked_by",
    )
    found = list(rows.select_related(*related).order_by("-pk"))
    lost = arrival.undelivered(row.invitation.link_id for row in found)
    for row in found:
        row.invitation.undelivered = row.invitation.link_id in lost
    return found


def asked_addresses(actor: Actor, dossier: Dossier, partner: Partner) -> set[str]:
    """Who was asked about this partner and may still answer or did, by address."""
    rows = ExperienceRequest.objects.filter(
        dossier__in=Dossier.objects.visible_to(actor), dossier=dossier, partner=partner
    )
    open_ones = rows.filter(invitation__link__withdrawn_at=None)
    return set(open_ones.values_list("invitation__link__email", flat=True))


@dataclass(frozen=True)
class Sheet:
    """What people answered to the same questions: a row for each question, a cell for each."""

    title: str
    people: list[str]
    rows: list[tuple[str, list[tuple[str, list[str]]]]]


def side_by_side(actor: Actor, dossier: Dossier) -> list[Sheet]:
    """The answers of this dossier beside each other, for each partner and set of questions."""
    groups: dict[tuple[int | None, str], list[ExperienceRequest]] = {}
    for row in reversed(requests(actor, dossier)):
        if hasattr(row.invitation, "response"):
            key = (row.partner_id, row.invitation.survey.set_key)
            groups.setdefault(key, []).append(row)
    return [_sheet(rows) for rows in groups.values()]


def _sheet(rows: list[ExperienceRequest]) -> Sheet:
    names = [_named(row) for row in rows]
    questions: dict[str, str] = {}
    given: list[dict[str, list[str]]] = []
    for row in rows:
        survey = row.invitation.survey
        asked = survey.asked
        questions |= {q.key: q.text for q in asked}
        lines = surveys.lines_of(asked, row.invitation.response.answers)
        given.append({line.question.key: line.words for line in lines})
    partner = rows[0].partner
    return Sheet(
        f"{partner}: {rows[0].invitation.survey.title}" if partner else "",
        names,
        [
            (
                text,
                [(name, answers.get(key, [])) for name, answers in zip(names, given, strict=True)],
            )
            for key, text in questions.items()
        ],
    )


def _named(row: ExperienceRequest) -> str:
    """Who answered: the name or the kind of person, with the organisation."""
    who = row.invitation.link.name or str(row.get_relation_display()).capitalize()
    if row.organisation:
        who = f"{who}, {row.organisation}"
    entered = row.invitation.response.entered_by
    if entered is None:
        return who
    return _("{who} (rekenblad, ingevoerd door {name})").format(who=who, name=entered.name)


def get_request(actor: Actor, dossier_pk: int, pk: int) -> ExperienceRequest:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = ExperienceRequest.objects.select_related(
        "dossier__school", "invitation__link", "invitation__survey"
    )
    return get_object_or_404(rows, pk=pk, dossier__in=visible)
