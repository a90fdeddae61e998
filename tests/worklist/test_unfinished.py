"""Issue 4, item 20: what was begun and is not finished, grew old or is past its day is work too, of
the right people, until it is done."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind
from partnerwijzer.dossiers.actions import second, walking
from partnerwijzer.dossiers.models import Assessment, CouncilItem, Dossier, Remark, TreeRun
from partnerwijzer.dossiers.queries import unfinished
from partnerwijzer.papers.actions import letters
from partnerwijzer.partners.models import LikelyPair
from partnerwijzer.worklist.task import Task
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.story import Story, in_days

LONG_AGO = timedelta(days=800)
READS_ANSWERS = 'SELECT "dossiers_assessment"."id"'


def having(story: Story, begin: str) -> dict[str, Task]:
    """Who has a task whose title begins so."""
    found = {}
    for who in story.world.users:
        for task in tasks_for(story.world.actor(who)):
            if task.title.startswith(begin):
                found[who] = task
    return found


def test_two_readers_who_differ_are_asked_to_conclude(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """By the first reader (the teacher), the second and who leads; nobody else."""
    begin = "Besluit samen"
    row = story.second(opened, "fits-age")
    story.judge(opened, "fits-age")
    assert having(story, begin) == {}
    second.read_second(row, actor=story.world.actor("teacher2"), judgement="partly", argument="Nee")

    found = having(story, begin)

    assert set(found) == {"teacher", "teacher2", "coordinator"}
    assert sign_in("teacher").get(found["teacher"].href).status_code == 200
    first = opened.assessments.get(criterion="fits-age")
    row.refresh_from_db()
    second.settle(
        row, actor=story.teacher, version=first.version, judgement="partly", argument="Samen"
    )
    assert having(story, begin) == {}


def test_readers_who_agree_have_nothing_to_conclude(story: Story, opened: Dossier) -> None:
    row = story.second(opened, "fits-age")
    story.judge(opened, "fits-age", "partly")
    second.read_second(row, actor=story.world.actor("teacher2"), judgement="partly", argument="Ja")
    assert having(story, "Besluit samen") == {}


@pytest.mark.parametrize(
    ("outcome", "who"),
    [("statement-enough", {"teacher"}), ("check-by-head", {"head"}), ("single-visit", set())],
)
def test_the_day_that_a_tree_asks_for_is_asked_of_who_notes_it(
    outcome: str, who: set[str], story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 7.2: of the check of model 596.2 the day is kept, by the head who looked."""
    run = TreeRun.objects.create(
        dossier=opened, tree="minors-check", framework=opened.framework, outcome=outcome,
        result="allowed-with-conditions", walked_by_id=story.teacher.uid,
    )  # fmt: skip

    found = having(story, "Noteer een datum")

    assert set(found) == who
    for name, task in found.items():
        assert sign_in(name).get(task.href).status_code == 200
        walking.note_day(run, actor=story.world.actor(name), version=1, on=story.today)
    assert having(story, "Noteer een datum") == {}


def test_a_letter_that_was_begun_waits_until_it_is_sent(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    decision, partner = decided.decisions.get(), decided.partners.get().partner
    values = {"to_name": "Bo", "to_email": "bo@partner.example", "subject": "Ja", "body": "Dag"}
    row = letters.save_letter(decision, actor=story.head, partner=partner, version=0, values=values)

    found = having(story, "Verstuur de brief")

    assert {who: task.title for who, task in found.items()} == {
        "head": f"Verstuur de brief aan {partner.name}"
    }
    assert sign_in("head").get(found["head"].href).status_code == 200
    letters.send_letter(decision, actor=story.head, partner=partner, version=row.version)
    assert having(story, "Verstuur de brief") == {}


def _judged(story: Story, dossier: Dossier, on: date, origin: dict[str, str]) -> None:
    story.judge(dossier, "fits-age", "partly")
    at = timezone.make_aware(timezone.datetime(on.year, on.month, on.day, 12))
    Assessment.objects.filter(dossier=dossier).update(updated_at=at, origin=origin)


def test_a_screening_that_grew_old_is_work_of_who_leads_it_until_it_is_looked_at(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """framework.yaml: stale_after_months."""
    begin, today = "Kijk na of 1 oud antwoord", story.today
    _judged(story, opened, today - timedelta(days=300), {})
    assert having(story, begin) == {}
    _judged(story, opened, today - LONG_AGO, {})

    found = having(story, begin)

    assert set(found) == {"coordinator"}
    assert sign_in("coordinator").get(found["coordinator"].href).status_code == 200
    story.judge(opened, "fits-age", "partly")
    assert having(story, begin) == {}


def test_an_answer_that_was_old_when_it_was_taken_over_is_old(
    story: Story, opened: Dossier
) -> None:
    then = {"kind": "school", "on": (story.today - LONG_AGO).isoformat(), "where": "B"}
    _judged(story, opened, story.today, then)
    assert set(having(story, "Kijk na of 1 oud antwoord")) == {"coordinator"}


def test_fresh_dossiers_do_not_hide_the_one_that_grew_old(story: Story, opened: Dossier) -> None:
    """framework.yaml: stale_after_months; what is half a year old is not read one by one."""
    for number in range(7):
        young = story.open(opened.partners.get().partner, title=f"Jong {number}")
        _judged(story, young, story.today - timedelta(days=200), {})
    old = story.open(opened.partners.get().partner, title="Oud")
    _judged(story, old, story.today - LONG_AGO, {})

    with CaptureQueriesContext(connection) as caught:
        found = having(story, "Kijk na of")

    assert {who: task.text for who, task in found.items()} == {"coordinator": "Oud"}
    assert sum(one["sql"].startswith(READS_ANSWERS) for one in caught) == 1  # of one dossier


def test_a_decided_dossier_has_its_review_date_instead(story: Story, decided: Dossier) -> None:
    Assessment.objects.filter(dossier=decided).update(updated_at=timezone.now() - LONG_AGO)
    assert having(story, "Kijk na of") == {}


def test_what_is_past_its_period_is_work_of_the_head_until_it_is_gone(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    begin = "Kijk wat voorbij zijn bewaartermijn is"
    Dossier.objects.filter(pk=opened.pk).update(state="closed", closed_at=timezone.now() - LONG_AGO)
    facts = {"kind": DataKind.REMARKS, "months": 12, "source": "Test", "url": "",
             "read_on": date(2026, 1, 1)}  # fmt: skip
    keeping.say_how_long(opened.school, actor=story.head, facts=facts)
    assert having(story, begin) == {}  # there is nothing of that kind
    Remark.objects.create(
        dossier=opened, part="decision", readers="team", text="Oud", author_id=story.teacher.uid
    )

    found = having(story, begin)

    assert set(found) == {"head"}
    assert sign_in("head").get(found["head"].href).status_code == 200
    Remark.objects.all().delete()
    assert having(story, begin) == {}


@pytest.mark.parametrize("duty", ["consult", "inform"])
def test_a_point_for_the_council_is_due_at_the_end_of_its_clock(
    duty: str, story: Story, opened: Dossier
) -> None:
    """domain.md 4: consultation takes so many calendar days; the meeting says it sooner."""
    item = story.council_item(opened)
    assert {task.due for task in having(story, "Noteer wat").values()} == {in_days(6)}
    CouncilItem.objects.filter(pk=item.pk).update(meeting=None, duty=duty)
    item = CouncilItem.objects.get(pk=item.pk)
    assert (item.consult_by is not None) is (duty == "consult")

    found = {**having(story, "Noteer wat"), **having(story, "Lees het punt")}

    assert {who: task.due for who, task in found.items()} == dict.fromkeys(
        ("head", "coordinator", "council"), item.consult_by
    )


def test_doubles_of_the_databank_wait_for_the_umbrella(story: Story, sign_in: SignIn) -> None:
    one, other = story.make_partner("Bib Een"), story.make_partner("Zwembad")
    LikelyPair.objects.all().delete()
    assert having(story, "Bekijk wie twee keer") == {}
    LikelyPair.objects.create(one=one, other=other, reasons=[], weight=5)

    found = having(story, "Bekijk wie twee keer")

    assert set(found) == {"umbrella_admin"}
    assert sign_in("umbrella_admin").get(found["umbrella_admin"].href).status_code == 200


def test_the_clock_of_each_body_is_known_in_one_query(
    story: Story, opened: Dossier, django_assert_num_queries: Any
) -> None:
    Dossier.objects.filter(pk=opened.pk).update(council_duty="consult")
    item = story.council_item(Dossier.objects.get(pk=opened.pk))

    with django_assert_num_queries(1):
        (found,) = unfinished.consult_items(story.head, [item.pk])
        assert found.consult_by is not None
