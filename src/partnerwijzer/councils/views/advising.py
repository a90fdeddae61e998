"""Advice that a body gave without being asked, and what the board answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.councils import about, actions, forms, kinds, queries, terms
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody
from partnerwijzer.councils.views.saving import attempt

MANAGE = "councils.manage"


@page(MANAGE)
def receive(request: Request, body_pk: int) -> HttpResponse:
    """Notes what the body advised."""
    body = queries.get_body(request.actor, body_pk, to=MANAGE)
    form = forms.AdviceForm(
        request.POST or None,
        about=about.choices(request.actor, body),
        initial={"received_on": timezone.localdate(), "about": request.GET.get("over", "")},
    )
    made: list[CouncilAdvice] = []

    def act(data: dict[str, Any]) -> None:
        data.pop("version", None)
        made.append(actions.receive_advice(body, actor=request.actor, **data))

    if request.method == "POST" and attempt(form, act)[0]:
        known = queries.answer_by(made[0]) is not None
        words = (
            _("Bewaard. Je ziet tegen wanneer het bestuur antwoordt.") if known else _("Bewaard.")
        )
        messages.success(request, words)
        return redirect("councils:advice", made[0].pk)
    return render(request, "councils/advice_edit.html", {"body": body, "form": form, **_law(body)})


@page("councils.read")
def advice(request: Request, pk: int) -> HttpResponse:
    """What the body advised, by when the board answers, and the answer."""
    found = queries.get_advice(request.actor, pk)
    may = allowed(request.actor, MANAGE, found)
    form = forms.AnswerForm(
        request.POST or None,
        initial={
            "version": found.version,
            "answer": found.answer,
            "answered_on": found.answered_on or timezone.localdate(),
        },
    )
    conflict = None
    if request.method == "POST":
        require(request.actor, MANAGE, found)
        saved, conflict = attempt(
            form, lambda d: actions.answer_advice(found, actor=request.actor, **d)
        )
        if saved:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("councils:advice", pk)
    term = queries.answer_by(found)
    context = {
        "advice": found,
        "about": about.of(request.actor, [found]).get(pk),
        "form": form,
        "conflict": conflict,
        "may_manage": may,
        "term": term,
        "start_words": kinds.start_words(terms.ANSWER),
        "late": not found.answered_on and term is not None and term.last < timezone.localdate(),
    }
    return render(request, "councils/advice.html", context)


@page(MANAGE)
def edit(request: Request, pk: int) -> HttpResponse:
    """Mends what was noted."""
    found = queries.get_advice(request.actor, pk)
    require(request.actor, MANAGE, found)
    things = about.of(request.actor, [found])
    form = forms.AdviceForm(
        request.POST or None,
        about=about.choices(request.actor, found.body, found),
        instance=queries.get_advice(request.actor, pk),
        initial={"about": things[pk].key if pk in things else ""},
    )
    conflict = None
    if request.method == "POST":
        saved, conflict = attempt(
            form, lambda d: actions.edit_advice(found, actor=request.actor, **d)
        )
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("councils:advice", pk)
    context = {"body": found.body, "advice": found, "form": form, "conflict": conflict}
    context |= _law(found.body)
    return render(request, "councils/advice_edit.html", context)


def _law(body: CouncilBody) -> dict[str, bool]:
    """Whether what the decree says about advice may be told of this body."""
    return {"rules_read": kinds.has_read_rules(body, body.school)}
