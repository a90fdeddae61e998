"""Small pages to try the script on: the addresses of the product, with some of our own."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from partnerwijzer.access.gate import Requirement
from partnerwijzer.ui import widgets

FRAME = (
    '{% extends "ui/page.html" %}{% block title %}Proef{% endblock %}'
    "{% block title_prefix %}{% if form.errors %}Fout: {% endif %}{% endblock %}"
    "{% block head %}<h1>Proef</h1>{% endblock %}{% block content %}BODY{% endblock %}"
)
FORM = (
    '<form class="stack" method="post" data-keep>{% csrf_token %}{% once %}'
    "{% form_errors form %}{% form_fields form %}"
    '{% button label="Bewaar" kind="primary" %}</form>'
    '<p id="aantal">{{ count }}</p><a href="/proef/klaar/">Elders</a>'
)
LIVE = (
    '<form method="get" action="/proef/lijst/" data-autosubmit>'
    '<label><input type="checkbox" name="thema" value="taal"> Taal</label></form>'
    '<div id="lijst"><a href="#" hx-get="/proef/stuk/" hx-target="#lijst">Nieuw</a></div>'
    '<a id="nee" href="#" hx-get="/proef/nee/" hx-target="#lijst">Mag niet</a>'
    "<p>{{ request.GET.thema }}</p>"
)
PICK = (
    '<form method="get" action="/proef/klaar/">'
    '{% combobox id="p" label="Partner" name="partner" address="/proef/voorstellen/" picks=True %}'
    '{% button label="Verder" %}</form>'
)
# How often the form was accepted; each test begins at nothing.
saved: list[str] = []


class Text(forms.Form):
    """What somebody types on a page; `fout` in the words is refused."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)
    words = forms.CharField(label="Woorden", widget=widgets.LongText, max_length=50)
    kind = forms.ChoiceField(
        label="Soort", choices=[("a", "Eerste"), ("b", "Tweede")], widget=forms.RadioSelect
    )
    secret = forms.CharField(label="Wachtwoord", widget=forms.PasswordInput, required=False)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if "fout" in words:
            raise forms.ValidationError("Dat kan niet.")
        return words


def draw(
    request: HttpRequest, body: str, frame: str = "ui/page.html", **context: Any
) -> HttpResponse:
    page = engines["django"].from_string(FRAME.replace("BODY", body).replace("ui/page.html", frame))
    return HttpResponse(page.render(context, request))


def text(request: HttpRequest) -> HttpResponse:
    form = Text(request.POST or None, initial={"words": "Begin", "version": 1})
    if request.method == "POST" and form.is_valid():
        saved.append(form.cleaned_data["words"])
        messages.success(request, "Bewaard.")
        return redirect("/proef/tekst/" if "hier" in saved[-1] else "/proef/klaar/")
    return draw(request, FORM, form=form, count=len(saved))


# The guard of privacy reads what is sent to pages of ours, and this one stands for one of them.
text.requirement = Requirement(None, "a trial")  # type: ignore[attr-defined]


def done(request: HttpRequest) -> HttpResponse:
    return draw(request, '<p id="klaar">Klaar</p>')


def told(request: HttpRequest, frame: str) -> HttpResponse:
    """A message, on a page with a button as its last thing."""
    messages.success(request, "Bedankt. Je hoort van de school wanneer je verwacht wordt.")
    button = '<p><button class="btn" type="button">Wis mijn gegevens</button></p>'
    return draw(request, f"{'<p>Tekst.</p>' * 12}{button}", frame=f"ui/{frame}.html")


def live(request: HttpRequest) -> HttpResponse:
    return draw(request, LIVE)


def piece(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Nieuw stuk</p>")


def pick(request: HttpRequest) -> HttpResponse:
    return draw(request, PICK)


def suggest(request: HttpRequest) -> HttpResponse:
    names = ["Schermlicht", "Brandscherm", "Taalkompas"]
    text = request.GET["partner-tekst"]
    rows = [SimpleNamespace(label=n, value=i) for i, n in enumerate(names, 7) if text in n.lower()]
    page = engines["django"].from_string("{% suggestions rows text=text id='p' %}")
    return HttpResponse(page.render({"rows": rows, "text": text}, request))


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("proef/tekst/", text),
    path("proef/klaar/", done),
    path("proef/gemeld/<slug:frame>/", told),
    path("proef/lijst/", live),
    path("proef/stuk/", piece),
    path("proef/nee/", refused),
    path("proef/kies/", pick),
    path("proef/voorstellen/", suggest),
    path("", include("partnerwijzer.config.urls")),
]
