"""'Overleg': what people of a dossier say to each other beside each part; and who else is here."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import parts
from partnerwijzer.dossiers.actions import talking as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.talking import ChangeForm, RemarkForm
from partnerwijzer.dossiers.models import Dossier, Readers
from partnerwijzer.dossiers.queries import talking
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.shown import path_of


@page("dossiers.view")
def talk(request: Request, pk: int, part: str) -> HttpResponse:
    """The remarks beside one part, and the form below them. As a fragment it stands on the page of
    that part."""
    dossier = talking.get_dossier(request.actor, pk)
    named = parts.part_of(dossier, part)
    if named is None:
        raise Http404
    if not allowed(request.actor, "dossiers.talk", dossier):
        return _nothing(request)
    if not request.actor.works_at(dossier.school_id):  # an adviser may not open each page
        named = replace(named, href=reverse("dossiers:detail", args=[pk]))
    if talking.comes_later(request.actor, dossier, part):
        return _later(request, dossier, named)
    people = talking.people_to_call(request.actor, dossier)
    form, written = _form(request.POST or None, request, dossier, people, part), False
    if request.method == "POST" and form.is_valid() and _written(request, dossier, part, form):
        if not request.htmx:
            return redirect("dossiers:talk", pk, part)
        form, written = _form(None, request, dossier, people, part), True
    rows = list(talking.remarks(request.actor, dossier, part))
    context = {
        "dossier": dossier,
        "part": named,
        "form": form,
        "rows": rows,
        "earlier": request.actor.works_at(dossier.school_id) and talking.tell_apart(rows),
    }
    if not request.htmx:
        status = 422 if form.errors else 200
        return render(request, "dossiers/talk.html", context, status=status)
    response = render(request, "dossiers/talk.html#thread", context)
    return trigger_client_event(response, "kept") if written else response


def _nothing(request: Request) -> HttpResponse:
    """For the board, which reads the dossier and not what is said: no such page, and no place for
    it on the pages that it does read."""
    if not request.htmx:
        raise Http404
    return HttpResponse()


def _later(request: Request, dossier: Dossier, part: parts.Part) -> HttpResponse:
    """For who reads a criterion on their own first: nothing of what others say about it."""
    context = {"dossier": dossier, "part": part, "later": True}
    name = "dossiers/talk.html#thread" if request.htmx else "dossiers/talk.html"
    return render(request, name, context)


def _form(
    data: QueryDict | None,
    request: Request,
    dossier: Dossier,
    people: list[tuple[User, bool]],
    part: str,
) -> RemarkForm:
    team = request.actor.works_at(dossier.school_id)
    choose = team and talking.has_advisers(dossier)
    theirs = talking.with_partners(dossier, part) if team else []
    form = RemarkForm(data, people=people, choose=choose, team=team, theirs=theirs)
    if team:
        form.why_not = talking.why_not(dossier, part, adviser=choose, partner=bool(theirs))
    return form


def _written(request: Request, dossier: Dossier, part: str, form: RemarkForm) -> bool:
    try:
        actions.write(dossier, actor=request.actor, part=part, **form.cleaned_data)
    except NotAllowedNow as reason:
        form.add_error("called" if "called" in form.fields else None, str(reason))
        return False
    return True


@page("dossiers.talk")
def change(request: Request, pk: int, remark_pk: int) -> HttpResponse:
    """Changes or takes away a remark of one's own."""
    dossier = talking.get_dossier(request.actor, pk)
    remark = talking.get_remark(request.actor, dossier, remark_pk)
    if remark.author_id != request.actor.user_id or remark.readers == Readers.PARTNER:
        raise Http404
    back = redirect("dossiers:talk", pk, remark.part)
    if request.POST.get("wat") == "weg":
        actions.take_away(remark, actor=request.actor)
        messages.success(request, _("Je bericht is weggehaald."))
        return back
    initial = {"text": remark.text, "version": remark.version}
    form = ChangeForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(remark, actor=request.actor, **form.cleaned_data)
            return back
        except Conflict as there:
            conflict = there.current
    context = {
        "dossier": dossier,
        "form": form,
        "remark": remark,
        "conflict": conflict,
        "part": parts.part_of(dossier, remark.part),
    }
    return render(request, "dossiers/remark.html", context, status=422 if form.errors else 200)


@page("dossiers.talk")
@require_POST
def saw(request: Request, pk: int, part: str) -> HttpResponse:
    """The page with the remarks of a part was opened."""
    dossier = talking.get_dossier(request.actor, pk)
    if parts.part_of(dossier, part) is None:
        raise Http404
    actions.saw(dossier, actor=request.actor, part=part)
    return HttpResponse(status=204)


@page("dossiers.edit")
@require_POST
def here(request: Request, pk: int) -> HttpResponse:
    """Notes that the reader has a page of this dossier open, and says who else has."""
    dossier = talking.get_dossier(request.actor, pk)
    path = path_of(request.POST.get("waar", ""))[:200]
    if not path.startswith(reverse("dossiers:detail", args=[pk])):
        raise Http404
    writes = request.POST.get("typt") == "1"
    actions.be_here(dossier, actor=request.actor, page=path, writes=writes)
    others = talking.also_here(request.actor, dossier, path)
    return render(request, "dossiers/here.html", {"others": others})
