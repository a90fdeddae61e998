"""What the databank says less of when a person takes it along than when a command does.

A person gets no more than the pages tell: which school it was that shared an experience is not
told, and nothing at all below the minimum number of schools (decision 0012). A school is a number
that holds in one export only, drawn by lot, so that how many schools spoke can still be counted.
"""

from collections.abc import Iterator
from random import SystemRandom
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor, Kind
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations.models import School, SchoolBoard
from partnerwijzer.partners import counting
from partnerwijzer.partners.models import Audience, Experience, Merge, Partner
from partnerwijzer.ui import schoolyear

SCHOOLS = (School, SchoolBoard)
# Rows by which could be counted what did not go along.
UNCOUNTED = {"partners.experience", "partners.experiencefactor", "partners.reply"}


def sees_all(actor: Actor) -> bool:
    """Whether everything goes along, for this actor: only for a command on the server."""
    return actor.kind is Kind.SYSTEM


def told_to(actor: Actor) -> QuerySet[Experience]:
    """The experiences that go along for a person: those shared with everyone, of organisations of
    which enough schools spoke to be counted."""
    open_to_all = Experience.objects.visible_to(actor).filter(audience=Audience.EVERYONE)
    about = open_to_all.annotate(about=Coalesce("partner__merged_into_id", "partner_id"))
    return about.filter(about__in=_enough(about, "about"))


def _enough(rows: QuerySet[Experience], of: str) -> QuerySet[Any]:
    """The keys of what enough schools spoke about, not too long ago to be counted."""
    oldest = schoolyear.of(timezone.localdate()) - counting.WEIGHTS[-1][0]
    counted = rows.filter(school_year__gte=oldest).order_by().values(of)
    least = vocabulary.current().factors.counting.minimum_schools
    schools: QuerySet[Any, Any] = counted.annotate(schools=Count("school_id", distinct=True))
    return schools.filter(schools__gte=least).values(of)


class Discretion:
    """Makes the values of one export such that they tell no school."""

    def __init__(self, actor: Actor) -> None:
        rows = told_to(actor)
        schools = sorted(set(rows.order_by().values_list("school_id", flat=True).distinct()))
        SystemRandom().shuffle(schools)
        self.numbers = {key: number for number, key in enumerate(schools, start=1)}
        self.offers = set(_enough(rows.exclude(offer=None), "offer_id").values_list(flat=True))

    def schools(self) -> Iterator[dict[str, Any]]:
        """The rows that stand for the schools: a number, nothing else."""
        for number in self.numbers.values():
            name = _("School {n} van een andere installatie").format(n=number)
            yield {"id": number, "name": name, "kind": "", "number": "", "postcode": ""}

    def soften(self, model: type[Model], values: dict[str, Any]) -> None:
        """Empties, in the values of a row, what this person is not told."""
        if model is Partner:
            values["created_by_school"] = None
        elif model is Merge:
            moved = values["moved"]
            values["moved"] = [e for e in moved if e["model"].lower() not in UNCOUNTED]
        elif model is Experience:
            values["school"] = self.numbers.get(values["school"])
            values["board"] = None
            values["source"] = f"was:{values['id']}"
            if values["offer"] not in self.offers:
                values["offer"] = None
