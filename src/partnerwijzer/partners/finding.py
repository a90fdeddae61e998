"""What somebody looks for in the databank, read from the address and put back in it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Wish:
    """A search: words and filters. Empty means: does not matter."""

    q: str = ""
    soort: str = ""
    thema: str = ""
    niveau: str = ""
    hoevaak: str = ""
    werkvorm: str = ""
    voor: str = ""
    waar: str = ""
    prijs: str = ""
    ervaring: str = ""
    volgorde: str = ""

    @property
    def most_euro(self) -> Decimal | None:
        """The highest price that was typed; free is 0. None where there is no (sensible) one."""
        try:
            amount = Decimal(self.prijs.replace(",", "."))
        except InvalidOperation:
            return None
        return amount if amount.is_finite() and amount >= 0 else None

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, without the words and the order."""
        skipped = {"q", "volgorde"}
        return {f.name: getattr(self, f.name) for f in fields(self)
                if f.name not in skipped and getattr(self, f.name)}  # fmt: skip

    def without(self, name: str) -> str:
        """The address of the same search without one filter."""
        rest = {f.name: getattr(self, f.name) for f in fields(self)}
        return "?" + urlencode({k: v for k, v in rest.items() if v and k != name})


def wish_of(query: Mapping[str, Any]) -> Wish:
    """The search of an address; too long or unknown values are cut or ignored."""
    return Wish(**{f.name: str(query.get(f.name, "")).strip()[:100] for f in fields(Wish)})
