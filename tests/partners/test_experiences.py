"""What a school shares goes to whom it chose, and counts for nobody else."""

from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.counting import AgeCount, FactorCount, Summary
from partnerwijzer.partners.models import Experience, Partner
from tests.partners.conftest import THIS_YEAR, MakeOffer, MakePartner, Tell
from tests.personas import World

EVERYBODY = (
    *("head", "teacher", "coordinator", "council", "board_admin", "adviser", "umbrella_admin"),
    *("sister", "other_head", "other_teacher"),
)
OF_THE_SCHOOL = {"head", "teacher", "coordinator"}
OF_THE_BOARD = OF_THE_SCHOOL | {"sister", "board_admin"}


def readers(world: World, partner: Partner) -> set[str]:
    """Who sees that there is an experience, in the rows and in the counts alike."""
    rows = {w for w in EVERYBODY if queries.experiences(world.actor(w), partner)}
    counts = {w for w in EVERYBODY if queries.experience_summary(world.actor(w), partner).schools}
    lists = {
        w for w in EVERYBODY if queries.summaries(world.actor(w), [partner])[partner.pk].schools
    }
    assert rows == counts == lists
    return rows


@pytest.mark.parametrize(
    ("audience", "who"),
    [("school", OF_THE_SCHOOL), ("board", OF_THE_BOARD), ("everyone", set(EVERYBODY))],
)
def test_an_experience_is_seen_by_its_audience_only(
    world: World, partner: Partner, tell: Tell, audience: str, who: set[str]
) -> None:
    tell(partner, world.school, audience=audience)

    assert readers(world, partner) == who


def test_a_school_without_board_that_shares_with_its_board_shares_with_itself(
    world: World, partner: Partner, tell: Tell
) -> None:
    School.objects.filter(pk=world.school.pk).update(board=None)
    world.school.refresh_from_db()
    tell(partner, world.school, audience="board")

    assert readers(world, partner) == OF_THE_SCHOOL


def test_what_was_withdrawn_is_gone_for_everybody(
    world: World, partner: Partner, tell: Tell
) -> None:
    experience = tell(partner, world.school, advice="Doe het.", text_consent=True)

    actions.withdraw_experience(experience, actor=world.actor("head"))

    assert readers(world, partner) == set()
    experience.refresh_from_db()
    assert (experience.advice, experience.text_consent) == ("", False)


def test_the_counts_of_others_do_not_change_by_what_a_school_keeps_to_itself(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School]
) -> None:
    for school in elsewhere[:3]:
        tell(partner, school, factors=[{"factor": "goal-clear", "effect": "smooth"}])
    before = queries.experience_summary(world.actor("other_head"), partner)

    tell(partner, world.school, audience="school", again="no",
         factors=[{"factor": "goal-clear", "effect": "difficult"}])  # fmt: skip
    tell(partner, world.sister, audience="board", again="no")

    assert queries.experience_summary(world.actor("other_head"), partner) == before
    assert queries.experience_summary(world.actor("head"), partner).schools == 5


def test_counts_begin_at_three_schools(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School]
) -> None:
    reader = world.actor("other_head")
    factors = [{"factor": "goal-clear", "effect": "smooth"}]
    for school in elsewhere[:2]:
        tell(partner, school, again="no", factors=factors)
    assert queries.experience_summary(reader, partner) == Summary(schools=2)

    tell(partner, elsewhere[2], school_year=THIS_YEAR - 3, factors=factors)

    assert queries.experience_summary(reader, partner) == Summary(
        schools=3,
        again=1,
        not_again=2,
        factors=(FactorCount("goal-clear", 3, 0, Fraction(5, 2)),),
        newest=THIS_YEAR - 1,
        oldest=THIS_YEAR - 3,
        weight=Fraction(5, 2),
        weight_positive=Fraction(1, 2),
        ages=(AgeCount(0, 1, 2, Fraction(1)), AgeCount(2, 3, 1, Fraction(1, 2))),
    )


def test_the_minimum_is_that_of_the_content(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], monkeypatch: Any
) -> None:
    from partnerwijzer.frameworks import vocabulary

    for school in elsewhere[:3]:
        tell(partner, school)
    counting = vocabulary.current().factors.counting
    monkeypatch.setitem(counting.__dict__, "minimum_schools", 4)

    assert queries.experience_summary(world.actor("teacher"), partner) == Summary(3, minimum=4)


def test_each_offer_has_its_own_counts(
    world: World, partner: Partner, make_offer: MakeOffer, tell: Tell, elsewhere: list[School]
) -> None:
    one, other = make_offer(partner, "Een"), make_offer(partner, "Twee")
    for school in elsewhere[:3]:
        tell(partner, school, offer=one)
    tell(partner, elsewhere[3], offer=other)
    tell(partner, elsewhere[4])
    told = list(queries.experiences(world.actor("teacher"), partner))

    counts = queries.offer_summaries(told)

    assert {pk: c.schools for pk, c in counts.items()} == {one.pk: 3, other.pk: 1}
    assert counts[other.pk].too_few


def test_sharing_again_from_the_same_source_replaces_it(
    world: World, partner: Partner, tell: Tell
) -> None:
    given: dict[str, Any] = {"source": "dossier:7", "text_consent": True}
    factor = {"factor": "goal-clear", "effect": "smooth", "note": "Heel duidelijk."}
    first = tell(partner, world.school, **given, advice="Eerst.", factors=[factor])
    again = tell(partner, world.school, **given, advice="Dan.", again="no", audience="school")

    assert again.pk == first.pk
    [row] = Experience.objects.all()
    assert (row.advice, row.again, row.audience) == ("Dan.", "no", "school")
    assert list(row.factors.all()) == []


def test_the_same_source_with_two_partners_is_two_experiences(
    world: World, partner: Partner, make_partner: MakePartner, tell: Tell
) -> None:
    other = make_partner("Bibliotheek")
    for shared in (partner, other):
        tell(shared, world.school, source="dossier:7")

    assert Experience.objects.count() == 2


def test_without_consent_no_words_are_kept(world: World, partner: Partner, tell: Tell) -> None:
    factor = {"factor": "goal-clear", "effect": "smooth", "note": "Juf An legde het uit."}

    row = tell(partner, world.school, advice="Vraag naar An.", factors=[factor])

    assert (row.advice, [f.note for f in row.factors.all()]) == ("", [""])


def test_a_factor_that_is_given_twice_counts_once(
    world: World, partner: Partner, tell: Tell
) -> None:
    twice = [{"factor": "goal-clear", "effect": e} for e in ("smooth", "difficult")]

    row = tell(partner, world.school, factors=twice)

    assert [(f.factor, f.effect) for f in row.factors.all()] == [("goal-clear", "difficult")]


@pytest.mark.parametrize("wrong", [{"audience": "iedereen"}, {"again": "misschien"}])
def test_a_value_that_does_not_exist_is_refused(
    world: World, partner: Partner, tell: Tell, wrong: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="not a valid"):
        tell(partner, world.school, **wrong)

    assert not Experience.objects.exists()


def test_an_offer_of_another_partner_is_refused(
    world: World, partner: Partner, make_partner: MakePartner, make_offer: MakeOffer, tell: Tell
) -> None:
    offer = make_offer(make_partner("Bibliotheek"))

    with pytest.raises(ValueError, match="not of partner"):
        tell(partner, world.school, offer=offer)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *(("head", True), ("coordinator", True)),
        *((who, False) for who in EVERYBODY if who not in {"head", "coordinator"}),
    ],
)
def test_only_who_leads_the_school_speaks_for_it(
    world: World, partner: Partner, who: str, may: bool
) -> None:
    def share() -> Experience:
        return actions.publish_experience(
            partner,
            actor=world.actor(who),
            school=world.school,
            source="dossier:1",
            audience="everyone",
            again="yes",
            factors=[],
            advice="",
            text_consent=False,
            structural=False,
            levels=[],
            school_year=2025,
        )

    if may:
        assert share().school == world.school
        return
    with pytest.raises(PermissionDenied):
        share()


def test_nobody_takes_the_source_of_another_school(
    world: World, partner: Partner, tell: Tell
) -> None:
    tell(partner, world.school, source="dossier:1")

    with pytest.raises(PermissionDenied):
        tell(partner, world.other_school, source="dossier:1")


def test_nobody_takes_back_what_another_school_shared(
    world: World, partner: Partner, tell: Tell
) -> None:
    experience = tell(partner, world.school)

    with pytest.raises(PermissionDenied):
        actions.withdraw_experience(experience, actor=world.actor("other_head"))


# Words


def voices(world: World, who: str, partner: Partner) -> list[tuple[str, str]]:
    actor = world.actor(who)
    told = list(queries.experiences(actor, partner))
    enough = not queries.experience_summary(actor, told).too_few
    return [(v.who, v.words) for v in queries.voices(actor, told, enough=enough)]


def test_words_show_without_the_name_of_the_school_but_for_its_own_people(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School]
) -> None:
    tell(partner, world.school, advice="Doe het buiten.", text_consent=True)
    for school in elsewhere[:2]:
        tell(partner, school, school_year=2024)

    assert voices(world, "other_head", partner) == [("basisschool", "Doe het buiten.")]
    assert voices(world, "teacher", partner) == [("School A", "Doe het buiten.")]
    assert voices(world, "sister", partner) == [("School A", "Doe het buiten.")]
    assert voices(world, "board_admin", partner) == [("School A", "Doe het buiten.")]
    assert voices(world, "umbrella_admin", partner) == [("basisschool", "Doe het buiten.")]


def test_under_the_minimum_only_the_own_school_and_board_read_the_words(
    world: World, partner: Partner, tell: Tell
) -> None:
    tell(partner, world.school, advice="Doe het buiten.", text_consent=True)

    assert voices(world, "other_head", partner) == []
    assert voices(world, "sister", partner) == [("School A", "Doe het buiten.")]


def test_words_about_a_factor_stand_below_its_name(
    world: World, partner: Partner, tell: Tell
) -> None:
    factor = {"factor": "goal-clear", "effect": "difficult", "note": "Het werd nooit gezegd."}
    tell(partner, world.school, text_consent=True, factors=[factor])
    actor = world.actor("head")
    told = list(queries.experiences(actor, partner))

    [voice] = queries.voices(actor, told, enough=False)

    assert voice.notes == ("Het doel bleef vaag: Het werd nooit gezegd.",)
