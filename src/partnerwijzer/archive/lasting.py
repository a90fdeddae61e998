"""What of a longer cooperation goes along to a new school year: its milestones, and the improvement
plan that it belongs to. Reads only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.archive import shifting
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.schooldays.off import Days
from partnerwijzer.trajectories.models import Milestone, MilestoneState
from partnerwijzer.ui import schoolyear

# The text without names: what it is, in words, comes second.
Clean = Callable[[str, str], str]
Was = tuple[date, str] | None


@dataclass(frozen=True)
class Mile:
    """A milestone on its new day. `was` is the day without school that it was moved off."""

    title: str
    on: date
    was: Was

    @property
    def told(self) -> str:
        return moved_off(self.title, self.on, self.was)


def moved_off(title: str, on: date, was: Was) -> str:
    """That something was moved off a day without school; empty where it was not."""
    if was is None:
        return ""
    words = _("{title}: {was} is er geen school ({name}), dus {on}.")
    return words.format(
        title=title, was=date_format(was[0], "j F Y"), name=was[1], on=date_format(on, "j F Y")
    )


@dataclass(frozen=True)
class To:
    """The new school year.

    of_year: the last school year of the dossier. years: how many on. days: of the school. today:
    what would fall before it stays behind.
    """

    of_year: int
    years: int
    days: Days
    today: date


def milestones(dossier: Dossier, to: To, clean: Clean, stayed: list[str]) -> Iterator[Mile]:
    """Those of the last school year that nobody dropped; how each stood stays behind."""
    rows = list(dossier.milestones.all())
    kept = [row for row in rows if schoolyear.of(row.on) == to.of_year and not _dropped(row)]
    if count := len(rows) - len(kept):
        words = ngettext(
            "{n} mijlpaal die van een ander schooljaar is, of die jullie lieten vallen",
            "{n} mijlpalen die van een ander schooljaar zijn, of die jullie lieten vallen",
            count,
        )
        stayed.append(words.format(n=count))
    if any(row.note or row.state != MilestoneState.TO_DO for row in kept):
        stayed.append(_("of de mijlpalen bereikt zijn, en waaraan je dat zag"))
    for row in kept:
        found = shifting.shift(row.on, to.years, to.days)
        if found.day is None or found.day < to.today:
            words = _("De mijlpaal van {on}: die dag is er dan niet meer.")
            stayed.append(words.format(on=date_format(row.on, "j F Y")))
            continue
        title = clean(row.title, _("De titel van een mijlpaal")) or _("Mijlpaal")
        yield Mile(title, found.day, found.free)


def _dropped(row: Milestone) -> bool:
    return row.state == MilestoneState.DROPPED


def improvement(dossier: Dossier, clean: Clean, stayed: list[str]) -> dict[str, Any] | None:
    """Which improvement plan it belongs to, as save_improvement takes it. Its file stays behind, as
    all files do."""
    plan = getattr(dossier, "improvement_plan", None)
    if plan is None:
        return None
    if plan.file_id:
        stayed.append(_("het bestand van het verbeterplan: voeg het opnieuw toe"))
    return {
        "title": clean(plan.title, _("De titel van het verbeterplan")) or _("Verbeterplan"),
        "inspected_on": plan.inspected_on,
        "url": clean(plan.url, _("Waar het verbeterplan staat")),
        "part": clean(plan.part, _("Aan welk punt van het verbeterplan jullie werken")),
    }
