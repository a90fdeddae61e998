"""What somebody fills in to find a goal. Wrong values in an address are left out, not refused."""

from typing import Any

from partnerwijzer.goals.queries import Wanted


def wanted(data: Any) -> Wanted:
    """Reads `zoek`, `niveau`, `set`, `competentie` and `oud` of an address."""
    number = data.get("set", "")
    return Wanted(
        text=data.get("zoek", "").strip()[:200],
        level=data.get("niveau", ""),
        set_id=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None,
        competence=data.get("competentie", ""),
        include_expired=bool(data.get("oud")),
    )
