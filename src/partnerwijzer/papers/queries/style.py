"""Reading the letterhead of a school and its templates. The caller has found the school."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.documents.models import Letterhead, PaperTemplate
from partnerwijzer.organisations.models import School


def letterhead_of(school: School) -> Letterhead:
    """The letterhead; an empty one that is not stored (version 0) where there is none yet."""
    found = Letterhead.objects.select_related("logo").filter(school_id=school.pk).first()
    return found or Letterhead(school_id=school.pk, version=0)


def templates_of(school: School) -> QuerySet[PaperTemplate]:
    return PaperTemplate.objects.filter(school_id=school.pk).select_related("file").order_by("kind")


def get_template(school: School, pk: int) -> PaperTemplate:
    """A template of this very school, or 404."""
    return get_object_or_404(templates_of(school), pk=pk)
