"""What became of a planned moment, for everybody who has it in an agenda.

`changed` is sent within the transaction of the action, with `change` and `actor`. A module that
keeps people of its own at a moment listens, tells them, and gives back in words how many it told:
never who they are. `freed` is sent as well, with `freed` and `actor`, when teachers do not have to
stay with the group any more. `ended` is sent with `dossier` and `actor` when a dossier ends, before
it is closed: what is still to come has to be called off.

Where many moments stop at once, nobody gets a mail for each: `stopping` asks to call them off
together, and `all_off` is sent instead of `changed`, with `changes` and `actor`; who listens gives
back how many it told, in words, by key of the moment, and under 0 of all together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from django.db import models
from django.dispatch import Signal
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier
from partnerwijzer.organisations.models import User

changed = Signal()
freed = Signal()
ended = Signal()
stopping = Signal()
all_off = Signal()


class Side(models.TextChoices):
    """Who could not keep to the day."""

    SCHOOL = "school", gettext_lazy("wij, de school")
    PARTNER = "partner", gettext_lazy("de partner")
    OTHER = "other", gettext_lazy("niemand: overmacht")


class What(StrEnum):
    MOVED = "moved"
    OFF = "off"
    BACK = "back"
    TEACHER = "teacher"


# Subjects of mails: each is said in the language of who reads it.
SUBJECTS = {
    What.MOVED: gettext_noop("Noteer de nieuwe dag: {title}"),
    What.OFF: gettext_noop("Schrap in je agenda: {title}"),
    What.BACK: gettext_noop("Zet weer in je agenda: {title}"),
    What.TEACHER: gettext_noop("Kijk wie er bij de groep is: {title}"),
}


@dataclass(frozen=True)
class Change:
    """What happened to a moment, and when it was before that. Its words are said in the language
    that is active when they are asked for."""

    activity: Activity
    what: What
    was: tuple[date, time, time]
    reason: str = ""

    @property
    def subject(self) -> str:
        return _(SUBJECTS[self.what]).format(title=self.activity.title)

    @property
    def lies_behind(self) -> bool:
        """Nobody has it in an agenda any more: what was noted is put right."""
        return max(self.was[0], self.activity.on) < timezone.localdate()

    @property
    def before(self) -> str:
        return in_words(*self.was)

    @property
    def when(self) -> str:
        return in_words(*hours(self.activity))

    @property
    def teachers(self) -> str:
        return ", ".join(teacher.name for teacher in self.activity.teachers.order_by("name", "pk"))


@dataclass(frozen=True)
class Off:
    """Moments that one reader has in an agenda and that do not go on: one mail for all of them. Its
    words are said in the language that is active when they are asked for."""

    changes: tuple[Change, ...]

    @property
    def title(self) -> str:
        """What they are all called; empty where they differ."""
        titles = {change.activity.title for change in self.changes}
        return titles.pop() if len(titles) == 1 else ""

    @property
    def subject(self) -> str:
        if self.title:
            return self.changes[0].subject
        return _("Schrap in je agenda: {n} activiteiten").format(n=len(self.changes))

    @property
    def whens(self) -> list[str]:
        rows = sorted(self.changes, key=lambda change: change.was)
        if self.title:
            return [change.before for change in rows]
        return [f"{change.before}: {change.activity.title}" for change in rows]

    @property
    def reason(self) -> str:
        return self.changes[0].reason


@dataclass(frozen=True)
class Stop:
    """Moments still to come that stop, by whom and why.

    off: they stay to be read, called off. gone: nothing hangs on them; who stops them takes them
    away afterwards. partner_mail: by key of a moment where its partners are written to.
    """

    off: tuple[Activity, ...]
    side: str
    reason: str
    partner_mail: Mapping[int, Iterable[str]]
    gone: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Told:
    """Who got a mail: in words, and the keys of those with an account."""

    names: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()


def stop_together(dossier: Dossier, what: Stop, *, actor: Actor) -> Told:
    """Has them called off together; who was told."""
    answers: list[Any] = stopping.send(Dossier, dossier=dossier, stop=what, actor=actor)
    return next((told for _receiver, told in answers), Told())


@dataclass(frozen=True)
class Freed:
    """Teachers who do not stay with the group any more at these moments, and who comes instead."""

    people: tuple[User, ...]
    moments: tuple[Activity, ...]
    instead: User | None = None

    @property
    def title(self) -> str:
        return self.moments[0].title

    @property
    def whens(self) -> list[str]:
        return [in_words(*hours(moment)) for moment in self.moments]


def let_go(
    people: Iterable[User],
    moments: Iterable[Activity],
    *,
    actor: Actor,
    instead: User | None = None,
) -> list[int]:
    """Tells teachers that they need not come to what is still to come; the actor knows. Keys of
    who was told."""
    today = timezone.localdate()
    left = [one for one in moments if one.on >= today and one.state != ActivityState.CANCELLED]
    told = [one for one in people if one.pk != actor.user_id]
    if left and told:
        freed.send(Activity, freed=Freed(tuple(told), tuple(left), instead), actor=actor)
    return [one.pk for one in told] if left else []


def hours(activity: Activity) -> tuple[date, time, time]:
    return activity.on, activity.starts, activity.ends


def in_words(on: date, starts: time, ends: time) -> str:
    """A moment in words: `dinsdag 3 maart 2026, 9.00 tot 10.40 uur`."""
    day = formats.date_format(on, "l j F Y")
    begin, end = formats.time_format(starts), formats.time_format(ends)
    return _("{day}, {starts} tot {ends} uur").format(day=day, starts=begin, ends=end)
