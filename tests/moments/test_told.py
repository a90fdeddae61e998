"""D16 (S5.1): whoever has a moment in an agenda hears what becomes of it, in the own language."""

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments import actions
from partnerwijzer.moments.models import Shift
from partnerwijzer.organisations import actions as people
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.volunteers import actions as volunteers
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_MAIL, Story, in_days, last_token
from tests.moments.test_day import PARTNER, mails, to

MIA = "mia@ouders.example"
OFF = {"side": "school", "reason": "Staking"}


@pytest.fixture
def own_page(story: Story, moment: Activity) -> str:
    """The page of a parent who chose to help at the moment."""
    slot = volunteers.want(
        moment.dossier, actor=story.head, activity=moment, key="reading-parents", wanted=2
    )
    person = volunteers.ask(
        moment.dossier, actor=story.coordinator, who="parent", name="Mia Proef", email=MIA
    )
    where = reverse("volunteers:own_page", args=[last_token("/vrijwilliger/")])
    volunteers.answer(person, actor=guest(""), slots=[slot])
    OutgoingMail.objects.all().delete()
    return where


def body_of(address: str) -> str:
    return OutgoingMail.objects.get(to=address).body


def test_who_comes_to_help_hears_that_it_is_called_off(
    story: Story,
    moment: Activity,
    own_page: str,
    sign_in: SignIn,
) -> None:
    row = actions.call_off(moment, actor=story.head, **OFF)

    assert mails()[MIA] == "Schrap in je agenda: Workshop reclame"
    assert "Staking" not in body_of(MIA)  # why is between the school, its teachers and the partner
    assert "Staking" in body_of(story.world.user("teacher").email)
    assert row.told == ["Teacher", "1 mens die helpt"]  # never the address
    assert "Workshop reclame" in words(sign_in("teacher").get(own_page))
    assert "gaat niet door" in words(sign_in("teacher").get(own_page))


@pytest.mark.parametrize("deed", ["move", "call_off"])
def test_the_form_says_who_reads_why(deed: str, moment: Activity, sign_in: SignIn) -> None:
    """domain.md 7.2: nothing on health goes around unasked."""
    shown = words(sign_in("head").get(to(moment, deed)))

    assert "Dit lezen je collega’s, en de partner als je die mailt" in shown
    assert "niets over gezondheid" in shown


def test_who_comes_to_help_hears_the_new_day_of_each_moment(
    story: Story,
    moment: Activity,
    own_page: str,
) -> None:
    for days in (9, 10):
        moment.refresh_from_db()
        actions.move(
            moment, actor=story.head, version=moment.version, on=in_days(days),
            starts=moment.starts, ends=moment.ends, **OFF,
        )  # fmt: skip

    assert OutgoingMail.objects.filter(to=MIA).count() == 2  # the second does not wipe the first


def test_who_withdrew_hears_nothing(story: Story, moment: Activity, own_page: str) -> None:
    volunteers.forget(moment.dossier.volunteers.get(), actor=story.coordinator)

    actions.call_off(moment, actor=story.head, **OFF)

    assert MIA not in mails()


def test_what_is_put_back_is_told_to_all_who_were_told_that_it_was_off(
    story: Story,
    moment: Activity,
    own_page: str,
    sign_in: SignIn,
) -> None:
    actions.call_off(moment, actor=story.head, partner_mail=[PARTNER], **OFF)
    OutgoingMail.objects.all().delete()
    client, where = sign_in("head"), to(moment, "restore")

    fields = form(client.get(where), partner_mail="")
    shown = words(client.post(where, {**fields, "partner_mail": PARTNER}, follow=True))

    subject = "Zet weer in je agenda: Workshop reclame"
    teacher = story.world.user("teacher").email
    assert mails() == {teacher: subject, PARTNER: subject, MIA: subject}
    assert f"Mail vertrok naar: Teacher, {PARTNER}, 1 mens die helpt." in shown
    assert "weer op de planning" in shown
    assert Shift.objects.last().before == ""
    moment.refresh_from_db()
    assert moment.state == "planned"


def test_a_day_that_was_written_wrongly_is_corrected_and_nobody_is_told(
    story: Story, moment: Activity, own_page: str, sign_in: SignIn
) -> None:
    Activity.objects.filter(pk=moment.pk).update(on=in_days(-2), state="confirmed")
    client, where = sign_in("head"), to(moment, "move")
    page = client.get(where)
    fields = form(page, reason="")

    done = words(
        client.post(
            where, {**fields, **OFF, "on": in_days(-3), "partner_mail": PARTNER}, follow=True
        )
    )

    moment.refresh_from_db()
    assert (moment.on, moment.state) == (in_days(-3), "confirmed")
    assert mails() == {}
    assert Shift.objects.get().told == []
    assert "niemand krijgt mail" in words(page)
    assert "Niemand kreeg mail" in done
    assert "Verbeter de dag of het uur" in done


@pytest.mark.parametrize(("was", "new"), [(-2, 3), (3, -2), (0, -2), (-2, 0)])
def test_a_day_that_is_still_to_come_is_told_whichever_way_it_moves(
    was: int, new: int, story: Story, moment: Activity
) -> None:
    Activity.objects.filter(pk=moment.pk).update(on=in_days(was), state="confirmed")

    actions.move(
        moment, actor=story.head, version=moment.version, on=in_days(new),
        starts=moment.starts, ends=moment.ends, **OFF,
    )  # fmt: skip

    moment.refresh_from_db()
    assert moment.state == "planned"
    assert list(mails()) == [story.world.user("teacher").email]


def test_what_is_put_back_after_its_day_tells_nobody(
    story: Story, moment: Activity, own_page: str, sign_in: SignIn
) -> None:
    Activity.objects.filter(pk=moment.pk).update(on=in_days(-2), state="cancelled")
    client, where = sign_in("head"), to(moment, "restore")

    page = client.get(where)
    done = words(client.post(where, {"partner_mail": PARTNER}, follow=True))

    moment.refresh_from_db()
    assert moment.state == "planned"
    assert mails() == {}
    assert "niemand krijgt mail" in words(page)
    assert "Bevestig ze" not in done


def test_what_goes_on_cannot_be_put_back(story: Story, moment: Activity) -> None:
    with pytest.raises(NotAllowedNow):
        actions.restore(moment, actor=story.head)
    assert mails() == {}


@pytest.mark.parametrize("deed", ["call_off", "send_pack"])
def test_the_partner_reads_dutch_whoever_writes(
    deed: str,
    story: Story,
    moment: Activity,
    sign_in: SignIn,
) -> None:
    User.objects.filter(pk=story.world.user("head").pk).update(language="en")
    empty = dict.fromkeys(actions.PACK, "")
    actions.save_pack(moment, actor=story.head, version=None, facts={**empty, "arrival": "Poort"})
    given = {"call_off": {**OFF, "partner_mail": PARTNER}, "send_pack": {"email": PARTNER}}

    sign_in("head").post(to(moment, deed), given[deed])

    dutch = {
        "call_off": "Schrap in je agenda: Workshop reclame",
        "send_pack": "Bereid je bezoek voor: Workshop reclame",
    }
    assert mails()[PARTNER] == dutch[deed]
    assert " tot " in body_of(PARTNER)


def test_the_day_is_not_changed_where_nobody_is_told(
    story: Story,
    moment: Activity,
    decided: Dossier,
    sign_in: SignIn,
) -> None:
    client = sign_in("coordinator")
    where = reverse("dossiers:activity_edit", args=[decided.pk, moment.pk])
    page = client.get(where)
    assert to(moment, "move") in page.content.decode()
    day = moment.on

    typed = {**form(page, title=""), "title": "Workshop beeld"}
    client.post(where, {**typed, "on": in_days(9), "starts": "08:00", "ends": "09:00"})

    moment.refresh_from_db()
    assert (moment.title, moment.on) == ("Workshop beeld", day)
    with pytest.raises(NotAllowedNow, match="Verplaats"):
        running.edit_activity(
            moment, actor=story.head, version=moment.version, facts={"on": in_days(9)},
            groups=[], teachers=[],
        )  # fmt: skip


def test_who_helps_and_who_stays_hear_who_takes_over(
    story: Story, moment: Activity, own_page: str
) -> None:
    story.edit(moment, "teacher", "coordinator", title=moment.title)
    OutgoingMail.objects.all().delete()

    _row, told = actions.replace_teacher(
        moment, actor=story.head, absent=story.world.user("teacher"),
        substitute=story.world.user("teacher2"), note="De sleutel ligt klaar",
    )  # fmt: skip

    assert told == ["Coordinator", "1 mens die helpt"]
    for address in (MIA, story.world.user("coordinator").email):
        assert mails()[address] == "Kijk wie er bij de groep is: Workshop reclame"
        assert "blijft nu bij de groep: Coordinator, Teacher2." in body_of(address)
        assert "sleutel" not in body_of(address)  # that is for who takes over


def test_who_is_taken_off_a_moment_hears_it(story: Story, moment: Activity) -> None:
    story.edit(moment, "coordinator", title=moment.title)

    teacher = story.world.user("teacher").email
    assert mails() == {teacher: "Schrap in je agenda: Workshop reclame"}
    assert "Zeg het aan Coordinator" in body_of(teacher)


@pytest.mark.parametrize("why", ["over", "off", "self"])
def test_who_is_taken_off_hears_nothing_that_is_of_no_use(
    why: str, story: Story, moment: Activity, decided: Dossier
) -> None:
    if why == "over":
        Activity.objects.filter(pk=moment.pk).update(on=in_days(-1))
    if why == "off":
        running.cancel_activity(moment, actor=story.head, reason="Staking")
    if why == "self":  # who does it is the coordinator
        moment = story.plan(decided, days=2, teachers=("coordinator",), title="Zwemmen")

    moment.refresh_from_db()
    story.edit(moment, "head", title=moment.title)

    assert mails() == {}


def test_ending_a_dossier_calls_off_what_is_to_come_and_tells_everybody(
    story: Story, moment: Activity, own_page: str, sign_in: SignIn
) -> None:
    """S5.2, D16 and D19: who has it in an agenda hears that it does not go on."""
    over = story.plan(moment.dossier, days=-2, title="Die er was")
    client, finish = sign_in("head"), reverse("dossiers:finish", args=[moment.dossier_id])
    asked = words(client.get(finish))
    OutgoingMail.objects.all().delete()

    client.post(
        finish, {**form(client.get(finish), once=""), "wat": "stoppen", "reason": "Ze zeiden iets."}
    )

    assert "Er komen nog momenten." in asked
    assert "Workshop reclame" in asked
    assert "Die er was" not in asked
    moment.refresh_from_db()
    over.refresh_from_db()
    assert (moment.state, over.state) == ("cancelled", "planned")
    teacher = story.world.user("teacher").email
    assert {teacher, MIA, PARTNER_MAIL} == set(mails())
    assert "De samenwerking is voorbij." in body_of(PARTNER_MAIL)
    assert "Ze zeiden iets." not in body_of(PARTNER_MAIL)  # why stays in the dossier
    assert "Deze samenwerking is voorbij" in words(client.get(own_page))
    assert "Workshop reclame" not in words(client.get(reverse("dossiers:planning")))


def test_a_dossier_that_ends_without_moments_to_come_mails_nobody(
    story: Story, moment: Activity
) -> None:
    Activity.objects.filter(pk=moment.pk).update(on=in_days(-1))

    basics.stop_dossier(moment.dossier, actor=story.head, reason="Geen tijd.")

    assert mails() == {}


def test_a_teacher_who_leaves_the_school_stays_with_no_group(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    """S5.2, D16: a teacher is present; who left is not, and a confirmed moment waits again."""
    alone = Activity.objects.get(pk=moment.pk)
    running.confirm_activity(alone, actor=story.head)
    both = story.plan(moment.dossier, days=2, teachers=("teacher", "teacher2"), title="Met twee")
    running.confirm_activity(both, actor=story.head)
    over = story.plan(moment.dossier, days=-2, title="Die er was")
    seat = Membership.objects.get(user=story.world.user("teacher"))

    people.end_membership(seat, actor=story.head)

    alone.refresh_from_db()
    both.refresh_from_db()
    assert (alone.state, alone.teachers.count()) == ("planned", 0)
    assert (both.state, both.teachers.get().name) == ("confirmed", "Teacher2")
    assert over.teachers.get().name == "Teacher"  # what was, was
    client = sign_in("head")
    day = words(client.get(to(moment, "day")))
    assert "Nog geen leerkracht" in day
    assert "bevestigd" not in day
    assert "Er blijft een leerkracht bij" not in day


def test_who_gets_another_role_at_the_school_stays_with_the_group(
    story: Story, moment: Activity
) -> None:
    seat = Membership.objects.get(user=story.world.user("teacher"))

    people.change_role(seat, actor=story.head, role="coordinator")

    assert moment.teachers.get().name == "Teacher"
