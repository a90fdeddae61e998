"""A screening belongs to this partner: with another one each answer is looked at anew (K4)."""

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import basics, deciding, lending, second
from partnerwijzer.dossiers.models import (
    Assessment,
    Dossier,
    SecondReading,
    SharedScreening,
    Status,
)
from partnerwijzer.dossiers.queries import second as seconds
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
    """What was found in the first two steps."""
    content = casework.content(dossier)
    rows = Assessment.objects.filter(dossier=dossier).exclude(judgement="")
    return {
        r.criterion: (r.status, r.judgement, r.argument)
        for r in rows
        if content.framework.criterion[r.criterion].step in ("know-partner", "hear-others")
        and not content.framework.criterion[r.criterion].about_school
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

    assert f"{count} antwoorden van stap 1 en 2 gingen over een andere partner." in page
    criterion = reverse("dossiers:criterion", args=[screened.pk, FITS])
    assert "De partner van dit dossier veranderde sindsdien." in words(client.get(criterion))


# What a second reader found


def read(story: Story, dossier: Dossier, judgement: str, argument: str) -> SecondReading:
    row = SecondReading.objects.get(dossier=dossier, criterion=FITS)
    actor = story.world.actor("teacher2")
    second.read_second(row, actor=actor, judgement=judgement, argument=argument)
    return SecondReading.objects.get(pk=row.pk)


def settle(story: Story, dossier: Dossier) -> None:
    row = SecondReading.objects.get(dossier=dossier, criterion=FITS)
    version = Assessment.objects.get(dossier=dossier, criterion=FITS).version
    given = {"judgement": "in-order", "argument": "Met kortere tekst.", "version": version}
    second.settle(row, actor=story.teacher, **given)


def test_the_same_second_reader_is_asked_again_and_nothing_is_lost(
    story: Story, screened: Dossier, partner: Partner, other: Partner, sign_in: SignIn
) -> None:
    story.second(screened, FITS)
    read(story, screened, "not-in-order", "Te moeilijk voor hen")
    settle(story, screened)
    reader = story.world.actor("teacher2")
    assert not seconds.waiting(reader).exists()

    remove(story, screened)
    add(story, screened, other)

    (waits,) = seconds.waiting(reader)
    assert (waits.criterion, waits.judgement, waits.settled_at) == (FITS, "", None)
    assert [r.criterion.key for r in casework.asked_of(fresh(screened)) if r.two_to_talk] == [FITS]
    page = words(sign_in("teacher").get(reverse("dossiers:criterion", args=[screened.pk, FITS])))
    assert f"Tweede lezer Teacher2, over {partner.name}, op " in page
    assert "Te moeilijk voor hen Eerste lezer: in orde." in page
    address = reverse("dossiers:second_read", args=[screened.pk, FITS])
    form = words(sign_in("teacher2").get(address))
    assert "Te moeilijk voor hen" in form
    assert "Met kortere tekst." not in form  # read alone once more

    read(story, screened, "in-order", "Nu wel")

    page = words(sign_in("teacher").get(reverse("dossiers:criterion", args=[screened.pk, FITS])))
    assert "Te moeilijk voor hen" in page
    assert "Nu wel" in page


def test_what_was_read_before_stays_when_nobody_reads_along_any_more(
    story: Story, screened: Dossier, other: Partner, sign_in: SignIn
) -> None:
    story.second(screened, FITS)
    read(story, screened, "partly", "Zo zag ik het")
    add(story, screened, other)

    row = SecondReading.objects.get(dossier=screened, criterion=FITS)
    second.withdraw_second_reader(row, actor=story.coordinator)

    page = words(sign_in("teacher").get(reverse("dossiers:criterion", args=[screened.pk, FITS])))
    assert "Zo zag ik het" in page


def test_another_who_reads_alone_sees_nothing_of_those_before(
    story: Story, screened: Dossier, other: Partner, sign_in: SignIn
) -> None:
    story.second(screened, FITS)
    read(story, screened, "partly", "Zo zag ik het")
    add(story, screened, other)

    story.second(screened, FITS, who="head")

    for name in ("criterion", "second_read"):
        page = words(sign_in("head").get(reverse(f"dossiers:{name}", args=[screened.pk, FITS])))
        assert "Zo zag ik het" not in page
    page = words(sign_in("teacher").get(reverse("dossiers:criterion", args=[screened.pk, FITS])))
    assert "Zo zag ik het" in page


def test_with_the_same_partners_back_the_second_reading_counts_again(
    story: Story, screened: Dossier, other: Partner
) -> None:
    story.second(screened, FITS)
    read(story, screened, "not-in-order", "Te moeilijk")
    settle(story, screened)
    assert deciding.obstacles(fresh(screened)) == []
    before = SecondReading.objects.values().get(dossier=screened)
    add(story, screened, other)

    basics.remove_partner(
        fresh(screened), actor=story.teacher, row=screened.partners.get(partner=other)
    )

    after = SecondReading.objects.values().get(dossier=screened)
    assert after == {**before, "asked_at": after["asked_at"]}
    assert Assessment.objects.get(dossier=screened, criterion=FITS).readings_before == []
    assert deciding.obstacles(fresh(screened)) == []


def test_it_counts_again_too_where_the_others_were_read_meanwhile(
    story: Story, screened: Dossier, partner: Partner, other: Partner
) -> None:
    story.second(screened, FITS)
    before = read(story, screened, "not-in-order", "Te moeilijk")
    add(story, screened, other)
    read(story, screened, "in-order", "Met hen erbij wel")

    basics.remove_partner(
        fresh(screened), actor=story.teacher, row=screened.partners.get(partner=other)
    )

    after = SecondReading.objects.get(dossier=screened)
    assert (after.argument, after.read_at) == ("Te moeilijk", before.read_at)
    (kept,) = Assessment.objects.get(dossier=screened, criterion=FITS).readings_before
    assert set(kept["partners"]) == {partner.pk, other.pk}


def test_who_reads_again_starts_from_what_they_found_about_these_partners(
    story: Story, screened: Dossier, other: Partner, sign_in: SignIn
) -> None:
    story.second(screened, FITS)
    read(story, screened, "not-in-order", "Te moeilijk")
    add(story, screened, other)
    story.judge(screened, FITS, "partly")
    read(story, screened, "in-order", "Met hen erbij wel")
    basics.remove_partner(
        fresh(screened), actor=story.teacher, row=screened.partners.get(partner=other)
    )

    page = sign_in("teacher2").get(reverse("dossiers:second_read", args=[screened.pk, FITS]))

    assert page.context["form"].initial["argument"] == "Te moeilijk"


def test_a_first_answer_given_anew_is_not_the_one_that_was_settled(
    story: Story, screened: Dossier, other: Partner
) -> None:
    story.second(screened, FITS)
    read(story, screened, "not-in-order", "Te moeilijk")
    settle(story, screened)
    add(story, screened, other)
    story.judge(screened, FITS, "partly")

    basics.remove_partner(
        fresh(screened), actor=story.teacher, row=screened.partners.get(partner=other)
    )

    assert SecondReading.objects.get(dossier=screened).read_at is None


def test_a_reading_that_is_not_there_yet_is_about_the_partners_of_now(
    story: Story, screened: Dossier, other: Partner
) -> None:
    asked = story.second(screened, FITS)
    add(story, screened, other)
    row = SecondReading.objects.get(pk=asked.pk)
    assert (row.reader, row.blind, row.read_at) == (asked.reader, True, None)


# Before there was a partner


def test_what_was_answered_before_the_first_partner_says_so(
    story: Story, opened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    opened.partners.all().delete()
    story.judge(opened, FITS, "partly", argument="Voor elke leeftijd")
    story.judge(opened, "place-in-lessons", "partly", argument="Na de les over buurten")
    client = sign_in("teacher")
    facts = reverse("dossiers:facts", args=[opened.pk])

    page = words(client.post(facts, {"deel": "partner", "partner": partner.pk}, follow=True))

    assert "1 antwoord van stap 1 en 2 gaven jullie voor de partner gekozen was." in page
    rows = {r.criterion.key: r for r in casework.asked_of(fresh(opened))}
    assert rows[FITS].assessment.status == Status.BUSY
    assert rows[FITS].origin.startswith("Beantwoord voor de partner gekozen was, op ")
    assert Assessment.objects.get(dossier=opened, criterion="place-in-lessons").origin == {}
    at = words(client.get(reverse("dossiers:criterion", args=[opened.pk, FITS])))
    assert "Toen was nog niet gekozen met wie." in at


def test_what_is_about_the_school_holds_whoever_the_partner_is(
    story: Story, screened: Dossier, other: Partner
) -> None:
    story.judge(screened, "place-in-lessons", "partly", argument="Na de les over buurten")

    remove(story, screened)
    add(story, screened, other)

    row = Assessment.objects.get(dossier=screened, criterion="place-in-lessons")
    assert (row.status, row.origin) == (Status.DONE, {})
