"""What was found goes along whole, in three kinds of file that do no harm."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.finding import fields
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Offer, Partner, PartnerContact, Recognition
from tests.partners.conftest import MakeOffer, MakePartner, SignIn
from tests.personas import World

MODELS = (Partner, Offer, PartnerContact, Recognition)


@pytest.fixture
def databank(world: World, make_partner: MakePartner, make_offer: MakeOffer) -> Partner:
    first = make_partner("Schermlicht vzw", themes=["media-literacy"], town="Gent", website="")
    make_offer(first, "Wat wil mijn scherm?", price="6.50", price_unit="pupil", levels=["lager"])
    make_offer(first, "Studiedag", audience=["team"])
    make_partner("=HYPERLINK(1;2)", description="@SUM(1)")
    actor = world.actor("teacher")
    facts: dict[str, Any] = {"name": "Onthaal", "email": "onthaal@schermlicht.example"}
    actions.save_contact(first, actor=actor, contact=None, facts=facts)
    actions.save_recognition(first, actor=actor, recognition=None, facts={"by": "Vlaanderen"})
    return first


pytestmark = pytest.mark.usefixtures("databank")


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def taken(client: Client, kind: str, query: str = "") -> bytes:
    answer = client.post("/zoeken/meenemen/", {"als": kind, "zoekopdracht": query})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_goes_along_or_says_why_not(model: Any) -> None:
    """Fails when a field comes and nobody thought of the export."""
    label = model._meta.label_lower
    every = {field.name for field in model._meta.get_fields() if field.concrete}
    along = {column.name.removesuffix("_id") for column in fields.columns(model)}
    left = {name.rpartition(".")[2] for name in fields.LEFT_OUT if name.startswith(f"{label}.")}

    assert along | left == every
    assert not along & left
    assert all(fields.LEFT_OUT.values())


@pytest.mark.parametrize("model", MODELS)
def test_every_column_has_a_head_in_dutch(model: Any) -> None:
    """The name that Django makes of a field without one is English."""
    made = {field.name.replace("_", " ").capitalize() for field in model._meta.concrete_fields}
    same_in_both = {"Partner", "Website", "Postcode"}

    assert {column.head for column in fields.columns(model)} & made <= same_in_both


def test_what_is_left_out_exists() -> None:
    known = {f"{m._meta.label_lower}.{f.name}" for m in MODELS for f in m._meta.concrete_fields}

    assert set(fields.LEFT_OUT) <= known


def test_the_table_opens_in_excel_in_belgium(teacher: Client) -> None:
    raw = taken(teacher, "csv", "q=schermlicht").decode()

    assert raw.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(raw.removeprefix("\ufeff")), delimiter=";")
    assert row["Naam"] == "Schermlicht vzw"
    assert row["Gemeente"] == "Gent"
    assert row["Thema’s"] == "mediawijsheid en nieuws"


def test_the_table_of_offers_holds_the_facts_of_the_partner(teacher: Client) -> None:
    raw = taken(teacher, "csv", "toon=aanbod&voor=pupils").decode().removeprefix("\ufeff")

    [row] = csv.DictReader(io.StringIO(raw), delimiter=";")
    assert row["Titel"] == "Wat wil mijn scherm?"
    assert row["Prijs in euro"] == "6,50"
    assert row["Partner: Naam"] == "Schermlicht vzw"


def test_no_cell_is_a_formula(teacher: Client) -> None:
    raw = taken(teacher, "csv", "soort=training-organisation").decode().removeprefix("\ufeff")
    names = {row["Naam"] for row in csv.DictReader(io.StringIO(raw), delimiter=";")}
    book = load_workbook(io.BytesIO(taken(teacher, "xlsx")))

    assert names == {"'=HYPERLINK(1;2)", "Schermlicht vzw"}
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d", "b"}
    assert "=HYPERLINK(1;2)" in {cell.value for cell in cells}


def test_the_workbook_has_a_sheet_for_each_kind_with_every_column(teacher: Client) -> None:
    book = load_workbook(io.BytesIO(taken(teacher, "xlsx", "q=schermlicht")))

    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {
        "Partners": 1, "Aanbod": 2, "Contactpersonen": 1, "Erkenningen": 1,
    }  # fmt: skip
    heads = [cell.value for cell in book["Aanbod"][1]]
    assert heads == [column.head for column in fields.columns(Offer)]


def test_the_data_hold_all_that_was_found_with_its_keys(teacher: Client, databank: Partner) -> None:
    data = json.loads(taken(teacher, "json", "voor=pupils"))

    [partner], [offer], [contact] = data["partners"], data["offers"], data["contacts"]
    assert partner["id"] == databank.pk
    assert (offer["title"], offer["price"], offer["partner_id"]) == (
        "Wat wil mijn scherm?", "6.50", databank.pk,
    )  # fmt: skip
    assert contact["email"] == "onthaal@schermlicht.example"
    assert set(offer) == {column.name for column in fields.columns(Offer)}


def test_the_log_says_who_took_what(teacher: Client, world: World) -> None:
    taken(teacher, "json")

    record = AuditRecord.objects.get(verb="search.taken_along")
    assert (record.actor_id, record.data) == (world.user("teacher").pk, {"kind": "json", "n": 2})


def test_who_only_reads_takes_nothing_along(sign_in: SignIn) -> None:
    council = sign_in("council")

    assert council.post("/zoeken/meenemen/", {"als": "csv"}).status_code == 404
    assert "Neem de resultaten mee" not in council.get("/zoeken/bewaren/?q=a").content.decode()


def test_looking_at_the_address_takes_nothing(teacher: Client) -> None:
    assert teacher.get("/zoeken/meenemen/").status_code == 302
