"""A long list in json is read an element at a time, wherever pieces end; what is broken is said."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.exchange import json_rows
from partnerwijzer.exchange.json_rows import BadJson, JsonRows

words = st.text(max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


def read(content: bytes, *names: str) -> list[Any]:
    return list(JsonRows(io.BytesIO(content), names or ("rows",)))


@given(
    rows=st.lists(values, max_size=6),
    piece=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
    ascii_=st.booleans(),
)
def test_every_list_is_read_as_json_reads_it(
    rows: list[Any], piece: int, indent: int | None, ascii_: bool
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_rows, "PIECE", piece)
        whole = {"format": "x", "deep": {"a": [1]}, "rows": rows, "end": True}
        try:
            content = json.dumps(whole, indent=indent, ensure_ascii=ascii_).encode()
            bare = json.dumps(rows, indent=indent, ensure_ascii=ascii_).encode()
        except UnicodeEncodeError:
            return  # half a letter cannot be written
        found = JsonRows(io.BytesIO(content), ["rows"])

        assert list(found) == rows
        assert (found.head["format"], found.tail) == ("x", {"end": True})
        assert read(bare) == rows


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  ",
        b"nee",
        b"{}",
        b'{"other": [1]}',
        b'{"rows": [1, 2',
        b'{"rows": [1 2]}',
        b'{"rows": [1, 2]',
        b'{"rows": [1, ',
        b'{"rows": [{"a": ]}',
        b"[1, 2",
        b"[1, 2] 3",
        b'\xff\xfe[1]',
    ],
)  # fmt: skip
def test_what_is_broken_is_refused(content: bytes) -> None:
    with pytest.raises(BadJson):
        read(content)


def test_a_list_that_stands_deeper_is_found_by_any_of_its_names() -> None:
    assert read(b'\xef\xbb\xbf{"page": {"member": [1, 2], "more": 3}}', "items", "member") == [1, 2]
