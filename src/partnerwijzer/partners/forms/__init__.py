"""What people fill in about partners, contacts, recognitions and offers."""

from partnerwijzer.partners.forms.base import DatabankForm
from partnerwijzer.partners.forms.offer import OfferForm, SourceForm
from partnerwijzer.partners.forms.partner import ContactForm, PartnerForm, RecognitionForm
from partnerwijzer.partners.forms.relations import RelationForm
from partnerwijzer.partners.forms.speaking import (
    Asking,
    DecisionForm,
    LinkForm,
    OwnForm,
    OwnOfferForm,
    OwnRecognitionForm,
    OwnSourceForm,
    ReplyForm,
    ReportForm,
)
from partnerwijzer.partners.forms.watching import MarkForm

__all__ = [
    "Asking",
    "ContactForm",
    "DatabankForm",
    "DecisionForm",
    "LinkForm",
    "MarkForm",
    "OfferForm",
    "OwnForm",
    "OwnOfferForm",
    "OwnRecognitionForm",
    "OwnSourceForm",
    "PartnerForm",
    "RecognitionForm",
    "RelationForm",
    "ReplyForm",
    "ReportForm",
    "SourceForm",
]
