"""Facts about a dossier that several pages need, each one value: is there a goal, did both confirm.

A page that shows many of them reads them in the dossier's own query (`along`); wherever a dossier
was read without, a fact is asked by itself. So a fact has one definition, and an action never leans
on what a page knew: it reads a dossier without.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery

from partnerwijzer.authoring.models import OwnFramework, SchoolCriteria
from partnerwijzer.councils import kinds
from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.dossiers import prepared
from partnerwijzer.dossiers.along import Gathered, Row
from partnerwijzer.dossiers.models import (
    AboutDossier,
    AgreementVersion,
    CouncilItem,
    CouncilOutcome,
    Decision,
    Dossier,
    DossierGoal,
    DossierPartner,
)
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations.models import Membership

# What the database is asked of a dossier, with OuterRef("pk") for its key.
Ask = Callable[[], Any]
_facts: dict[str, Ask] = {}
ADVISED = ("pk", "title", "body__name", "received_on", "answered_on")
CONSULTED = (CouncilOutcome.AGREED, CouncilOutcome.NOT_AGREED, CouncilOutcome.WAIVED)


def register(facts: dict[str, Ask]) -> None:
    """Lets a module add facts. Asked each time that a query is made, for the content may change."""
    _facts.update(facts)


def prepare(facts: dict[str, Ask]) -> None:
    """As register, for facts that are asked in the same words each time: see dossiers.prepared."""
    register(
        {
            name: partial(prepared.once, Dossier, _attribute(name), make)
            for name, make in facts.items()
        }
    )


def along(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The query with all facts in it."""
    return rows.annotate(**{_attribute(name): ask() for name, ask in _facts.items()})


def of(dossier: Dossier, name: str) -> Any:
    """A fact as it was read along with the dossier, else as it is now."""
    attribute = _attribute(name)
    if attribute in dossier.__dict__:
        return dossier.__dict__[attribute]
    rows = Dossier.objects.filter(pk=dossier.pk).annotate(**{attribute: _facts[name]()})
    return rows.values_list(attribute, flat=True).first()


def _attribute(name: str) -> str:
    return f"told_{name}"


def many(rows: QuerySet[Any], link: str, **more: Any) -> Subquery:
    """How many rows lead to the dossier by this link; None for none."""
    found = rows.filter(**{link: OuterRef("pk")}, **more).order_by().values(link)
    return Subquery(found.annotate(many=Count("pk")).values("many"))


def gathered(rows: QuerySet[Any], link: str, what: Any) -> Subquery:
    """One value of each of these rows, in a list; None for no rows."""
    found = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Subquery(found.annotate(found=Gathered(what)).values("found"))


def exists(model: type[Model], *conditions: Q, **more: Any) -> Exists:
    """Whether the dossier has such a row."""
    return Exists(model._default_manager.filter(*conditions, **more))


def _all_confirmed() -> Any:
    """Both sides confirmed the newest version of the agreement with every partner."""
    newest = AgreementVersion.objects.filter(
        agreement__dossier=OuterRef("dossier"), agreement__partner=OuterRef("partner")
    ).order_by("-number")
    both = AgreementVersion.objects.confirmed().filter(pk=OuterRef("newest"))
    rows = DossierPartner.objects.filter(dossier=OuterRef("pk"))
    waits = rows.annotate(newest=Subquery(newest.values("pk")[:1])).filter(~Exists(both))
    return Exists(rows) & ~Exists(waits)


def _council_said() -> Subquery:
    """What a body said last, with the day; None where none said anything."""
    rows = CouncilItem.objects.filter(dossier=OuterRef("pk")).exclude(outcome="")
    said = rows.order_by("-outcome_on").annotate(said=Row("outcome", "outcome_on"))
    return Subquery(said.values("said")[:1])


def _council_advised() -> Subquery:
    """What bodies advised without being asked: key, title, body, when it came, when the board
    answered; None where none did."""
    row = Row(*(f"advice__{name}" for name in ADVISED))
    return gathered(AboutDossier.objects.all(), "dossier", row)


def _main_body() -> Subquery:
    """The key of the body to which dossiers of the school go first."""
    rows = CouncilBody.objects.filter(school=OuterRef("school"), ended_at=None)
    return Subquery(rows.values("pk")[:1])


def _newest_yes() -> Subquery:
    """Whether the decision that holds is a yes; None where nothing was signed."""
    signed = Decision.objects.signed().filter(dossier=OuterRef("pk")).order_by("-id")
    return Subquery(signed.values("positive")[:1])


def _own_framework() -> Subquery:
    """The key of the framework with which the umbrella of the school begins its dossiers."""
    rows = OwnFramework.objects.filter(
        umbrella=OuterRef("school__umbrella"), for_new_dossiers=True
    ).order_by("pk")
    return Subquery(rows.values("key")[:1])


def _other_framework() -> Exists:
    """Whether there is a framework that the dossier does not use."""
    return Exists(FrameworkVersion.objects.exclude(key=OuterRef("framework__key")))


def _newest_criteria() -> Subquery:
    """The key of what the school asks on top, in its newest release."""
    rows = SchoolCriteria.objects.filter(school=OuterRef("school")).order_by("-number")
    return Subquery(rows.values("pk")[:1])


def _staff() -> Subquery:
    """Keys of who works at the school of the dossier now."""
    rows = Membership.objects.working().filter(school=OuterRef("school")).order_by()
    return Subquery(rows.values("school").annotate(found=Gathered("user_id")).values("found"))


register(
    {
        "council_heard": lambda: exists(
            CouncilItem,
            dossier=OuterRef("pk"),
            outcome__in=CONSULTED,
            body__kind__in=kinds.consulting(),
        ),
        "board_is_silent": lambda: exists(
            CouncilItem,
            dossier=OuterRef("pk"),
            outcome=CouncilOutcome.NOT_AGREED,
            board_answer="",
        ),
        "own_framework": _own_framework,
        "other_framework": _other_framework,
    }
)
prepare(
    {
        "has_goals": lambda: exists(DossierGoal, dossier=OuterRef("pk")),
        "goals_to_choose": lambda: Exists(Goal.objects.all()),
        "council_said": _council_said,
        "council_advised": _council_advised,
        "main_body": _main_body,
        "agreements_confirmed": _all_confirmed,
        "newest_yes": _newest_yes,
        "staff": _staff,
        "newest_criteria": _newest_criteria,
    }
)
