"""Goals by activity, and how far the goals of a school are covered."""

import re
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.documents import delivery
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.exchange.sheets.workbook import Book
from partnerwijzer.quality import actions, queries
from partnerwijzer.quality.coverage import Coverage
from partnerwijzer.ui import schoolyear

_PAIR = re.compile(r"(\d{1,18})-(\d{1,18})")


@page("quality.view")
def activity_goals(request: Request, pk: int) -> HttpResponse:
    """Welke activiteit werkt aan welk doel?"""
    dossier = reading.get_dossier(request.actor, pk)
    if request.method == "POST":
        add, remove = _pairs(request, "doel"), _pairs(request, "was")
        actions.link_goals(dossier, actor=request.actor, add=add - remove, remove=remove - add)
        messages.success(request, _("Bewaard."))
        return redirect("quality:activity_goals", pk)
    links = queries.linked(request.actor, dossier)
    goals = list(queries.goals_of(request.actor, dossier))
    activities = queries.activities_of(request.actor, dossier)
    context = {
        "dossier": dossier,
        "goals": goals,
        "rows": [
            (activity, [(goal, (activity.pk, goal.pk) in links) for goal in goals])
            for activity in activities
        ],
        "without": [g for g in goals if not any(goal == g.pk for _activity, goal in links)],
        "may_edit": allowed(request.actor, "quality.edit", dossier),
    }
    return render(request, "quality/activity_goals.html", context)


def _pairs(request: Request, name: str) -> set[tuple[int, int]]:
    """What was ticked, or was ticked when the page was made: `activity-goal`."""
    found = (_PAIR.fullmatch(text) for text in request.POST.getlist(name)[:5000])
    return {(int(m[1]), int(m[2])) for m in found if m}


def _year(request: Request) -> int:
    text = request.GET.get("jaar", "")
    return int(text) if text.isdecimal() and len(text) == 4 else schoolyear.of(timezone.localdate())


@page("quality.school")
def coverage(request: Request) -> HttpResponse:
    """Aan welke doelen werken we met partners, en waar zit er een gat?"""
    school, year = queries.school_of(request.actor), _year(request)
    found = queries.coverage_of(request.actor, school, year)
    if request.GET.get("als") == "xlsx":
        name = _("doelen-{year}").format(year=schoolyear.label(year))
        return delivery.made(_as_workbook(found), name=f"{name}.xlsx", kind="xlsx")
    context = {
        "school": school,
        "found": found,
        "year": year,
        "label": schoolyear.label(year),
        "years": [(y, schoolyear.label(y)) for y in (year - 1, year, year + 1)],
    }
    return render(request, "quality/coverage.html", context)


def _as_workbook(found: Coverage) -> bytes:
    """One row for each goal, group, dossier and activity; and the areas with gaps."""
    book, file = Book(), BytesIO()
    heads = [_("Gebied"), _("Code"), _("Doel"), _("Groep"), _("Dossier"), _("Activiteit")]
    rows: list[list[Any]] = [
        [t.area, t.code, t.text, t.group.label, t.title, t.activity] for t in found.touches
    ]
    book.sheet(_("Doelen"), heads, rows)
    areas = [[row.area, *(c.worked_on + c.named for c in row.cells)] for row in found.rows]
    book.sheet(_("Overzicht"), [_("Gebied"), *found.groups], areas)
    book.write_to(file)
    return file.getvalue()
