"""Who answers a school by a link is asked about the addresses of that school's pupils (K6)."""

from partnerwijzer.access.models import AccessLink
from partnerwijzer.privacy import linked

# Nobody types a text on these pages.
SILENT = {"calendar_feed", "agreement_feed"}


def test_every_kind_of_link_leads_to_its_school() -> None:
    """A new kind of link says of which school it is."""
    kinds = {each.name for each in AccessLink._meta.related_objects if not each.hidden}

    assert {path.split("__")[0] for path in linked.paths()} == kinds - SILENT
