"""What waits for the umbrella: one page, one kind of work at a time, with what was decided."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.partners import actions, personal, queries, values, wording
from partnerwijzer.partners.forms import DecisionForm
from partnerwijzer.partners.models import Proposal, Reply, Report

PAGE_SIZE = 20
MOST_DECIDED = 15
# Kinds of work: in the address, and in queries.waiting.
KINDS = {
    "meldingen": "reports",
    "wijzigingen": "proposals",
    "antwoorden": "replies",
    "verlopen": "expired",
    "zonder-nummer": "numberless",
    "waarschuwingen": "marks",
    "dubbels": "pairs",
}


@dataclass(frozen=True)
class Tab:
    """One kind of work, with how much of it waits."""

    label: str
    href: str
    count: int
    current: bool


@page("partners.moderate")
def moderation(request: Request) -> HttpResponse:
    """What waits, of one kind (?deel=), the longest waiting first; below it what was decided."""
    waiting = queries.work(request.actor)
    counts = {kind: rows.count() for kind, rows in waiting.items()}
    kind = KINDS.get(request.GET.get("deel", "")) or _first(counts)
    if kind == "pairs":
        return redirect("partners:duplicates")
    found = Paginator(waiting[kind], PAGE_SIZE).get_page(request.GET.get("pagina"))
    done = queries.decided(request.actor).get(kind)
    context = {
        "kind": kind,
        "template": f"partners/moderation/{kind}.html",
        "tabs": _tabs(kind, counts),
        "found": found,
        "rows": _rows(request, kind, list(found)),
        "done": list(done[:MOST_DECIDED]) if done is not None else [],
        "form": DecisionForm(),
    }
    return render(request, "partners/moderation.html", context)


def _first(counts: dict[str, int]) -> str:
    """The first tab on which something waits."""
    return next((kind for kind in KINDS.values() if counts[kind]), "reports")


def _tabs(kind: str, counts: dict[str, int]) -> list[Tab]:
    names = {
        "reports": _("Meldingen"),
        "proposals": _("Wijzigingen"),
        "replies": _("Antwoorden"),
        "expired": _("Verlopen"),
        "numberless": _("Zonder nummer"),
        "marks": _("Waarschuwingen"),
        "pairs": _("Dubbels"),
    }
    here = reverse("partners:moderation")
    return [
        Tab(names[key], f"{here}?deel={word}", counts[key], key == kind)
        for word, key in KINDS.items()
    ]


def _rows(request: Request, kind: str, rows: list[Any]) -> list[dict[str, Any]]:
    if kind != "reports":
        return [_row(kind, row) for row in rows]
    things = queries.reported(request.actor, rows)
    return [{"row": row, "thing": things[row.pk]} for row in rows]


def _row(kind: str, row: Any) -> dict[str, Any]:
    """What the template of this kind needs beside the row itself."""
    if kind == "proposals":
        return {"row": row, "changes": _changes(row), "version": row.about.version}
    if kind == "replies":
        return {"row": row, "persons": personal.found_in(row.text)}
    if kind == "expired":
        state = wording.recognition_state(row)
        return {"row": row, "words": wording.recognition(row), "state": state}
    return {"row": row}


def _changes(row: Proposal) -> list[dict[str, Any]]:
    """What is asked beside what stands there now; `moved` where that changed since."""
    about = row.about
    found = []
    for name, (before, after) in row.changes.items():
        field = about._meta.get_field(name)
        now = values.plain(values.value_of(about, name))
        label = str(getattr(field, "verbose_name", name))
        shown = [wording.in_words(type(about), name, value) for value in (now, after)]
        moved = now != before
        found.append({"label": label, "now": shown[0], "after": shown[1], "moved": moved})
    return found


@page("partners.moderate")
def decide(request: Request, kind: str, row_pk: int) -> HttpResponse:
    """Settles one report, proposal or reply."""
    if KINDS.get(kind) not in ("reports", "proposals", "replies"):
        raise Http404
    row = queries.get_waiting(request.actor, KINDS[kind], row_pk)
    back = redirect(f"{reverse('partners:moderation')}?deel={kind}")
    if request.method != "POST":
        return back
    form = DecisionForm(request.POST)
    yes = request.POST.get("besluit") == "ja" and KINDS[kind] != "reports"
    if not yes and not form.is_valid():
        messages.error(request, _("Schrijf er kort bij waarom. Dan weten anderen het ook."))
        return back
    if isinstance(row, Report) and _must_confirm(request):
        return _confirm(request, row, form)
    try:
        _settle(request, row, yes, form)
    except actions.AlreadyDecided:
        messages.error(request, _("Iemand anders besliste dit intussen."))
    except Conflict:
        messages.error(
            request, _("Deze gegevens zijn intussen gewijzigd. Kijk opnieuw en beslis dan.")
        )
    else:
        messages.success(request, _("Bewaard."))
    return back


def _must_confirm(request: Request) -> bool:
    """Words that are taken away do not come back: one says it twice."""
    return request.POST.get("woorden") == "weg" and request.POST.get("zeker") != "ja"


def _confirm(request: Request, row: Report, form: DecisionForm) -> HttpResponse:
    thing = queries.reported(request.actor, [row])[row.pk]
    context = {"row": row, "thing": thing, "words": form.cleaned_data["words"]}
    return render(request, "partners/moderation/hide.html", context)


def _settle(request: Request, row: Any, yes: bool, form: DecisionForm) -> None:
    words = "" if yes else form.cleaned_data["words"]
    who = request.actor
    if isinstance(row, Report):
        hides = None
        if request.POST.get("woorden") == "weg":
            hides = queries.reported_experience(who, row)
        actions.handle_report(row, actor=who, outcome=words or _("Nagekeken."), hides=hides)
    elif isinstance(row, Proposal):
        if yes:
            actions.accept_proposal(row, actor=who, version=_version(request))
        else:
            actions.refuse_proposal(row, actor=who, words=words)
    elif isinstance(row, Reply):
        if yes:
            actions.show_reply(row, actor=who)
        else:
            actions.refuse_reply(row, actor=who, words=words)


def _version(request: Request) -> int:
    """The version that the moderator read; 0, which nothing has, where the form does not say."""
    version = request.POST.get("versie", "")
    return int(version) if version.isdecimal() else 0
