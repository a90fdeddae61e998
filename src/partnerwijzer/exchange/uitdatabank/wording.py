"""What came of bringing something of UiTdatabank in, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def lines(report: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The counts that are not nothing, each with what it counts."""
    words = {
        "partners_new": _("partners nieuw"),
        "partners_linked": _("partners die er al waren"),
        "partners_changed": _("partners gewijzigd"),
        "partners_same": _("partners zoals ze waren"),
        "offers_new": _("aanbod nieuw"),
        "offers_changed": _("aanbod gewijzigd"),
        "offers_same": _("aanbod zoals het was"),
        "offers_withdrawn": _("aanbod weggehaald: voorbij of geschrapt"),
        "over": _("voorbij"),
        "not_for_schools": _("niet voor scholen"),
        "others": _("geen organisator en geen aanbod"),
        "refused": _("niet bruikbaar"),
    }
    return [(report[name], text) for name, text in words.items() if report.get(name)]
