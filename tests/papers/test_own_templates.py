"""A school's own Word template for each document (mission M9), walked as the head walks it."""

import io
from typing import Any

import docx
import pytest
from django.urls import reverse

from partnerwijzer.documents import docx_template
from partnerwijzer.documents.models import PaperKind, PaperTemplate
from partnerwijzer.dossiers.models import Dossier
from tests.documents.test_letterhead import picture, saved
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn
from tests.papers.desk import KINDS, Desk
from tests.papers.test_style import file, page_of, send

HOLES = [*docx_template.PLACEHOLDERS]  # the content is the last of them
OWN = "Zo schrijven wij"


def template(*more: str) -> bytes:
    """Every placeholder on a line with its own name before it, in a style of the school."""
    document = docx.Document()
    document.add_paragraph(OWN, style="Title")
    for hole in HOLES:
        line = f"{{{{ {hole} }}}}"
        document.add_paragraph(line if hole == "inhoud" else f"{hole}: {line}")
    for line in more:
        document.add_paragraph(line)
    return saved(document)


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def lines(content: bytes) -> list[str]:
    return [p.text for p in opened(content).paragraphs if p.text]


def upload(sign_in: SignIn, story: Story, kind: str, content: bytes) -> Any:
    return send(sign_in, story, "sjabloon", kind=kind, upload=file(content, "eigen.docx"))


def take_away(sign_in: SignIn, story: Story) -> None:
    row = PaperTemplate.objects.get()
    assert send(sign_in, story, "weg", sjabloon=str(row.pk)).status_code == 302


def test_every_document_of_a_dossier_has_a_kind_that_a_school_can_choose() -> None:
    assert {*KINDS.values(), PaperKind.ALL} == set(PaperKind)


@pytest.mark.parametrize("which", KINDS)
def test_a_template_for_one_document_is_filled_and_taken_back(
    which: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """Every placeholder that we name is filled, the content stands in its place, and other
    documents keep our looks."""
    head = {"name": "De Linde", "lines": "Kerkstraat 1"}
    send(sign_in, story, "hoofd", **head, picture=file(picture(), "logo.png"))
    assert upload(sign_in, story, KINDS[which], template("Tot slot")).status_code == 302
    desk, client = Desk(story, screened), sign_in("head")

    made = desk.take(client, which, "docx")

    found = lines(made)
    told, content = dict(line.split(":", 1) for line in found[1:8]), found[8:]
    assert (found[0], told["school"], told["adres"]) == (OWN, " De Linde", " Kerkstraat 1")
    assert told["titel"].strip()
    assert (bool(opened(made).tables) or len(content) > 1, content[-1], "{{" in "".join(found)) == (
        True,
        "Tot slot",
        False,
    )
    assert opened(made).inline_shapes[0]._inline.docPr.get("descr") == "Logo van De Linde"
    usual = next(other for other in KINDS if KINDS[other] != KINDS[which])
    assert lines(desk.take(client, usual, "docx"))[0] != OWN

    take_away(sign_in, story)
    if which not in ("agreement", "decision"):  # these are kept as they were made
        again = lines(desk.take(client, which, "docx"))
        assert again[0] != OWN
        assert set(content[:-1]) <= set(again)


def test_what_was_confirmed_and_signed_keeps_the_template_of_its_day(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    upload(sign_in, story, "", template())
    desk, client = Desk(story, screened), sign_in("head")

    take_away(sign_in, story)

    firsts = {which: lines(desk.take(client, which, "docx"))[0] for which in KINDS}
    assert {which for which, first in firsts.items() if first == OWN} == {"agreement", "decision"}


def test_a_wrong_template_is_told_and_the_one_before_goes_on(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    """An unknown field is named; a broken file says what to do; nothing changes."""
    upload(sign_in, story, "summary", template())
    where = reverse("papers:summary_file", args=[decided.pk, "docx"])

    unknown = words(upload(sign_in, story, "summary", template("{{ leerling }} {{ klas }}")))
    broken = words(upload(sign_in, story, "summary", template()[:4000]))

    assert "Dit kennen we niet: {{ klas }}, {{ leerling }}." in unknown
    assert "Dit bestand is beschadigd: we kunnen het niet openen." in broken
    assert "Dit veld is verplicht." not in broken  # the other form on the page was not sent
    assert lines(sign_in("head").get(where).content)[0] == OWN


def test_a_template_that_broke_on_the_disk_stops_no_document(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    upload(sign_in, story, "summary", template())
    PaperTemplate.objects.get().file.location.write_bytes(b"niets")

    made = sign_in("head").get(reverse("papers:summary_file", args=[decided.pk, "docx"]))

    assert "Beslist" in lines(made.content)


def test_what_the_page_names_is_what_a_template_may_hold(story: Story, sign_in: SignIn) -> None:
    page = sign_in("head").get(page_of(story))

    shown = words(page)
    assert [hole for hole in HOLES if f"{{{{ {hole} }}}}" not in shown] == []
    choices = page.context["template_form"].fields["kind"].choices
    assert [value for value, _label in choices] == list(PaperKind)
    assert form(page, deel="sjabloon")["kind"] == ""


def test_the_page_of_documents_leads_to_each_of_them(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """Issue 4, E23: agreement, council note, decision, information pack, evaluation, and more."""
    desk = Desk(story, screened)

    page = sign_in("head").get(reverse("papers:all", args=[desk.dossier.pk])).content.decode()

    every = [desk.address(which, kind) for which in KINDS for kind in ("pdf", "docx")]
    drafts = {desk.address("draft", kind) for kind in ("pdf", "docx")}
    assert [a for a in every if f'href="{a}"' not in page and a not in drafts] == []
    assert not any(f'href="{address}"' in page for address in drafts)
    type(desk.item).objects.filter(pk=desk.item.pk).update(draft="We starten in maart.")
    page = sign_in("head").get(reverse("papers:all", args=[desk.dossier.pk])).content.decode()
    assert all(f'href="{address}"' in page for address in drafts)
