"""Bodies per school, their own rules, and who sits in them (K5, M5; domain.md 4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.versions import Conflict
from partnerwijzer.councils import actions, kinds, queries, terms
from partnerwijzer.councils.models import CouncilBody, CouncilMember
from partnerwijzer.organisations.models import School
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.councils.conftest import SEPTEMBER, SignIn
from tests.dossiers.pages import form, send, words
from tests.personas import World

BODIES = "/raden/"


def seat(
    body: CouncilBody, actor: Actor, section: str = "parents", **more: object
) -> CouncilMember:
    given = {"name": "Jo", "user": None, "since": SEPTEMBER, "until": None, **more}
    return actions.add_member(body, actor=actor, section=section, **given)  # type: ignore[arg-type]


# Which bodies


def test_the_first_body_is_the_main_one_and_another_can_become_it(
    world: World, head: Actor, body: CouncilBody
) -> None:
    other = actions.make_body(world.school, actor=head, kind="pedagogical-council")
    assert (body.is_main, other.is_main) == (True, False)

    actions.save_body(other, actor=head, version=1, name="Pedagogische raad", is_main=True)

    main = CouncilBody.objects.filter(school=world.school, is_main=True)
    assert [b.pk for b in main] == [other.pk]


def test_an_ended_body_hands_over_and_stays_readable(
    world: World, head: Actor, body: CouncilBody
) -> None:
    other = actions.make_body(world.school, actor=head, kind="parents-council")

    actions.end_body(body, actor=head)

    other.refresh_from_db()
    assert other.is_main
    assert [b.pk for b in queries.bodies(head, world.school, ended=True)] == [body.pk]
    with pytest.raises(actions.Refused):
        actions.end_body(body, actor=head)


@pytest.mark.parametrize(
    ("kind", "usual"),
    [("basis", "school-council"), ("secundair", "school-council"), ("dko", "own-body"),
     ("volwassenen", "own-body")],
)  # fmt: skip
def test_an_academy_has_a_body_of_its_own(kind: str, usual: str, world: World) -> None:
    """domain.md 4: academies are not in the circular's title; bodies are configurable."""
    school = School(kind=kind)

    assert kinds.usual(school).key == usual
    assert kinds.usual(school).verified is (usual == "school-council")


def test_who_does_not_lead_changes_nothing(world: World, head: Actor, body: CouncilBody) -> None:
    for who in ("teacher", "council", "other_head", "board_admin"):
        with pytest.raises(PermissionDenied):
            actions.save_body(body, actor=world.actor(who), version=body.version, name="X",
                              is_main=False)  # fmt: skip
        with pytest.raises(PermissionDenied):
            actions.make_body(world.school, actor=world.actor(who), kind="own-body")

    saved = actions.save_body(body, actor=head, version=body.version, name="X", is_main=False)
    assert saved.name == "X"


def test_two_who_change_the_rules_do_not_lose_words(head: Actor, body: CouncilBody) -> None:
    actions.save_rules(body, actor=head, version=body.version, facts={"waiver": "Eerst"})

    with pytest.raises(Conflict) as lost:
        actions.save_rules(body, actor=head, version=body.version, facts={"waiver": "Tweede"})

    assert lost.value.current.waiver == "Eerst"


# The rules that it made for itself


def test_the_clocks_rest_in_the_holidays_of_its_own_rules_only(body: CouncilBody) -> None:
    """domain.md 4: suspended in the holidays that the huishoudelijk reglement names."""
    inside = body.term(terms.CONSULTATION, date(2026, 12, 10), 21)
    outside = body.term(terms.CONSULTATION, date(2027, 2, 1), 21)

    assert (inside.last, [r.name for r in inside.rests]) == (date(2027, 1, 14), ["kerstvakantie"])
    assert (outside.last, outside.rests) == (date(2027, 2, 22), ())  # carnival is not in its rules


def test_as_long_as_nobody_entered_the_rules_all_long_holidays_rest(
    world: World, head: Actor
) -> None:
    body = actions.make_body(world.school, actor=head, kind="school-council")

    found = body.term(terms.CONSULTATION, date(2027, 2, 1), 21)

    assert not body.rules_known
    assert (found.last, [r.name for r in found.rests]) == (date(2027, 3, 1), ["krokusvakantie"])


def test_a_body_may_have_days_of_its_own(head: Actor, body: CouncilBody) -> None:
    facts = {"consult_days": 14, "answer_days": 45}
    fresh = actions.save_rules(body, actor=head, version=body.version, facts=facts)

    assert fresh.term(terms.CONSULTATION, date(2027, 1, 11), 21).last == date(2027, 1, 25)
    assert fresh.term(terms.ANSWER, date(2027, 1, 11), 30).days == 45


def test_the_days_of_the_framework_are_those_of_the_circular(world: World) -> None:
    """domain.md 4: 21 and 30 calendar days (circular of 16 May 2014)."""
    assert (kinds.days(terms.CONSULTATION), kinds.days(terms.ANSWER)) == (21, 30)


def test_rules_without_their_source_are_not_kept(body: CouncilBody, sign_in: SignIn) -> None:
    address = reverse("councils:rules", args=[body.pk])
    client = sign_in("head")

    wrong = send(client, address, {"waiver": ""}, rules_source="", waiver="Nieuw")
    assert "Fout:" in wrong.content.decode().split("</title>")[0]
    assert form(wrong, waiver="")["waiver"] == "Nieuw"
    client.post(address, {**form(wrong, waiver=""), "rules_source": "Artikel 3"})

    body.refresh_from_db()
    assert (body.rules_source, body.waiver) == ("Artikel 3", "Nieuw")
    assert body.pauses == ["christmas", "easter", "summer"]


# Who sits in it


def test_names_of_pupils_are_kept_nowhere(head: Actor, body: CouncilBody) -> None:
    """K6: no pupil names anywhere in the system."""
    with pytest.raises(actions.Refused, match="Namen van leerlingen"):
        seat(body, head, "pupils", name="Sam")

    assert seat(body, head, "pupils", name="").name == ""
    with pytest.raises(actions.Refused):
        seat(body, head, "parents", name="")


def test_an_account_is_tied_to_a_seat_only_with_the_role(
    world: World, head: Actor, body: CouncilBody
) -> None:
    for who in ("teacher", "other_teacher"):
        with pytest.raises(actions.Refused):
            seat(body, head, user=world.user(who))

    assert seat(body, head, user=world.user("council")).user == world.user("council")


def test_a_mandate_ends_after_it_began(head: Actor, body: CouncilBody) -> None:
    member = seat(body, head)

    with pytest.raises(actions.Refused):
        actions.end_mandate(member, actor=head, until=SEPTEMBER - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilMember.objects.filter(pk=member.pk).update(until=date(2020, 1, 1))
    actions.end_mandate(member, actor=head, until=SEPTEMBER)
    assert not CouncilMember.objects.in_office().filter(pk=member.pk).exists()


def test_sections_that_differ_in_number_are_said(
    world: World, head: Actor, body: CouncilBody, sign_in: SignIn
) -> None:
    """domain.md 4: equal numbers per geleding."""
    seat(body, head, "parents")
    seat(body, head, "staff", name="An")
    address = reverse("councils:body", args=[body.pk])
    assert "niet even groot" not in words(sign_in("teacher").get(address))

    seat(body, head, "parents", name="Bo")

    assert "niet even groot" in words(sign_in("teacher").get(address))


@pytest.mark.parametrize(
    ("kind", "must"),
    [("basis", ["parents", "staff", "local-community"]),
     ("secundair", ["parents", "staff", "local-community", "pupils"]),
     ("buitengewoon", ["parents", "staff", "local-community"])],
)  # fmt: skip
def test_parents_staff_and_community_sit_and_pupils_in_secondary(
    kind: str, must: list[str], db: None
) -> None:
    """domain.md 4: geledingen; pupils in secondary only."""
    body = CouncilBody(school=School(kind=kind), kind="school-council")

    assert list(kinds.seated(body)) == must
    assert kinds.seated(CouncilBody(school=School(kind=kind), kind="own-body")) == ()


def test_a_section_for_which_nobody_sits_is_said(
    head: Actor, body: CouncilBody, sign_in: SignIn
) -> None:
    """domain.md 4: which sections sit."""
    address = reverse("councils:body", args=[body.pk])
    seat(body, head, "parents")
    seat(body, head, "staff", name="An", until=timezone.localdate() - timedelta(days=1))

    before = words(sign_in("teacher").get(address))
    seat(body, head, "staff", name="Bo")
    seat(body, head, "local-community", name="Co")

    assert "Voor personeel en lokale gemeenschap zit er vandaag niemand in." in before
    assert "zit er vandaag niemand in" not in words(sign_in("teacher").get(address))


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2025, 9, 1), date(2029, 8, 31)), (date(2025, 1, 1), date(2028, 12, 31)),
     (date(2024, 2, 29), date(2028, 2, 29))],
)  # fmt: skip
def test_a_mandate_lasts_until_the_day_before_its_anniversary(since: date, until: date) -> None:
    assert terms.mandate_end(since, 4) == until


def test_a_mandate_lasts_four_years_unless_another_day_is_entered(
    body: CouncilBody, sign_in: SignIn
) -> None:
    """domain.md 4: a mandate of four years, as 2025-2029."""
    address, client = reverse("councils:body", args=[body.pk]), sign_in("head")
    assert "Leeg: 4 jaar na het begin." in words(client.get(address))
    typed = {"section": "parents", "since": "2025-09-01"}

    for name, until in (("An", ""), ("Bo", "2026-08-31")):
        page = form(client.get(address), deel="lid")
        client.post(address, {**page, **typed, "name": name, "until": until})

    found = dict(body.members.values_list("name", "until"))
    assert found == {"An": date(2029, 8, 31), "Bo": date(2026, 8, 31)}


def test_a_mandate_that_ends_is_work_until_somebody_follows(
    world: World, head: Actor, body: CouncilBody
) -> None:
    """domain.md 4: a mandate is for a time."""
    today = timezone.localdate()

    def work(who: str) -> list[tuple[str, date | None]]:
        found = tasks_for(world.actor(who))
        return [(task.title, task.due) for task in found if task.key == "mandates"]

    seat(body, head, until=today + timedelta(days=31))
    seat(body, head, "staff", name="An", until=today - timedelta(days=366))
    assert work("head") == []

    gone = today - timedelta(days=3)
    seat(body, head, "staff", name="Bo", until=gone)

    assert work("head") == [("Kijk wie er verder in Schoolraad zit", gone)]
    assert [work(who) for who in ("teacher", "council", "other_head")] == [[], [], []]
    seat(body, head, "staff", name="Co", since=gone)  # begins on the last day of the one before
    assert work("head") == []


def test_one_who_follows_does_not_stand_for_two_who_stop(
    world: World, head: Actor, body: CouncilBody
) -> None:
    """domain.md 4: as many seats for each group."""
    today = timezone.localdate()
    over = today - timedelta(days=3)

    def waits() -> bool:
        return any(task.key == "mandates" for task in tasks_for(world.actor("head")))

    seat(body, head, "parents", name="An", until=over)
    seat(body, head, "parents", name="Bo", until=over)
    seat(body, head, "parents", name="Co", since=today)
    before = waits()
    seat(body, head, "parents", name="Di", since=today - timedelta(days=40))

    assert (before, waits()) == (True, False)


def readable(world: World) -> set[int]:
    rows = CouncilBody.objects.read_by_member(world.actor("council"))
    return set(rows.values_list("pk", flat=True))


def test_a_member_reads_the_bodies_of_today_s_mandate(
    world: World, head: Actor, body: CouncilBody
) -> None:
    other = actions.make_body(world.school, actor=head, kind="parents-council")
    assert readable(world) == {body.pk}  # written down nowhere: the main body

    member = seat(other, head, user=world.user("council"))
    assert readable(world) == {other.pk}

    actions.end_mandate(member, actor=head, until=timezone.localdate() - timedelta(days=1))
    assert readable(world) == set()


# Pages


def test_the_bodies_are_for_staff_and_board(
    world: World, body: CouncilBody, sign_in: SignIn
) -> None:
    address = reverse("councils:body", args=[body.pk])

    found = {
        who: sign_in(who).get(address).status_code
        for who in ("head", "teacher", "board_admin", "council", "other_head", "sister", "adviser")
    }

    assert found == {
        "head": 200, "teacher": 200, "board_admin": 200, "council": 404, "other_head": 404,
        "sister": 404, "adviser": 404,
    }  # fmt: skip


def test_a_school_without_body_is_led_to_one(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    assert "Er staat nog geen raad." in words(client.get(BODIES))
    assert "Voeg een raad toe" not in words(sign_in("teacher").get(BODIES))

    response = send(client, f"{BODIES}nieuw/", {"name": ""})

    made = CouncilBody.objects.get(school=world.school)
    assert response.headers["Location"] == reverse("councils:rules", args=[made.pk])
    assert (made.kind, made.name) == ("school-council", "Schoolraad")


def test_a_wrong_member_is_not_lost(world: World, body: CouncilBody, sign_in: SignIn) -> None:
    address = reverse("councils:body", args=[body.pk])
    client = sign_in("coordinator")
    typed = {**form(client.get(address), deel="lid"), "section": "pupils", "name": "Sam",
             "since": "2025-09-01"}  # fmt: skip

    wrong = client.post(address, typed)

    assert "Namen van leerlingen bewaren we niet" in words(wrong)
    assert form(wrong, deel="lid")["name"] == "Sam"
    client.post(address, {**form(wrong, deel="lid"), "section": "parents"})
    assert body.members.get().name == "Sam"
