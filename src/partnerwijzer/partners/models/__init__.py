"""The databank: organisations, what they offer, and what schools experienced with them.

Shared over all schools. A partner is an organisation, never a person; a contact is a business
contact. Keys of kinds, themes, levels and working forms are those of content/…/vocab.yaml.
"""

from partnerwijzer.partners.models.experience import (
    Again,
    Audience,
    Effect,
    Experience,
    ExperienceFactor,
    ExperienceQuerySet,
)
from partnerwijzer.partners.models.merging import (
    LikelyPair,
    LikenessKey,
    Merge,
    PartnerRelation,
    RelationKind,
)
from partnerwijzer.partners.models.offering import (
    ForWhom,
    GroundingSource,
    Offer,
    OfferShape,
    Place,
    PriceUnit,
)
from partnerwijzer.partners.models.organisation import (
    Partner,
    PartnerContact,
    PartnerQuerySet,
    Recognition,
    Tie,
)
from partnerwijzer.partners.models.speaking import (
    ProfileLink,
    Proposal,
    Reply,
    Report,
    ReportReason,
    State,
    Statement,
)
from partnerwijzer.partners.models.watching import (
    ChangeKind,
    MarkKind,
    PartnerMark,
    RegisterChange,
    RegisterMemory,
)

__all__ = [
    "Again",
    "Audience",
    "ChangeKind",
    "Effect",
    "Experience",
    "ExperienceFactor",
    "ExperienceQuerySet",
    "ForWhom",
    "GroundingSource",
    "LikelyPair",
    "LikenessKey",
    "MarkKind",
    "Merge",
    "Offer",
    "OfferShape",
    "Partner",
    "PartnerContact",
    "PartnerMark",
    "PartnerQuerySet",
    "PartnerRelation",
    "Place",
    "PriceUnit",
    "ProfileLink",
    "Proposal",
    "Recognition",
    "RegisterChange",
    "RegisterMemory",
    "RelationKind",
    "Reply",
    "Report",
    "ReportReason",
    "State",
    "Statement",
    "Tie",
]
