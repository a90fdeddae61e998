"""The quick way through activity.csv gives what the CSV reader would give."""

import csv
import random
from collections import defaultdict
from pathlib import Path

import pytest

from partnerwijzer.kbo.activity import main_activities
from partnerwijzer.kbo.errors import BadRow
from partnerwijzer.kbo.extract import Extract
from partnerwijzer.kbo.numbers import check_digits, dotted
from partnerwijzer.kbo.report import FileCount
from partnerwijzer.kbo.tables import activities
from tests.kbo.extracts import empty, replace_member, write_zip

HEADER = '"EntityNumber","ActivityGroup","NaceVersion","NaceCode","Classification"'
LINES = 12_000  # several blocks
KEPT = memoryview(bytearray(b"\x01\x00\x01") * 10_000_000)  # two out of three


def lines(*, quoted_until: int = LINES, undotted_from: int = LINES) -> list[str]:
    """Invented lines of the file; from some line on written in another way."""
    chance = random.Random(3)  # noqa: S311  no secret
    found = []
    first = 2_000_000
    while len(found) < LINES:
        first = first + chance.randint(1, 9) if first < 10_000_000 else first + 1
        if len(found) > LINES / 2 and first < 20_000_000:
            first = 20_000_000
        number = f"{first:08d}{check_digits(first)}"
        for _line in range(chance.randint(1, 4)):
            entity = number if len(found) >= undotted_from else dotted(number)
            cells = [entity, chance.choice(("001", "006")), chance.choice(("2008", "2025"))]
            cells += [chance.choice(("85520", "9111001")), chance.choice(("MAIN", "SECO"))]
            mark = '"' if len(found) < quoted_until else ""
            found.append(",".join(f"{mark}{cell}{mark}" for cell in cells))
    return found


def write(path: Path, text: str) -> Path:
    write_zip(path, empty())
    return replace_member(path, "activity.csv", text.encode())


def read(path: Path) -> tuple[dict[int, list[tuple[str, str]]], FileCount]:
    count = FileCount("activity.csv")
    found = defaultdict(list)
    with Extract(path) as extract:
        for entity, packed in main_activities(extract, "2025", KEPT, count):
            found[entity] += activities(packed)
    return dict(found), count


def expected(rows: list[str]) -> dict[int, list[tuple[str, str]]]:
    found = defaultdict(list)
    for entity, group, version, code, rank in csv.reader(rows):
        number = int(entity.replace(".", ""))
        if version == "2025" and rank == "MAIN" and KEPT[number // 100]:
            found[number].append((group, code))
    return dict(found)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "line end"])
@pytest.mark.parametrize(
    "manner",
    [
        {},
        {"quoted_until": 0},
        {"quoted_until": LINES - 3},
        {"quoted_until": LINES // 2},
        {"undotted_from": 0},
        {"undotted_from": LINES - 3},
    ],
    ids=["as always", "unquoted", "end unquoted", "half unquoted", "undotted", "end undotted"],
)
def test_every_manner_of_writing_gives_the_same(
    tmp_path: Path, line_end: str, begin: str, end: str, manner: dict[str, int]
) -> None:
    rows = lines(**manner)
    text = begin + line_end.join([HEADER, *rows]) + (line_end if end else "")

    found, count = read(write(tmp_path / "a.zip", text))

    assert found == expected(rows)
    assert (count.read, count.kept) == (len(rows), sum(map(len, found.values())))
    assert count.kept > 500


@pytest.mark.parametrize("line", ['"1","2"', '"nummer","001","2025","85520","MAIN"', "a,b,c,d,e,f"])
def test_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    rows = lines()
    rows[5000] = line

    with pytest.raises(BadRow, match=r"activity\.csv"):
        read(write(tmp_path / "a.zip", "\n".join([HEADER, *rows])))


def test_empty_file_has_no_activities(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.zip", HEADER)) == ({}, FileCount("activity.csv"))
    assert read(write(tmp_path / "b.zip", f"{HEADER}\n\n"))[0] == {}
