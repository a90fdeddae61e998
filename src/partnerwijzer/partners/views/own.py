"""For the organisation itself, by its personal link: what schools read, and what it says."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor, guest
from partnerwijzer.access.gate import Request, public
from partnerwijzer.access.versions import Conflict
from partnerwijzer.partners import actions, queries, values, wording
from partnerwijzer.partners.forms import (
    Asking,
    OwnForm,
    ReplyForm,
    ReportForm,
)
from partnerwijzer.partners.models import Offer, Partner, ProfileLink, Proposal, Recognition
from partnerwijzer.partners.views.keeping import overtaken

UP = "../"
GONE = "gone"
# What one writes in sentences: these texts are not lost with the link.
WRITTEN = (
    "text", "title", "description", "regions", "commercial_note", "ideological_note", "price_note",
    "says", "words",
)  # fmt: skip
Show = Callable[[Request, ProfileLink], HttpResponse]


def with_link(request: Request, token: str, show: Show) -> HttpResponse:
    """The page where the link works; else a page that says that it does not. The address that one
    is led to afterwards is a relative one: the secret is kept nowhere."""
    row = queries.by_profile_token(token)
    if row is None or not row.link.usable:
        return _over(request)
    try:
        return show(request, row)
    except actions.LinkOver:
        return _over(request)


def _over(request: Request) -> HttpResponse:
    """The link does not work; what somebody typed just before stands there to copy."""
    texts = [text for name in WRITTEN for text in request.POST.getlist(name) if text.strip()]
    return render(request, "partners/own_over.html", {"texts": texts}, status=404)


def base(request: Request, row: ProfileLink) -> dict[str, Any]:
    """What every page of the organisation needs."""
    assert request.resolver_match is not None
    token = request.resolver_match.kwargs["token"]
    return {"row": row, "token": token, "partner": row.partner}


def speaker(row: ProfileLink) -> Actor:
    return guest(row.link.name)


@public("the organisation sees its own page by a secret link")
def own(request: Request, token: str) -> HttpResponse:
    """What schools read about this organisation; where it changes that and answers."""
    return with_link(request, token, _own)


def _own(request: Request, row: ProfileLink) -> HttpResponse:
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        actions.note_profile_opened(row, actor=speaker(row))
        if form.is_valid() and _answer(request, row, form):
            return HttpResponseRedirect("./")
    answering = "" if form.has_error(NON_FIELD_ERRORS, GONE) else request.POST.get("ervaring", "")
    partner = row.partner
    proposals, replies = queries.own_waiting(row)
    facts, offers = queries.statements_of(partner)
    names = field_names()
    context = {
        **base(request, row),
        "mark": queries.own_mark(row),
        "facts": [
            {"label": names[n], "value": wording.fact(partner, n), "statement": facts.get(n)}
            for n in actions.OWN_FIELDS
        ],
        "offers": [
            {"offer": o, "line": wording.offer_line(o), "price": wording.price(o),
             "statement": offers.get(o.pk), "rung": wording.rung(o.grounding)}
            for o in queries.own_offers(row)
        ],
        "voices": queries.voices_of(row),
        "form": form,
        "answering": answering,
        "proposals": [(p, _changes(p, names)) for p in proposals],
        "replies": replies,
        "reports": queries.own_reports(row),
        "general": queries.replies_to_all(partner),
        "recognitions": [
            (r, wording.recognition(r), wording.recognition_state(r))
            for r in partner.recognitions.all()
        ],
    }  # fmt: skip
    return render(request, "partners/own.html", context, status=422 if form.errors else 200)


def field_names() -> dict[str, str]:
    """What each fact of a partner or an offer is called."""
    return {
        field.name: str(getattr(field, "verbose_name", field.name))
        for model in (Recognition, Offer, Partner)
        for field in model._meta.get_fields()
    }


def _changes(row: Proposal, names: dict[str, str]) -> list[tuple[str, str]]:
    """What was asked, in words: what it is called, and the value."""
    kind = type(row.about)
    return [
        (names.get(name, name), wording.in_words(kind, name, after))
        for name, (_before, after) in row.changes.items()
    ]


def _answer(request: Request, row: ProfileLink, form: ReplyForm) -> bool:
    """Whether it was saved; a school may have taken its experience back meanwhile."""
    number = request.POST.get("ervaring", "")
    try:
        experience = queries.voice_to_answer(row, int(number)) if number.isdecimal() else None
    except Http404:
        words = _("Deze ervaring is er niet meer. Stuur je tekst als antwoord op alles samen.")
        form.add_error(None, ValidationError(words, code=GONE))
        return False
    text = form.cleaned_data["text"]
    actions.reply(row, actor=speaker(row), text=text, experience=experience)
    messages.success(
        request, _("Dank je. Je antwoord staat er na een korte blik op persoonsgegevens.")
    )
    return True


@public("the organisation changes its own facts by a secret link")
def own_facts(request: Request, token: str) -> HttpResponse:
    return with_link(request, token, _own_facts)


def _own_facts(request: Request, row: ProfileLink) -> HttpResponse:
    asked = queries.asked_of(row.partner)
    form = OwnForm(request.POST or None, instance=row.partner, actor=speaker(row), asked=asked)
    status, more = 200, dict[str, Any]()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _facts_saved(request, row, form)
            except Conflict as conflict:
                status, more = 409, own_overtaken(form, conflict, asked)
    waits = asked_in_words(row.partner, asked)
    context = {**base(request, row), "form": form, "asked": waits, **more}
    return render(request, "partners/own_facts.html", context, status=status)


def _facts_saved(request: Request, row: ProfileLink, form: OwnForm) -> HttpResponse:
    changed, proposal = actions.say_of_itself(
        row,
        actor=speaker(row),
        version=form.read_version,
        waiting=form.read_waiting,
        facts=form.facts(),
    )
    if proposal is not None:
        messages.info(
            request, _("Een deel wacht op nazicht: je naam, of wat een school al nakeek.")
        )
    if changed or proposal is None:
        messages.success(request, _("Bewaard. Scholen lezen dit zo."))
    return HttpResponseRedirect(UP)


def own_overtaken(form: Asking, conflict: Conflict, asked: queries.Asked) -> dict[str, Any]:
    """Both texts; the form goes on from what is there and what waits now."""
    found = overtaken(form, conflict)
    form.data["waiting"] = str(asked.newest)  # type: ignore[index]
    return found


def asked_in_words(about: values.About, asked: queries.Asked) -> list[tuple[str, str, str]]:
    """What waits, in words: what it is called, what stands there now, what was asked."""
    names = field_names()
    kind = type(about)
    return [
        (
            names.get(name, name),
            wording.in_words(kind, name, values.value_of(about, name)),
            wording.in_words(kind, name, after),
        )
        for name, (_before, after) in asked.changes.items()
    ]


@public("the organisation reports something by a secret link")
def own_report(request: Request, token: str) -> HttpResponse:
    return with_link(request, token, _own_report)


def _own_report(request: Request, row: ProfileLink) -> HttpResponse:
    number = request.GET.get("ervaring", "")
    if number and not number.isdecimal():
        raise Http404
    form = ReportForm(request.POST or None)
    experience = None
    try:
        experience = queries.voice_to_answer(row, int(number)) if number else None
    except Http404:
        if request.method != "POST":
            raise
        words = _("Deze ervaring is er niet meer. Je kunt je tekst nog over iets anders melden.")
        form.add_error(None, ValidationError(words, code=GONE))
    if request.method == "POST" and form.is_valid():
        thing = f"experience:{experience.pk}" if experience else "partner"
        actions.report_as_partner(row, actor=speaker(row), thing=thing, **form.cleaned_data)
        messages.success(request, _("Dank je. De koepel kijkt het na."))
        return HttpResponseRedirect(UP)
    status = 422 if request.method == "POST" else 200
    words = experience.advice if experience else row.partner.name
    context = {**base(request, row), "form": form, "thing": words}
    return render(request, "partners/own_report.html", context, status=status)


@public("notes that the organisation opened its page; the link is the key")
def own_opened(request: Request, token: str) -> HttpResponse:
    """A small POST from the page itself: mail scanners only ask for the page."""
    row = queries.by_profile_token(token)
    if request.method == "POST" and row is not None and row.link.usable:
        actions.note_profile_opened(row, actor=speaker(row))
    return HttpResponse(status=204)
