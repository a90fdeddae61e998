"""Which question of the screening was asked about: advice of a CLB or an anker. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from partnerwijzer.dossiers.casework import Asked
from partnerwijzer.frameworks.schema import Content


class About(Protocol):
    @property
    def criterion(self) -> str: ...


A = TypeVar("A", bound=About)


@dataclass(frozen=True)
class Concerned:
    """A question of the screening. `is_asked`: it has a page in this dossier now."""

    key: str
    question: str
    is_asked: bool


def named(
    content: Content, asked: Iterable[Asked], rows: Iterable[A]
) -> list[tuple[A, Concerned | None]]:
    """Each row with the question that it is about; None where it is about the dossier as a whole,
    or about a question that the framework no longer has."""
    now = {row.criterion.key for row in asked}
    known = content.framework.criterion
    return [
        (
            row,
            Concerned(row.criterion, str(known[row.criterion].question), row.criterion in now)
            if row.criterion in known
            else None,
        )
        for row in rows
    ]
