"""Who wrote a PDF goes, however it is written down and in whichever revision it lies (K6)."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import intake
from partnerwijzer.documents.inspection import portable_info
from tests.documents import builders as make
from tests.documents.test_portable_notes import DRAWN, SAID, composed, page_of

WRITER = b"Jo Maes"
INFO = b"<</Author(Jo \\(Maes\\))/Title(Nota)/Company<004A006F>>>"


def with_info(info: bytes) -> bytes:
    """A PDF whose notes about the document are these, with a table that still fits."""
    sent = page_of(SAID, DRAWN)
    assert len(info) <= len(INFO) + 400
    begin = sent.index(INFO)
    grown = sent.replace(INFO, info)
    place = begin + len(info) + sent[begin + len(INFO) :].index(b"xref\n")
    number = sent.rindex(b"startxref\n") + len(b"startxref\n") + len(info) - len(INFO)
    return grown[:number] + b"%d\n%%%%EOF\n" % place


def updated(content: bytes, *objects: bytes, info: str = "8 0 R") -> bytes:
    """The same file with a revision added to it, as a program does that only writes behind it."""
    before = content.rindex(b"startxref\n") + len(b"startxref\n")
    table = int(content[before:].split()[0])
    out, lines = content, []
    for number, each in enumerate(objects, start=8):
        lines.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj%b endobj\n" % (number, each)
    end = f"trailer<</Root 1 0 R/Info {info}/Size {8 + len(objects)}/Prev {table}>>\n".encode()
    place = len(out)
    out += b"xref\n8 %d\n" % len(objects) + b"".join(lines) + end
    return out + b"startxref\n%d\n%%%%EOF\n" % place


def kept(content: bytes, actor: Actor) -> bytes:
    sent = make.upload(content, "nota.pdf")
    return intake.accept(sent, school_id=3, actor=actor).location.read_bytes()


WAYS = {
    "nested": b"<</Title(Nota)/Author(Jo Maes (van (De Klok)) uit Gent)>>",
    "nested and escaped": b"<</Author(Jo Maes \\) \\( (De Klok\\)))/Title(Nota)>>",
    "name in hex": b"<</Auth#6fr (Jo Maes)/Title(Nota)>>",
    "remark between": b"<</Author % (wie)\n(Jo Maes)/Title(Nota)>>",
    "end of object in a text": b"<</Title(Nota)/Subject(endobj stream)/Author(Jo Maes)>>",
    "key in a text": b"<</Title(Nota)/Subject(/Author (x\\)))/Author(Jo Maes)>>",
    "lines": b"<<\n/Title\n(Nota)\n/Company\n(De Klok\\\n Jo Maes)\n>>",
    "another object": b"<</Title(Nota)/Author 8 0 R>>",
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_who_wrote_it_goes_however_it_is_written(way: str, anna: Actor) -> None:
    sent = with_info(WAYS[way])
    if way == "another object":
        sent = updated(sent, b"(Jo Maes (De Klok))", info="7 0 R")
    before = PdfReader(io.BytesIO(sent)).metadata
    assert before is not None
    assert before.title == "Nota"

    found = kept(sent, anna)

    assert WRITER in sent
    assert WRITER not in found
    assert b"De Klok" not in found
    assert len(found) == len(sent)
    after = PdfReader(io.BytesIO(found)).metadata
    assert after is not None
    assert (after.title, str(after.author or "").strip()) == ("Nota", "")


@pytest.mark.django_db
def test_what_an_earlier_revision_says_goes_too(anna: Actor) -> None:
    first = with_info(b"<</Author(Jo Maes (eerst))/Title(Oud)>>")
    sent = updated(updated(first, b"<</Author(Jo Maes)>>"), b"<</Title(Nota)>>")
    info = PdfReader(io.BytesIO(sent)).metadata
    assert info is not None
    assert (info.title, info.author) == ("Nota", None)

    found = kept(sent, anna)

    assert sent.count(WRITER) == 2
    assert WRITER not in found
    assert PdfReader(io.BytesIO(found)).metadata == info


@pytest.mark.django_db
def test_a_real_program_that_adds_a_revision(anna: Actor) -> None:
    writer, out = PdfWriter(io.BytesIO(composed()), incremental=True), io.BytesIO()
    writer.add_metadata({"/Author": "Jo Maes (directie)", "/Title": "Nieuw"})
    writer.write(out)
    sent = out.getvalue()
    assert b"Maes" in sent[: len(composed()) - 200]
    assert b"Maes" in sent[len(composed()) - 200 :]

    found = kept(sent, anna)

    assert b"Maes" not in found
    info = PdfReader(io.BytesIO(found)).metadata
    assert info is not None
    assert info.title == "Nieuw"


# Whatever stands in it

bytes_of_a_text = st.lists(
    st.sampled_from([b"a", b" ", b"\\(", b"\\)", b"\\\\", b"\n", b"%", b"<", b">>", b"/Author",
                     b"endobj", b"stream", b"9 0 obj", b"(x)", b"((y) z)"])
).map(b"".join)  # fmt: skip


@given(st.lists(bytes_of_a_text, min_size=1, max_size=4), st.booleans())
def test_every_text_that_says_who_wrote_it_is_found_whole(texts: list[bytes], other: bool) -> None:
    """However brackets nest in it, in each of the revisions; and nothing beside it is touched."""
    said = [b"WIE" + text + b"WIE" for text in texts]
    parts = [
        b"%d 0 obj<</Title(Titel)/Author%b(%b)/Subject(Rest)>> endobj\n"
        % (number, b" " if other else b"", text)
        for number, text in enumerate(said, start=1)
    ]
    content = bytearray(b"%PDF-1.4\n" + b"".join(parts))

    for start, end in list(portable_info.authors(bytes(content))):
        content[start:end] = b" " * (end - start)

    assert b"WIE" not in content
    assert (content.count(b"(Titel)"), content.count(b"(Rest)")) == (len(said), len(said))


@given(st.binary(max_size=300) | bytes_of_a_text)
def test_no_bytes_confuse_it(junk: bytes) -> None:
    content = b"1 0 obj<</Author" + junk + b"/Company (" + junk
    for start, end in portable_info.authors(content):
        assert 0 <= start <= end <= len(content)


def test_a_file_that_is_made_to_keep_us_busy_does_not() -> None:
    for junk in (b"(" * 300_000, b"/Author(" * 60_000, b"1 0 obj/Author(x)" * 60_000):
        assert len(list(portable_info.authors(b"1 0 obj<</Author" + junk))) <= 60_000
