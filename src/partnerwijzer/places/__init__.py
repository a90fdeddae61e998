"""Belgian postcodes: which town they belong to, where they lie, how far apart they are.

Read from two committed tables when first asked for. No database, no network.
"""

from partnerwijzer.places.place import Place
from partnerwijzer.places.table import (
    everywhere,
    find,
    km,
    municipality,
    named,
    read,
    starting,
    within,
)

__all__ = [
    "Place",
    "everywhere",
    "find",
    "km",
    "municipality",
    "named",
    "read",
    "starting",
    "within",
]
