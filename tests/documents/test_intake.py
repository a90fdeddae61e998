"""Which files come in, under which name, and why others do not."""

import hashlib
import io
import os
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from pytest_django.fixtures import Settings

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import intake, storage
from partnerwijzer.documents.inspection import archive, guards
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.documents.kinds import UPLOADS
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.documents.paper import Paper
from tests.documents import builders as make

pytestmark = pytest.mark.django_db

GOOD = {
    "pdf": make.pdf(),
    "docx": make.word(),
    "xlsx": make.office(make.SHEET),
    "pptx": make.office(make.SLIDES),
    "odt": make.open_document("text"),
    "ods": make.open_document("spreadsheet"),
    "odp": make.open_document("presentation"),
    "png": make.picture("PNG"),
    "jpg": make.picture("JPEG"),
    "webp": make.picture("WEBP"),
    "txt": b"Gewone tekst.\n",
    "csv": b"naam;aantal\nAnna;3\n",
    "md": b"# Titel\n",
}


def accept(content: bytes, name: str, actor: Actor) -> StoredFile:
    return intake.accept(make.upload(content, name), school_id=3, actor=actor)


def refusal(content: bytes, name: str, actor: Actor) -> str:
    with pytest.raises(BadFile) as caught:
        accept(content, name, actor)
    assert StoredFile.objects.count() == 0
    return str(caught.value.code)


def test_there_is_an_example_of_every_kind_that_people_may_add() -> None:
    assert tuple(GOOD) == UPLOADS


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_of_each_kind_is_kept(kind: str, anna: Actor) -> None:
    stored = accept(GOOD[kind], f"Bewijs.{kind}", anna)

    on_disk = stored.location.read_bytes()
    assert (stored.name, stored.kind, stored.school_id, stored.uploaded_by_id) == (
        f"Bewijs.{kind}", kind, 3, 7,
    )  # fmt: skip
    assert (stored.size, stored.sha256) == (len(on_disk), hashlib.sha256(on_disk).hexdigest())


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "odt", "txt"])
def test_a_document_is_kept_byte_for_byte(kind: str, anna: Actor) -> None:
    assert accept(GOOD[kind], f"a.{kind}", anna).location.read_bytes() == GOOD[kind]


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt", "png", "jpg"])
def test_the_kind_is_found_in_the_content_whatever_the_name_says(kind: str, anna: Actor) -> None:
    assert accept(GOOD[kind], "alles.exe", anna).name == f"alles.exe.{kind}"


def test_only_the_owner_of_the_process_can_read_the_file(anna: Actor) -> None:
    stored = accept(GOOD["pdf"], "a.pdf", anna)

    assert oct(stored.location.stat().st_mode)[-3:] == "600"
    assert "a.pdf" not in stored.path


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "leeg.pdf", "empty"),
        (b"MZ\x90\x00 een programma", "foto.jpg", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tekening.svg", "kind"),
        (b"<html></html>", "pagina.html", "kind"),
        (b"een \x00 nul", "tekst.txt", "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "oud.doc", "old_office"),
        (b"\x00\x00\x00\x18ftypheic0000", "IMG_1.heic", "heic"),
        (make.zipped({"a.txt": "a"}), "veel.zip", "zip"),
        (b"PK\x03\x04 stuk", "stuk.docx", "broken"),
        (b"%PDF-1.7 en dan niets", "stuk.pdf", "broken"),
        (GOOD["png"][:60], "half.png", "broken"),
        (GOOD["jpg"][:-300], "half.jpg", "broken"),
    ],
)
def test_what_we_cannot_keep_is_refused_with_the_reason(
    content: bytes, name: str, code: str, anna: Actor
) -> None:
    assert refusal(content, name, anna) == code


def test_a_refused_file_leaves_nothing_on_the_disk(anna: Actor, files: Path) -> None:
    refusal(make.zipped({"a.txt": "a"}), "veel.zip", anna)

    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_the_limit_is_the_number_of_bytes_that_really_come(anna: Actor, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    just_right = b"a" * 1024 * 1024

    assert accept(just_right, "a.txt", anna).size == 1024 * 1024
    StoredFile.objects.all().delete()
    assert refusal(just_right + b"a", "a.txt", anna) == "too_large"


def test_a_refusal_is_a_text_that_a_form_can_show(anna: Actor, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024

    with pytest.raises(ValidationError) as caught:
        accept(b"a" * 2_200_000, "a.txt", anna)

    text = "Dit bestand is te groot: hoogstens 2 MB. Maak het kleiner of splits het."
    assert (str(caught.value), caught.value.messages) == (text, [text])


# --- office files


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (make.office("application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (make.office(make.WORD, extra={"word/vbaProject.bin": b"x"}), "macros"),
        (make.office(make.SHEET, extra={"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
        (make.office(make.WORD, extra={"word/activeX/activeX1.xml": b"<a/>"}), "macros"),
        (make.office(make.WORD, extra={"word/embeddings/oleObject1.bin": b"x"}), "macros"),
        (
            make.office(make.SHEET, extra={"xl/externalLinks/a.xml": "<a><ddeLink/></a>"}),
            "macros",
        ),
        (make.office(make.WORD, extra={"../../etc/passwd": b"x"}), "odd"),
        (make.office(make.WORD, extra={"/etc/passwd": b"x"}), "odd"),
        (
            make.office(
                make.WORD, relations=make.relation("attachedTemplate", "https://x.example/t")
            ),
            "external",
        ),
        (
            make.office(make.WORD, relations=make.relation("image", "http://x.example/p")),
            "external",
        ),
        (make.office(make.WORD, relations=make.relation("oleObject", "//nas/a.xls")), "external"),
        (make.office(make.WORD, relations=make.relation("frame", "file://nas/a.htm")), "external"),
        (make.open_document(extra={"Basic/Standard/Module1.xml": "<a/>"}), "macros"),
        (make.open_document(extra={"Scripts/python/a.py": "a"}), "macros"),
        (
            make.open_document(body='<draw:image xlink:href="https://x.example/p.png"/>'),
            "external",
        ),
        (make.open_document(body='<a xlink:href="vnd.sun.star.script:x"/>'), ""),
        (make.open_document(body='<draw:b xlink:href="vnd.sun.star.script:x"/>'), "macros"),
        (
            make.open_document(extra={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "locked",
        ),
        (make.open_document(extra={"content.xml": "<niet af"}), "broken"),
        (
            make.open_document(extra={"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "broken",
        ),
    ],
)
def test_office_files_that_do_or_load_something_are_refused(
    content: bytes, code: str, anna: Actor
) -> None:
    if code:
        assert refusal(content, "nota.docx", anna) == code
    else:
        assert accept(content, "nota.odt", anna).kind == "odt"


@pytest.mark.parametrize(
    "content",
    [
        make.office(make.WORD, relations=make.relation("hyperlink", "https://x.example/")),
        make.office(
            make.WORD, relations=make.relation("attachedTemplate", "file:///C:\\S\\N.dotm")
        ),
        make.office(make.WORD, relations=make.relation("attachedTemplate", "Normal.dotm")),
        make.office(make.SLIDES, relations=make.relation("video", "https://film.example/1")),
        make.office(make.WORD, extra={"word/embeddings/Blad1.xlsx": make.sheet_of(["a"])}),
        make.office(make.SHEET, extra={"xl/externalLinks/a.xml": "<a><externalBook/></a>"}),
        make.open_document(body='<text:a xlink:href="https://x.example/">hier</text:a>'),
        make.open_document(body='<draw:image xlink:href="Pictures/1.png"/>'),
        make.open_document(
            extra={"Basic/Standard/script-lb.xml": "<a/>", "Basic/script-lc.xml": ""}
        ),
    ],
)
def test_office_files_with_links_charts_and_empty_libraries_are_kept(
    content: bytes, anna: Actor
) -> None:
    assert accept(content, "nota.docx", anna).size == len(content)


def test_an_archive_that_bursts_is_refused_without_unpacking_it(
    anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 5_000_000)
    bomb = make.office(make.WORD, extra={"word/a.xml": b"0" * 6_000_000})

    assert len(bomb) < 10_000
    assert refusal(bomb, "nota.docx", anna) == "bomb"


def test_an_archive_that_lies_about_its_size_is_refused(anna: Actor) -> None:
    content = bytearray(make.open_document(body="<a>" + "b" * 5000 + "</a>"))
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        where = opened.start_dir
    entry = content.index(b"content.xml", where) - 46
    struct.pack_into("<I", content, entry + 24, 200)

    assert refusal(bytes(content), "nota.odt", anna) == "broken"


def test_the_same_part_twice_is_refused(anna: Actor) -> None:
    out = io.BytesIO(make.word())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as opened:
        opened.writestr("word/document.xml", "<a/>")

    assert refusal(out.getvalue(), "nota.docx", anna) == "odd"


# --- PDF


def test_a_pdf_may_begin_with_an_empty_line(anna: Actor) -> None:
    assert accept(b"\xef\xbb\xbf\r\n" + GOOD["pdf"], "a.pdf", anna).kind == "pdf"


def test_a_pdf_that_asks_for_a_password_is_refused(anna: Actor) -> None:
    free, locked = make.locked_pdf("", "eigenaar"), make.locked_pdf("geheim", "eigenaar")

    assert accept(free, "a.pdf", anna).location.read_bytes() == free
    StoredFile.objects.all().delete()
    assert refusal(locked, "a.pdf", anna) == "locked"


@pytest.mark.parametrize(
    "opening",
    [
        "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        "/OpenAction<</S/Java#53cript>>",
        "/OpenAction<</S/Launch/F(cmd.exe)>>",
        "/AA<</WC<</S/Rendition>>>>",
        "/Names<</JavaScript<</Names[(a)<</JS(1)>>]>>>>",
        "/Extra[[<</Subtype/RichMedia>>]]",
    ],
)
def test_a_pdf_that_does_something_is_refused(opening: str, anna: Actor) -> None:
    assert accept(make.raw_pdf("/OpenAction[3 0 R/Fit]"), "a.pdf", anna).kind == "pdf"
    StoredFile.objects.all().delete()
    assert refusal(make.raw_pdf(opening), "a.pdf", anna) == "active"


# --- pictures and text


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_the_place_where_it_was_taken(form: str, anna: Actor) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Mijn toestel"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 51.0, 1.0)})
    content = make.picture(form, exif=exif, xmp=b"<x:xmpmeta>Mijn naam</x:xmpmeta>")
    assert b"Mijn toestel" in content

    kept = accept(content, "foto", anna).location.read_bytes()

    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == (form, (40, 30), {})
    assert b"Mijn" not in kept


def test_a_photo_is_kept_upright(anna: Actor) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter

    stored = accept(make.picture("JPEG", exif=exif), "foto.JPEG", anna)

    with Image.open(stored.location) as picture:
        assert (stored.name, picture.size) == ("foto.jpg", (30, 40))


def test_a_photo_of_a_phone_that_holds_two_pictures_keeps_the_first(anna: Actor) -> None:
    out = io.BytesIO()
    first, second = (Image.new("RGB", (40, 30), c) for c in ("red", "blue"))
    first.save(out, format="MPO", save_all=True, append_images=[second])

    with Image.open(accept(out.getvalue(), "foto.jpg", anna).location) as picture:
        red, _green, blue = picture.getpixel((5, 5))  # type: ignore[misc]
        assert (picture.format, red > 200, blue < 50) == ("JPEG", True, True)


def test_a_transparent_picture_stays_transparent(anna: Actor) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (5, 5), (1, 2, 3, 0)).save(out, format="PNG")

    with Image.open(accept(out.getvalue(), "logo.png", anna).location) as picture:
        assert (picture.mode, picture.getpixel((2, 2))) == ("RGBA", (1, 2, 3, 0))


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn(anna: Actor) -> None:
    content = bytearray(make.picture("PNG"))
    struct.pack_into(">II", content, 16, 60_000, 60_000)
    struct.pack_into(">I", content, 29, zlib.crc32(content[12:29]))

    assert refusal(bytes(content), "groot.png", anna) == "pixels"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_kept_as_utf_8_whatever_it_came_in(encoding: str, anna: Actor) -> None:
    stored = accept("één café".encode(encoding), "tekst.txt", anna)

    assert stored.location.read_text(encoding="utf-8") == "één café"


# --- guards


EXTRACT = """
UITTREKSEL UIT HET STRAFREGISTER
Model bestemd voor contacten met minderjarigen (artikel 596.2 Sv.)
Naam: Janssens  Voornaam: An  Geboortedatum: 30/07/1985
Rijksregisternummer: 85.07.30-033.28
Veroordelingen: NIHIL
"""
LETTER = """
Verklaring van vzw Klaarkijker. Wij bevestigen dat wij voor iedere lesgever een uittreksel uit het
strafregister (model 596.2) hebben ingekeken voor de start, op 12 januari 2027.
"""


@pytest.mark.parametrize("wrap", [make.pdf, make.word, str.encode], ids=["pdf", "docx", "txt"])
def test_an_extract_from_the_criminal_record_does_not_come_in(wrap: object, anna: Actor) -> None:
    assert callable(wrap)

    assert accept(wrap(LETTER), "bijlage.txt", anna).size
    StoredFile.objects.all().delete()
    assert refusal(wrap(EXTRACT), "bijlage.txt", anna) == "criminal_record"


@pytest.mark.parametrize(
    ("name", "comes_in"),
    [
        ("Uittreksel strafregister An.png", False),
        ("scan_model-596.2.png", False),
        ("extrait de casier judiciaire.png", False),
        ("Bewijs van goed gedrag en zeden.png", False),
        ("Verklaring van de vzw over het uittreksel strafregister.png", True),
        ("Draaiboek strafregister.png", True),
        ("Foto 596.png", True),
    ],
)
def test_a_scan_that_is_called_an_extract_does_not_come_in(
    name: str, comes_in: bool, anna: Actor
) -> None:
    if comes_in:
        assert accept(GOOD["png"], name, anna).name == name
    else:
        assert refusal(GOOD["png"], name, anna) == "criminal_record"


def test_a_module_can_add_a_guard_of_its_own(anna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_guards", [*guards._guards])

    @guards.guard
    def no_secrets(candidate: guards.Candidate) -> None:
        if "geheim" in candidate.text:
            raise BadFile("Haal het geheim eruit.", "secret")

    assert accept(b"gewoon", "a.txt", anna).size == 6
    StoredFile.objects.all().delete()
    assert refusal(b"een geheim", "a.txt", anna) == "secret"


# --- what we make ourselves, and what stays behind


def test_a_paper_is_kept_as_pdf_and_as_word(anna: Actor) -> None:
    pdf, word = intake.keep_both(Paper("Nota", ()), name="Nota: 1/2", school_id=3, actor=anna)

    assert [(f.name, f.kind, f.location.read_bytes()[:4]) for f in (pdf, word)] == [
        ("Nota 1-2.pdf", "pdf", b"%PDF"),
        ("Nota 1-2.docx", "docx", b"PK\x03\x04"),
    ]


def test_the_sweep_removes_only_old_files_without_a_row(anna: Actor, files: Path) -> None:
    kept = accept(GOOD["txt"], "a.txt", anna).location
    orphan, fresh = files / "ab" / ("ab" + "0" * 30), files / "ab" / ("ab" + "1" * 30)
    half, foreign = files / "arriving" / "x", files / "lees-mij.txt"
    for path in (orphan, fresh, half, foreign):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    long_ago = time.time() - storage.ORPHAN_SECONDS - 5
    for path in (kept, orphan, half, foreign):
        os.utime(path, (long_ago, long_ago))

    assert storage.sweep() == 2
    assert [p.exists() for p in (kept, fresh, foreign, orphan, half)] == [True] * 3 + [False] * 2


def test_the_sweep_leaves_a_file_that_gets_its_row_this_moment(files: Path) -> None:
    """However long ago its first bytes came: it waits a day for its row from when it was whole."""
    with storage.Draft() as draft:
        draft.fill([b"x"], limit=10)
        long_ago = time.time() - storage.ORPHAN_SECONDS - 5
        os.utime(draft.path, (long_ago, long_ago))
        place = files / draft.keep()

    assert (storage.sweep(), place.exists()) == (0, True)


def test_removing_a_file_takes_it_from_the_disk_once_that_is_final(
    anna: Actor, django_capture_on_commit_callbacks: object
) -> None:
    stored = accept(GOOD["txt"], "a.txt", anna)
    assert callable(django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        storage.remove(stored)
        assert stored.location.exists()

    assert (stored.location.exists(), StoredFile.objects.count()) == (False, 0)
