"""Who has an open dossier is told what happens to its partner, and what the umbrella warns of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Partner, RegisterChange
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story

NEWS = "Het register meldt iets nieuws over Schermlicht vzw."
WARNING = "Let op met Schermlicht vzw."


@pytest.fixture
def warned(partner: Partner, story: Story) -> Partner:
    """The register changed, and the umbrella warns."""
    RegisterChange.objects.create(
        partner=partner, kind="bankrupt", after="Failliet", snapshot_date=date(2026, 2, 3)
    )
    partners.mark_partner(
        partner,
        actor=story.world.actor("umbrella_admin"),
        kind="attention",
        reason="Vraag naar hun verzekering.",
        since=date(2026, 1, 1),
    )
    return partner


def page(sign_in: SignIn, who: str, dossier: Dossier) -> str:
    return words(sign_in(who).get(f"/dossiers/{dossier.pk}/"))


@pytest.mark.parametrize("who", ["head", "teacher", "board_admin"])
def test_all_who_read_an_open_dossier_are_told(
    who: str, warned: Partner, opened: Dossier, sign_in: SignIn
) -> None:
    told = page(sign_in, who, opened)

    assert f"{WARNING} Vraag naar hun verzekering." in told
    assert f"{NEWS} Failliet (register van 3 februari 2026)" in told


def test_a_dossier_that_stopped_tells_nothing(
    warned: Partner, opened: Dossier, sign_in: SignIn, story: Story
) -> None:
    basics.stop_dossier(opened, actor=story.head, reason="Geen tijd.")

    told = page(sign_in, "head", opened)

    assert WARNING not in told
    assert NEWS not in told


def test_what_somebody_else_looked_at_stays_in_a_dossier_that_was_open_then(
    warned: Partner, opened: Dossier, sign_in: SignIn, story: Story
) -> None:
    partners.settle_register_changes(warned, actor=story.world.actor("other_head"))
    assert NEWS in page(sign_in, "teacher", opened)

    RegisterChange.objects.update(found_at=timezone.now() - timedelta(days=30))
    assert NEWS not in page(sign_in, "teacher", opened)


def test_a_dossier_without_warnings_shows_none(opened: Dossier, sign_in: SignIn) -> None:
    told = page(sign_in, "teacher", opened)

    assert "Lees dit eerst" not in told
