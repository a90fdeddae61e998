"""'Dit wacht op jou': the work of one person, from all that waits in dossiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role
from partnerwijzer.dossiers.models import (
    Activity,
    AdviserQuestion,
    AgreementChange,
    CouncilItem,
    Decision,
    Dossier,
    Position,
)
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.models import Recognition


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence that begins with a verb, by when, and what it is about."""

    title: str
    href: str
    symbol: str
    text: str = ""
    due: date | None = None

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


def tasks_for(actor: Actor) -> list[Task]:
    """Everything that waits, what is due first on top. Asks only what the roles make possible."""
    found = list(_everything(actor))
    return sorted(found, key=lambda t: (t.due is None, t.due or date.max))


def _everything(actor: Actor) -> Iterator[Task]:
    if actor.has(*STAFF):
        yield from _staff(actor)
    if actor.has(Role.HEAD):
        yield from (_decision(d) for d in waiting.decisions(actor))
    if actor.has(Role.ADVISER):
        yield from (_adviser(q) for q in waiting.adviser_questions(actor))
    if actor.has(Role.UMBRELLA_ADMIN):
        yield from _moderation(actor)
    if actor.has(Role.COUNCIL_MEMBER, *LEADS):
        yield from (_council(actor, item) for item in waiting.council(actor))


def _staff(actor: Actor) -> Iterator[Task]:
    yield from (_criteria(row) for row in waiting.criteria(actor))
    yield from (_position(p) for p in waiting.positions(actor))
    yield from (_teacher(a) for a in waiting.without_teacher(actor))
    yield from (_change(c) for c in waiting.changes(actor))
    yield from (_evaluation(d) for d in waiting.evaluations(actor))
    if actor.has(*LEADS):
        yield from (_recognition(r) for r in partners.ending_recognitions(actor))


def _criteria(row: dict[str, object]) -> Task:
    count = int(str(row["count"]))
    title = ngettext("Beoordeel {count} vraag", "Beoordeel {count} vragen", count)
    due = row["due"] if isinstance(row["due"], date) else None
    href = reverse("dossiers:assess", args=[row["dossier_id"]])
    return Task(title.format(count=count), href, "book-open", str(row["title"]), due)


def _position(position: Position) -> Task:
    decision = position.decision
    href = reverse("dossiers:decision", args=[decision.dossier_id])
    return Task(_("Geef je standpunt"), href, "scale", decision.dossier.title, decision.closes_on)


def _decision(decision: Decision) -> Task:
    href = reverse("dossiers:decision", args=[decision.dossier_id])
    return Task(_("Neem de beslissing"), href, "scale", decision.dossier.title, decision.closes_on)


def _teacher(activity: Activity) -> Task:
    title = _("Zoek een leerkracht voor {day}").format(day=date_format(activity.on, "l j F"))
    href = reverse("dossiers:activities", args=[activity.dossier_id])
    return Task(title, href, "triangle-alert", activity.title, activity.on)


def _change(change: AgreementChange) -> Task:
    agreement = change.version.agreement
    title = _("Bekijk de wijziging die {partner} vraagt").format(partner=agreement.partner.name)
    href = reverse("dossiers:agreements", args=[agreement.dossier_id])
    return Task(title, href, "pencil", agreement.dossier.title)


def _evaluation(dossier: Dossier) -> Task:
    href = reverse("dossiers:evaluation", args=[dossier.pk])
    return Task(_("Kijk terug op de samenwerking"), href, "message-circle", dossier.title)


def _moderation(actor: Actor) -> Iterator[Task]:
    """One task for each kind of work in the databank for which people wait."""
    work = partners.work(actor)
    wanted = (
        ("reports", "meldingen", _("Bekijk wat gemeld is"), "triangle-alert"),
        ("proposals", "wijzigingen", _("Kijk na wat organisaties willen wijzigen"), "pencil"),
        ("replies", "antwoorden", _("Bekijk antwoorden van organisaties"), "message-circle"),
    )
    for kind, word, title, symbol in wanted:
        if count := work[kind].count():
            href = f"{reverse('partners:moderation')}?deel={word}"
            yield Task(
                title, href, symbol, ngettext("{n} wacht", "{n} wachten", count).format(n=count)
            )


def _recognition(row: Recognition) -> Task:
    title = _("Kijk na of de erkenning van {partner} nog geldt").format(partner=row.partner.name)
    href = reverse("partners:recognition_edit", args=[row.partner_id, row.pk])
    return Task(title, href, "circle-check", row.by, row.until)


def _adviser(question: AdviserQuestion) -> Task:
    title = _("Antwoord op een vraag van {school}").format(school=question.dossier.school.name)
    href = reverse("dossiers:answer_adviser", args=[question.dossier_id, question.pk])
    return Task(title, href, "message-circle", question.dossier.title)


def _council(actor: Actor, item: CouncilItem) -> Task:
    leads = actor.works_at(item.dossier.school_id, LEADS)
    title = _("Noteer wat de schoolraad zei") if leads else _("Lees het punt voor de schoolraad")
    name, args = ("decision", [item.dossier_id]) if leads else ("council_item", [item.pk])
    href = reverse(f"dossiers:{name}", args=args)
    return Task(title, href, "scale", item.dossier.title, item.meeting_on)
