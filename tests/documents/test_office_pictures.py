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


def photo() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 0.0)
    return make.picture("JPEG", exif=exif)


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
