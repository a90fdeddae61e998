"""What dossiers put on the agenda of a council."""

from django.urls import reverse

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.councils.agenda import Line
from partnerwijzer.councils.models import CouncilMeeting
from partnerwijzer.dossiers.models import CouncilItem
from partnerwijzer.dossiers.queries import council


def of_dossiers(actor: Actor, meeting: CouncilMeeting) -> list[Line]:
    """For a member exactly what is shown; for who leads the school also where to change it."""
    return [_line(actor, item) for item in council.items_at(actor, meeting)]


def _line(actor: Actor, item: CouncilItem) -> Line:
    leads = actor.works_at(item.dossier.school_id, LEADS)
    change = reverse("dossiers:council_edit", args=[item.dossier_id, item.pk]) if leads else ""
    return Line(
        title=item.dossier.title,
        href=reverse("dossiers:council_item", args=[item.pk]),
        ask=str(item.get_duty_display()),
        text=item.note,
        draft=item.draft,
        by=item.consult_by,
        outcome=str(item.get_outcome_display()) if item.outcome else "",
        minutes=item.outcome_note,
        change=change,
        hidden=item.shown_at is None,
    )
