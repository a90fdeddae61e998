"""The log can be read: each verb that is written has a sentence, and its gaps are filled."""

import ast
import re
from string import Formatter

from partnerwijzer.audit import log
from tests.architecture.source import Module, modules

VERB = re.compile(r"^[a-z_]+\.[a-z_]+$")


def recorded() -> list[tuple[Module, ast.Call, str]]:
    """Calls of record(), also through a file's own _record(), that name their verb."""
    found = []
    for module in modules():
        for name, call in module.calls():
            first = call.args[0] if call.args else None
            if name in {"record", "_record"} and isinstance(first, ast.Constant):
                found.append((module, call, str(first.value)))
    return found


def test_each_verb_that_is_written_has_a_sentence() -> None:
    found = [
        f"{module.at(call)} {verb}"
        for module, call, verb in recorded()
        if verb not in log._sentences
    ]

    assert found == []


def test_each_sentence_is_of_a_verb_that_is_written() -> None:
    text = "\n".join(m.text for m in modules() if m.path.stem != "sentences")

    assert [verb for verb in log._sentences if f'"{verb}"' not in text] == []


def test_verbs_are_thing_and_what_happened() -> None:
    assert [verb for verb in log._sentences if not VERB.match(verb)] == []


def test_each_gap_of_a_sentence_is_filled() -> None:
    found = []
    for module, call, verb in recorded():
        given = {keyword.arg for keyword in call.keywords}
        through_helper = None in given or len(call.args) > 2
        missing = gaps(verb) - given - {"who"}
        if missing and not through_helper:
            found.append(f"{module.at(call)} {verb}: {sorted(missing)}")

    assert found == []


def gaps(verb: str) -> set[str]:
    sentence = str(log._sentences.get(verb, ""))
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
