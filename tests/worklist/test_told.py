"""Who is told what happens around a moment (D16, P6, W): as work, or as news; nothing twice."""

from datetime import timedelta

import pytest

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.factors import actions as factors
from partnerwijzer.moments import actions as moments
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.trajectories.models import Rule
from partnerwijzer.volunteers import actions as volunteers
from partnerwijzer.worklist import queries
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.story import Story, in_days


def news(who: str, story: Story) -> list[str]:
    return [item.entry.sentence for item in queries.news(story.world.actor(who))]


def tasks(who: str, story: Story) -> list[str]:
    return [task.title for task in tasks_for(story.world.actor(who))]


ASKED = "Coordinator vroeg {name} om bij de groep te blijven: ‘Leesuur’, "


def test_a_teacher_who_is_named_for_a_moment_reads_it_once(story: Story, opened: Dossier) -> None:
    """S5.2: the teacher who stays with the group; also one with no other part in the dossier."""
    moment = story.plan(opened, teachers=("teacher2",), title="Leesuur")

    line = ASKED.format(name="Teacher2")
    assert [one for one in news("teacher2", story) if one.startswith(line)] == news(
        "teacher2", story
    )
    assert queries.unseen(story.world.actor("teacher2")) == 1
    for who in ("coordinator", "teacher", "other_teacher"):  # who did it, and others
        assert not any("Teacher2" in one for one in news(who, story))

    story.edit(moment, "teacher2", "head", title="Leesuur")

    assert len(news("teacher2", story)) == 1
    assert news("head", story)[0].startswith(ASKED.format(name="Head"))


def test_who_works_on_the_dossier_too_reads_one_line_of_it(story: Story, opened: Dossier) -> None:
    basics.add_member(opened, actor=story.head, user=story.world.user("teacher2"), part="works")
    before = len(news("teacher2", story))

    story.plan(opened, teachers=("teacher2",), title="Leesuur")
    story.plan(opened, teachers=(), title="Toneel")

    assert len(news("teacher2", story)) == before + 2
    assert queries.unseen(story.world.actor("teacher2")) == before + 2


def test_of_a_series_one_line_tells_all_moments(story: Story, opened: Dossier) -> None:
    facts = {
        "title": "Coach", "rule": Rule.WEEKLY, "first": in_days(1), "until": in_days(60),
        "place": "", "skip_off": False, "working_form": "",
        "starts": story.moment()["starts"], "ends": story.moment()["ends"],
    }  # fmt: skip
    trajectories.make_series(
        opened, actor=story.coordinator, facts=facts, groups=[],
        teachers=[story.world.user("teacher2")],
    )  # fmt: skip

    told = news("teacher2", story)
    assert len(told) == 1
    assert "‘Coach’, 9 keer vanaf" in told[0]
    basics.add_member(opened, actor=story.coordinator, user=story.world.user("head"), part="works")
    lines = ["Coordinator plande een reeks: Coach, 9 keer."]
    assert [one for one in news("head", story) if "Coach" in one] == lines
    basics.add_member(opened, actor=story.head, user=story.world.user("teacher2"), part="works")
    assert [one for one in news("teacher2", story) if "Coach" in one] == told
    story.plan(opened, teachers=(), title="Toneel")
    assert news("teacher2", story)[0].startswith("Coordinator plande ‘Toneel’")


def test_the_lead_reads_that_a_volunteer_comes_and_comes_not(story: Story, opened: Dossier) -> None:
    """P6; never who it is."""
    person = volunteers.ask(
        opened, actor=story.coordinator, who="parent", name="Mia Proef", email="mia@x.example"
    )
    slot = volunteers.want(
        opened, actor=story.coordinator, activity=story.plan(opened), key="reading-parents",
        wanted=1,
    )  # fmt: skip
    volunteers.answer(person, actor=guest(""), slots=[slot])
    assert news("coordinator", story)[0] == "Een vrijwilliger koos waarbij te helpen."

    volunteers.withdraw(person, actor=guest(""))

    assert news("coordinator", story)[0].startswith("Een vrijwilliger komt toch niet")


@pytest.mark.parametrize(("days", "waits"), [(-3, True), (7, True), (8, False)])
def test_a_milestone_near_or_late_is_work(
    days: int, waits: bool, story: Story, opened: Dossier
) -> None:
    row = trajectories.add_milestone(
        opened, actor=story.coordinator, title="Iedereen leest", on=in_days(days)
    )
    title = "Kijk of dit bereikt is: Iedereen leest"
    assert (title in tasks("coordinator", story)) is waits
    assert title not in tasks("other_head", story)

    trajectories.edit_milestone(
        row,
        actor=story.coordinator,
        version=1,
        title=row.title,
        on=row.on,
        state="reached",
        note="",
    )

    assert title not in tasks("coordinator", story)


def test_an_incident_that_is_not_closed_is_work_of_who_may_read_it(
    story: Story, opened: Dossier
) -> None:
    moment = story.plan(opened, days=-1, teachers=("teacher",))
    row = moments.write_incident(
        moment, actor=story.world.actor("teacher"), happened="Een val.", done=""
    )

    readers = {who for who in story.world.users if "Volg een incident op" in tasks(who, story)}
    assert readers == {"head", "coordinator", "teacher"}

    moments.change_incident(
        row, actor=story.head, version=1, happened="Een val.", done="Verzorgd.", close=True
    )
    assert "Volg een incident op" not in tasks("head", story)


def test_who_was_really_there_is_asked_to_look_back(story: Story, opened: Dossier) -> None:
    """D16: the planned teacher was ill; the one who came knows how it went."""
    moment = story.plan(opened, days=-1, teachers=("teacher",))
    assert opened in waiting.evaluations(story.world.actor("teacher"))

    moments.note_attendance(
        moment, actor=story.head, version=None, teachers=[story.world.user("teacher2")],
        came="yes", pupils=20, note="",
    )  # fmt: skip

    assert opened not in waiting.evaluations(story.world.actor("teacher"))
    assert opened in waiting.evaluations(story.world.actor("teacher2"))


def test_the_partner_is_asked_at_each_of_three_moments(story: Story, opened: Dossier) -> None:
    """W: at the start, halfway and at the end."""
    lead, row = story.coordinator, opened.partners.get()
    title = f"Vraag {row.partner.name} hoe de samenwerking loopt"

    def begun(days: int) -> None:
        day = story.today - timedelta(days=days)
        Dossier.objects.filter(pk=opened.pk).update(
            kind="structural", planned_from=day, planned_until=day + timedelta(days=100)
        )

    def ask(moment: str) -> None:
        factors.ask(opened, actor=lead, row=row, moment=moment, email="p@x.example", name="P")

    for days, moment in ((1, "start"), (60, "halfway"), (101, "end")):
        begun(days)
        assert title in tasks("coordinator", story)
        ask(moment)
        assert title not in tasks("coordinator", story)
