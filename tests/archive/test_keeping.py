"""Issue 4, item 24: retention periods per kind of data, and who says them."""

import pytest
from django.core.exceptions import PermissionDenied

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind, Period
from partnerwijzer.audit.log import history
from partnerwijzer.dossiers.models import Dossier
from tests.archive.conftest import SignIn
from tests.archive.ended import keep, run_all, told
from tests.personas import World


def test_without_a_period_nothing_goes(closed: Dossier, world: World) -> None:
    assert told(world.school) == []
    with pytest.raises(keeping.NotAsRead):
        run_all(world.school)


def test_from_a_dossier_that_runs_nothing_goes(closed: Dossier, world: World, head: Actor) -> None:
    keep(world.school, head, DataKind.REMARKS, 1)
    assert told(world.school) == [("remarks", 2, "")]
    Dossier.objects.update(state="open", closed_at=None)
    assert told(world.school) == []


def test_the_period_of_the_school_goes_before_that_of_the_umbrella(
    closed: Dossier, world: World, head: Actor
) -> None:
    keep(world.umbrella, world.actor("umbrella_admin"), DataKind.REMARKS, 1)
    assert told(world.school) == [("remarks", 2, "")]
    keep(world.school, head, DataKind.REMARKS, 600)
    assert told(world.school) == []
    keep(world.school, head, DataKind.REMARKS, 1)
    assert told(world.school) == [("remarks", 2, "")]


def test_a_school_that_says_never_keeps_it_also_where_the_umbrella_has_a_period(
    closed: Dossier, world: World, head: Actor, sign_in: SignIn
) -> None:
    keep(world.umbrella, world.actor("umbrella_admin"), DataKind.REMARKS, 1)
    keep(world.school, head, DataKind.REMARKS, 0)
    assert told(world.school) == []
    told_of = history(world.school, verbs={"archive.period_entered"})[0].sentence
    assert "opmerkingen tussen collega’s: gaat nooit weg" in told_of
    assert "nooit: blijft bewaard" in sign_in("head").get("/bewaren/").text


def test_a_school_takes_its_never_back_and_follows_the_umbrella_again(
    closed: Dossier, world: World, head: Actor, sign_in: SignIn
) -> None:
    keep(world.umbrella, world.actor("umbrella_admin"), DataKind.REMARKS, 1)
    keep(world.school, head, DataKind.REMARKS, 0)
    client = sign_in("head")
    page = client.get("/bewaren/").text
    assert "Volg weer de koepel" in page
    read = Period.objects.get(school=world.school).version

    client.post("/bewaren/", {"weg": f"remarks:{read}"})

    assert told(world.school) == [("remarks", 2, "")]
    assert list(Period.objects.values_list("umbrella", flat=True)) == [world.umbrella.pk]
    (line,) = history(world.school, verbs={"archive.period_withdrawn"})
    assert "opmerkingen tussen collega’s" in line.sentence


@pytest.mark.parametrize("who", ["head", "umbrella_admin", "teacher", "board_admin"])
def test_what_changed_since_is_not_withdrawn_nor_is_that_of_another(
    who: str, world: World, head: Actor, sign_in: SignIn
) -> None:
    keep(world.school, head, DataKind.REMARKS, 12)
    read = Period.objects.get().version
    keep(world.school, head, DataKind.REMARKS, 24)

    sign_in(who).post("/bewaren/", {"weg": f"remarks:{read}"})
    sign_in(who).post("/bewaren/", {"weg": "remarks"})

    assert Period.objects.get().months == 24


@pytest.mark.parametrize("before", [0, 12])
def test_of_two_who_say_how_long_the_last_is_told_and_keeps_what_was_typed(
    before: int, world: World, head: Actor, sign_in: SignIn
) -> None:
    if before:
        keep(world.school, head, DataKind.REMARKS, before)
    client = sign_in("head")
    read = client.get("/bewaren/").context["read"]
    keep(world.school, head, DataKind.REMARKS, 24)
    sent = {
        "kind": "remarks", "months": "36", "source": "Van mij", "read_on": "2026-01-01",
        "gelezen": read,
    }  # fmt: skip
    page = client.post("/bewaren/", sent)
    assert "Iemand paste dit intussen aan." in page.text
    assert "Van mij" in page.text
    assert Period.objects.get().months == 24
    again = client.post("/bewaren/", sent | {"gelezen": page.context["read"]})
    assert again.status_code == 302
    assert Period.objects.get().months == 36


@pytest.mark.parametrize("who", ["teacher", "coordinator", "other_head", "umbrella_admin"])
def test_only_the_head_says_how_long_for_a_school_and_has_things_removed(
    who: str, closed: Dossier, world: World
) -> None:
    with pytest.raises(PermissionDenied):
        keep(world.school, world.actor(who), DataKind.REMARKS, 1)
    with pytest.raises(PermissionDenied):
        keeping.start_run(world.school, actor=world.actor(who), fingerprint="")
    assert not Period.objects.exists()


@pytest.mark.parametrize(
    ("who", "periods", "clear_out"),
    [
        ("teacher", 200, 404), ("head", 200, 200), ("board_admin", 200, 404),
        ("umbrella_admin", 200, 404), ("adviser", 404, 404), ("council", 404, 404),
        ("other_head", 200, 200),
    ],
)  # fmt: skip
def test_who_sees_the_periods_and_who_the_button(
    who: str, periods: int, clear_out: int, closed: Dossier, sign_in: SignIn
) -> None:
    client = sign_in(who)
    found = client.get("/bewaren/"), client.get("/bewaren/opruimen/")
    assert [page.status_code for page in found] == [periods, clear_out]
    assert closed.title not in found[1].text
