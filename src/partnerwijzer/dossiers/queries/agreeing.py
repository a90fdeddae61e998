"""Reading agreements: for the school, and for the partner who came in by a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers import along
from partnerwijzer.dossiers.checkpoints import AHEAD_DAYS
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementChange,
    AgreementCheckpoint,
    AgreementFeed,
    AgreementFile,
    AgreementLink,
    AgreementMessage,
    AgreementVersion,
    Dossier,
    DossierPartner,
    DossierState,
)
from partnerwijzer.mail import arrival
from partnerwijzer.partners.models import Partner

PURPOSE = "agreement"


def agreements(actor: Actor, dossier: Dossier) -> QuerySet[Agreement]:
    """The agreements of a dossier with their versions, newest version first."""
    versions = AgreementVersion.objects.select_related("link", "pdf", "docx", "created_by")
    rows = Agreement.objects.filter(dossier__in=Dossier.objects.visible_to(actor), dossier=dossier)
    newest_first = versions.order_by("-number").prefetch_related("changes")
    return rows.select_related("partner").prefetch_related(Prefetch("versions", newest_first))


CHANGES = along.List("changes")


def with_versions(dossier: Dossier, partner: Partner) -> Agreement | None:
    """The agreement with a partner of a dossier that was read already: its versions, newest first,
    each knowing whether it `holds` today, or held on the day that the dossier ended; whether the
    partner waits for an answer (`unread`), and the last words of the conversation (`last_said`:
    name and text), whether the partner's agenda follows (`followed`). None where nothing was saved.
    """
    said = AgreementMessage.objects.filter(agreement=OuterRef("pk"))
    waits = said.filter(by_school=False, read_at=None)
    last = said.order_by("-pk").annotate(said=along.Row("name", "text")).values("said")[:1]
    rows = Agreement.objects.filter(dossier=dossier, partner=partner)
    followed = AgreementFeed.objects.filter(agreement=OuterRef("pk"), link__withdrawn_at=None)
    followed = followed.filter(link__expires_at__gt=timezone.now())
    facts = {"unread": Exists(waits), "last_said": Subquery(last), "followed": Exists(followed)}
    found = rows.annotate(**facts).first()
    if found is None:
        return None
    found.dossier, found.partner = dossier, partner  # with what was read already
    day = timezone.localdate(dossier.closed_at) if dossier.closed_at else timezone.localdate()
    holding = AgreementVersion.objects.in_force(day).filter(pk=OuterRef("pk"))
    versions = AgreementVersion.objects.select_related("link", "pdf", "docx", "created_by")
    versions = versions.filter(agreement=found).annotate(holds=Exists(holding))
    read = list(along.read(versions, [CHANGES]).order_by("-number"))
    for version in read:
        along.lay(version, [CHANGES])
        version.agreement = found
    along.keep(found, "versions", read)
    return found


def undelivered(versions: Iterable[AgreementVersion]) -> set[int]:
    """Keys of versions that wait for the partner while the mail with the link never arrived."""
    waiting = {v.link_id: v.pk for v in versions if v.link and v.link.state in ("new", "sent")}
    return {waiting[link] for link in arrival.undelivered(waiting)}


def get_partner_row(actor: Actor, dossier_pk: int, row_pk: int) -> DossierPartner:
    """A partner of a dossier that the actor may see."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = DossierPartner.objects.select_related("partner", "dossier__school", "dossier__framework")
    return get_object_or_404(rows, pk=row_pk, dossier__in=visible)


def get_version(actor: Actor, dossier_pk: int, pk: int) -> AgreementVersion:
    """A version within a dossier that the actor may see."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    related = ("agreement__dossier__school", "agreement__partner", "link", "pdf", "docx")
    rows = AgreementVersion.objects.select_related(*related)
    return get_object_or_404(rows, pk=pk, agreement__dossier__in=visible)


def get_change(actor: Actor, dossier_pk: int, pk: int) -> AgreementChange:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = AgreementChange.objects.select_related("version__agreement__dossier")
    return get_object_or_404(rows, pk=pk, version__agreement__dossier__in=visible)


@dataclass(frozen=True)
class Door:
    """Somebody of the partner's side: the link that was used, and the version that it shows."""

    link: AccessLink
    version: AgreementVersion

    @property
    def is_open(self) -> bool:
        """The page can be read: the link works, and the school did not take it back."""
        return self.link.usable

    @property
    def may_answer(self) -> bool:
        """The version can still be confirmed or changed by this link: the cooperation goes on."""
        own = self.version.link
        if self.version.agreement.dossier.state != DossierState.OPEN:
            return False
        return self.link.usable and own is not None and own.withdrawn_at is None


def by_token(actor: Actor, token: str) -> Door | None:
    """The version behind a secret link, also when the link is over; None when there is none.

    A link of a mail about a day or a message shows the newest version that was sent.
    """
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    related = ("agreement__dossier__school", "agreement__partner", "link", "pdf", "docx")
    rows = AgreementVersion.objects.select_related(*related)
    own = rows.filter(link=link).first()
    extra = AgreementLink.objects.filter(link=link).first() if own is None else None
    if extra is not None:
        sent = rows.filter(agreement=extra.agreement_id).exclude(link=None)
        own = sent.order_by("-number").first()
    return Door(link, own) if own else None


def shown_to_partner(door: Door) -> QuerySet[AgreementVersion]:
    """The versions that the partner got, newest first: a draft of the school is not among them."""
    rows = AgreementVersion.objects.filter(agreement=door.version.agreement_id)
    return rows.exclude(link=None).select_related("pdf", "docx").order_by("-number")


def checkpoints_of(version: AgreementVersion | None) -> list[AgreementCheckpoint]:
    """The days of a version, in order. Who holds the version may see them."""
    return list(version.checkpoints.select_related("school_user")) if version else []


def asked_of_partner(agreement: Agreement, today: date) -> QuerySet[AgreementCheckpoint]:
    """Days of what holds on which the partner looks along: near or past, and not noted by either
    side. The same days are work for the school (queries/waiting.py)."""
    return AgreementCheckpoint.objects.filter(
        agreement=agreement,
        agreement__dossier__state=DossierState.OPEN,
        versions__in=AgreementVersion.objects.in_force(today),
        done_at=None,
        on__lte=today + timedelta(days=AHEAD_DAYS),
    ).distinct()


def day_of(door: Door, pk: int) -> AgreementCheckpoint | None:
    """A day of the agreement, for who holds the link."""
    rows = AgreementCheckpoint.objects.filter(agreement=door.version.agreement_id, pk=pk)
    return rows.select_related("agreement__dossier__school").first()


def days_of(door: Door, today: date) -> list[tuple[AgreementCheckpoint, bool]]:
    """The days that the partner sees, in order, and whether something is asked of them now."""
    asked = {row.pk: row for row in asked_of_partner(door.version.agreement, today)}
    rows = {**asked, **{row.pk: row for row in checkpoints_of(door.version)}}
    return [
        (row, row.pk in asked) for row in sorted(rows.values(), key=lambda row: (row.on, row.pk))
    ]


def earlier(actor: Actor, dossier: Dossier, partner: Partner) -> QuerySet[AgreementVersion]:
    """What the school and this partner confirmed in other dossiers, and what still holds."""
    visible = Dossier.objects.visible_to(actor).filter(school_id=dossier.school_id)
    rows = AgreementVersion.objects.in_force(timezone.localdate())
    others = rows.filter(agreement__dossier__in=visible, agreement__partner=partner)
    return others.exclude(agreement__dossier=dossier).select_related("agreement__dossier")


def conversation(agreement: Agreement) -> QuerySet[AgreementMessage]:
    """What both sides wrote, in order, with the files. Who holds the agreement may read it."""
    files = AgreementFile.objects.select_related("file")
    return agreement.messages.prefetch_related(Prefetch("files", files), "wishes")


def get_checkpoint(actor: Actor, agreement: Agreement, pk: int) -> AgreementCheckpoint:
    """A day of an agreement in a dossier that the actor may see."""
    visible = Dossier.objects.visible_to(actor)
    rows = AgreementCheckpoint.objects.filter(agreement=agreement, agreement__dossier__in=visible)
    return get_object_or_404(rows.select_related("agreement__dossier"), pk=pk)


def get_file(actor: Actor, dossier_pk: int, pk: int) -> AgreementFile:
    """A file of the conversation, for who may see the dossier."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = AgreementFile.objects.filter(message__agreement__dossier__in=visible)
    return get_object_or_404(rows.select_related("file"), pk=pk)


def file_of(door: Door, pk: int) -> AgreementFile | None:
    """A file of the conversation, for who holds the link."""
    rows = AgreementFile.objects.filter(message__agreement=door.version.agreement_id, pk=pk)
    return rows.select_related("file").first()


def has_unread(agreement: Agreement) -> bool:
    """The partner wrote something that the school did not answer or mark as read."""
    return agreement.messages.filter(by_school=False, read_at=None).exists()


def opens_beside(agreement: Agreement) -> bool:
    """A link of a later mail still opens the agreement."""
    now = timezone.now()
    return agreement.links.filter(link__withdrawn_at=None, link__expires_at__gt=now).exists()


def is_sent(agreement: Agreement) -> bool:
    """The partner has a link: what the school writes reaches somebody."""
    return agreement.versions.exclude(link=None).exists()


def other_versions(actor: Actor, version: AgreementVersion) -> list[AgreementVersion]:
    """The other versions of the same agreement, newest first."""
    visible = Dossier.objects.visible_to(actor)
    rows = AgreementVersion.objects.filter(
        agreement=version.agreement_id, agreement__dossier__in=visible
    )
    return list(rows.exclude(pk=version.pk).order_by("-number"))


def replaced_by(version: AgreementVersion) -> AgreementVersion | None:
    """What both sides confirmed instead, in a later dossier; None where nothing was."""
    rows = AgreementVersion.objects.confirmed().filter(supersedes=version)
    return rows.select_related("agreement__dossier").first()
