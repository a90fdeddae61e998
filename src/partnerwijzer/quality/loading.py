"""Reads a list of expectations of the quality framework that somebody brings. Pure.

The list names a rubric and an expectation on each row, perhaps with a code of its own. Nothing is
filled in that is not there: which expectations exist, the product does not know (domain.md 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from partnerwijzer.exchange.sheets.table import Table
from partnerwijzer.privacy.detecting import never_in
from partnerwijzer.privacy.wording import never_stored

RUBRIC = ("rubriek", "rubric", "rubrieken")
TITLE = ("verwachting", "kwaliteitsverwachting", "titel", "omschrijving", "tekst", "title")
CODE = ("code", "nummer", "nr", "id")
LONGEST = 400


@dataclass(frozen=True)
class Line:
    """One expectation. `rubric` is a key of the framework."""

    rubric: str
    code: str
    title: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Wrong:
    """A row that cannot be read, and why."""

    number: int
    text: str
    why: str


@dataclass(frozen=True)
class Loaded:
    lines: tuple[Line, ...]
    wrong: tuple[Wrong, ...]


class NoColumns(ValueError):
    """The list has no column for rubric or expectation. `str()` says which."""


def read(table: Table, rubrics: Mapping[str, str]) -> Loaded:
    """The expectations in a table.

    Args:
        rubrics: label of each of the framework's rubrics, by key.

    Raises:
        NoColumns: rubric or expectation has no column.
    """
    head, *rows = table.lines
    names = [cell.casefold().strip() for cell in head.cells]
    places = {part: _place(names, part) for part in (RUBRIC, TITLE, CODE)}
    if places[RUBRIC] is None or places[TITLE] is None:
        raise NoColumns(
            _(
                "Zet in de eerste rij de namen van de kolommen: rubriek, verwachting en eventueel "
                "code."
            )
        )
    lines: list[Line] = []
    wrong: list[Wrong] = []
    seen: set[str] = set()
    for row in rows:
        cells = {part: _cell(row.cells, place) for part, place in places.items()}
        found = _line(cells[RUBRIC], cells[CODE], cells[TITLE], rubrics)
        if isinstance(found, Line) and found.title.casefold() in seen:
            found = _("Deze verwachting staat er twee keer.")
        if isinstance(found, Line):
            seen.add(found.title.casefold())
            lines.append(found)
        else:
            wrong.append(Wrong(row.number, _shown(row.cells), found))
    return Loaded(tuple(lines), tuple(wrong))


def _shown(cells: Sequence[str]) -> str:
    text = " · ".join(filter(None, cells))
    return "…" if never_in(text) else text[:120]


def _place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((i for i, name in enumerate(names) if name in wanted), None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _line(rubric: str, code: str, title: str, rubrics: Mapping[str, str]) -> Line | str:
    """The expectation, or why it cannot be read."""
    key = next(
        (k for k, label in rubrics.items() if rubric.casefold() in (k, label.casefold())), None
    )
    if key is None:
        return _("Deze rubriek kennen we niet: {rubric}.").format(rubric=rubric or "—")
    if not title:
        return _("De verwachting ontbreekt.")
    if never := never_in(f"{code} {title}"):
        return never_stored(sorted(never))
    if len(title) > LONGEST:
        return _("De verwachting is te lang: hoogstens {most} tekens.").format(most=LONGEST)
    return Line(key, code[:30], title)
