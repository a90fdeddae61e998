"""Step 3: a draft that the school works on, fixed versions, and what the partner says of them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import links, versions
from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers import agreement_paper, casework, checkpoints, drafting
from partnerwijzer.dossiers.actions import conversing, derived, partneragenda, partnermail
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementChange,
    AgreementCheckpoint,
    AgreementVersion,
    Dossier,
    DossierState,
)
from partnerwijzer.dossiers.queries.agreeing import PURPOSE
from partnerwijzer.mail import post
from partnerwijzer.partners.models import Partner

DAYS = 30
# How long the partner reads on after the end, and from now where an agreement names no end.
READABLE_AFTER = timedelta(days=183)
OPEN_END = timedelta(days=400)
LONGEST = timedelta(days=3653)  # whatever end was typed; the school can always send it again
DRAFTED = ("blocks", "fields", "extra", "own_blocks", "supersedes")
SIGNED_IN = "nl"  # the language of the clauses, the papers and the mail to the partner


def draft_of(dossier: Dossier, partner: Partner) -> Agreement:
    """The draft with this partner; a new, unsaved one holds what the dossier already knows."""
    existing = dossier.agreements.filter(partner=partner).first()
    return existing if existing is not None else new_draft(dossier, partner)


def new_draft(dossier: Dossier, partner: Partner) -> Agreement:
    """An unsaved draft that holds what the dossier already knows."""
    fields = drafting.known_fields(dossier, partner)
    return Agreement(dossier=dossier, partner=partner, fields=fields, version=0)


@action("dossiers.agree")
def save_draft(
    dossier: Dossier,
    *,
    actor: Actor,
    partner: Partner,
    version: int,
    blocks: list[str],
    fields: Mapping[str, str],
    extra: str,
    own_blocks: list[dict[str, Any]] | None = None,
    supersedes: AgreementVersion | None = None,
) -> Agreement:
    """Stores the draft. What is not asked now, by the release or for this dossier, stays in it.

    Args:
        version: the version that was read; 0 where there was no draft yet.
        blocks: those that are chosen among the blocks that can be added now.
        fields: each blank that was asked, also those that were left or made empty.
        own_blocks: copies of blocks of the school or umbrella (dossiers.ownblocks).
        supersedes: what both sides confirmed in an earlier dossier, and what this one replaces.

    Raises:
        Conflict: a colleague saved in between.
    """
    existing = dossier.agreements.filter(partner=partner).first()
    if existing is None:
        row = Agreement.objects.create(dossier=dossier, partner=partner)
    else:
        row = versions.claim(Agreement, existing.pk, version)
    offered = {block.key for block in drafting.optional_for(dossier, partner.pk)}
    row.blocks = list(dict.fromkeys([*(b for b in row.blocks if b not in offered), *blocks]))
    row.fields = {name: text for name, text in {**row.fields, **fields}.items() if text.strip()}
    row.extra = extra
    row.own_blocks, row.supersedes = list(own_blocks or []), supersedes
    row.updated_by_id, row.updated_at = actor.uid, timezone.now()
    row.save(update_fields=[*DRAFTED, "updated_by", "updated_at"])
    record("agreement.saved", row, actor=actor, thread=dossier)
    touched(dossier)
    return row


@action("dossiers.agree")
def fix_version(agreement: Agreement, *, actor: Actor, change_note: str = "") -> AgreementVersion:
    """Makes a version of the draft with its documents. The text does not change any more.

    Raises:
        NotAllowedNow: a required field is empty, or nothing changed since the last version.
    """
    dossier = agreement.dossier
    gaps = drafting.gaps(agreement)
    if gaps:
        raise NotAllowedNow(_("Vul dit nog in: {gaps}.").format(gaps=", ".join(gaps)))
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    newest = locked.versions.order_by("-number").first()
    content = [clause.as_json() for clause in drafting.clauses_of(locked)]
    if newest is not None and newest.content == content:
        raise NotAllowedNow(
            _("Er is niets veranderd sinds versie {number}.").format(number=newest.number)
        )
    version = AgreementVersion(
        agreement=locked,
        number=newest.number + 1 if newest else 1,
        content=content,
        change_note=change_note,
        supersedes=locked.supersedes,
        created_by_id=actor.uid,
    )
    version.valid_from, version.valid_until = drafting.term_of(locked)
    version.pdf, version.docx = _documents(version, actor)
    version.save()
    version.checkpoints.set([_checkpoint(locked, row) for row in drafting.checkpoints_of(locked)])
    if newest is not None and newest.link is not None:
        if newest.partner_confirmed_at is None:  # what they confirmed they can read until the next
            links.mark(newest.link, "withdrawn_at")
        AgreementChange.objects.filter(version=newest, handled_at=None).update(
            handled_at=timezone.now()
        )
    record("agreement.fixed", version, actor=actor, thread=dossier, number=version.number)
    touched(dossier)
    return version


def _checkpoint(agreement: Agreement, row: checkpoints.Row) -> AgreementCheckpoint:
    """The day of a version; the same one as before where nothing about it changed."""
    person = int(row.person) if row.person.isdecimal() else None
    found, _new = AgreementCheckpoint.objects.get_or_create(
        agreement=agreement,
        on=row.day or row.on,
        what=row.what[:200],
        school_user_id=person,
        school_name=row.school[:120],
        partner_name=row.partner[:120],
    )
    return found


def _documents(version: AgreementVersion, actor: Actor) -> tuple[StoredFile, StoredFile]:
    """PDF and DOCX in Dutch, the language of the clauses, whatever language the actor reads."""
    with translation.override(SIGNED_IN):
        paper = agreement_paper.paper_of(version)
        name = _("Afsprakennota versie {number}").format(number=version.number)
    school_id = version.agreement.dossier.school_id
    return intake.keep_both(paper, name=name, school_id=school_id, actor=actor)


@action("dossiers.agree")
def send_version(
    version: AgreementVersion, *, actor: Actor, email: str, name: str, message: str = ""
) -> None:
    """Mails the partner a link to read and confirm this version. Sending again makes a new link;
    to another address, the links of later mails and the agenda that followed until now end too.
    What the partner confirmed can be sent again: to read, and to ask about.

    Raises:
        NotAllowedNow: there is a newer version, or the cooperation is over and there is nothing
            confirmed to read.
    """
    agreement = version.agreement
    if not may_send(version):
        _must_go_on(version)
    _must_be_newest(version)
    for older in AccessLink.objects.filter(agreement__in=agreement.versions.exclude(pk=version.pk)):
        links.mark(older, "withdrawn_at")
    if _elsewhere(version, email):
        _shut_beside(agreement)
    if version.link is None:
        version.link, token = links.issue(PURPOSE, days=DAYS, email=email, name=name)
        version.save(update_fields=["link"])
    else:
        token = links.renew(version.link, days=DAYS)
        version.link.email, version.link.name = email, name
        version.link.sent_at = version.link.opened_at = None  # of the address that stops now
        version.link.save(update_fields=["email", "name", "sent_at", "opened_at"])
    if version.partner_confirmed_at is not None:
        links.keep_until(version.link, _readable_until(version))
    with translation.override(SIGNED_IN):
        _mail(version, token, message, actor)
    dossier = agreement.dossier
    record("agreement.sent", version, actor=actor, thread=dossier, number=version.number)
    touched(dossier)


def _readable_until(version: AgreementVersion) -> datetime:
    """A partner reads what it confirmed as long as that holds, and half a year after it."""
    today = timezone.localdate()
    last = min(version.valid_until or today + OPEN_END, today + LONGEST)
    return timezone.make_aware(datetime.combine(last + READABLE_AFTER, time.max))


def _elsewhere(version: AgreementVersion, email: str) -> bool:
    """Whether it goes to another address than the last time a version went."""
    sent = version.agreement.versions.exclude(link=None).order_by("-number")
    before = sent.values_list("link__email", flat=True).first()
    return before is not None and before.casefold() != email.casefold()


def may_send(version: AgreementVersion) -> bool:
    """Whether a mail makes sense: there is something to confirm, or a confirmed text to read."""
    goes_on = version.agreement.dossier.state == DossierState.OPEN
    return goes_on or version.partner_confirmed_at is not None


def _must_go_on(version: AgreementVersion) -> None:
    if version.agreement.dossier.state != DossierState.OPEN:
        raise NotAllowedNow(_("Deze samenwerking is voorbij. Er is niets meer te bevestigen."))


def _must_be_newest(version: AgreementVersion) -> None:
    if version.agreement.versions.filter(number__gt=version.number).exists():
        raise NotAllowedNow(_("Er is een nieuwere versie."))


def _mail(version: AgreementVersion, token: str, message: str, actor: Actor) -> None:
    agreement = version.agreement
    school = agreement.dossier.school
    assert version.link is not None
    post.send(
        version.link.email,
        (
            _("Lees de afspraken met {school}")
            if version.partner_confirmed_at
            else _("Lees en bevestig de afspraken met {school}")
        ).format(school=school.name),
        "dossiers/mail/agreement.txt",
        {
            "name": version.link.name,
            "school": school,
            "sender": actor.name,
            "message": message,
            "version": version,
            "address": f"{settings.SITE_URL}/afspraken/{token}/",
            "until": version.link.expires_at,
        },
        link=version.link,
    )


@action("dossiers.agree")
def withdraw_version(version: AgreementVersion, *, actor: Actor) -> None:
    """The link stops working, and the address of an agenda that was made with it."""
    if version.link is not None:
        links.mark(version.link, "withdrawn_at")
    _shut_beside(version.agreement)
    dossier = version.agreement.dossier
    record("agreement.withdrawn", version, actor=actor, thread=dossier, number=version.number)
    touched(dossier)


def _shut_beside(agreement: Agreement) -> None:
    """What opens the agreement beside the links of versions stops: the links of later mails, and
    the address of an agenda."""
    for extra in agreement.links.select_related("link"):
        links.mark(extra.link, "withdrawn_at")
    partneragenda.close(agreement)


@action("dossiers.confirm")
def confirm_for_school(version: AgreementVersion, *, actor: Actor) -> None:
    """The school's side confirms this very version, by name and date. Where that makes it hold, the
    partner hears so.

    Raises:
        NotAllowedNow: the cooperation is over, there is a newer version, or the school confirmed
            already.
    """
    _must_go_on(version)
    _must_be_newest(version)
    if version.school_confirmed_at is not None:
        raise NotAllowedNow(_("De school bevestigde deze versie al."))
    version.school_name, version.school_confirmed_at = actor.name[:120], timezone.now()
    version.save(update_fields=["school_name", "school_confirmed_at"])
    dossier = version.agreement.dossier
    _note_confirmed(version, actor)
    number = version.number
    record("agreement.confirmed_school", version, actor=actor, thread=dossier, number=number)
    if version.confirmed:
        _tell_that_it_holds(version)
    touched(dossier)


def _tell_that_it_holds(version: AgreementVersion) -> None:
    """Mails the partner that the school confirmed too, from when it holds and where to read it."""
    agreement = version.agreement
    if partnermail.address_of(agreement) is None:
        return
    with translation.override(SIGNED_IN):
        partnermail.write(
            agreement,
            _("{school} bevestigde de afspraken ook"),
            "dossiers/mail/confirmed.txt",
            {"version": version},
            until=_readable_until(version),
        )


def _note_confirmed(version: AgreementVersion, actor: Actor) -> None:
    """Both sides confirmed: that answers the question whether they confirmed the same text."""
    if version.confirmed and casework.agreements_confirmed(version.agreement.dossier):
        words = _("School en partner bevestigden versie {number}.").format(number=version.number)
        derived.answer(version.agreement.dossier, actor, derived.BOTH_CONFIRMED, words, words)


@action("dossiers.answer_agreement", untraced="the link itself keeps when it was opened first")
def note_opened(version: AgreementVersion, *, actor: Actor) -> None:
    """Notes that the partner saw the page."""
    if version.link is not None:
        links.mark(version.link, "opened_at")


@action("dossiers.answer_agreement")
def confirm_by_partner(
    version: AgreementVersion, *, actor: Actor, name: str, by: AccessLink | None = None
) -> None:
    """The partner's side confirms, by link, by name and date.

    Args:
        by: the link that was used, where it is not the one of this version.

    Raises:
        NotAllowedNow: there is a newer version, the link is over, or it was confirmed already.
    """
    _may_answer(version, by)
    if version.partner_confirmed_at is not None:
        raise NotAllowedNow(_("Je bevestigde deze afspraken al."))
    version.partner_name, version.partner_confirmed_at = name[:120], timezone.now()
    version.save(update_fields=["partner_name", "partner_confirmed_at"])
    assert version.link is not None
    links.mark(version.link, "opened_at")
    links.mark(version.link, "done_at")
    links.keep_until(version.link, _readable_until(version))
    version.changes.filter(handled_at=None).update(handled_at=timezone.now())
    dossier, number = version.agreement.dossier, version.number
    _note_confirmed(version, SYSTEM)
    record("agreement.confirmed_partner", version, actor=actor, thread=dossier, number=number)
    touched(dossier)


@action("dossiers.answer_agreement")
def ask_change(
    version: AgreementVersion,
    *,
    actor: Actor,
    name: str,
    wishes: Mapping[str, str],
    by: AccessLink | None = None,
) -> list[AgreementChange]:
    """The partner asks for changes: for each block (or "" for the whole) what should differ.

    Raises:
        NotAllowedNow: nothing was typed, the partner confirmed already, or the link is over.
    """
    _may_answer(version, by)
    if version.partner_confirmed_at is not None:
        raise NotAllowedNow(_("Je bevestigde deze afspraken al. Bel of mail de school."))
    known = {clause["key"] for clause in version.content} | {""}
    asked = {k: text.strip() for k, text in wishes.items() if k in known and text.strip()}
    if not asked:
        raise NotAllowedNow(_("Schrijf bij minstens één punt wat je anders wilt."))
    rows = [
        AgreementChange(version=version, block=key, text=text, by_name=name[:120])
        for key, text in asked.items()
    ]
    AgreementChange.objects.bulk_create(rows)
    assert version.link is not None
    links.mark(version.link, "opened_at")
    dossier, number = version.agreement.dossier, version.number
    record("agreement.change_asked", version, actor=actor, thread=dossier, number=number)
    touched(dossier)
    return rows


def _may_answer(version: AgreementVersion, by: AccessLink | None) -> None:
    _must_go_on(version)
    _must_be_newest(version)
    used = by or version.link
    if version.link is None or version.link.withdrawn_at or used is None or not used.usable:
        raise NotAllowedNow(_("Deze link werkt niet meer. Vraag de school om een nieuwe."))


@action("dossiers.agree")
def handle_change(change: AgreementChange, *, actor: Actor, answer: str) -> None:
    """Says to the partner what becomes of a wish, also when it is a no. The words stand in the
    conversation, which mails them as all that the school writes there.

    Raises:
        NotAllowedNow: nothing was said, or a colleague did this meanwhile.
    """
    if not answer.strip():
        raise NotAllowedNow(_("Schrijf wat jullie met deze vraag doen."))
    agreement, now = change.version.agreement, timezone.now()
    if not AgreementChange.objects.filter(pk=change.pk, handled_at=None).update(handled_at=now):
        raise NotAllowedNow(_("Een collega antwoordde hier intussen op. Lees het gesprek."))
    change.handled_at, change.answer = now, conversing.answer_wish(agreement, actor, answer)
    change.save(update_fields=["answer"])
    dossier = agreement.dossier
    record("agreement.change_handled", change, actor=actor, thread=dossier)
    touched(dossier)
