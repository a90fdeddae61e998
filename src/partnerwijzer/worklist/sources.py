"""Which kinds of work there are: where each is found, for whom, and in what words it is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role
from partnerwijzer.councils import queries as councils
from partnerwijzer.councils import terms
from partnerwijzer.dossiers.queries import evidence, second, talking, unfinished, waiting
from partnerwijzer.factors import moments
from partnerwijzer.factors import queries as factors
from partnerwijzer.moments import queries as incidents
from partnerwijzer.partners import queries as partners
from partnerwijzer.trajectories import queries as trajectories
from partnerwijzer.worklist import unfinished as also
from partnerwijzer.worklist.rows import Row, Source
from partnerwijzer.worklist.task import Task

# How the keys of these tasks begin: digest.py tells no news of what is work as well.
CHANGE, MESSAGE, CONFIRM, POSITION = "change-", "message-", "confirm-", "position"

HEAD, ADVISER, KEEPER = (frozenset({r}) for r in (Role.HEAD, Role.ADVISER, Role.UMBRELLA_ADMIN))


def _page(name: str, *args: object) -> str:
    return reverse(f"dossiers:{name}", args=args)


def _criteria(_actor: Actor, row: Row) -> Task:
    title = ngettext("Beoordeel {count} vraag", "Beoordeel {count} vragen", row.number)
    href = _page("assess", row.dossier)
    return Task(title.format(count=row.number), href, "book-open", row.about, row.due)


def _second(_actor: Actor, row: Row) -> Task:
    """Says nothing of what the first reader found."""
    href = _page("second_read", row.dossier, row.text)
    title = _("Lees een vraag als tweede lezer")
    return Task(title, href, "eye", row.about, row.due, "second", personal=True)


def _second_left(_actor: Actor, row: Row) -> Task:
    title = _("Vraag een andere tweede lezer: {name} werkt hier niet meer").format(name=row.name)
    href = f"{_page('second_ask', row.dossier)}?vraag={row.text}"
    return Task(title, href, "eye", row.about, row.due)


def _evidence(_actor: Actor, row: Row) -> Task:
    title = _("Vernieuw het bewijs ‘{title}’").format(title=row.text)
    href = _page("evidence_one", row.pk)
    return Task(title, href, "hourglass", row.about, row.due, "evidence")


def _position(_actor: Actor, row: Row) -> Task:
    title, href = _("Geef je standpunt"), _page("decision", row.dossier)
    return Task(title, href, "scale", row.about, row.due, POSITION, personal=True)


def _decision(_actor: Actor, row: Row) -> Task:
    title = _("Kijk wie nog niet antwoordde") if row.text else _("Neem de beslissing")
    href = _page("decision", row.dossier)
    return Task(title, href, "scale", row.about, row.due, "decide", personal=True)


def _condition(_actor: Actor, row: Row) -> Task:
    title = _("Breng in orde: {text}").format(text=row.text)
    key = f"condition {row.pk}"  # one dossier may ask several things by the same day
    return Task(title, _page("decision", row.dossier), "circle-check", row.about, row.due, key)


def _review(_actor: Actor, row: Row) -> Task:
    title, href = _("Bekijk de beslissing opnieuw"), _page("decision", row.dossier)
    return Task(title, href, "eye", row.about, row.due, "review")


def _teacher(_actor: Actor, row: Row) -> Task:
    assert row.due is not None
    title = _("Zoek een leerkracht voor {day}").format(day=date_format(row.due, "l j F"))
    return Task(title, _page("activities", row.dossier), "triangle-alert", row.about, row.due)


def _change(_actor: Actor, row: Row) -> Task:
    title = _("Bekijk de wijziging die {partner} vraagt").format(partner=row.name)
    key = f"{CHANGE}{row.number}"  # of each that is asked anew, mail tells anew
    return Task(title, _page("agreements", row.dossier), "pencil", row.about, key=key)


def _message(_actor: Actor, row: Row) -> Task:
    title = _("Antwoord op de vraag van {partner}").format(partner=row.name)
    key = f"{MESSAGE}{row.number}"
    return Task(title, _page("agreements", row.dossier), "message-circle", row.about, key=key)


def _checkpoint(_actor: Actor, row: Row) -> Task:
    title = _("Kijk samen met {partner}").format(partner=row.name)
    return Task(title, _page("agreements", row.dossier), "handshake", row.about, row.due)


def _ending(_actor: Actor, row: Row) -> Task:
    title = _("Beslis wat er komt na de afspraken met {partner}").format(partner=row.name)
    return Task(title, _page("agreements", row.dossier), "handshake", row.about, row.due)


def _confirm(_actor: Actor, row: Row) -> Task:
    title = _("Bevestig de afspraken met {partner}").format(partner=row.name)
    key = f"{CONFIRM}{row.pk}"  # of each version
    return Task(title, _page("agreements", row.dossier), "handshake", row.about, key=key)


def _end(_actor: Actor, row: Row) -> Task:
    title, href = _("Sluit de samenwerking goed af"), _page("end", row.dossier)
    return Task(title, href, "handshake", row.about, row.due)


def _evaluation(_actor: Actor, row: Row) -> Task:
    title, href = _("Kijk terug op de samenwerking"), _page("evaluation", row.dossier)
    return Task(title, href, "message-circle", row.about, personal=True)


def _called(_actor: Actor, row: Row) -> Task:
    title = _("Lees wat {who} schreef").format(who=row.name)
    href = f"{_page('talk', row.dossier, row.text)}#bericht-{row.pk}"
    return Task(title, href, "message-circle", row.about, personal=True)


def _scoring(_actor: Actor, row: Row) -> Task | None:
    """A moment of a cooperation opened: the person's own view, which nobody else can give."""
    moment, due = _open_moment(row)
    if not moment:
        return None
    href = reverse("factors:score", args=[row.dossier, moment])
    title = _("Vul in of de samenwerking werkt")
    return Task(title, href, "handshake", row.about, due, personal=True)


def _open_moment(row: Row) -> tuple[str, date | None]:
    """The moment of a cooperation that is open now and that the row does not name as done, and by
    when to do it."""
    assert row.due is not None
    begin, end = row.due, row.until and max(row.until, row.due)
    moment = moments.open_now(begin, end, localdate())
    if not moment or moment in row.text.split():
        return "", None
    return moment, moments.days(begin, end)[moment] + moments.GRACE


def _partner_scoring(_actor: Actor, row: Row) -> Task | None:
    moment, due = _open_moment(row)
    if not moment:
        return None
    href = reverse("factors:overview", args=[row.dossier])
    title = _("Vraag {partner} hoe de samenwerking loopt").format(partner=row.name)
    return Task(title, href, "handshake", row.about, due, f"ask-{moment}-{row.pk}")


def _factor_action(_actor: Actor, row: Row) -> Task:
    href = f"{reverse('factors:overview', args=[row.dossier])}?moment={row.name}"
    title = _("Doe wat jullie afspraken: {what}").format(what=row.text)
    return Task(title, href, "circle-check", row.about, row.due)


def _milestone(_actor: Actor, row: Row) -> Task:
    title = _("Kijk of dit bereikt is: {title}").format(title=row.text)
    href = reverse("trajectories:milestone", args=[row.dossier, row.pk])
    return Task(title, href, "circle-check", row.about, row.due)


def _incident(_actor: Actor, row: Row) -> Task:
    """Says nothing of what happened: a mail is read by more eyes than the page."""
    href = reverse("moments:incident", args=[row.dossier, row.number, row.pk])
    return Task(_("Volg een incident op"), href, "triangle-alert", row.about, personal=True)


def _recognition(_actor: Actor, row: Row) -> Task:
    title = _("Kijk na of de erkenning van {partner} nog geldt").format(partner=row.name)
    href = reverse("partners:recognition_edit", args=[row.number, row.pk])
    return Task(title, href, "circle-check", row.about, row.due)


def _adviser(_actor: Actor, row: Row) -> Task:
    title = _("Antwoord op een vraag van {school}").format(school=row.name)
    href = _page("answer_adviser", row.dossier, row.pk)
    return Task(title, href, "message-circle", row.about, personal=True)


def _council(actor: Actor, row: Row) -> Task:
    leads = actor.works_at(row.place, LEADS)
    title = _("Noteer wat de schoolraad zei") if leads else _("Lees het punt voor de schoolraad")
    href = _page("decision", row.dossier) if leads else _page("council_item", row.pk)
    return Task(title, href, "scale", row.about, row.due, "council", personal=not leads)


def _council_points(actor: Actor, rows: list[Row]) -> Iterator[Task]:
    """Without a meeting the clock says by when: it follows from the rules of each body."""
    open_end = [row.pk for row in rows if row.due is None]
    items = unfinished.consult_items(actor, open_end) if open_end else ()
    ends = {item.pk: item.consult_by for item in items}
    for row in rows:
        task = _council(actor, row)
        yield replace(task, due=row.due or ends.get(row.pk), dossier=row.dossier)


def _agenda(_actor: Actor, row: Row) -> Task | None:
    """The day in the row is that of the meeting; the number how many days before it the agenda
    goes out."""
    assert row.due is not None
    due = terms.agenda_by(row.due, row.number)
    if due > localdate() + councils.AHEAD:
        return None
    title = _("Bezorg de agenda van {body}").format(body=row.name)
    href, day = reverse("councils:meeting", args=[row.pk]), date_format(row.due, "l j F")
    return Task(title, href, "scale", day, due, "council-agenda")


def _mandates(_actor: Actor, row: Row) -> Task:
    title = _("Kijk wie er verder in {body} zit").format(body=row.name)
    words = _("een mandaat loopt af")
    return Task(title, reverse("councils:body", args=[row.pk]), "scale", words, row.due, "mandates")


def _work(part: str, title: str, symbol: str, count: int) -> Task:
    """One task for a kind of work in the databank for which people wait."""
    href = f"{reverse('partners:moderation')}?deel={part}"
    waits = ngettext("{n} wacht", "{n} wachten", count).format(n=count)
    return Task(title, href, symbol, waits, personal=True)


def _reports(_actor: Actor, row: Row) -> Task:
    return _work("meldingen", _("Bekijk wat gemeld is"), "triangle-alert", row.number)


def _proposals(_actor: Actor, row: Row) -> Task:
    title = _("Kijk na wat organisaties willen wijzigen")
    return _work("wijzigingen", title, "pencil", row.number)


def _replies(_actor: Actor, row: Row) -> Task:
    title = _("Bekijk antwoorden van organisaties")
    return _work("antwoorden", title, "message-circle", row.number)


def _pairs(_actor: Actor, row: Row) -> Task:
    title = _("Bekijk wie twee keer in de databank staat")
    waits = ngettext("{n} wacht", "{n} wachten", row.number).format(n=row.number)
    return Task(title, reverse("partners:duplicates"), "copy", waits, personal=True)


def _advices(actor: Actor, rows: list[Row]) -> Iterator[Task]:
    """The day by which to answer follows from the rules of each body."""
    for advice in councils.advices(actor).filter(pk__in=[row.pk for row in rows]):
        title = _("Antwoord op het advies van {body}").format(body=advice.body.name)
        href = reverse("councils:advice", args=[advice.pk])
        term = councils.answer_by(advice)
        due = term.last if term else None
        yield Task(title, href, "scale", advice.title, due, "council-advice")


def _waiting_advice(actor: Actor) -> QuerySet[Any]:
    return councils.waiting_advice(actor, actor.schools(LEADS))


def _agendas(actor: Actor) -> QuerySet[Any]:
    return councils.agendas_to_send(actor, actor.schools(LEADS))


def _ending_mandates(actor: Actor) -> QuerySet[Any]:
    return councils.mandates_over(actor, actor.schools(LEADS))


def _of(path: str, **more: str) -> dict[str, str]:
    """Columns of what belongs to a dossier: the dossier's key and title, and what is named."""
    return {"dossier": f"{path}_id", "about": f"{path}__title", **more}


COUNTED = {"pk": "count", "number": "count"}
SOURCES = (
    Source(
        STAFF,
        waiting.criteria,
        _criteria,
        _of("dossier", pk="dossier_id", due="due", number="count"),
    ),
    Source(STAFF, second.waiting, _second, _of("dossier", text="criterion", due="due_on")),
    Source(
        STAFF,
        second.of_who_left,
        _second_left,
        _of("dossier", name="reader__name", text="criterion", due="due_on"),
    ),
    Source(STAFF, evidence.ending, _evidence, _of("dossier", text="title", due="valid_until")),
    Source(
        STAFF, waiting.positions, _position, _of("decision__dossier", due="decision__closes_on")
    ),
    Source(
        STAFF,
        waiting.without_teacher,
        _teacher,
        {"dossier": "dossier_id", "about": "title", "due": "on"},
    ),
    Source(
        STAFF, waiting.conditions, _condition, _of("decision__dossier", text="text", due="by_on")
    ),
    Source(
        STAFF,
        waiting.changes,
        _change,
        _of(
            "version__agreement__dossier",
            name="version__agreement__partner__name",
            number="newest",
        ),
    ),
    Source(
        STAFF, waiting.messages, _message, _of("dossier", name="partner__name", number="newest")
    ),
    Source(
        STAFF,
        waiting.checkpoints,
        _checkpoint,
        {**_of("agreement__dossier", name="agreement__partner__name", due="on"), "about": "what"},
    ),
    Source(
        STAFF,
        waiting.ending_agreements,
        _ending,
        _of("agreement__dossier", name="agreement__partner__name", due="valid_until"),
    ),
    Source(
        STAFF,
        waiting.ending,
        _end,
        {"dossier": "pk", "about": "title", "due": "ends_on"},
    ),
    Source(STAFF, waiting.evaluations, _evaluation, {"dossier": "pk", "about": "title"}),
    Source(
        STAFF,
        factors.to_score,
        _scoring,
        {
            "dossier": "pk",
            "about": "title",
            "due": "begins_on",
            "until": "ends_on",
            "text": "scored",
        },
    ),
    Source(
        STAFF,
        factors.to_ask,
        _partner_scoring,
        _of(
            "dossier",
            name="partner__name",
            due="begins_on",
            until="ends_on",
            text="asked",
        ),
    ),
    Source(
        STAFF, factors.to_do, _factor_action, _of("dossier", text="what", name="moment", due="due")
    ),
    Source(STAFF, trajectories.milestones_due, _milestone, _of("dossier", text="title", due="on")),
    Source(
        STAFF,
        incidents.unclosed,
        _incident,
        {
            "dossier": "activity__dossier_id",
            "about": "activity__title",
            "number": "activity_id",
        },
    ),
    Source(LEADS, waiting.reviews, _review, _of("dossier", due="due_on")),
    Source(
        LEADS,
        waiting.to_confirm,
        _confirm,
        _of("agreement__dossier", name="agreement__partner__name"),
    ),
    Source(
        LEADS,
        partners.ending_recognitions,
        _recognition,
        {"number": "partner_id", "name": "partner__name", "about": "by", "due": "until"},
    ),
    Source(LEADS, _waiting_advice, tasks=_advices, columns={"due": "received_on"}),
    Source(
        LEADS,
        _agendas,
        _agenda,
        {"name": "body__name", "due": "on", "number": "body__lead_days"},
    ),
    Source(LEADS, _ending_mandates, _mandates, {"name": "name", "due": "over_on"}),
    Source(
        STAFF | ADVISER,
        talking.calls,
        _called,
        _of("remark__dossier", pk="remark_id", text="remark__part", name="remark__author__name"),
    ),
    Source(HEAD, waiting.decisions, _decision, _of("dossier", text="waits", due="closes_on")),
    Source(
        ADVISER, waiting.adviser_questions, _adviser, _of("dossier", name="dossier__school__name")
    ),
    Source(KEEPER, partial(partners.counted, kind="reports"), _reports, COUNTED),
    Source(KEEPER, partial(partners.counted, kind="proposals"), _proposals, COUNTED),
    Source(KEEPER, partial(partners.counted, kind="replies"), _replies, COUNTED),
    Source(KEEPER, partial(partners.counted, kind="pairs"), _pairs, COUNTED),
    Source(
        LEADS | {Role.COUNCIL_MEMBER},
        waiting.council,
        tasks=_council_points,
        columns=_of("dossier", place="dossier__school_id", due="meets_on"),
    ),
    *also.SOURCES,
)
