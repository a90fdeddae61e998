"""Reading dossiers. Everything starts from what the actor may see; a stranger gets 404."""

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.access.gate import require
from partnerwijzer.dossiers.models import (
    AdviserQuestion,
    Assessment,
    Dossier,
    DossierPartner,
    DossierState,
    Evidence,
)
from partnerwijzer.organisations.models import AdviserAssignment, Membership, School, User
from partnerwijzer.partners.spelling import folded


def list_dossiers(
    actor: Actor, *, state: str = "", text: str = "", mine: bool = False, school: int | None = None
) -> QuerySet[Dossier]:
    """Dossiers that the actor may see, newest change first; the partners' names come along."""
    rows = Dossier.objects.visible_to(actor).select_related("school")
    rows = rows.prefetch_related(
        Prefetch("partners", DossierPartner.objects.select_related("partner"))
    )
    if state in DossierState.values:
        rows = rows.filter(state=state)
    if school:
        rows = rows.filter(school_id=school)
    if mine:
        rows = rows.filter(members__user_id=actor.uid)
    for word in folded(text).split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(partners__partner__search_text__contains=word)
        )
    return (rows.distinct() if text else rows).order_by("-updated_at", "-pk")


def get_dossier(actor: Actor, pk: int, *, to: str = "") -> Dossier:
    """One dossier, or 404.

    Args:
        to: the permission of a page that changes it; who may only read this dossier gets 403.
    """
    rows = Dossier.objects.visible_to(actor).select_related("school", "framework")
    return _found(actor, rows, pk, to)


def _found(actor: Actor, rows: QuerySet[Dossier], pk: int, to: str) -> Dossier:
    dossier = get_object_or_404(rows, pk=pk)
    if to:
        require(actor, to, dossier)
    return dossier


def get_whole(actor: Actor, pk: int, *, to: str = "") -> Dossier:
    """As get_dossier, with what its page and its screening need, in a fixed number of queries."""
    answers = Assessment.objects.select_related("assigned_to", "updated_by").prefetch_related(
        Prefetch("evidence", Evidence.objects.select_related("file", "added_by"))
    )
    rows = Dossier.objects.visible_to(actor).select_related("school", "framework", "sharing")
    whole = rows.prefetch_related(
        "groups",
        Prefetch("partners", DossierPartner.objects.select_related("partner", "offer")),
        Prefetch("assessments", answers),
    )
    return _found(actor, whole, pk, to)


def get_school(actor: Actor, pk: int | None) -> School:
    """The school that the actor is staff of; 404 otherwise."""
    if pk is None or not actor.works_at(pk):
        raise Http404
    return get_object_or_404(School, pk=pk)


def colleagues(actor: Actor, dossier: Dossier) -> QuerySet[User]:
    """Staff of the dossier's school, by name. Empty for who may not see the dossier."""
    if not Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists():
        return User.objects.none()
    seats = Membership.objects.filter(
        school=dossier.school_id,
        ended_at=None,
        role__in=[Role.HEAD, Role.TEACHER, Role.COORDINATOR],
    )
    return User.objects.filter(pk__in=seats.values("user_id")).order_by("name")


def advisers(actor: Actor, dossier: Dossier) -> QuerySet[User]:
    """The advisers who are assigned to the dossier's school."""
    if not actor.works_at(dossier.school_id):
        return User.objects.none()
    current = AdviserAssignment.objects.filter(school=dossier.school_id, ended_at=None)
    return User.objects.filter(pk__in=current.values("adviser_id")).order_by("name")


def adviser_questions(actor: Actor, dossier: Dossier) -> QuerySet[AdviserQuestion]:
    """Questions to the anker in this dossier; an adviser sees only those put to them."""
    rows = AdviserQuestion.objects.filter(dossier=dossier).select_related("adviser", "asked_by")
    if actor.works_at(dossier.school_id) or dossier.school.board_id in actor.boards:
        return rows
    return rows.filter(adviser_id=actor.uid)


def get_evidence(actor: Actor, dossier_pk: int, pk: int) -> Evidence:
    """Evidence of a dossier that the actor may see, or 404."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Evidence.objects.select_related("file", "dossier")
    return get_object_or_404(rows, pk=pk, dossier__in=visible)
