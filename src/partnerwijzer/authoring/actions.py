"""Writing and publishing: frameworks of umbrellas, criteria of schools."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.authoring import content, drafting
from partnerwijzer.authoring.models import Draft, OwnFramework, SchoolCriteria
from partnerwijzer.authoring.queries import newest_criteria
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.frameworks import compare, loader, writing
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.frameworks.problems import ContentError, Problem
from partnerwijzer.frameworks.queries import content_of, data_of, latest_of
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.organisations.models import School, Umbrella

FIRST = "1.0.0"
MOST_TITLE = 120


class NotYet(Exception):
    """This cannot be done now. The text says why."""


@action("authoring.keep")
def begin_framework(
    umbrella: Umbrella, *, actor: Actor, title: str, base: FrameworkVersion
) -> Draft:
    """A framework of the umbrella's own, with a draft that starts as the release `base`.

    Raises:
        NotYet: there is a framework with this name.
    """
    key = (slugify(title)[:50].strip("-") or "kader").removesuffix("-")
    if FrameworkVersion.objects.filter(key=key).exists():
        raise NotYet(_("Er is al een kader met deze naam. Kies een andere."))
    try:
        with transaction.atomic():
            own = OwnFramework.objects.create(
                umbrella=umbrella, key=key, title=title, created_by_id=actor.uid
            )
    except IntegrityError:
        raise NotYet(_("Er is al een kader met deze naam. Kies een andere.")) from None
    data = drafting.begun(data_of(actor, base.pk), key=key, title=title)
    draft = Draft.objects.create(own=own, base=base, data=data, updated_by_id=actor.uid)
    _look(draft, actor)
    record("authoring.begun", own, actor=actor, title=title)
    return draft


@action("authoring.write")
def begin_questions(school: School, *, actor: Actor, base: FrameworkVersion) -> Draft:
    """The draft of what a school adds; the one that is there already where there is one."""
    newest = newest_criteria(school)
    draft, _new = Draft.objects.get_or_create(
        school=school,
        defaults={
            "base": base,
            "data": {"criteria": newest.data if newest else []},
            "updated_by_id": actor.uid,
        },
    )
    record("authoring.questions_begun", school, actor=actor, school_id=school.pk)
    return draft


@action("authoring.write")
def change(draft: Draft, *, actor: Actor, version: int, how: drafting.Change, what: str) -> Draft:
    """Changes a draft and looks what still has to be mended.

    Args:
        version: the version that was read.
        how: gives the new data for the data as it is.
        what: in words, for the history.

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Draft, draft.pk, version)
    fresh.data = how(fresh.data)
    _save(fresh, actor)
    record("authoring.saved", fresh, actor=actor, thread=_thread(fresh), what=what)
    return fresh


@action("authoring.write")
def upload(draft: Draft, *, actor: Actor, version: int, texts: dict[str, str]) -> Draft:
    """Takes the files of a framework in: they replace the draft.

    Raises:
        ContentError: the files have problems; it carries them with file, line and place.
        Conflict: somebody saved in between.
        NotYet: this draft is of a school.
    """
    if draft.own is None:
        raise NotYet(_("Eigen vragen van een school schrijf je hier, niet in bestanden."))
    release = loader.read_texts(texts)
    fresh = versions.claim(Draft, draft.pk, version)
    fresh.data = drafting.taken_in(release.data, key=draft.own.key)
    _save(fresh, actor)
    record("authoring.uploaded", fresh, actor=actor, thread=_thread(fresh))
    return fresh


def _thread(draft: Draft) -> School | OwnFramework:
    thread = draft.school or draft.own
    assert thread is not None
    return thread


def _save(draft: Draft, actor: Actor) -> None:
    draft.updated_by_id, draft.updated_at = actor.uid, timezone.now()
    draft.save(update_fields=["data", "updated_by", "updated_at"])
    _name(draft)
    _look(draft, actor)


def _name(draft: Draft) -> None:
    """A framework is called as its own head says."""
    title = str(draft.data.get("framework", {}).get("meta", {}).get("title", {}).get("nl", ""))
    if draft.own is not None and title and draft.own.title != title[:MOST_TITLE]:
        draft.own.title = title[:MOST_TITLE]
        draft.own.save(update_fields=["title"])


def _look(draft: Draft, actor: Actor) -> None:
    draft.problems = [asdict(problem) for problem in _problems(draft, actor)]
    draft.save(update_fields=["problems"])


def _problems(draft: Draft, actor: Actor) -> list[Problem]:
    if draft.school_id:
        return content.problems_of_school(data_of(actor, draft.base_id), draft.criteria)
    return content.problems_of(draft.data)


@action("authoring.write")
def publish_framework(draft: Draft, *, actor: Actor, version: int) -> FrameworkVersion:
    """Makes a release of a draft of an umbrella. Its number follows from what changed.

    Raises:
        ContentError: it has problems.
        NotYet: nothing changed since the last release.
        Conflict: somebody saved in between: read that first.
    """
    fresh = versions.claim(Draft, draft.pk, version)
    own = fresh.own
    assert own is not None
    number = _number(actor, own, fresh.data)
    data = drafting.with_version(fresh.data, number)
    made = frameworks.keep(loader.read_texts(writing.texts_of(data)), actor=actor)
    fresh.data, fresh.base = data, made
    fresh.save(update_fields=["data", "base"])
    record("authoring.published", own, actor=actor, version=number, title=own.title)
    return made


def _number(actor: Actor, own: OwnFramework, data: dict[str, Any]) -> str:
    newest = latest_of(actor, own.key)
    if newest is None:
        return FIRST
    wrong = [problem for problem in content.problems_of(data) if not problem.advice]
    if wrong:
        raise ContentError(wrong)
    found = compare.compare(content_of(newest.pk), Content.model_validate(data))
    if found.nothing:
        raise NotYet(_("Er is niets veranderd sinds versie {n}.").format(n=newest.version))
    return compare.next_version(newest.version, compare.size_of(found))


@action("authoring.write")
def publish_questions(draft: Draft, *, actor: Actor, version: int) -> SchoolCriteria:
    """Makes a release of what a school adds. Dossiers that run are offered it, new ones get it.

    Raises:
        ContentError: it has problems.
        NotYet: nothing changed since the last release.
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Draft, draft.pk, version)
    school = fresh.school
    assert school is not None
    wrong = [problem for problem in _problems(fresh, actor) if not problem.advice]
    if wrong or not content.fits(fresh.criteria):
        raise ContentError(wrong)
    newest = newest_criteria(school)
    if (newest.data if newest else []) == fresh.criteria:
        raise NotYet(_("Er is niets veranderd aan jullie eigen vragen."))
    made = SchoolCriteria.objects.create(
        school=school,
        number=newest.number + 1 if newest else 1,
        data=fresh.criteria,
        published_by_id=actor.uid,
    )
    record("authoring.questions_published", school, actor=actor, school_id=school.pk)
    return made


@action("authoring.keep")
def use_for_new_dossiers(own: OwnFramework, *, actor: Actor, wanted: bool) -> None:
    """New dossiers of the schools of this umbrella begin with this framework, or with ours again.

    Raises:
        NotYet: nothing of it was published.
    """
    if wanted and latest_of(actor, own.key) is None:
        raise NotYet(_("Breng eerst een versie uit."))
    OwnFramework.objects.filter(umbrella=own.umbrella_id).update(for_new_dossiers=False)
    OwnFramework.objects.filter(pk=own.pk).update(for_new_dossiers=wanted)
    title = own.title if wanted else _("het kader van Partnerwijzer")
    record("authoring.in_use", own, actor=actor, title=title)
