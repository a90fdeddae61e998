"""What is known of one postcode."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A Belgian postcode.

    town_nl, town_fr: the municipality. nis: its number at the statistics office.
    locality: a village or district inside the postcode, the one whose position is given.
    province: in Dutch; `Brussel` for the capital region. region: VL, BR or WA.
    latitude, longitude: degrees, WGS 84; good to a few kilometres.
    main: the first postcode of its municipality, that people mean by the municipality's name.
    """

    postcode: str
    nis: str
    town_nl: str
    town_fr: str
    locality: str
    province: str
    region: str
    latitude: float
    longitude: float
    main: bool

    @property
    def name(self) -> str:
        """`Kortrijk`, or `Drongen (Gent)` for a part of a town with a postcode of its own."""
        if self.main or self.locality == self.town_nl:
            return self.town_nl
        return f"{self.locality} ({self.town_nl})"

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}"
