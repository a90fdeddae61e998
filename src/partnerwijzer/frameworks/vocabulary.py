"""The lists to choose from, in the active language, for forms and labels.

Without a content the newest release speaks: partners and schools belong to no release. A dossier
passes the content of its own version. Names of lists are those of vocab.yaml ("themes",
"partner_kinds", "education_levels" …), plus "factors.smooth", "factors.difficult",
"factor_groups", "situations", "evidence_kinds", "judgements", "statuses" and "rubrics".
"""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any, NamedTuple

from django.utils.translation import get_language

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.frameworks import queries
from partnerwijzer.frameworks.schema import Content

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
SECONDS = 60.0  # how long another process's new release may go unseen
_seen: list[tuple[float, int]] = []
# The lists of a content in a language, made once: a page asks for hundreds of labels. The content
# stands with them, so that no other one gets its id.
_made: dict[tuple[int, str, str], tuple[Content, dict[str, "Term"]]] = {}
MOST_MADE = 500


class Term(NamedTuple):
    """One word of a list. `group` is the key of its group or of the term it is part of."""

    key: str
    label: str
    help: str
    group: str


def current() -> Content:
    """The newest release. Looks in the database at most once a minute.

    Raises:
        LookupError: nothing was published yet.
    """
    if not _seen or monotonic() - _seen[0][0] > SECONDS:
        _seen[:] = [(monotonic(), queries.latest(SYSTEM).pk)]
    return queries.content_of(_seen[0][1])


def forget() -> None:
    _seen.clear()
    _made.clear()


def terms(name: str, content: Content | None = None) -> list[Term]:
    """All words of a list, in the order of the content.

    Raises:
        KeyError: there is no such list.
    """
    return list(_terms(name, content or current()).values())


def choices(name: str, content: Content | None = None) -> list[Choice]:
    """(key, label) pairs. Pass it uncalled to a form field, so that the language is the reader's:
    `ChoiceField(choices=partial(choices, "themes"))`."""
    return [(term.key, term.label) for term in terms(name, content)]


def grouped(name: str, content: Content | None = None) -> list[Group | Choice]:
    """As choices(), with groups as Django's optgroups: partner kinds and factors by their group,
    levels under the level they are part of (which can be chosen too)."""
    content = content or current()
    headings = dict(choices(GROUPS_OF[name], content)) if name in GROUPS_OF else {}
    found = terms(name, content)
    if name in TREES:
        return list(_as_tree(found))
    return [
        (label, [(t.key, t.label) for t in found if t.group == key])
        for key, label in headings.items()
    ] or [(t.key, t.label) for t in found]


def label(name: str, key: str, content: Content | None = None) -> str:
    """The label of a key. A key that the newest release no longer has is looked up in older
    ones; what nobody knows is shown as it is."""
    for known in [content] if content else _newest_first():
        if term := _terms(name, known).get(key):
            return term.label
    return key


def labels(name: str, keys: Iterable[str], content: Content | None = None) -> list[str]:
    return [label(name, key, content) for key in keys]


def suggested_kinds(
    nace_codes: Iterable[str], legal_form: str = "", content: Content | None = None
) -> list[str]:
    """Keys of the partner kinds that the register points to: first by activity (NACE 2025, in the
    order given), then by legal form. Only a suggestion."""
    kinds = (content or current()).vocab.partner_kinds
    by_activity = [
        kind.key
        for code in nace_codes
        for kind in kinds
        if any(_digits(code).startswith(start) for start in kind.suggested_by.nace_2025)
    ]
    by_form = [kind.key for kind in kinds if legal_form in kind.suggested_by.legal_forms]
    return list(dict.fromkeys(by_activity + by_form))


GROUPS_OF = {
    "partner_kinds": "partner_groups",
    "factors.smooth": "factor_groups",
    "factors.difficult": "factor_groups",
}
TREES = {"education_levels"}
OF_THE_FRAMEWORK = {"situations", "evidence_kinds", "judgements", "statuses", "rubrics"}


def _items(name: str, content: Content) -> tuple[Any, ...]:
    if name.startswith("factors."):
        return content.factors.factors
    if name == "factor_groups":
        return content.factors.factor_groups
    part = content.framework if name in OF_THE_FRAMEWORK else content.vocab
    if name == "meta" or name not in type(part).model_fields:
        raise KeyError(name)
    items: tuple[Any, ...] = getattr(part, name)
    return items


def _terms(name: str, content: Content) -> dict[str, Term]:
    """The words of a list by key, in the active language."""
    place = (id(content), name, get_language() or "")
    if place not in _made:
        if len(_made) > MOST_MADE:
            _made.clear()
        found = (_term(item, name) for item in _items(name, content))
        _made[place] = (content, {term.key: term for term in found})
    return _made[place][1]


def _term(item: Any, name: str) -> Term:
    words = {"factors.smooth": "smooth", "factors.difficult": "difficult", "situations": "question"}
    explained = next((f for f in ("help", "meaning", "explanation") if hasattr(item, f)), "")
    group = getattr(item, "group", None) or getattr(item, "parent", None)
    return Term(
        key=str(item.key),
        label=str(getattr(item, words.get(name, "label"))),
        help=str(getattr(item, explained, "")),
        group=group or "",
    )


def _as_tree(found: list[Term]) -> Iterator[Group | Choice]:
    for term in found:
        parts = [(t.key, t.label) for t in found if t.group == term.key]
        if not term.group:
            yield (
                (term.label, [(term.key, term.label), *parts]) if parts else (term.key, term.label)
            )


def _newest_first() -> Iterator[Content]:
    yield current()
    for version in queries.versions(SYSTEM)[1:]:
        yield queries.content_of(version.pk)


def _digits(code: str) -> str:
    return "".join(filter(str.isdigit, code))
