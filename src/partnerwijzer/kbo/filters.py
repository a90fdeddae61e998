"""What a search in the register is narrowed to. Empty means that it does not matter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filters:
    """Keys of groups.FORMS and groups.SECTORS of which one has to fit, and postcodes likewise.

    A postcode is that of the seat or of an establishment.
    """

    forms: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    postcodes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.forms or self.sectors or self.postcodes)


NONE = Filters()
