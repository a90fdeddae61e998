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
from partnerwijzer.partners.models.offering import (
    ForWhom,
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

__all__ = [
    "Again",
    "Audience",
    "Effect",
    "Experience",
    "ExperienceFactor",
    "ExperienceQuerySet",
    "ForWhom",
    "Offer",
    "OfferShape",
    "Partner",
    "PartnerContact",
    "PartnerQuerySet",
    "Place",
    "PriceUnit",
    "Recognition",
    "Tie",
]
