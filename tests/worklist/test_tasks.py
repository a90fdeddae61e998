"""'Dit wacht op jou': each kind of work for the right people, and for nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.dossiers.actions import advising, agreeing, basics, deciding, running, screening
from partnerwijzer.dossiers.models import AgreementCheckpoint, AgreementVersion, Decision, Dossier
from partnerwijzer.factors.models import FactorAction
from partnerwijzer.organisations.models import Membership
from partnerwijzer.worklist import actions as work
from partnerwijzer.worklist import queries
from partnerwijzer.worklist.models import Assignment
from partnerwijzer.worklist.task import Task
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_SIDE, Story, in_days

Make = Callable[[Story, Dossier], object]


def _criterion(story: Story, dossier: Dossier) -> object:
    return story.assign(dossier, "fits-age", "teacher2")


def _position(story: Story, dossier: Dossier) -> object:
    decision = story.propose(dossier, people=("teacher", "teacher2"))
    return story.speak(decision, "teacher")


def _ready(story: Story, dossier: Dossier) -> object:
    decision = story.propose(dossier, people=("teacher",))
    return story.speak(decision, "teacher")


def _late(story: Story, dossier: Dossier) -> object:
    decision = story.propose(dossier, people=("teacher",))
    yesterday = timezone.localdate() - timedelta(days=1)
    return Decision.objects.filter(pk=decision.pk).update(closes_on=yesterday)


def _alone(story: Story, dossier: Dossier) -> object:
    return story.plan(dossier, days=3, teachers=())


def _wish(story: Story, dossier: Dossier) -> object:
    story.begin(dossier)
    version = story.fix(dossier)
    story.send(version)
    fresh = AgreementVersion.objects.get(pk=version.pk)
    return agreeing.ask_change(fresh, actor=PARTNER_SIDE, name="Lowie", wishes={"": "Korter."})


def _over(story: Story, dossier: Dossier) -> object:
    """Over for teacher2; the cooperation itself goes on, so that nobody has to end it yet."""
    story.plan(dossier, days=30, teachers=("teacher",))
    return story.plan(dossier, days=-3, teachers=("teacher2",))


def _anker(story: Story, dossier: Dossier) -> object:
    return story.ask_adviser(dossier)


def _council(story: Story, dossier: Dossier) -> object:
    return story.council_item(dossier)


LOOK = "Kijk terug op de samenwerking"
# What happens, who then has what to do. The coordinator leads the dossier.
WORK: dict[str, tuple[Make, dict[str, str]]] = {
    "criterion": (_criterion, {"teacher2": "Beoordeel 1 vraag"}),
    "position": (_position, {"teacher2": "Geef je standpunt"}),
    "ready to decide": (_ready, {"head": "Neem de beslissing"}),
    "time is over": (_late, {"head": "Neem de beslissing"}),
    "no teacher": (_alone, {"head": "Zoek een leerkracht", "coordinator": "Zoek een leerkracht"}),
    "change wish": (
        _wish,
        {
            "head": "Bekijk de wijziging die Schermlicht vzw vraagt",
            "coordinator": "Bekijk de wijziging die Schermlicht vzw vraagt",
            "teacher": "Bekijk de wijziging die Schermlicht vzw vraagt",  # works in the dossier
        },
    ),
    "look back": (_over, {"teacher2": LOOK}),
    "question to the anker": (_anker, {"adviser": "Antwoord op een vraag van School A"}),
    "council": (
        _council,
        {
            "council": "Lees het punt voor de schoolraad",
            "head": "Noteer wat de schoolraad zei",
            "coordinator": "Noteer wat de schoolraad zei",
        },
    ),
}  # fmt: skip


def tasks(story: Story, who: str) -> list[Task]:
    return tasks_for(story.world.actor(who))


def titles(story: Story) -> dict[str, list[str]]:
    """What everybody has to do."""
    every = {who: [task.title for task in tasks(story, who)] for who in story.world.users}
    return {who: found for who, found in every.items() if found}


def test_at_first_nothing_waits_for_anybody(story: Story) -> None:
    assert titles(story) == {}


@pytest.mark.parametrize("what", WORK)
def test_work_waits_for_these_people_and_no_others(
    what: str, story: Story, opened: Dossier
) -> None:
    make, expected = WORK[what]

    make(story, opened)

    found = titles(story)
    assert set(found) == set(expected)
    assert all(len(each) == 1 for each in found.values())
    assert all(found[who][0].startswith(title) for who, title in expected.items())


@pytest.mark.parametrize("what", WORK)
def test_a_task_leads_to_a_page_that_opens(
    what: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    make, expected = WORK[what]
    make(story, opened)

    for who in expected:
        task = tasks(story, who)[0]
        assert sign_in(who).get(task.href, follow=True).status_code == 200
        assert task.text == ("Activity" if what == "no teacher" else "Pas begonnen")


@pytest.mark.parametrize("what", sorted(set(WORK) - {"question to the anker"}))
def test_nothing_waits_in_a_dossier_that_was_stopped(
    what: str, story: Story, opened: Dossier
) -> None:
    WORK[what][0](story, opened)
    assert titles(story)

    basics.stop_dossier(Dossier.objects.get(pk=opened.pk), actor=story.head, reason="Geen tijd.")

    assert titles(story) == {}


# Done is done


def test_a_judged_criterion_waits_no_more(story: Story, opened: Dossier) -> None:
    story.begin(opened)
    story.assign(opened, "fits-age", "teacher2")
    story.assign(opened, "commercial-interest", "teacher2")
    assert [t.title for t in tasks(story, "teacher2")] == ["Beoordeel 2 vragen"]

    story.judge(opened, "fits-age", "partly")
    story.judge(opened, "commercial-interest", "partly")

    assert tasks(story, "teacher2") == []


def test_a_criterion_given_back_waits_no_more(story: Story, opened: Dossier) -> None:
    story.assign(opened, "fits-age", "teacher2")

    screening.assign_criterion(
        opened, actor=story.head, criterion="fits-age", user=None, due_on=None
    )

    assert tasks(story, "teacher2") == []


def test_a_position_given_waits_no_more_and_the_head_is_asked(
    story: Story, opened: Dossier
) -> None:
    decision = story.propose(opened, people=("teacher",))
    assert titles(story) == {"teacher": ["Geef je standpunt"]}

    story.speak(decision, "teacher")
    assert titles(story) == {"head": ["Neem de beslissing"]}

    story.sign(decision, "no")
    assert titles(story) == {}


def test_a_teacher_found_a_wish_settled_a_look_back_an_answer_and_an_outcome(
    story: Story, opened: Dossier
) -> None:
    alone = story.plan(opened, days=3, teachers=())
    story.plan(opened, days=-3, teachers=("teacher",))
    question = story.ask_adviser(opened)
    item = story.council_item(opened)
    assert set(titles(story)) == {"head", "coordinator", "teacher", "adviser", "council"}

    running.edit_activity(
        alone, actor=story.head, version=1, facts=story.moment(3), groups=[],
        teachers=[story.world.user("teacher")],
    )  # fmt: skip
    story.look_back(opened)
    advising.answer_as_adviser(question, actor=story.world.actor("adviser"), answer="Doe maar.")
    story.council_said(item, "informed")

    assert titles(story) == {}


def test_a_cancelled_activity_asks_nothing(story: Story, opened: Dossier) -> None:
    alone = story.plan(opened, days=3, teachers=())
    over = story.plan(opened, days=-3, teachers=("teacher",))

    for activity in (alone, over):
        running.cancel_activity(activity, actor=story.head, reason="Ziek.")

    assert titles(story) == {}


@pytest.mark.parametrize(("days", "waits"), [(0, True), (21, True), (22, False), (-1, False)])
def test_a_missing_teacher_is_work_in_the_three_weeks_before(
    days: int, waits: bool, story: Story, opened: Dossier
) -> None:
    story.plan(opened, days=days, teachers=())

    found = [t for t in tasks(story, "head") if t.title.startswith("Zoek een leerkracht")]
    assert bool(found) is waits


@pytest.mark.parametrize(("days", "waits"), [(-1, True), (-60, True), (-61, False), (0, False)])
def test_looking_back_is_asked_for_two_months(
    days: int, waits: bool, story: Story, opened: Dossier
) -> None:
    story.plan(opened, days=days, teachers=("teacher2",))

    assert bool(tasks(story, "teacher2")) is waits


def test_an_item_that_is_not_shown_is_nobody_s_work(story: Story, opened: Dossier) -> None:
    story.council_item(opened, show=False)

    assert titles(story) == {}


def test_who_left_the_school_has_no_work_there(story: Story, opened: Dossier) -> None:
    story.assign(opened, "fits-age", "teacher2")
    story.plan(opened, days=-3, teachers=("teacher2",))
    deciding.open_decision(
        opened, actor=story.head, question="?", template="advice", closes_on=in_days(3),
        people=[story.world.user("teacher2")],
    )  # fmt: skip
    assert len(tasks(story, "teacher2")) == 3

    Membership.objects.filter(user=story.world.user("teacher2")).update(ended_at=timezone.now())

    assert tasks(story, "teacher2") == []


def test_a_council_member_who_teaches_elsewhere_is_not_asked_for_the_council_there(
    story: Story, opened: Dossier
) -> None:
    sister = story.world.user("sister")
    Membership.objects.create(user=sister, school=story.world.other_school, role="council_member")
    Membership.objects.create(user=sister, school=story.world.school, role="teacher")

    story.council_item(opened)

    assert tasks(story, "sister") == []
    assert tasks(story, "council")


# Order


def test_what_is_due_first_comes_first_and_what_has_no_date_last(
    story: Story, opened: Dossier
) -> None:
    story.council_item(opened)  # in 6 days
    story.plan(opened, days=3, teachers=())
    _wish(story, opened)

    assert [task.due for task in tasks(story, "head")] == [in_days(3), in_days(6), None]


def test_a_task_is_late_from_the_day_after() -> None:
    today = timezone.localdate()

    assert [Task("Doe iets", "/", "x", due=day).late for day in (in_days(-1), today, None)] == [
        True, False, False,
    ]  # fmt: skip


def test_what_somebody_put_on_the_own_list_and_left_falls_to_who_leads(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    mine, school = story.world.user("teacher2"), opened.school
    row = Assignment.objects.create(
        school=school, dossier=opened, title="Bel hen", owner=mine, asked_by=mine
    )
    Assignment.objects.create(school=school, title="Van mij alleen", owner=mine, asked_by=mine)
    assert set(titles(story)) == {"teacher2"}

    Membership.objects.filter(user=mine).update(ended_at=timezone.now())

    assert titles(story) == {"coordinator": ["Bel hen"], "head": ["Bel hen"]}
    assert "Bel hen" in words(sign_in("head").get("/taken/"))
    with pytest.raises(PermissionDenied):
        work.finish(row, actor=story.teacher)
    work.finish(row, actor=story.head)
    assert titles(story) == {}
    assert queries.done(story.head).get().owner_id == story.head.uid


def _factor_action(story: Story, dossier: Dossier) -> object:
    return FactorAction.objects.create(
        dossier=dossier,
        owner=story.world.user("teacher2"),
        due=timezone.localdate(),
        moment="middle",
        factor="W1",
        what="Bel hen.",
    )


def _condition(story: Story, dossier: Dossier) -> object:
    story.agree(story.screened(dossier))
    wanted = replace(story.wanted(), user=story.world.user("teacher2"))
    decision = story.propose(dossier, people=("teacher",))
    story.speak(decision, "teacher")
    return story.sign(decision, "yes-with-conditions", conditions=[wanted])


def _checkpoint(story: Story, dossier: Dossier) -> object:
    version = story.agree(dossier)
    day = AgreementCheckpoint.objects.create(
        agreement=version.agreement,
        on=timezone.localdate(),
        what="Samen kijken",
        school_user=story.world.user("teacher2"),
    )
    return version.checkpoints.add(day)


@pytest.mark.parametrize(
    ("make", "title", "falls"),
    [
        (_criterion, "Beoordeel 1 vraag", {"coordinator"}),
        (_factor_action, "Doe wat jullie afspraken", {"coordinator"}),
        (_checkpoint, "Kijk samen met", {"coordinator"}),
        (_condition, "Breng in orde", {"coordinator", "head"}),
    ],
)
def test_the_work_of_who_left_falls_to_who_leads(
    make: Make, title: str, falls: set[str], story: Story, opened: Dossier
) -> None:
    """Issue 4, item 20. Who leads the dossier; where nobody does, who leads the school."""

    def asked() -> set[str]:
        found = titles(story).items()
        return {who for who, each in found if any(one.startswith(title) for one in each)}

    make(story, opened)
    assert asked() == {"teacher2"}

    Membership.objects.filter(user=story.world.user("teacher2")).update(ended_at=timezone.now())
    assert asked() == falls

    opened.members.filter(part="lead").delete()
    assert asked() == {"coordinator", "head"}


def test_in_place_of_a_second_reader_who_left_who_leads_asks_another(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """Issue 4, item 20: nobody reads in the name of somebody else, but it does not stand still."""
    title = "Vraag een andere tweede lezer: Teacher2 werkt hier niet meer"

    def asked() -> dict[str, list[str]]:
        found = titles(story).items()
        return {who: each for who, each in found if any("tweede lezer" in one for one in each)}

    story.second(opened, "fits-age")
    assert asked() == {"teacher2": ["Lees een vraag als tweede lezer"]}

    Membership.objects.filter(user=story.world.user("teacher2")).update(ended_at=timezone.now())
    assert asked() == {"coordinator": [title]}
    opened.members.filter(part="lead").delete()
    assert asked() == {"coordinator": [title], "head": [title]}

    (task,) = [t for t in tasks_for(story.coordinator) if t.title == title]
    client = sign_in("coordinator")
    page = client.get(task.href)
    client.post(task.href, {**form(page, reader=""), "reader": story.world.user("teacher").pk})

    assert asked() == {"teacher": ["Lees een vraag als tweede lezer"]}
