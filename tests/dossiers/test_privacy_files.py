"""A file passes the guard too: what stands in it, its name, and what nobody can read in it (K6)."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from openpyxl import Workbook
from PIL import Image
from pytest_django.fixtures import Settings

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models import Dossier, Evidence
from partnerwijzer.privacy.models import Allowed
from tests.documents.test_portable_notes import ONLY_PICTURE
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.dossiers.test_privacy_guard import HEALTH, NUMBER, sealed, url


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("teacher")


LIST = "Emma Peeters\nNoor De Smet\nLucas Maes\nYassine El Amrani\nMila Janssens\nFinn Claes\n"


def evidence(text: str, **more: str) -> dict[str, object]:
    file = SimpleUploadedFile("klas.txt", text.encode())
    return {"kind": "document", "title": "Lijst", "upload": file, **more}


def test_a_file_with_a_class_list_is_asked_about(client: Client, opened: Dossier) -> None:
    page = client.post(f"{url(opened)}bewijs/", evidence(LIST))

    assert page.status_code == 422
    assert not StoredFile.objects.filter(name="klas.txt").exists()
    assert sealed(page.content)["title"] == "Lijst"
    assert "‘klas.txt’ gaat mee Het wacht hier een uur, op slot" in words(page)
    assert not any(b"Emma" in path.read_bytes() for path in waiting_files())
    asked = {**sealed(page.content), "toch_bewaren": "1", "reden_toch": "Dit zijn auteurs."}
    sent = client.post(f"{url(opened)}bewijs/", asked)
    assert sent.status_code == 302
    assert StoredFile.objects.get(name="klas.txt").location.read_text() == LIST


def waiting_files() -> list[Path]:
    return list(Path(settings.FILES_DIR, "asked").iterdir())


def test_a_file_waits_too_where_something_else_in_the_form_is_wrong(
    client: Client, opened: Dossier
) -> None:
    where = f"{url(opened)}bewijs/"
    wrong = client.post(where, evidence("Een gewone tekst.", kind=""))
    kept = {**sealed(wrong.content), "kind": "document"}

    assert "‘klas.txt’ gaat mee" in words(wrong)
    assert client.post(where, kept).status_code == 302
    assert Evidence.objects.get(title="Lijst").file.name == "klas.txt"


@pytest.mark.parametrize("wrong", [False, True], ids=["asked", "other-mistake"])
def test_a_form_whose_file_waited_is_sent_twice_and_stored_once(
    client: Client, opened: Dossier, wrong: bool
) -> None:
    """Somebody double-clicks: the second says that it was sent already, and not that it is gone."""
    where = f"{url(opened)}bewijs/"
    first = evidence("Een tekst.", kind="", once="a1") if wrong else evidence(LIST, once="a1")
    answer = {**sealed(client.post(where, first).content), "kind": "document", "once": "a2"}
    answer |= {} if wrong else {"toch_bewaren": "1", "reden_toch": "Dit zijn auteurs."}

    sent = [client.post(where, answer) for _ in range(2)]

    assert [page.status_code for page in sent] == [302, 302]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert Evidence.objects.get(title="Lijst").file.name == "klas.txt"


def test_a_file_that_waits_can_be_left_behind(client: Client, opened: Dossier) -> None:
    where = f"{url(opened)}bewijs/"
    wrong = client.post(where, evidence("Een gewone tekst.", kind=""))
    kept = {**sealed(wrong.content), "kind": "document", "wacht": ""}

    assert client.post(where, kept).status_code == 302
    assert Evidence.objects.get(title="Lijst").file is None


def test_a_file_that_waited_too_long_is_asked_for_and_nothing_is_stored_without_it(
    client: Client, opened: Dossier
) -> None:
    page = client.post(f"{url(opened)}bewijs/", evidence(LIST))
    for path in waiting_files():
        path.unlink()
    keep = {**sealed(page.content), "toch_bewaren": "1", "reden_toch": "Dit zijn auteurs."}

    again = client.post(f"{url(opened)}bewijs/", keep)

    assert "Je bestand wachtte langer dan een uur." in words(again)
    assert sealed(again.content)["title"] == "Lijst"
    assert not Evidence.objects.filter(title="Lijst").exists()
    assert (
        client.post(
            f"{url(opened)}bewijs/", sealed(again.content) | evidence("Een gewone tekst.")
        ).status_code
        == 302
    )


def test_a_file_with_a_national_number_is_never_kept(client: Client, opened: Dossier) -> None:
    page = client.post(f"{url(opened)}bewijs/", evidence(f"Jo Maes {NUMBER}"))

    assert "Dat bewaren we nooit." in words(page)
    assert not StoredFile.objects.filter(name="klas.txt").exists()


def test_an_extract_is_refused_at_every_upload_with_the_reason(
    client: Client, opened: Dossier
) -> None:
    """domain.md 7.2: an upload that looks like the extract is refused with the reason."""
    text = "Uittreksel uit het strafregister model 596.2. Geboren te Gent op 3 mei 1990. Nihil."

    page = client.post(f"{url(opened)}bewijs/", evidence(text))

    assert "Noteer alleen dat de controle gebeurd is en op welke dag." in words(page)
    assert not StoredFile.objects.filter(name="klas.txt").exists()


def called(name: str, content: bytes = b"Een tekst.") -> dict[str, object]:
    return {"kind": "document", "title": "Bewijs", "upload": SimpleUploadedFile(name, content)}


def names_kept() -> list[str]:
    """Of files that came with what a test sent."""
    rows = Evidence.objects.filter(title="Bewijs")
    return list(rows.values_list("file__name", flat=True))


def test_a_file_that_is_called_after_a_pupil_is_asked_about_first(
    client: Client, opened: Dossier
) -> None:
    """domain.md 7.1: a name in the name of a file is data of a person too."""
    where = f"{url(opened)}bewijs/"
    asked = client.post(where, called("Emma Peeters 5A.txt"))
    before = names_kept()
    keep = {**sealed(asked.content), "toch_bewaren": "1", "reden_toch": "Emma is een personage."}

    other = client.post(where, {**keep, **called("Noor Claes.txt")})
    kept = client.post(where, {**keep, **called("Emma Peeters 5A.txt")})

    assert (asked.status_code, before) == (422, [])
    assert "<mark>Emma Peeters 5A</mark>" in asked.content.decode()
    assert sealed(asked.content)["title"] == "Bewijs"
    assert (kept.status_code, other.status_code) == (302, 422)
    assert names_kept() == ["Emma Peeters 5A.txt"]
    assert Allowed.objects.last().kinds == ["pupil-name"]  # type: ignore[union-attr]


def test_a_file_that_is_called_after_a_national_number_is_never_kept(
    client: Client, opened: Dossier
) -> None:
    where = f"{url(opened)}bewijs/"
    asked = client.post(where, called(f"{NUMBER}.txt"))

    again = client.post(where, {**sealed(asked.content), "toch_bewaren": "1",
                                "reden_toch": "Toch", **called(f"{NUMBER}.txt")})  # fmt: skip

    assert "Dit bewaren we niet" in words(asked)
    assert again.status_code == 422
    assert names_kept() == []


@pytest.mark.parametrize("title", ["Emma Peeters heeft ADHD", "Klas"])
def test_sheets_and_cells_of_a_workbook_are_looked_at_too(
    title: str, client: Client, opened: Dossier
) -> None:
    """domain.md 7.1: a list of a class as a spreadsheet, and what a sheet is called."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    people = "Emma Peeters,Noor Claes,Lucas Maes,Louise Jacobs,Arthur Willems,Marie Goossens"
    for person in people.split(",") if title == "Klas" else ():
        sheet.append(person.split())
    book.save(out)

    asked = client.post(f"{url(opened)}bewijs/", called("lijst.xlsx", out.getvalue()))

    assert asked.status_code == 422
    assert "Emma" in words(asked)
    assert names_kept() == []


@pytest.fixture
def check(story: Story, opened: Dossier) -> str:
    """Where evidence is added to the question about the check for working with minors."""
    story.situation(opened, contact_with_minors=True)
    return f"/dossiers/{opened.pk}/beoordelen/criminal-record-check/bewijs/"


def photo(**more: str) -> dict[str, object]:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    upload = SimpleUploadedFile("IMG_2031.jpg", out.getvalue())
    return {"kind": "document", "title": "Foto", "upload": upload, **more}


def test_a_photo_at_the_question_about_the_check_is_asked_what_it_is(
    client: Client, check: str
) -> None:
    """domain.md 7.2: a scan of the extract says nothing to a machine; who adds it knows."""
    silent = client.post(check, photo())
    said = client.post(check, photo(is_extract="yes"))

    assert "Zeg eerst of dit het uittreksel is." in words(silent)
    assert "Noteer alleen dat de controle gebeurd is en op welke dag." in words(said)
    assert not StoredFile.objects.filter(name="IMG_2031.jpg").exists()
    assert client.post(check, photo(is_extract="no")).status_code == 302
    evidence_pk = Evidence.objects.get(title="Foto").pk
    renewed = client.post(f"/bewijs/{evidence_pk}/", photo(number="1", is_extract="yes"))
    assert "Noteer alleen dat de controle gebeurd is en op welke dag." in words(renewed)


def test_at_another_question_nobody_is_asked_about_the_extract(
    client: Client, opened: Dossier
) -> None:
    assert client.post(f"{url(opened)}bewijs/", photo()).status_code == 302


def test_the_place_of_a_photo_is_not_kept(client: Client, opened: Dossier) -> None:
    picture, exif = Image.new("RGB", (8, 8), "red"), Image.Exif()
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 0.0)
    exif[0x010F] = "Een toestel"
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    upload = SimpleUploadedFile("foto.jpg", out.getvalue())

    client.post(f"{url(opened)}bewijs/", {"kind": "document", "title": "Foto", "upload": upload})

    with Image.open(StoredFile.objects.get(name="foto.jpg").location) as kept:
        assert dict(kept.getexif()) == {}


def test_all_that_is_found_is_one_question_with_one_choice(client: Client, opened: Dossier) -> None:
    """issue 4, 8: in what was typed, in the name of the file and in the file itself."""
    where = f"{url(opened)}bewijs/"
    upload = {"title": "Emma heeft ADHD"}
    asked = client.post(where, called("Noor Claes 5A.txt", LIST.encode()) | upload)
    text = asked.content.decode()
    before = StoredFile.objects.filter(name="Noor Claes 5A.txt").exists()
    keep = sealed(asked.content) | {"toch_bewaren": "1", "reden_toch": "Alles is verzonnen."}

    sent = client.post(where, {**keep, **called("Noor Claes 5A.txt", LIST.encode()), **upload})

    assert (asked.status_code, before) == (422, False)
    assert "<mark>Emma heeft ADHD</mark>" in text
    assert "<mark>Noor Claes 5A</mark>" in text
    assert "<mark>Emma Peeters Noor De Smet" in " ".join(text.split())
    assert sent.status_code == 302
    assert [(row.kinds, row.reason) for row in Allowed.objects.all()] == [
        (["class-list", "health", "pupil-name"], "Alles is verzonnen.")
    ]


def test_a_harmless_file_does_not_carry_a_text_past_the_question(
    client: Client, opened: Dossier
) -> None:
    asked = client.post(f"{url(opened)}bewijs/", called("nota.txt") | {"title": HEALTH})

    assert asked.status_code == 422
    assert "<mark>Emma Peeters heeft ADHD</mark>" in asked.content.decode()
    assert not Evidence.objects.filter(title=HEALTH).exists()
    assert not StoredFile.objects.filter(name="nota.txt").exists()


def test_a_scan_is_asked_about_once_and_the_answer_is_logged(
    client: Client, opened: Dossier
) -> None:
    """domain.md 7.1: what we cannot read, who adds it says: a choice that is logged, no block."""
    where = f"{url(opened)}bewijs/"
    asked = client.post(where, called("IMG_scan.pdf", ONLY_PICTURE))

    assert asked.status_code == 422
    assert "Dit is een scan: we kunnen niet lezen wat erin staat." in words(asked)
    assert "Dit mag, want" not in words(asked)
    sent = client.post(where, sealed(asked.content) | {"toch_bewaren": "1"})
    again = client.post(where, called("IMG_scan.pdf", ONLY_PICTURE) | {"title": "Nog eens"})

    assert (sent.status_code, again.status_code) == (302, 302)
    assert names_kept() == ["IMG_scan.pdf"]
    assert [(row.kinds, row.reason) for row in Allowed.objects.all()] == [
        (["scan"], "Er staat geen naam of gegeven van een leerling in.")
    ]


def test_about_several_files_is_asked_once_and_all_of_them_wait(token: str) -> None:
    where = f"/afspraken/{token}/gesprek/"
    files = [
        SimpleUploadedFile("klas.txt", LIST.encode()),
        SimpleUploadedFile("scan.pdf", ONLY_PICTURE),
    ]
    asked = Client().post(where, {"name": "Lowie", "text": "Zie hier", "attachments": files})
    fields: dict[str, list[str]] = {}
    for name, value in html.fromstring(asked.content).forms[-1].form_values():
        fields.setdefault(name, []).append(value or "")

    sent = Client().post(where, fields | {"toch_bewaren": ["1"]})

    assert "klas.txt: Emma Peeters" in words(asked)
    assert "scan.pdf: Het hele bestand" in words(asked)
    assert (asked.status_code, len(fields["wacht"]), sent.status_code) == (422, 2, 302)
    kept = StoredFile.objects.filter(name__in=("klas.txt", "scan.pdf"))
    assert sorted(kept.values_list("name", flat=True)) == ["klas.txt", "scan.pdf"]
    assert Allowed.objects.get().kinds == ["class-list", "scan"]
