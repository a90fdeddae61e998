"""The lists of the whole dossier, by the part of it in which they stand, in order."""

from partnerwijzer.papers.listed import agreed, asked, balance, day, planning
from partnerwijzer.papers.listing import Listing

SETUP: tuple[Listing, ...] = planning.LISTS
ASKED: tuple[Listing, ...] = asked.LISTS
AGREED: tuple[Listing, ...] = agreed.LISTS
COUNCIL: tuple[Listing, ...] = planning.COUNCIL
DAY: tuple[Listing, ...] = day.LISTS
BALANCE: tuple[Listing, ...] = balance.LISTS
EVERY: tuple[Listing, ...] = (*SETUP, *ASKED, *AGREED, *COUNCIL, *DAY, *BALANCE)
