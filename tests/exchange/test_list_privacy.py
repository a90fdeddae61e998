"""A list passes the guard that typed texts pass too: asked about, or refused by row (K6)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnerwijzer.exchange import guarding, waiting
from partnerwijzer.exchange.actions import uitdatabank
from partnerwijzer.exchange.columns import layout
from partnerwijzer.exchange.models import ListRow, PartnerList
from partnerwijzer.partners.models import Partner
from partnerwijzer.privacy.detecting import Kind
from partnerwijzer.privacy.models import Allowed
from partnerwijzer.privacy.wording import NAMES
from tests.dossiers.test_privacy_guard import sealed
from tests.exchange.conftest import ROW, Bring, table
from tests.exchange.uit import organiser
from tests.exchange.workbooks import xlsx
from tests.partners.conftest import SignIn
from tests.partners.pages import text_of
from tests.personas import World

NUMBER = "90.05.15-003.17"
HEALTH = "Emma Peeters heeft ADHD en gaat mee."
HEADS = ("Organisatie", "Gemeente", "Wat doen ze", "Contactpersoon", "E-mail")
BIB = ("Bib Veerdegem", "Veerdegem", "leest voor", "Noor Claes", "bib@veerdegem.example")
PUPILS = [
    "Emma Peeters",
    "Noor Claes",
    "Lucas Maes",
    "Louise Jacobs",
    "Arthur Willems",
    "Marie Goossens",
]


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("coordinator")


def choose(client: Client, *rows: Any, heads: Any = HEADS, **more: str) -> Any:
    file = SimpleUploadedFile("lijst.xlsx", xlsx(Partners=[heads, *rows]))
    return client.post(reverse("exchange:lists"), {"file": file, **more})


def with_text(text: str, name: str = "Museum De Klok") -> tuple[str, ...]:
    return (name, "Veerdegem", text, "", "")


def test_what_looks_like_data_of_a_pupil_is_asked_about_before_a_row_is_kept(
    client: Client,
) -> None:
    asked = choose(client, BIB, with_text(HEALTH))

    assert asked.status_code == 422
    assert "Rij 3: Emma Peeters heeft ADHD" in text_of(asked)
    assert not PartnerList.objects.exists()

    fields = sealed(asked.content)
    fields.pop("file", None)  # the file itself waited
    fields |= {"toch_bewaren": "1", "reden_toch": "verzonnen"}
    kept = client.post(reverse("exchange:lists"), fields)

    assert kept.status_code == 302
    assert Allowed.objects.get().kinds == ["health"]
    assert ListRow.objects.get(line=3).cells[2] == HEALTH


def test_a_yes_does_not_hold_for_a_list_with_more_in_it(client: Client) -> None:
    fields = sealed(choose(client, with_text(HEALTH)).content)
    fields.pop("file", None)
    more = with_text("Lars Maes heeft dyslexie.", "Bib")

    again = choose(
        client, with_text(HEALTH), more, **fields | {"toch_bewaren": "1", "reden_toch": "x"}
    )

    assert again.status_code == 422
    assert not PartnerList.objects.exists()


def test_each_kind_that_is_asked_about_shows_a_few_and_all_the_rest(client: Client) -> None:
    """One yes is for all of it: nothing of it may stay unseen."""
    many = [with_text(HEALTH, f"Museum {n}") for n in range(9)]
    asked = choose(client, *many, with_text("Lars Maes, geboren 04/05/2015", "Bib"))

    (health, few, rest), (birth, *found) = asked.context["in_file"]
    assert (health, birth) == (NAMES[Kind.HEALTH], NAMES[Kind.BIRTH_DATE])
    assert (len(few), {f"Rij {n}: {HEALTH}"[:20] for n in range(2, 11)}) == (
        4, {words[:20] for words in [*few, *rest] if words.startswith("Rij")},
    )  # fmt: skip
    assert found[0][0].startswith("Rij 11: ")
    text = text_of(asked)
    assert f"en nog {len(rest)}" in text
    assert rest[0] in text


def test_what_may_never_be_stored_is_taken_out_and_its_row_refused(bring: Bring) -> None:
    made = bring(BIB, with_text(f"bel {NUMBER}"), heads=HEADS, choice="skip")

    rows = list(made.rows.values_list("line", "outcome", "withheld", "problems"))
    told = "Hier staat een rijksregisternummer in. Dat bewaren we nooit."
    assert rows == [(2, "made", [], []), (3, "refused", ["national-number"], [told])]
    assert NUMBER not in str(list(ListRow.objects.values()))
    assert [p.name for p in Partner.objects.all()] == ["Bib Veerdegem"]


def test_the_name_of_a_column_is_no_way_round_what_may_never_be_stored(
    client: Client, bring: Bring
) -> None:
    choose(client, BIB, heads=(*HEADS[:2], f"bel {NUMBER}", *HEADS[3:]))
    made = PartnerList.objects.get()
    bring(BIB, heads=HEADS)

    assert made.heads == [*HEADS[:2], "3", *HEADS[3:]]
    assert PartnerList.objects.latest("pk").heads == list(HEADS)


def test_the_name_of_a_column_is_asked_about(client: Client) -> None:
    asked = choose(client, BIB, heads=(*HEADS[:2], HEALTH, *HEADS[3:]))

    assert asked.status_code == 422
    assert "Naam van een kolom: Emma Peeters heeft ADHD" in text_of(asked)
    assert not PartnerList.objects.exists()


def test_what_only_the_cells_together_say_empties_the_row() -> None:
    found = layout(
        table(BIB, ("De Klok", "", "uittreksel strafregister van Jan:", "nihil"), heads=HEADS)
    )

    safe = guarding.guarded(found)

    assert safe.withheld == {3: ["criminal-record"]}
    assert set(safe.layout.lines[1].cells) == {""}


@pytest.mark.parametrize(("head", "asked"), [("Organisatie", True), ("Contactpersoon", False)])
def test_a_column_of_names_is_a_class_list_unless_it_holds_the_contacts(
    head: str, asked: bool, client: Client
) -> None:
    heads, at = ("Organisatie", "Contactpersoon", "E-mail"), ("Organisatie", "Contactpersoon")
    rows = []
    for n, name in enumerate(PUPILS):
        cells = [f"Bib {n} Veerdegem", "", f"bib{n}@veerdegem.example"]
        cells[at.index(head)] = name
        rows.append(cells)

    answer = choose(client, *rows, heads=heads)

    assert (answer.status_code == 422) is asked
    assert PartnerList.objects.exists() is not asked


def test_a_column_of_contacts_that_becomes_something_else_is_asked_about(
    client: Client, bring: Bring
) -> None:
    rows = [(f"Bib {n}", "Veerdegem", "", name, "") for n, name in enumerate(PUPILS)]
    found = bring(*rows, heads=HEADS)
    said = {"version": found.version, "default_kind": "library", "column0": "name"}

    answer = client.post(
        reverse("exchange:columns", args=[found.pk]), said | {"column3": "regions"}
    )

    assert answer.status_code == 422
    assert "een lijst met namen" in text_of(answer)
    found.refresh_from_db()
    assert found.fields[3] == "contact_name"


@pytest.mark.parametrize("other", [HEALTH, NUMBER])
def test_a_file_does_not_wait_here_with_such_data_on_another_sheet(
    other: str, client: Client
) -> None:
    file = xlsx(Partners=[HEADS, BIB], Kinderen=[("naam", "nota"), ("x", other)])

    client.post(reverse("exchange:lists"), {"file": SimpleUploadedFile("a.xlsx", file)})

    assert PartnerList.objects.get().file == ""
    assert list(waiting._folder().iterdir()) == []


def test_an_organiser_of_elsewhere_with_such_a_number_is_refused_in_the_report(
    world: World,
) -> None:
    item = organiser(name={"nl": f"Huis {NUMBER}"})

    report = uitdatabank.bring_in([item], actor=world.actor("umbrella_admin"), everything=True)

    assert (report.refused, Partner.objects.count()) == (1, 0)
    assert NUMBER not in report.reasons[0]


def test_an_ordinary_list_is_not_asked_about(client: Client) -> None:
    assert choose(client, BIB, ROW).status_code == 302


def test_the_names_of_sheets_pass_the_guard_too(client: Client) -> None:
    sheets = {"Emma heeft ADHD": [HEADS, BIB], NUMBER: [HEADS, BIB]}
    file = SimpleUploadedFile("lijst.xlsx", xlsx(**sheets))
    asked = client.post(reverse("exchange:lists"), {"file": file})
    before = PartnerList.objects.exists()
    file.seek(0)
    keep = {**sealed(asked.content), "toch_bewaren": "1", "reden_toch": "Een personage."}

    client.post(reverse("exchange:lists"), {**keep, "file": file})

    made = PartnerList.objects.get()
    assert (asked.status_code, before) == (422, False)
    assert "Naam van een blad: Emma heeft ADHD" in text_of(asked)
    assert (made.sheet, made.other_sheets) == ("Emma heeft ADHD", [])
