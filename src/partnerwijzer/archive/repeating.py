"""What of a dossier goes along to a new school year, and what stays behind. Reads, changes
nothing. No data about people goes along: see dossiers.naming, and content/archive/again.yaml."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.archive import lasting, occasions, shifting
from partnerwijzer.costs.models import CostLine
from partnerwijzer.costs.queries import lines_of
from partnerwijzer.dossiers import along, casework, moving, period, told
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityState,
    Dossier,
    DossierGoal,
    DossierGroup,
)
from partnerwijzer.dossiers.naming import Names
from partnerwijzer.dossiers.queries.naming import names_around
from partnerwijzer.organisations import actors
from partnerwijzer.partners.models import Offer, Partner
from partnerwijzer.quality.models import Part as QualityPart
from partnerwijzer.quality.models import QualityTag
from partnerwijzer.schooldays import queries as schooldays
from partnerwijzer.ui import schoolyear
from partnerwijzer.ui.amounts import euros

# Read with the dossier, in its own query.
LISTS = (along.List("series"), along.List("milestones"), along.List("improvement_plan"))


@dataclass(frozen=True)
class Draft:
    """What of an agreement goes along with its partner."""

    partner: Partner
    blocks: list[str]
    fields: dict[str, str]
    own_blocks: list[dict[str, Any]]
    extra: str


@dataclass(frozen=True)
class Plan:
    """What goes along, ready to be shown and to be carried out.

    groups: each with its label, empty where that names somebody. goals: each with what pupils do.
    costs: those of the last school year, each with what it is for. tags: to what it was meant to
    contribute as a whole.
    moments and series: see occasions. milestones and improvement: see lasting.
    answers: those that are not too old, offered as a beginning. stayed: what stays behind, in
    words.
    """

    year: int
    years: int
    title: str
    aim: str
    period: tuple[date | None, date | None]
    partners: tuple[tuple[Partner, Offer | None], ...]
    groups: tuple[tuple[DossierGroup, str], ...]
    goals: tuple[tuple[DossierGoal, str], ...]
    drafts: tuple[Draft, ...]
    moments: tuple[occasions.Moment, ...]
    series: tuple[occasions.Again, ...]
    milestones: tuple[lasting.Mile, ...]
    improvement: dict[str, Any] | None
    costs: tuple[tuple[CostLine, str], ...]
    tags: tuple[QualityTag, ...]
    answers: tuple[tuple[casework.Asked, str], ...]
    stayed: tuple[str, ...]

    @property
    def every_moment(self) -> list[occasions.Moment]:
        """Those that stand alone and those of series."""
        return [*self.moments, *(m for again in self.series for m in again.moments)]

    @property
    def moved(self) -> list[str]:
        told = [m.told for m in self.every_moment] + [m.told for m in self.milestones]
        return [words for words in told if words]

    def only(self, keys: Collection[str]) -> "Plan":
        """With these moments alone; a series of which none is left, stays behind."""
        kept = [_without(again, keys) for again in self.series]
        stayed = self.stayed
        if count := sum(moment.key not in keys for moment in self.every_moment):
            words = ngettext(
                "{n} moment dat jullie niet aanvinkten",
                "{n} momenten die jullie niet aanvinkten",
                count,
            )
            stayed = (*stayed, words.format(n=count))
        return replace(
            self,
            stayed=stayed,
            moments=tuple(m for m in self.moments if m.key in keys),
            series=tuple(again for again in kept if again.moments),
        )

    @property
    def cost_words(self) -> list[str]:
        return [f"{what}: {euros(row.amount)} {row.get_unit_display()}" for row, what in self.costs]

    @property
    def tag_words(self) -> list[str]:
        return [occasions.tag_word(tag) for tag in self.tags]

    @property
    def field_count(self) -> int:
        return sum(len(d.fields) for d in self.drafts)


def _without(again: occasions.Again, keys: Collection[str]) -> occasions.Again:
    return replace(again, moments=tuple(m for m in again.moments if m.key in keys))


@cache
def fields_along() -> frozenset[str]:
    """Fields of an agreement that go along, as `block.field`."""
    path = settings.CONTENT_DIR / "archive" / "again.yaml"
    return frozenset(yaml.safe_load(path.read_text(encoding="utf-8"))["fields"])


def _activities(dossier: Dossier) -> list[Activity]:
    """The moments that went on or go on, with their groups; read once."""
    if "going_on" not in dossier.__dict__:
        rows = dossier.activities.exclude(state=ActivityState.CANCELLED)
        groups = told.gathered(Activity.groups.through.objects.all(), "activity", "dossiergroup")
        found = rows.annotate(group_keys=groups, **occasions.of_moments())
        dossier.__dict__["going_on"] = list(found)
        along.share(dossier.groups.all(), dossier.__dict__["going_on"], "groups")
    going_on: list[Activity] = dossier.__dict__["going_on"]
    return going_on


def year_of(dossier: Dossier) -> int:
    """The school year of a dossier: of its last moment, else of what was planned or agreed, else of
    its opening."""
    days = [a.on for a in _activities(dossier)]
    day = max(days, default=None) or _said(dossier)[0] or timezone.localdate(dossier.created_at)
    return schoolyear.of(day)


def _said(dossier: Dossier) -> tuple[date | None, date | None]:
    """From when until when, as planned or agreed; asked once."""
    if "said_days" not in dossier.__dict__:
        dossier.__dict__["said_days"] = period.said(dossier)
    days: tuple[date | None, date | None] = dossier.__dict__["said_days"]
    return days


def years_ahead(dossier: Dossier, today: date) -> list[int]:
    """The school years to choose from, the most likely first: this one where the dossier is of an
    earlier one, and the next."""
    now = schoolyear.of(today)
    return [now, now + 1] if year_of(dossier) < now else [now + 1]


def plan(dossier: Dossier, year: int, today: date | None = None) -> Plan:
    """What would go along to this school year.

    Args:
        dossier: as reading.get_whole gives it.
        year: in which the school year begins.
        today: moments that would fall before it stay behind.
    """
    names = names_around(dossier)
    years = year - year_of(dossier)
    stayed: list[str] = []
    goals = tuple(_goals(dossier, names, stayed))
    now = today or timezone.localdate()
    kept = tuple(row for row, _how in goals)
    to = lasting.To(year_of(dossier), years, schooldays.days_of(dossier.school), now)
    clean = partial(_cleaned, names, stayed)
    tags = tuple(_tags(dossier))
    of_one = tuple(tag for tag in tags if tag.activity_id is not None)
    reader = occasions.Reader(dossier, to, clean, kept, of_one, stayed)
    alone, series = reader.read(_activities(dossier))
    milestones = tuple(lasting.milestones(dossier, to, clean, stayed))
    improvement = lasting.improvement(dossier, clean, stayed)
    return Plan(
        year=year,
        years=years,
        title=_clean(names, dossier.title, _("De titel"), stayed),
        aim=_clean(names, dossier.aim, _("Wat jullie wilden bereiken"), stayed),
        period=_period(dossier, years),
        partners=tuple(_partners(dossier, stayed)),
        groups=tuple(
            (g, _clean(names, g.label, _("De naam van een groep"), stayed))
            for g in dossier.groups.all()
        ),
        goals=goals,
        drafts=tuple(_drafts(dossier, names, stayed)),
        moments=tuple(alone),
        series=tuple(series),
        milestones=milestones,
        improvement=improvement,
        costs=tuple(_costs(dossier, names, stayed)),
        tags=tuple(tag for tag in tags if tag.activity_id is None),
        answers=tuple(_answers(dossier, names)),
        stayed=tuple(dict.fromkeys(stayed)),
    )


def _clean(names: Names, text: str, what: str, stayed: list[str]) -> str:
    """The text, or nothing where it names somebody; then that is told."""
    if not names.in_text(text):
        return text
    stayed.append(_("{what}: daar staat een naam of adres in.").format(what=what))
    return ""


def _cleaned(names: Names, stayed: list[str], text: str, what: str) -> str:
    return _clean(names, text, what, stayed)


def _period(dossier: Dossier, years: int) -> tuple[date | None, date | None]:
    first, last = _said(dossier)
    if first and last and last < first:  # one was planned, the other agreed
        last = None
    return (
        shifting.years_on(first, years) if first else None,
        shifting.years_on(last, years) if last else None,
    )


def _partners(dossier: Dossier, stayed: list[str]) -> Iterator[tuple[Partner, Offer | None]]:
    for row in dossier.partners.all():
        partner, offer = row.partner.merged_into or row.partner, row.offer
        if offer is not None and (offer.withdrawn_at or offer.partner_id != partner.pk):
            words = _("Het aanbod ‘{title}’: dat is er niet meer.")
            stayed.append(words.format(title=offer.title))
            offer = None
        yield partner, offer


def _goals(dossier: Dossier, names: Names, stayed: list[str]) -> Iterator[tuple[DossierGoal, str]]:
    for row in dossier.goals.select_related("goal__goal_set"):
        if row.goal.is_expired:
            words = _("Het doel ‘{goal}’: dat geldt niet meer.")
            stayed.append(words.format(goal=row.goal.first_line[:80]))
        else:
            yield row, _clean(names, row.how, _("Wat leerlingen voor een doel doen"), stayed)


def _drafts(dossier: Dossier, names: Names, stayed: list[str]) -> Iterator[Draft]:
    labels = {
        f"{block.key}.{field.key}": f"{block.title}, {field.label}"
        for block in casework.content(dossier).agreement.blocks
        for field in block.fields
    }
    for row in dossier.agreements.select_related("partner__merged_into"):
        kept = {}
        for name, value in row.fields.items():
            text = str(value).strip()
            if name in fields_along() and text:
                kept[name] = _clean(names, text, labels.get(name, name), stayed)
        blocks = [b for b in row.own_blocks if not names.in_text(f"{b['title']} {b['text']}")]
        yield Draft(
            row.partner.merged_into or row.partner,
            list(row.blocks),
            {name: value for name, value in kept.items() if value},
            blocks,
            _clean(names, row.extra, _("Wat jullie nog afspraken"), stayed),
        )


def _costs(dossier: Dossier, names: Names, stayed: list[str]) -> Iterator[tuple[CostLine, str]]:
    """Costs of the last school year of the dossier, with the price of then."""
    school = actors.of_school(dossier.school_id)
    rows = [r for r in lines_of(school, dossier) if r.school_year == year_of(dossier)]
    for row in rows:
        what = _clean(names, row.what, _("Waarvoor een kost is"), stayed)
        yield row, what or _("Kost")


def _tags(dossier: Dossier) -> Iterator[QualityTag]:
    """What was meant at the start, of the whole and of single moments. What was found at the end
    belongs to that year; an expectation that is in no list any more stays behind."""
    for row in dossier.quality_tags.all():
        gone = row.expectation is not None and row.expectation.removed_at is not None
        if row.part == QualityPart.AIM and not gone:
            yield row


def _answers(dossier: Dossier, names: Names) -> Iterator[tuple[casework.Asked, str]]:
    """Answers that are young enough (stale_after_months of the framework), with their reason."""
    months = casework.content(dossier).framework.stale_after_months
    for row in casework.asked_of(dossier):
        young = not months or moving.months_since(row.found_on) < months
        reason = row.assessment.argument.strip()
        if row.done and young and reason and not names.in_text(reason):
            yield row, reason
