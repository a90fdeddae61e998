"""The moments themselves: who was there, who took whose place, what moved, and what belongs to the
working form. For who works at the school, as the page of a moment is."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers import casework, working
from partnerwijzer.dossiers.models import Activity, ActivityPartner
from partnerwijzer.dossiers.queries import running
from partnerwijzer.moments import queries as moments
from partnerwijzer.moments.models import Attendance, Replacement, Shift
from partnerwijzer.papers.listing import Column, Listing, Reader, Row, day, joined, named
from partnerwijzer.quality.models import ActivityGoal
from partnerwijzer.volunteers import queries as volunteers
from partnerwijzer.volunteers.models import Slot
from partnerwijzer.volunteers.roles import role

MOMENT = Column("moment", gettext_lazy("Moment"))


def _forms(reader: Reader) -> Iterator[Row]:
    """What comes after a moment (observation, feedback) stays in the school."""
    content, today = casework.content(reader.dossier), timezone.localdate()
    every = list(running.activities(reader.actor, reader.dossier))
    for activity in every:
        sheet = working.sheet(content, activity, today, every)
        if sheet is None:
            continue
        lines = sheet.filled if reader.inside else sheet.before
        filled = [(line.label, line.text) for line in lines] or [("", "")]
        for label, text in filled:
            yield named(activity), sheet.label, label, text


def _partners(reader: Reader) -> Iterator[Row]:
    rows = ActivityPartner.objects.filter(
        activity__in=running.activities(reader.actor, reader.dossier)
    )
    for row in rows.select_related("activity", "row__partner").order_by("activity__on", "pk"):
        yield named(row.activity), row.row.partner.name, row.get_part_display()


def _goals(reader: Reader) -> Iterator[Row]:
    rows = ActivityGoal.objects.filter(
        activity__in=running.activities(reader.actor, reader.dossier)
    )
    for row in rows.select_related("activity", "goal__goal").order_by("activity__on", "pk"):
        yield named(row.activity), row.goal.goal.first_line


def _slots(reader: Reader) -> Iterator[Row]:
    """How many are wanted and help: never who."""
    content = casework.content(reader.dossier)
    for slot in volunteers.slots(reader.actor, reader.dossier):
        taken = slot.taken  # type: ignore[attr-defined]
        yield named(slot.activity), role(content, slot.role).label, slot.wanted, taken


def _attendance(reader: Reader) -> Iterator[Row]:
    for row in moments.attendances_of(reader.actor, reader.dossier):
        by = f"{row.by}, {day(row.at)}"
        came, there = row.get_came_display(), joined(row.teachers.all()) or _("geen leerkracht")
        yield named(row.activity), came, there, row.pupils, by, row.note


def _replacements(reader: Reader) -> Iterator[Row]:
    for row in moments.replacements_of(reader.actor, reader.dossier):
        yield named(row.activity), row.absent, row.substitute, row.note, row.by, row.at


def _shifts(reader: Reader) -> Iterator[Row]:
    for row in moments.shifts_of(reader.actor, reader.dossier):
        after = row.after or _("gaat niet door")
        side = row.get_side_display() if row.side else ""
        yield row.activity.title, row.before, after, side, row.reason, row.at, joined(row.told)


LISTS = (
    Listing(
        "werkvormen",
        gettext_lazy("Wat bij de werkvorm hoort"),
        (
            MOMENT,
            Column("form", gettext_lazy("Werkvorm")),
            Column("what", gettext_lazy("Wat")),
            Column("text", gettext_lazy("Ingevuld")),
        ),
        _forms,
        (Activity,),
    ),
    Listing(
        "wie-komt",
        gettext_lazy("Welke partner komt"),
        (
            MOMENT,
            Column("partner", gettext_lazy("Partner")),
            Column("part", gettext_lazy("Wat die doet")),
        ),
        _partners,
        (ActivityPartner,),
    ),
    Listing(
        "doelen-per-moment",
        gettext_lazy("Aan welke doelen een moment werkt"),
        (MOMENT, Column("goal", gettext_lazy("Onderwijsdoel"))),
        _goals,
        (ActivityGoal,),
    ),
    Listing(
        "helpende-handen",
        gettext_lazy("Ouders en anderen die helpen"),
        (
            MOMENT,
            Column("role", gettext_lazy("Waarvoor")),
            Column("wanted", gettext_lazy("Gevraagd")),
            Column("taken", gettext_lazy("Helpt mee")),
        ),
        _slots,
        (Slot,),
        permission="volunteers.view",
    ),
    Listing(
        "verplaatst",
        gettext_lazy("Wat verplaatst is of niet doorging"),
        (
            MOMENT,
            Column("before", gettext_lazy("Was")),
            Column("after", gettext_lazy("Werd")),
            Column("side", gettext_lazy("Wie kon niet")),
            Column("reason", gettext_lazy("Waarom")),
            Column("at", gettext_lazy("Op")),
            Column("told", gettext_lazy("Wie het weet"), inside=True),
        ),
        _shifts,
        (Shift,),
    ),
    Listing(
        "vervangingen",
        gettext_lazy("Wie wie verving"),
        (
            MOMENT,
            Column("absent", gettext_lazy("In plaats van")),
            Column("substitute", gettext_lazy("Was erbij")),
            Column("note", gettext_lazy("Wat die moest weten")),
            Column("by", gettext_lazy("Geregeld door")),
            Column("at", gettext_lazy("Op")),
        ),
        _replacements,
        (Replacement,),
        inside=True,
    ),
    Listing(
        "aanwezigheid",
        gettext_lazy("Wie er echt was"),
        (
            MOMENT,
            Column("came", gettext_lazy("Partner gekomen")),
            Column("teachers", gettext_lazy("Leerkracht erbij")),
            Column("pupils", gettext_lazy("Leerlingen")),
            Column("by", gettext_lazy("Genoteerd door")),
            Column("note", gettext_lazy("Wat we onthouden"), inside=True),
        ),
        _attendance,
        (Attendance,),
    ),
)
