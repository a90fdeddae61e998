"""Parts of a query that are written once give what the plain ones give."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext

from partnerwijzer.dossiers import along, told
from partnerwijzer.dossiers.models import Dossier, DossierGroup, DossierPartner
from partnerwijzer.dossiers.prepared import Prepared
from partnerwijzer.organisations.models import Membership
from tests.dossiers.story import Story


def _many() -> Any:
    rows = DossierPartner.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier")
    return Coalesce(Subquery(rows.annotate(many=Count("pk")).values("many")), 0)


def _staff() -> Any:
    return Exists(Membership.objects.working().filter(school=OuterRef("school")))


def _labels() -> Any:
    return told.gathered(DossierGroup.objects.all(), "dossier", along.Row("label", "pupils"))


@pytest.mark.parametrize("make", [_many, _staff, _labels])
def test_a_prepared_part_gives_what_the_plain_one_gives(
    make: Any, story: Story, screened: Dossier
) -> None:
    story.open(title="Zonder groepen")
    plain, prepared = (
        dict(Dossier.objects.annotate(found=part).values_list("pk", "found"))
        for part in (make(), Prepared(Dossier, make()))
    )

    assert prepared == plain
    assert len(plain) > 1


def test_it_is_written_once_and_read_each_time(story: Story, screened: Dossier) -> None:
    part = Prepared(Dossier, _many())

    def read() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as caught:
            found: Any = Dossier.objects.annotate(found=part).get(pk=screened.pk)
        return found.found, caught[0]["sql"]

    before, asked = read()
    DossierPartner.objects.create(dossier=screened, partner=story.make_partner("Nog een"))

    assert read() == (before + 1, asked)


def test_it_may_not_lean_on_a_join_of_the_query_around_it(db: None) -> None:
    with pytest.raises(TypeError, match="join"):
        Prepared(Dossier, Exists(Membership.objects.filter(school=OuterRef("school__board"))))


def test_it_stays_in_the_query_that_reads_its_own_model(screened: Dossier) -> None:
    rows = Dossier.objects.filter(state="open")
    inside = rows.annotate(found=Prepared(Dossier, _many())).filter(found=1)

    with pytest.raises(TypeError, match="reads its model"):
        list(DossierPartner.objects.filter(dossier__in=inside))
