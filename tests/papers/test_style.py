"""The page on which a school says how its papers look."""

import io
import zipfile
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents.models import Letterhead, PaperTemplate, StoredFile
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.papers.actions import style
from tests.documents.test_letterhead import picture, word
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn


def page_of(story: Story) -> str:
    return reverse("papers:style", args=[story.world.school.pk])


def send(sign_in: SignIn, story: Story, part: str, **typed: Any) -> Any:
    client, address = sign_in("head"), page_of(story)
    return client.post(address, {**form(client.get(address), deel=part), **typed})


def file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_name_lines_and_logo_come_on_the_next_document(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    typed = {"name": "Basisschool De Linde", "lines": "Kerkstraat 1\n9999 Veerdegem"}
    saved = send(sign_in, story, "hoofd", **typed, picture=file(picture(), "logo.png"))

    assert saved.status_code == 302
    where = reverse("papers:summary_file", args=[decided.pk, "pdf"])
    page = PdfReader(io.BytesIO(sign_in("teacher").get(where).content)).pages[0]
    assert "Basisschool De Linde" in page.extract_text()
    assert "9999 Veerdegem" in page.extract_text()
    assert len(page.images) == 1
    logo = sign_in("head").get(reverse("papers:style_logo", args=[story.world.school.pk]))
    assert b"".join(logo.streaming_content).startswith(b"\x89PNG")


def test_the_page_of_the_school_leads_there_who_may_change_it(
    story: Story, sign_in: SignIn
) -> None:
    address = f'href="{page_of(story)}"'
    pages = {who: sign_in(who).get(reverse("organisations:school")) for who in ("head", "teacher")}

    assert {who: address in page.content.decode() for who, page in pages.items()} == {
        "head": True,
        "teacher": False,
    }


def test_a_wrong_logo_is_told_and_the_rest_is_kept(story: Story, sign_in: SignIn) -> None:
    svg = file(b"<svg onload='x'/>", "logo.svg")

    refused = send(sign_in, story, "hoofd", name="De Linde", lines="Hier", picture=svg)

    assert "Een svg kunnen we niet veilig bewaren." in words(refused)
    assert form(refused, deel="hoofd")["name"] == "De Linde"
    assert not Letterhead.objects.exists()


def test_a_new_logo_takes_the_place_of_the_old_one(story: Story, sign_in: SignIn) -> None:
    send(sign_in, story, "hoofd", picture=file(picture(), "a.png"))
    send(sign_in, story, "hoofd", picture=file(picture((400, 100)), "b.png"))
    logos = StoredFile.objects.filter(name__startswith="Logo").count()
    send(sign_in, story, "hoofd", without_logo="on")

    assert logos == 1
    assert Letterhead.objects.get().logo is None
    assert not StoredFile.objects.filter(name__startswith="Logo").exists()


def test_two_people_at_once(story: Story) -> None:
    school = story.world.school
    given: dict[str, Any] = {"name": "", "lines": ""}
    first = style.save_letterhead(school, actor=story.head, version=0, **given)

    with pytest.raises(Conflict):
        style.save_letterhead(school, actor=story.coordinator, version=0, **given)
    style.save_letterhead(school, actor=story.coordinator, version=first.version, **given)
    with pytest.raises(Conflict):
        style.save_letterhead(school, actor=story.head, version=first.version, **given)


def test_a_template_is_used_replaced_and_taken_away(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    def first_line() -> str:
        where = reverse("papers:summary_file", args=[decided.pk, "docx"])
        content = sign_in("teacher").get(where).content
        return docx.Document(io.BytesIO(content)).paragraphs[0].text

    usual = first_line()
    for line in ("Eerste {{ titel }}", "Tweede {{ titel }}"):
        content = file(word(line, "{{ inhoud }}"), "sjabloon.docx")
        assert send(sign_in, story, "sjabloon", kind="", upload=content).status_code == 302

    assert first_line() == "Tweede Beslist"
    row = PaperTemplate.objects.get()
    back = sign_in("head").get(
        reverse("papers:style_template", args=[story.world.school.pk, row.pk])
    )
    assert b"".join(back.streaming_content).startswith(b"PK")
    assert send(sign_in, story, "weg", sjabloon=str(row.pk)).status_code == 302
    assert first_line() == usual
    assert not StoredFile.objects.filter(pk=row.file_id).exists()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (word("{{ inhoud }}", "{{ leerling }}"), "a.docx", "Dit kennen we niet: {{ leerling }}"),
        (word("Niets"), "a.docx", "{{ inhoud }} ontbreekt"),
        (b"tekst", "a.txt", "op .docx eindigt"),
        (b"tekst", "a.docx", ""),
    ],
)
def test_a_wrong_template_is_refused_in_words(
    content: bytes, name: str, why: str, story: Story, sign_in: SignIn
) -> None:
    before = StoredFile.objects.count()

    refused = send(sign_in, story, "sjabloon", kind="decision", upload=file(content, name))

    assert "Fout:" in refused.content.decode()
    assert why in words(refused)
    assert form(refused, deel="sjabloon")["kind"] == "decision"
    assert not PaperTemplate.objects.exists()
    assert StoredFile.objects.count() == before


def test_a_template_with_macros_is_refused(story: Story, sign_in: SignIn) -> None:
    out = io.BytesIO(word("{{ inhoud }}"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")

    refused = send(sign_in, story, "sjabloon", upload=file(out.getvalue(), "a.docx"))

    assert "Fout:" in refused.content.decode()
    assert not PaperTemplate.objects.exists()


@pytest.mark.parametrize("kind", ["pdf", "docx", "sjabloon"])
def test_an_example_shows_how_it_looks(kind: str, story: Story, sign_in: SignIn) -> None:
    where = reverse("papers:style_example", args=[story.world.school.pk, kind])

    assert sign_in("head").get(where).status_code == 200
    assert sign_in("head").get(where.replace(kind, "exe")).status_code == 404


def test_somebody_elses_school_is_left_alone(story: Story, sign_in: SignIn) -> None:
    for who in ("other_head", "teacher", "council", "adviser"):
        assert sign_in(who).get(page_of(story)).status_code in (403, 404)
    assert sign_in("coordinator").get(page_of(story)).status_code == 200
