"""The school hears it when the partner writes, asks a change or confirms: each thing once."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.actions import agreeing, basics, conversing
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.worklist import actions, digest
from partnerwijzer.worklist.models import Pace, Reader
from tests.dossiers.story import PARTNER_SIDE, Story

ANSWER = "Antwoord op de vraag van"
CHANGE = "Bekijk de wijziging die"


@pytest.fixture(autouse=True)
def _morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says, it is after seven."""
    monkeypatch.setattr(digest, "MORNING", time(0))


@pytest.fixture
def version(story: Story, opened: Dossier) -> AgreementVersion:
    """Sent to the partner; everybody had the mail of the day."""
    made = story.fix(opened)
    story.send(made)
    mails(story)
    return AgreementVersion.objects.get(pk=made.pk)


def mails(story: Story, who: str = "coordinator") -> list[str]:
    """What the mail of the next day says to somebody: subject and text."""
    OutgoingMail.objects.all().delete()
    Reader.objects.update(told_at=timezone.now() - timedelta(days=1, hours=1))
    while digest._due(timezone.now()).exists():
        digest.sweep()
    rows = OutgoingMail.objects.filter(to=story.world.user(who).email).order_by("pk")
    return [f"{row.subject}\n{row.body}" for row in rows]


def write(version: AgreementVersion, text: str) -> None:
    conversing.write_for_partner(version.agreement, actor=PARTNER_SIDE, text=text)


def test_each_message_of_the_partner_is_told_once(story: Story, version: AgreementVersion) -> None:
    write(version, "Is er een beamer?")
    first, again = mails(story), mails(story)
    write(version, "En geluid?")
    second = mails(story)
    conversing.write_for_school(version.agreement, actor=story.teacher, text="Ja.")
    write(version, "Dank!")
    third = mails(story)

    assert [len(told) for told in (first, again, second, third)] == [1, 0, 1, 1]
    assert all(told[0].startswith(ANSWER) for told in (first, second, third))
    assert first[0].count(ANSWER) == 2  # the subject and the line: nothing twice in one mail


def test_a_change_is_told_as_work_and_not_as_news_as_well(
    story: Story, version: AgreementVersion
) -> None:
    wishes = {"": "Graag een uur later."}
    agreeing.ask_change(version, actor=PARTNER_SIDE, name="Lowie", wishes=wishes)
    told = mails(story)
    agreeing.handle_change(version.changes.get(), actor=story.coordinator, answer="Nee.")
    agreeing.ask_change(version, actor=PARTNER_SIDE, name="Lowie", wishes=wishes)
    again = mails(story)

    assert [text.count(CHANGE) for text in (*told, *again)] == [2, 2]
    assert "vroeg een wijziging" not in told[0] + again[0]


def test_that_the_partner_confirmed_is_news_for_who_works_on_it(
    story: Story, version: AgreementVersion
) -> None:
    dossier, teacher = version.agreement.dossier, story.world.user("teacher")
    basics.add_member(dossier, actor=story.coordinator, user=teacher, part="works")
    agreeing.confirm_by_partner(version, actor=PARTNER_SIDE, name="Lowie")

    told = mails(story, "teacher")

    assert "bevestigde versie 1 voor de partner" in told[0]
    assert mails(story, "teacher") == []


def test_who_chose_at_once_hears_it_after_the_pause(
    story: Story, version: AgreementVersion
) -> None:
    user = story.world.user("coordinator")
    actions.choose_pace(user, actor=story.coordinator, pace=Pace.AT_ONCE)
    write(version, "Is er een beamer?")
    OutgoingMail.objects.all().delete()
    Reader.objects.filter(user=user).update(told_at=timezone.now() - digest.PAUSE)

    digest.sweep()

    assert [m.subject.startswith(ANSWER) for m in OutgoingMail.objects.filter(to=user.email)] == [
        True
    ]


# Who leads the school hears it of every dossier, also of those in which they have no part


CONFIRM = "Bevestig de afspraken met"
CONFIRMED = "bevestigde versie 1 voor de partner"
WROTE = "schreef voor de partner over de afspraken"


def test_a_head_with_no_part_in_it_is_told_as_work_and_not_as_news_as_well(
    story: Story, version: AgreementVersion
) -> None:
    agreeing.confirm_by_partner(version, actor=PARTNER_SIDE, name="Lowie")

    told, again = mails(story, "head"), mails(story, "head")

    assert [(text.count(CONFIRM), CONFIRMED in text) for text in told] == [(2, False)]
    assert again == []


def test_what_a_colleague_dealt_with_meanwhile_is_news_for_the_head(
    story: Story, version: AgreementVersion
) -> None:
    write(version, "Is er een beamer?")
    conversing.write_for_school(version.agreement, actor=story.teacher, text="Ja.")
    agreeing.ask_change(version, actor=PARTNER_SIDE, name="Lowie", wishes={"": "Later."})
    agreeing.handle_change(version.changes.get(), actor=story.coordinator, answer="Nee.")
    agreeing.confirm_for_school(version, actor=story.coordinator)
    version.refresh_from_db()
    agreeing.confirm_by_partner(version, actor=PARTNER_SIDE, name="Lowie")

    told = mails(story, "head")[0]

    assert [words in told for words in (WROTE, "vroeg een wijziging", CONFIRMED)] == [True] * 3
    assert "voor de school" not in told  # what colleagues do is news for who works on it
    assert mails(story, "head") == []


@pytest.mark.parametrize("who", ["teacher2", "other_head", "council", "adviser", "board_admin"])
def test_who_leads_nothing_there_and_has_no_part_in_it_hears_nothing(
    who: str, story: Story, version: AgreementVersion
) -> None:
    agreeing.confirm_by_partner(version, actor=PARTNER_SIDE, name="Lowie")
    write(version, "Is er een beamer?")

    assert mails(story, who) == []


def test_the_partner_of_one_is_news_beside_the_work_for_another(
    story: Story, version: AgreementVersion
) -> None:
    """Two versions in one dossier: one waits for the school, the other was confirmed by both."""
    dossier = version.agreement.dossier
    other = story.make_partner("Tweede partner")
    basics.add_partner(dossier, actor=story.coordinator, partner=other)
    draft = agreeing.new_draft(dossier, other)
    kept = agreeing.save_draft(
        dossier, actor=story.coordinator, partner=other, version=0,
        blocks=version.agreement.blocks, fields={**version.agreement.fields, **draft.fields},
        extra="",
    )  # fmt: skip
    second = agreeing.fix_version(kept, actor=story.coordinator)
    story.send(second)
    agreeing.confirm_for_school(second, actor=story.coordinator)
    second.refresh_from_db()
    for one in (version, second):
        agreeing.confirm_by_partner(one, actor=PARTNER_SIDE, name="Lowie")

    told = mails(story, "head")[0]

    assert (told.count(CONFIRM), told.count(CONFIRMED)) == (2, 1)


def test_who_is_asked_for_a_position_does_not_read_it_as_news_too(
    story: Story, opened: Dossier
) -> None:
    """Issue 4, 20: nothing twice. Who works on it and is not asked still reads that it began."""
    for who in ("teacher", "teacher2"):
        user = story.world.user(who)
        basics.add_member(opened, actor=story.coordinator, user=user, part="works")
    mails(story)
    story.propose(opened, people=("teacher",))
    rows = OutgoingMail.objects

    mails(story)

    told = {
        who: "\n".join(rows.filter(to=story.world.user(who).email).values_list("body", flat=True))
        for who in ("teacher", "teacher2")
    }
    seen = {who: ("Geef je standpunt" in text, "legde de vraag voor" in text)
            for who, text in told.items()}  # fmt: skip
    assert seen == {"teacher": (True, False), "teacher2": (False, True)}
