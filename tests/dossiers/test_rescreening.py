"""A screening belongs to this partner: with another one each answer is looked at anew (K4)."""

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import basics, lending
from partnerwijzer.dossiers.models import Assessment, Dossier, SharedScreening, Status
from partnerwijzer.partners.models import Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.dossiers.walked import fresh

FITS = "fits-age"


def remove(story: Story, dossier: Dossier) -> None:
    basics.remove_partner(fresh(dossier), actor=story.teacher, row=dossier.partners.get())


def add(story: Story, dossier: Dossier, partner: Partner) -> None:
    basics.add_partner(fresh(dossier), actor=story.teacher, partner=partner)


def found(dossier: Dossier) -> dict[str, tuple[str, str, str]]:
    """What was found in the first step."""
    content = casework.content(dossier)
    rows = Assessment.objects.filter(dossier=dossier).exclude(judgement="")
    return {
        r.criterion: (r.status, r.judgement, r.argument)
        for r in rows
        if content.framework.criterion[r.criterion].step == "know-partner"
    }


@pytest.fixture
def other(story: Story) -> Partner:
    return story.make_partner("Spaarwijs cv")


def test_with_another_partner_what_was_found_waits_for_a_look(
    story: Story, screened: Dossier, partner: Partner, other: Partner
) -> None:
    before = found(screened)
    assert casework.before_yes(fresh(screened)) == []

    remove(story, screened)
    add(story, screened, other)

    after = found(screened)
    assert {s for s, _j, _a in after.values()} == {Status.BUSY}
    assert {k: v[1:] for k, v in after.items()} == {k: v[1:] for k, v in before.items()}
    (row,) = [r for r in casework.asked_of(fresh(screened)) if r.criterion.key == FITS]
    assert row.origin.startswith(f"Gevonden over {partner.name}, op ")
    assert row.origin.endswith(": kijk na.")
    assert f"Nog niet klaar: {row.criterion.question}" in [
        r.words for r in casework.before_yes(fresh(screened))
    ]


def test_a_second_partner_was_not_looked_at_either(
    story: Story, screened: Dossier, other: Partner
) -> None:
    add(story, screened, other)

    assert {s for s, _j, _a in found(screened).values()} == {Status.BUSY}


def test_with_the_same_partners_back_all_counts_again(
    story: Story, screened: Dossier, other: Partner
) -> None:
    """But for what was looked at in between: that was found about both."""
    before = found(screened)
    add(story, screened, other)
    story.judge(screened, FITS, "partly")

    basics.remove_partner(
        fresh(screened), actor=story.teacher, row=screened.partners.get(partner=other)
    )

    after = found(screened)
    assert after.pop(FITS)[:2] == (Status.BUSY, "partly")
    assert after == {k: v for k, v in before.items() if k != FITS}


def test_another_offer_of_the_same_partner_changes_nothing(
    story: Story, screened: Dossier, partner: Partner
) -> None:
    before = found(screened)
    add(story, screened, partner)
    assert found(screened) == before


def test_what_was_shared_about_one_partner_does_not_show_at_another(
    story: Story, screened: Dossier, other: Partner
) -> None:
    shared = lending.share_screening(fresh(screened), actor=story.head, keys=[FITS])

    add(story, screened, other)

    again = SharedScreening.objects.get(pk=shared.pk)
    assert (again.data, again.withdrawn_at is None) == ({}, False)


def test_it_is_said_before_and_after(
    story: Story, screened: Dossier, other: Partner, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    facts = reverse("dossiers:facts", args=[screened.pk])
    row, count = screened.partners.get(), len(found(screened))
    said = "Een gedeelde screening wordt ingetrokken."
    assert said in words(client.get(facts))
    assert said in words(client.get(reverse("dossiers:pick_partner", args=[screened.pk])))

    page = words(client.post(facts, {"deel": "partner-weg", "rij": row.pk}, follow=True))

    assert f"{count} antwoorden van stap 1 gingen over een andere partner." in page
    criterion = reverse("dossiers:criterion", args=[screened.pk, FITS])
    assert "De partner van dit dossier veranderde sindsdien." in words(client.get(criterion))
