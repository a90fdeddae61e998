import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.goals import pages
from tests.goals.conftest import PAGE, Write, envelope


@pytest.mark.parametrize("content", [PAGE, envelope(PAGE), {"member": PAGE}, {"gegevens": PAGE}])
def test_records_are_read_from_an_envelope_and_from_a_bare_list(
    content: object, write: Write
) -> None:
    assert [r.data for r in pages.records(write(content))] == PAGE


@pytest.mark.parametrize("size", [1, 7, 100])
def test_records_are_the_same_in_whatever_pieces_the_file_is_read(
    size: int, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PIECE", size)

    assert [r.data for r in pages.records(write(json.dumps(envelope(PAGE), indent=2)))] == PAGE


def test_records_know_their_line(write: Write) -> None:
    file = write('{"gegevens": {"member": [\n{"@id": 7},\n\n{"@id": 8}\n]}}')

    assert [r.where for r in pages.records(file)] == [
        "page1.json, regel 2, doel 7",
        "page1.json, regel 4, doel 8",
    ]


def test_records_of_an_empty_list_are_none_and_a_byte_order_mark_is_skipped(write: Write) -> None:
    assert list(pages.records(write("﻿[]"))) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "page1.json, regel 1: het bestand is leeg."),
        (
            '{"gegevens": {}}',
            "page1.json, regel 1: de lijst gegevens.member[] ontbreekt.",
        ),
        (
            '{\n"gegevens": oeps}',
            "page1.json, regel 2: geen geldige JSON: Expecting value.",
        ),
        (
            '[\n{"@id": 1},\n{"@id": }]',
            "page1.json, regel 3: geen geldige JSON: Expecting value.",
        ),
        (
            '[{"@id": 1},',
            "page1.json, regel 1: het bestand is afgebroken: het einde van de lijst ontbreekt.",
        ),
        (
            '{"gegevens": {"member": []',
            "page1.json, regel 1: het bestand is afgebroken na de lijst.",
        ),
        ("[1]", "page1.json, regel 1: in de lijst staat iets wat geen doel is."),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_line_and_reason(
    content: str, message: str, write: Write
) -> None:
    with pytest.raises(pages.BadGoalFile) as refused:
        list(pages.records(write(content)))

    assert str(refused.value) == message


def test_a_file_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "oud.json"
    file.write_bytes('["reliëf"]'.encode("latin-1"))

    with pytest.raises(pages.BadGoalFile, match=r"oud\.json is geen tekst in UTF-8"):
        list(pages.records(file))


def test_files_takes_files_folders_and_patterns_in_reading_order(tmp_path: Path) -> None:
    for name in ("page10.json", "page2.json", "readme.txt"):
        (tmp_path / name).write_text("[]")
    expected = [tmp_path / "page2.json", tmp_path / "page10.json"]

    assert pages.files([tmp_path]) == expected
    assert pages.files([tmp_path / "*.json", tmp_path / "page2.json"]) == expected
    assert pages.files([str(tmp_path / "page2.json")]) == expected[:1]


def test_files_says_which_path_leads_to_nothing(tmp_path: Path) -> None:
    with pytest.raises(pages.BadGoalFile, match=r"weg\.json bestaat niet"):
        pages.files([tmp_path / "weg.json"])
    with pytest.raises(pages.BadGoalFile, match="staat geen JSON-bestand"):
        pages.files([tmp_path])


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(), values, max_size=4), max_size=5))
def test_records_survive_any_content(rows: list[dict[str, object]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.json"
        file.write_text(json.dumps({"gegevens": {"member": rows}}), "utf-8")

        assert [r.data for r in pages.records(file)] == rows
