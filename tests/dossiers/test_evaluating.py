"""Step 6: looking back, choosing what follows, and what the databank gets of it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerwijzer.access.actor import ANONYMOUS
from partnerwijzer.dossiers.actions import basics, evaluating
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, Evaluation, Sharing
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.models import Experience, Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, send, words
from tests.dossiers.story import Story, difficult, in_days, smooth

SHARED = {"version": "0", "audience": "everyone", "again": "yes"}
FACTORS = [smooth("easy-to-reach", "Belde terug."), difficult("linked-to-lessons", "Te los.")]


@pytest.fixture
def looked_back(story: Story, decided: Dossier) -> Dossier:
    story.look_back(decided, factors=FACTORS)
    return decided


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def experience() -> Experience:
    return Experience.objects.get()


# Evaluations


def test_each_colleague_has_one_evaluation(story: Story, decided: Dossier) -> None:
    story.look_back(decided, "teacher")
    story.look_back(decided, "coordinator", again="no")
    story.look_back(decided, "teacher", version=1, again="changed")

    assert sorted(decided.evaluations.values_list("user__name", "again")) == [
        ("Coordinator", "no"),
        ("Teacher", "changed"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(
            dossier=decided, user=story.world.user("teacher"), aim_result="not", again="no"
        )


def test_changing_an_evaluation_replaces_its_factors(story: Story, looked_back: Dossier) -> None:
    story.look_back(looked_back, version=1, factors=[smooth("goal-clear")])

    rows = looked_back.evaluations.get().factors.values_list("factor", "effect", "note")

    assert list(rows) == [("goal-clear", "smooth", "")]


def test_the_page_asks_the_seven_working_factors_and_the_levels_of_impact(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:evaluate", args=[decided.pk])
    typed = {
        "version": 0, "aim_result": "partly", "again": "changed", "advice": "Begin klein.",
        "impact.pupils": "reached", "impact.school-team": "reached",
        "factor.easy-to-reach": "smooth", "woord.easy-to-reach": "Belde terug.",
        "woord.goal-clear": "Zonder keuze telt dit niet.",
        **{f"werkt.{f.key}": str(n % 5 + 1) for n, f in
           enumerate(story.content.factors.working_factors)},
    }  # fmt: skip

    response = client.post(address, typed)

    row = decided.evaluations.get()
    assert response.status_code == 302
    assert (row.aim_result, row.again, row.advice) == ("partly", "changed", "Begin klein.")
    assert row.impact == {"pupils": "reached"}  # the level that this dossier named
    asked = [f.key for f in story.content.factors.working_factors]
    assert [row.working_factors[key] for key in asked] == [1, 2, 3, 4, 5, 1, 2]
    assert list(row.factors.values_list("factor", "effect", "note")) == [
        ("easy-to-reach", "smooth", "Belde terug.")
    ]


def test_what_is_missing_is_told_and_the_rest_kept(decided: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:evaluate", args=[decided.pk])

    response = send(client, address, {"version": "0"}, advice="Begin klein.")

    assert "Fout:" in response.content.decode().split("</title>")[0]
    assert form(response, version="0")["advice"] == "Begin klein."
    assert not decided.evaluations.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("werkt.common-goal", "6"), ("factor.goal-clear", "x"), ("again", "x")]
)
def test_an_answer_that_does_not_exist_is_refused(
    name: str, value: str, decided: Dossier, sign_in: SignIn
) -> None:
    address = reverse("dossiers:evaluate", args=[decided.pk])
    typed = {"version": 0, "aim_result": "partly", "again": "changed"}

    assert sign_in("teacher").post(address, {**typed, name: value}).status_code == 200
    assert not decided.evaluations.exists()
    assert sign_in("teacher").post(address, typed).status_code == 302


def test_the_school_sees_counts_and_words_side_by_side(
    story: Story, looked_back: Dossier, sign_in: SignIn
) -> None:
    story.look_back(looked_back, "coordinator", again="no", factors=[smooth("easy-to-reach")])

    shown = words(sign_in("teacher2").get(reverse("dossiers:evaluation", args=[looked_back.pk])))

    assert "2 vlot, 0 moeilijk" in shown
    assert "0 vlot, 1 moeilijk" in shown
    assert "Belde terug." in shown


# What follows, and closing


def test_a_dossier_is_closed_after_an_evaluation_and_a_choice(
    story: Story, decided: Dossier
) -> None:
    with pytest.raises(NotAllowedNow, match="Nog geen collega keek terug"):
        basics.close_dossier(decided, actor=story.head)

    story.look_back(decided)
    with pytest.raises(NotAllowedNow, match="stoppen, aanpassen of verdergaan"):
        basics.close_dossier(decided, actor=story.head)
    assert fresh(decided).state == "open"

    story.follow_up(decided)
    basics.close_dossier(decided, actor=story.head)

    assert fresh(decided).state == "closed"
    assert fresh(decided).closed_at is not None


def test_the_page_tells_what_closing_still_asks(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), reverse("dossiers:finish", args=[decided.pk])

    response = client.post(address, {"wat": "afronden"})

    assert "Nog geen collega keek terug." in response.content.decode()
    assert "Waarom stoppen jullie" in words(response)
    assert "aria-invalid" not in response.content.decode()

    story.look_back(decided)
    story.follow_up(decided)
    assert client.post(address, {"wat": "afronden"}).status_code == 302
    assert fresh(decided).state == "closed"


def test_stopping_asks_why_and_can_be_undone(decided: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("head"), reverse("dossiers:finish", args=[decided.pk])

    silent = client.post(address, {"wat": "stoppen", "reason": ""})
    assert silent.status_code == 200
    assert fresh(decided).state == "open"

    client.post(address, {"wat": "stoppen", "reason": "De partner stopt ermee."})
    assert fresh(decided).state == "stopped"

    client.post(address, {"wat": "heropenen"})
    assert (fresh(decided).state, fresh(decided).closed_at) == ("open", None)


def test_the_choice_is_kept_and_shown(looked_back: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:evaluation", args=[looked_back.pk])

    client.post(address, {"choice": "x"})
    assert fresh(looked_back).follow_up == ""

    client.post(address, {"choice": "adjust"})
    assert fresh(looked_back).follow_up == "adjust"
    assert fresh(looked_back).steps["look-back"] == {
        "state": "done", "code": "kept", "counts": {"evaluations": 1},
    }  # fmt: skip


# Sharing


def test_who_shares_reads_first_that_the_organisation_reads_it_too(
    looked_back: Dossier, sign_in: SignIn
) -> None:
    page = sign_in("head").get(reverse("dossiers:share", args=[looked_back.pk]))

    said = "Raad die je met alle scholen deelt, leest ook de organisatie zelf"
    assert said in page.content.decode()


def test_nothing_is_shared_before_somebody_looked_back(story: Story, decided: Dossier) -> None:
    with pytest.raises(NotAllowedNow, match="minstens één collega"):
        story.share(decided)
    assert not Experience.objects.exists()

    story.look_back(decided)
    story.share(decided)

    assert Experience.objects.count() == 1


def test_the_databank_gets_exactly_what_was_chosen(
    story: Story, looked_back: Dossier, partner: Partner
) -> None:
    story.plan(looked_back, on=in_days(-400))

    story.share(looked_back, "board", again="changed", factors=[smooth("goal-clear")])

    row = experience()
    assert (row.partner, row.school, row.audience) == (partner, story.world.school, "board")
    assert (row.again, row.advice, row.text_consent) == ("changed", "Shared advice", True)
    assert (row.structural, row.levels) == (False, ["lager-graad-3"])
    assert list(row.factors.values_list("factor", "effect", "note")) == [
        ("goal-clear", "smooth", "")
    ]
    assert Sharing.objects.get().audience == "board"
    assert fresh(looked_back).steps["look-back"]["code"] != "shared"  # still no choice

    story.follow_up(looked_back)

    assert fresh(looked_back).steps["look-back"]["code"] == "shared"


def test_no_words_leave_the_school_without_consent(story: Story, looked_back: Dossier) -> None:
    story.share(looked_back, text_consent=False, factors=FACTORS)

    row = experience()
    assert (row.advice, row.text_consent) == ("", False)
    assert {f.note for f in row.factors.all()} == {""}
    assert Sharing.objects.get().advice == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Sharing.objects.update(advice="Toch iets.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Experience.objects.update(advice="Toch iets.")


def test_the_page_asks_consent_for_words(
    story: Story, looked_back: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), reverse("dossiers:share", args=[looked_back.pk])
    typed = {**SHARED, "advice": "Begin klein.", "factors": []}

    refused = client.post(address, typed)
    assert "zonder toestemming delen we geen tekst" in words(refused)
    assert form(refused, audience="everyone")["advice"] == "Begin klein."
    assert not Experience.objects.exists()

    assert client.post(address, {**typed, "text_consent": "on"}).status_code == 302
    assert experience().advice == "Begin klein."


def test_the_page_proposes_what_colleagues_allow_and_said(
    story: Story, looked_back: Dossier, sign_in: SignIn
) -> None:
    story.look_back(looked_back, "coordinator", advice="Houd dit voor ons.", share_advice=False)
    address = reverse("dossiers:share", args=[looked_back.pk])

    proposed = form(sign_in("head").get(address), advice="")

    assert proposed["advice"] == "Evaluation advice"
    assert proposed["again"] == "yes"
    assert sorted(proposed["factors"]) == ["easy-to-reach", "linked-to-lessons"]
    assert "Houd dit voor ons." not in sign_in("head").get(address).content.decode()


def test_a_factor_that_nobody_named_is_not_shared(looked_back: Dossier, sign_in: SignIn) -> None:
    address = reverse("dossiers:share", args=[looked_back.pk])
    typed = {**SHARED, "advice": ""}

    wrong = sign_in("head").post(address, {**typed, "factors": ["goal-clear"]})
    assert wrong.status_code == 200
    assert not Experience.objects.exists()

    sign_in("head").post(address, {**typed, "factors": ["easy-to-reach"]})
    assert [f.factor for f in experience().factors.all()] == ["easy-to-reach"]


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("school", {"head", "teacher", "teacher2", "coordinator"}),
        ("board", {"head", "teacher", "teacher2", "coordinator", "sister", "board_admin"}),
        (
            "everyone",
            {"head", "teacher", "teacher2", "coordinator", "sister", "board_admin", "other_head",
             "other_teacher", "adviser", "umbrella_admin", "council"},
        ),
    ],
)  # fmt: skip
def test_an_experience_reaches_the_chosen_audience_and_nobody_else(
    audience: str, who: set[str], story: Story, looked_back: Dossier, partner: Partner
) -> None:
    story.share(looked_back, audience)

    seen = {
        name
        for name in story.world.users
        if partners.experiences(story.world.actor(name), partner).exists()
    }

    assert seen == who


def test_sharing_again_replaces_what_was_shared(story: Story, looked_back: Dossier) -> None:
    story.share(looked_back)
    story.share(looked_back, "school", again="no", factors=[], advice="")

    assert Experience.objects.count() == Sharing.objects.count() == 1
    row = experience()
    assert (row.audience, row.again, row.advice, list(row.factors.all())) == (
        "school", "no", "", [],
    )  # fmt: skip


def test_withdrawing_takes_it_back_and_it_can_be_shared_again(
    story: Story, looked_back: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    story.share(looked_back)
    client, address = sign_in("head"), reverse("dossiers:share", args=[looked_back.pk])

    client.post(address, {"intrekken": "1"})
    assert not partners.experiences(story.head, partner).exists()
    assert not Sharing.objects.exists()
    again = client.post(address, {"intrekken": "1"}, follow=True)
    assert "Er is nu niets gedeeld." in again.content.decode()

    story.share(fresh(looked_back))
    assert partners.experiences(story.head, partner).count() == 1


def test_each_partner_of_the_dossier_gets_the_experience(
    story: Story, looked_back: Dossier
) -> None:
    basics.add_partner(looked_back, actor=story.teacher, partner=story.make_partner("Tweede vzw"))

    story.share(fresh(looked_back))

    names = Experience.objects.values_list("partner__name", flat=True)
    assert sorted(names) == ["Schermlicht vzw", "Tweede vzw"]


def test_a_partner_whose_experience_is_shared_is_not_taken_out(
    story: Story, opened: Dossier
) -> None:
    row = opened.partners.get()
    story.look_back(opened)
    story.share(opened)
    with pytest.raises(NotAllowedNow, match="is gedeeld"):
        basics.remove_partner(fresh(opened), actor=story.teacher, row=row)

    evaluating.withdraw_sharing(fresh(opened), actor=story.head)
    basics.remove_partner(fresh(opened), actor=story.teacher, row=row)

    assert not opened.partners.exists()


def test_a_dossier_without_partner_has_nothing_to_share(story: Story, world: Any) -> None:
    alone = story.open(title="Zonder partner")
    story.look_back(alone)

    with pytest.raises(NotAllowedNow, match="geen partner"):
        story.share(alone)

    assert not Sharing.objects.exists()


def test_the_partner_page_says_not_enough_yet_below_the_minimum(
    story: Story, looked_back: Dossier, partner: Partner
) -> None:
    story.share(looked_back)

    summary = partners.experience_summary(story.world.actor("other_head"), partner)

    assert (summary.schools, summary.too_few, summary.factors) == (1, True, ())


def test_experiences_are_for_people_with_an_account(
    story: Story, looked_back: Dossier, partner: Partner
) -> None:
    story.share(looked_back, "board")

    assert not partners.experiences(ANONYMOUS, partner).exists()
