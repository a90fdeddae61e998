"""The pages by which a school brings its list in."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from partnerwijzer.exchange import sheets, tasks
from partnerwijzer.exchange.actions import lists
from partnerwijzer.exchange.models import PartnerList
from partnerwijzer.partners.models import Partner
from tests.dossiers.story import Story
from tests.exchange.conftest import HEADS, ROW, Bring
from tests.exchange.workbooks import ods, upload, xlsx
from tests.partners.conftest import MakePartner, SignIn
from tests.partners.pages import text_of
from tests.personas import World

WRONG = ("", "", "9999", "Veerdegem", "", "")


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("coordinator")


def choose(client: Client, content: bytes, name: str = "lijst.xlsx") -> Any:
    return client.post(reverse("exchange:lists"), {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    "content",
    [
        xlsx(Partners=[HEADS, ROW]),
        ods(rows=[HEADS, ROW]),
        "\r".join(";".join(row) for row in (HEADS, ROW)).encode("cp1252"),
    ],
)
def test_from_file_to_databank(content: bytes, client: Client) -> None:
    answer = choose(client, content)
    found = PartnerList.objects.get()
    columns = reverse("exchange:columns", args=[found.pk])
    assert answer.headers["Location"] == columns
    page = client.get(columns)
    form = page.context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"default_kind": "library"}

    client.post(columns, said)
    preview = client.get(reverse("exchange:list", args=[found.pk]))

    assert "Er is nog niets veranderd" in text_of(preview)
    assert Partner.objects.count() == 0
    version = preview.context["partner_list"].version
    address = reverse("exchange:list", args=[found.pk])
    client.post(address, {"version": version, "choice": "skip"})
    assert [p.name for p in Partner.objects.all()] == ["Bib Veerdegem"]
    assert "toegevoegd 1" in text_of(client.get(address))


def test_a_file_that_is_no_list_is_refused_beside_the_field(client: Client) -> None:
    answer = choose(client, b"%PDF-1.7", "lijst.xlsx")

    assert answer.status_code == 422
    assert "pdf of afbeelding" in text_of(answer)
    assert not PartnerList.objects.exists()


def test_two_columns_cannot_be_the_same_and_a_name_is_needed(client: Client, bring: Bring) -> None:
    found = bring(ROW)
    columns = reverse("exchange:columns", args=[found.pk])
    double = {
        "version": found.version,
        "default_kind": "library",
        "column0": "town",
        "column3": "town",
    }

    answer = client.post(columns, double)
    nameless = client.post(columns, {"version": found.version, "default_kind": "library"})

    assert (answer.status_code, nameless.status_code) == (422, 422)
    assert "is al gekozen bij een andere kolom" in text_of(answer)
    assert "Zeg in welke kolom de naam" in text_of(nameless)


def test_what_differs_is_shown_with_both_values(
    client: Client, bring: Bring, make_partner: MakePartner
) -> None:
    make_partner("Bib Veerdegem", postcode="9999", town="Oud")

    text = text_of(client.get(reverse("exchange:list", args=[bring(ROW).pk])))

    assert "verschilt" in text
    assert "Oud" in text
    assert "Wat doen we met rijen die verschillen of fout zijn?" in text


def test_what_was_not_read_in_can_be_mended_and_sent_again(client: Client, bring: Bring) -> None:
    found = bring(ROW, WRONG, choice="skip")

    answer = client.get(reverse("exchange:rest", args=[found.pk]))
    table = sheets.read(upload(answer.content))

    assert [line.cells for line in table.lines] == [
        (*HEADS, "Wat er mis is"),
        (*WRONG[:4], "", "", "de naam van de organisatie ontbreekt."),
    ]
    mended = xlsx(Rest=[table.lines[0].cells, ("Museum", *table.lines[1].cells[1:])])
    choose(client, mended)
    assert PartnerList.objects.order_by("-pk")[0].fields[-1] == "report"


def test_a_long_list_is_work_for_the_worker(
    client: Client, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LONG", 1)
    found = bring(ROW)
    address = reverse("exchange:list", args=[found.pk])

    client.post(address, {"version": found.version, "choice": "skip"})

    assert "wordt ingelezen" in text_of(client.get(address))
    assert Partner.objects.count() == 0
    queued = DBTaskResult.objects.get()
    tasks.read_list.func(*queued.args_kwargs["args"])
    tasks.read_list.func(*queued.args_kwargs["args"])  # a worker that died may do it again
    assert Partner.objects.count() == 1
    found.refresh_from_db()
    assert found.state == "done"


HTMX = {"HX-Request": "true"}


@pytest.fixture
def queued(
    client: Client, bring: Bring, make_partner: MakePartner, monkeypatch: pytest.MonkeyPatch
) -> PartnerList:
    """A list of which one row differs, that the worker has to read in: unless a row differs."""
    make_partner("Bib Veerdegem", postcode="9999", town="Oud")
    monkeypatch.setattr(lists, "LONG", 1)
    found = bring(ROW)
    address = reverse("exchange:list", args=[found.pk])
    client.post(address, {"version": found.version, "choice": "stop"})
    return found


def test_while_the_worker_is_busy_only_the_progress_comes(
    client: Client, queued: PartnerList
) -> None:
    address = reverse("exchange:list", args=[queued.pk])

    answer = client.get(address, headers=HTMX)

    assert answer.content.lstrip().startswith(b'<div id="voortgang"')
    assert "HX-Refresh" not in answer.headers


def test_when_the_worker_is_done_the_whole_page_comes_anew_and_says_why_nothing_was_read(
    client: Client, queued: PartnerList
) -> None:
    address = reverse("exchange:list", args=[queued.pk])
    tasks.read_list.func(*DBTaskResult.objects.get().args_kwargs["args"])

    answer = client.get(address, headers=HTMX)
    page = text_of(client.get(address))

    assert (answer.headers["HX-Refresh"], answer.content) == ("true", b"")
    assert "Er is niets ingelezen: er zijn rijen die verschillen of fout zijn." in page


def test_what_changed_meanwhile_is_why_the_worker_read_nothing_in(
    client: Client, bring: Bring, make_partner: MakePartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LONG", 1)
    found = bring(ROW)
    address = reverse("exchange:list", args=[found.pk])
    client.post(address, {"version": found.version, "choice": "skip"})
    make_partner("Bib Veerdegem", postcode="9999")

    tasks.read_list.func(*DBTaskResult.objects.get().args_kwargs["args"])

    assert "de databank veranderde intussen" in text_of(client.get(address))


def test_when_the_work_failed_it_can_be_tried_again(
    client: Client, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LONG", 1)
    found = bring(ROW)
    address = reverse("exchange:list", args=[found.pk])
    client.post(address, {"version": found.version, "choice": "skip"})
    queued = DBTaskResult.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(lists, "_carry_out", None)
        with pytest.raises(TypeError):
            tasks.read_list.func(*queued.args_kwargs["args"])

    page = client.get(address)
    assert "Het inlezen is mislukt" in text_of(page)
    monkeypatch.setattr(lists, "LONG", 10)
    version = page.context["partner_list"].version
    client.post(address, {"version": version, "choice": "skip"})

    assert Partner.objects.count() == 1


def test_an_old_form_does_nothing(client: Client, bring: Bring) -> None:
    found = bring(ROW)
    address = reverse("exchange:list", args=[found.pk])

    answer = client.post(address, {"version": 1, "choice": "skip"}, follow=True)

    assert "Een collega ging intussen met deze lijst verder" in text_of(answer)
    assert Partner.objects.count() == 0


def test_undoing_by_the_button(client: Client, bring: Bring) -> None:
    found = bring(ROW, choice="skip")
    address = reverse("exchange:list", args=[found.pk])

    answer = client.post(address, {"version": found.version, "terug": "1"}, follow=True)

    assert "1 partner is weer weg." in text_of(answer)
    assert Partner.objects.count() == 0


def test_undoing_does_not_tell_that_another_school_works_with_a_partner(
    client: Client, bring: Bring, world: World
) -> None:
    found = bring(ROW, choice="skip")
    Story(world).open(Partner.objects.get())
    address = reverse("exchange:list", args=[found.pk])

    answer = client.post(address, {"version": found.version, "terug": "1"}, follow=True)

    text = text_of(answer)
    assert "1 blijft: die is intussen veranderd of in gebruik." in text
    assert "gebleven: intussen veranderd of in gebruik" in text.lower()
    assert "werkt er" not in text


def test_a_list_of_five_thousand_rows_is_shown_a_page_at_a_time(
    client: Client, bring: Bring, django_assert_max_num_queries: Any
) -> None:
    found = bring(*[(f"Organisatie {n}", "", "9999", "Veerdegem", "", "") for n in range(400)])

    with django_assert_max_num_queries(12):
        answer = client.get(reverse("exchange:list", args=[found.pk]))

    assert len(answer.content) < 60 * 1024
    assert io.BytesIO(answer.content).getvalue().count(b"<tr>") == 31


# Several sheets


TWO = {
    "Oud": [["Organisatie", "Gemeente"], ["Museum", "Gent"]],
    "Partners": [["Naam", "Postcode"], ["Bib", "9000"], ["Academie", "9000"]],
}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "exchange"


def take(client: Client, found: PartnerList, sheet: str, version: int) -> Any:
    at = f"/partners/inlezen/{found.pk}/blad/"
    return client.post(at, {"blad": sheet, "version": version}, follow=True)


@pytest.mark.usefixtures("folder")
def test_of_a_workbook_with_several_sheets_another_one_can_be_chosen(client: Client) -> None:
    choose(client, xlsx(**TWO))
    found = PartnerList.objects.get()
    first = text_of(client.get(f"/partners/inlezen/{found.pk}/kolommen/"))

    second = text_of(take(client, found, "Partners", found.version))

    assert "Dat is ‘Oud’. Staan je partners op een ander blad?" in first
    assert "Dat is ‘Partners’." in second
    found.refresh_from_db()
    assert (found.heads, found.other_sheets) == (["Naam", "Postcode"], ["Oud"])
    assert [row.cells for row in found.rows.all()] == [["Bib", "9000"], ["Academie", "9000"]]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("sheet", "version"), [("Weg", 1), ("", 1), ("Partners", 9)])
def test_what_is_no_sheet_or_was_overtaken_changes_nothing(
    client: Client, sheet: str, version: int
) -> None:
    choose(client, xlsx(**TWO))
    found = PartnerList.objects.get()

    take(client, found, sheet, version)

    found.refresh_from_db()
    assert (found.sheet, found.rows.count()) == ("Oud", 1)


def test_a_sheet_with_nothing_under_its_names_is_refused_and_the_first_stays(
    client: Client, folder: Path
) -> None:
    choose(client, xlsx(**{**TWO, "Partners": [["Naam"]]}))
    found = PartnerList.objects.get()

    answer = text_of(take(client, found, "Partners", found.version))

    assert "Onder de namen van de kolommen staat niets." in answer
    assert found.rows.count() == 1


def test_once_the_file_is_gone_it_says_what_to_do(client: Client, folder: Path) -> None:
    choose(client, xlsx(**TWO))
    found = PartnerList.objects.get()
    (file,) = folder.iterdir()
    file.unlink()

    answer = text_of(take(client, found, "Partners", found.version))

    assert "Het bestand is hier niet meer." in answer
    assert "Zet dat blad vooraan en kies het bestand opnieuw." in answer


def test_of_one_sheet_the_file_is_not_kept(client: Client, folder: Path) -> None:
    choose(client, xlsx(Partners=TWO["Partners"]))

    assert not folder.exists() or list(folder.iterdir()) == []
    assert PartnerList.objects.get().file == ""
