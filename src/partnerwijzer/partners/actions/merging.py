"""Two that turned out to be one: pairs that look alike, the merge, and undoing it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.partners import blocking, merging
from partnerwijzer.partners.actions.changing import MOST_FORMER_NAMES, note
from partnerwijzer.partners.actions.watching import remember
from partnerwijzer.partners.models import LikelyPair, LikenessKey, Merge, Partner
from partnerwijzer.partners.queries import known_of

# What a merge can take from the partner that goes; the name it had becomes a former name.
FACTS = (
    "name", "kind", "description", "website", "themes", "levels", "regions", "street", "postcode",
    "town", "commercial_tie", "commercial_note", "ideological_tie", "ideological_note",
)  # fmt: skip
UNKNOWN: tuple[Any, ...] = ("", "unknown", [], None)
MOST_CANDIDATES = 300


class CannotMerge(Exception):
    """These two cannot become one; the text says why."""


# Pairs


def note_likeness(partner: Partner) -> None:
    """Keeps the keys of a partner and the pairs it is in, in step with its facts.

    Called by the actions that change those. What somebody set aside stays so.
    """
    about = known_of(partner)
    keys = blocking.keys_of(about) if partner.merged_into_id is None else []
    LikenessKey.objects.filter(partner=partner).exclude(key__in=keys).delete()
    LikenessKey.objects.bulk_create(
        (LikenessKey(partner=partner, key=key) for key in keys), ignore_conflicts=True
    )
    pairs = {}
    for other in _candidates(partner, keys):
        if blocking.is_likely(found := blocking.reasons(about, known_of(other))):
            pairs[other.pk] = found
    _keep_pairs(partner, pairs)


def _candidates(partner: Partner, keys: Iterable[str]) -> list[Partner]:
    """Who shares a key that does not say too little."""
    shared = LikenessKey.objects.filter(key__in=keys).values("key").annotate(n=Count("pk"))
    telling = [row["key"] for row in shared if 1 < row["n"] <= blocking.MOST_SHARING]
    found = LikenessKey.objects.filter(key__in=telling).exclude(partner=partner)
    others = Partner.objects.filter(pk__in=found.values("partner"), merged_into=None)
    return list(others.defer("search_text", "search_keys")[:MOST_CANDIDATES])


def _keep_pairs(partner: Partner, pairs: Mapping[int, list[str]]) -> None:
    of_this = LikelyPair.objects.filter(Q(one=partner) | Q(other=partner))
    of_this.filter(set_aside_at=None).delete()
    aside = {row.one_id + row.other_id - partner.pk for row in of_this}
    LikelyPair.objects.bulk_create(
        LikelyPair(
            one_id=min(partner.pk, other),
            other_id=max(partner.pk, other),
            reasons=found,
            weight=blocking.weight_of(found),
        )
        for other, found in pairs.items()
        if other not in aside
    )


@action("partners.moderate")
def set_aside(pair: LikelyPair, *, actor: Actor) -> None:
    """Somebody looked: these are two."""
    pair.set_aside_at = timezone.now()
    pair.save(update_fields=["set_aside_at"])
    note("pair.set_aside", pair, actor, pair.one, name=pair.other.name)


# Merging


@action("partners.moderate")
def merge(kept: Partner, *, actor: Actor, gone: Partner, take: Iterable[str] = ()) -> Merge:
    """Makes two partners one: all that belongs to `gone` goes to `kept`.

    What `kept` does not know yet, it takes over. The name of `gone` becomes a former name, so that
    it still finds the partner; its page leads to the other.

    Args:
        take: names of FACTS of which the value of `gone` is the right one.

    Raises:
        CannotMerge: they have different numbers, or one was merged already.
    """
    pair = Partner.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    kept, gone = pair[kept.pk], pair[gone.pk]
    _must_be_mergeable(kept, gone)
    row = Merge(kept=kept, gone=gone, number=gone.enterprise_number, by_id=actor.uid)
    row.moved = [_move(moving, kept) for moving in merging.plan(kept, gone) if moving.moves]
    row.facts = _take_over(kept, gone, set(take))
    row.save()
    gone.merged_into, gone.enterprise_number = kept, ""
    _saved(gone)
    _saved(kept)
    note("partner.merged", row, actor, kept, name=gone.name)
    return row


def _must_be_mergeable(kept: Partner, gone: Partner) -> None:
    if kept.pk == gone.pk or kept.merged_into_id or gone.merged_into_id:
        raise CannotMerge(_("Een van beide is al samengevoegd."))
    numbers = {kept.enterprise_number, gone.enterprise_number} - {""}
    if len(numbers) > 1:
        raise CannotMerge(
            _("Ze hebben elk een eigen ondernemingsnummer: dat zijn twee organisaties.")
        )


def _move(moving: merging.Moving, kept: Partner) -> dict[str, Any]:
    relation = moving.relation
    rows = relation.model._base_manager.filter(pk__in=moving.moves)
    rows.update(**{relation.field: kept})
    label = relation.model._meta.label_lower
    return {"model": label, "field": relation.field, "pks": list(moving.moves)}


def _take_over(kept: Partner, gone: Partner, take: set[str]) -> dict[str, list[Any]]:
    """Gives what changed on the kept one: by field, the value before and after."""
    before = {name: getattr(kept, name) for name in (*FACTS, "enterprise_number", "former_names")}
    former = [kept.name, *kept.former_names, gone.name, *gone.former_names]
    for name in FACTS:
        if name in take or getattr(kept, name) in UNKNOWN:
            setattr(kept, name, getattr(gone, name))
    kept.enterprise_number = kept.enterprise_number or gone.enterprise_number
    names = dict.fromkeys(name for name in former if name != kept.name)
    kept.former_names = list(names)[:MOST_FORMER_NAMES]
    after = {name: getattr(kept, name) for name in before}
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _saved(partner: Partner) -> None:
    """With the words that are searched, another version, and what follows from the facts."""
    partner.version += 1
    partner.updated_at = timezone.now()
    partner.save()
    remember(partner)
    note_likeness(partner)


@action("partners.moderate")
def undo_merge(row: Merge, *, actor: Actor) -> None:
    """Makes them two again. What came to the kept one since then stays there.

    Raises:
        CannotMerge: it was undone already, or the kept one is itself merged by now.
    """
    row = Merge.objects.select_for_update().get(pk=row.pk)
    pair = Partner.objects.select_for_update().in_bulk([row.kept_id, row.gone_id])
    kept, gone = pair[row.kept_id], pair[row.gone_id]
    if row.undone_at is not None or kept.merged_into_id:
        raise CannotMerge(_("Deze samenvoeging kan nu niet ongedaan gemaakt worden."))
    for moved in row.moved:
        _move_back(moved, kept, gone)
    for name, (before, after) in row.facts.items():
        if getattr(kept, name) == after:
            setattr(kept, name, before)
    _saved(kept)
    gone.merged_into = None
    if not Partner.objects.filter(enterprise_number=row.number).exists():
        gone.enterprise_number = row.number
    _saved(gone)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    note("partner.unmerged", row, actor, kept, name=gone.name)


def _move_back(moved: Mapping[str, Any], kept: Partner, gone: Partner) -> None:
    """Rows that are still with the kept one."""
    model = apps.get_model(moved["model"])
    rows = model._base_manager.filter(pk__in=moved["pks"], **{moved["field"]: kept})
    rows.update(**{moved["field"]: gone})
