"""Step 4: the ballot and the head's decision, with what the school council got beside it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.councils import kinds, terms
from partnerwijzer.documents import delivery
from partnerwijzer.dossiers import ballot, beside, casework, decision_page, told
from partnerwijzer.dossiers.actions import deciding, signing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.deciding import (
    ExtendForm,
    MorePeopleForm,
    OpenUpForm,
    PositionForm,
    QuestionForm,
    WithdrawForm,
)
from partnerwijzer.dossiers.forms.signing import (
    HandConditionForm,
    MeetForm,
    ReviewForm,
    SignForm,
    TakeOverForm,
)
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.dossiers.queries import council, reading
from partnerwijzer.dossiers.queries import deciding as queries

# Forms about the question that is open: each says in `beslissing` which one it means.
ABOUT_ONE = {
    "standpunt": "position_form",
    "beslis": "sign_form",
    "tijd": "extend_form",
    "erbij": "people_form",
    "open": "open_form",
    "overnemen": "take_over_form",
    "intrekken": "withdraw_form",
}
# How long colleagues get by default; the template of the framework may ask for longer.
USUAL_DAYS = 7
# By when a condition is met by default.
CONDITION_DAYS = 30


@page("dossiers.view")
def decision(request: Request, pk: int) -> HttpResponse:
    """Doen we het? The open question, or the decision that stands, with the council beside it."""
    dossier = (
        reading.get_whole(request.actor, pk)
        if request.method == "POST"
        else reading.get_page(request.actor, pk, reading.MEMBERS)
    )
    every = queries.shown(request.actor, dossier)
    current = next((d for d in every if d.decided_at is None and d.withdrawn_at is None), None)
    forms = _forms(request, dossier, current)
    if request.method == "POST":
        try:
            if _save(request, dossier, current, forms):
                return redirect("dossiers:decision", pk)
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
    context = _context(request, dossier, every, current, forms)
    context["typed"] = _typed(request, context)
    return render(request, "dossiers/decision.html", context)


def _typed(request: Request, context: dict[str, Any]) -> list[str]:
    """What was typed in a form that the page does not show any more, to copy it."""
    meant = _is_about(request, context["current"])
    part = request.POST.get("deel", "")
    shown = {
        "vraag": "question_form" in context,
        "standpunt": meant and "position_form" in context and not context["is_over"],
        "opnieuw": "review_form" in context,
        "voorwaarde": bool(context["signed"]),
    }
    if shown.get(part, meant if part in ABOUT_ONE else True):
        return []
    names = ["question", "reason", "reasons", "interest", "why", "words", "note"]
    names += [f"text_{row}" for row in range(1, 6)]
    return [text for text in (request.POST.get(n, "") for n in names) if text.strip()]


def _is_about(request: Request, current: Decision | None) -> bool:
    """Whether what was sent is about the question that is open now. The page that it came from may
    be older than a signature, and than a new question after it."""
    return current is not None and request.POST.get("beslissing", "") == str(current.pk)


def _meant(request: Request, current: Decision | None) -> Decision:
    """The question that the form was about, as long as it is open."""
    if current is None:
        raise NotAllowedNow(
            _("Deze vraag is intussen beslist of ingetrokken. Wat je stuurde, is niet bewaard.")
        )
    if not _is_about(request, current):
        raise NotAllowedNow(
            _(
                "Intussen ligt er een nieuwe vraag voor. Wat je stuurde, ging over de vorige vraag "
                "en is niet bewaard."
            )
        )
    return current


def _forms(request: Request, dossier: Dossier, current: Decision | None) -> dict[str, Any]:
    part = request.POST.get("deel", "")

    def sent(name: str) -> Any:
        old = name in ABOUT_ONE and not _is_about(request, current)
        return request.POST if part == name and not old else None

    forms: dict[str, Any] = {
        "meet_form": MeetForm(sent("voorwaarde"), auto_id="id_voorwaarde_%s"),
        "review_form": ReviewForm(sent("opnieuw"), auto_id="id_opnieuw_%s"),
    }
    colleagues = reading.colleagues(request.actor, dossier)
    if current is None:
        heads = reading.heads(request.actor, dossier)
        forms["question_form"] = QuestionForm(
            sent("vraag"),
            content=casework.content(dossier),
            colleagues=colleagues,
            heads=heads,
            initial=_first_question(request, dossier, [user.pk for user in heads]),
        )
        return forms
    return forms | _forms_of(request, dossier, current, sent, colleagues)


def _forms_of(
    request: Request, dossier: Dossier, current: Decision, sent: Callable[[str], Any], people: Any
) -> dict[str, Any]:
    """The forms about the question that is open."""
    vocab = casework.content(dossier).vocab
    asked = {position.user_id for position in current.positions.all()}
    if current.hidden == "own-first":  # who signs reads along: too late to be asked
        asked.add(current.signer_id)
    mine = next((p for p in current.positions.all() if p.user_id == request.actor.uid), None)
    forms: dict[str, Any] = {
        "extend_form": ExtendForm(sent("tijd"), initial={"closes_on": current.closes_on}),
        "people_form": MorePeopleForm(
            sent("erbij"), colleagues=people, but=asked, auto_id="id_erbij_%s"
        ),
        "open_form": OpenUpForm(sent("open"), hidden=current.hidden, auto_id="id_open_%s"),
        "withdraw_form": WithdrawForm(sent("intrekken"), auto_id="id_intrekken_%s"),
        "take_over_form": TakeOverForm(sent("overnemen"), auto_id="id_overnemen_%s"),
        "sign_form": SignForm(
            sent("beslis"),
            outcomes=vocab.decision_outcomes,
            colleagues=list(people),
            usual={
                "user": current.opened_by_id,
                "by_on": timezone.localdate() + timedelta(days=CONDITION_DAYS),
            },
            initial={"interest": mine.interest if mine else ""},
            auto_id="id_beslis_%s",
        ),
    }
    if mine is not None:
        forms["position_form"] = PositionForm(
            sent("standpunt"),
            way=vocab.decision_template[current.template],
            initial={"option": mine.option, "reason": mine.reason, "interest": mine.interest},
        )
    return forms


def _first_question(request: Request, dossier: Dossier, heads: list[int]) -> dict[str, Any]:
    """A first question: colleagues who work on the dossier are asked; the head who looks signs, or
    the only one there is."""
    names = _(" en ").join(p.partner.name for p in dossier.partners.all())
    mine = request.actor.uid if request.actor.uid in heads else None
    return {
        "question": _("Gaan we samenwerken met {names}?").format(names=names or _("deze partner")),
        "template": "advice",
        "closes_on": timezone.localdate() + timedelta(days=USUAL_DAYS),
        "people": [m.user_id for m in dossier.members.all() if m.user_id not in heads],
        "signer": mine or (heads[0] if len(heads) == 1 else None),
    }


def _save(
    request: Request, dossier: Dossier, current: Decision | None, forms: dict[str, Any]
) -> bool:
    part = request.POST.get("deel", "")
    acts: dict[str, Callable[[], bool]] = {
        "vraag": lambda: _open(request, dossier, forms.get("question_form")),
        "standpunt": lambda: _position(request, current, forms.get("position_form")),
        "beslis": lambda: _sign(request, current, forms.get("sign_form")),
        "sluit": lambda: _close(request, current),
        "voorwaarde": lambda: _condition(request, dossier, forms["meet_form"]),
        "opnieuw": lambda: _review(request, dossier, forms["review_form"]),
    }
    if part in STEPS:
        return _step(request, current, part, forms.get(ABOUT_ONE[part]))
    if part not in acts:
        raise Http404
    return acts[part]()


def _open(request: Request, dossier: Dossier, form: QuestionForm | None) -> bool:
    if form is None:
        raise NotAllowedNow(_("Er loopt al een vraag. Beslis die eerst, of trek ze in."))
    if not form.is_valid():
        return False
    deciding.open_decision(dossier, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("De vraag ligt voor. Je collega’s zien ze bij ‘Dit wacht op jou’."))
    return True


def _position(request: Request, current: Decision | None, form: PositionForm | None) -> bool:
    mine = queries.my_position(request.actor, _meant(request, current))
    if mine is None or form is None or not form.is_valid():
        return False
    deciding.give_position(mine, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("Je standpunt is bewaard. Je kunt het nog aanpassen."))
    return True


def _sign(request: Request, current: Decision | None, form: SignForm | None) -> bool:
    decision = _meant(request, current)
    if form is None or not form.is_valid():
        return False
    try:
        deciding.sign_decision(decision, actor=request.actor, **form.what())
    except NotAllowedNow as reason:
        form.add_error("outcome", str(reason))
        return False
    messages.success(request, _("De beslissing is ondertekend en verandert niet meer."))
    return True


def _close(request: Request, current: Decision | None) -> bool:
    deciding.close_positions(_meant(request, current), actor=request.actor)
    messages.success(request, _("De standpunten zijn gesloten."))
    return True


# What else can be done with the question that is open: the action, and what is said afterwards.
STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "tijd": (deciding.extend_decision, gettext_lazy("Je collega’s hebben meer tijd.")),
    "erbij": (deciding.ask_more_people, gettext_lazy("De vraag ligt ook bij hen.")),
    "open": (deciding.open_up, gettext_lazy("Meer mensen lezen nu mee.")),
    "overnemen": (signing.take_over, gettext_lazy("Jij ondertekent deze beslissing.")),
    "intrekken": (
        deciding.cancel_decision,
        gettext_lazy("De vraag is ingetrokken. Wat collega’s zeiden, blijft bewaard."),
    ),
}


def _step(request: Request, current: Decision | None, part: str, form: Any) -> bool:
    decision = _meant(request, current)
    if form is None or not form.is_valid():
        return False
    act, said = STEPS[part]
    try:
        act(decision, actor=request.actor, **form.cleaned_data)
    except NotAllowedNow as reason:
        form.add_error(next(iter(form.fields)), str(reason))
        return False
    messages.success(request, str(said))
    return True


def _condition(request: Request, dossier: Dossier, form: MeetForm) -> bool:
    """A condition is met, or was not met after all."""
    key = request.POST.get("voorwaarde", "")
    if not key.isdecimal() or not form.is_valid():
        return False
    condition = queries.get_condition(request.actor, dossier.pk, int(key))
    if request.POST.get("terug"):
        signing.reopen_condition(condition, actor=request.actor)
        messages.success(request, _("De voorwaarde staat weer open."))
    else:
        note = form.cleaned_data["note"]
        signing.meet_condition(condition, actor=request.actor, note=note)
        messages.success(request, _("De voorwaarde is in orde."))
    return True


@page("dossiers.condition")
def hand_condition(request: Request, pk: int, condition_pk: int) -> HttpResponse:
    """Another colleague sees to a condition of a decision."""
    condition = queries.get_condition(request.actor, pk, condition_pk)
    require(request.actor, "dossiers.condition", condition)
    dossier = reading.get_dossier(request.actor, pk)
    people = reading.colleagues(request.actor, dossier).exclude(pk=condition.user_id)
    initial = {"before": condition.user_id}
    form = HandConditionForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            signing.hand_condition(condition, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Doorgegeven. Je collega ziet het bij de eigen taken."))
        return redirect("dossiers:decision", pk)
    context = {"dossier": dossier, "form": form, "what": condition.text, "who": condition.user}
    return render(request, "dossiers/hand_on.html", context)


def _review(request: Request, dossier: Dossier, form: ReviewForm) -> bool:
    key = request.POST.get("beslissing", "")
    if not key.isdecimal() or not form.is_valid():
        return False
    found = queries.get_decision(request.actor, dossier.pk, int(key))
    signing.note_review(found, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("Bewaard. De beslissing blijft staan."))
    return True


def _context(
    request: Request,
    dossier: Dossier,
    every: list[Decision],
    current: Decision | None,
    forms: dict[str, Any],
) -> dict[str, Any]:
    content = casework.content(dossier)
    vocab = content.vocab
    staff = reading.staff_keys(request.actor, dossier)
    way = vocab.decision_template[current.template] if current else None
    test = council.tested(dossier)
    against = council.contradiction(dossier, test)
    return {
        "remarks": beside.remarks_on(request.actor, dossier),
        "dossier": dossier,
        "current": current,
        "is_over": bool(current and current.is_over),
        "late_words": ballot.late_words(current.hidden) if current else "",
        "ballot": decision_page.shown(request.actor, current, way, staff)
        if current and way
        else None,
        "signs": bool(current and current.signer_id == request.actor.uid),
        "others_sign": _others_sign(request, dossier, current, forms.get("sign_form")),
        "signer_left": bool(current and current.signer_id not in staff),
        "signed": decision_page.signed(every, vocab),
        "withdrawn": [d for d in every if d.withdrawn_at],
        "obstacles": deciding.obstacles(dossier),
        "council_items": council.items_of(dossier),
        "council_advised": council.advised(dossier),
        "main_body": told.of(dossier, "main_body"),
        "council_test": test,
        "contradiction": against,
        "contradiction_words": council.contradiction_words(against) if against else "",
        "start_words": kinds.start_words(terms.CONSULTATION),
        "disagreement": content.governance.council_disagreement,
        "may": {
            name: allowed(request.actor, f"dossiers.{name}", dossier)
            for name in ("propose", "decide", "council", "confirm")
        }
        | {"steer": bool(current and allowed(request.actor, "dossiers.steer", current))},
        "about_condition": request.POST.get("voorwaarde", ""),
        **forms,
    }


def _others_sign(
    request: Request, dossier: Dossier, current: Decision | None, form: SignForm | None
) -> str | None:
    """Who could sign instead of a head with an interest, in words; nothing without an interest."""
    if current is None or current.signer_id != request.actor.uid or form is None:
        return None
    if not form["interest"].value():
        return None
    heads = reading.heads(request.actor, dossier)
    names = [user.name for user in heads if user.pk != request.actor.uid]
    if not names:
        return _(
            "Er is geen andere directie in jullie school. Leg de beslissing voor aan het bestuur, "
            "en schrijf bij ‘Waarom’ wat het zei."
        )
    return _(
        "Laat liever iemand anders ondertekenen: {names}. Dat kan op deze bladzijde, bij "
        "‘Onderteken in de plaats’. Of leg het voor aan het bestuur."
    ).format(names=_(" of ").join(names))


@page("dossiers.view")
def decision_file(request: Request, pk: int, decision_pk: int, kind: str) -> FileResponse:
    """The record as PDF or DOCX."""
    found = queries.get_decision(request.actor, pk, decision_pk)
    stored = {"pdf": found.pdf, "docx": found.docx}.get(kind)
    if stored is None:
        raise Http404
    return delivery.response(stored)
