"""Step 4: positions, the head's signature, and a record that never changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from partnerwijzer.dossiers.actions import basics, deciding, screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier, Position
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, tree, words
from tests.dossiers.story import Story, in_days

YES = ["yes", "yes-with-conditions", "trial"]
NO = ["not-now", "no"]


@pytest.fixture
def question(story: Story, screened: Dossier) -> Decision:
    """A question about a dossier in which nothing stands in the way of a yes."""
    return story.propose(screened)


@pytest.fixture
def early(story: Story, opened: Dossier) -> Decision:
    """A question about a dossier in which nothing was looked at yet."""
    story.begin(opened)
    return story.propose(opened)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:decision", args=[dossier.pk])


def message(response: Any) -> str:
    return " ".join(m.message for m in response.context["messages"])


# What stops a yes


@pytest.mark.parametrize("outcome", YES)
def test_a_yes_waits_for_every_essential_criterion(
    outcome: str, story: Story, early: Decision, question: Decision
) -> None:
    with pytest.raises(NotAllowedNow, match="Een ‘ja’ kan nog niet"):
        story.sign(early, outcome)
    assert Decision.objects.get(pk=early.pk).decided_at is None

    assert story.sign(question, outcome).positive is True


@pytest.mark.parametrize("outcome", NO)
def test_a_no_is_always_possible(outcome: str, story: Story, early: Decision) -> None:
    assert story.sign(early, outcome).positive is False


def test_the_refusal_names_each_criterion_that_is_open(story: Story, opened: Dossier) -> None:
    story.begin(opened)
    story.duty(opened)
    open_ones = ("fits-age", "commercial-interest")
    story.judge_all(opened, but=open_ones)
    decision = story.propose(opened)

    with pytest.raises(NotAllowedNow) as refusal:
        story.sign(decision)

    texts = [str(story.content.framework.criterion[key].question) for key in open_ones]
    lines = str(refusal.value).removeprefix("Een ‘ja’ kan nog niet: ").split(" · ")
    assert sorted(lines) == sorted(f"Nog geen oordeel: {text}" for text in texts)
    assert sorted(deciding.obstacles(fresh(opened))) == sorted(lines)


def test_an_open_blocker_stops_a_yes_and_says_which(story: Story, question: Decision) -> None:
    dossier = question.dossier
    story.judge(dossier, "fits-age", "not-in-order")
    criterion = story.content.framework.criterion["fits-age"]

    with pytest.raises(NotAllowedNow) as refusal:
        story.sign(question)

    assert criterion.blocker_when is not None
    assert str(refusal.value) == f"Een ‘ja’ kan nog niet: {criterion.blocker_when.text}"

    story.judge(dossier, "fits-age", "partly")
    assert story.sign(question).positive is True


def test_a_question_that_is_not_essential_stops_nothing(story: Story, question: Decision) -> None:
    row = question.dossier.assessments.get(criterion="scientific-grounding")

    screening.save_assessment(
        question.dossier, actor=story.teacher, criterion="scientific-grounding",
        version=row.version, judgement="", argument="",
    )  # fmt: skip

    assert deciding.obstacles(fresh(question.dossier)) == []


def test_unanswered_situations_stop_a_yes(story: Story, question: Decision) -> None:
    dossier = question.dossier
    Dossier.objects.filter(pk=dossier.pk).update(situations={})

    lines = deciding.obstacles(fresh(dossier))

    assert len(lines) == len(story.content.framework.situations)
    assert all(line.startswith("Nog niet beantwoord: ") for line in lines)


def test_a_yes_asks_for_a_goal_once_there_are_goals_to_choose(
    story: Story, question: Decision
) -> None:
    assert deciding.obstacles(fresh(question.dossier)) == []

    goal = story.make_goal()
    with pytest.raises(NotAllowedNow, match="minstens één onderwijsdoel"):
        story.sign(question)

    story.choose_goal(question.dossier, goal)
    assert story.sign(question).positive is True


def test_the_page_shows_what_stops_a_yes_before_the_head_tries(
    story: Story, early: Decision, sign_in: SignIn
) -> None:
    shown = words(sign_in("head").get(page_of(early.dossier)))

    assert "Een ‘ja’ kan nog niet." in shown
    assert all(line in shown for line in deciding.obstacles(fresh(early.dossier)))
    assert "‘Niet nu’ of ‘nee’ kan altijd." in shown


def test_a_refused_signature_keeps_what_the_head_typed(early: Decision, sign_in: SignIn) -> None:
    client, address = sign_in("head"), page_of(early.dossier)
    typed = {"outcome": "yes", "reasons": "Omdat het past."}

    response = client.post(address, {**form(client.get(address), deel="beslis"), **typed})

    assert "Een ‘ja’ kan nog niet: " in response.content.decode()
    kept = form(response, deel="beslis")
    assert (kept["outcome"], kept["reasons"]) == ("yes", "Omdat het past.")
    assert Decision.objects.get(pk=early.pk).decided_at is None


def test_a_signature_without_reason_is_refused(story: Story, question: Decision) -> None:
    with pytest.raises(NotAllowedNow, match="waarom jullie zo beslissen"):
        story.sign(question, "no", reasons=" ")

    assert story.sign(question, "no", reasons="Geen tijd.").reasons == "Geen tijd."


@pytest.mark.parametrize("outcome", ["yes-with-conditions", "trial"])
def test_a_yes_with_conditions_says_which(outcome: str, story: Story, question: Decision) -> None:
    with pytest.raises(NotAllowedNow, match="voorwaarden"):
        story.sign(question, outcome, conditions=[])

    wanted = deciding.Wanted("Met een tolk.", story.world.user("teacher"), in_days(9))
    signed = story.sign(question, outcome, conditions=[wanted])
    assert [(c.text, c.user.name) for c in signed.conditions.all()] == [
        ("Met een tolk.", "Teacher")
    ]


# Positions


def test_positions_with_a_reason_where_the_option_asks_for_it(
    story: Story, question: Decision
) -> None:
    position = question.positions.get(user=story.world.user("teacher"))
    with pytest.raises(NotAllowedNow, match="een reden bij"):
        deciding.give_position(position, actor=story.teacher, option="do-not", reason="")
    with pytest.raises(NotAllowedNow, match="Kies een standpunt"):
        deciding.give_position(position, actor=story.teacher, option="vote-yes", reason="x")

    deciding.give_position(position, actor=story.teacher, option="do-not", reason="Te duur.")
    deciding.give_position(position, actor=story.teacher, option="no-opinion", reason="")

    position.refresh_from_db()
    assert (position.option, position.reason) == ("no-opinion", "")


def test_the_log_does_not_tell_what_somebody_thinks(
    story: Story, question: Decision, sign_in: SignIn
) -> None:
    story.speak(question, "teacher", "do-not", "Te duur voor ons.")

    history = reverse("dossiers:history", args=[question.dossier_id])
    shown = words(sign_in("head").get(history))

    assert "Teacher gaf een standpunt." in shown
    assert "Te duur voor ons." not in shown
    assert "niet doen" not in shown


def test_who_was_not_asked_has_no_ballot(story: Story, question: Decision, sign_in: SignIn) -> None:
    asked = words(sign_in("teacher").get(page_of(question.dossier)))
    not_asked = words(sign_in("teacher2").get(page_of(question.dossier)))

    assert "Wat vind jij?" in asked
    assert "Wat vind jij?" not in not_asked


def test_somebody_of_another_school_or_of_the_council_is_not_asked(
    story: Story, screened: Dossier
) -> None:
    for who in ("other_teacher", "sister", "council", "adviser"):
        with pytest.raises(NotAllowedNow, match="collega van jullie school"):
            story.propose(screened, people=("teacher", who))
    with pytest.raises(NotAllowedNow):
        story.propose(screened, people=())
    assert not screened.decisions.exists()

    assert story.propose(screened, people=("teacher", "teacher2")).positions.count() == 2


def test_one_question_at_a_time(story: Story, question: Decision) -> None:
    with pytest.raises(NotAllowedNow, match="Er loopt al een vraag"):
        story.propose(question.dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            dossier=question.dossier, question="Nog een?", template="advice",
            closes_on=story.today, opened_by=story.world.user("head"),
        )  # fmt: skip

    deciding.cancel_decision(question, actor=story.coordinator)
    assert story.propose(question.dossier).positions.count() == 2


def test_more_time_never_takes_time_away(story: Story, question: Decision) -> None:
    Decision.objects.filter(pk=question.pk).update(closes_on=in_days(8))

    with pytest.raises(NotAllowedNow, match="enkel tijd bij"):
        deciding.extend_decision(question, actor=story.teacher, closes_on=in_days(7))

    deciding.extend_decision(question, actor=story.teacher, closes_on=in_days(8))
    assert Decision.objects.get(pk=question.pk).closes_on == in_days(8)


def test_after_the_last_day_no_position_is_given_until_there_is_more_time(
    story: Story, question: Decision
) -> None:
    story.speak(question, "teacher")
    Decision.objects.filter(pk=question.pk).update(closes_on=story.today - timedelta(days=1))
    late = Decision.objects.get(pk=question.pk)
    with pytest.raises(NotAllowedNow, match="om meer tijd"):
        story.speak(late, "coordinator")
    with pytest.raises(NotAllowedNow, match="dag die nog komt"):
        deciding.extend_decision(
            late, actor=story.teacher, closes_on=story.today - timedelta(days=1)
        )

    deciding.extend_decision(late, actor=story.teacher, closes_on=story.today)
    story.speak(Decision.objects.get(pk=question.pk), "coordinator")

    assert question.positions.filter(given_at=None).count() == 0


@pytest.mark.parametrize("template", ["advice", "consent", "consensus", "vote"])
def test_the_ballot_says_what_each_option_and_silence_mean(
    template: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.propose(screened, template=template)
    known = story.content.vocab.decision_template[template]

    shown = words(sign_in("teacher").get(page_of(screened))).replace("&#x27;", "'")

    assert str(known.silence.text) in shown
    for option in known.options:
        assert str(option.meaning) in shown
    assert "nog geen standpunt" in shown
    needed = ", ".join(f"‘{o.label}’" for o in known.options if o.reason == "required")
    assert (f"Nodig bij {needed}." in shown, "soms nodig" in shown) == (bool(needed),) * 2


# The record


def _kept(decision: Decision) -> tuple[Any, ...]:
    """The whole record: its row, its positions, its files."""
    row = Decision.objects.filter(pk=decision.pk).values().get()
    positions = list(Position.objects.filter(decision=decision).values())
    found = Decision.objects.select_related("pdf", "docx").get(pk=decision.pk)
    assert found.pdf is not None
    assert found.docx is not None
    files = (found.pdf.location.read_bytes(), found.docx.location.read_bytes())
    return row, positions, files


def test_a_signed_decision_is_refused_every_change(story: Story, decision: Decision) -> None:
    before = _kept(decision)
    position = decision.positions.get(user=story.world.user("teacher"))
    tries = (
        lambda: story.sign(decision, "no"),
        lambda: deciding.give_position(position, actor=story.teacher, option="do", reason=""),
        lambda: deciding.ask_more_people(
            decision, actor=story.teacher, people=[story.world.user("teacher2")]
        ),
        lambda: deciding.extend_decision(decision, actor=story.teacher, closes_on=in_days(9)),
        lambda: deciding.cancel_decision(decision, actor=story.coordinator),
    )

    for attempt in tries:
        with pytest.raises(NotAllowedNow, match="ondertekend en verandert niet meer"):
            attempt()

    assert _kept(decision) == before


def test_what_changes_in_the_dossier_does_not_change_the_record(
    story: Story, decided: Dossier, decision: Decision
) -> None:
    before = _kept(decision)

    basics.edit_dossier(
        decided, actor=story.head, version=decided.version, changes={"title": "Een ander plan"}
    )
    story.judge(decided, "fits-age", "not-in-order", argument="Toch niet.")
    evidence = decided.evidence.filter(kind="own-observation", facts={}).get()
    screening.remove_evidence(decided, actor=story.teacher, evidence=evidence)
    story.duty(decided, "consult")
    story.council_said(story.council_item(decided), "not-agreed")
    story.world.user("teacher").__class__.objects.update(name="Iemand anders")

    assert _kept(decision) == before
    assert decision.snapshot["dossier"]["title"] == "Beslist"


def test_the_snapshot_holds_what_was_known(story: Story, decision: Decision) -> None:
    known = decision.snapshot

    assert known["signed_by"] == "Head"
    assert known["outcome"] == "ja"
    assert [p["name"] for p in known["partners"]] == ["Schermlicht vzw"]
    assert known["template"]["silence"].startswith("Wie niet antwoordt, gaf geen advies.")
    assert [(p["name"], p["position"], p["given"]) for p in known["positions"]] == [
        ("Teacher", "doen", True),
        ("Coordinator", "", False),
    ]
    assert known["agreements"][0]["version"] == 1
    assert {c["words"] for c in known["criteria"]} == {"in orde"}
    assert all(c["argument"] and c["evidence"] for c in known["criteria"])


def test_the_record_as_pdf_says_who_was_silent_and_what_that_means(decision: Decision) -> None:
    assert decision.pdf is not None
    with decision.pdf.location.open("rb") as file:
        pages = PdfReader(file).pages
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)

    assert "gaf geen standpunt" in text
    assert "Wie niet antwoordt, gaf geen advies." in text
    assert "Schermlicht vzw" in text


def test_the_record_is_in_dutch_also_when_an_english_reader_signs(
    story: Story, question: Decision
) -> None:
    with translation.override("en"):
        signed = story.sign(question)

    assert signed.snapshot["dossier"]["kind"] == "eenmalig"
    assert {c["words"] for c in signed.snapshot["criteria"]} == {"in orde"}


def test_a_new_decision_supersedes_the_old_one_and_leaves_it_as_it_was(
    story: Story, decided: Dossier, decision: Decision, sign_in: SignIn
) -> None:
    before = _kept(decision)
    assert fresh(decided).steps["decide-together"]["code"] == "positive"

    second = story.decide(decided, "no")

    assert second.supersedes == decision
    assert _kept(decision) == before
    assert fresh(decided).steps["decide-together"]["code"] == "negative"
    shown = words(sign_in("teacher").get(page_of(decided)))
    assert "vervangen" in shown


def test_a_cancelled_question_leaves_the_decision_that_stands(
    story: Story, decided: Dossier, decision: Decision
) -> None:
    before = _kept(decision)
    second = story.propose(decided)
    assert second.supersedes == decision

    deciding.cancel_decision(second, actor=story.coordinator)

    assert _kept(decision) == before
    assert fresh(decided).steps["decide-together"]["code"] == "positive"
    assert story.propose(decided).supersedes == decision


def test_the_database_refuses_half_a_signature(story: Story, question: Decision) -> None:
    for missing in ({"outcome": ""}, {"reasons": ""}, {"decided_by": None}):
        whole = {
            "outcome": "no", "reasons": "Zo.", "decided_by": story.world.user("head"),
            "decided_at": question.opened_at,
        }  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=question.pk).update(**{**whole, **missing})


@pytest.mark.parametrize(
    ("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("exe", None), ("snapshot", None)]
)
def test_the_record_is_handed_out_as_a_file(
    kind: str, begins: bytes | None, decided: Dossier, decision: Decision, sign_in: SignIn
) -> None:
    address = reverse("dossiers:decision_file", args=[decided.pk, decision.pk, kind])

    response = sign_in("teacher").get(address)

    assert response.status_code == (404 if begins is None else 200)
    if begins is not None:
        assert b"".join(response.streaming_content).startswith(begins)


# Pages that are older than what happened


@pytest.mark.parametrize("part", ["beslis", "standpunt", "tijd", "intrekken"])
def test_a_page_from_before_the_signature_is_told_so(
    part: str, decided: Dossier, decision: Decision, sign_in: SignIn
) -> None:
    before = _kept(decision)

    response = sign_in("head").post(
        page_of(decided),
        {"deel": part, "outcome": "no", "reasons": "x", "option": "do", "closes_on": "2099-01-01"},
    )

    assert response.status_code == 200
    assert "intussen beslist of ingetrokken" in message(response)
    assert _kept(decision) == before


def test_a_second_question_from_an_older_page_is_refused_in_words(
    question: Decision, sign_in: SignIn
) -> None:
    response = sign_in("teacher").post(
        page_of(question.dossier), {"deel": "vraag", "question": "Nog een?", "template": "advice"}
    )

    assert "Er loopt al een vraag." in message(response)
    assert question.dossier.decisions.count() == 1


def test_wrong_input_in_the_question_is_told_and_kept(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), page_of(screened)
    typed = {"deel": "vraag", "question": "Doen we dit?", "template": "vote"}

    response = client.post(address, {**typed, "closes_on": "2020-01-01"})

    kept = form(response, deel="vraag")
    assert (kept["question"], kept["template"]) == ("Doen we dit?", "vote")
    assert "Kies vandaag of een dag die nog komt." in words(response)
    assert "Fout:" in tree(response).findtext(".//title")
    assert not screened.decisions.exists()


def test_only_the_head_sees_the_form_to_sign(question: Decision, sign_in: SignIn) -> None:
    shown = {
        who: "Onderteken de beslissing" in words(sign_in(who).get(page_of(question.dossier)))
        for who in ("head", "coordinator", "teacher", "board_admin")
    }

    assert shown == {"head": True, "coordinator": False, "teacher": False, "board_admin": False}
