"""The moments of a dossier in a new school year: those that stand alone, and series by their rule.
Reads only; who comes as a person stays behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.archive import lasting, shifting
from partnerwijzer.dossiers import casework, told
from partnerwijzer.dossiers.along import Row
from partnerwijzer.dossiers.models import Activity, ActivityPartner, Dossier, DossierGoal
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.words import DetailKind
from partnerwijzer.quality.models import ActivityGoal, QualityTag
from partnerwijzer.trajectories import recurrence
from partnerwijzer.trajectories.models import Series
from partnerwijzer.ui import schoolyear
from partnerwijzer.volunteers.models import Slot


@dataclass(frozen=True)
class Moment:
    """A planned moment on its new day, without a teacher.

    key: tells it apart on the page. of: what it is again; None where only the rule of its series
    gives it. goals: those of the dossier that it works at, as far as they go along. tags: what it
    was meant to contribute to by itself. parts: by key of a DossierPartner of then what that one
    does; None as in its series. partners: their names. places: roles in which help is asked, and
    how many people. was: the day without school that it was moved off. off: why there is no school
    on its day, where it stays on such a day.
    """

    key: str
    of: Activity | None
    on: date
    starts: time
    ends: time
    title: str
    place: str
    working_form: str
    preparation: str = ""
    follow_up: str = ""
    details: dict[str, Any] | None = None
    goals: tuple[DossierGoal, ...] = ()
    tags: tuple[QualityTag, ...] = ()
    parts: dict[int, str] | None = None
    partners: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    was: tuple[date, str] | None = None
    off: str = ""

    @property
    def tag_words(self) -> list[str]:
        return [tag_word(tag) for tag in self.tags]

    @property
    def told(self) -> str:
        """That it was moved off a day without school; empty where it was not."""
        return lasting.moved_off(self.title, self.on, self.was)

    @property
    def wanted(self) -> int:
        """How many people are asked to help."""
        return sum(many for _role, many in self.places)

    def other_than(self, again: "Again") -> bool:
        """Whether it is otherwise than the rest of its series, or holds a text of its own."""
        mine = (self.title, self.place, self.starts, self.ends, self.working_form)
        row = again.series
        usual = (again.title, again.place, row.starts, row.ends, row.working_form)
        return mine != usual or bool(self.preparation or self.follow_up or self.details)


@dataclass(frozen=True)
class Again:
    """A series in the new school year, by the same rule on the same weekday. `skipped` are days
    without school, each with why."""

    series: Series
    title: str
    place: str
    first: date
    until: date
    moments: tuple[Moment, ...]
    skipped: tuple[recurrence.Moment, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """As trajectories.actions takes them."""
        same = ("rule", "starts", "ends", "working_form", "skip_off")
        facts = {name: getattr(self.series, name) for name in same}
        return {**facts, **{n: getattr(self, n) for n in ("title", "place", "first", "until")}}


def tag_word(tag: QualityTag) -> str:
    """What a tag is called: the expectation of the school, else the part of the framework."""
    return tag.expectation.title if tag.expectation else vocabulary.label("rubrics", tag.rubric)


def of_moments() -> dict[str, Any]:
    """What is asked of each moment besides, in its own query."""
    return {
        "goal_keys": told.gathered(ActivityGoal.objects.all(), "activity", "goal"),
        "part_rows": told.gathered(
            ActivityPartner.objects.all(), "activity", Row("row_id", "part")
        ),
        "place_rows": told.gathered(Slot.objects.all(), "activity", Row("role", "wanted")),
        "series_key": F("in_series__series"),
        "by_rule": F("in_series__by_rule"),
    }


@dataclass(frozen=True)
class Reader:
    """Reads what goes along of the moments of the last school year of a dossier.

    goals: those that go along. tags: those that go along of single moments. stayed: gets what
    stays behind, in words.
    """

    dossier: Dossier
    to: lasting.To
    clean: lasting.Clean
    goals: tuple[DossierGoal, ...]
    tags: tuple[QualityTag, ...]
    stayed: list[str]

    def read(self, rows: Iterable[Activity]) -> tuple[list[Moment], list[Again]]:
        """The moments that stand alone, and the series.

        Args:
            rows: those that were not cancelled, with what of_moments asks.
        """
        every = list(rows)
        kept = [row for row in every if schoolyear.of(row.on) == self.to.of_year]
        if count := len(every) - len(kept):
            words = ngettext(
                "{n} moment van een vroeger schooljaar",
                "{n} momenten van een vroeger schooljaar",
                count,
            )
            self.stayed.append(words.format(n=count))
        by_series: dict[int, list[Activity]] = {}
        for row in kept:
            by_series.setdefault(vars(row)["series_key"] or 0, []).append(row)
        alone = list(self._alone(by_series.pop(0, [])))
        return alone, list(self._series(by_series))

    def _alone(self, rows: Iterable[Activity]) -> Iterator[Moment]:
        for row in rows:
            found = shifting.shift(row.on, self.to.years, self.to.days)
            if found.day is None or found.day < self.to.today:
                words = _("Het moment van {on}: die dag is er dan niet meer.")
                self.stayed.append(words.format(on=date_format(row.on, "j F Y")))
                continue
            yield self._again(row, f"m{row.pk}", found.day, found.free)

    def _again(
        self, row: Activity, key: str, on: date, was: tuple[date, str] | None = None
    ) -> Moment:
        title = self.clean(row.title, _("De titel van een moment"))
        keys = vars(row)
        parts: dict[int, str] = dict(map(_pair, keys["part_rows"] or ()))
        named = [p.partner.name for p in self.dossier.partners.all() if p.pk in parts]
        return Moment(
            key=key,
            of=row,
            on=on,
            starts=row.starts,
            ends=row.ends,
            title=title or _("Moment met de partner"),
            place=self.clean(row.place, _("De plaats van een moment")),
            working_form=row.working_form,
            preparation=self.clean(row.preparation, _("Hoe jullie een moment voorbereiden")),
            follow_up=self.clean(row.follow_up, _("Hoe jullie op een moment terugkijken")),
            details=self._details(row),
            goals=tuple(goal for goal in self.goals if goal.pk in (keys["goal_keys"] or ())),
            tags=tuple(tag for tag in self.tags if tag.activity_id == row.pk),
            parts=parts,
            partners=tuple(named),
            places=tuple(_pair(place) for place in keys["place_rows"] or ()),
            was=was,
            off=self.to.days.clash(on),
        )

    def _details(self, row: Activity) -> dict[str, Any]:
        """Of what belongs to the working form: what was agreed beforehand, without names. Choices
        among other moments are of that year; what is about one person is of that moment."""
        form = casework.content(self.dossier).vocab.working_form.get(row.working_form)
        asked = [d for d in (form.fields if form else ()) if d.moment == "before"]
        along = [d for d in asked if not d.personal and d.kind is not DetailKind.MOMENTS]
        kept = {d.key: row.details.get(d.key) for d in along}
        what = _("Wat bij een moment hoort")
        return {k: v for k, v in kept.items() if v and self.clean(str(v), what)}

    def _series(self, by_series: dict[int, list[Activity]]) -> Iterator[Again]:
        for series in self.dossier.series.all():
            days = _of_year(series, self.to.of_year)
            rows = sorted(by_series.get(series.pk, ()), key=lambda row: vars(row)["by_rule"])
            if not days and not rows:
                continue
            title = self.clean(series.title, _("De titel van een reeks"))
            if not days:  # its moments were all moved into this school year
                self._no_day_for(len(rows), title or _("Moment met de partner"))
                continue
            again = self._series_again(series, days, rows, title or _("Moment met de partner"))
            if again.moments:
                yield again
            else:
                words = _("De reeks ‘{title}’: daar zijn dan geen dagen meer voor.")
                self.stayed.append(words.format(title=again.title))

    def _series_again(
        self, series: Series, days: list[date], rows: list[Activity], title: str
    ) -> Again:
        """Its days by the rule; the first moment of then on the first of them, and so on."""
        place = self.clean(series.place, _("De plaats van een reeks"))
        first, until = _span(series, days, self.to.years)
        calendar, skip = self.to.days, series.skip_off
        found = recurrence.moments(series.rule, first, until, calendar, skip=skip)
        found = [one for one in found if one.on >= self.to.today]
        free = [one.on for one in found if not one.skipped]
        if free and (count := len(rows) - len(free)) > 0:
            self._no_day_for(count, title)
        again = Again(series, title, place, first, until, (), tuple(m for m in found if m.skipped))
        moments = [
            self._in_series(again, on, rows[n] if n < len(rows) else None)
            for n, on in enumerate(free)
        ]
        return replace(again, moments=tuple(moments))

    def _no_day_for(self, count: int, title: str) -> None:
        words = ngettext(
            "{n} moment van de reeks ‘{title}’: daar is geen dag meer voor",
            "{n} momenten van de reeks ‘{title}’: daar zijn geen dagen meer voor",
            count,
        )
        self.stayed.append(words.format(n=count, title=title))

    def _in_series(self, again: Again, on: date, row: Activity | None) -> Moment:
        """One of a series. It keeps other hours that it had, not another day: that was of then."""
        series, key = again.series, f"r{again.series.pk}-{on.isoformat()}"
        if row is None:
            hours = (series.starts, series.ends)
            usual = (again.title, again.place, series.working_form)
            return Moment(key, None, on, *hours, *usual, off=self.to.days.clash(on))
        found = self._again(row, key, on)
        if row.on == vars(row)["by_rule"]:
            return found
        return replace(found, starts=series.starts, ends=series.ends)


def _pair(row: list[Any]) -> tuple[Any, Any]:
    return row[0], row[1]


def _of_year(series: Series, year: int) -> list[date]:
    """Its days by the rule in this school year."""
    days = recurrence.days(series.rule, series.first, series.until)
    return [day for day in days if schoolyear.of(day) == year]


def _span(series: Series, days: list[date], years: int) -> tuple[date, date]:
    """The first and the last day of these so many years on, by the same rule."""
    if series.rule == recurrence.MONTHLY:
        first = recurrence.in_month(days[0], 12 * years)
        return first, recurrence.in_month(first, len(days) - 1)
    return shifting.same_weekday(days[0], years), shifting.same_weekday(days[-1], years)
