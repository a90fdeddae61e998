"""Reading dossiers. Everything starts from what the actor may see; a stranger gets 404."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import (
    Count,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.access.gate import require
from partnerwijzer.audit import log
from partnerwijzer.dossiers import along, beside, blind, casework, told
from partnerwijzer.dossiers.finding import said_in
from partnerwijzer.dossiers.models import (
    AdviserQuestion,
    Assessment,
    Dossier,
    DossierPartner,
    DossierState,
    Evidence,
    OutsideAdvice,
)
from partnerwijzer.dossiers.queries.second import reads_blind
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School, User
from partnerwijzer.partners.models import Partner

# Proof that is offered to tick in an answer.
TO_TICK = 4


def list_dossiers(
    actor: Actor, *, state: str = "", text: str = "", mine: bool = False, school: int | None = None
) -> QuerySet[Dossier]:
    """Dossiers that the actor may see, newest change first; the partners' names come along."""
    rows = Dossier.objects.visible_to(actor).select_related("school")
    rows = rows.annotate(reads_blind=reads_blind(actor))
    rows = rows.prefetch_related(
        Prefetch("partners", DossierPartner.objects.select_related("partner"))
    )
    if state in DossierState.values:
        rows = rows.filter(state=state)
    if school:
        rows = rows.filter(school_id=school)
    if mine:
        rows = rows.filter(members__user_id=actor.uid)
    return rows.filter(said_in(text, "title")).order_by("-updated_at", "-pk")


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


def get_outline(actor: Actor, pk: int, *lists: along.List, to: str = "") -> Dossier:
    """As get_dossier, with what decides which questions apply: groups, partners, walked trees. For
    pages that show no answers."""
    return _read(actor, pk, to, (*OUTLINE, *lists))


# Short lists that are read with the dossier, in its own query.
GROUPS = along.List("groups")
RUNS = along.List("tree_runs", {"walked_by": along.PERSON, "noted_by": along.PERSON})
SECONDS = along.List("second_readings", {"reader": along.PERSON, "first_by": along.PERSON})
OUTLINE = (GROUPS, RUNS)


def _read(
    actor: Actor,
    pk: int,
    to: str,
    lists: tuple[along.List, ...],
    more: Callable[[QuerySet[Dossier]], QuerySet[Dossier]] = lambda rows: rows,
) -> Dossier:
    """A dossier with its partners and these lists."""
    rows = more(Dossier.objects.visible_to(actor))
    rows = rows.select_related("school", "framework", "sharing", "council_test__judged_by")
    partners = Prefetch("partners", DossierPartner.objects.select_related("partner", "offer"))
    dossier = _found(actor, along.read(rows, lists).prefetch_related(partners), pk, to)
    along.lay(dossier, lists)
    _name_partners(dossier)
    return dossier


def _name_partners(dossier: Dossier) -> None:
    """Gives each walked tree its partner: also one that left the dossier."""
    known = {row.partner_id: row.partner for row in dossier.partners.all()}
    runs = [(run, run.partner_id) for run in dossier.tree_runs.all() if run.partner_id is not None]
    gone = {key for _run, key in runs} - set(known)
    known |= Partner.objects.in_bulk(gone) if gone else {}
    for run, key in runs:
        run.partner = known[key]


# What the page of a dossier shows besides.
MEMBERS = along.List("members", {"user": along.PERSON})
GOALS = along.List("goals", {"goal": ("source_id", "code", "text", "validity", "valid_until")})
QUESTIONS = along.List("adviser_questions", {"adviser": along.PERSON, "asked_by": along.PERSON})
LINK = ("id", "purpose", "name", "expires_at", "withdrawn_at")
ADVICE = along.List("outside_advice", {"asked_by": along.PERSON, "link": LINK})


def get_page(actor: Actor, pk: int, *lists: along.List) -> Dossier:
    """For a page that is only looked at: the answers with how much evidence and proof they have,
    not the evidence itself; the facts of `told`, what other modules say beside the dossier, and
    these lists, all in the dossier's own query."""
    every = (*OUTLINE, SECONDS, *beside.lists(), *lists)
    dossier = _read(actor, pk, "", every, told.along)
    prefetch_related_objects([dossier], Prefetch("assessments", _counted(dossier)))
    blind.hide(dossier, _hidden(actor, dossier))
    return dossier


def _counted(dossier: Dossier) -> QuerySet[Assessment]:
    """Answers with `pieces`, how much evidence they have, and `proofs`, how much proves something:
    see casework.proof_count."""
    kinds = casework.content(dossier).framework.evidence_kinds
    valid = Q(evidence__valid_until=None) | Q(evidence__valid_until__gte=timezone.localdate())
    proves = valid & Q(evidence__kind__in=[k.key for k in kinds if k.counts_as_proof])
    there = Evidence.assessments.through.objects.filter(
        assessment=OuterRef("pk"), evidence__removed_at=None
    )
    rows = Assessment.objects.select_related("assigned_to", "updated_by")
    return rows.annotate(pieces=_how_many(there), proofs=_how_many(there.filter(proves)))


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    found = rows.order_by().values("assessment").annotate(many=Count("pk"))
    return Coalesce(Subquery(found.values("many")), 0)


def get_whole(actor: Actor, pk: int, *lists: along.List, to: str = "") -> Dossier:
    """As get_dossier, with what its page and its screening need, in a fixed number of queries."""
    answers = Assessment.objects.select_related("assigned_to", "updated_by").prefetch_related(
        Prefetch("evidence", Evidence.objects.select_related("file", "added_by"))
    )
    dossier = _read(actor, pk, to, (*OUTLINE, SECONDS, *lists))
    prefetch_related_objects([dossier], Prefetch("assessments", answers))
    blind.hide(dossier, _hidden(actor, dossier))
    return dossier


def _hidden(actor: Actor, dossier: Dossier) -> frozenset[str]:
    """Criteria of which the actor, as second reader, may not see the first reading yet."""
    return blind.hidden_from(dossier.second_readings.all(), actor.user_id)


def get_school(actor: Actor, pk: int | None) -> School:
    """The school that the actor is staff of; 404 otherwise."""
    if pk is None or not actor.works_at(pk):
        raise Http404
    return get_object_or_404(School, pk=pk)


def sees(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor may see this dossier; for staff of its school that asks nothing."""
    if actor.works_at(dossier.school_id):
        return True
    return Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists()


def colleagues(actor: Actor, dossier: Dossier) -> QuerySet[User]:
    """Staff of the dossier's school, by name. Empty for who may not see the dossier."""
    if not sees(actor, dossier):
        return User.objects.none()
    return organisations.staff(dossier.school_id)


def heads(actor: Actor, dossier: Dossier) -> QuerySet[User]:
    """Who of the dossier's school can sign a decision. Empty for who may not see the dossier."""
    if not sees(actor, dossier):
        return User.objects.none()
    return organisations.staff(dossier.school_id, frozenset({Role.HEAD}))


def staff_keys(actor: Actor, dossier: Dossier) -> set[int]:
    """Keys of who works at the dossier's school now."""
    return set(told.of(dossier, "staff") or ()) if sees(actor, dossier) else set()


def advisers(actor: Actor, dossier: Dossier) -> QuerySet[User]:
    """The advisers who are assigned to the dossier's school."""
    if not actor.works_at(dossier.school_id):
        return User.objects.none()
    return organisations.advisers(dossier.school_id)


def adviser_questions(actor: Actor, dossier: Dossier) -> QuerySet[AdviserQuestion]:
    """Questions to the anker in this dossier; an adviser sees only those put to them."""
    rows = AdviserQuestion.objects.filter(dossier=dossier).select_related("adviser", "asked_by")
    return rows if _belongs(actor, dossier) else rows.filter(adviser_id=actor.uid)


def shown_questions(actor: Actor, dossier: Dossier) -> list[AdviserQuestion]:
    """As adviser_questions, of a dossier that was read with QUESTIONS."""
    rows = list(dossier.adviser_questions.all())
    return rows if _belongs(actor, dossier) else [r for r in rows if r.adviser_id == actor.uid]


def shown_advice(actor: Actor, dossier: Dossier) -> list[OutsideAdvice]:
    """As second.advice, of a dossier that was read with ADVICE."""
    return list(dossier.outside_advice.all()) if _belongs(actor, dossier) else []


def _belongs(actor: Actor, dossier: Dossier) -> bool:
    """Staff of the school or administrator of its board; who else sees the dossier, is an adviser
    who was asked something."""
    return actor.works_at(dossier.school_id) or dossier.school.board_id in actor.boards


def history(
    actor: Actor,
    dossier: Dossier,
    *,
    limit: int,
    offset: int = 0,
    verbs: Collection[str] | None = None,
) -> list[log.Entry]:
    """The newest lines of a dossier's history that the actor may read; of these verbs where given.

    An adviser reads nothing of what was asked of another adviser; a second reader nothing of a
    first reading that is hidden yet.
    """
    only = _own_questions(actor, dossier)
    return log.history(dossier, limit=limit, offset=offset, only=only, verbs=verbs)


def newest_history(actor: Actor, dossier: Dossier, *, limit: int) -> tuple[list[log.Entry], int]:
    """The newest lines that the actor may read, and how many there are in all."""
    return log.history_page(dossier, limit=limit, only=_own_questions(actor, dossier))


def history_length(actor: Actor, dossier: Dossier) -> int:
    """How many lines of the history the actor may read."""
    return log.history_length(dossier, only=_own_questions(actor, dossier))


def _own_questions(actor: Actor, dossier: Dossier) -> log.Only:
    if _belongs(actor, dossier):
        hidden = _hidden(actor, dossier)
        if not hidden:
            return {}
        seen = Assessment.objects.filter(dossier=dossier).exclude(criterion__in=hidden)
        return {Assessment: list(seen.values_list("pk", flat=True))}
    own = adviser_questions(actor, dossier).values_list("pk", flat=True)
    return {AdviserQuestion: list(own), OutsideAdvice: []}


def proof_elsewhere(actor: Actor, dossier: Dossier, answer: Assessment) -> QuerySet[Evidence]:
    """The newest proof of the dossier that does not stand at this answer yet: it often serves
    several questions. A few, so that they can be ticked in the answer itself."""
    if not actor.works_at(dossier.school_id):
        return Evidence.objects.none()
    kinds = casework.content(dossier).framework.evidence_kinds
    rows = Evidence.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=timezone.localdate()),
        dossier=dossier,
        removed_at=None,
        kind__in=[kind.key for kind in kinds if kind.counts_as_proof],
    )
    if answer.pk:
        rows = rows.exclude(assessments=answer)
    newest = list(rows.order_by("-pk").values_list("pk", flat=True)[:TO_TICK])
    return Evidence.objects.filter(pk__in=newest).order_by("-pk")


def get_evidence(actor: Actor, dossier_pk: int, pk: int) -> Evidence:
    """Evidence of a dossier that the actor may see, or 404."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Evidence.objects.select_related("file", "dossier")
    here = Q(dossier__in=visible) | Q(assessments__dossier__in=visible)
    return get_object_or_404(rows.filter(here).distinct(), pk=pk)
