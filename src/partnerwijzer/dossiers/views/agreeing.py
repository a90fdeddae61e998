"""Step 3: the agreement, for the school; and the page where the partner answers without account."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, allowed, page, public
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery
from partnerwijzer.dossiers import agreement_text, casework, drafting
from partnerwijzer.dossiers.actions import agreeing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.agreeing import ConfirmForm, DraftForm, SendForm
from partnerwijzer.dossiers.models import Agreement, AgreementVersion, Dossier
from partnerwijzer.dossiers.queries import agreeing as queries
from partnerwijzer.dossiers.queries import reading


@page("dossiers.view")
def agreements(request: Request, pk: int) -> HttpResponse:
    """What we agree with whom: one partner goes straight to its note."""
    dossier = reading.get_whole(request.actor, pk)
    rows = list(dossier.partners.all())
    if len(rows) == 1:
        return redirect("dossiers:agreement", pk, rows[0].pk)
    found = {a.partner_id: a for a in queries.agreements(request.actor, dossier)}
    context = {"dossier": dossier, "rows": [(r, found.get(r.partner_id)) for r in rows]}
    return render(request, "dossiers/agreements.html", context)


@page("dossiers.view")
def agreement(request: Request, pk: int, row_pk: int) -> HttpResponse:
    """The note with one partner: the draft, its versions, and what the partner says."""
    row = queries.get_partner_row(request.actor, pk, row_pk)
    dossier = reading.get_whole(request.actor, pk)
    draft = agreeing.draft_of(dossier, row.partner)
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
        draft = agreeing.draft_of(dossier, row.partner)  # may be saved, also without a version
    context = {**_context(request, dossier, draft), "row": row, "form": form, "conflict": conflict}
    return render(request, "dossiers/agreement.html", context)


def _draft_form(request: Request, dossier: Dossier, draft: Agreement) -> DraftForm:
    sent = request.POST if request.POST.get("deel") in ("bewaar", "maak") else None
    wanted = sent.getlist("blocks") if sent is not None else draft.blocks
    optional = drafting.optional_for(dossier)
    always = drafting.always_in(dossier)
    chosen = [b for b in optional if b.key in wanted]
    order = [b.key for b in (*casework.content(dossier).agreement.blocks,)]
    blocks = sorted((*always, *chosen), key=lambda b: order.index(b.key))
    return DraftForm(
        sent,
        blocks=blocks,
        optional=optional,
        chosen=list(wanted),
        values=draft.fields,
        may_be_open=request.POST.get("deel") == "bewaar",
        initial={"version": draft.version, "extra": draft.extra},
    )


def _act(request: Request, dossier: Dossier, draft: Agreement, form: DraftForm) -> bool:
    part = request.POST.get("deel", "")
    if part in ("bewaar", "maak"):
        return _save(request, dossier, draft, form, fix=part == "maak")
    version = _version(request, draft)
    acts: dict[str, Callable[[], bool]] = {
        "stuur": lambda: _send(request, version),
        "intrekken": lambda: _withdraw(request, version),
        "bevestig": lambda: _confirm(request, version),
    }
    if part not in acts:
        raise Http404
    return acts[part]()


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
    saved = draft.pk is not None
    versions = (
        list(
            next(
                (
                    a.versions.all()
                    for a in queries.agreements(request.actor, dossier)
                    if a.pk == draft.pk
                ),
                [],
            )
        )
        if saved
        else []
    )
    newest = versions[0] if versions else None
    lost = queries.undelivered(versions)
    contact = draft.partner.contacts.exclude(email="").first()
    return {
        "dossier": dossier,
        "draft": draft,
        "gaps": drafting.gaps(draft),
        "versions": [_shown(v, versions, lost) for v in versions],
        "newest": newest,
        "wishes": _wishes(newest),
        "send_form": SendForm(
            request.POST if request.POST.get("deel") == "stuur" else None,
            initial={"name": contact.name, "email": contact.email} if contact else None,
        ),
        "change_note": request.POST.get("wijziging", ""),
        "may": {n: allowed(request.actor, f"dossiers.{n}", dossier) for n in ("agree", "confirm")},
    }


def _shown(
    version: AgreementVersion, every: list[AgreementVersion], lost: set[int]
) -> dict[str, Any]:
    """A version with what changed since the one before, and whether its mail never arrived."""
    before = next((v for v in every if v.number == version.number - 1), None)
    changes = agreement_text.differences(before.content, version.content) if before else []
    return {"version": version, "changes": changes, "undelivered": version.pk in lost}


def _wishes(newest: AgreementVersion | None) -> list[tuple[Any, str]]:
    """What the partner wants to change in the newest version, with the title of the clause."""
    if newest is None:
        return []
    titles = {c["key"]: c["title"] for c in newest.content}
    return [
        (change, titles.get(change.block, _("De hele nota")))
        for change in newest.changes.all()
        if change.handled_at is None
    ]


@page("dossiers.agree")
def handle_change(request: Request, pk: int, change_pk: int) -> HttpResponse:
    """Marks a wish of the partner as handled."""
    change = queries.get_change(request.actor, pk, change_pk)
    if request.method == "POST":
        agreeing.handle_change(change, actor=request.actor)
        messages.success(request, _("Bewaard."))
    return redirect("dossiers:agreements", pk)


@page("dossiers.view")
def agreement_file(request: Request, pk: int, version_pk: int, kind: str) -> FileResponse:
    """A version as PDF or DOCX, for who may see the dossier."""
    return _file(queries.get_version(request.actor, pk, version_pk), kind)


def _file(version: AgreementVersion, kind: str) -> FileResponse:
    stored = {"pdf": version.pdf, "docx": version.docx}.get(kind)
    if stored is None:
        raise Http404
    return delivery.response(stored)


@public("the partner reads and confirms by a secret link")
def partner_page(request: Request, token: str) -> HttpResponse:
    """The agreement as the partner sees it: read, confirm, or ask for a change."""
    version = queries.by_token(request.actor, token)
    if version is None or version.link is None or not version.link.usable:
        over = {"typed": _typed(request)}
        return render(request, "dossiers/link_over.html", over, status=404)
    form = ConfirmForm(request.POST or None, initial={"name": version.link.name})
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, version, form.cleaned_data["name"])
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        else:
            return redirect("dossiers:partner_page", token)
    newer = version.agreement.versions.filter(number__gt=version.number).exists()
    before = version.agreement.versions.filter(number=version.number - 1).first()
    context = {
        "version": version,
        "dossier": version.agreement.dossier,
        "partner": version.agreement.partner,
        "token": token,
        "form": form,
        "newer": newer,
        "typed": _typed(request) if newer or version.partner_confirmed_at else [],
        "changes": agreement_text.differences(before.content, version.content) if before else [],
        "clauses": [(c, request.POST.get(f"wens.{c['key']}", "")) for c in version.content],
        "asked": version.changes.filter(handled_at=None),
    }
    return render(request, "dossiers/partner_page.html", context)


def _typed(request: Request) -> list[str]:
    """What the partner wrote where there is no place for it any more, to copy it."""
    texts = [value for key, value in request.POST.items() if key.startswith("wens.")]
    return [text for text in texts if isinstance(text, str) and text.strip()]


def _answer(request: Request, version: AgreementVersion, name: str) -> None:
    actor = guest(name)
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
        agreeing.confirm_by_partner(version, actor=actor, name=name)
        messages.success(request, _("Bedankt. De school ziet dat je bevestigde."))
        return
    agreeing.ask_change(version, actor=actor, name=name, wishes=wishes)
    messages.success(request, _("Je vraag is bij de school. Je krijgt een nieuwe versie."))


@public("notes that the partner opened the page; the link is the key")
def partner_opened(request: Request, token: str) -> HttpResponse:
    """A small POST from the page itself: mail scanners only ask for the page."""
    version = queries.by_token(request.actor, token)
    if request.method == "POST" and version and version.link and version.link.usable:
        agreeing.note_opened(version, actor=guest(version.link.name))
    return HttpResponse(status=204)


@public("the files of the agreement for who holds the secret link")
def partner_file(request: Request, token: str, kind: str) -> FileResponse:
    version = queries.by_token(request.actor, token)
    if version is None or version.link is None or not version.link.usable:
        raise Http404
    return _file(version, kind)
