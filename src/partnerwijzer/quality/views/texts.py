"""The library of vision texts, by theme (K2)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.quality import actions, queries
from partnerwijzer.quality.forms import TextForm


@page("quality.texts")
def texts(request: Request) -> HttpResponse:
    """Welke tekst wijst de weg?"""
    theme = request.GET.get("thema", "")
    themes = vocabulary.choices("themes")
    found = queries.texts(request.actor, theme=theme if theme in dict(themes) else "")
    context = {
        "rows": [
            (row, vocabulary.labels("themes", row.themes),
             allowed(request.actor, "quality.keep", row))
            for row in found
        ],
        "themes": themes,
        "theme": theme,
        "may_keep": queries.owner_of(request.actor) is not None,
    }  # fmt: skip
    return render(request, "quality/texts.html", context)


@page("quality.keep")
def edit_text(request: Request, pk: int = 0) -> HttpResponse:
    """A text joins the library, changes or goes."""
    row = queries.get_text(request.actor, pk) if pk else None
    owner = (row.school or row.umbrella) if row else queries.owner_of(request.actor)
    if owner is None:
        raise Http404
    require(request.actor, "quality.keep", row or owner)
    if row and request.POST.get("wat") == "weg":
        actions.remove_text(row, actor=request.actor)
        messages.success(request, _("De tekst is uit de bibliotheek."))
        return redirect("quality:texts")
    form = TextForm(request.POST or None, instance=row)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            if row:
                fresh = queries.get_text(request.actor, pk)
                version = form.cleaned_data["version"] or 0
                actions.edit_text(fresh, actor=request.actor, version=version, facts=form.facts())
            else:
                actions.add_text(owner, actor=request.actor, facts=form.facts())
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Bewaard."))
            return redirect("quality:texts")
    context = {"row": row, "form": form, "conflict": conflict, "owner": owner}
    return render(request, "quality/text.html", context)
