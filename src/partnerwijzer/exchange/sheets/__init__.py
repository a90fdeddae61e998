"""Tables that somebody made elsewhere: read from xlsx, ods or csv, and written as xlsx."""

from partnerwijzer.exchange.sheets.opening import ACCEPT, look, read
from partnerwijzer.exchange.sheets.table import BadTable, Line, Table

__all__ = ["ACCEPT", "BadTable", "Line", "Table", "look", "read"]
