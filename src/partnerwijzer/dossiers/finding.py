"""Words of a title or of a partner, as every list with dossiers is searched."""

from django.db.models import Exists, OuterRef, Q

from partnerwijzer.dossiers.models import DossierPartner
from partnerwijzer.search.spelling import folded
from partnerwijzer.search.titles import in_one_of


def said_in(text: str, *fields: str, dossier: str = "pk") -> Q:
    """Each word stands in one of the fields, or in what is searched of a partner of the dossier;
    everything where no word was typed.

    Args:
        dossier: the field with the key of the dossier.
    """
    found = Q()
    for word in folded(text).split():
        # Asked of the rows that are left: the partners of all schools are too many to read.
        partner = DossierPartner.objects.filter(
            dossier=OuterRef(dossier), partner__search_text__contains=word
        )
        found &= in_one_of(word, *fields) | Q(Exists(partner))
    return found
