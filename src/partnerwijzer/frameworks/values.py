"""Values of a list that differ between two releases, old and new, in words. Pure.

Other words ask to be read; a value that differs makes a rule say something else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from partnerwijzer.frameworks.lists import Word
from partnerwijzer.frameworks.schema import Content, Tree, TreeOption

TREES = "governance.trees"
Say = Callable[[Any], str]


@dataclass(frozen=True)
class ValueChange:
    """what: the thing that it is of; nothing where the list itself is a value. label: what of it
    changed, where that does not speak for itself."""

    what: str
    label: Word
    old: str
    new: str


def _days(value: Any) -> str:
    return ngettext("{n} dag", "{n} dagen", value).format(n=value)


def _months(value: Any) -> str:
    return ngettext("{n} maand", "{n} maanden", value).format(n=value) if value else _("nooit")


def _yes(value: Any) -> str:
    return _("ja") if value else _("nee")


def _number(value: Any) -> str:
    return "–" if value is None else str(value)


# Fields of the things in a list, and a setting that is a value by itself.
FIELDS: Mapping[str, tuple[Word, Say]] = {
    "counts_as_proof": (_lazy("telt als bewijs"), _yes),
    "proof_required": (_lazy("vraagt bewijs"), _yes),
    "days": ("", _days),
    "minimum_days": (_lazy("minstens"), _days),
    "mandate_years": (_lazy("jaren van een mandaat"), _number),
}
SETTINGS: Mapping[str, Say] = {"framework.stale_after_months": _months}


def changed(
    path: str, old: Content, new: Content, pairs: list[tuple[str, Any, Any]]
) -> Iterator[ValueChange]:
    """What differs in a list or setting.

    Args:
        path: as `governance.trees`.
        pairs: name, old and new of each thing that differs; of a setting its only one, unnamed.
    """
    for name, before, after in pairs:
        if path in SETTINGS:
            yield ValueChange("", "", SETTINGS[path](before), SETTINGS[path](after))
        elif path == TREES:
            yield from _of_tree(name, _Ends(old, before), _Ends(new, after))
        else:
            yield from _of_fields(name, before, after)


def _of_fields(name: str, before: Any, after: Any) -> Iterator[ValueChange]:
    for field, (label, say) in FIELDS.items():
        was, now = getattr(before, field, None), getattr(after, field, None)
        if was != now:
            yield ValueChange(name, label, say(was), say(now))


@dataclass(frozen=True)
class _Ends:
    """Where the ways of a tree end, in the words of its release."""

    content: Content
    tree: Tree

    def of(self, outcome: str) -> str:
        result = self.tree.outcome[outcome].result
        return str(self.content.governance.result[result].label)

    def after(self, option: TreeOption) -> str:
        return self.of(option.outcome) if option.outcome else _("vraagt verder")


def _of_tree(name: str, before: _Ends, after: _Ends) -> Iterator[ValueChange]:
    """Outcomes that come down to something else, and answers that now lead elsewhere."""
    for key, outcome in after.tree.outcome.items():
        if key in before.tree.outcome and before.of(key) != after.of(key):
            yield ValueChange(name, str(outcome.text), before.of(key), after.of(key))
    for node in after.tree.nodes:
        known = before.tree.node[node.key].option if node.key in before.tree.node else {}
        for option in node.options:
            was = known.get(option.key)
            if was is None or was.outcome == option.outcome:
                continue
            if before.after(was) != after.after(option):
                words = f"{node.question} {option.label}"
                yield ValueChange(name, words, before.after(was), after.after(option))
