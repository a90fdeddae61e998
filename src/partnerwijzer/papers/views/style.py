"""How papers of a school look: name, lines, logo, own Word templates."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery, docx_template, letterhead
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.documents.paper import Facts, Heading, Paper, Paragraph
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School
from partnerwijzer.papers.actions import style as actions
from partnerwijzer.papers.forms import LetterheadForm, TemplateForm
from partnerwijzer.papers.queries import style as queries

STYLE = "papers.style"


def _school(request: Request, pk: int) -> School:
    school = organisations.get_school(request.actor, pk)
    require(request.actor, STYLE, school)
    return school


@page(STYLE)
def style(request: Request, pk: int) -> HttpResponse:
    """Hoe zien onze documenten eruit?"""
    school = _school(request, pk)
    row = queries.letterhead_of(school)
    part = request.POST.get("deel", "")
    initial = {"version": row.version, "name": row.name, "lines": row.lines}
    form = LetterheadForm(*_sent(request, part == "hoofd"), initial=initial)
    upload = TemplateForm(*_sent(request, part == "sjabloon"))
    conflict = None
    if request.method == "POST":
        try:
            if _act(request, school, part, form, upload):
                return redirect("papers:style", pk)
        except Conflict as found:
            conflict = found.current
    context = {
        "school": school,
        "row": row,
        "form": form,
        "template_form": upload,
        "conflict": conflict,
        "templates": queries.templates_of(school),
        "placeholders": docx_template.PLACEHOLDERS.items(),
    }
    return render(request, "papers/style.html", context)


def _sent(request: Request, sent: bool) -> tuple[Any, Any]:
    """What a form is bound with: nothing where the other of the two was sent, not its files."""
    return (request.POST, request.FILES) if sent else (None, None)


def _act(
    request: Request, school: School, part: str, form: LetterheadForm, upload: TemplateForm
) -> bool:
    if part == "weg":
        key = request.POST.get("sjabloon", "")
        template = queries.get_template(school, int(key) if key.isdecimal() else 0)
        actions.remove_template(school, actor=request.actor, template=template)
        messages.success(request, _("Jullie documenten gebruiken weer onze opmaak."))
        return True
    if part == "hoofd":
        return _save_head(request, school, form)
    if part == "sjabloon":
        return _save_template(request, school, upload)
    raise Http404


def _save_head(request: Request, school: School, form: LetterheadForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_letterhead(school, actor=request.actor, **form.cleaned_data)
    except BadFile as refused:
        form.add_error("picture", refused)
        return False
    messages.success(request, _("Bewaard. Nieuwe documenten zien er zo uit."))
    return True


def _save_template(request: Request, school: School, form: TemplateForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.set_template(school, actor=request.actor, **form.cleaned_data)
    except BadFile as refused:
        form.add_error("upload", refused)
        return False
    messages.success(request, _("Jullie sjabloon wordt nu gebruikt."))
    return True


@page(STYLE)
def logo(request: Request, pk: int) -> HttpResponseBase:
    """The logo as it stands on papers."""
    row = queries.letterhead_of(_school(request, pk))
    if row.logo is None:
        raise Http404
    return delivery.response(row.logo, download=False)


@page(STYLE)
def example(request: Request, pk: int, kind: str) -> HttpResponse:
    """An example of the letterhead (pdf, docx), or a template to begin with (sjabloon)."""
    school = _school(request, pk)
    if kind == "sjabloon":
        return delivery.made(docx_template.example(), name=_("Sjabloon"), kind="docx")
    made = letterhead.made(_specimen(school), kind, school_id=school.pk)
    if made is None:
        raise Http404
    return delivery.made(made, name=_("Voorbeeld"), kind=kind)


def _specimen(school: School) -> Paper:
    blocks: tuple[Any, ...] = (
        Facts(((_("School"), school.name), (_("Partner"), _("een partner")))),
        Heading(_("Zo zien jullie documenten eruit")),
        Paragraph(_("Dit is een voorbeeld. Er staat niets van een dossier in.")),
    )
    return Paper(_("Voorbeeld van een document"), blocks, school=school.name)


@page(STYLE)
def template_file(request: Request, pk: int, template_pk: int) -> HttpResponseBase:
    """A template that the school added, to change it."""
    return delivery.response(queries.get_template(_school(request, pk), template_pk).file)
