"""The product's addresses and one form with a picker, for the tests of this folder."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from partnerwijzer.access.gate import page
from partnerwijzer.config.urls import urlpatterns as all_of_them
from partnerwijzer.goals.picker import GoalsField

TEMPLATE = """{% extends "ui/page.html" %}{% block title %}Proef{% endblock %}
{% block head %}<h1>Proef</h1>{% endblock %}{% block content %}
<form class="stack section" method="post">{% csrf_token %}{% once %}{% form_errors form %}
{% field form.title %}{% field form.goals %}{% button label="Bewaar" kind="primary" %}</form>
{% if saved %}<p role="status" id="saved">{{ saved }}</p>{% endif %}{% endblock %}"""


class ExampleForm(forms.Form):
    title = forms.CharField(label="Titel")
    goals = GoalsField(required=True)


@page("goals.search")
def example(request: HttpRequest) -> HttpResponse:
    form = ExampleForm(request.POST or None)
    saved = ""
    if form.is_valid():
        codes = sorted(str(goal.pk) for goal in form.cleaned_data["goals"])
        saved = f"{form.cleaned_data['title']}: {', '.join(codes)}"
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(template.render({"form": form, "saved": saved}, request))


urlpatterns = [path("proef/", example), *all_of_them]
