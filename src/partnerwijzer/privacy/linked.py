"""Of which school a page is that somebody opened by a link or a code, without account.

Who answers a school is asked about what that school asks about. Each module that gives out links
says here which way leads from a link to its school.
"""

from collections.abc import Callable, Mapping

from partnerwijzer.access import links

_paths: set[str] = set()
_codes: dict[str, Callable[[str], int | None]] = {}


def register(*paths: str) -> None:
    """Ways from an AccessLink to the number of its school: "advice__dossier__school_id"."""
    _paths.update(paths)


def register_code(name: str, school_of: Callable[[str], int | None]) -> None:
    """A part of an address, by its name, that is no link of access but belongs to a school."""
    _codes[name] = school_of


def paths() -> frozenset[str]:
    return frozenset(_paths)


def schools_of(address: Mapping[str, object]) -> set[int]:
    """The schools that a page belongs to, by the parts of its address; none where no link is."""
    found = {school_of(str(address[name])) for name, school_of in _codes.items() if name in address}
    if "token" in address and _paths:
        for row in links.known(str(address["token"])).values_list(*sorted(_paths)):
            found.update(row)
    return {school for school in found if school}
