"""Nothing about pupils comes in with a list: the cells of a file pass the guard as typed texts do.

What may never be stored is taken out, and its row is refused in the report. The rest is asked
about once for the whole file, before a row of it is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from partnerwijzer.exchange.columns import Column, Layout, layout
from partnerwijzer.exchange.sheets.table import Line, Table
from partnerwijzer.privacy import asking
from partnerwijzer.privacy.asking import Place, Question
from partnerwijzer.privacy.detecting import never_in

BETWEEN = " | "


@dataclass(frozen=True)
class Guarded:
    """A layout without what may never be stored, and what was taken out of which line."""

    layout: Layout
    withheld: dict[int, list[str]]
    sheets: tuple[str, ...] = ()


def guarded(found: Layout, sheets: Sequence[str] = ()) -> Guarded:
    """Looks at every cell of a list, and at the names of its sheets.

    Raises:
        Question: there is something to ask about; the middleware of privacy does.
    """
    lines: list[Line] = []
    withheld: dict[int, list[str]] = {}
    for line in found.lines:
        kinds = never_in(BETWEEN.join(line.cells))
        if kinds:
            withheld[line.number] = sorted(kinds)
        lines.append(_without(line) if kinds else line)
    columns = _columns(found)
    titles = tuple("" if never_in(title) else title for title in sheets)
    ask([column.head for column in columns], found.fields, lines, titles)
    return Guarded(replace(found, columns=columns, lines=tuple(lines)), withheld, titles)


def _columns(found: Layout) -> tuple[Column, ...]:
    """The columns; a number for a name that holds what may never be stored."""
    heads = Line(0, tuple(column.head for column in found.columns))
    kept = _without(heads).cells if never_in(BETWEEN.join(heads.cells)) else heads.cells
    return tuple(
        replace(column, head=head or f"{number}")
        for number, (column, head) in enumerate(zip(found.columns, kept, strict=True), start=1)
    )


def has_never(table: Table) -> bool:
    """Whether something stands in it that may never be stored."""
    return any(never_in(BETWEEN.join(line.cells)) for line in table.lines)


def is_clean(table: Table) -> bool:
    """Whether there is nothing in it that is refused, and nothing to ask about."""
    found = layout(table)
    try:
        ask([column.head for column in found.columns], found.fields, found.lines)
    except Question:
        return False
    return not has_never(table)


def ask(
    heads: Sequence[str],
    fields: Sequence[str],
    lines: Sequence[Line],
    sheets: Sequence[str] = (),
) -> None:
    """Asks once about all that looks like data of a person.

    Raises:
        Question: as guarded().
    """
    titles = (Place(_("Naam van een blad"), title) for title in sheets)
    asking.check_places([*titles, *_places(heads, fields, lines)])


def _without(line: Line) -> Line:
    """The cells without those that hold it; without any, where it stands in several together."""
    kept = tuple("" if never_in(cell) else cell for cell in line.cells)
    return replace(line, cells=("",) * len(kept) if never_in(BETWEEN.join(kept)) else kept)


def _places(heads: Sequence[str], fields: Sequence[str], lines: Sequence[Line]) -> Iterator[Place]:
    """The names of the columns, each row, and each column as a list of names would stand in it. In
    the columns for people of the organisation each cell is looked at by itself: their names may
    stand there."""
    people = {n for n, field in enumerate(fields) if field.startswith("contact")}
    others = [n for n in range(len(heads)) if n not in people]
    yield from (Place(_("Naam van een kolom"), head) for head in heads)
    for line in lines:
        name = _("Rij {n}").format(n=line.number)
        yield Place(name, BETWEEN.join(line.cells[n] for n in others if line.cells[n]))
        yield from (Place(name, line.cells[n]) for n in people)
    for number in others:
        name = _("Kolom ‘{name}’").format(name=heads[number])
        yield Place(name, "\n".join(line.cells[number].split("\n", 1)[0] for line in lines))
