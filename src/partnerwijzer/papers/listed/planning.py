"""How the cooperation was set up: by whom, for which goals, at what cost, in which series and with
which milestones. All of it may go outside: that is what a cooperation answers for."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.costs import queries as costs
from partnerwijzer.costs.models import CostLine, CostPlan
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import CouncilDuty, CouncilTest, DossierGoal, DossierMember
from partnerwijzer.dossiers.working import form_of
from partnerwijzer.papers.listing import Column, Listing, Reader, Row, day, joined
from partnerwijzer.quality.models import QualityTag
from partnerwijzer.trajectories import queries as trajectories
from partnerwijzer.trajectories.models import Milestone, Series, SeriesMoment, SeriesPartner
from partnerwijzer.ui import schoolyear
from partnerwijzer.ui.amounts import euros


def _members(reader: Reader) -> Iterator[Row]:
    for row in reader.dossier.members.select_related("user").order_by("pk"):
        yield row.user, row.get_part_display()


def _goals(reader: Reader) -> Iterator[Row]:
    for row in DossierGoal.objects.filter(dossier=reader.dossier).select_related("goal"):
        yield row.goal, row.how


def _tags(reader: Reader) -> Iterator[Row]:
    known = casework.content(reader.dossier).framework.rubric
    rows = QualityTag.objects.filter(dossier=reader.dossier)
    for row in rows.select_related("activity", "expectation"):
        rubric = known[row.rubric].label if row.rubric in known else row.rubric
        on = row.activity.title if row.activity else _("het geheel")
        yield row.get_part_display(), rubric, row.expectation, on


def _duty(reader: Reader) -> Iterator[Row]:
    """What the school judged that its council has to get, and why (domain.md 4)."""
    test = CouncilTest.objects.filter(dossier=reader.dossier).select_related("judged_by").first()
    if test is None:
        return
    known = {t.key: t for t in casework.content(reader.dossier).governance.council_topics}
    topics = joined(known[key].label for key in test.topics if key in known)
    duty, reason = reader.dossier.get_council_duty_display(), reader.dossier.council_reason
    proposed = CouncilDuty(test.proposed).label if test.proposed else ""
    yield topics, proposed, duty, reason, test.waived, f"{test.judged_by}, {day(test.judged_at)}"


def _costs(reader: Reader) -> Iterator[Row]:
    for line in costs.lines_of(reader.actor, reader.dossier):
        price = f"{euros(line.amount)} {line.get_unit_display()}"
        if line.times > 1:
            price = _("{price}, {n} keer").format(price=price, n=line.times)
        sums = costs.priced(line)
        groups = joined(group.name for group in line.groups.all())
        why = f"{line.get_need_display()}; {line.get_duration_display()}"
        yield (
            f"{line.what} ({schoolyear.label(line.school_year)})",
            price,
            euros(sums.total),
            euros(line.parents_each),
            groups,
            why,
        )


def _explained(reader: Reader) -> Iterator[Row]:
    plan = costs.plan_of(reader.actor, reader.dossier)
    if plan.explanation:
        yield plan.explanation, plan.updated_by, plan.updated_at


def _series(reader: Reader) -> Iterator[Row]:
    content = casework.content(reader.dossier)
    rows = Series.objects.filter(dossier=reader.dossier).annotate(many=Count("moments"))
    for row in rows.prefetch_related("groups", "teachers", "partners__row__partner"):
        form = form_of(content, row.working_form)
        title = f"{row.title} ({form.label})" if form else row.title
        hours = f"{row.starts:%H:%M}–{row.ends:%H:%M}"
        rule = f"{row.get_rule_display()}, {hours}"
        come = (f"{p.row.partner.name} ({p.get_part_display()})" for p in row.partners.all())
        who = joined((*(g.name for g in row.groups.all()), *row.teachers.all(), *come))
        yield title, rule, row.first, row.until, who, row.many


def _milestones(reader: Reader) -> Iterator[Row]:
    for row in trajectories.milestones_of(reader.dossier):
        yield row.title, row.on, row.get_state_display(), row.note


LISTS = (
    Listing(
        "wie-werkt-eraan",
        gettext_lazy("Wie eraan werkt"),
        (Column("who", gettext_lazy("Wie")), Column("part", gettext_lazy("Rol"))),
        _members,
        (DossierMember,),
    ),
    Listing(
        "doelen",
        gettext_lazy("Onderwijsdoelen"),
        (
            Column("goal", gettext_lazy("Doel")),
            Column("how", gettext_lazy("Wat leerlingen ervoor doen")),
        ),
        _goals,
        (DossierGoal,),
    ),
    Listing(
        "kwaliteitskader",
        gettext_lazy("Waar dit in het kwaliteitskader past"),
        (
            Column("part", gettext_lazy("Wat")),
            Column("rubric", gettext_lazy("Rubriek")),
            Column("expectation", gettext_lazy("Verwachting")),
            Column("on", gettext_lazy("Gaat over")),
        ),
        _tags,
        (QualityTag,),
    ),
    Listing(
        "kosten",
        gettext_lazy("Wat het kost"),
        (
            Column("what", gettext_lazy("Wat (schooljaar)")),
            Column("price", gettext_lazy("Prijs")),
            Column("total", gettext_lazy("Samen")),
            Column("parents_each", gettext_lazy("Ouders, per leerling")),
            Column("groups", gettext_lazy("Voor wie")),
            Column("need", gettext_lazy("Moet het, en hoe lang")),
        ),
        _costs,
        (CostLine,),
        permission="costs.view",
    ),
    Listing(
        "kosten-uitleg",
        gettext_lazy("Uitleg bij de kosten"),
        (
            Column("explanation", gettext_lazy("Hoe de school dit oplost")),
            Column("by", gettext_lazy("Wie")),
            Column("at", gettext_lazy("Wanneer")),
        ),
        _explained,
        (CostPlan,),
        permission="costs.view",
        single=True,
    ),
    Listing(
        "reeksen",
        gettext_lazy("Reeksen"),
        (
            Column("title", gettext_lazy("Wat")),
            Column("rule", gettext_lazy("Hoe vaak")),
            Column("first", gettext_lazy("Eerste keer")),
            Column("until", gettext_lazy("Tot en met")),
            Column("who", gettext_lazy("Wie")),
            Column("moments", gettext_lazy("Momenten")),
        ),
        _series,
        (Series, SeriesMoment, SeriesPartner),
    ),
    Listing(
        "mijlpalen",
        gettext_lazy("Mijlpalen"),
        (
            Column("title", gettext_lazy("Wat is er dan bereikt")),
            Column("on", gettext_lazy("Tegen")),
            Column("state", gettext_lazy("Hoe het staat")),
            Column("note", gettext_lazy("Waaraan men dat ziet")),
        ),
        _milestones,
        (Milestone,),
    ),
)
COUNCIL = (
    Listing(
        "raad-wat-moet",
        gettext_lazy("Wat de schoolraad moet krijgen"),
        (
            Column("topics", gettext_lazy("Onderwerpen")),
            Column("proposed", gettext_lazy("Voorstel")),
            Column("duty", gettext_lazy("Oordeel")),
            Column("reason", gettext_lazy("Waarom")),
            Column("waived", gettext_lazy("De raad ziet ervan af")),
            Column("by", gettext_lazy("Wie en wanneer")),
        ),
        _duty,
        (CouncilTest,),
        single=True,
    ),
)
