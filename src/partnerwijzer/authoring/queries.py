"""Reading drafts, own frameworks, and what a dossier of a school begins with."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.authoring.models import Draft, OwnFramework, SchoolCriteria
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.organisations.models import School, Umbrella


def own_frameworks(actor: Actor) -> QuerySet[OwnFramework]:
    """The frameworks of the umbrellas that the actor keeps."""
    umbrellas = actor.umbrellas(Role.UMBRELLA_ADMIN)
    rows = OwnFramework.objects.filter(umbrella__in=umbrellas)
    return rows.select_related("draft", "umbrella")


def get_own(actor: Actor, pk: int) -> OwnFramework:
    return get_object_or_404(own_frameworks(actor), pk=pk)


def umbrellas(actor: Actor) -> QuerySet[Umbrella]:
    return Umbrella.objects.filter(pk__in=actor.umbrellas(Role.UMBRELLA_ADMIN)).order_by("name")


def get_draft(actor: Actor, pk: int) -> Draft:
    """A draft that the actor may write, or 404."""
    rows = Draft.objects.visible_to(actor).select_related("own__umbrella", "school", "base")
    return get_object_or_404(rows.select_related("updated_by"), pk=pk)


def led_school(actor: Actor) -> School | None:
    """The school that is worked for now, where the actor leads it."""
    if actor.school_id is None or not actor.works_at(actor.school_id, LEADS):
        return None
    return School.objects.select_related("criteria_draft").filter(pk=actor.school_id).first()


def criteria_of(actor: Actor, school: School) -> list[SchoolCriteria]:
    """All releases of what this school adds, newest first."""
    rows = SchoolCriteria.objects.visible_to(actor).filter(school=school)
    return list(rows.select_related("published_by").order_by("-number"))


def newest_criteria(school: School) -> SchoolCriteria | None:
    """What the dossiers of a school are asked on top; None where the school adds nothing."""
    return SchoolCriteria.objects.filter(school=school).order_by("-number").first()


def framework_for(actor: Actor, school: School) -> FrameworkVersion:
    """What a new dossier of this school begins with: the framework that its umbrella chose, else
    ours.

    Raises:
        LookupError: nothing was published yet.
    """
    chosen = OwnFramework.objects.filter(umbrella=school.umbrella_id, for_new_dossiers=True)
    own = chosen.first() if school.umbrella_id else None
    return newest_of(actor, own.key if own else None)


def newest_of(actor: Actor, own: str | None) -> FrameworkVersion:
    """The newest release of an umbrella's own framework, else of ours.

    Raises:
        LookupError: nothing was published yet.
    """
    found = frameworks.latest_of(actor, own) if own else None
    return found or frameworks.latest(actor)
