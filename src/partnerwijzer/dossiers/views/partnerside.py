"""The partner's side of the agreement, by a secret link and without account."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, public
from partnerwijzer.documents import arriving, delivery
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.dossiers import wording
from partnerwijzer.dossiers.actions import agreeing, checkpoints, conversing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.agreeing import ConfirmForm
from partnerwijzer.dossiers.forms.conversing import MessageForm, PartnerLookedForm
from partnerwijzer.dossiers.models import AgreementVersion
from partnerwijzer.dossiers.queries import agreeing as queries
from partnerwijzer.dossiers.queries.agreeing import Door
from partnerwijzer.dossiers.views.agreeing import version_file


@public("the partner reads and confirms by a secret link")
def partner_page(request: Request, token: str) -> HttpResponse:
    """The agreement as the partner sees it: read, confirm, or ask for a change."""
    door = queries.by_token(request.actor, token)
    if door is None or not door.is_open:
        over = {"typed": _typed(request)}
        return render(request, "dossiers/link_over.html", over, status=404)
    about_day = "dag" in request.POST
    form = ConfirmForm(
        None if about_day else request.POST or None, initial={"name": door.link.name}
    )
    if about_day and _looked(request, door):
        return redirect("dossiers:partner_page", token)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, door, form.cleaned_data["name"])
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        else:
            return redirect("dossiers:partner_page", token)
    context = {**_context(request, door), "token": token, "form": form}
    return render(request, "dossiers/partner_page.html", context)


def _context(request: Request, door: Door) -> dict[str, Any]:
    version = door.version
    earlier = [v for v in queries.shown_to_partner(door) if v.number < version.number]
    changes = wording.changes(earlier[0].content, version.content) if earlier else []
    newer = version.agreement.versions.filter(number__gt=version.number).exists()
    asks = door.may_answer and not newer and version.partner_confirmed_at is None
    keys = {change.key: change for change in changes}
    days = _days(request, door)
    kept = not days["day_gone"] if "dag" in request.POST else asks  # in a form on this page
    return {
        "version": version,
        "dossier": version.agreement.dossier,
        "partner": version.agreement.partner,
        "link": door.link,
        "newer": newer,
        "asks": asks,
        "changes": changes,
        "gone": [change for change in changes if change.kind == "removed"],
        "before": earlier[0] if earlier else None,
        "earlier": earlier,
        "clauses": [
            (c, request.POST.get(f"wens.{c['key']}", ""), keys.get(c["key"]))
            for c in version.content
        ],
        "asked": version.changes.select_related("answer")
        if version.partner_confirmed_at is None
        else [],
        **days,
        "typed": [] if kept else _typed(request),
        "messages_count": queries.conversation(version.agreement).count(),
    }


def _days(request: Request, door: Door) -> dict[str, Any]:
    """When both look together: what is asked of the partner now comes with a form, all on top."""
    sent = request.POST.get("dag", "")
    every = queries.days_of(door, timezone.localdate())
    forms = {row.pk: _day_form(request, door, row.pk, sent) for row, asked in every if asked}
    return {
        "days": [{"row": row, "form": forms.get(row.pk)} for row, _asked in every],
        "days_wait": bool(forms),
        "day_gone": bool(sent) and sent not in map(str, forms),
        "days_wrong": any(form.errors for form in forms.values()),
    }


def _day_form(request: Request, door: Door, key: int, sent: str) -> PartnerLookedForm:
    return PartnerLookedForm(
        request.POST if sent == str(key) else None,
        initial={"name": door.link.name},
        auto_id=f"dag{key}_%s",
    )


def _looked(request: Request, door: Door) -> bool:
    """Notes that both sides looked together; whether that went well."""
    sent = request.POST["dag"]
    found = queries.day_of(door, int(sent)) if sent.isdecimal() and len(sent) < 12 else None
    if found is None:
        raise Http404
    form = _day_form(request, door, found.pk, sent)
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        checkpoints.note_looked_by_partner(found, actor=guest(given["name"]), note=given["note"])
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
        return False
    messages.success(request, _("Genoteerd. De school ziet het ook."))
    return True


def _typed(request: Request) -> list[str]:
    """What the partner wrote where there is no place for it any more, to copy it."""
    texts = [
        value
        for key, value in request.POST.items()
        if key.startswith("wens.") or key in ("text", "note")
    ]
    return [text for text in texts if isinstance(text, str) and text.strip()]


def _answer(request: Request, door: Door, name: str) -> None:
    actor, version = guest(name), door.version
    wishes = {
        key.removeprefix("wens.").replace("*", ""): value
        for key, value in request.POST.items()
        if key.startswith("wens.") and isinstance(value, str)
    }
    if "bevestig" in request.POST:
        if any(text.strip() for text in wishes.values()):
            raise NotAllowedNow(
                _("Je schreef nog een wijziging. Stuur ze, of maak dat vak leeg en bevestig.")
            )
        agreeing.confirm_by_partner(version, actor=actor, name=name, by=door.link)
        messages.success(request, _("Bedankt. De school ziet dat je bevestigde."))
        return
    agreeing.ask_change(version, actor=actor, name=name, wishes=wishes, by=door.link)
    messages.success(
        request, _("Je vraag is bij de school. Je krijgt een antwoord of een nieuwe versie.")
    )


@public("notes that the partner opened the page; the link is the key")
def partner_opened(request: Request, token: str) -> HttpResponse:
    """A small POST from the page itself: mail scanners only ask for the page."""
    door = queries.by_token(request.actor, token)
    if request.method == "POST" and door and door.is_open:
        agreeing.note_opened(door.version, actor=guest(door.link.name))
    return HttpResponse(status=204)


@public("the files of the agreement for who holds the secret link")
def partner_file(request: Request, token: str, kind: str) -> FileResponse:
    return version_file(_door(request, token).version, kind)


def _door(request: Request, token: str) -> Door:
    """Who holds a link that works; 404 for others."""
    door = queries.by_token(request.actor, token)
    if door is None or not door.is_open:
        raise Http404
    return door


@public("an earlier version that the partner got, for who holds the secret link")
def partner_version(request: Request, token: str, number: int) -> HttpResponse:
    """What was agreed before stays readable, by name and date."""
    door = _door(request, token)
    version = _earlier(door, number)
    context = {
        "version": version,
        "token": token,
        "dossier": door.version.agreement.dossier,
        "partner": door.version.agreement.partner,
    }
    return render(request, "dossiers/partner_version.html", context)


def _earlier(door: Door, number: int) -> AgreementVersion:
    found = queries.shown_to_partner(door).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@public("questions and answers for who holds the secret link")
def partner_conversation(request: Request, token: str) -> HttpResponse:
    """The conversation as the partner sees it."""
    door = queries.by_token(request.actor, token)
    if door is None or not door.is_open:
        over = {"typed": _typed(request)}
        return render(request, "dossiers/link_over.html", over, status=404)
    form = MessageForm(
        request.POST or None,
        request.FILES or None,
        with_name=True,
        too_large=arriving.was_refused(request),
        initial={"name": door.link.name},
    )
    if request.method == "POST" and form.is_valid() and _talk(request, door, form):
        return redirect("dossiers:partner_conversation", token)
    context = {
        "form": form,
        "token": token,
        "dossier": door.version.agreement.dossier,
        "partner": door.version.agreement.partner,
        "lines": queries.conversation(door.version.agreement),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/partner_conversation.html", context, status=status)


def _talk(request: Request, door: Door, form: MessageForm) -> bool:
    given = form.cleaned_data
    try:
        conversing.write_for_partner(
            door.version.agreement,
            actor=guest(given["name"]),
            text=given["text"],
            files=given["attachments"],
        )
    except BadFile as reason:
        form.add_error("attachments", str(reason))
        return False
    messages.success(request, _("Je bericht is bij de school."))
    return True


@public("notes that the partner saw the conversation; the link is the key")
def partner_seen(request: Request, token: str) -> HttpResponse:
    """A small POST from the page itself: then no mail is needed about what stands there."""
    door = queries.by_token(request.actor, token)
    if request.method == "POST" and door and door.is_open:
        conversing.note_seen(door.version.agreement, actor=guest(door.link.name))
    return HttpResponse(status=204)


@public("a file of the conversation for who holds the secret link")
def partner_attachment(request: Request, token: str, file_pk: int) -> FileResponse:
    found = queries.file_of(_door(request, token), file_pk)
    if found is None:
        raise Http404
    return delivery.response(found.file)
