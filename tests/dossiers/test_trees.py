"""Helper trees in a dossier: kept, shown, stopping a yes, and going stale (K4, K6, M6)."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, decision_paper, drafting, trees
from partnerwijzer.dossiers.actions import basics, deciding, running, walking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.known_facts import Facts
from partnerwijzer.dossiers.models import Decision, Dossier, TreeRun
from partnerwijzer.elections import actions as elections
from partnerwijzer.frameworks import walking as trees_of
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.partners.models import Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.kbo.extracts import Org, full, number, write_zip

ADVERTISING = "advertising-sponsoring"
STOPPED = ("advertising", "basic", "yes", "lesson-place")
FINE = ("name-on-material", "yes", "yes", "yes", "yes", "fits")


@pytest.fixture
def sponsored(story: Story, screened: Dossier) -> Dossier:
    """A dossier with sponsoring; all else that a `yes` asks for is there."""
    dossier = story.situation(screened, sponsoring=True)
    story.judge_all(dossier)
    return Dossier.objects.get(pk=dossier.pk)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def stops(dossier: Dossier) -> list[tuple[str, str]]:
    """What stops a yes now: what each reason is about, and which."""
    return [(r.about, r.key) for r in casework.before_yes(fresh(dossier))]


def test_a_tree_that_matters_has_to_be_walked_before_a_yes(sponsored: Dossier) -> None:
    assert stops(sponsored) == [("tree", ADVERTISING), ("tree", "trade")]


def test_a_yes_is_free_once_the_trees_allow_it(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, *FINE)
    story.walk(sponsored, "trade", "no")

    assert stops(sponsored) == []
    assert story.decide(sponsored).positive is True


def test_not_allowed_stops_a_yes_and_says_what_can_be_done(
    story: Story, sponsored: Dossier
) -> None:
    """domain.md 3.2: compulsory activities in basic education are free of advertising."""
    story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, "trade", "no")
    decision = story.propose(sponsored)

    with pytest.raises(NotAllowedNow, match="Vraag de partner om een versie zonder reclame"):
        story.sign(Decision.objects.get(pk=decision.pk))

    assert story.sign(Decision.objects.get(pk=decision.pk), "no").positive is False


def test_answers_that_change_open_the_gate_again(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, "trade", "no")

    story.walk(sponsored, ADVERTISING, *FINE, run=run, version=run.version)

    assert stops(sponsored) == []
    assert sponsored.tree_runs.filter(tree=ADVERTISING).count() == 1


def test_a_tree_of_a_situation_that_fell_away_stops_nothing(
    story: Story, sponsored: Dossier
) -> None:
    story.walk(sponsored, ADVERTISING, *STOPPED)

    assert stops(story.situation(sponsored, sponsoring=False)) == []


def test_ask_further_warns_and_does_not_stop(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, "unsure")
    story.walk(sponsored, "trade", "no")

    found = casework.conclude(fresh(sponsored))

    assert stops(sponsored) == []
    assert ("tree", ADVERTISING) in [(r.about, r.key) for r in found.reasons]
    assert found.kind == "warning"


def test_the_outcome_lies_beside_the_criteria_as_evidence_once(
    story: Story, sponsored: Dossier
) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, ADVERTISING, *FINE, run=run, version=run.version)

    rows = sponsored.evidence.filter(facts__tree_run=run.pk)
    titles = [row.title for row in rows.filter(removed_at=None)]

    assert titles == ["Beslisboom ‘Reclame en sponsoring’: dit mag, als …"]
    kept = rows.get(removed_at=None).assessments.values_list("criterion", flat=True)
    named = [c.key for c in casework.content(sponsored).framework.criteria
             if ADVERTISING in c.trees]  # fmt: skip
    assert sorted(kept) == sorted(named)


def test_the_decision_keeps_what_the_trees_said(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, *FINE)
    story.walk(sponsored, "trade", "no")

    decision = story.decide(fresh(sponsored))

    kept = decision.snapshot["trees"][0]
    assert (kept["title"], kept["result"]) == (
        "Reclame en sponsoring",
        "allowed-with-conditions",
    )
    assert kept["answers"][0] == [
        "Wat krijgen leerlingen of ouders te zien?",
        "enkel een naam of logo op lesmateriaal",
    ]
    printed = str(decision_paper.paper_of(decision).blocks)
    assert "Wat de beslisbomen zeiden" in printed
    assert kept["text"] in printed


def test_a_decision_of_before_the_trees_still_prints(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, *FINE)
    story.walk(sponsored, "trade", "no")
    decision = story.decide(fresh(sponsored))
    del decision.snapshot["trees"]

    assert "Wat de beslisbomen zeiden" not in str(decision_paper.paper_of(decision).blocks)


def test_a_tree_that_is_not_finished_is_not_kept(story: Story, sponsored: Dossier) -> None:
    with pytest.raises(NotAllowedNow, match="nog niet tot het einde"):
        story.walk(sponsored, ADVERTISING, "advertising", "basic")

    assert not TreeRun.objects.filter(dossier=sponsored).exists()


def test_of_two_people_the_second_is_told(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, ADVERTISING, *FINE, run=run, version=run.version)

    with pytest.raises(Conflict):
        story.walk(sponsored, ADVERTISING, *STOPPED, run=run, version=run.version)


def test_who_reads_along_walks_no_tree(story: Story, sponsored: Dossier) -> None:
    with pytest.raises(PermissionDenied):
        story.walk(sponsored, ADVERTISING, *FINE, actor=story.world.actor("board_admin"))


# What is known already, and what changes


def test_a_level_that_changes_makes_the_outcome_stale(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    group = sponsored.groups.get()
    basics.remove_group(sponsored, actor=story.head, group=group)
    basics.add_group(sponsored, actor=story.head, level="secundair", pupils=12)

    found = trees.shown(fresh(sponsored), run)

    assert found.stale
    assert ("tree", ADVERTISING) in stops(sponsored)


def test_another_group_of_the_same_level_changes_nothing(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    basics.add_group(sponsored, actor=story.head, level="kleuter", pupils=12)

    assert not trees.shown(fresh(sponsored), run).stale


def test_a_fact_that_was_overruled_and_did_not_change_is_no_news(
    story: Story, sponsored: Dossier
) -> None:
    run = story.walk(sponsored, ADVERTISING, "advertising", "other", "yes")

    assert not trees.shown(fresh(sponsored), run).stale


def enter(story: Story, on: date) -> None:
    elections.enter_election(
        None,
        actor=story.world.actor("umbrella_admin"),
        name="Gemeenteraad",
        on=on,
        source="overheid.example",
        read_on=story.today,
    )


def question(sign_in: SignIn, dossier: Dossier, tree: str, **answers: str) -> str:
    client = sign_in("teacher")
    return words(client.get(f"/dossiers/{dossier.pk}/bomen/{tree}/", answers))


PARTY = {"who-organises": "party", "school-hours": "no"}


def test_the_ninety_days_are_computed_from_the_activities(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 3.2: not in the 90 days before an election."""
    story.begin(opened)
    story.plan(opened, days=10)
    enter(story, story.today + timedelta(days=99))

    page = question(sign_in, opened, "politics", **PARTY)

    assert "is 89 dagen voor de verkiezingen (Gemeenteraad" in page


def test_without_a_date_the_question_says_that_nobody_knows(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.begin(opened)
    story.plan(opened, days=10)

    page = question(sign_in, opened, "politics", **PARTY)

    assert "Er staat nog geen datum van verkiezingen in Partnerwijzer." in page


def test_an_election_that_is_entered_later_makes_the_outcome_stale(
    story: Story, opened: Dossier
) -> None:
    story.begin(opened)
    dossier = story.situation(opened, political=True)
    story.plan(dossier, days=10)
    enter(story, story.today + timedelta(days=300))
    run = story.walk(dossier, "politics", "party", "no", "no", "no", "yes")

    assert not trees.shown(fresh(dossier), run).stale
    enter(story, story.today + timedelta(days=60))
    assert trees.shown(fresh(dossier), run).stale


def test_a_day_that_moves_out_of_the_ninety_days_makes_the_outcome_stale(
    story: Story, opened: Dossier
) -> None:
    story.begin(opened)
    activity = story.plan(opened, days=10)
    enter(story, story.today + timedelta(days=60))
    run = story.walk(opened, "politics", "party", "no", "yes")
    enter(story, story.today + timedelta(days=300))

    running.cancel_activity(activity, actor=story.teacher, reason="Verplaatst.")
    story.plan(opened, days=70)

    assert trees.shown(fresh(opened), run).stale


# Working with minors (M6)


@pytest.fixture
def with_minors(story: Story, screened: Dossier) -> Dossier:
    dossier = story.situation(screened, contact_with_minors=True)
    story.judge_all(dossier)
    return fresh(dossier)


NEEDS_HEAD = ("yes", "yes", "yes", "yes", "no", "no", "no")
STATEMENT = ("yes", "yes", "yes", "yes", "yes", "yes")


def test_the_check_does_not_stop_a_yes_but_the_first_activity(with_minors: Dossier) -> None:
    before = casework.before_activity(with_minors, ["positive-decision"])

    assert stops(with_minors) == []
    assert ("tree", "minors-check") in [(r.about, r.key) for r in before]


def test_the_check_is_complete_once_the_head_noted_the_day(
    story: Story, with_minors: Dossier
) -> None:
    """domain.md 7.2: the head checks; only outcome, date and who are kept."""
    run = story.walk(with_minors, "minors-check", *NEEDS_HEAD, about="Jo Maes")

    with pytest.raises(NotAllowedNow, match="De directie kijkt dit zelf na"):
        walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)
    waiting = casework.before_activity(fresh(with_minors), [])
    noted = walking.note_day(run, actor=story.head, version=run.version, on=story.today)
    done = casework.before_activity(fresh(with_minors), [])

    assert [r.words for r in waiting if r.tree] == [
        "Noteer nog de datum bij de beslisboom ‘Werken met minderjarigen (model 596.2)’."
    ]
    assert [r.words for r in done if r.tree] == []
    assert (noted.noted_on, noted.noted_by) == (story.today, story.world.user("head"))


def test_of_a_check_nothing_else_is_kept() -> None:
    """domain.md 7.2: never the extract, nor notes on its content."""
    fields = {field.name for field in TreeRun._meta.get_fields()}

    assert fields == {
        "id", "dossier", "tree", "partner", "about", "framework", "answers", "facts", "outcome",
        "result", "noted_on", "noted_by", "walked_by", "walked_at", "version",
    }  # fmt: skip


def test_a_day_that_is_still_to_come_is_refused(story: Story, with_minors: Dossier) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes")
    tomorrow = story.today + timedelta(days=1)

    with pytest.raises(NotAllowedNow, match="Kies vandaag of een dag die voorbij is"):
        walking.note_day(run, actor=story.teacher, version=run.version, on=tomorrow)

    walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)


def test_each_person_is_checked_once(story: Story, with_minors: Dossier, partner: Partner) -> None:
    story.walk(with_minors, "minors-check", "yes", "no", about="Jo Maes", partner=partner)
    story.walk(with_minors, "minors-check", "yes", "no", about="An Peeters", partner=partner)

    with pytest.raises(NotAllowedNow, match="staat al een uitkomst"):
        story.walk(with_minors, "minors-check", "yes", "no", about="jo maes", partner=partner)
    with pytest.raises(NotAllowedNow, match="over wie"):
        story.walk(with_minors, "minors-check", "yes", "no", about=" ", partner=partner)


def test_a_later_dossier_with_the_same_partner_begins_from_the_earlier_check(
    story: Story, with_minors: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes", partner=partner)
    walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)
    later = story.open(partner, title="Later")

    page = question(sign_in, later, "minors-check")

    assert "Begin met de antwoorden over Jo Maes" in page
    assert "datum toen genoteerd" in page


def test_another_school_does_not_see_the_earlier_check(
    story: Story, with_minors: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes", partner=partner)
    theirs = story.open(
        partner, school=story.world.other_school, actor=story.world.actor("other_head")
    )
    client = sign_in("other_head")

    page = words(client.get(f"/dossiers/{theirs.pk}/bomen/minors-check/"))

    assert "Werken met minderjarigen" in page
    assert "Jo Maes" not in page


def test_walked_trees_fill_in_the_agreement(
    story: Story, with_minors: Dossier, partner: Partner
) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes", partner=partner)
    walking.note_day(run, actor=story.teacher, version=run.version, on=date(2026, 9, 3))

    fields = drafting.known_fields(fresh(with_minors), partner)

    assert fields["working-with-minors.check_date"] == "2026-09-03"
    assert fields["working-with-minors.check_outcome"] == (
        "de organisatie bevestigt dat ze de controle deed"
    )


def test_the_clauses_of_a_tree_come_into_the_agreement(
    story: Story, screened: Dossier, partner: Partner
) -> None:
    """domain.md 7.1: without consent no focused pictures."""
    before = {b.key for b in drafting.blocks_for(screened)}
    dossier = story.situation(screened, photos=True)
    story.walk(dossier, "photos", "yes", "focused", "none")
    during = {b.key for b in drafting.blocks_for(fresh(dossier))}

    assert "photos" not in during
    assert {"no-photos"} <= during
    assert before - {"no-photos"} <= during
    brought = trees.blocks_brought(fresh(dossier))
    assert [(row.tree.key, block.key) for row, block in brought] == [("photos", "no-photos")]


def test_the_role_with_data_fills_in_the_exception(
    story: Story, screened: Dossier, partner: Partner
) -> None:
    dossier = story.situation(screened, pupil_data=True)
    story.walk(dossier, "data-role", "individual", "no", "partner", partner=partner)

    fields = drafting.known_fields(fresh(dossier), partner)

    assert fields["pupil-data-exception.data_role"] == "recipient"
    assert "pupil-data-exception" in {b.key for b in drafting.blocks_for(fresh(dossier))}


# The pages


def test_one_question_a_page_with_the_answer_that_is_known(
    sponsored: Dossier, sign_in: SignIn
) -> None:
    page = question(sign_in, sponsored, ADVERTISING, **{"what-is-seen": "advertising"})

    assert "Op welk niveau is het?" in page
    assert "Dit weet Partnerwijzer al." in page
    assert "Hoort de reclame bij een les" not in page


def test_a_form_without_an_answer_asks_again(sponsored: Dossier, sign_in: SignIn) -> None:
    page = question(sign_in, sponsored, ADVERTISING, gevraagd="what-is-seen")

    assert "Kies een antwoord." in page


def test_the_outcome_is_kept_from_the_page_and_the_tree_opens_there_next_time(
    sponsored: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = f"/dossiers/{sponsored.pk}/bomen/{ADVERTISING}/"
    way = {
        "what-is-seen": "advertising", "level-advertising": "basic",
        "compulsory-advertising": "yes", "which-place": "lesson-place",
    }  # fmt: skip

    shown = words(client.get(address, way))
    sent = client.post(address, way)
    run = TreeRun.objects.get(dossier=sponsored)

    assert "Bewaar deze uitkomst in het dossier" in shown
    assert sent["Location"] == f"/dossiers/{sponsored.pk}/bomen/uitkomst/{run.pk}/"
    assert (run.outcome, run.result) == ("no-advertising-in-lessons", "not-allowed")
    assert client.get(address)["Location"] == sent["Location"]
    assert "Zolang dit zo blijft" in words(client.get(sent["Location"]))


def test_answers_that_do_not_exist_are_asked_again(sponsored: Dossier, sign_in: SignIn) -> None:
    page = question(sign_in, sponsored, ADVERTISING, **{"what-is-seen": "<b>", "x": "y"})

    assert "Wat krijgen leerlingen of ouders te zien?" in page


def test_the_decision_page_says_why_a_yes_cannot_be(
    story: Story, sponsored: Dossier, sign_in: SignIn
) -> None:
    story.walk(sponsored, ADVERTISING, *STOPPED)

    found = deciding.obstacles(fresh(sponsored))
    page = words(sign_in("head").get(f"/dossiers/{sponsored.pk}/beslissen/"))

    assert [line for line in found if line.startswith("Reclame en sponsoring: ")]
    assert "In kleuter en lager blijven lessen en lesmateriaal vrij van reclame." in page


def test_planning_warns_before_an_election_where_a_partner_is_political(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    """domain.md 3.2: warn when a session with a politically flagged partner falls in 90 days."""
    story.plan(begun, days=10)
    enter(story, story.today + timedelta(days=99))
    page = f"/dossiers/{begun.pk}/activiteiten/"

    before = words(sign_in("teacher").get(page))
    story.situation(begun, political=True)
    after = words(sign_in("teacher").get(page))

    assert "dagen voor de verkiezingen" not in before
    assert "is 89 dagen voor de verkiezingen (Gemeenteraad" in after


# The register of data


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
    story.walk(dossier, "data-role", "individual", "no", "school", partner=partner)
    client = sign_in("head")
    file = io.BytesIO(client.get("/dossiers/gegevens/xlsx/", {"rol": "processor"}).content)

    heads, *rows = load_workbook(file).active.iter_rows(values_only=True)  # type: ignore[union-attr]

    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [one["Samenwerking"] for one in told] == [dossier.title]
    assert told[0]["Rol"] == "verwerker, in opdracht van de school"
    assert told[0]["Verwerkingsverantwoordelijke"] == story.world.board.name
    assert told[0]["Van wie zijn de gegevens"].startswith("leerlingen: ")
    assert told[0]["Nagekeken op"].date() == story.today
    assert told[0]["Nagekeken door"] == str(story.world.user("coordinator"))


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


@pytest.mark.parametrize(
    ("form", "expected"),
    [("610", ("yes", "no-commercial-volunteers")), ("017", ("no", None)), ("411", ("no", None))],
)
def test_the_legal_form_says_who_is_out_for_profit_and_cannot_send_volunteers(
    form: str, expected: tuple[str, str | None], story: Story, settings: Any, tmp_path: Path
) -> None:
    """domain.md 7.3: an organisation without profit aim; a commercial partner sends none."""
    settings.KBO_DIR = tmp_path / "kbo"
    org = Org(place=1, name="Atelier", form=form)
    import_extract(write_zip(tmp_path / "full.zip", full([org])))
    partner = story.make_partner(name="Atelier", number=number(1))
    dossier = fresh(story.open(partner))
    tree = story.content.governance.tree["volunteers"]

    found = Facts(dossier).of(tree.node["partner-profit"])

    assert found is not None
    ((said,),) = found.lines
    outcome = trees_of.walk(tree, {"for-whom": "partner", "partner-profit": said}).outcome
    assert (said, outcome.key if outcome else None) == expected
