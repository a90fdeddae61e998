"""The pages of the databank."""

from partnerwijzer.partners.views.grounding import grounding, measures, source_file
from partnerwijzer.partners.views.keeping import contact, create, edit, recognition
from partnerwijzer.partners.views.merging import duplicates, merge, two, undo
from partnerwijzer.partners.views.moderating import decide, moderation
from partnerwijzer.partners.views.offering import offer_edit, offer_state
from partnerwijzer.partners.views.own import (
    own,
    own_facts,
    own_opened,
    own_report,
)
from partnerwijzer.partners.views.own_offers import (
    own_goals,
    own_offer,
    own_recognition,
    own_source,
)
from partnerwijzer.partners.views.reading import detail
from partnerwijzer.partners.views.registering import register_search
from partnerwijzer.partners.views.relating import relations, unrelate
from partnerwijzer.partners.views.searching import partner_list
from partnerwijzer.partners.views.speaking import profile_links, report, statements
from partnerwijzer.partners.views.watching import mark, settle

__all__ = [
    "contact",
    "create",
    "decide",
    "detail",
    "duplicates",
    "edit",
    "grounding",
    "mark",
    "measures",
    "merge",
    "moderation",
    "offer_edit",
    "offer_state",
    "own",
    "own_facts",
    "own_goals",
    "own_offer",
    "own_opened",
    "own_recognition",
    "own_report",
    "own_source",
    "partner_list",
    "profile_links",
    "recognition",
    "register_search",
    "relations",
    "report",
    "settle",
    "source_file",
    "statements",
    "two",
    "undo",
    "unrelate",
]
