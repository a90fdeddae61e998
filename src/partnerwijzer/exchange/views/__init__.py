"""The pages of this module."""

from partnerwijzer.exchange.views.lists import columns, lists, partner_list, rest

__all__ = ["columns", "lists", "partner_list", "rest"]
