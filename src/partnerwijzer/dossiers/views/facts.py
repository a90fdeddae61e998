"""The facts of a dossier: what and when, situations, partners, groups, goals, people.

One page with a form for each part; each form says in `deel` which part it is.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, compared, hanging
from partnerwijzer.dossiers.actions import basics, rescreening
from partnerwijzer.dossiers.forms.basics import (
    FactsForm,
    GoalForm,
    GroupEditForm,
    GroupForm,
    MemberForm,
    SituationsForm,
)
from partnerwijzer.dossiers.hanging import Hangs
from partnerwijzer.dossiers.models import Dossier, DossierGoal, DossierGroup, Screening
from partnerwijzer.dossiers.queries import reading, suggesting
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.goals import queries as goals
from partnerwijzer.partners import queries as partners

Done = str  # the anchor of the part that was saved


@page("dossiers.edit")
def facts(request: Request, pk: int) -> HttpResponse:
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    part = request.POST.get("deel", "")
    forms = _forms(request, dossier, part)
    conflict, typed = None, ""
    if request.method == "POST":
        try:
            anchor = _save(request, dossier, part, forms)
        except Conflict as found:
            anchor, conflict = "", found.current
        except basics.NotAllowedNow as reason:
            messages.error(request, str(reason))
            typed = request.POST.get("how", "").strip()
            anchor = "" if typed else part
        if anchor:
            return redirect(reverse("dossiers:facts", args=[pk]) + f"#{anchor}")
    context = {
        "dossier": dossier,
        **forms,
        "conflict": conflict,
        "typed": [typed] if typed else [],
        "members": dossier.members.select_related("user"),
        "screenings": Screening.choices,
        "content": casework.content(dossier),
        "group_names": suggesting.group_names(request.actor, dossier.school_id),
    }
    return render(request, "dossiers/facts.html", context)


def _forms(request: Request, dossier: Dossier, part: str) -> dict[str, Any]:
    """The forms of the page; the one that was sent holds what was typed."""
    content = casework.content(dossier)

    def sent(name: str) -> Any:
        return request.POST if part == name else None

    return {
        "facts_form": FactsForm(sent("gegevens"), instance=dossier, content=content),
        "situations_form": SituationsForm(
            sent("situatie"), content=content, answers=dossier.situations
        ),
        "group_form": GroupForm(sent("groep"), content=content),
        "groups": [
            (row, _group_form(row, sent("groep-wijzig"), content), hanging.of(row))
            for row in hanging.groups_of(dossier)
        ],
        "member_form": MemberForm(
            sent("collega"), colleagues=reading.colleagues(request.actor, dossier)
        ),
        "goals": [
            (row, _goal_form(row, sent("doel")))
            for row in dossier.goals.select_related("goal__goal_set")
        ],
    }


def _group_form(row: DossierGroup, sent: Any, content: Content) -> GroupEditForm:
    """The form of one group; what was typed is for the group that the form named."""
    mine = sent if sent and sent.get("rij") == str(row.pk) else None
    return GroupEditForm(
        mine,
        content=content,
        initial={**{n: getattr(row, n) for n in ("level", "label", "pupils", "version")}},
        auto_id=f"id_groep{row.pk}_%s",
    )


def _goal_form(row: DossierGoal, sent: Any) -> GoalForm:
    """The form of one goal; what was typed is for the goal that the form named."""
    mine = sent if sent and sent.get("rij") == str(row.pk) else None
    return GoalForm(
        mine, initial={"version": row.version, "how": row.how}, auto_id=f"id_doel{row.pk}_%s"
    )


def _save(request: Request, dossier: Dossier, part: str, forms: dict[str, Any]) -> Done:
    """Saves one part and gives its anchor; an empty anchor shows the page again with errors."""
    saves: dict[str, Callable[[], Done]] = {
        "gegevens": lambda: _save_facts(request, dossier, forms["facts_form"]),
        "situatie": lambda: _save_situations(request, dossier, forms["situations_form"]),
        "screening": lambda: _save_screening(request, dossier),
        "groep": lambda: _save_group(request, dossier, forms["group_form"]),
        "groep-wijzig": lambda: _edit_group(request, dossier, forms["groups"]),
        "groep-weg": lambda: _drop(request, dossier, "groups", basics.remove_group, "group"),
        "doelen": lambda: _save_goals(request, dossier),
        "doel": lambda: _explain_goal(request, dossier, forms["goals"]),
        "doel-weg": lambda: _drop(request, dossier, "goals", basics.remove_goal, "row"),
        "partner": lambda: _add_partner(request, dossier),
        "partner-weg": lambda: _drop_partner(request, dossier),
        "collega": lambda: _save_member(request, dossier, forms["member_form"]),
        "collega-weg": lambda: _drop(request, dossier, "members", basics.remove_member, "row"),
    }
    if part not in saves:
        raise Http404
    return saves[part]()


ANCHORS = {"groups": "groepen", "goals": "doelen", "partners": "partners", "members": "mensen"}


def _save_facts(request: Request, dossier: Dossier, form: FactsForm) -> Done:
    if not form.is_valid():
        return ""
    data = dict(form.cleaned_data)
    # The model form wrote on the instance: read it again, so that the action sees what changed.
    fresh = reading.get_dossier(request.actor, dossier.pk)
    basics.edit_dossier(fresh, actor=request.actor, version=data.pop("version"), changes=data)
    messages.success(request, _("Bewaard."))
    return "gegevens"


def _save_situations(request: Request, dossier: Dossier, form: SituationsForm) -> Done:
    if not form.is_valid():
        return ""
    basics.answer_situations(dossier, actor=request.actor, answers=form.answers())
    messages.success(
        request, _("Bewaard. De vragen en afspraken zijn aangepast aan jullie antwoorden.")
    )
    return "situatie"


def _save_screening(request: Request, dossier: Dossier) -> Done:
    chosen = request.POST.get("screening", "")
    if chosen in Screening.values:
        basics.choose_screening(dossier, actor=request.actor, screening=chosen)
        messages.success(request, _("Bewaard."))
    return "situatie"


def _save_group(request: Request, dossier: Dossier, form: GroupForm) -> Done:
    if not form.is_valid():
        return ""
    basics.add_group(dossier, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("De groep is toegevoegd."))
    return "groepen"


def _edit_group(
    request: Request, dossier: Dossier, rows: list[tuple[DossierGroup, GroupEditForm, Hangs]]
) -> Done:
    row, form = next(((row, form) for row, form, _hangs in rows if form.is_bound), (None, None))
    if row is None or form is None:
        raise basics.NotAllowedNow(_("Deze groep is intussen weggehaald uit het dossier."))
    if not form.is_valid():
        return ""
    basics.edit_group(dossier, actor=request.actor, group=row, **form.cleaned_data)
    messages.success(request, _("Bewaard. Wat bij de groep hoorde, blijft erbij."))
    return "groepen"


def _save_goals(request: Request, dossier: Dossier) -> Done:
    chosen = goals.get_many(
        request.actor, [int(g) for g in request.POST.getlist("goals") if g.isdecimal()]
    )
    new = [g for g in chosen if g.pk not in {row.goal_id for row in dossier.goals.all()}]
    if new:
        basics.choose_goals(dossier, actor=request.actor, goals=new)
        messages.success(request, _("De doelen zijn toegevoegd."))
    return "doelen"


def _explain_goal(
    request: Request, dossier: Dossier, rows: list[tuple[DossierGoal, GoalForm]]
) -> Done:
    row, form = next(((row, form) for row, form in rows if form.is_bound), (None, None))
    if row is None or form is None:
        if not request.POST.get("how", "").strip():
            raise Http404
        raise basics.NotAllowedNow(_("Dit doel is intussen weggehaald uit het dossier."))
    if not form.is_valid():
        return ""
    basics.explain_goal(dossier, actor=request.actor, row=row, **form.cleaned_data)
    messages.success(request, _("Bewaard."))
    return "doelen"


def _add_partner(request: Request, dossier: Dossier) -> Done:
    partner_pk, offer_pk = request.POST.get("partner", ""), request.POST.get("aanbod", "")
    if not partner_pk.isdecimal():
        raise Http404
    partner = partners.get_partner(request.actor, int(partner_pk))
    offer = partners.get_offer(request.actor, int(offer_pk)) if offer_pk.isdecimal() else None
    basics.add_partner(dossier, actor=request.actor, partner=partner, offer=offer)
    messages.success(request, _("De partner is toegevoegd."))
    _say_what_is_looked_at_anew(request, dossier)
    return "partners"


def _say_what_is_looked_at_anew(request: Request, dossier: Dossier) -> None:
    """That answers of the first step were found about other partners than there are now, or before
    there was one."""
    count, early = rescreening.waiting(dossier)
    if early:
        words = ngettext(
            "{count} antwoord van stap 1 en 2 gaven jullie voor de partner gekozen was. Het blijft "
            "staan: kijk het opnieuw na.",
            "{count} antwoorden van stap 1 en 2 gaven jullie voor de partner gekozen was. Ze "
            "blijven staan: kijk ze opnieuw na.",
            early,
        )
        messages.warning(request, words.format(count=early))
    if count:
        words = ngettext(
            "{count} antwoord van stap 1 en 2 ging over een andere partner. Het blijft staan: "
            "kijk het opnieuw na.",
            "{count} antwoorden van stap 1 en 2 gingen over een andere partner. Ze blijven staan: "
            "kijk ze opnieuw na.",
            count,
        )
        messages.warning(request, words.format(count=count))


def _drop_partner(request: Request, dossier: Dossier) -> Done:
    done = _drop(request, dossier, "partners", basics.remove_partner, "row")
    _say_what_is_looked_at_anew(request, dossier)
    return done


def _save_member(request: Request, dossier: Dossier, form: MemberForm) -> Done:
    if not form.is_valid():
        return ""
    basics.add_member(dossier, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("Je collega doet mee."))
    return "mensen"


def _named(request: Request, rows: Any) -> Any:
    """The row of this dossier that the form names, or 404."""
    number = request.POST.get("rij", "")
    if not number.isdecimal():
        raise Http404
    return get_object_or_404(rows, pk=int(number))


def _drop(
    request: Request, dossier: Dossier, name: str, act: Callable[..., None], argument: str
) -> Done:
    """Removes a row of the dossier that the form names."""
    row = _named(request, getattr(dossier, name))
    act(dossier, actor=request.actor, **{argument: row})
    messages.success(request, _("Weggehaald."))
    return ANCHORS[name]


@page("dossiers.edit")
def pick_partner(request: Request, pk: int) -> HttpResponse:
    """Search in the databank, to add a partner to this dossier."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.edit")
    text = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {"dossier": dossier, "text": text}
    if text:
        context["hits"] = partners.quick_search(request.actor, text, limit=12)
    else:
        context.update(_suggestions(request, dossier))
    template = "dossiers/pick_partner.html#found" if request.htmx else "dossiers/pick_partner.html"
    return render(request, template, context)


def _suggestions(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What the databank may have for this dossier, and what that was compared with."""
    found = suggesting.suggested(request.actor, dossier)
    cards = [
        {
            "offer": found.offers[suggestion.offered.key],
            "fits": suggestion.fits,
            "against": suggestion.against,
            "ask": suggestion.ask,
        }
        for suggestion in found.suggestions
    ]
    return {
        "suggested": found,
        "cards": cards,
        "asked": compared.asked(found.need, found.place),
        "missing": compared.missing(found.need, found.place),
    }
