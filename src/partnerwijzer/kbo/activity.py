"""Reading activity.csv: 36 million lines of which one in ten is of use.

A line is of use when it is a main activity in the NACE version that we follow. As long as a block
of the file is written exactly as the register writes it, a search in its bytes finds those lines
three times as fast as a CSV reader; each block is first proven to be so. The first block that is
not, and all that follows, goes through the CSV reader.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from partnerwijzer.kbo.extract import BOM, COLUMNS, READ_AT_ONCE, Extract, Row
from partnerwijzer.kbo.report import FileCount

MAIN = "MAIN"  # Classification
HEADER = ",".join(f'"{column}"' for column in COLUMNS["activity"]).encode()
SEPARATOR = b'","'
# After the last line, so that the last entity is closed like the others.
NOBODY = [(b"0000000000,000", b"")]
# What stands before the version: an entity (of 12 or 13 signs) and an activity group.
BEFORE = b'"0200.065.765","006'
# So that there is something before the first line of a block too.
PADDING = b"\n" * len(BEFORE)

Found = tuple[bytes, bytes]  # what stands before the version, and the NACE code


def main_activities(
    extract: Extract, version: str, kept: memoryview, count: FileCount
) -> Iterator[tuple[int, str]]:
    """Entity and its packed main activities, for entities that are kept.

    An activity is packed as group and code without anything between, since a group has three signs.
    An entity can come more than once, when its lines are not together.
    """
    with extract.readable("activity.csv", lambda: count.read + 1):
        for found in _blocks(extract, version, count):
            yield from _together(found, kept, count)


def is_wanted(row: Row, version: str) -> bool:
    """Whether this line of activity.csv is a main activity in the version."""
    return row[2] == version and row[4] == MAIN


def _together(
    found: Iterable[Found], kept: memoryview, count: FileCount
) -> Iterator[tuple[int, str]]:
    """Found lines of the same entity that stand together, packed."""
    current, lines = 0, 0
    records: list[bytes] = []
    for before, code in chain(found, NOBODY):
        compact = before.translate(None, b'".')  # 0200065765,006
        if len(compact) != 14:
            compact = _undotted(before)
        entity = int(compact[:10])
        if entity != current:
            if records:
                yield current, b"\x1e".join(records).decode()
                lines += len(records)
                records = []
            current = entity
        if kept[entity // 100]:
            records.append(compact[11:] + code)
    count.kept += lines


def _blocks(extract: Extract, version: str, count: FileCount) -> Iterator[Iterable[Found]]:
    """The lines of use, block by block."""
    with extract.stream("activity") as stream:
        if stream.readline().removeprefix(BOM).strip() == HEADER:
            yield from _quickly(stream, version, count)
            return
    with extract.table("activity") as table:
        yield _slowly(table.rows, version, count)


def _quickly(
    stream: io.BufferedReader, version: str, count: FileCount
) -> Iterator[Iterable[Found]]:
    # Begin with a literal text, that is what makes the search fast; what stands before it is
    # captured by looking back.
    wanted = re.compile(
        rb'","%b"(?<=(.{%d})","%b"),"([^"]+)","%b"'
        % (re.escape(version.encode()), len(BEFORE), re.escape(version.encode()), MAIN.encode()),
        re.DOTALL,
    )
    rest = b""
    while chunk := stream.read(READ_AT_ONCE):
        block = PADDING + rest + chunk
        end = block.rfind(b"\n") + 1
        lines = block.count(b"\n", len(PADDING), end)
        # Five quoted fields a line make four separators. When there are as many, the file is
        # written as expected and no line of use was overlooked.
        if block.count(SEPARATOR, len(PADDING), end) != 4 * lines:
            begun = block[len(PADDING) :] + stream.readline()
            yield _slowly(_rows_from(begun, stream), version, count)
            return
        count.read += lines
        yield wanted.findall(block, len(PADDING), end)
        rest = block[max(end, len(PADDING)) :]
    if rest.strip():
        yield _slowly(_rows_from(rest, stream), version, count)


def _undotted(before: bytes) -> bytes:
    """Entity and group of a line where the number is written without dots."""
    compact = before.rpartition(b"\n")[2].replace(b'"', b"")
    if not re.fullmatch(rb"\d{10},\d{3}", compact):
        raise ValueError
    return compact


def _rows_from(begun: bytes, stream: io.BufferedReader) -> Iterator[Row]:
    """Rows of a file of which the first lines, whole ones, were read already."""
    following = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    return csv.reader(chain(io.StringIO(begun.decode(), newline=""), following))


def _slowly(rows: Iterable[Row], version: str, count: FileCount) -> Iterator[Found]:
    for row in filter(None, rows):
        count.read += 1
        entity, group, _version, _code, _classification = row
        if is_wanted(row, version):
            yield f"{entity.replace('.', ''):0>10},{group}".encode(), row[3].encode()
