"""The pages of this module."""

from partnerwijzer.exchange.views.databank import databank, workbook
from partnerwijzer.exchange.views.lists import columns, lists, partner_list, rest, sheet
from partnerwijzer.exchange.views.uitdatabank import uitdatabank

__all__ = [
    "columns",
    "databank",
    "lists",
    "partner_list",
    "rest",
    "sheet",
    "uitdatabank",
    "workbook",
]
