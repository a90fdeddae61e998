"""A photo inside a PDF loses the place where it was taken, and a scan is asked about (K6)."""

import base64
import io
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.filters import decode_stream_data
from pypdf.generic import StreamObject

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import intake
from partnerwijzer.documents.inspection import portable_notes, scans
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.privacy import asking
from partnerwijzer.privacy.detecting import Kind
from partnerwijzer.privacy.wording import WHY
from tests.documents import builders as make
from tests.documents.test_office_pictures import noted, of_two_pictures, photo

pytestmark = pytest.mark.django_db

PAGE = "/Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]"
FONT = "/Font<</F1 6 0 R>>"
SAID = "BT /F1 12 Tf 9 9 Td (Een nota over het bezoek.) Tj ET"


def accept(content: bytes, actor: Actor) -> StoredFile:
    return intake.accept(make.upload(content, "nota.pdf"), school_id=3, actor=actor)


@pytest.fixture
def asked() -> Iterator[None]:
    """Somebody can be asked, as in a request."""
    token = asking._setting.set(asking.Setting())
    yield
    asking._setting.reset(token)


def composed(text: str = "Een nota over het bezoek.", picture: bytes = b"") -> bytes:
    """A PDF as a real program makes it, with a photo on its last page."""
    source = f'#set document(author: "Jo Maes", title: "Nota")\n{text}\n#pagebreak()\n'
    with_photo = source + '#image("foto.jpg", alt: "Foto")\n'
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "foto.jpg").write_bytes(picture or photo())
        Path(folder, "nota.typ").write_text(with_photo)
        return bytes(typst.compile(Path(folder, "nota.typ"), root=folder, format="pdf"))


def rows_of(*objects: str | bytes) -> bytes:
    """A PDF of these objects, byte for byte; the second but last page object is number 3."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        raw = content.encode() if isinstance(content, str) else content
        out += b"%d 0 obj%b endobj\n" % (number, raw)
    table = "0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer<</Root 1 0 R/Info 7 0 R/Size {size}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n{table}{end}".encode()


def stream(about: str, content: bytes) -> bytes:
    return f"<<{about}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def page_of(
    content: str,
    resources: str = "",
    picture: bytes = b"",
    *,
    packed: str = "/DCTDecode",
    catalogue: str = "",
) -> bytes:
    """One page; the photo is number 5, the font 6, what is noted about the document 7."""
    about = f"/Type/XObject/Subtype/Image/Width 40/Height 30/Filter[{packed}]"
    return rows_of(
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<<{PAGE}/Contents 4 0 R{resources}>>",
        stream("", content.encode()),
        stream(f"{about}/ColorSpace/DeviceRGB/BitsPerComponent 8", picture or photo()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Author(Jo \\(Maes\\))/Title(Nota)/Company<004A006F>>>",
    )


DRAWN = f"/Resources<</XObject<</P 5 0 R>>{FONT}>>"
SIGNED = "/Perms<</DocMDP<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>"


def photo_in(content: bytes) -> Image.Image:
    [found] = [i for page in PdfReader(io.BytesIO(content)).pages for i in page.images]
    assert isinstance(found.image, Image.Image)
    return found.image


@pytest.mark.parametrize("picture", [photo, of_two_pictures], ids=["photo", "of-a-phone"])
def test_a_photo_in_a_pdf_loses_its_place_and_nothing_moves(picture, anna: Actor) -> None:  # type: ignore[no-untyped-def]
    """domain.md 7.1: metadata leaves images (issue 4, 8); the points stay as they were."""
    for sent in (composed(picture=picture()), page_of(SAID, DRAWN, picture())):
        kept = accept(sent, anna).location.read_bytes()

        assert portable_notes.has_place(picture())
        assert not portable_notes.has_place(kept)
        assert (b"Mijn toestel" in sent, b"Mijn toestel" in kept) == (True, False)
        assert len(kept) == len(sent)
        assert photo_in(kept).tobytes() == photo_in(sent).tobytes()
        assert dict(photo_in(kept).getexif()) == {}


def hexed(content: bytes) -> bytes:
    return content.hex("\n", 40).encode() + b">"


def in_signs(content: bytes) -> bytes:
    return base64.a85encode(content, wrapcol=76) + b"~>"


def deflated_in_signs(content: bytes) -> bytes:
    return in_signs(zlib.compress(content))


def in_runs(content: bytes) -> bytes:
    """The way of packing that we only undo."""
    pieces = [content[at : at + 128] for at in range(0, len(content), 128)]
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


def jpeg_in(content: bytes) -> bytes:
    photo = PdfReader(io.BytesIO(content)).get_object(5)
    assert isinstance(photo, StreamObject)
    return decode_stream_data(photo)


@pytest.mark.parametrize(
    ("pack", "ways"),
    [
        (in_signs, "/ASCII85Decode"),
        (hexed, "/ASCIIHexDecode"),
        (zlib.compress, "/FlateDecode"),
        (deflated_in_signs, "/ASCII85Decode/FlateDecode"),
    ],
    ids=["signs", "hex", "deflated", "twice"],
)
@pytest.mark.parametrize("picture", [photo, of_two_pictures], ids=["photo", "of-a-phone"])
def test_a_photo_that_is_packed_once_more_loses_its_place_too(
    picture: Callable[[], bytes],
    pack: Callable[[bytes], bytes],
    ways: str,
    anna: Actor,
    asked: None,
) -> None:
    """domain.md 7.1: metadata leaves images, also as programs for print pack them."""
    sent = page_of(SAID, DRAWN, pack(picture()), packed=f"{ways}/DCTDecode")

    kept = accept(sent, anna).location.read_bytes()

    assert len(kept) == len(sent)
    assert photo_in(kept).tobytes() == photo_in(sent).tobytes()
    told, silent = jpeg_in(sent), jpeg_in(kept)
    assert (portable_notes.has_place(told), portable_notes.has_place(silent)) == (True, False)
    assert (b"Mijn toestel" in told, b"Mijn toestel" in silent) == (True, False)
    quiet = page_of(SAID, DRAWN, pack(make.picture("JPEG")), packed=f"{ways}/DCTDecode")
    assert accept(quiet, anna).location.exists()


@pytest.mark.parametrize(
    ("picture", "ways"),
    [
        (in_runs(photo()), "/RunLengthDecode"),
        (in_signs(photo())[9:], "/ASCII85Decode"),
        (photo(), "/FlateDecode"),
        (photo(), "/OwnDecode"),
    ],
    ids=["runs", "damaged", "not-deflated", "unknown"],
)
def test_a_photo_that_is_packed_so_that_we_cannot_reach_it_is_asked_about(
    picture: bytes, ways: str, anna: Actor, asked: None
) -> None:
    """What we cannot take out is said (privacy/school.html)."""
    with pytest.raises(asking.Question) as question:
        accept(page_of(SAID, DRAWN, picture, packed=f"{ways}/DCTDecode"), anna)

    assert {one.kind for one in question.value.findings} == {Kind.PHOTO_PLACE}
    assert "zo ingepakt dat we er niet aan kunnen" in str(WHY[Kind.PHOTO_PLACE])


def test_who_wrote_a_pdf_goes_and_its_title_stays(anna: Actor) -> None:
    for sent in (composed(), page_of(SAID, DRAWN)):
        before, after = (
            PdfReader(io.BytesIO(content))
            for content in (sent, accept(sent, anna).location.read_bytes())
        )

        assert before.metadata is not None
        assert after.metadata is not None
        assert "Maes" in str(before.metadata.author)
        assert str(after.metadata.author).strip() == ""
        assert after.metadata.title == "Nota"
        assert [p.extract_text() for p in after.pages] == [p.extract_text() for p in before.pages]
    assert b"Maes" not in accept(composed(), anna).location.read_bytes()


def test_a_pdf_with_nothing_noted_stays_byte_for_byte(anna: Actor) -> None:
    plain = make.pdf_of_content("")

    assert accept(plain, anna).location.read_bytes() == plain


def locked(content: bytes) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    writer.encrypt("", "eigenaar", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        lambda picture: page_of(SAID, DRAWN, picture, catalogue=SIGNED),
        lambda picture: locked(page_of(SAID, DRAWN, picture)),
    ],
    ids=["signed", "locked"],
)
def test_a_pdf_that_has_to_stay_as_it_is_says_so_where_a_photo_tells_its_place(  # type: ignore[no-untyped-def]
    sent, anna: Actor, asked: None
) -> None:
    quiet = sent(make.picture("JPEG"))

    with pytest.raises(asking.Question) as question:
        accept(sent(photo()), anna)

    assert {one.kind for one in question.value.findings} == {Kind.PHOTO_PLACE}
    assert accept(quiet, anna).location.read_bytes() == quiet


def test_xmp_loses_place_and_maker_and_keeps_the_rest() -> None:
    xmp = (
        b'<x exif:GPSLatitude="51,2N" tiff:Make=\'Toestel\' dc:format="application/pdf">'
        b"<exif:GPSLongitude>3,7E</exif:GPSLongitude><dc:creator><rdf:Seq>\n<rdf:li>Jo Maes"
        b"</rdf:li></rdf:Seq></dc:creator><dc:title>Nota</dc:title></x>"
    )
    content = bytearray(xmp)

    portable_notes.blank(content, portable_notes.in_packet(xmp), sign=b" ")

    assert len(content) == len(xmp)
    assert b" ".join(bytes(content).split()) == (
        b'<x exif:GPSLatitude=" " tiff:Make=\' \' dc:format="application/pdf"><exif:GPSLongitude> '
        b"</exif:GPSLongitude><dc:creator><rdf:Seq> <rdf:li> </rdf:li></rdf:Seq></dc:creator>"
        b"<dc:title>Nota</dc:title></x>"
    )


# What cannot be read

PICTURE = "40 0 0 30 0 0 cm /P Do"
ONLY_PICTURE = page_of(PICTURE, DRAWN, make.picture("JPEG"))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (ONLY_PICTURE, "Het hele bestand"),
        (composed(picture=make.picture("JPEG")), "Bladzijde 2"),
        (page_of(f"{SAID.replace('Een nota over het bezoek.', 'Scanned with Scanner')} {PICTURE}",
                 DRAWN), "Het hele bestand"),
        (page_of(SAID), "Het hele bestand"),
        (page_of(SAID, "/Resources<<>>"), "Het hele bestand"),
        (page_of(SAID, "/Resources<</ProcSet[/PDF]>>"), "Het hele bestand"),
        (page_of("q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"), "Het hele bestand"),
    ],
    ids=["scan", "one-page", "stamp", "no-resources", "empty", "no-font", "inline"],
)  # fmt: skip
def test_what_cannot_be_read_is_asked_about_once(
    sent: bytes, told: str, anna: Actor, asked: None
) -> None:
    """issue 4, 8: a guard on every upload: what it cannot see, who adds it says."""
    with pytest.raises(asking.Question) as question:
        accept(sent, anna)
    assert question.value.shown == [(Kind.SCAN, told)]

    [piece] = [one.of(question.value.text) for one in question.value.findings]
    asking._setting.set(asking.Setting(frozenset({asking.mark(piece)})))
    assert accept(sent, anna).kind == "pdf"
    with pytest.raises(asking.Question):
        accept(sent + b"\n", anna)  # another file


@pytest.mark.parametrize(
    "sent",
    [page_of(SAID, DRAWN), page_of("0 0 m 9 9 l S"), make.raw_pdf(), make.picture("JPEG")],
    ids=["read", "a-line", "blank", "photo"],
)
def test_what_hides_nothing_is_not_asked_about(sent: bytes, anna: Actor, asked: None) -> None:
    """A photo that is added as a photo is one."""
    assert accept(sent, anna).pk


def test_a_document_of_pictures_alone_is_asked_about_too(anna: Actor, asked: None) -> None:
    media = {"word/media/image1.png": make.picture("PNG")}
    sent = make.upload(make.office(make.WORD, extra=media), "scan.docx")

    with pytest.raises(asking.Question) as question:
        intake.accept(sent, school_id=3, actor=anna)

    assert question.value.shown == [(Kind.SCAN, "Het hele bestand")]


def test_a_file_inside_a_pdf_is_asked_about(anna: Actor, asked: None) -> None:
    writer, out = PdfWriter(clone_from=io.BytesIO(make.pdf())), io.BytesIO()
    writer.add_attachment("klas.csv", b"Emma;Peeters")
    writer.write(out)

    with pytest.raises(asking.Question) as question:
        accept(out.getvalue(), anna)

    assert question.value.shown == [(Kind.SCAN, "Een bestand dat in de pdf zit")]


@pytest.mark.parametrize(
    ("text", "readable"),
    [("Nota", True), ("12", False), ("", False), ("\ufffd" * 9 + "abc", False),
     ("Gescand met CamScanner 3", False), ("Vlaamse школа", True)],
)  # fmt: skip
def test_words_are_told_from_stamps_and_unknown_signs(text: str, readable: bool) -> None:
    assert scans.is_readable(text) is readable


def test_a_portrait_photo_keeps_its_frame(anna: Actor) -> None:
    """A viewer of PDFs does not turn a picture by its notes, so these may go."""
    sent = page_of(SAID, DRAWN, make.picture("JPEG", exif=noted(way=6)))

    assert photo_in(accept(sent, anna).location.read_bytes()).size == photo_in(sent).size
