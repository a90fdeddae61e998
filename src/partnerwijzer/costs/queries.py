"""Reading costs: of one dossier, and of a whole school against the ceilings."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.costs import reckoning
from partnerwijzer.costs.book import book
from partnerwijzer.costs.models import CostCeiling, CostLine, CostPlan, OtherCost
from partnerwijzer.costs.reckoning import Breach, Ceiling, Ceilings, Charge, Priced, Standing
from partnerwijzer.dossiers import along, told
from partnerwijzer.dossiers.models import Dossier, DossierGroup, DossierState
from partnerwijzer.dossiers.queries import reading, suggesting
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School, Umbrella

ZERO = Decimal(0)
# How far back outings of several days count: the years of primary school.
PRIMARY_YEARS = 6


@dataclass(frozen=True)
class Sums:
    """What the lines of a dossier come to. `each`: what parents pay for one pupil at most."""

    total: Decimal
    school: Decimal
    parents: Decimal
    each: Decimal


@dataclass(frozen=True)
class Outlook:
    """A dossier against the rules: standings of its groups, and what may not be asked.

    none: it has groups at a level without ceiling. unclear: the level of a group says too little.
    part: the reader sees what this dossier asks and not what others do, so there is no standing.
    """

    standings: tuple[Standing, ...] = ()
    breaches: tuple[Breach, ...] = ()
    none: bool = False
    unclear: bool = False
    part: bool = False

    @property
    def over(self) -> tuple[Standing, ...]:
        return tuple(s for s in self.standings if s.state == "over")

    @property
    def untold(self) -> tuple[Standing, ...]:
        """Of which nobody can say whether they stay under: groups may hold the same pupils."""
        return tuple(s for s in self.standings if s.state == "unclear")

    @property
    def unknown(self) -> tuple[Standing, ...]:
        return tuple(s for s in self.standings if s.state == "unknown")


def lines_of(actor: Actor, dossier: Dossier) -> list[CostLine]:
    """The lines of a dossier that the actor may see, with their groups; read once."""
    if "cost_lines" not in getattr(dossier, "_prefetched_objects_cache", {}):
        if not reading.sees(actor, dossier):
            return []
        linked = CostLine.groups.through.objects
        keys = told.gathered(linked.all(), "costline", "dossiergroup")
        rows = CostLine.objects.annotate(group_keys=keys)
        prefetch_related_objects([dossier], Prefetch("cost_lines", rows))
        along.share(dossier.groups.all(), dossier.cost_lines.all(), "groups")
    return list(dossier.cost_lines.all())


def get_line(actor: Actor, dossier_pk: int, pk: int) -> CostLine:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = CostLine.objects.select_related("dossier__school").prefetch_related("groups", "goals")
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def plan_of(actor: Actor, dossier: Dossier) -> CostPlan:
    """What was said about the whole; a new, unsaved one where nothing was said."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier.pk)
    found = CostPlan.objects.filter(dossier__in=visible).select_related("updated_by").first()
    return found or CostPlan(dossier=dossier)


def groupless(actor: Actor, dossier: Dossier) -> list[CostLine]:
    """Lines that cost something and stand with no group (any more): nobody is counted for them."""
    lines = lines_of(actor, dossier)
    return [row for row in lines if (row.amount or row.parents_each) and not row.groups.all()]


def priced(line: CostLine) -> Priced:
    pupils = tuple(group.pupils for group in line.groups.all())
    return Priced(line.unit, line.amount, line.times, line.parents_each, pupils)


def sums_of(lines: Iterable[CostLine]) -> Sums:
    """All lines together. What one pupil pays differs where groups differ: the highest counts."""
    every = list(lines)
    rows = [priced(line) for line in every]
    each: dict[int, Decimal] = {}
    for line in every:
        for group in line.groups.all():
            each[group.pk] = each.get(group.pk, ZERO) + line.parents_each
    return Sums(
        total=sum((r.total for r in rows), ZERO),
        school=sum((r.school for r in rows), ZERO),
        parents=sum((r.parents for r in rows), ZERO),
        each=max(each.values(), default=ZERO),
    )


def charges_of(lines: Iterable[CostLine]) -> list[Charge]:
    """What parents are asked, for each group of each line."""
    return [_charge(line, group) for line in lines for group in line.groups.all()]


def _charge(line: CostLine, group: DossierGroup) -> Charge:
    of_line = (line.school_year, line.duration, line.need, line.parents_each, line.what)
    return _asked(*of_line, line.dossier_id, group.level, group.label, group.pk)


def _asked(
    year: int,
    kind: str,
    need: str,
    each: Decimal,
    what: str,
    dossier: int,
    level: str,
    label: str,
    group: int,
) -> Charge:
    named = label.strip() or vocabulary.label("education_levels", level)
    unnamed = None if label.strip() else group
    return Charge(year, level, named, kind, need, each, what, dossier, unnamed=unnamed)


def _other_charges(rows: Iterable[OtherCost]) -> list[Charge]:
    return [
        Charge(
            year=row.school_year,
            group_level=row.level,
            label=row.label,
            kind=row.duration,
            need=row.need,
            each=row.parents_each,
            what=row.what,
            other=row.pk,
        )
        for row in rows
    ]


def reads_school(actor: Actor, school: School) -> bool:
    """Staff of the school and its board know what all dossiers ask; an adviser only the one about
    which something was asked."""
    return actor.works_at(school.pk) or school.board_id in actor.boards


def charges_at(actor: Actor, school: School, year: int) -> list[Charge]:
    """What a school asks of parents in a school year and in the years before that count with it,
    over all its dossiers and what was noted outside them. A dossier that was stopped, or decided
    against, asks nothing."""
    if not reads_school(actor, school):
        return []
    since = year - PRIMARY_YEARS + 1
    rows = (
        CostLine.groups.through.objects.filter(
            costline__dossier__school=school, costline__parents_each__gt=0
        )
        .filter(costline__school_year__gte=since, costline__school_year__lte=year)
        .exclude(costline__dossier__state=DossierState.STOPPED)
        .order_by("costline__school_year", "costline", "dossiergroup")
        .values_list(*IN_A_CHARGE, LAST_DECISION)
    )
    asking = [_asked(*charge) for *charge, decided in rows if decided != "negative"]
    others = OtherCost.objects.visible_to(actor).filter(
        school=school, school_year__gte=since, school_year__lte=year
    )
    return [*asking, *_other_charges(others)]


# A school asks hundreds of charges: only their values are read, in the order of `_asked`.
IN_A_CHARGE = (
    *(f"costline__{name}" for name in ("school_year", "duration", "need", "parents_each", "what")),
    *("costline__dossier", "dossiergroup__level", "dossiergroup__label", "dossiergroup"),
)
LAST_DECISION = "costline__dossier__steps__decide-together__code"


def ceilings_for(actor: Actor, school: School) -> Ceilings:
    """The ceilings of a school: those that ship, over them what its umbrella entered, and over that
    what it entered itself."""
    found: dict[tuple[str, str, int], Ceiling] = {
        (c.kind, c.level, c.year): Ceiling(
            c.amount, str(book().source[c.source].name), book().source[c.source].url, c.read_on
        )
        for c in book().ceilings
    }
    rows = CostCeiling.objects.standing().about(school).select_related("umbrella", "school")
    for row in rows:
        by = row.owner.name
        key = (row.kind, row.level, row.school_year)
        found[key] = Ceiling(row.amount, row.source, row.url, row.read_on, entered=True, by=by)
    return found


def standings_of(actor: Actor, school: School, year: int) -> list[Standing]:
    """Each group of the school in a school year against each ceiling."""
    ceilings = ceilings_for(actor, school)
    return reckoning.standings(charges_at(actor, school, year), ceilings, book(), year)


def outlook(actor: Actor, dossier: Dossier) -> Outlook:
    """How a dossier stands against the rules. Asks nothing more where parents pay nothing.

    Kept with the dossier that was read, as its lines are: a page asks for it in several places.
    """
    kept: dict[bool, Outlook] = dossier.__dict__.setdefault("_cost_outlooks", {})
    whole = reads_school(actor, dossier.school)
    if whole not in kept:
        kept[whole] = _outlook(actor, dossier)
    return kept[whole]


def _outlook(actor: Actor, dossier: Dossier) -> Outlook:
    lines = lines_of(actor, dossier)
    charges = charges_of(lines)
    asking = [c for c in charges if c.each > 0]
    if not asking:
        return Outlook()
    years = {c.year for c in reckoning.counted(asking, book())}
    part = not reads_school(actor, dossier.school)
    return Outlook(
        part=part,
        standings=() if part else tuple(_standings(actor, dossier, asking, years)),
        breaches=tuple(reckoning.breaches(asking, book())),
        none=any(
            not book().level_of(c.group_level) and not book().is_unclear(c.group_level)
            for c in asking
        ),
        unclear=any(book().is_unclear(c.group_level) for c in asking),
    )


def _standings(
    actor: Actor, dossier: Dossier, asking: list[Charge], years: set[int]
) -> Iterable[Standing]:
    """Of the groups of this dossier only, over everything that the school asks of them."""
    if not years:
        return
    ceilings = ceilings_for(actor, dossier.school)
    for year in sorted(years):
        every = charges_at(actor, dossier.school, year)
        for found in reckoning.standings(every, ceilings, book(), year):
            if any(c.dossier == dossier.pk and c.year == year for c in found.charges):
                yield found


def get_other(actor: Actor, pk: int) -> OtherCost:
    rows = OtherCost.objects.visible_to(actor).select_related("school")
    return get_object_or_404(rows, pk=pk)


def overview_school(actor: Actor) -> School:
    """The school that is worked for now, for who reads all its costs; 404 otherwise. An
    administrator of a board gets the first school of the board."""
    school = _school_to_read(actor)
    if school is None:
        raise Http404
    return school


def _school_to_read(actor: Actor) -> School | None:
    school = organisations.my_school(actor)
    if school is not None and reads_school(actor, school):
        return school
    return School.objects.filter(board_id__in=actor.boards).order_by("name", "pk").first()


def ceilings(actor: Actor) -> list[CostCeiling]:
    """All that was entered and that the actor may see, also what was replaced or withdrawn; for who
    works at a school that of its umbrella and of that school alone, its own last."""
    school = _school_to_read(actor)
    rows = CostCeiling.objects.visible_to(actor)
    rows = rows.filter(school=None) if school is None else rows.about(school)
    return list(rows.select_related("umbrella", "school", "replaced_by"))


def name_of(owner: Umbrella | School) -> str:
    """For whom an amount is, as an address says it: school-3, umbrella-1."""
    return f"{owner._meta.model_name}-{owner.pk}"


def enters_for(actor: Actor, school: School) -> str:
    """The name of the school, where the actor may enter an amount for it; else nothing."""
    return name_of(school) if actor.works_at(school.pk, LEADS) else ""


def owners(actor: Actor) -> list[Umbrella | School]:
    """For whom the actor enters amounts: the school that is worked for now, others that the actor
    leads, umbrellas."""
    schools = School.objects.filter(pk__in=actor.schools(LEADS))
    first = sorted(schools, key=lambda school: (school.pk != actor.school_id, school.name))
    return [*first, *Umbrella.objects.filter(pk__in=actor.umbrellas(Role.UMBRELLA_ADMIN))]


def get_ceiling(actor: Actor, pk: int) -> CostCeiling:
    """What stands now in the place of an amount that the actor may change, or 404. It may have been
    withdrawn."""
    umbrella = Q(umbrella_id__in=actor.umbrellas(Role.UMBRELLA_ADMIN))
    mine = CostCeiling.objects.filter(umbrella | Q(school_id__in=actor.schools(LEADS)))
    rows = mine.select_related("umbrella", "school", "replaced_by")
    row = get_object_or_404(rows, pk=pk)
    while next_one := getattr(row, "replaced_by", None):
        row = rows.get(pk=next_one.pk)
    return row


def group_names(actor: Actor, school: School) -> list[str]:
    """How this school wrote its groups so far, in dossiers and in what it noted outside them."""
    others = OtherCost.objects.visible_to(actor).filter(school=school).values_list("label")
    named = suggesting.group_names(actor, school.pk)
    return sorted({*named, *(label for (label,) in others)})
