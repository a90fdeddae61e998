"""The calendar that a school keeps: pages, actions, and who may (D15)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents.calendar import Event, ics
from partnerwijzer.schooldays import actions, queries
from partnerwijzer.schooldays.models import SchoolDay
from tests.dossiers.pages import form, words
from tests.personas import World
from tests.schooldays.conftest import SignIn

PAGE, READ = "/schoolkalender/", "/schoolkalender/inlezen/"


@pytest.fixture
def day(world: World, head: Actor) -> SchoolDay:
    return actions.add_day(
        world.school, actor=head, first=date(2027, 3, 17), last=None, kind="study", name="Studiedag"
    )


def test_what_the_school_decides_is_its_own(world: World, head: Actor, day: SchoolDay) -> None:
    on = date(2027, 3, 17)

    assert queries.days_of(world.school).clash(on) != ""
    assert queries.days_of(world.other_school).clash(on) == ""


def test_who_does_not_lead_changes_nothing(world: World, head: Actor, day: SchoolDay) -> None:
    for who in ("teacher", "other_head", "board_admin", "council"):
        with pytest.raises(PermissionDenied):
            actions.remove_day(day, actor=world.actor(who))
        with pytest.raises(PermissionDenied):
            actions.save_week(world.school, actor=world.actor(who), version=0, weekdays=[5])

    actions.remove_day(day, actor=head)
    assert not SchoolDay.objects.exists()


def test_a_day_ends_after_it_begins(head: Actor, day: SchoolDay) -> None:
    with pytest.raises(actions.Refused):
        actions.edit_day(
            day, actor=head, version=1, first=date(2027, 3, 18), last=date(2027, 3, 17),
            kind="free", name="X",
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolDay.objects.update(last=date(2027, 3, 1))


def test_two_who_say_the_week_do_not_lose_it(world: World, head: Actor) -> None:
    first = actions.save_week(world.school, actor=head, version=0, weekdays=[2, 5])
    assert first.weekdays == [2, 5]

    with pytest.raises(Conflict):
        actions.save_week(world.school, actor=head, version=0, weekdays=[1])
    with pytest.raises(actions.Refused):
        actions.save_week(world.school, actor=head, version=1, weekdays=[])
    actions.save_week(world.school, actor=head, version=1, weekdays=[6])
    assert queries.days_of(world.school).weekdays == frozenset({6})


def test_the_page_shows_the_year_with_what_is_own(day: SchoolDay, sign_in: SignIn) -> None:
    shown = words(sign_in("teacher").get(PAGE, {"jaar": "2026"}))

    assert "Studiedag 17 maart 2027" in shown
    assert "Kerstvakantie 21 december 2026 – 3 januari 2027" in shown
    assert "Eerste schooldag dinsdag 1 september 2026" in shown
    assert "Zet een dag erbij" not in shown
    assert "Studiedag" not in words(sign_in("other_head").get(PAGE, {"jaar": "2026"}))


@pytest.mark.parametrize("year", ["", "x", "99999", "0001", "²⁰²⁶"])
def test_any_year_in_the_address_is_fine(year: str, world: World, sign_in: SignIn) -> None:
    assert sign_in("teacher").get(PAGE, {"jaar": year}).status_code == 200


def test_a_wrong_day_is_not_lost(world: World, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    typed = {"kind": "free", "name": "Brugdag", "first": "2027-05-07", "last": "2027-05-06"}

    wrong = client.post(PAGE, {**form(client.get(PAGE), deel="dag"), **typed})
    assert "Dit ligt voor de eerste dag." in words(wrong)
    assert form(wrong, deel="dag")["name"] == "Brugdag"
    client.post(PAGE, {**form(wrong, deel="dag"), "last": ""})

    made = SchoolDay.objects.get()
    assert (made.first, made.last) == (date(2027, 5, 7), date(2027, 5, 7))


def test_a_colleague_s_change_is_shown_first(
    world: World, head: Actor, day: SchoolDay, sign_in: SignIn
) -> None:
    client, address = sign_in("coordinator"), f"{PAGE}{day.pk}/"
    typed = {**form(client.get(address), name=""), "name": "Van mij"}
    actions.edit_day(
        day, actor=head, version=1, first=day.first, last=day.last, kind="free", name="Van jou"
    )

    both = client.post(address, typed)

    assert "Van jou" in words(both)
    client.post(address, form(both, name=""))
    day.refresh_from_db()
    assert day.name == "Van mij"


# From a file


def agenda(name: str = "Pedagogische studiedag", day: int = 17) -> SimpleUploadedFile:
    year = queries_year()
    event = Event("u1", name, date(year + 1, 3, day), date(year + 1, 3, day))
    other = Event("u2", "Oudercontact", date(year + 1, 1, 12), date(year + 1, 1, 12))
    content = ics([event, other], stamp=datetime(2026, 9, 1, tzinfo=UTC))
    return SimpleUploadedFile("agenda.ics", content)


def queries_year() -> int:
    from django.utils import timezone

    from partnerwijzer.ui import schoolyear

    return schoolyear.of(timezone.localdate())


def test_a_file_is_looked_at_before_it_is_kept(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")

    look = client.post(READ, {**form(client.get(READ)), "file": agenda()})
    assert not SchoolDay.objects.exists()
    typed = form(look, deel="kies")
    kinds = [typed["rij-0-kind"], typed["rij-1-kind"]]
    assert kinds == ["", "study"]
    client.post(READ, typed)

    kept = SchoolDay.objects.get()
    assert (kept.name, kept.kind) == ("Pedagogische studiedag", "study")


def test_read_again_it_is_replaced_and_not_doubled(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    for name in ("Pedagogische studiedag", "Studiedag taal"):
        look = client.post(READ, {**form(client.get(READ)), "file": agenda(name)})
        client.post(READ, form(look, deel="kies"))

    assert [day.name for day in SchoolDay.objects.all()] == ["Studiedag taal"]


def test_a_wrong_file_says_so(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    wrong = client.post(
        READ, {**form(client.get(READ)), "file": SimpleUploadedFile("x.ics", b"hallo")}
    )

    assert "Dit is geen agendabestand" in words(wrong)
    assert sign_in("teacher").get(READ).status_code == 404


def test_a_line_that_is_wrong_comes_back(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    look = client.post(READ, {**form(client.get(READ)), "file": agenda()})

    wrong = client.post(READ, {**form(look, deel="kies"), "rij-1-first": "morgen"})

    assert "Fout:" in wrong.content.decode().split("</title>")[0]
    assert not SchoolDay.objects.exists()


def looked_at(client: Client, day: int) -> HttpResponse:
    return client.post(READ, {**form(client.get(READ)), "file": agenda(day=day)})


def test_a_study_day_that_moved_is_replaced_and_shown_first(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    client.post(READ, form(looked_at(client, 17), deel="kies"))

    look = looked_at(client, 24)
    client.post(READ, form(look, deel="kies"))

    day = SchoolDay.objects.get()
    assert "Nu in jullie kalender: ‘Pedagogische studiedag’, 17 maart" in words(look)
    assert (day.first.day, day.last.day, day.version) == (24, 24, 2)


def test_a_day_that_a_colleague_mends_meanwhile_is_not_overwritten_in_silence(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("head")
    client.post(READ, form(looked_at(client, 17), deel="kies"))
    look = looked_at(client, 24)
    day = SchoolDay.objects.get()
    actions.edit_day(
        day, actor=world.actor("head"), version=1, first=day.first, last=day.last, kind="study",
        name="Van jou",
    )  # fmt: skip

    told = client.post(READ, form(look, deel="kies"))

    assert "Een collega paste dit intussen aan" in words(told)
    assert "‘Van jou’" in words(told)
    assert SchoolDay.objects.get().name == "Van jou"
    client.post(READ, form(told, deel="kies"))
    assert SchoolDay.objects.get().first.day == 24
