"""The news of one's dossiers, and the one calm mail about work and news."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.audit import log
from partnerwijzer.dossiers.actions import basics, reminding
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments import actions as moments
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.worklist import actions, digest, queries
from partnerwijzer.worklist.models import Pace, Reader, Told
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story, in_days

NEWS = "/nieuws/"


@pytest.fixture(autouse=True)
def _morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says, it is after seven."""
    monkeypatch.setattr(digest, "MORNING", time(0))


def told(who: str, story: Story) -> list[str]:
    rows = OutgoingMail.objects.filter(to=story.world.user(who).email).order_by("pk")
    return [row.subject for row in rows]


def tell_all() -> None:
    OutgoingMail.objects.all().delete()
    while digest.sweep():
        pass
    while digest._due(timezone.now()).exists():
        digest.sweep()


def a_day_later() -> None:
    """Everybody was looked at yesterday."""
    for reader in Reader.objects.all():
        Reader.objects.filter(pk=reader.pk).update(told_at=_yesterday())


def _yesterday() -> datetime:
    return timezone.now() - timedelta(days=1, hours=1)


def news(who: str, story: Story) -> list[str]:
    return [item.entry.sentence for item in queries.news(story.world.actor(who))]


def test_every_kind_of_news_has_a_sentence() -> None:
    assert [verb for verb in queries.NEWS if verb not in log._sentences] == []


def test_news_is_what_others_did_in_ones_dossiers(story: Story, opened: Dossier) -> None:
    basics.add_member(opened, actor=story.head, user=story.world.user("teacher"), part="works")
    story.plan(opened, days=3, title="Workshop reclame", teachers=())  # by the coordinator

    planned = "Coordinator plande ‘Workshop reclame’"
    assert news("teacher", story)[0].startswith(planned)
    assert not any(line.startswith(planned) for line in news("coordinator", story))  # did it
    for who in ("other_head", "council", "adviser", "umbrella_admin"):
        assert news(who, story) == []


def test_a_hidden_position_is_no_news(story: Story, opened: Dossier) -> None:
    decision = story.propose(opened, people=("teacher", "coordinator"))
    before = news("coordinator", story)

    story.speak(decision, "teacher", reason="Te duur")

    assert news("coordinator", story) == before


def test_who_left_the_school_reads_no_news(story: Story, opened: Dossier) -> None:
    story.plan(opened, days=3)
    assert news("coordinator", story) != []

    Membership.objects.filter(user=story.world.user("coordinator")).update(ended_at=timezone.now())

    assert news("coordinator", story) == []


def test_what_was_seen_is_new_no_more(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    story.plan(opened, days=3)
    client = sign_in("coordinator")
    newest = queries.news(story.world.actor("coordinator"))[0].place
    assert queries.unseen(story.world.actor("coordinator")) > 0

    client.post(NEWS, {"gezien": newest})

    assert queries.unseen(story.world.actor("coordinator")) == 0
    assert "Je bent mee." in words(client.get(NEWS))


# Mail


def test_one_mail_tells_the_work_and_begins_with_a_verb(story: Story, opened: Dossier) -> None:
    tell_all()
    a_day_later()
    story.propose(opened, people=("teacher",))

    tell_all()

    assert told("teacher", story) == ["Geef je standpunt"]
    body = OutgoingMail.objects.get(to=story.world.user("teacher").email).body
    assert "Pas begonnen" in body
    assert reverse("dossiers:decision", args=[opened.pk]) in body


def test_nothing_is_told_twice(story: Story, opened: Dossier) -> None:
    story.assign(opened, "fits-age", "teacher")
    tell_all()
    assert told("teacher", story) == ["Beoordeel 1 vraag"]

    a_day_later()
    tell_all()

    assert told("teacher", story) == []


@pytest.mark.parametrize("deed", ["move", "call_off", "replace_teacher"])
def test_what_a_mail_of_its_own_told_is_not_in_the_mail_of_the_day(
    deed: str, story: Story, opened: Dossier
) -> None:
    """Issue 3, line 20: nothing twice. Who got no such mail reads it in the news."""
    basics.add_member(opened, actor=story.head, user=story.world.user("teacher"), part="works")
    moment = story.plan(opened, days=3, teachers=("teacher",), title="Workshop")
    tell_all()
    a_day_later()
    OutgoingMail.objects.all().delete()
    why = {"side": "school", "reason": "Staking"}
    given: dict[str, dict[str, Any]] = {
        "move": {
            **why, "version": moment.version, "on": moment.on, "starts": time(13), "ends": time(14)
        },
        "call_off": why,
        "replace_teacher": {
            "absent": story.world.user("teacher"), "substitute": story.world.user("teacher2")
        },
    }  # fmt: skip
    getattr(moments, deed)(moment, actor=story.head, **given[deed])

    tell_all()

    assert told("teacher", story) == []
    body = OutgoingMail.objects.get(to=story.world.user("coordinator").email).body
    assert "Workshop" in body


def test_a_ballot_that_reminds_by_itself_is_not_announced_again_by_the_mail_of_the_day(
    story: Story, screened: Dossier
) -> None:
    """Advice promises no reminder: of that, the mail of the day tells that its day is near."""
    decision = story.propose(screened, template="consent")
    tell_all()
    Decision.objects.filter(pk=decision.pk).update(closes_on=in_days(1))
    _as_told_before(story)
    a_day_later()

    tell_all()
    went = reminding.remind_waiting()
    consent = told("teacher", story)
    Decision.objects.filter(pk=decision.pk).update(silence="no-answer")
    a_day_later()
    tell_all()

    assert (went, consent) == (2, [f"Geef nog je standpunt: {decision.question}"])
    assert told("teacher", story) == ["Geef je standpunt"]


def _as_told_before(story: Story) -> None:
    """The mail of the day told of this ballot, on another day, with the day that it has now."""
    for who in ("teacher", "coordinator"):
        (task,) = [t for t in tasks_for(story.world.actor(who)) if t.key == "position"]
        Told.objects.create(user=story.world.user(who), mark=task.mark)


def test_of_more_news_than_fits_the_mail_says_how_much_and_where(
    story: Story, opened: Dossier
) -> None:
    basics.add_member(opened, actor=story.head, user=story.world.user("teacher"), part="works")
    tell_all()
    a_day_later()
    OutgoingMail.objects.all().delete()
    for number in range(digest.MOST + 2):  # by the coordinator
        story.plan(opened, days=3 + number, title=f"Les {number}", teachers=())

    tell_all()

    body = OutgoingMail.objects.get(to=story.world.user("teacher").email).body
    assert body.count("plande ‘Les") == digest.MOST
    assert "En nog 2 andere berichten." in body
    assert NEWS in body


def test_the_same_day_no_second_mail(story: Story, opened: Dossier) -> None:
    tell_all()
    story.assign(opened, "fits-age", "teacher")

    tell_all()

    assert told("teacher", story) == []


def test_who_chose_at_once_gets_it_after_a_pause(story: Story, opened: Dossier) -> None:
    teacher = story.world.user("teacher")
    actions.choose_pace(teacher, actor=story.world.actor("teacher"), pace=Pace.AT_ONCE)
    tell_all()
    Reader.objects.filter(user=teacher).update(told_at=timezone.now() - digest.PAUSE)
    story.assign(opened, "fits-age", "teacher")

    tell_all()

    assert told("teacher", story) == ["Beoordeel 1 vraag"]


def test_who_wants_no_mail_gets_none(story: Story, opened: Dossier) -> None:
    teacher = story.world.user("teacher")
    actions.choose_pace(teacher, actor=story.world.actor("teacher"), pace=Pace.NEVER)
    story.assign(opened, "fits-age", "teacher")

    tell_all()

    assert told("teacher", story) == []


def test_before_seven_nobody_is_woken(
    story: Story, opened: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "MORNING", time(7))
    six = timezone.make_aware(datetime(2026, 3, 2, 6, 0))
    eight = timezone.make_aware(datetime(2026, 3, 2, 8, 0))

    assert digest._due(six).count() == 0
    assert digest._due(eight).count() > 0


def test_a_closed_account_and_who_has_no_role_get_none(story: Story, opened: Dossier) -> None:
    story.assign(opened, "fits-age", "teacher")
    story.propose(opened, people=("head",))
    User.objects.filter(pk=story.world.user("teacher").pk).update(is_active=False)
    Membership.objects.filter(user=story.world.user("head")).update(ended_at=timezone.now())

    tell_all()

    assert told("teacher", story) + told("head", story) == []


def test_the_mail_is_in_the_language_of_the_reader(story: Story, opened: Dossier) -> None:
    User.objects.filter(pk=story.world.user("teacher").pk).update(language="en")
    story.propose(opened, people=("teacher",))

    tell_all()

    assert told("teacher", story) == ["Give your position"]


def test_a_mail_program_stops_it_with_one_click(story: Story, opened: Dossier, client: Any) -> None:
    story.assign(opened, "fits-age", "teacher")
    tell_all()
    post.sweep()
    sent = next(m for m in mail.outbox if m.to == [story.world.user("teacher").email])
    headers = sent.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in sent.body

    path = "/" + address.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert queries.reader(story.world.actor("teacher")).pace == Pace.DAILY  # looking is not asking
    client.post(path, {"List-Unsubscribe": "One-Click"})

    assert queries.reader(story.world.actor("teacher")).pace == Pace.NEVER
    assert OutgoingMail.objects.exclude(stop="").filter(sent_at__isnull=False).count() == 0


def test_an_address_that_is_not_ours_does_nothing(client: Any, story: Story) -> None:
    assert client.post(reverse("worklist:stop_mail", args=["x:y:z"])).status_code == 404


def test_a_worker_that_dies_before_the_mail_is_stored_tells_it_later(
    story: Story, opened: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.assign(opened, "fits-age", "teacher")

    def die(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(post, "send", die)
        with pytest.raises(KeyboardInterrupt):
            tell_all()

    tell_all()

    assert told("teacher", story) == ["Beoordeel 1 vraag"]


def test_one_person_who_cannot_be_mailed_stops_nobody_else(story: Story, opened: Dossier) -> None:
    story.assign(opened, "fits-age", "teacher")
    story.propose(opened, people=("teacher2",))
    User.objects.filter(pk=story.world.user("teacher").pk).update(email="geen adres")

    tell_all()

    assert told("teacher2", story) == ["Geef je standpunt"]
    assert digest._due(timezone.now()).count() == 0  # and the worker does not turn in circles
