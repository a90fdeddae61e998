"""'Wat wacht op mij?': the whole list of work, and the news of the dossiers one works in."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, allowed, page, public
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.worklist import actions, digest, queries
from partnerwijzer.worklist.board import Board, board_of, find
from partnerwijzer.worklist.forms import AsideForm, AskForm, HandOverForm, PaceForm
from partnerwijzer.worklist.models import Assignment
from partnerwijzer.worklist.task import Task

PAGE_SIZE = 30
PARTS = ("nu", "later", "gevraagd", "gedaan")


@page("worklist.list")
def work(request: Request) -> HttpResponse:
    """Everything that waits, what was put aside, what was asked of others, what is done."""
    part = request.GET.get("deel", "nu")
    board = board_of(request.actor)
    rows = _rows(request, board, part if part in PARTS else "nu")
    context = {
        "part": part if part in PARTS else "nu",
        "tabs": _tabs(board, part),
        "found": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "gives": allowed(request.actor, "worklist.give"),
        "today": timezone.localdate(),
    }
    return render(request, "worklist/list.html", context)


def _rows(request: Request, board: Board, part: str) -> Any:
    wanted = {"nu": board.now, "later": board.later, "gevraagd": board.asked}
    return wanted[part] if part in wanted else queries.done(request.actor)


def _tabs(board: Board, part: str) -> list[tuple[str, str, int | None]]:
    return [
        ("nu", _("Nu"), len(board.now)),
        ("later", _("Opzij gelegd"), len(board.later)),
        ("gevraagd", _("Aan anderen gevraagd"), len(board.asked)),
        ("gedaan", _("Gedaan"), None),
    ]


@page("worklist.give")
def ask(request: Request) -> HttpResponse:
    """Zet iets op een lijst: one's own, or a colleague's."""
    school = reading.get_school(request.actor, request.actor.school_id)
    initial = {"owner": request.actor.user_id, "dossier": request.GET.get("dossier")}
    form = _form(request, school.pk, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.ask(school, actor=request.actor, **form.values())
        _say_asked(request, row)
        return redirect("worklist:list")
    context = {"form": form, "row": None}
    return render(request, "worklist/ask.html", context, status=422 if form.errors else 200)


def _form(request: Request, school_id: int, now: int | None = None, **kwargs: Any) -> AskForm:
    people = organisations.staff(school_id)
    dossiers = queries.dossiers_of(request.actor, school_id, now=now)
    return AskForm(request.POST or None, people=people, dossiers=dossiers, **kwargs)


def _say_asked(request: Request, row: Assignment) -> None:
    mine = row.owner_id == request.actor.user_id
    text = _("Het staat op je lijst.") if mine else _("{owner} ziet het op de eigen lijst.")
    messages.success(request, text.format(owner=row.owner.name))


@page("worklist.do")
def assignment(request: Request, pk: int) -> HttpResponse:
    """One task in somebody's words: read it, change it."""
    row = queries.get_assignment(request.actor, pk)
    initial = {"version": row.version}
    form = _form(request, row.school_id, row.dossier_id, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        fresh = queries.get_assignment(request.actor, pk)
        try:
            actions.change(fresh, actor=request.actor, version=version, values=form.values())
        except Conflict as conflict:
            return _both(request, form, conflict.current)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("worklist:list")
    context = {"form": form, "row": queries.get_assignment(request.actor, pk)}
    return render(request, "worklist/ask.html", context, status=422 if form.errors else 200)


def _both(request: Request, form: AskForm, current: Assignment) -> HttpResponse:
    """Somebody else saved in between: what was typed stays, what is there now shows above it."""
    context = {"form": form, "row": current, "conflict": True}
    return render(request, "worklist/ask.html", context, status=409)


@page("worklist.do")
def settle(request: Request, pk: int) -> HttpResponse:
    """Done, not done after all, or not needed any more."""
    row = queries.get_assignment(request.actor, pk)
    acts = {
        "klaar": (actions.finish, _("Gedaan. Terugzetten kan onder ‘Gedaan’.")),
        "terug": (actions.reopen, _("Het staat weer op de lijst.")),
        "weg": (actions.remove, _("Van de lijst gehaald.")),
    }
    wanted = request.POST.get("wat", "")
    if request.method != "POST" or wanted not in acts:
        raise Http404
    act, said = acts[wanted]
    try:
        act(row, actor=request.actor)
        messages.success(request, said)
    except actions.NotNow as reason:
        messages.info(request, str(reason))
    return redirect("worklist:list")


def _waiting(request: Request, mark: str) -> Task:
    """The task of one's list with this mark; 404 when it waits no longer."""
    task = find(request.actor, mark)
    if task is None:
        raise Http404
    return task


@page("worklist.list")
def aside(request: Request, mark: str) -> HttpResponse:
    """Puts a task out of sight until a day, or takes it back."""
    task, user = _waiting(request, mark), organisations.account(request.actor)
    if request.method == "POST" and request.POST.get("wat") == "terug":
        actions.take_back(user, actor=request.actor, mark=mark)
        messages.success(request, _("Het staat weer bij ‘Nu’."))
        return redirect("worklist:list")
    form = AsideForm(request.POST or None, initial={"until": _next_monday()})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        if until > timezone.localdate():
            actions.put_aside(user, actor=request.actor, mark=mark, until=until)
            day = formats.date_format(until, "l j F")
            messages.success(request, _("Opzij gelegd tot {day}.").format(day=day))
            return redirect("worklist:list")
        form.add_error("until", _("Kies een dag na vandaag."))
    context = {"form": form, "task": task, "after_due": task.due}
    return render(request, "worklist/aside.html", context, status=422 if form.errors else 200)


def _next_monday() -> Any:
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


@page("worklist.give")
def hand_over(request: Request, mark: str) -> HttpResponse:
    """Asks a colleague to do a task of one's own list. It stays one's own to follow."""
    task = _waiting(request, mark)
    dossier = queries.dossier_of(request.actor, task)
    if dossier is None:
        raise Http404
    people = queries.colleagues(request.actor, dossier.school_id)
    form = HandOverForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            row = _give(request, task, dossier, form.cleaned_data)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        else:
            _say_asked(request, row)
            return redirect("worklist:list")
    context = {"form": form, "task": task, "people": people}
    return render(request, "worklist/hand_over.html", context, status=422 if form.errors else 200)


def _give(request: Request, task: Task, dossier: Dossier, given: dict[str, Any]) -> Assignment:
    """The task with its address and its day, for whom it was given to."""
    return actions.ask(
        dossier.school,
        actor=request.actor,
        title=task.title,
        due=task.due,
        mark=task.mark,
        href=task.href,
        dossier=dossier,
        **given,
    )


@page("worklist.list")
def news(request: Request) -> HttpResponse:
    """What others did in the dossiers one works in."""
    if request.method == "POST" and request.POST.get("gezien", "").isdecimal():
        user = organisations.account(request.actor)
        actions.read_news(user, actor=request.actor, place=int(request.POST["gezien"]))
        return redirect("worklist:news")
    reader = queries.reader(request.actor)
    items = queries.news(request.actor, seen=reader.seen)
    context = {
        "items": items,
        "new": sum(item.new for item in items),
        "newest": items[0].place if items else 0,
        "reader": reader,
    }
    return render(request, "worklist/news.html", context)


@page("worklist.list")
def pace(request: Request) -> HttpResponse:
    """How often mail comes about work and news."""
    form = PaceForm(request.POST or None, initial={"pace": queries.reader(request.actor).pace})
    if request.method == "POST" and form.is_valid():
        user = organisations.account(request.actor)
        actions.choose_pace(user, actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Bewaard."))
        return redirect("worklist:news")
    return render(request, "worklist/pace.html", {"form": form})


@csrf_exempt
@public("who gets mail stops it with one click, also on a device that is not signed in")
def stop_mail(request: Request, token: str) -> HttpResponse:
    """Asks once on paper, stops at once when a mail program does it (RFC 8058)."""
    user = digest.reader_behind(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        actions.stop_mail(user, actor=guest(user.name))
    context = {"stopped": request.method == "POST"}
    return render(request, "worklist/stop_mail.html", context)
