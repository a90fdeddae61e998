"""Reading the databank. Partners and offers are shared; experiences are not: see Experience."""

from partnerwijzer.partners.queries.databank import (
    by_number,
    get_contact,
    get_offer,
    get_offer_of,
    get_partner,
    get_recognition,
    get_source,
    history,
    offers_of,
    sources_of,
)
from partnerwijzer.partners.queries.duplicates import (
    Alike,
    alike,
    get_merge,
    get_pair,
    known_of,
    likely_pairs,
    merged_into,
    merges,
)
from partnerwijzer.partners.queries.experiences import (
    Voice,
    experience_summary,
    experiences,
    offer_summaries,
    summaries,
    voices,
)
from partnerwijzer.partners.queries.facts import fact_snapshot, facts_of, snapshot_of
from partnerwijzer.partners.queries.searching import find, quick_search, similar
from partnerwijzer.partners.queries.waiting import ending_recognitions
from partnerwijzer.partners.queries.watching import Warnings, get_mark, warnings_of

__all__ = [
    "Alike",
    "Voice",
    "Warnings",
    "alike",
    "by_number",
    "ending_recognitions",
    "experience_summary",
    "experiences",
    "fact_snapshot",
    "facts_of",
    "find",
    "get_contact",
    "get_mark",
    "get_merge",
    "get_offer",
    "get_offer_of",
    "get_pair",
    "get_partner",
    "get_recognition",
    "get_source",
    "history",
    "known_of",
    "likely_pairs",
    "merged_into",
    "merges",
    "offer_summaries",
    "offers_of",
    "quick_search",
    "similar",
    "snapshot_of",
    "sources_of",
    "summaries",
    "voices",
    "warnings_of",
]
