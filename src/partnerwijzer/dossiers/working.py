"""What belongs to a moment in its working form, as the content says: labels with what was filled
in, and what is still open (P3). No working form is known here by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from partnerwijzer.dossiers.models import Activity
from partnerwijzer.frameworks.schema import Content, Detail, WorkingForm
from partnerwijzer.frameworks.words import DetailKind

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Line:
    """One field of the working form. `text` is empty where nothing is filled in."""

    label: str
    text: str
    after: bool
    href: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A moment by its working form. `open`: labels of what is needed by now and is not there."""

    label: str
    help: str
    for_pupils: bool
    lines: tuple[Line, ...]
    open: tuple[str, ...]

    @property
    def filled(self) -> list[Line]:
        return [line for line in self.lines if line.text]

    @property
    def before(self) -> list[Line]:
        """What the partner may know too."""
        return [line for line in self.filled if not line.after]


def form_of(content: Content, key: str) -> WorkingForm | None:
    """None: no form was chosen, or this release does not have it."""
    return content.vocab.working_form.get(key)


def sheet(
    content: Content, activity: Activity, today: date, others: Iterable[Activity] = ()
) -> Sheet | None:
    """What belongs to this moment; None without a working form.

    Args:
        today: what comes after is asked from the day itself on.
        others: the moments of the dossier, for the names of those that were chosen.
    """
    form = form_of(content, activity.working_form)
    if form is None:
        return None
    titles = _titles(form, activity, others)
    arrived = activity.on <= today
    lines = tuple(
        _line(detail, activity.details.get(detail.key), titles)
        for detail in form.fields
        if detail.moment == BEFORE or arrived
    )
    missing = tuple(line.label for line in lines if line.needed and not line.text)
    return Sheet(str(form.label), str(form.help), form.for_pupils, lines, missing)


def _titles(form: WorkingForm, activity: Activity, others: Iterable[Activity]) -> Mapping[str, str]:
    """What the moments are called that were chosen in this form; asks for none where none was."""
    fields = [d.key for d in form.fields if d.kind is DetailKind.MOMENTS]
    chosen = {str(key) for name in fields for key in activity.details.get(name) or ()}
    named = (a for a in others if str(a.pk) in chosen) if chosen else ()
    return {str(a.pk): f"{a.title}, {date_format(a.on, 'j F')}" for a in named}


def _line(detail: Detail, value: Any, titles: Mapping[str, str]) -> Line:
    text = words(detail, value, titles)
    href = text if detail.kind is DetailKind.LINK else ""
    return Line(str(detail.label), text, detail.moment == AFTER, href, detail.needed)


def words(detail: Detail, value: Any, titles: Mapping[str, str]) -> str:
    """What was filled in, for people. A moment that is gone is left out."""
    if not value:
        return ""
    if detail.kind is DetailKind.CHOICE:
        option = detail.option.get(str(value))
        return str(option.label) if option else ""
    if detail.kind is DetailKind.MOMENTS:
        return " · ".join(titles[key] for key in map(str, value) if key in titles)
    if detail.kind is DetailKind.DAY:
        return date_format(date.fromisoformat(value), "j F Y")
    return str(value)
