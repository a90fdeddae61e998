"""What the register of organisations says of a partner, read when asked and never copied."""

from typing import Any

from partnerwijzer.kbo import register
from partnerwijzer.kbo.enterprise import Enterprise, Snapshot
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.partners.models import Partner

_KEPT = "_register_facts"


def facts_of(partner: Partner) -> Enterprise | None:
    """What the register says of this partner now; None without number, or when it is not there.

    Looked up once for each Partner that was read, so once a page.
    """
    if not hasattr(partner, _KEPT):
        setattr(partner, _KEPT, _look_up(partner.enterprise_number))
    facts: Enterprise | None = getattr(partner, _KEPT)
    return facts


def _look_up(number: str) -> Enterprise | None:
    try:
        return register.lookup(number) if number else None
    except KboError:
        return None  # the page is about more than the register; `snapshot_of` says that it is away


def snapshot_of(partner: Partner | None = None) -> Snapshot | None:
    """Which day the register shows; None where there is none, or none that can be read."""
    try:
        return register.snapshot()
    except KboError:
        return None


def fact_snapshot(partner: Partner) -> dict[str, Any] | None:
    """The register facts as plain data, to keep with a decision; None where there are none.

    The words that a paper prints, and in `enterprise` all that was known (Enterprise.from_json).
    """
    facts = facts_of(partner)
    if facts is None:
        return None
    return {
        "number": facts.number,
        "name": facts.name,
        "form": facts.legal_form.words,
        "situation": facts.situation.words,
        "signals": [signal.words for signal in facts.signals],
        "attribution": facts.attribution,
        "snapshot_date": facts.snapshot_date.isoformat(),
        "enterprise": facts.to_json(),
    }
