"""Partners that stand there twice: the likely pairs, making them one, and undoing that."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.partners import actions, merging, queries, wording
from partnerwijzer.partners.models import LikelyPair, Partner

PAGE_SIZE = 15
MOST_MERGES = 10


@page("partners.moderate")
def duplicates(request: Request) -> HttpResponse:
    """Pairs that look alike, with the reasons; of one partner with ?partner=, or found by ?q=."""
    number = request.GET.get("partner", "")
    about = queries.get_partner(request.actor, int(number)) if number.isdecimal() else None
    text = request.GET.get("q", "").strip()[:100]
    hits = queries.quick_search(request.actor, text, limit=8) if text and about else []
    pairs = queries.likely_pairs(request.actor, about)
    found = Paginator(pairs, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "about": about,
        "text": text,
        "hits": [hit for hit in hits if hit != about],
        "found": found,
        "pairs": [_pair(row) for row in found],
        "merges": queries.merges(request.actor)[:MOST_MERGES],
    }
    return render(request, "partners/duplicates.html", context)


def _pair(row: LikelyPair) -> dict[str, Any]:
    return {"row": row, "reasons": wording.likeness(row.reasons)}


@page("partners.moderate")
def two(request: Request, pair_pk: int) -> HttpResponse:
    """Notes that a pair is two organisations."""
    pair = queries.get_pair(request.actor, pair_pk)
    if request.method == "POST":
        actions.set_aside(pair, actor=request.actor)
        messages.success(request, _("Genoteerd: dit zijn er twee."))
    return redirect("partners:duplicates")


@page("partners.moderate")
def merge(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """What would happen when another partner becomes one with this one; and doing it."""
    kept = queries.get_partner(request.actor, pk)
    gone = queries.get_partner(request.actor, other_pk)
    if request.method == "POST":
        take = [name for name in actions.MERGE_FACTS if request.POST.get(name) == "gone"]
        try:
            actions.merge(kept, actor=request.actor, gone=gone, take=take)
        except actions.CannotMerge as reason:
            messages.error(request, str(reason))
            return redirect("partners:merge", pk, other_pk)
        done = _("{gone} hoort nu bij {kept}. Onder ‘Dubbels’ maak je dat ongedaan.")
        messages.success(request, done.format(gone=gone.name, kept=kept.name))
        return redirect("partners:detail", pk)
    numbers = {kept.enterprise_number, gone.enterprise_number} - {""}
    context = {
        "partner": kept,
        "kept": kept,
        "gone": gone,
        "rows": _moving(merging.plan(kept, gone)),
        "facts": _facts(kept, gone),
        "two_numbers": len(numbers) > 1,
    }
    return render(request, "partners/merge.html", context)


def _moving(plan: Iterable[merging.Moving]) -> list[dict[str, Any]]:
    """What every reader of the databank may count; the rest is of schools."""
    return [
        {"label": label, "moves": len(row.moves), "stays": len(row.stays)}
        for row in plan
        if (label := wording.relation(row.relation.label))
    ]


def _facts(kept: Partner, gone: Partner) -> list[dict[str, Any]]:
    """Facts on which the two differ and of which both know something: somebody has to choose."""
    found = []
    for name in actions.MERGE_FACTS:
        mine, theirs = (wording.fact(partner, name) for partner in (kept, gone))
        if mine and theirs and mine != theirs:
            label = Partner._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            found.append({"name": name, "label": label, "kept": mine, "gone": theirs})
    return found


@page("partners.moderate")
def undo(request: Request, merge_pk: int) -> HttpResponse:
    """Makes two again of what was merged."""
    row = queries.get_merge(request.actor, merge_pk)
    if request.method == "POST":
        try:
            actions.undo_merge(row, actor=request.actor)
        except actions.CannotMerge as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("{name} staat er weer apart.").format(name=row.gone.name))
    return redirect("partners:duplicates")
