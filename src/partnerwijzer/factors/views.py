"""What makes this cooperation work: scoring it, seeing both sides, acting on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, allowed, page, public
from partnerwijzer.dossiers import casework, together
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, DossierPartner
from partnerwijzer.dossiers.queries import reading as dossiers
from partnerwijzer.factors import actions, board, moments, queries
from partnerwijzer.factors.forms import ActionForm, AskForm, HandOnForm, ScoreForm
from partnerwijzer.factors.models import Ask
from partnerwijzer.frameworks.schema.factors import Factors


def _content(dossier: Dossier) -> Factors:
    return casework.content(dossier).factors


def _moment(dossier: Dossier, key: str) -> str:
    """A moment of the content, or 404."""
    if key not in {m.key for m in _content(dossier).moments}:
        raise Http404
    return key


def _page(pk: int, moment: str, *, seen: bool = False) -> str:
    """`seen`: who looked at the others before scoring, goes on doing so."""
    more = "&toon=1" if seen else ""
    return f"{reverse('factors:overview', args=[pk])}?moment={moment}{more}"


@page("factors.view")
def overview(request: Request, pk: int) -> HttpResponse:
    """Werkt deze samenwerking? Seven factors, every side, at the moment that is looked at."""
    dossier = dossiers.get_dossier(request.actor, pk)
    opened = queries.open_moment(dossier) or moments.START
    moment = _moment(dossier, request.GET.get("moment") or opened)
    partners = list(queries.partner_rows(request.actor, dossier))
    asks = [a for a in queries.asks(request.actor, dossier) if a.moment == moment]
    form = _ask_form(request, partners, asks)
    seen = bool(request.GET.get("toon"))
    if request.method == "POST" and _act(request, dossier, moment, form):
        return redirect(_page(pk, moment, seen=seen))
    may_score = allowed(request.actor, "factors.score", dossier)
    mine = queries.my_score(request.actor, dossier, moment)
    context = {
        "dossier": dossier,
        "board": board.board_of(request.actor, dossier, moment, partners),
        "asks": asks,
        "moment": moment,
        "opened": opened,
        "form": form,
        "mine": mine,
        "may_score": may_score,
        "waits": may_score and mine is None and not seen,
    }
    return render(request, "factors/overview.html", context)


def _ask_form(request: Request, partners: list[DossierPartner], asks: list[Ask]) -> AskForm:
    """For the partners that did not answer yet."""
    answered = {a.row_id for a in asks if hasattr(a, "score")}
    return AskForm(
        request.POST if request.POST.get("deel") == "vraag" else None,
        rows=[row for row in partners if row.pk not in answered],
        asks=asks,
        several=len(partners) > 1,
    )


def _act(request: Request, dossier: Dossier, moment: str, form: AskForm) -> bool:
    part, key = request.POST.get("deel"), request.POST.get("rij", "")
    if part == "vraag":
        return form.is_valid() and _ask(request, dossier, moment, form)
    if not key.isdecimal():
        raise Http404
    if part == "intrekken":
        actions.withdraw(queries.get_ask(request.actor, dossier.pk, int(key)), actor=request.actor)
    elif part == "klaar":
        row = queries.get_action(request.actor, dossier.pk, int(key))
        actions.finish(row, actor=request.actor)
    else:
        raise Http404
    messages.success(request, _("Bewaard."))
    return True


def _ask(request: Request, dossier: Dossier, moment: str, form: AskForm) -> bool:
    whom = form.whom()
    try:
        actions.ask_each(dossier, actor=request.actor, moment=moment, whom=whom)
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False
    names = ", ".join(one.row.partner.name for one in whom)
    one, more = _("De mail naar de partner vertrekt."), _("De mails vertrekken: {names}.")
    messages.success(request, one if len(whom) == 1 else more.format(names=names))
    return True


@page("factors.score")
def score(request: Request, pk: int, moment: str) -> HttpResponse:
    """Wat zie jij? Three statements for each factor, for a colleague of the school."""
    dossier = dossiers.get_dossier(request.actor, pk, to="factors.score")
    _moment(dossier, moment)
    mine = queries.my_score(request.actor, dossier, moment)
    form = ScoreForm(
        request.POST or None,
        content=_content(dossier),
        side="school",
        given=mine.answers if mine else None,
    )
    if request.method == "POST" and form.is_valid():
        actions.score(dossier, actor=request.actor, moment=moment, answers=form.answers())
        messages.success(request, _("Bewaard. Hier zie je hoe de anderen het zien."))
        return redirect(_page(pk, moment))
    words = actions.words_of(dossier, moment)
    context = {"dossier": dossier, "form": form, "moment": moment, "words": words}
    return render(request, "factors/score.html", context)


@page("factors.act")
def plan(request: Request, pk: int, moment: str, factor: str) -> HttpResponse:
    """Wat doen jullie eraan? One action for a factor that asks for it."""
    dossier = dossiers.get_dossier(request.actor, pk, to="factors.act")
    found = next((f for f in _content(dossier).working_factors if f.key == factor), None)
    if found is None:
        raise Http404
    _moment(dossier, moment)
    form = ActionForm(
        request.POST or None,
        factor=found,
        colleagues=dossiers.colleagues(request.actor, dossier),
        initial={"owner": request.actor.user_id, "due": timezone.localdate() + moments.GRACE},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan(dossier, actor=request.actor, moment=moment, factor=factor, **form.facts())
        except NotAllowedNow as reason:
            form.add_error("owner", str(reason))
        else:
            messages.success(request, _("De actie staat bij de taken van wie ze trekt."))
            return redirect(_page(pk, moment, seen=True))
    context = {"dossier": dossier, "form": form, "factor": found, "moment": moment}
    return render(request, "factors/action.html", context)


@page("factors.act")
def hand_on(request: Request, pk: int, action_pk: int) -> HttpResponse:
    """Another colleague does what was agreed on."""
    row = queries.get_action(request.actor, pk, action_pk)
    dossier = dossiers.get_dossier(request.actor, pk, to="factors.act")
    people = dossiers.colleagues(request.actor, dossier).exclude(pk=row.owner_id)
    form = HandOnForm(request.POST or None, people=people, initial={"before": row.owner_id})
    back = _page(pk, row.moment, seen=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_on(row, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Doorgegeven. Je collega ziet het bij de eigen taken."))
        return redirect(back)
    context = {"dossier": dossier, "form": form, "what": row.what, "who": row.owner, "back": back}
    return render(request, "dossiers/hand_on.html", context)


@public("the partner scores by a secret link")
def partner_page(request: Request, token: str) -> HttpResponse:
    """The same statements, worded for the partner."""
    found = queries.by_token(request.actor, token)
    if found is None or not found.link.usable:
        return render(request, "dossiers/link_over.html", {"typed": []}, status=404)
    dossier = found.row.dossier
    given = getattr(found, "score", None)
    form = ScoreForm(
        request.POST or None,
        content=_content(dossier),
        side="partner",
        given=given.answers if given else None,
    )
    if request.method == "POST" and form.is_valid():
        actions.answer(found, actor=guest(found.link.name), answers=form.answers())
        messages.success(request, _("Bedankt. De school ziet wat jullie vinden."))
        return redirect("factors:partner_page", token)
    context = {
        "ask": found,
        "dossier": dossier,
        "form": form,
        "token": token,
        "given": given,
        "words": actions.words_of(dossier, found.moment),
        "moments": [(a, together.words(a)) for a in queries.moments_of(found)],
    }
    return render(request, "factors/partner.html", context)


@public("notes that the partner opened the page; the link is the key")
def partner_opened(request: Request, token: str) -> HttpResponse:
    """A small POST from the page itself: mail scanners only ask for the page."""
    found = queries.by_token(request.actor, token)
    if request.method == "POST" and found and found.link.usable:
        actions.note_opened(found, actor=guest(found.link.name))
    return HttpResponse(status=204)
