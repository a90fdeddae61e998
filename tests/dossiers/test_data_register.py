"""The register of data of a school: what each partner does with it (K6)."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from partnerwijzer.dossiers import drafting
from partnerwijzer.dossiers.actions import walking
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import registering
from partnerwijzer.partners.models import Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story


def test_the_register_says_what_each_partner_does_with_data(
    story: Story, screened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    """domain.md 7.1: processor and recipient belong in the register of the school."""
    dossier = story.situation(screened, pupil_data=True)
    story.walk(dossier, "data-role", "individual", "no", "school", partner=partner)
    story.draft(dossier, **{"pupil-data-exception.data_kinds": "=voornamen"})
    client = sign_in("head")

    page = words(client.get("/dossiers/gegevens/"))
    table = client.get("/dossiers/gegevens/csv/").content.decode("utf-8-sig")

    assert "Verwerker, in opdracht van de school" in page
    assert "Nog na te gaan" in page  # of the dossier that was just opened
    line = next(row for row in table.splitlines() if row.startswith(dossier.title))
    assert ";verwerker, in opdracht van de school;'=voornamen;" in line


def test_the_register_is_a_workbook_with_what_an_inspector_asks(
    story: Story, screened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    """domain.md 7.1: the board answers; whose data, what for, how long, what was agreed."""
    dossier = story.situation(screened, pupil_data=True)
    run = story.walk(dossier, "data-role", "individual", "no", "school", partner=partner)
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)  # half past twelve at night in Brussels
    type(run).objects.filter(pk=run.pk).update(walked_at=late)
    version = story.agree(dossier)
    days = {"valid_from": date(2026, 3, 1), "valid_until": date(2026, 6, 30)}
    type(version).objects.filter(pk=version.pk).update(**days)
    client = sign_in("head")
    file = io.BytesIO(client.get("/dossiers/gegevens/xlsx/", {"rol": "processor"}).content)

    heads, *rows = load_workbook(file).active.iter_rows(values_only=True)  # type: ignore[union-attr]

    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [one["Samenwerking"] for one in told] == [dossier.title]
    assert told[0]["Rol"] == "verwerker, in opdracht van de school"
    assert told[0]["Verwerkingsverantwoordelijke"] == story.world.board.name
    assert told[0]["Van wie zijn de gegevens"].startswith("leerlingen: ")
    assert told[0]["Nagekeken op"].date() == date(2026, 3, 10)
    assert [told[0][key].date() for key in ("Vanaf", "Tot en met")] == list(days.values())
    assert told[0]["Nagekeken door"] == str(story.world.user("coordinator"))


def test_of_a_processor_the_day_of_its_agreement_stands_in_register_and_clause(
    story: Story, screened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    """domain.md 7.1: a processor: art. 28 AVG, a processing agreement is mandatory."""
    dossier = story.situation(screened, pupil_data=True)
    run = story.walk(dossier, "data-role", "individual", "no", "school", partner=partner)
    assert "Noteer nog de datum" in words(sign_in("head").get(f"/dossiers/{dossier.pk}/"))
    walking.note_day(run, actor=story.teacher, version=run.version, on=date(2026, 9, 3))
    fresh = Dossier.objects.get(pk=dossier.pk)

    known = drafting.known_fields(fresh, partner)
    [line] = [x for x in registering.lines(story.head, text=dossier.title, role="processor")]

    assert known["pupil-data-exception.processing_date"] == "2026-09-03"
    assert (line.signed_on, line.basis) == (date(2026, 9, 3), "")


def test_of_a_recipient_the_lawful_reason_stands_in_the_register(
    story: Story, screened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    """domain.md 7.1: a recipient answers for itself; the school needs a lawful reason to share."""
    dossier = story.situation(screened, pupil_data=True)
    story.walk(dossier, "data-role", "individual", "no", "partner", partner=partner)
    said = {
        "data_kinds": "voornamen",
        "data_basis": "ouders stemden in",
        "data_delete": "2027-06-30",
    }
    story.draft(dossier, **{f"pupil-data-exception.{k}": v for k, v in said.items()})

    page = words(sign_in("head").get("/dossiers/gegevens/"))

    assert "mag, omdat ouders stemden in" in page
    assert "gewist op 30 juni 2027" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [({"rol": "processor"}, True), ({"rol": "recipient"}, False), ({"q": "xyz"}, False),
     ({"rol": "onzin"}, True)],
)  # fmt: skip
def test_the_address_narrows_the_register(
    query: dict[str, str], shown: bool, story: Story, screened: Dossier, partner: Partner,
    sign_in: SignIn,
) -> None:  # fmt: skip
    story.walk(screened, "data-role", "individual", "no", "school", partner=partner)
    client = sign_in("head")

    page = words(client.get("/dossiers/gegevens/", query))
    table = client.get("/dossiers/gegevens/csv/", query).content.decode()

    assert (screened.title in page, screened.title in table) == (shown, shown)


def test_another_school_sees_nothing_of_it(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("other_head")

    assert screened.title not in words(client.get("/dossiers/gegevens/"))
    assert screened.title not in client.get("/dossiers/gegevens/csv/").content.decode()
    file = io.BytesIO(client.get("/dossiers/gegevens/xlsx/").content)
    assert screened.title not in str(list(load_workbook(file).active.values))  # type: ignore[union-attr]
