"""Step 6: each colleague looks back, the school sees it together, and chooses what to share."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, lookback
from partnerwijzer.dossiers.actions import evaluating
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.evaluating import EvaluationForm, FollowUpForm, ShareForm
from partnerwijzer.dossiers.models import AimResult, Dossier, Evaluation
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.dossiers.queries import running as queries
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.partners.models import Again
from partnerwijzer.surveys import queries as surveys


@page("dossiers.view")
def evaluation(request: Request, pk: int) -> HttpResponse:
    """Wat hebben we geleerd? All looks back side by side, with what pupils said."""
    dossier = reading.get_outline(request.actor, pk)
    rows = list(queries.evaluations(request.actor, dossier))
    content = casework.content(dossier)
    follow_up = FollowUpForm(request.POST or None, initial={"choice": dossier.follow_up})
    if request.method == "POST" and follow_up.is_valid():
        evaluating.choose_follow_up(dossier, actor=request.actor, **follow_up.cleaned_data)
        messages.success(request, _("Bewaard."))
        return redirect("dossiers:evaluation", pk)
    context = {
        "dossier": dossier,
        "rows": rows,
        "mine": next((r for r in rows if r.user_id == request.actor.user_id), None),
        "aims": _labelled(
            lookback.counted([r.aim_result for r in rows], AimResult.values), AimResult
        ),
        "agains": _labelled(lookback.counted([r.again for r in rows], Again.values), Again),
        "factors": _factors(content, rows),
        "working": _working(content, rows),
        "pupils": _pupils(request, dossier),
        "follow_up_form": follow_up,
        "may": {
            n: allowed(request.actor, f"dossiers.{n}", dossier)
            for n in ("evaluate", "share", "close")
        },
    }
    return render(request, "dossiers/evaluation.html", context)


def _labelled(counts: list[tuple[str, int]], choices: Any) -> list[tuple[str, int]]:
    return [(str(choices(value).label), count) for value, count in counts]


def _factors(content: Content, rows: list[Evaluation]) -> list[dict[str, Any]]:
    """Each factor that was named, in words, with counts and words of explanation."""
    known = {f.key: f for f in content.factors.factors}
    return [
        {
            "count": count,
            "factor": known[count.factor],
            "label": _label(known[count.factor], count.effect),
        }
        for count in lookback.factor_counts(rows)
        if count.factor in known
    ]


def _label(factor: Any, effect: str) -> str:
    return str(factor.smooth if effect == "smooth" else factor.difficult)


def _working(content: Content, rows: list[Evaluation]) -> list[dict[str, Any]]:
    """The seven working factors with how colleagues scored each, as counts from 1 to 5."""
    return [
        {
            "title": str(factor.title),
            "counts": lookback.counted(
                [
                    str(r.working_factors[factor.key])
                    for r in rows
                    if factor.key in r.working_factors
                ],
                ["1", "2", "3", "4", "5"],
            ),
            "answered": sum(factor.key in r.working_factors for r in rows),
        }
        for factor in content.factors.working_factors
    ]


def _pupils(request: Request, dossier: Dossier) -> list[Any]:
    """The surveys of pupils in this dossier, as far as they may be shown."""
    rows = queries.activities(request.actor, dossier).filter(survey__isnull=False)
    return [(a, surveys.results_of(a.survey)) for a in rows if a.survey is not None]


@page("dossiers.evaluate")
def evaluate(request: Request, pk: int) -> HttpResponse:
    """One colleague looks back."""
    dossier = reading.get_outline(request.actor, pk, to="dossiers.evaluate")
    mine = queries.my_evaluation(request.actor, dossier)
    content = casework.content(dossier)
    form = EvaluationForm(request.POST or None, dossier=dossier, content=content, mine=mine)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            evaluating.save_evaluation(
                dossier,
                actor=request.actor,
                version=form.cleaned_data["version"],
                answers=form.answers(),
                factors=form.factors(),
            )
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Bedankt. Je kunt dit later nog aanpassen."))
            return redirect("dossiers:evaluation", pk)
    context = {"dossier": dossier, "form": form, "conflict": conflict, "mine": mine}
    return render(request, "dossiers/evaluate.html", context)


@page("dossiers.share")
def share(request: Request, pk: int) -> HttpResponse:
    """What other schools may know, chosen from what colleagues said."""
    dossier = reading.get_outline(request.actor, pk, to="dossiers.share")
    rows = list(queries.evaluations(request.actor, dossier))
    content = casework.content(dossier)
    counts = lookback.factor_counts(rows)
    form = ShareForm(
        request.POST or None,
        factors=_choices(content, counts),
        initial=_proposal(dossier, rows, counts),
    )
    conflict, version = None, form["version"].value()
    if request.method == "POST":
        if "intrekken" in request.POST:
            _withdraw(request, dossier)
            return redirect("dossiers:evaluation", pk)
        try:
            if form.is_valid():
                _share(request, dossier, form, counts)
                return redirect("dossiers:evaluation", pk)
        except Conflict as found:
            conflict, version = found.current, found.current.version
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
            version = 0 if isinstance(reason, evaluating.TakenBack) else version
    context = {"dossier": dossier, "form": form, "rows": rows, "version": version}
    return render(request, "dossiers/share.html", {**context, "conflict": conflict})


def _choices(content: Content, counts: list[lookback.FactorCount]) -> list[tuple[str, str]]:
    known = {f.key: f for f in content.factors.factors}
    signs = {"smooth": "+", "difficult": "–"}
    return [
        (c.factor, f"{signs[c.effect]} {_label(known[c.factor], c.effect)}")
        for c in counts
        if c.factor in known
    ]


def _proposal(
    dossier: Dossier, rows: list[Evaluation], counts: list[lookback.FactorCount]
) -> dict[str, Any]:
    """What was shared before, else what most colleagues said and what they allow to be shared."""
    sharing = getattr(dossier, "sharing", None)
    if sharing is not None:
        return {
            "version": sharing.version,
            "audience": sharing.audience,
            "again": sharing.again,
            "factors": [f["factor"] for f in sharing.factors],
            "advice": sharing.advice,
            "text_consent": sharing.text_consent,
        }
    most = max(
        lookback.counted([r.again for r in rows], Again.values), key=lambda c: c[1], default=("", 0)
    )
    advice = "\n\n".join(r.advice.strip() for r in rows if r.share_advice and r.advice.strip())
    return {
        "version": 0,
        "again": most[0] if most[1] else "",
        "factors": [c.factor for c in counts],
        "advice": advice,
        "text_consent": bool(advice),
    }


def _share(
    request: Request, dossier: Dossier, form: ShareForm, counts: list[lookback.FactorCount]
) -> None:
    data = dict(form.cleaned_data)
    effects = {c.factor: c.effect for c in counts}
    data["factors"] = [
        {"factor": key, "effect": effects[key], "note": ""} for key in data["factors"]
    ]
    evaluating.share(dossier, actor=request.actor, **data)
    messages.success(request, _("Bedankt. De volgende school begint slimmer dankzij jullie."))


def _withdraw(request: Request, dossier: Dossier) -> None:
    try:
        evaluating.withdraw_sharing(dossier, actor=request.actor)
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("De ervaring staat niet meer in de databank."))
