"""'Dit wacht op jou': the work of one person, from all that waits in dossiers and elsewhere."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role
from partnerwijzer.councils import queries as councils
from partnerwijzer.councils.models import CouncilAdvice, CouncilMeeting
from partnerwijzer.dossiers.models import (
    Activity,
    AdviserQuestion,
    Agreement,
    AgreementChange,
    AgreementCheckpoint,
    AgreementVersion,
    Call,
    Condition,
    CouncilItem,
    Decision,
    Dossier,
    DossierPartner,
    Evidence,
    Position,
    SecondReading,
)
from partnerwijzer.dossiers.queries import evidence, second, talking, waiting
from partnerwijzer.factors import queries as factors
from partnerwijzer.factors.models import FactorAction
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.models import Recognition
from partnerwijzer.worklist import queries
from partnerwijzer.worklist.models import Assignment


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence that begins with a verb, by when, and what it is about.

    `key` names the kind of work, `personal` says that nobody else can do it, `note` and `asked_by`
    come from the colleague who asked it.
    """

    title: str
    href: str
    symbol: str
    text: str = ""
    due: date | None = None
    key: str = ""
    personal: bool = False
    note: str = ""
    asked_by: str = ""
    assignment_id: int | None = None

    @property
    def mark(self) -> str:
        """What it is known by while it waits, whatever its words are: to put it aside, hand it over
        or remember that mail told of it. Another day to do it by is another mark."""
        if self.assignment_id is not None:
            return f"a{self.assignment_id}"
        parts = (self.key or self.symbol, self.href, self.text, str(self.due or ""))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    @property
    def in_dossier(self) -> bool:
        """Whether it is done on a page of a dossier, so that a colleague can do it there too."""
        return self.href.startswith(reverse("dossiers:list"))

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


def tasks_for(actor: Actor) -> list[Task]:
    """Everything that waits, what is due first on top. Asks only what the roles make possible."""
    found = list(_everything(actor))
    return sorted(found, key=lambda t: (t.due is None, t.due or date.max))


def of_assignment(row: Assignment) -> Task:
    """What somebody asked in their own words."""
    about = row.dossier.title if row.dossier else ""
    return Task(
        row.title,
        row.href or reverse("worklist:assignment", args=[row.pk]),
        "circle-check",
        about,
        row.due,
        note=row.note,
        asked_by=row.asked_by.name if row.asked_by_id != row.owner_id else "",
        assignment_id=row.pk,
    )


def _everything(actor: Actor) -> Iterator[Task]:
    if actor.has(*STAFF):
        yield from map(of_assignment, queries.assigned(actor))
    if actor.has(*STAFF):
        yield from _staff(actor)
    if actor.has(*STAFF, Role.ADVISER):
        yield from (_called(c) for c in talking.calls(actor))
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
    yield from (_second(r) for r in second.waiting(actor))
    yield from (_evidence(e) for e in evidence.ending(actor))
    yield from (_position(p) for p in waiting.positions(actor))
    yield from (_teacher(a) for a in waiting.without_teacher(actor))
    yield from (_condition(c) for c in waiting.conditions(actor))
    yield from (_change(c) for c in waiting.changes(actor))
    yield from (_message(a) for a in waiting.messages(actor))
    yield from (_checkpoint(c) for c in waiting.checkpoints(actor))
    yield from (_ending(v) for v in waiting.ending_agreements(actor))
    yield from (_end(d) for d in waiting.ending(actor))
    yield from (_evaluation(d) for d in waiting.evaluations(actor))
    yield from (_scoring(w) for w in factors.to_score(actor))
    yield from (_partner_scoring(r) for r in factors.unasked(actor))
    yield from (_factor_action(a) for a in factors.to_do(actor))
    if actor.has(*LEADS):
        yield from (_review(d) for d in waiting.reviews(actor))
        yield from (_confirm(v) for v in waiting.to_confirm(actor))
        yield from (_recognition(r) for r in partners.ending_recognitions(actor))
        yield from (_advice(a) for a in councils.waiting_advice(actor, actor.schools(LEADS)))
        yield from (_agenda(m) for m in councils.agendas_to_send(actor, actor.schools(LEADS)))


def _criteria(row: dict[str, object]) -> Task:
    count = int(str(row["count"]))
    title = ngettext("Beoordeel {count} vraag", "Beoordeel {count} vragen", count)
    due = row["due"] if isinstance(row["due"], date) else None
    href = reverse("dossiers:assess", args=[row["dossier_id"]])
    return Task(title.format(count=count), href, "book-open", str(row["title"]), due)


def _evidence(row: Evidence) -> Task:
    href = reverse("dossiers:evidence_one", args=[row.pk])
    title = _("Vernieuw het bewijs ‘{title}’").format(title=row.title)
    return Task(title, href, "hourglass", row.dossier.title, row.valid_until, "evidence")


def _second(reading: SecondReading) -> Task:
    """Says nothing of what the first reader found."""
    href = reverse("dossiers:second_read", args=[reading.dossier_id, reading.criterion])
    title = _("Lees een vraag als tweede lezer")
    return Task(title, href, "eye", reading.dossier.title, reading.due_on, "second", personal=True)


def _position(position: Position) -> Task:
    decision = position.decision
    href = reverse("dossiers:decision", args=[decision.dossier_id])
    title, about = _("Geef je standpunt"), decision.dossier.title
    return Task(title, href, "scale", about, decision.closes_on, "position", personal=True)


def _decision(decision: Decision) -> Task:
    href = reverse("dossiers:decision", args=[decision.dossier_id])
    title, about = _("Neem de beslissing"), decision.dossier.title
    return Task(title, href, "scale", about, decision.closes_on, "decide", personal=True)


def _condition(condition: Condition) -> Task:
    dossier = condition.decision.dossier
    title = _("Breng in orde: {text}").format(text=condition.text)
    href = reverse("dossiers:decision", args=[dossier.pk])
    key = f"condition {condition.pk}"  # one dossier may ask several things by the same day
    return Task(title, href, "circle-check", dossier.title, condition.by_on, key)


def _review(decision: Decision) -> Task:
    href = reverse("dossiers:decision", args=[decision.dossier_id])
    title = _("Bekijk de beslissing opnieuw")
    return Task(title, href, "eye", decision.dossier.title, decision.look_again_on, "review")


def _teacher(activity: Activity) -> Task:
    title = _("Zoek een leerkracht voor {day}").format(day=date_format(activity.on, "l j F"))
    href = reverse("dossiers:activities", args=[activity.dossier_id])
    return Task(title, href, "triangle-alert", activity.title, activity.on)


def _change(change: AgreementChange) -> Task:
    agreement = change.version.agreement
    title = _("Bekijk de wijziging die {partner} vraagt").format(partner=agreement.partner.name)
    href = reverse("dossiers:agreements", args=[agreement.dossier_id])
    return Task(title, href, "pencil", agreement.dossier.title)


def _notes(agreement: Agreement) -> str:
    return reverse("dossiers:agreements", args=[agreement.dossier_id])


def _message(agreement: Agreement) -> Task:
    title = _("Antwoord op de vraag van {partner}").format(partner=agreement.partner.name)
    return Task(title, _notes(agreement), "message-circle", agreement.dossier.title)


def _checkpoint(row: AgreementCheckpoint) -> Task:
    title = _("Kijk samen met {partner}").format(partner=row.agreement.partner.name)
    return Task(title, _notes(row.agreement), "handshake", row.what, row.on)


def _ending(version: AgreementVersion) -> Task:
    agreement = version.agreement
    title = _("Beslis wat er komt na de afspraken met {partner}")
    return Task(
        title.format(partner=agreement.partner.name),
        _notes(agreement),
        "handshake",
        agreement.dossier.title,
        version.valid_until,
    )


def _confirm(version: AgreementVersion) -> Task:
    agreement = version.agreement
    title = _("Bevestig de afspraken met {partner}").format(partner=agreement.partner.name)
    return Task(title, _notes(agreement), "handshake", agreement.dossier.title)


def _end(dossier: Dossier) -> Task:
    href = reverse("dossiers:end", args=[dossier.pk])
    title = _("Sluit de samenwerking goed af")
    return Task(title, href, "handshake", dossier.title, dossier.planned_until)


def _evaluation(dossier: Dossier) -> Task:
    href = reverse("dossiers:evaluation", args=[dossier.pk])
    title = _("Kijk terug op de samenwerking")
    return Task(title, href, "message-circle", dossier.title, personal=True)


def _called(call: Call) -> Task:
    remark = call.remark
    title = _("Lees wat {who} schreef").format(who=remark.author.name)
    where = reverse("dossiers:talk", args=[remark.dossier_id, remark.part])
    href = f"{where}#bericht-{remark.pk}"
    return Task(title, href, "message-circle", remark.dossier.title, personal=True)


def _scoring(found: factors.Waiting) -> Task:
    """A moment of a cooperation opened: the person's own view, which nobody else can give."""
    href = reverse("factors:score", args=[found.dossier.pk, found.moment])
    title = _("Vul in of de samenwerking werkt")
    return Task(title, href, "handshake", found.dossier.title, found.due, personal=True)


def _partner_scoring(row: DossierPartner) -> Task:
    href = reverse("factors:overview", args=[row.dossier_id])
    title = _("Vraag {partner} hoe de samenwerking loopt").format(partner=row.partner.name)
    return Task(title, href, "handshake", row.dossier.title)


def _factor_action(action: FactorAction) -> Task:
    href = f"{reverse('factors:overview', args=[action.dossier_id])}?moment={action.moment}"
    return Task(action.what, href, "circle-check", action.dossier.title, action.due)


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
            waits = ngettext("{n} wacht", "{n} wachten", count).format(n=count)
            yield Task(title, href, symbol, waits, personal=True)


def _recognition(row: Recognition) -> Task:
    title = _("Kijk na of de erkenning van {partner} nog geldt").format(partner=row.partner.name)
    href = reverse("partners:recognition_edit", args=[row.partner_id, row.pk])
    return Task(title, href, "circle-check", row.by, row.until)


def _advice(advice: CouncilAdvice) -> Task:
    title = _("Antwoord op het advies van {body}").format(body=advice.body.name)
    href = reverse("councils:advice", args=[advice.pk])
    due = councils.answer_by(advice).last
    return Task(title, href, "scale", advice.title, due, "council-advice")


def _agenda(meeting: CouncilMeeting) -> Task:
    title = _("Bezorg de agenda van {body}").format(body=meeting.body.name)
    href = reverse("councils:meeting", args=[meeting.pk])
    day = date_format(meeting.on, "l j F")
    return Task(title, href, "scale", day, meeting.agenda_by, "council-agenda")


def _adviser(question: AdviserQuestion) -> Task:
    title = _("Antwoord op een vraag van {school}").format(school=question.dossier.school.name)
    href = reverse("dossiers:answer_adviser", args=[question.dossier_id, question.pk])
    return Task(title, href, "message-circle", question.dossier.title, personal=True)


def _council(actor: Actor, item: CouncilItem) -> Task:
    leads = actor.works_at(item.dossier.school_id, LEADS)
    title = _("Noteer wat de schoolraad zei") if leads else _("Lees het punt voor de schoolraad")
    name, args = ("decision", [item.dossier_id]) if leads else ("council_item", [item.pk])
    href = reverse(f"dossiers:{name}", args=args)
    about, on = item.dossier.title, item.meeting_on
    return Task(title, href, "scale", about, on, "council", personal=not leads)
