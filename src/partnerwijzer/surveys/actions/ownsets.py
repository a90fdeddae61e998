"""Building question sets of one's own: a draft, and its release. What was released stays."""

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.surveys import building, sets
from partnerwijzer.surveys.models import OWN_KEY, OwnEdition, OwnSet
from partnerwijzer.surveys.refusals import Refused


@action("surveys.sets")
def begin_set(
    owner: School | Umbrella,
    *,
    actor: Actor,
    framework: FrameworkVersion,
    title: str,
    audience: str = "",
    base: str = "",
) -> OwnSet:
    """A new set: a copy of a ready one, or an empty one for an audience. A draft until it is
    released.

    Args:
        base: key of a set of the framework; empty: nothing to begin with.

    Raises:
        sets.SetProblem: there is no such set, or nothing can be asked of this audience.
    """
    content = content_of(framework.pk)
    who = sets.set_of(content, base).audience.value if base else audience
    place = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    own_set = OwnSet.objects.create(audience=who, created_by_id=actor.uid, **place)
    key = f"{OWN_KEY}{own_set.pk}"
    if base:
        built = building.copy_of(sets.set_of(content, base), key=key, title=title)
    else:
        built = building.empty(content, who, key=key, title=title)
    OwnEdition.objects.create(
        own_set=own_set, framework=framework, kept=building.kept(built), by_id=actor.uid
    )
    record("own_set.begun", own_set, actor=actor, title=title)
    return own_set


@action("surveys.sets")
def say_set(
    own_set: OwnSet, *, actor: Actor, version: int, title: str, intro: str, thanks: str
) -> None:
    """Changes the words around the questions.

    Raises:
        Conflict: a colleague changed the set in between.
    """
    draft = _draft(own_set, actor, version)
    _keep(draft, building.said(draft.built, title=title, intro=intro, thanks=thanks), actor)


@action("surveys.sets")
def put_question(
    own_set: OwnSet, *, actor: Actor, version: int, wish: building.Wish, key: str = ""
) -> None:
    """Adds a question at the end, or changes question `key`.

    Raises:
        Conflict: a colleague changed the set in between.
        sets.SetProblem: this question cannot be; the text says what to do.
    """
    draft = _draft(own_set, actor, version)
    _keep(draft, building.put(draft.built, wish, key), actor)


@action("surveys.sets")
def remove_question(own_set: OwnSet, *, actor: Actor, version: int, key: str) -> None:
    """Takes a question out.

    Raises:
        Conflict: a colleague changed the set in between.
    """
    draft = _draft(own_set, actor, version)
    _keep(draft, building.without(draft.built, key), actor)


@action("surveys.sets")
def move_question(own_set: OwnSet, *, actor: Actor, version: int, key: str, up: bool) -> None:
    """One place up or down.

    Raises:
        Conflict: a colleague changed the set in between.
    """
    draft = _draft(own_set, actor, version)
    _keep(draft, building.moved(draft.built, key, up=up), actor)


def _draft(own_set: OwnSet, actor: Actor, version: int) -> OwnEdition:
    """The edition that may be changed: the draft, or the next one after what was released."""
    fresh = versions.claim(OwnSet, own_set.pk, version)
    newest = fresh.editions.order_by("-number")[0]
    if newest.released_at is None:
        return newest
    return OwnEdition(
        own_set=fresh,
        number=newest.number + 1,
        framework_id=newest.framework_id,
        kept=newest.kept,
    )


def _keep(draft: OwnEdition, built: building.Building, actor: Actor) -> None:
    draft.kept = building.kept(built)
    draft.by_id, draft.at = actor.uid, timezone.now()
    draft.save()
    record("own_set.changed", draft.own_set, actor=actor, title=draft.title)


@action("surveys.sets")
def release_set(own_set: OwnSet, *, actor: Actor, version: int) -> None:
    """From now on these questions are asked. They do not change any more.

    Raises:
        Conflict: a colleague changed the set in between.
        Refused: there is nothing new.
        sets.SetProblem: there is no question in it, or there are too many.
    """
    fresh = versions.claim(OwnSet, own_set.pk, version)
    draft = fresh.editions.order_by("-number")[0]
    if draft.released_at is not None:
        raise Refused(_("Er is niets nieuws om klaar te zetten."))
    building.check_ready(draft.built)
    draft.released_at = timezone.now()
    draft.save(update_fields=["released_at"])
    fresh.released = draft
    fresh.save(update_fields=["released"])
    record("own_set.released", fresh, actor=actor, title=draft.title, number=draft.number)


@action("surveys.sets")
def drop_draft(own_set: OwnSet, *, actor: Actor, version: int) -> None:
    """Throws away what was not released. A set that never was goes as a whole.

    Raises:
        Conflict: a colleague changed the set in between.
        Refused: there is no draft.
    """
    fresh = versions.claim(OwnSet, own_set.pk, version)
    draft = fresh.editions.order_by("-number")[0]
    if draft.released_at is not None:
        raise Refused(_("Er is geen ontwerp om weg te gooien."))
    record("own_set.dropped", fresh, actor=actor, title=draft.title)
    draft.delete()
    if fresh.released is None:
        fresh.delete()


@action("surveys.sets")
def retire_set(own_set: OwnSet, *, actor: Actor) -> None:
    """Puts it away: nobody can choose it any more. What was asked with it stays."""
    OwnSet.objects.filter(pk=own_set.pk).update(retired_at=timezone.now())
    record("own_set.retired", own_set, actor=actor, title=_title(own_set))


@action("surveys.sets")
def restore_set(own_set: OwnSet, *, actor: Actor) -> None:
    """Takes it out again."""
    OwnSet.objects.filter(pk=own_set.pk).update(retired_at=None)
    record("own_set.restored", own_set, actor=actor, title=_title(own_set))


def _title(own_set: OwnSet) -> str:
    return own_set.editions.order_by("-number")[0].title
