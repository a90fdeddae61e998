"""The living style page, and what a form gets whose protection mark is out of date."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.ui import resend, samples


@page("ui.style")
def style(request: Request) -> HttpResponse:
    """Every component in every state. Its own search box answers with its sections."""
    if request.method == "POST":
        messages.success(request, _("Er is niets verwijderd: dit is maar de stijlpagina."))
        return redirect("ui:style")
    if request.htmx:
        return _sections_with(request, request.GET.get("zoek", ""))
    address = reverse("ui:style")
    context = {
        **samples.context(),
        "sections": _sections(),
        "style_url": address,
        "suggest_url": address,
    }
    return render(request, "ui/style.html", context)


def _sections_with(request: Request, text: str) -> HttpResponse:
    rows = [
        SimpleNamespace(label=title, href=f"#{key}", detail=_("op deze pagina"))
        for key, title, _file in _sections()
        if text.casefold() in title.casefold()
    ]
    return render(request, "ui/style/found.html", {"rows": rows, "text": text})


def _sections() -> list[tuple[str, str, str]]:
    """Anchor, title and template of each section."""
    titles = [
        ("kleur", _("Kleur"), "colour"),
        ("letter", _("Letter en schrijfwijze"), "type"),
        ("knoppen", _("Knoppen"), "buttons"),
        ("wegwijzers", _("Wegwijzers"), "signposts"),
        ("velden", _("Velden"), "fields"),
        ("keuzes", _("Keuzes"), "choices"),
        ("zoeken", _("Zoeken en filteren"), "searching"),
        ("merken", _("Status, oordeel en labels"), "marks"),
        ("stappen", _("De zes stappen"), "steps"),
        ("criterium", _("Criterium en bewijs"), "criterion"),
        ("mensen", _("Mensen, taken en geschiedenis"), "people"),
        ("kaarten", _("Kaarten en de drie maten"), "cards"),
        ("tabel", _("Tabel"), "table"),
        ("meldingen", _("Meldingen en voortgang"), "notices"),
        ("leeg", _("Leeg en te weinig"), "empty"),
        ("vensters", _("Vensters"), "dialogs"),
        ("tabbladen", _("Tabbladen en bladeren"), "tabs"),
        ("maand", _("Een maand"), "month"),
        ("kinderen", _("Antwoorden van kinderen"), "children"),
        ("figuren", _("Figuren"), "figures"),
    ]
    return [(key, title, f"ui/style/{file}.html") for key, title, file in titles]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale mark on a page of ours (signed out and in again in another tab) keeps the text."""
    if request.method == "POST" and resend.is_ours(request):
        return resend.page(request, signed_out=not request.user.is_authenticated)
    return render(request, "403.html", status=403)
