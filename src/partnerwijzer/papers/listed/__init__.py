"""The lists of the whole dossier, in the order in which they stand in it."""

from partnerwijzer.papers.listed import asked, balance, day, planning
from partnerwijzer.papers.listing import Listing

# With what they come after in the paper: before the agreements, after the activities, at the end.
BEFORE: tuple[Listing, ...] = (*planning.LISTS, *asked.LISTS)
AFTER: tuple[Listing, ...] = (*day.LISTS, *balance.LISTS)
EVERY: tuple[Listing, ...] = (*BEFORE, *AFTER)
