"""Other releases of the questions, made from those that ship."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.frameworks import actions, loader, writing
from partnerwijzer.frameworks.models import FrameworkVersion
from tests.frameworks.conftest import SHIPPED


def publish(
    version: str = "9.0.0",
    *,
    without: tuple[str, ...] = (),
    changed: Mapping[str, Mapping[str, Any]] | None = None,
    added: tuple[str, ...] = (),
    key: str = "",
    renamed: tuple[str, str] | None = None,
    mappings: list[dict[str, Any]] | None = None,
    ends: tuple[str, str, str] | None = None,
    vocab: Mapping[str, Any] | None = None,
    **framework: Any,
) -> FrameworkVersion:
    """A release with criteria taken out, changed and added; of another framework where `key` is.

    Args:
        added: keys of new criteria, which are asked of everybody in every screening.
        renamed: a key that another takes the place of, wherever it stands.
        ends: a tree, one of its outcomes, and the result that it has now.
        vocab: lists that take the place of those in vocab.yaml.
    """
    data = deepcopy(loader.read(SHIPPED).data)  # what was read is kept for the whole run
    if renamed:
        old, new = (json.dumps(name) for name in renamed)
        data = json.loads(json.dumps(data).replace(old, new))
    rows = [
        {**row, **(changed or {}).get(row["key"], {})}
        for row in data["framework"]["criteria"]
        if row["key"] not in without
    ]
    like = next(row for row in rows if row["key"] == "experience-elsewhere")
    words = {"nl": "Een nieuwe vraag?", "en": "A new question?"}
    rows += [{**like, "key": name, "question": words} for name in added]
    files = {
        name: {**file, "meta": {**file["meta"], "version": version}} for name, file in data.items()
    }
    files["framework"] = {**files["framework"], "criteria": rows, **framework}
    if ends:
        _end(files["governance"]["trees"], *ends)
    files["vocab"] = {**files["vocab"], **(vocab or {})}
    if mappings is not None:
        files["framework"]["mappings"] = mappings
    if key:
        for name, file in files.items():
            file["meta"]["key" if name == "framework" else "framework"] = key
    return actions.keep(loader.read_texts(writing.texts_of(files)), actor=SYSTEM)


def _end(trees: list[dict[str, Any]], key: str, outcome: str, result: str) -> None:
    tree = next(tree for tree in trees if tree["key"] == key)
    next(o for o in tree["outcomes"] if o["key"] == outcome)["result"] = result
