"""Step 3: the agreement, for the school. The partner's side is in partnerside.py."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import arriving, delivery
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.dossiers import casework, drafting, leftover, ownblocks, wording
from partnerwijzer.dossiers.actions import agreeing, checkpoints, conversing, partneragenda
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.checkpoints import AHEAD_DAYS
from partnerwijzer.dossiers.forms.agreeing import DraftForm, SendForm
from partnerwijzer.dossiers.forms.conversing import LookedForm, MessageForm, WishForm
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementChange,
    AgreementCheckpoint,
    AgreementVersion,
    Dossier,
)
from partnerwijzer.dossiers.queries import agreeing as queries
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.partners.models import Partner

DRAFTS = ("bewaar", "maak", "moment")


@page("dossiers.view")
def agreements(request: Request, pk: int) -> HttpResponse:
    """What we agree with whom: one partner goes straight to its note."""
    dossier = reading.get_outline(request.actor, pk)
    rows = list(dossier.partners.all())
    if len(rows) == 1:
        return redirect("dossiers:agreement", pk, rows[0].pk)
    found = {a.partner_id: a for a in queries.agreements(request.actor, dossier)}
    context = {"dossier": dossier, "rows": [(r, found.get(r.partner_id)) for r in rows]}
    return render(request, "dossiers/agreements.html", context)


@page("dossiers.view")
def agreement(request: Request, pk: int, row_pk: int) -> HttpResponse:
    """The note with one partner: the draft, its versions, and what the partner says."""
    dossier = reading.get_outline(request.actor, pk, reading.MEMBERS, reading.GOALS)
    row = next((row for row in dossier.partners.all() if row.pk == row_pk), None)
    if row is None:
        raise Http404
    prefetch_related_objects([row.partner], "contacts")
    draft = _draft(dossier, row.partner)
    form = _draft_form(request, dossier, draft)
    conflict = None
    if request.method == "POST":
        try:
            if _act(request, dossier, draft, form):
                return redirect("dossiers:agreement", pk, row_pk)
        except Conflict as found:
            conflict = found.current
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        draft = _draft(dossier, row.partner)  # may be saved, also without a version
    context = {**_context(request, dossier, draft), "row": row, "form": form, "conflict": conflict}
    return render(request, "dossiers/agreement.html", context)


def _draft(dossier: Dossier, partner: Partner) -> Agreement:
    """As agreeing.draft_of, with all that the page shows of it."""
    return queries.with_versions(dossier, partner) or agreeing.new_draft(dossier, partner)


def _draft_form(request: Request, dossier: Dossier, draft: Agreement) -> DraftForm:
    sent = request.POST if request.POST.get("deel") in DRAFTS else None
    wanted = sent.getlist("blocks") if sent is not None else draft.blocks
    optional = drafting.optional_for(dossier, draft.partner_id)
    always = drafting.always_in(dossier, draft.partner_id)
    chosen = [b for b in optional if b.key in wanted]
    order = [b.key for b in (*casework.content(dossier).agreement.blocks,)]
    blocks = sorted((*always, *chosen), key=lambda b: order.index(b.key))
    return DraftForm(
        sent,
        blocks=blocks,
        optional=optional,
        chosen=list(wanted),
        values=draft.fields,
        own=ownblocks.choices(draft),
        earlier=queries.earlier(request.actor, dossier, draft.partner),
        people=[(str(u.pk), str(u)) for u in reading.colleagues(request.actor, dossier)],
        may_be_open=request.POST.get("deel") != "maak",
        more_moments=2 if request.POST.get("deel") == "moment" else 0,
        initial={
            "version": draft.version,
            "extra": draft.extra,
            "supersedes": draft.supersedes_id,
        },
    )


def _act(request: Request, dossier: Dossier, draft: Agreement, form: DraftForm) -> bool:
    part = request.POST.get("deel", "")
    if part == "moment":
        return False  # the page comes back with more rows and all that was typed
    if part in ("bewaar", "maak"):
        return _save(request, dossier, draft, form, fix=part == "maak")
    if part == "gekeken":
        return _looked(request, draft)
    if part == "agenda" and draft.pk is not None:
        return _no_agenda(request, draft)
    version = _version(request, draft)
    acts: dict[str, Callable[[], bool]] = {
        "stuur": lambda: _send(request, version),
        "intrekken": lambda: _withdraw(request, version),
        "bevestig": lambda: _confirm(request, version),
    }
    if part not in acts:
        raise Http404
    return acts[part]()


def _no_agenda(request: Request, draft: Agreement) -> bool:
    """The agenda of the partner follows no more."""
    partneragenda.end_for_school(draft, actor=request.actor)
    messages.success(request, _("De agenda van de partner leest niet meer mee."))
    return True


def _looked(request: Request, draft: Agreement) -> bool:
    """Notes that both sides looked together."""
    number, form = request.POST.get("dag", ""), LookedForm(request.POST)
    if not number.isdecimal() or draft.pk is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["note"])))
        return False  # the page comes back with what was typed
    found = queries.get_checkpoint(request.actor, draft, int(number))
    checkpoints.note_looked(found, actor=request.actor, note=form.cleaned_data["note"])
    messages.success(request, _("Genoteerd. De partner ziet het ook."))
    return True


def _version(request: Request, draft: Agreement) -> AgreementVersion:
    number = request.POST.get("versie", "")
    rows = draft.versions.select_related("link") if draft.pk else AgreementVersion.objects.none()
    found = rows.filter(number=int(number)).first() if number.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _save(
    request: Request, dossier: Dossier, draft: Agreement, form: DraftForm, *, fix: bool
) -> bool:
    if not form.is_valid():
        return False
    saved = agreeing.save_draft(
        dossier,
        actor=request.actor,
        partner=draft.partner,
        version=form.cleaned_data["version"],
        blocks=form.cleaned_data["blocks"],
        fields=form.values(),
        extra=form.cleaned_data["extra"],
        own_blocks=form.own_copies(),
        supersedes=form.cleaned_data.get("supersedes"),
    )
    if fix:
        return _fix(request, saved, form)
    messages.success(request, _("Bewaard."))
    return True


def _fix(request: Request, saved: Agreement, form: DraftForm) -> bool:
    """Makes a version of what was just saved; a refusal leaves all that was typed on the page."""
    note = request.POST.get("wijziging", "").strip()[:400]
    try:
        version = agreeing.fix_version(saved, actor=request.actor, change_note=note)
    except NotAllowedNow as reason:
        form.data = request.POST.copy()
        form.data["version"] = str(saved.version)
        form.add_error(None, _("De tekst is bewaard. {reason}").format(reason=reason))
        return False
    messages.success(
        request, _("Versie {number} is klaar om te sturen.").format(number=version.number)
    )
    return True


def _send(request: Request, version: AgreementVersion) -> bool:
    form = SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vul een naam en een geldig e-mailadres in."))
        return False
    agreeing.send_version(version, actor=request.actor, **form.cleaned_data)
    messages.success(request, _("De mail is onderweg. Je ziet hier wanneer hij geopend wordt."))
    return True


def _withdraw(request: Request, version: AgreementVersion) -> bool:
    agreeing.withdraw_version(version, actor=request.actor)
    messages.success(request, _("De link werkt niet meer."))
    return True


def _confirm(request: Request, version: AgreementVersion) -> bool:
    agreeing.confirm_for_school(version, actor=request.actor)
    messages.success(request, _("De school bevestigde deze versie."))
    return True


def _context(request: Request, dossier: Dossier, draft: Agreement) -> dict[str, Any]:
    versions = list(draft.versions.all()) if draft.pk is not None else []
    newest = versions[0] if versions else None
    holds = next((v for v in versions if getattr(v, "holds", False)), None)
    lost = queries.undelivered(versions)
    reaches = _reaches(draft, versions)
    may_send = newest is not None and agreeing.may_send(newest)
    contact = next((c for c in draft.partner.contacts.all() if c.email), None)
    return {
        "dossier": dossier,
        "draft": draft,
        "gaps": drafting.gaps(draft),
        "left": leftover.values(draft.fields, casework.content(dossier)),
        "versions": [{**_shown(v, versions, lost), "reaches": v is reaches} for v in versions],
        "newest": newest,
        "wishes": _wishes(newest),
        "holds": holds,
        "today": timezone.localdate(),
        "holds_title": _("Dit geldt nu")
        if dossier.closed_at is None
        else _("Dit gold op het einde"),
        **_days(request, queries.checkpoints_of(holds or newest), holds is not None, may_send),
        "last_said": getattr(draft, "last_said", None),
        "unread": getattr(draft, "unread", False),
        "followed": getattr(draft, "followed", False),
        "send_form": SendForm(
            request.POST if request.POST.get("deel") == "stuur" else None,
            initial={"name": contact.name, "email": contact.email} if contact else None,
        ),
        "change_note": request.POST.get("wijziging", ""),
        "may_send": may_send,
        "may": {n: allowed(request.actor, f"dossiers.{n}", dossier) for n in ("agree", "confirm")},
    }


def _days(
    request: Request, rows: Iterable[AgreementCheckpoint], holds: bool, may_send: bool
) -> dict[str, Any]:
    """The days on which both look; what was typed in a form that is not there any more, to copy."""
    sent = request.POST.get("dag", "") if request.POST.get("deel") == "gekeken" else ""
    days = [_day(request, row, sent) for row in rows]
    shown = holds and any(day["ask"] and str(day["row"].pk) == sent for day in days)
    note = request.POST.get("note", "") if sent and not shown else ""
    message = "" if may_send else request.POST.get("message", "")
    return {"days": days, "typed": [text.strip() for text in (note, message) if text.strip()]}


def _day(request: Request, checkpoint: AgreementCheckpoint, sent: str) -> dict[str, Any]:
    """A day on which both look, with a form to note what came of it."""
    soon = checkpoint.on <= timezone.localdate() + timedelta(days=AHEAD_DAYS)
    given = request.POST if sent == str(checkpoint.pk) else None
    return {
        "row": checkpoint,
        "ask": soon and checkpoint.done_at is None,
        "form": LookedForm(given, auto_id=f"dag{checkpoint.pk}_%s"),
    }


def _reaches(draft: Agreement, versions: list[AgreementVersion]) -> AgreementVersion | None:
    """The newest version that the partner can still open, whose link can be taken back."""
    sent = [v for v in versions if v.link]
    own = next((v for v in sent if v.link and v.link.usable), None)
    return own or next((v for v in sent if queries.opens_beside(draft)), None)


def _shown(
    version: AgreementVersion, every: list[AgreementVersion], lost: set[int]
) -> dict[str, Any]:
    """A version with what changed since the one before, and whether its mail never arrived."""
    before = next((v for v in every if v.number == version.number - 1), None)
    changes = wording.changes(before.content, version.content) if before else []
    return {"version": version, "changes": changes, "undelivered": version.pk in lost}


def _wishes(newest: AgreementVersion | None) -> list[tuple[AgreementChange, str, WishForm]]:
    """What the partner wants to change in the newest version: with the title of the clause, and
    a form to answer."""
    if newest is None:
        return []
    return [
        (change, _clause_title(newest, change), WishForm(auto_id=f"wens{change.pk}_%s"))
        for change in newest.changes.all()
        if change.handled_at is None
    ]


def _clause_title(version: AgreementVersion, change: AgreementChange) -> str:
    titles: dict[str, str] = {c["key"]: c["title"] for c in version.content}
    return titles.get(change.block, _("De hele nota"))


@page("dossiers.agree")
def handle_change(request: Request, pk: int, change_pk: int) -> HttpResponse:
    """Answers a wish of the partner, also with a no."""
    change = queries.get_change(request.actor, pk, change_pk)
    if request.method != "POST":
        return redirect("dossiers:agreements", pk)
    form = WishForm(request.POST)
    if not form.is_valid():
        version = change.version
        context = {"dossier": version.agreement.dossier, "form": form}
        context["change"], context["title"] = change, _clause_title(version, change)
        return render(request, "dossiers/wish.html", context, status=422)
    try:
        agreeing.handle_change(change, actor=request.actor, answer=form.cleaned_data["answer"])
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Je antwoord staat in het gesprek. De partner leest het."))
    return redirect("dossiers:agreements", pk)


@page("dossiers.view")
def version_page(request: Request, pk: int, version_pk: int) -> HttpResponse:
    """A version as both sides confirm it, with what changed since an earlier one."""
    version = queries.get_version(request.actor, pk, version_pk)
    others = queries.other_versions(request.actor, version)
    wanted = request.GET.get("met", "")
    before = next((v for v in others if str(v.number) == wanted), None)
    if before is None:
        before = next((v for v in others if v.number < version.number), None)
    context = {
        "dossier": version.agreement.dossier,
        "version": version,
        "others": others,
        "before": before,
        "changes": wording.changes(before.content, version.content) if before else [],
        "days": queries.checkpoints_of(version),
        "replaced_by": queries.replaced_by(version),
    }
    return render(request, "dossiers/version.html", context)


@page("dossiers.view")
def agreement_file(request: Request, pk: int, version_pk: int, kind: str) -> FileResponse:
    """A version as PDF or DOCX, for who may see the dossier."""
    return version_file(queries.get_version(request.actor, pk, version_pk), kind)


def version_file(version: AgreementVersion, kind: str) -> FileResponse:
    """A version as PDF or DOCX; 404 for another kind."""
    stored = {"pdf": version.pdf, "docx": version.docx}.get(kind)
    if stored is None:
        raise Http404
    return delivery.response(stored)


@page("dossiers.view")
def conversation(request: Request, pk: int, row_pk: int) -> HttpResponse:
    """Questions and answers with the partner, in one conversation."""
    row = queries.get_partner_row(request.actor, pk, row_pk)
    draft = agreeing.draft_of(row.dossier, row.partner)
    if draft._state.adding:
        messages.info(request, _("Begin eerst aan de nota. Dan kun je erover schrijven."))
        return redirect("dossiers:agreement", pk, row_pk)
    form = MessageForm(
        request.POST if "text" in request.POST else None,
        request.FILES or None,
        with_name=False,
        too_large=arriving.was_refused(request),
    )
    may_write = allowed(request.actor, "dossiers.agree", row.dossier)
    if request.method == "POST" and _talk(request, draft, form):
        return redirect("dossiers:conversation", pk, row_pk)
    context = {
        "dossier": row.dossier,
        "row": row,
        "form": form,
        "lines": queries.conversation(draft),
        "unread": queries.has_unread(draft),
        "reaches": queries.is_sent(draft),
        "may_write": may_write,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/conversation.html", context, status=status)


def _talk(request: Request, draft: Agreement, form: MessageForm) -> bool:
    if "gelezen" in request.POST:
        conversing.mark_read(draft, actor=request.actor)
        return True
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        conversing.write_for_school(
            draft, actor=request.actor, text=given["text"], files=given["attachments"]
        )
    except BadFile as reason:
        form.add_error("attachments", str(reason))
        return False
    messages.success(request, _("Je bericht staat er. De partner krijgt er straks een mail over."))
    return True


@page("dossiers.view")
def conversation_file(request: Request, pk: int, file_pk: int) -> FileResponse:
    """A file of the conversation, for who may see the dossier."""
    return delivery.response(queries.get_file(request.actor, pk, file_pk).file)
