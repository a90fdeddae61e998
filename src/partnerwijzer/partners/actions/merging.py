"""Two that turned out to be one: pairs that look alike, the merge, and undoing it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import transaction
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
AT_ONCE = 500

_waiting: ContextVar[set[int] | None] = ContextVar("likeness", default=None)


class CannotMerge(Exception):
    """These two cannot become one; the text says why."""


# Pairs


def note_likeness(partner: Partner) -> None:
    """Keeps the keys of a partner and the pairs it is in, in step with its facts.

    Called by the actions that change those. What somebody set aside stays so. Within
    likeness_together() it waits until the end of that.
    """
    waiting = _waiting.get()
    if waiting is None:
        _note([partner])
    else:
        waiting.add(partner.pk)


@contextmanager
def likeness_together() -> Iterator[None]:
    """Of all partners that are made or changed within, likeness is looked at at the end, in one go.

    For who brings many in, within the transaction that does: nothing is noted when it fails.
    """
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set(set())
    try:
        yield
        keys = sorted(_waiting.get() or ())
    finally:
        _waiting.reset(token)
    _note_keys(keys)


def note_missing_likeness() -> int:
    """Looks at partners that nobody looked at, such as those that were written in bulk. How many.

    For the background worker. Costs one query when there are none.
    """
    bare = Partner.objects.filter(merged_into=None, likeness_keys=None)
    # Without any word that tells something a partner has no keys: that one is ready.
    keys = [p.pk for p in bare.defer("search_text", "search_keys") if blocking.keys_of(known_of(p))]
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            _note_keys(keys[start : start + AT_ONCE])
    return len(keys)


def _note_keys(keys: Sequence[int]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        rows = Partner.objects.filter(pk__in=keys[start : start + AT_ONCE])
        _note(list(rows.defer("search_text", "search_keys")))


def _note(partners: Sequence[Partner]) -> None:
    about = {partner.pk: known_of(partner) for partner in partners}
    keys = {
        partner.pk: blocking.keys_of(about[partner.pk]) if partner.merged_into_id is None else []
        for partner in partners
    }
    _keep_keys(keys)
    meets = _meetings(keys)
    unknown = {other for others in meets.values() for other in others} - set(about)
    about |= {partner.pk: known_of(partner) for partner in _partners(unknown)}
    pairs = {}
    for pk, others in meets.items():
        for other in others:
            pair = min(pk, other), max(pk, other)
            if other in about and pair not in pairs:
                pairs[pair] = blocking.reasons(about[pair[0]], about[pair[1]])
    _keep_pairs(list(keys), {p: found for p, found in pairs.items() if blocking.is_likely(found)})


def _keep_keys(keys: Mapping[int, list[str]]) -> None:
    wanted = {(pk, key) for pk, some in keys.items() for key in some}
    rows = LikenessKey.objects.filter(partner__in=keys)
    there = {(pk, key): row for row, pk, key in rows.values_list("pk", "partner", "key")}
    gone = [row for pair, row in there.items() if pair not in wanted]
    if gone:
        LikenessKey.objects.filter(pk__in=gone).delete()
    LikenessKey.objects.bulk_create(
        (LikenessKey(partner_id=pk, key=key) for pk, key in sorted(wanted - set(there))),
        ignore_conflicts=True,
    )


def _meetings(keys: Mapping[int, list[str]]) -> dict[int, list[int]]:
    """With whom each shares a key that does not say too little."""
    every = sorted({key for some in keys.values() for key in some})
    sharing: dict[str, list[int]] = {}
    for start in range(0, len(every), AT_ONCE):
        some = LikenessKey.objects.filter(key__in=every[start : start + AT_ONCE])
        counted = some.values("key").annotate(n=Count("pk")).order_by()
        telling = counted.filter(n__gt=1, n__lte=blocking.MOST_SHARING).values("key")
        rows = LikenessKey.objects.filter(key__in=telling).order_by("partner")
        for key, pk in rows.values_list("key", "partner"):
            sharing.setdefault(key, []).append(pk)
    return {pk: _others(pk, [sharing.get(key, []) for key in some]) for pk, some in keys.items()}


def _others(pk: int, groups: Iterable[Iterable[int]]) -> list[int]:
    found = sorted({other for group in groups for other in group} - {pk})
    return found[:MOST_CANDIDATES]


def _partners(keys: Iterable[int]) -> Iterator[Partner]:
    """Those that still stand by themselves."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Partner.objects.filter(pk__in=wanted[start : start + AT_ONCE], merged_into=None)
        yield from rows.defer("search_text", "search_keys")


def _keep_pairs(keys: Sequence[int], pairs: Mapping[tuple[int, int], list[str]]) -> None:
    of_these = LikelyPair.objects.filter(Q(one__in=keys) | Q(other__in=keys))
    of_these.filter(set_aside_at=None).delete()
    aside = set(of_these.values_list("one", "other"))
    LikelyPair.objects.bulk_create(
        LikelyPair(one_id=one, other_id=other, reasons=found, weight=blocking.weight_of(found))
        for (one, other), found in sorted(pairs.items())
        if (one, other) not in aside
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
    """Makes them two again: what moved goes back, with what came to it since (merging.since).

    What came to the kept one on its own since then stays there, and so does what chose an offer of
    the kept one since (merging.staying).

    Raises:
        CannotMerge: it was undone already, or the kept one is itself merged by now.
    """
    row = Merge.objects.select_for_update().get(pk=row.pk)
    pair = Partner.objects.select_for_update().in_bulk([row.kept_id, row.gone_id])
    kept, gone = pair[row.kept_id], pair[row.gone_id]
    if row.undone_at is not None or kept.merged_into_id:
        raise CannotMerge(_("Deze samenvoeging kan nu niet ongedaan gemaakt worden."))
    back = _going_back(row, kept)
    for moved in back:
        _move_back(moved, kept, gone)
    _move_what_came_since(back, kept, gone)
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


def _going_back(row: Merge, kept: Partner) -> list[dict[str, Any]]:
    """What moved, without what stays with the kept one."""
    stay = merging.staying(kept, row.moved)
    return [
        {**moved, "pks": [pk for pk in moved["pks"] if pk not in stay.get(moved["model"], ())]}
        for moved in row.moved
    ]


def _move_back(moved: Mapping[str, Any], kept: Partner, gone: Partner) -> None:
    """Rows that are still with the kept one."""
    model = apps.get_model(moved["model"])
    rows = model._base_manager.filter(pk__in=moved["pks"], **{moved["field"]: kept})
    rows.update(**{moved["field"]: gone})


def _move_what_came_since(back: Iterable[Mapping[str, Any]], kept: Partner, gone: Partner) -> None:
    """An agreement made since in a dossier that moved, the answer to an experience shared there."""
    moved: dict[str, set[Any]] = {}
    for known in back:
        moved.setdefault(known["model"], set()).update(known["pks"])
    while found := merging.since(kept, gone, moved):
        for moving in found:
            _move(moving, gone)
            moved.setdefault(moving.relation.model._meta.label_lower, set()).update(moving.moves)
