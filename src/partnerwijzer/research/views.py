"""'Praktijkonderzoek': what a research asks of ethics and consent, on one page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery, intake
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.research import actions, queries
from partnerwijzer.research.forms import Carrying, ConsentForm, ResearchForm, WithoutForm
from partnerwijzer.research.models import Research

EDIT, WITHOUT = "research.edit", "research.go_without"
MAY = {"vragen": EDIT, "toestemming": EDIT, "zonder": WITHOUT}


@page("dossiers.view")
def research(request: Request, pk: int) -> HttpResponse:
    """Mag dit onderzoek in de klas?"""
    dossier = reading.get_outline(request.actor, pk)
    rules = queries.rules_of(dossier)
    if rules is None:
        raise Http404
    found, groups = queries.of(dossier), list(dossier.groups.all())
    noted = {row.group_id: row for row in found.consents.all()} if found else {}
    part = request.POST.get("deel", "") if request.method == "POST" else ""

    def sent(name: str) -> Any:
        return request.POST if part == name else None

    forms: dict[str, Carrying] = {
        "vragen": ResearchForm(
            sent("vragen"), request.FILES if part == "vragen" else None, rules=rules, research=found
        ),
        "toestemming": ConsentForm(
            sent("toestemming"), groups=groups, research=found, noted=noted,
            auto_id="id_toestemming_%s",
        ),
        "zonder": WithoutForm(sent("zonder"), research=found, auto_id="id_zonder_%s"),
    }  # fmt: skip
    conflict = None
    if part:
        saved, conflict = _save(request, dossier, part, forms.get(part))
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("research:research", pk)
    context = {
        "dossier": dossier,
        "rules": rules,
        "research": found,
        "missing": queries.missing(dossier, rules, groups)
        + queries.not_approved(request.actor, dossier, rules),
        "questions": forms["vragen"],
        "consent": forms["toestemming"],
        "without": forms["zonder"],
        "part": part,
        "conflict": conflict,
        "may_edit": allowed(request.actor, EDIT, dossier),
        "may_go_without": allowed(request.actor, WITHOUT, dossier),
    }
    return render(request, "research/research.html", context, status=422 if part else 200)


def _save(request: Request, dossier: Dossier, part: str, form: Any) -> tuple[bool, Research | None]:
    """Whether it is done, and what somebody else saved in between."""
    if form is None:
        raise Http404
    require(request.actor, MAY[part], dossier)
    if not form.is_valid():
        return False, None
    data, actor = form.cleaned_data, request.actor
    same: dict[str, Any] = {"actor": actor, "version": data["version"]}
    acts: dict[str, Callable[[], Any]] = {
        "vragen": lambda: actions.note_facts(
            dossier, **same, answers=form.answers(), upload=data["upload"]
        ),
        "toestemming": lambda: actions.count_consents(dossier, **same, counts=form.counts()),
        "zonder": lambda: actions.go_without(dossier, **same, reason=data["reason"]),
    }
    try:
        acts[part]()
    except Conflict as there:
        form.data = form.data.copy()
        form.data["version"] = str(there.current.version)
        words = _("Een collega paste dit intussen aan. Bewaar je opnieuw, dan geldt jouw versie.")
        form.add_error(None, words)
        return False, there.current
    except intake.BadFile as bad:
        form.add_error("upload", str(bad))
        return False, None
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False, None
    return True, None


@page("dossiers.view")
def approval(request: Request, pk: int) -> FileResponse:
    """The file of the ethics approval."""
    return delivery.response(queries.approval(request.actor, pk))
