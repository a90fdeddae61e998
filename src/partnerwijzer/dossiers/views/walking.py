"""Helper trees in a dossier: which matter, one question a page, and where they led.

The answers travel in the address until the outcome is kept: back and forward cost nothing, and a
question that is answered anew leaves the later answers that still hold.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, council_duty, trees
from partnerwijzer.dossiers.actions import walking as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.walking import DayForm, KeepForm
from partnerwijzer.dossiers.known_facts import Facts
from partnerwijzer.dossiers.models import Dossier, TreeRun
from partnerwijzer.dossiers.queries import council, reading
from partnerwijzer.dossiers.queries import walking as queries
from partnerwijzer.dossiers.trees import Branch
from partnerwijzer.frameworks import reading as frameworks
from partnerwijzer.frameworks import selection, walking
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Content, Node, Outcome, Tree
from partnerwijzer.frameworks.walking import Walk
from partnerwijzer.frameworks.words import Result

# Beside the answers the address says which question is shown again, which one the form was about,
# and which earlier run is walked anew.
AGAIN, ASKED, RUN = "vraag", "gevraagd", "uitkomst"


@page("dossiers.view")
def tree_list(request: Request, pk: int) -> HttpResponse:
    """Mag dit? The trees that matter for this dossier, then the others."""
    dossier = reading.get_whole(request.actor, pk)
    content = casework.content(dossier)
    needed = selection.needed_trees(content, casework.case_of(dossier))
    runs = trees.shown_runs(dossier)
    branches = [
        Branch(
            tree,
            tree.key in needed,
            tuple(r for r in runs if r.tree.key == tree.key),
            trees.unasked(dossier, tree),
        )
        for tree in content.governance.trees
    ]
    context = {
        "dossier": dossier,
        "first": [b for b in branches if b.needed or b.runs],
        "others": [b for b in branches if not (b.needed or b.runs)],
        "next": next((b for b in branches if b.is_open), None),
        "may_edit": request.actor.works_at(dossier.school_id),
    }
    return render(request, "dossiers/trees.html", context)


@page("dossiers.view")
def walk_tree(request: Request, pk: int, key: str) -> HttpResponse:
    """One question, or where the answers lead."""
    dossier = reading.get_whole(request.actor, pk)
    tree = _tree(dossier, key)
    given = request.POST if request.method == "POST" else request.GET
    run = _run(request, pk, tree, given.get(RUN, ""))
    answers = walking.known_answers(tree, given.dict())
    if not answers and run is None and request.method == "GET":
        only = _only_run(dossier, tree)
        if only is not None:
            return redirect("dossiers:tree_run", pk, only.pk)
    walked = walking.walk(tree, answers)
    again = tree.node.get(request.GET.get(AGAIN, ""))
    if request.method == "POST" and walked.outcome is not None:
        return _keep(request, dossier, walked, run)
    asked = again or walked.next
    if asked is not None:
        return _ask(request, dossier, walked, answers, asked, run)
    form = _keep_form(None, dossier, tree, run)
    return _show_end(request, dossier, walked, answers, run, form)


def _tree(dossier: Dossier, key: str) -> Tree:
    tree = casework.content(dossier).governance.tree.get(key)
    if tree is None:
        raise Http404
    return tree


def _run(request: Request, dossier_pk: int, tree: Tree, pk: str) -> TreeRun | None:
    """The earlier run that is walked anew."""
    if not pk.isdecimal():
        return None
    run = queries.get_run(request.actor, dossier_pk, int(pk))
    if run.tree != tree.key:
        raise Http404
    return run


def _only_run(dossier: Dossier, tree: Tree) -> TreeRun | None:
    """The run of a tree that is walked once for a dossier."""
    if tree.per != "dossier":
        return None
    return next((row for row in dossier.tree_runs.all() if row.tree == tree.key), None)


def _ask(
    request: Request,
    dossier: Dossier,
    walked: Walk,
    answers: dict[str, str],
    node: Node,
    run: TreeRun | None,
) -> HttpResponse:
    """A question, filled in with what was answered before, or with what is known already."""
    known = Facts(dossier, run.partner if run else None, request.actor).of(node)
    follows = known.answers(node) if known else None
    before = {turn.node.key: turn for turn in walked.turns}
    number = list(before).index(node.key) + 1 if node.key in before else len(before) + 1
    missed = request.GET.get(ASKED) == node.key and AGAIN not in request.GET
    most = number + walking.longest(walked.tree, node.key) - 1
    context = {
        **_frame(dossier, walked, answers, run),
        "node": node,
        "options": node.options,
        "chosen": answers.get(node.key) or (follows.key if follows else ""),
        "known": known,
        "number": number,
        "most": most,
        "missed": missed,
        "hidden": _hidden(answers, run, but=node.key),
        "back": _back(dossier, walked, answers, node, run),
        "doubt": node.verified is False,
        "earlier": _earlier(request, dossier, walked.tree) if number == 1 and not run else [],
    }
    return render(request, "dossiers/tree_question.html", context)


def _frame(
    dossier: Dossier, walked: Walk, answers: dict[str, str], run: TreeRun | None
) -> dict[str, Any]:
    """What every page of a tree shows: its name, and the way so far with a link to each turn."""
    return {
        "dossier": dossier,
        "tree": walked.tree,
        "run": run,
        "turns": [
            (turn, _address(dossier, walked.tree, answers, run, **{AGAIN: turn.node.key}))
            for turn in walked.turns
        ],
    }


def _hidden(answers: dict[str, str], run: TreeRun | None, but: str = "") -> list[tuple[str, str]]:
    pairs = [(key, answer) for key, answer in answers.items() if key != but]
    return [*pairs, (RUN, str(run.pk))] if run else pairs


def _address(
    dossier: Dossier, tree: Tree, answers: dict[str, str], run: TreeRun | None, **more: str
) -> str:
    query = urlencode([*_hidden(answers, run), *more.items()])
    return reverse("dossiers:tree", args=[dossier.pk, tree.key]) + (f"?{query}" if query else "")


def _back(
    dossier: Dossier, walked: Walk, answers: dict[str, str], node: Node, run: TreeRun | None
) -> str:
    """The question before this one, with all answers kept."""
    keys = [turn.node.key for turn in walked.turns]
    place = keys.index(node.key) if node.key in keys else len(keys)
    if not place:
        return ""
    return _address(dossier, walked.tree, answers, run, **{AGAIN: keys[place - 1]})


def _earlier(request: Request, dossier: Dossier, tree: Tree) -> list[tuple[TreeRun, str, str]]:
    """What came out before about the same partner: the run, the address that begins from its
    answers where those were kept, and its outcome in words."""
    if tree.per == "dossier":
        return []
    results = casework.content(dossier).governance.result
    return [
        (row, _begin_from(dossier, tree, row), str(results[Result(row.result)].label))
        for row in queries.earlier_runs(request.actor, dossier, tree.key)
    ]


def _begin_from(dossier: Dossier, tree: Tree, row: TreeRun) -> str:
    answers = walking.known_answers(tree, row.answers)
    return _address(dossier, tree, answers, None) if answers else ""


def _keep_form(sent: Any, dossier: Dossier, tree: Tree, run: TreeRun | None) -> KeepForm:
    initial = {"version": run.version, "partner": str(run.partner_id)} if run else {}
    return KeepForm(sent, tree=tree, partners=queries.partners_of(dossier), initial=initial)


def _keep(request: Request, dossier: Dossier, walked: Walk, run: TreeRun | None) -> HttpResponse:
    require(request.actor, "dossiers.edit", dossier)
    form = _keep_form(request.POST, dossier, walked.tree, run)
    conflict = None
    if form.is_valid():
        try:
            kept = actions.keep_run(
                dossier,
                actor=request.actor,
                tree=walked.tree,
                answers=walked.way,
                partner=form.chosen,
                run=run,
                version=form.cleaned_data.get("version") or 0,
            )
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        except Conflict as found:
            conflict = trees.shown(dossier, found.current)
            form.data = {**request.POST.dict(), "version": found.current.version}
        else:
            messages.success(request, _("De uitkomst staat in het dossier."))
            return redirect("dossiers:tree_run", dossier.pk, kept.pk)
    answers = walking.known_answers(walked.tree, request.POST.dict())
    return _show_end(request, dossier, walked, answers, run, form, conflict)


def _show_end(
    request: Request,
    dossier: Dossier,
    walked: Walk,
    answers: dict[str, str],
    run: TreeRun | None,
    form: KeepForm,
    conflict: Any = None,
) -> HttpResponse:
    """Where the answers lead, before it is kept."""
    outcome = walked.outcome
    assert outcome is not None
    context = {
        **_frame(dossier, walked, answers, run),
        **_meaning(casework.content(dossier), walked, outcome),
        "form": form,
        "kept": _kept(walked.tree),
        "hidden": _hidden(walked.way, run),
        "conflict": conflict,
        "may_edit": request.actor.works_at(dossier.school_id),
    }
    return render(request, "dossiers/tree_outcome.html", context)


def _meaning(content: Content, walked: Walk, outcome: Outcome) -> dict[str, Any]:
    """The outcome in words: what it brings along, where it comes from, and what was not verified.

    The reason is the last answer, and all the way before it.
    """
    sources = content.framework.source
    return {
        "outcome": outcome,
        "label": str(content.governance.result[outcome.result].label),
        "tone": trees.TONES[outcome.result],
        "blocks": [content.agreement.block[key] for key in outcome.adds_blocks],
        "sources": [sources[key] for key in walking.sources(walked) if key in sources],
        "doubts": [part for part in walking.in_doubt(walked) if isinstance(part, Node)],
        "outcome_in_doubt": outcome.verified is False,
    }


def _kept(tree: Tree) -> dict[str, Any]:
    """What is kept of a tree that says so, in words, and what never is."""
    return {
        "stored": frameworks.stored_words(tree.stores),
        "never": frameworks.stored_words(tree.never_stores),
        "numbered": tree.per == "person",
    }


@page("dossiers.view")
def tree_run(request: Request, pk: int, run_pk: int) -> HttpResponse:
    """A kept outcome: what it means, who walked the tree and when, and the day to note."""
    run = queries.get_run(request.actor, pk, run_pk)
    dossier = reading.get_whole(request.actor, pk)
    here = casework.content(dossier)
    content = here if trees.knows(here, run) else content_of(run.framework_id)
    tree = content.governance.tree[run.tree]
    part = request.POST.get("deel", "")
    label = str(tree.outcome[run.outcome].to_note or "")
    day_form = DayForm(
        request.POST if part == "dag" else None,
        label=label,
        initial={"version": run.version, "on": run.noted_on},
    )
    conflict = None
    if request.method == "POST":
        require(request.actor, "dossiers.edit", dossier)
        try:
            if address := _change(request, run, part, day_form):
                return redirect(address)
        except NotAllowedNow as reason:
            day_form.add_error("on", str(reason))
        except Conflict as found:
            conflict = found.current
            day_form.data = {**request.POST.dict(), "version": conflict.version}
    walked, shown = trees.walked_of(run, tree), trees.shown(dossier, run)
    context = {
        **_frame(dossier, walked, run.answers, run),
        **_meaning(content, walked, tree.outcome[run.outcome]),
        "shown": shown,
        "kept": _kept(tree),
        "day_form": day_form if label else None,
        "conflict": conflict,
        "may_edit": request.actor.works_at(dossier.school_id),
        "may_walk": not shown.left
        and run.tree in here.governance.tree
        and request.actor.works_at(dossier.school_id),
        "may_note": actions.may_note(request.actor, run),
        **_judgement(request, dossier, tree.outcome[run.outcome]),
    }
    return render(request, "dossiers/tree_run.html", context)


def _judgement(request: Request, dossier: Dossier, outcome: Outcome) -> dict[str, Any]:
    """Of an outcome about the council: what the school judges, which alone counts."""
    if outcome.duty not in council_duty.ORDER:
        return {}
    against = council.contradiction(dossier, council.tested(dossier))
    return {
        "is_duty": True,
        "contradiction": against,
        "contradiction_words": council.contradiction_words(against) if against else "",
        "may_judge": allowed(request.actor, "dossiers.council", dossier),
    }


def _change(request: Request, run: TreeRun, part: str, form: DayForm) -> str:
    """Does what was asked and gives where to go; an empty address shows the page with errors."""
    if part == "weg":
        actions.remove_run(run, actor=request.actor)
        messages.success(request, _("De uitkomst is weggehaald."))
        return reverse("dossiers:trees", args=[run.dossier_id])
    if part != "dag":
        raise Http404
    if not form.is_valid():
        return ""
    actions.note_day(run, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("De dag is genoteerd."))
    return reverse("dossiers:tree_run", args=[run.dossier_id, run.pk])
