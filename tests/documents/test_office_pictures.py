"""A photo inside a document loses the place where it was taken, as a loose photo does (K6)."""

import io

import pytest
from PIL import Image

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import intake
from tests.documents import builders as make

pytestmark = pytest.mark.django_db

WHERE = {
    "docx": ("word/media/image1.jpeg", make.word()),
    "pptx": ("ppt/media/image1.jpeg", make.slides_of(["Foto"])),
    "odt": ("Pictures/1.jpg", make.open_document("text")),
}


WAY_UP = 0x0112


def noted(way: int | None = None) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Mijn toestel"
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 0.0)
    if way:
        exif[WAY_UP] = way
    return exif


def photo() -> bytes:
    return make.picture("JPEG", exif=noted())


def of_two_pictures() -> bytes:
    out = io.BytesIO()
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    first.save(out, format="MPO", save_all=True, append_images=[second], exif=noted())
    return out.getvalue()


@pytest.mark.parametrize("kind", WHERE)
def test_a_photo_in_a_document_loses_its_place(kind: str, anna: Actor) -> None:
    name, document = WHERE[kind]
    with make.opened(document) as opened:
        parts: dict[str, str | bytes] = {each: opened.read(each) for each in opened.namelist()}
    content = make.zipped({**parts, name: photo(), "word/media/odd.jpg": b"no picture"})

    stored = intake.accept(make.upload(content, f"foto.{kind}"), school_id=3, actor=anna)

    with make.opened(stored.location.read_bytes()) as opened:
        assert opened.testzip() is None
        kept = {each: opened.read(each) for each in opened.namelist()}
    with Image.open(io.BytesIO(kept.pop(name))) as drawn:
        assert (dict(drawn.getexif()), drawn.size) == ({}, (40, 30))
    assert kept == {**parts, "word/media/odd.jpg": b"no picture"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_portrait_photo_in_a_document_keeps_its_points_and_its_way_up(
    form: str, anna: Actor
) -> None:
    """The document has a frame of its own for these points: a turned photo would be stretched."""
    name = f"word/media/image1.{form.lower()}"
    sent = make.picture(form, size=(400, 200), exif=noted(way=6))
    content = make.office(make.WORD, extra={name: sent})

    stored = intake.accept(make.upload(content, "foto.docx"), school_id=3, actor=anna)

    with make.opened(stored.location.read_bytes()) as opened:
        kept = opened.read(name)
    with Image.open(io.BytesIO(kept)) as drawn:
        exif = dict(drawn.getexif())
        assert (drawn.format, drawn.size, exif) == (form, (400, 200), {WAY_UP: 6})
    assert b"Mijn toestel" in sent
    assert b"Mijn toestel" not in kept


def test_a_photo_of_two_pictures_in_a_document_keeps_the_first(anna: Actor) -> None:
    name = "word/media/image1.jpg"
    content = make.office(make.WORD, extra={name: of_two_pictures()})

    stored = intake.accept(make.upload(content, "foto.docx"), school_id=3, actor=anna)

    with make.opened(stored.location.read_bytes()) as opened:
        kept = opened.read(name)
    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (40, 30), {})
