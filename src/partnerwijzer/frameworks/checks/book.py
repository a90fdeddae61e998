"""What every check reads from and writes to."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.problems import Problem
from partnerwijzer.frameworks.source import Cursor, Source

# Stands for a file that could not be read: that was said, and what follows from it is not.
UNREADABLE = Source("", {}, {})


class Book:
    """All files of one release, and the problems that were found in them."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.problems: list[Problem] = []
        self.keys = cache(self._keys)
        self.walk = cache(self._walk)

    def __getitem__(self, file: str) -> Cursor:
        source = self.sources.get(file, UNREADABLE)
        return Cursor(source, (), source.data)

    def each(self, file: str, name: str) -> list[Cursor]:
        return self[file].each(name)

    def _walk(self, file: str) -> list[Cursor]:
        return list(self[file].walk())

    def _keys(self, file: str, name: str) -> frozenset[str]:
        return frozenset(self[file].keys(name))

    def require(self, fine: object, place: Cursor, message: str, remedy: str) -> bool:
        """Notes a problem unless all is fine; gives whether it was."""
        if not fine and place.source is not UNREADABLE:
            self.problems.append(place.problem(message, remedy))
        return bool(fine)

    def advise(self, fine: object, place: Cursor, message: str, remedy: str) -> None:
        if not fine and place.source is not UNREADABLE:
            self.problems.append(place.problem(message, remedy, advice=True))

    def refers(self, places: Iterable[Cursor], known: Iterable[str], what: str) -> None:
        """Each of these places has to name something that exists.

        Where nothing at all is known the list itself is missing, and that is said already.
        """
        choices = set(known)
        for place in places:
            if not choices or place.data in choices:
                continue
            message = _("‘{word}’ bestaat niet: {what}.").format(word=place.data, what=what)
            near = get_close_matches(str(place.data), sorted(choices), n=1)
            shown = ", ".join(sorted(choices)[:12]) + (" …" if len(choices) > 12 else "")
            remedy = (
                _("Bedoelde je ‘{near}’?").format(near=near[0])
                if near
                else _("Kies een van: {choices}.").format(choices=shown)
            )
            self.problems.append(place.problem(message, remedy))
