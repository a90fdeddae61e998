"""What schools shared, as far as this reader may see it.

Counts are over what is visible to the reader only, so that what a school keeps to itself or to its
board cannot be derived from a difference. Words of a school show only where it agreed; the name of
the school only to that school and the schools of its board.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import counting
from partnerwijzer.partners.models import (
    Audience,
    Experience,
    ExperienceFactor,
    Partner,
    Reply,
    State,
)
from partnerwijzer.ui import schoolyear


@dataclass(frozen=True)
class Voice:
    """The words of one school, shared with its consent."""

    words: str
    notes: tuple[str, ...]
    who: str
    on: date
    school_year: int
    offer: str
    audience: str
    is_near: bool
    pk: int = 0
    # What the organisation answered, as far as it may show.
    replies: tuple[Reply, ...] = ()
    # The branch with which it was, where that is another one than the page is about.
    branch: str = ""


def experiences(actor: Actor, partner: Partner) -> QuerySet[Experience]:
    """The experiences with a partner that the actor may read, newest first."""
    return readable(actor, Q(partner=partner) | Q(partner__merged_into=partner))


def readable(actor: Actor, of_these: Q) -> QuerySet[Experience]:
    """The experiences that the actor may read, newest first, with all that shows of them; `near`
    are those of the own school, or of a school of the own board."""
    rows = Experience.objects.visible_to(actor).filter(of_these).annotate(near=_near(actor))
    related = rows.select_related("school", "offer").prefetch_related("factors", "replies")
    return related.order_by("-school_year", "-published_on", "-pk")


def experience_summary(actor: Actor, about: Partner | Iterable[Experience]) -> counting.Summary:
    """What may be counted for this reader, with the factors.

    Args:
        about: a partner, or its experiences that were given out to this actor, newest first.
    """
    told = experiences(actor, about) if isinstance(about, Partner) else about
    return _summarised(told)


def whole_summaries(actor: Actor, partners: Iterable[Partner]) -> dict[int, counting.Summary]:
    """As experience_summary for each of these partners, in one query, without the factors."""
    told: dict[int, list[counting.Told]] = {partner.pk: [] for partner in partners}
    of_these = Q(partner__in=list(told)) | Q(partner__merged_into__in=list(told))
    rows = Experience.objects.visible_to(actor).filter(of_these)
    rows = rows.order_by("school_year", "published_on", "pk")
    names = ("partner_id", "partner__merged_into_id", "school_id", "school_year", "again")
    for partner, into, school, year, again in rows.values_list(*names):
        for key in {partner, into} & told.keys():
            told[key].append(counting.Told(school, year, again))
    return {key: _counted(found) for key, found in told.items()}


def offer_summaries(told: Iterable[Experience]) -> dict[int, counting.Summary]:
    """The counts for each offer, of experiences that were given out newest first."""
    by_offer: dict[int, list[Experience]] = {}
    for row in told:
        if row.offer_id is not None:
            by_offer.setdefault(row.offer_id, []).append(row)
    return {key: _summarised(rows) for key, rows in by_offer.items()}


def summaries(actor: Actor, partners: Iterable[Partner]) -> dict[int, counting.Summary]:
    """The counts of many partners in one query, without the factors."""
    keys = [partner.pk for partner in partners]
    told: dict[int, list[counting.Told]] = {key: [] for key in keys}
    rows = Experience.objects.visible_to(actor).filter(partner__in=keys)
    ordered = rows.order_by("school_year", "published_on", "pk")
    for row in ordered.values_list("partner_id", "school_id", "school_year", "again", named=True):
        told[row.partner_id].append(counting.Told(row.school_id, row.school_year, row.again))
    return {key: _counted(rows) for key, rows in told.items()}


def voices(
    actor: Actor, told: Iterable[Experience], *, enough: bool, of_branches: bool = False
) -> list[Voice]:
    """What schools say in their own words.

    Args:
        told: experiences that were given out to this actor.
        of_branches: says with which branch it was.
        enough: whether the minimum number of schools is reached. Below it only the words of the
            own school and board are given: of two schools one is soon recognised.
    """
    found = []
    for row in told:
        near = bool(row.near)  # type: ignore[attr-defined]
        if row.text_consent and (enough or near) and (voice := _voice(row, near)):
            found.append(replace(voice, branch=row.partner.name) if of_branches else voice)
    return found


def voices_for_all(told: Iterable[Experience]) -> list[Voice]:
    """The words that everybody may read, without the name of any school."""
    found = (_voice(row, near=False) for row in told if row.text_consent)
    return [voice for voice in found if voice is not None]


def count(newest_first: Iterable[Experience]) -> counting.Summary:
    """The counts over experiences that were given out."""
    return _summarised(newest_first)


def _voice(row: Experience, near: bool) -> Voice | None:
    notes = tuple(_note(factor) for factor in row.factors.all() if factor.note)
    if not row.advice and not notes:
        return None
    return Voice(
        words=row.advice,
        notes=notes,
        who=row.school.name if near else str(row.school.get_kind_display()) or _("een school"),
        on=row.published_on,
        school_year=row.school_year,
        offer=row.offer.title if row.offer else "",
        audience="" if row.audience == Audience.EVERYONE else str(row.get_audience_display()),
        is_near=near,
        pk=row.pk,
        replies=tuple(r for r in row.replies.all() if r.state == State.ACCEPTED),
    )


def _note(factor: ExperienceFactor) -> str:
    return f"{vocabulary.label(f'factors.{factor.effect}', factor.factor)}: {factor.note}"


def _near(actor: Actor) -> Case:
    """Whether it is of a school of this person, or of a school with the same board."""
    schools = actor.schools(frozenset(Role))
    boards = School.objects.filter(pk__in=schools).exclude(board=None)
    near = (
        Q(school__in=schools)
        | Q(school__board__in=actor.boards)
        | Q(school__board__in=boards.values("board"))
    )
    return Case(When(near, then=Value(True)), default=Value(False))


def _summarised(newest_first: Iterable[Experience]) -> counting.Summary:
    oldest_first = reversed([_told(row) for row in newest_first])
    return _counted(oldest_first)


def _counted(oldest_first: Iterable[counting.Told]) -> counting.Summary:
    this_year = schoolyear.of(timezone.localdate())
    return counting.summarise(oldest_first, _minimum(), this_year=this_year)


def _told(row: Experience) -> counting.Told:
    factors = tuple((f.factor, f.effect) for f in row.factors.all())
    return counting.Told(row.school_id, row.school_year, row.again, factors)


def _minimum() -> int:
    return vocabulary.current().factors.counting.minimum_schools
