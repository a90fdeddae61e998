"""Is there school on a day? The holidays of all schools, with what one school decided. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.organisations import holidays

FREE, STUDY, LESSON = "free", "study", "lesson"


@dataclass(frozen=True)
class Own:
    """Days that a school decided on, both included. Kinds: free, study, lesson."""

    first: date
    last: date
    kind: str
    name: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Off:
    """Why there are no lessons on a day.

    Attributes:
        last: the last day of it.
        why: holiday (of all schools), free or study (of this school), weekday (no lessons then).
    """

    name: str
    last: date
    why: Literal["holiday", "free", "study", "weekday"]


@dataclass(frozen=True)
class Days:
    """The calendar of one school.

    Attributes:
        weekdays: on which there are lessons; 0 is Monday.
        own: what the school decided; lessons go before free days, and both before holidays.
        part_time: see holidays.of_year: only Ascension Day itself is free.
    """

    weekdays: frozenset[int]
    own: tuple[Own, ...] = ()
    part_time: bool = False

    def off(self, day: date) -> Off | None:
        """Why there are no lessons on this day; None where there are."""
        mine = [own for own in self.own if day in own]
        if any(own.kind == LESSON for own in mine):
            return None
        if mine:
            longest = max(mine, key=lambda own: own.last)
            return Off(longest.name, longest.last, "study" if longest.kind == STUDY else "free")
        if holiday := holidays.on(day, part_time=self.part_time):
            return Off(str(holiday.name), holiday.last, "holiday")
        if day.weekday() not in self.weekdays:
            return Off(date_format(day, "l"), day, "weekday")
        return None

    def named(self, first: date, last: date) -> dict[date, str]:
        """Each day from first up to last that is free by name; a plain weekend is not."""
        count = (last - first).days + 1
        span = (first + timedelta(days=i) for i in range(count))
        found = ((day, self.off(day)) for day in span)
        return {day: str(capfirst(o.name)) for day, o in found if o and o.why != "weekday"}

    def clash(self, day: date, *, for_team: bool = False) -> str:
        """Says that there are no lessons on this day; nothing where there are.

        Args:
            for_team: something for the team itself: a study day is just right for that.
        """
        found = self.off(day)
        if found is None or (for_team and found.why == "study"):
            return ""
        if found.why == "weekday":
            return _("Die dag zijn er bij jullie geen lessen: {name}.").format(name=found.name)
        if found.why == "study":
            return _("Die dag zijn er geen leerlingen: {name}.").format(name=found.name)
        if found.last - day < timedelta(days=1):
            return _("Die dag is er geen school: {name}.").format(name=found.name)
        last = date_format(found.last, "j F Y")
        text = _("Die dag is er geen school: {name}, tot en met {last}.")
        return text.format(name=found.name, last=last)


def days(weekdays: Iterable[int], own: Sequence[Own] = (), *, part_time: bool = False) -> Days:
    """The calendar of a school from what is stored."""
    return Days(frozenset(weekdays), tuple(own), part_time)
