"""Pages for what counts between two frameworks: an answer in the one is one in the other."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import drafting, pairing, places
from partnerwijzer.authoring.forms.mappings import PairForm, WhyForm
from partnerwijzer.authoring.models import Draft
from partnerwijzer.authoring.views import saving
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.models import FrameworkVersion


def _others(request: Request, draft: Draft) -> dict[str, FrameworkVersion]:
    """The newest release of each framework that this draft is not."""
    own = draft.own.key if draft.own else ""
    found = frameworks.by_framework(request.actor)
    return {key: rows[0] for key, rows in found.items() if key != own}


@page("authoring.write")
def index(request: Request, pk: int) -> HttpResponse:
    """Frameworks to lay beside this one."""
    found = saving.of_umbrella(request, pk)
    others = [
        (version, len(pairing.pairs_with(found.data, key)))
        for key, version in _others(request, found).items()
    ]
    if len(others) == 1:
        return redirect("authoring:mapping", pk, others[0][0].key)
    return render(request, "authoring/mappings.html", {"draft": found, "others": others})


@page("authoring.write")
def one(request: Request, pk: int, other: str) -> HttpResponse:
    """The pairs with one other framework; writes one, or takes it out."""
    found = saving.of_umbrella(request, pk)
    version = _others(request, found).get(other)
    if version is None:
        raise Http404
    there = frameworks.content_of(version.pk)
    name = request.POST.get("paar", request.GET.get("paar", ""))
    old = pairing.named(found.data, other, name)
    sent = request.POST if request.POST.get("wat") == "bewaar" else None
    form = PairForm(sent, there=there, here=found.criteria, old=old)
    context: dict[str, Any] = {"draft": found, "other": version, "form": form, "name": name}
    if request.method == "POST":
        answer = _save(request, context, other)
        if answer is not None:
            return answer
    now = pairing.named(found.data, other, name)
    context |= {
        "old": old,
        "seen": places.mark_of(now) if now else "",
        "note": pairing.note_with(found.data, other),
        "lines": pairing.lines_of(found.data, other, there),
        "themselves": pairing.count_by_themselves(found.data, other, there),
        "wrong": found.problems_in("framework.yaml", "mappings"),
    }
    return render(request, "authoring/mapping.html", context)


@page("authoring.write")
def why(request: Request, pk: int, other: str) -> HttpResponse:
    """What a school reads before its dossier goes over from that framework."""
    found = saving.of_umbrella(request, pk)
    version = _others(request, found).get(other)
    if version is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = WhyForm(sent, old=pairing.note_with(found.data, other))
    context: dict[str, Any] = {"draft": found, "other": version, "form": form}
    if sent is not None and form.is_valid():
        how = partial(pairing.explained, other=other, note=form.words())
        what = _("wat telt voor {name}").format(name=version.name)
        try:
            saving.into_draft(
                request, found, how=how, what=what,
                find=lambda d: pairing.note_with(d.data, other),
            )  # fmt: skip
        except Conflict as conflict:
            found.version, found.data = conflict.current.version, conflict.current.data
            form.add_error(None, saving.in_between(conflict))
            now = WhyForm(None, old=pairing.note_with(found.data, other)).initial
            context["theirs"] = saving.beside(form, now, request.POST)
        else:
            messages.success(request, _("Bewaard in het ontwerp."))
            return redirect("authoring:mapping", pk, other)
    context["seen"] = places.mark_of(pairing.note_with(found.data, other))
    return render(request, "authoring/why.html", context)


def _save(request: Request, context: dict[str, Any], other: str) -> HttpResponse | None:
    form, name = context["form"], context["name"]
    if request.POST.get("wat") == "weg":
        how: drafting.Change = partial(pairing.without, other=other, name=name)
    elif form.is_valid():
        how = partial(pairing.put, other=other, name=name, pair=form.pair())
    else:
        return None
    draft = context["draft"]
    try:
        saving.into_draft(
            request,
            draft,
            how=how,
            what=_("wat telt voor {name}").format(name=context["other"].name),
            find=lambda d: pairing.named(d.data, other, name),
        )
    except pairing.AlreadyThere:
        words = _("Dit paar staat er al. Wijzig het hierboven, bij ‘{name}’.")
        form.add_error(
            "ours", words.format(name=dict(form.fields["ours"].choices)[form["ours"].data])
        )
        return None
    except Conflict as conflict:
        draft.version, draft.data = conflict.current.version, conflict.current.data
        if not form.is_bound:
            messages.error(request, saving.in_between(conflict))
            return None
        form.add_error(None, saving.in_between(conflict))
        now = pairing.named(draft.data, other, name)
        theirs = PairForm(None, there=form.there, here=draft.criteria, old=now).initial
        context["theirs"] = saving.beside(form, theirs, request.POST)
        return None
    messages.success(request, _("Bewaard in het ontwerp."))
    return redirect("authoring:mapping", draft.pk, other)
