"""The question sets that a school or an umbrella builds itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Question as SetQuestion
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.surveys import actions, building, queries, sets
from partnerwijzer.surveys import questions as stored
from partnerwijzer.surveys.forms.answering import AnswerForm
from partnerwijzer.surveys.forms.ownsets import KIND_LABELS, BeginForm, QuestionForm, WordsForm
from partnerwijzer.surveys.models import OwnEdition, OwnSet

BUILD, READ = "surveys.sets", "surveys.sets_read"


@dataclass(frozen=True)
class Line:
    """One question as the builder shows it."""

    question: SetQuestion
    kind: str
    options: list[str]
    fixed: bool


@page(READ)
@require_safe
def own_list(request: Request) -> HttpResponse:
    """Welke vragenlijsten hebben we zelf? Those that are asked, drafts, and what was put away."""
    rows = queries.own_sets(request.actor)
    kept, used = queries.kept_sets(request.actor), queries.uses_of(rows)
    shown: list[dict[str, Any]] = [
        {"set": row, "edition": _shown(row), "mine": row.pk in kept, "uses": used[row.pk]}
        for row in rows
    ]
    context = {
        "rows": [row for row in shown if row["set"].retired_at is None],
        "retired": [r for r in shown if r["set"].retired_at is not None and r["mine"]],
        "may_add": bool(queries.set_owners(request.actor)),
    }
    return TemplateResponse(request, "surveys/own/list.html", context)


def _shown(row: OwnSet) -> OwnEdition:
    """What is asked now; of what was never released the draft."""
    return row.released or next(iter(row.editions.all()))


@page(BUILD)
def own_new(request: Request) -> HttpResponse:
    """For whom it is, and whether it begins as a copy of a ready set."""
    owners = queries.set_owners(request.actor)
    if not owners:
        raise Http404
    chosen = next((o for o in owners if _name(o) == request.POST.get("van")), owners[0])
    framework = frameworks.latest(request.actor)
    form = BeginForm(content_of(framework.pk), request.POST or None)
    if request.method == "POST" and form.is_valid():
        own_set = actions.begin_set(
            chosen, actor=request.actor, framework=framework, **form.choice()
        )
        return HttpResponseRedirect(reverse("surveys:own_set", args=[own_set.pk]))
    context = {
        "form": form,
        "owner": str(chosen),
        "owners": [(_name(o), str(o), o is chosen) for o in owners] if len(owners) > 1 else [],
    }
    return TemplateResponse(request, "surveys/own/new.html", context, status=_status(form))


def _name(owner: School | Umbrella) -> str:
    return f"{owner._meta.model_name}-{owner.pk}"


@page(BUILD)
@require_safe
def own_set(request: Request, pk: int) -> HttpResponse:
    """The builder: the questions in their order, and what can be done with them."""
    row = queries.get_own_set(request.actor, pk, to_change=True)
    edition = queries.newest_of(row)
    built = edition.built
    context = {
        "set": row,
        "edition": edition,
        "built": built,
        "draft": edition.released_at is None,
        "lines": _lines(edition),
        "most": sets.most_questions(built),
        "uses": queries.uses_of([row])[row.pk],
        "anonymous": built.anonymous,
    }
    return TemplateResponse(request, "surveys/own/set.html", context)


def _lines(edition: OwnEdition) -> list[Line]:
    content = content_of(edition.framework_id)
    return [
        Line(
            question,
            str(KIND_LABELS[building.wish_of(question).kind]),
            [str(option.label) for option in content.options(question)],
            building.is_fixed(question),
        )
        for question in edition.built.questions
    ]


@page(BUILD)
def own_words(request: Request, pk: int) -> HttpResponse:
    """Title, and what is read before and after."""
    row = queries.get_own_set(request.actor, pk, to_change=True)
    built = queries.newest_of(row).built
    given = {
        "version": row.version,
        "title": built.title.nl,
        "intro": built.intro.nl,
        "thanks": built.thanks.nl,
    }
    form = WordsForm(request.POST or None, initial=given)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_set(row, actor=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            theirs = conflict.current
        else:
            messages.success(request, _("Bewaard."))
            return HttpResponseRedirect(reverse("surveys:own_set", args=[pk]))
    context = {"set": row, "form": form, "title": built.title, **_now(theirs)}
    return TemplateResponse(
        request, "surveys/own/words.html", context, status=_status(form, theirs)
    )


def _now(theirs: OwnSet | None) -> dict[str, Any]:
    """What a colleague made of it meanwhile, and the version to go on from."""
    if theirs is None:
        return {}
    edition = queries.newest_of(theirs)
    return {"theirs": theirs, "now": edition.built, "now_lines": _lines(edition)}


@page(BUILD)
def own_question(request: Request, pk: int, key: str = "") -> HttpResponse:
    """One question: a new one, or `key` again."""
    row = queries.get_own_set(request.actor, pk, to_change=True)
    edition = queries.newest_of(row)
    earlier = edition.built.question.get(key)
    if key and (earlier is None or building.is_fixed(earlier)):
        raise Http404
    wish = building.wish_of(earlier) if earlier is not None else None
    form = QuestionForm(request.POST or None, version=row.version, earlier=wish)
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.put_question(
                row, actor=request.actor, version=version, wish=form.wish(), key=key
            )
        except Conflict as conflict:
            theirs = conflict.current
        except sets.SetProblem as problem:
            form.add_error(None, str(problem))
        else:
            return _after_question(request, pk)
    context = {"set": row, "edition": edition, "form": form, "key": key, **_now(theirs)}
    return TemplateResponse(
        request, "surveys/own/question.html", context, status=_status(form, theirs)
    )


def _after_question(request: Request, pk: int) -> HttpResponse:
    messages.success(request, _("De vraag staat erin."))
    name = "surveys:own_question_new" if "nog" in request.POST else "surveys:own_set"
    return HttpResponseRedirect(reverse(name, args=[pk]))


@page(READ)
@require_safe
def own_preview(request: Request, pk: int) -> HttpResponse:
    """What is asked, as who answers sees it. Who keeps the set sees the draft."""
    row = queries.get_own_set(request.actor, pk)
    mine = row.pk in queries.kept_sets(request.actor)
    edition = queries.newest_of(row) if mine else _shown(row)
    built = edition.built
    rows = sets.compose(content_of(edition.framework_id), built) if built.questions else []
    context = {
        "set": row,
        "built": built,
        "mine": mine,
        "draft": edition.released_at is None,
        "form": AnswerForm(stored.read(rows)),
    }
    return TemplateResponse(request, "surveys/own/preview.html", context)


@page(BUILD)
@require_POST
def own_act(request: Request, pk: int) -> HttpResponse:
    """One press: moves or removes a question, releases, puts away or throws a draft away."""
    row = queries.get_own_set(request.actor, pk, to_change=True)
    given: dict[str, Any] = {"actor": request.actor, "version": _number(request)}
    key = request.POST.get("vraag", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "omhoog": (lambda: actions.move_question(row, key=key, up=True, **given), ""),
        "omlaag": (lambda: actions.move_question(row, key=key, up=False, **given), ""),
        "weg": (lambda: actions.remove_question(row, key=key, **given), _("De vraag is eruit.")),
        "klaar": (
            lambda: actions.release_set(row, **given),
            _("De lijst staat klaar. Je kunt ze kiezen waar je iets vraagt."),
        ),
        "ontwerp-weg": (lambda: actions.drop_draft(row, **given), _("Het ontwerp is weg.")),
        "opbergen": (
            lambda: actions.retire_set(row, actor=request.actor),
            _("De lijst is opgeborgen. Wat al gevraagd is, blijft."),
        ),
        "terug": (lambda: actions.restore_set(row, actor=request.actor), _("De lijst is terug.")),
    }
    do, words = acts.get(request.POST.get("wat", ""), (None, ""))
    if do is None:
        raise Http404
    _press(request, do, words)
    if request.POST["wat"] in ("opbergen", "terug", "ontwerp-weg"):
        return HttpResponseRedirect(reverse("surveys:own_list"))
    return HttpResponseRedirect(reverse("surveys:own_set", args=[pk]))


def _press(request: Request, do: Callable[[], object], words: str) -> None:
    try:
        do()
    except Conflict:
        messages.warning(
            request, _("Een collega veranderde de lijst intussen. Kijk na en duw opnieuw.")
        )
    except (actions.Refused, sets.SetProblem) as refused:
        messages.warning(request, str(refused))
    else:
        if words:
            messages.success(request, words)


def _number(request: Request) -> int:
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def _status(form: Any, theirs: object = None) -> int:
    return 422 if form.errors or theirs else 200
