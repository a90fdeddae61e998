"""What differs between two releases, and what that does to the version (docs/content.md)."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks import loader, reading, writing
from partnerwijzer.frameworks.compare import TOLD, compare, next_version, size_of, word_by_word
from partnerwijzer.frameworks.lists import name_of
from partnerwijzer.frameworks.mapping import Counts, between
from partnerwijzer.frameworks.schema import Content, Tree
from partnerwijzer.frameworks.source import parse
from tests.frameworks.conftest import SHIPPED


def changed(content: Content, **of_criteria: dict[str, Any] | None) -> Content:
    """The content with some criteria changed; None takes one out. Keys with _ for -."""
    data = content.model_dump(mode="json")
    kept = []
    for criterion in data["framework"]["criteria"]:
        change = of_criteria.get(criterion["key"].replace("-", "_"), {})
        if change is not None:
            kept.append({**criterion, **change})
    data["framework"]["criteria"] = kept
    return Content.model_validate(data)


def test_a_release_does_not_differ_from_itself(content: Content) -> None:
    found = compare(content, content)

    assert (found.nothing, size_of(found)) == (True, "none")


def test_each_kind_of_change_is_told_apart(content: Content) -> None:
    new = changed(
        content,
        built_to_last=None,
        fits_age={"question": {"nl": "Past het bij hun leeftijd?", "en": "Does it fit?"}},
        place_in_lessons={"essential": True, "gate": "positive-decision"},
    )

    found = compare(content, new)

    assert [c.key for c in found.removed] == ["built-to-last"]
    assert [(c.new.key, c.words, c.asks_otherwise) for c in found.reworded] == [
        ("fits-age", ("question",), True)
    ]
    assert [(c.new.key, c.rules) for c in found.ruled] == [
        ("place-in-lessons", ("essential", "gate"))
    ]
    back = compare(new, content)
    assert [c.key for c in back.added] == ["built-to-last"]


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"fits_age": {"question": {"nl": "Anders?", "en": "Other?"}}}, "patch"),
        ({"place_in_lessons": {"normal": False}}, "minor"),
        ({"place_in_lessons": {"essential": True, "gate": "positive-decision"}}, "major"),
        ({"built_to_last": None}, "major"),
    ],
)
def test_the_version_goes_up_as_the_page_on_publishing_says(
    content: Content, change: dict[str, Any], step: str
) -> None:
    assert size_of(compare(content, changed(content, **change))) == step


def test_what_is_added_is_minor_unless_it_can_stop_something(content: Content) -> None:
    without = changed(content, built_to_last=None)
    harder = changed(content, fits_age=None)

    assert size_of(compare(without, content)) == "minor"
    assert size_of(compare(harder, content)) == "major"


def test_the_next_version() -> None:
    assert [next_version("1.2.3", s) for s in ("major", "minor", "patch", "none")] == [
        "2.0.0", "1.3.0", "1.2.4", "1.2.3",
    ]  # fmt: skip


@given(st.text(), st.text())
def test_word_by_word_holds_both_texts(old: str, new: str) -> None:
    pieces = word_by_word(old, new)

    was = " ".join(text for kind, text in pieces if kind != "new")
    now = " ".join(text for kind, text in pieces if kind != "gone")
    assert (was.split(), now.split()) == (old.split(), new.split())


# Mapping: what is answered for one counts for the other


def mapped(content: Content, pairs: list[dict[str, str]]) -> Content:
    """Another framework, that names what of ours counts for what of its own."""
    data = content.model_dump(mode="json")
    data["framework"]["meta"]["key"] = "koepel"
    for criterion in data["framework"]["criteria"]:
        if criterion["key"] in ("fits-age", "fits-world"):
            criterion["key"] = f"k-{criterion['key']}"
    data["framework"]["mappings"] = [{"framework": "partnerwijzer-framework", "pairs": pairs}]
    return Content.model_validate(data)


def test_named_pairs_and_equal_keys_count(content: Content) -> None:
    other = mapped(
        content,
        [
            {"theirs": "fits-age", "ours": "k-fits-age"},
            {"theirs": "fits-world", "ours": "k-fits-world", "covers": "part"},
            {"theirs": "never-was", "ours": "goals-named"},
        ],
    )

    there, back = between(content, other), between(other, content)

    assert there["k-fits-age"] == Counts("fits-age", True)
    assert there["k-fits-world"] == Counts("fits-world", False)
    assert there["goals-named"] == Counts("goals-named", True)
    assert back["fits-age"] == Counts("k-fits-age", True)
    assert "fits-world" not in back  # part of it says nothing the other way round


def test_an_equal_key_with_another_question_counts_in_part(content: Content) -> None:
    other = changed(content, fits_age={"question": {"nl": "Anders?", "en": "Other?"}})

    assert between(content, other)["fits-age"] == Counts("fits-age", False)


# Files out and in


def test_files_that_go_out_come_back_the_same() -> None:
    release = loader.read(SHIPPED)

    back = loader.read_texts(writing.texts_in(writing.bundle_of(release.data)))

    assert back.data == release.data
    assert back.digest == release.digest
    assert writing.bundle_of(release.data) == writing.bundle_of(back.data)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z][a-z_-]{0,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z_-]{0,8}", fullmatch=True), plain, min_size=1))
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    source, problems = parse("x.yaml", writing.text_of(data))

    assert source is not None
    assert (source.data, problems) == (data, [])


@pytest.mark.parametrize("packed", [b"", b"PK", b"not a zip"])
def test_what_is_no_bundle_is_refused(packed: bytes) -> None:
    with pytest.raises(writing.NotABundle):
        writing.texts_in(packed)


# English is optional where the head does not promise it


def test_english_may_be_left_out_where_the_head_does_not_name_it(content: Content) -> None:
    data = loader.read(SHIPPED).data
    texts = writing.texts_of(
        {**data, "framework": {**data["framework"], "gates": _dutch(data["framework"]["gates"])}}
    )
    only_dutch = texts["framework"].replace("- nl\n  - en\n", "- nl\n", 1)

    wrong = [p for p in loader.check_texts(texts) if not p.advice]
    fine = [p for p in loader.check_texts({**texts, "framework": only_dutch}) if not p.advice]

    assert {p.message for p in wrong} == {"De tekst in het Engels ontbreekt."}
    assert fine == []


def _dutch(gates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**gate, "title": {"nl": gate["title"]["nl"]}} for gate in gates]


def test_the_words_of_a_framework_can_be_searched(content: Content) -> None:
    found = reading.parts_of(content, "uittreksel model")

    assert [line.criterion.key for part in found for line in part.lines] == [
        "criminal-record-check"
    ]
    assert len([line for p in reading.parts_of(content) for line in p.lines]) == 56


def test_what_differs_beside_the_questions_is_told_by_name(content: Content) -> None:
    data = content.model_dump(mode="json")
    trees = data["governance"]["trees"]
    gone = trees.pop()
    trees[0] = {**trees[0], "title": {"nl": "Mag reclame?", "en": "May advertising?"}}
    kept = tuple(Tree.model_validate(tree) for tree in trees)
    governance = content.governance.model_copy(update={"trees": kept})
    new = content.model_copy(update={"governance": governance})

    found = compare(content, new)

    with translation.override("nl"):
        assert [(str(c.name), c.added, c.removed, c.changed) for c in found.others] == [
            ("Beslishulpen", (), (gone["title"]["nl"],), ("Mag reclame?",))
        ]


def _edited(content: Content, *path: str | int, value: Any) -> Content:
    """The content with one value set, by the way to it."""
    data = content.model_dump(mode="json")
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return Content.model_validate(data)


def _place(things: Any, key: str) -> int:
    return [thing.key for thing in things].index(key)


def _told(old: Content, new: Content) -> tuple[str, list[tuple[str, ...]]]:
    found = compare(old, new)
    with translation.override("nl"):
        values = [v for change in compare(old, new).others for v in change.values]
        rows = [(v.what, str(v.label), v.old, v.new) for v in values]
    return size_of(found), rows


def test_words_of_a_partner_that_become_proof_are_told_and_are_no_patch(content: Content) -> None:
    kinds = content.framework.evidence_kinds
    at = next(n for n, kind in enumerate(kinds) if not kind.counts_as_proof)

    new = _edited(content, "framework", "evidence_kinds", at, "counts_as_proof", value=True)

    assert _told(content, new) == (
        "minor",
        [(kinds[at].label.nl, "telt als bewijs", "nee", "ja")],
    )


def test_another_age_of_an_answer_and_another_term_are_told_old_and_new(content: Content) -> None:
    stale = _edited(content, "framework", "stale_after_months", value=0)
    clock = content.governance.clocks[0]
    term = _edited(content, "governance", "clocks", 0, "days", value=1)

    assert _told(content, stale) == ("minor", [("", "", "24 maanden", "nooit")])
    assert _told(content, term) == (
        "minor",
        [(clock.label.nl, "", f"{clock.days} dagen", "1 dag")],
    )


def test_a_tree_that_ends_otherwise_is_told_old_and_new(content: Content) -> None:
    trees = content.governance.trees
    at = _place(trees, "advertising-sponsoring")
    tree = trees[at]
    banned = next(n for n, o in enumerate(tree.outcomes) if o.result == "not-allowed")
    free = next(o.key for o in tree.outcomes if o.result == "allowed")
    path = ("governance", "trees", at)
    softer = _edited(content, *path, "outcomes", banned, "result", value="allowed")
    turn = [
        (n, m, node, option)
        for n, node in enumerate(tree.nodes)
        for m, option in enumerate(node.options)
        if option.outcome == tree.outcomes[banned].key
    ]
    n, m, node, option = turn[0]
    led = _edited(content, *path, "nodes", n, "options", m, "outcome", value=free)
    labels = {r.key: r.label.nl for r in content.governance.results}
    old_new = (labels["not-allowed"], labels["allowed"])

    assert _told(content, softer) == (
        "minor",
        [(tree.title.nl, tree.outcomes[banned].text.nl, *old_new)],
    )
    assert _told(content, led) == (
        "minor",
        [(tree.title.nl, f"{node.question.nl} {option.label.nl}", *old_new)],
    )


def test_each_part_of_the_files_has_a_name() -> None:
    parts = [
        f"{file}.{name}"
        for file, info in Content.model_fields.items()
        for name in info.annotation.model_fields  # type: ignore[union-attr]
    ]

    named = [p for p in parts if p not in TOLD]
    assert [p for p in named if not str(name_of(p))] == []
