"""Step 3 once it is confirmed: until when it holds, the days on which both look, what replaces it
(mission S3.1 and S3.2)."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers import checkpoints as pure
from partnerwijzer.dossiers.actions import agreeing, basics, checkpoints
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementCheckpoint, AgreementVersion, Dossier
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import again, notes_page, page_of
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_SIDE, Story, last_token

DAYS = "checkpoints.checkpoints"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def looks(*rows: tuple[int, str], person: str = "", partner: str = "Lowie") -> str:
    """The field of a draft that holds the days."""
    named = {"person": person, "school": "Teacher" if person else "", "partner": partner}
    return json.dumps([{"on": in_days(n).isoformat(), "what": what, **named} for n, what in rows])


@pytest.fixture
def long(story: Story, begun: Dossier) -> Dossier:
    """A structural dossier: its note has a term and days on which both look."""
    changes = {"kind": "structural"}
    basics.edit_dossier(begun, actor=story.teacher, version=begun.version, changes=changes)
    return Dossier.objects.get(pk=begun.pk)


def confirmed(story: Story, dossier: Dossier, **filled: str) -> AgreementVersion:
    given = {
        "trajectory.start_date": in_days(-30).isoformat(),
        "trajectory.end_date": in_days(300).isoformat(),
        DAYS: looks((5, "Loopt het goed"), (90, "Doen we voort")),
        **filled,
    }
    version = story.fix(dossier, **given)
    story.send(version)
    agreeing.confirm_for_school(version, actor=story.head)
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie Staepen")
    return again(version)


def holding(*dossiers: Dossier, days: int = 0) -> list[AgreementVersion]:
    """What holds in these dossiers on that day."""
    rows = AgreementVersion.objects.in_force(in_days(days))
    return list(rows.filter(agreement__dossier__in=dossiers).order_by("pk"))


# Until when it holds


def test_a_version_keeps_from_and_until_when_it_holds(story: Story, long: Dossier) -> None:
    version = confirmed(story, long)

    assert (version.valid_from, version.valid_until) == (in_days(-30), in_days(300))
    assert holding(long) == [version]
    assert holding(long, days=301) == []


def test_an_end_before_the_beginning_stops_a_version(story: Story, long: Dossier) -> None:
    wrong = {
        "trajectory.start_date": "2027-02-01",
        "trajectory.end_date": "2027-01-31",
        DAYS: looks((5, "x")),
    }
    with pytest.raises(NotAllowedNow, match="einde dat na het begin"):
        story.fix(long, **wrong)

    right = {**wrong, "trajectory.end_date": "2027-02-01"}
    assert story.fix(long, **right).valid_until == date(2027, 2, 1)


def test_while_a_change_waits_what_was_confirmed_goes_on_to_hold(
    story: Story, long: Dossier
) -> None:
    first = confirmed(story, long)
    second = story.fix(long, **{"content.topics": "Anders"})
    assert holding(long) == [first]

    story.send(second)
    agreeing.confirm_by_partner(again(second), actor=PARTNER_SIDE, name="Lowie")
    assert holding(long) == [first]
    agreeing.confirm_for_school(again(second), actor=story.head)

    assert holding(long) == [again(second)]
    assert again(first).partner_name == "Lowie Staepen"


def test_the_school_hears_in_time_that_it_ends(story: Story, long: Dossier) -> None:
    confirmed(story, long, **{"trajectory.end_date": in_days(waiting.ENDING_DAYS + 1).isoformat()})
    assert list(waiting.ending_agreements(story.head)) == []

    later = confirmed(
        story, long, **{"trajectory.end_date": in_days(waiting.ENDING_DAYS).isoformat()}
    )

    assert list(waiting.ending_agreements(story.head)) == [later]
    assert list(waiting.ending_agreements(story.world.actor("other_head"))) == []
    told = [t.title for t in tasks_for(story.head)]
    assert "Beslis wat er komt na de afspraken met Schermlicht vzw" in told


# What replaces it


def test_a_new_note_replaces_the_earlier_one_when_both_confirm(story: Story, long: Dossier) -> None:
    old = confirmed(story, long)
    partner = long.partners.get().partner
    follow_up = story.open(partner, title="Vervolg", kind="structural")
    story.begin(follow_up)
    draft = story.draft(
        follow_up,
        **{
            "trajectory.start_date": in_days(0).isoformat(),
            "trajectory.end_date": in_days(400).isoformat(),
            DAYS: looks((9, "Start")),
        },
    )
    saved = agreeing.save_draft(
        follow_up,
        actor=story.coordinator,
        partner=partner,
        version=draft.version,
        blocks=draft.blocks,
        fields=draft.fields,
        extra="",
        supersedes=old,
    )
    new = agreeing.fix_version(saved, actor=story.coordinator)
    assert any("vervangt versie 1" in c["text"] for c in new.content)
    story.send(new)
    agreeing.confirm_for_school(new, actor=story.head)
    assert holding(long, follow_up) == [old]

    agreeing.confirm_by_partner(again(new), actor=PARTNER_SIDE, name="Lowie")

    assert holding(long, follow_up) == [again(new)]


def test_a_replacement_that_begins_later_leaves_the_old_one_until_then(
    story: Story, long: Dossier
) -> None:
    old = confirmed(story, long)
    other = story.open(long.partners.get().partner, title="Ander", kind="structural")
    story.begin(other)
    new = confirmed(story, other)
    AgreementVersion.objects.filter(pk=new.pk).update(supersedes=old, valid_from=in_days(10))

    assert holding(long, days=9) == [old]
    assert holding(long, days=10) == []


# Days on which both look


def test_days_of_the_note_become_tasks_of_the_school_a_week_before(
    story: Story, long: Dossier
) -> None:
    confirmed(story, long, **{DAYS: looks((7, "Loopt het goed"), (8, "Later"))})

    assert [c.what for c in waiting.checkpoints(story.teacher)] == ["Loopt het goed"]
    assert [c.what for c in waiting.checkpoints(story.world.actor("other_head"))] == []
    task = next(t for t in tasks_for(story.teacher) if t.text == "Loopt het goed")
    assert (task.title, task.due) == ("Kijk samen met Schermlicht vzw", in_days(7))


def test_a_day_of_a_named_colleague_is_a_task_of_that_colleague_only(
    story: Story, long: Dossier
) -> None:
    teacher = str(story.world.user("teacher").pk)
    confirmed(story, long, **{DAYS: looks((3, "Loopt het goed"), person=teacher)})

    assert [c.what for c in waiting.checkpoints(story.teacher)] == ["Loopt het goed"]
    assert list(waiting.checkpoints(story.head)) == []


def test_days_of_a_note_that_nobody_confirmed_ask_nothing(story: Story, long: Dossier) -> None:
    story.fix(long, **{DAYS: looks((3, "Loopt het goed"))})

    assert list(waiting.checkpoints(story.head)) == []
    assert checkpoints.tell_partners() == 0


def test_the_partner_gets_one_mail_about_a_day_with_a_link_that_opens(
    story: Story, long: Dossier
) -> None:
    confirmed(story, long)
    before = OutgoingMail.objects.count()

    assert (checkpoints.tell_partners(), checkpoints.tell_partners()) == (1, 0)

    assert OutgoingMail.objects.count() == before + 1
    mail = OutgoingMail.objects.latest("pk")
    assert mail.to == "scholen@partner.example"
    assert mail.subject.startswith("Kijk samen met School A op ")
    assert "Loopt het goed" in mail.body
    shown = Client().get(page_of(last_token("/afspraken/")))
    assert shown.status_code == 200
    assert "Je bevestigde deze afspraken" in words(shown)


def test_nothing_is_mailed_when_the_school_took_the_link_back(story: Story, long: Dossier) -> None:
    version = confirmed(story, long)
    agreeing.withdraw_version(version, actor=story.teacher)

    assert checkpoints.tell_partners() == 0


def test_taking_the_link_back_ends_the_links_of_later_mails_too(
    story: Story, long: Dossier
) -> None:
    version = confirmed(story, long)
    checkpoints.tell_partners()
    token = last_token("/afspraken/")
    assert Client().get(page_of(token)).status_code == 200

    agreeing.withdraw_version(version, actor=story.teacher)

    assert Client().get(page_of(token)).status_code == 404


def test_what_came_of_it_is_noted_once_and_stays_when_the_note_changes(
    story: Story, long: Dossier
) -> None:
    confirmed(story, long)
    day = next(iter(waiting.checkpoints(story.teacher)))
    checkpoints.note_looked(day, actor=story.teacher, note="Meer tijd voor vragen.")
    with pytest.raises(NotAllowedNow, match="al genoteerd door Teacher"):
        checkpoints.note_looked(day, actor=story.head)

    second = confirmed(story, long, **{"content.topics": "Anders"})

    rows = list(second.checkpoints.values_list("what", "note"))
    assert rows == [("Loopt het goed", "Meer tijd voor vragen."), ("Doen we voort", "")]
    assert AgreementCheckpoint.objects.count() == 2
    assert list(waiting.checkpoints(story.teacher)) == []


def test_a_day_that_moved_is_another_day(story: Story, long: Dossier) -> None:
    confirmed(story, long, **{DAYS: looks((3, "Loopt het goed"))})
    checkpoints.note_looked(AgreementCheckpoint.objects.get(), actor=story.teacher)

    second = confirmed(story, long, **{DAYS: looks((6, "Loopt het goed"))})

    assert [c.on for c in waiting.checkpoints(story.teacher)] == [in_days(6)]
    assert second.checkpoints.get().done_at is None


def test_days_are_typed_in_the_browser_and_one_more_row_keeps_the_others(
    story: Story, long: Dossier, sign_in: SignIn
) -> None:
    story.draft(long)
    client, address = sign_in("teacher"), notes_page(long)
    mine = form(client.get(address), version="1")

    more = client.post(
        address,
        {**mine, f"{DAYS}-0-on": "12/01/2027", f"{DAYS}-0-what": "Kijken", "deel": "moment"},
    )
    kept = form(more, version="1")
    assert (kept[f"{DAYS}-0-on"], kept[f"{DAYS}-0-what"]) == ("12/01/2027", "Kijken")
    assert f"{DAYS}-2-on" in kept
    wrong = client.post(address, {**kept, f"{DAYS}-1-what": "Zonder dag", "deel": "bewaar"})
    assert "‘Zonder dag’: vul de dag in" in words(wrong)
    assert form(wrong, version="1")[f"{DAYS}-1-what"] == "Zonder dag"

    client.post(address, {**kept, "deel": "bewaar"})

    saved = pure.read(long.agreements.get().fields[DAYS])
    assert [(row.on, row.what) for row in saved] == [("2027-01-12", "Kijken")]


def test_the_partner_sees_the_days_and_what_came_of_them(story: Story, long: Dossier) -> None:
    version = confirmed(story, long)
    checkpoints.note_looked(
        version.checkpoints.first(), actor=story.teacher, note="Meer tijd voor vragen."
    )
    checkpoints.tell_partners()  # that day was noted: no mail goes
    token = story.send(story.fix(long, **{"content.topics": "Anders"}))

    shown = words(Client().get(page_of(token)))

    assert "Meer tijd voor vragen." in shown
    assert "Doen we voort" in shown


def test_a_day_is_a_task_of_the_partner_too_who_notes_what_came_of_it(
    story: Story, long: Dossier
) -> None:
    """Checkpoints come back as tasks on both sides (issue 4, C11): either side notes it, once."""
    version = confirmed(story, long)
    near, far = version.checkpoints.order_by("on")
    partner, address = Client(), f"/afspraken/{last_token('/afspraken/')}/"

    before = form(partner.get(address), dag="")
    nameless = partner.post(address, {"dag": near.pk, "note": "Alles loopt.", "name": ""})
    too_early = partner.post(address, {"dag": far.pk, "note": "Nu al", "name": "Lowie"})
    kept = partner.post(address, {**before, "note": "Alles loopt.", "name": "Lowie"}, follow=True)
    again_ = partner.post(address, {"dag": near.pk, "note": "Nog eens", "name": "Lowie"})

    assert before["dag"] == str(near.pk)
    assert "Alles loopt." in nameless.content.decode()
    assert "Over deze dag valt nu niets te noteren." in words(too_early)
    assert [text in words(kept) for text in ("De school ziet het ook.", "Alles loopt.")] == [
        True, True,
    ]  # fmt: skip
    assert "Dit is al genoteerd door Lowie." in words(again_)
    lost = "Hier staat het nog. Kopieer het als je het wilt houden."
    assert [lost in words(page) for page in (nameless, too_early, again_)] == [False, True, True]
    assert [words(too_early).count("Nu al"), words(again_).count("Nog eens")] == [1, 1]
    AccessLink.objects.update(expires_at=timezone.now())
    over = partner.post(address, {"dag": far.pk, "note": "Te laat nu", "name": "Lowie"})
    assert (over.status_code, "Te laat nu" in words(over)) == (404, True)
    near.refresh_from_db()
    assert (near.done_by, near.note) == ("Lowie", "Alles loopt.")
    assert list(waiting.checkpoints(story.head)) == []


def test_what_the_school_typed_about_a_day_stays_when_the_partner_was_first(
    story: Story, long: Dossier, sign_in: SignIn
) -> None:
    near = confirmed(story, long).checkpoints.order_by("on")[0]
    client, address = sign_in("teacher"), notes_page(long)
    fields = form(client.get(address), dag="")

    too_long = client.post(address, {**fields, "note": "Alles " * 101, "deel": "gekeken"})
    checkpoints.note_looked_by_partner(near, actor=PARTNER_SIDE, note="Het loopt.")
    late = client.post(address, {**form(too_long, dag=""), "deel": "gekeken"})
    short = client.post(address, {**fields, "note": "Ons verslag.", "deel": "gekeken"})

    assert form(too_long, dag="")["note"].startswith("Alles Alles")
    assert "Hier staat het nog" not in words(too_long)
    assert "Hier staat het nog. Kopieer het als je het wilt houden." in words(late)
    assert "Alles Alles" in words(late)
    assert "Ons verslag." in words(short)


def test_the_partner_sees_who_confirmed_on_both_sides_and_until_when_it_holds(
    story: Story, long: Dossier
) -> None:
    confirmed(story, long)

    shown = words(Client().get(f"/afspraken/{last_token('/afspraken/')}/"))

    for text in ("Voor de school: Head", "Voor de partner: Lowie Staepen", "Geldt vanaf"):
        assert text in shown


# What was confirmed stays readable


def test_the_partner_reads_what_was_confirmed_before(story: Story, long: Dossier) -> None:
    confirmed(story, long, **{"content.topics": "Reclame herkennen"})
    token = story.send(story.fix(long, **{"content.topics": "Nieuws volgen"}))
    client = Client()

    now = words(client.get(page_of(token)))
    old = words(client.get(reverse("dossiers:partner_version", args=[token, 1])))

    assert "geschrapt: Reclame herkennen" in now.replace("[", "").replace(" ]", "")
    assert "Reclame herkennen" in old
    assert "Lowie Staepen" in old


def test_a_draft_of_the_school_is_not_shown_to_the_partner(story: Story, long: Dossier) -> None:
    first = confirmed(story, long)
    checkpoints.tell_partners()
    token = last_token("/afspraken/")
    story.fix(long, **{"content.topics": "Nog niet verstuurd"})

    client = Client()

    assert "Nog niet verstuurd" not in client.get(page_of(token)).content.decode()
    assert client.get(reverse("dossiers:partner_version", args=[token, 2])).status_code == 404
    assert client.get(reverse("dossiers:partner_version", args=[token, 1])).status_code == 200
    assert again(first).confirmed


def test_a_link_of_a_later_mail_confirms_the_version_that_was_sent_since(
    story: Story, long: Dossier
) -> None:
    confirmed(story, long)
    checkpoints.tell_partners()
    token = last_token("/afspraken/")
    second = story.fix(long, **{"content.topics": "Anders"})
    client = Client()
    refused = client.post(page_of(token), {"name": "Lowie", "bevestig": "1"})
    assert again(second).partner_confirmed_at is None
    assert "Er is een nieuwere versie" in words(refused)

    story.send(second)
    client.post(page_of(token), {"name": "Lowie", "bevestig": "1"})

    assert again(second).partner_confirmed_at is not None


def test_the_page_of_a_version_shows_what_changed_since_any_other(
    story: Story, long: Dossier, sign_in: SignIn
) -> None:
    confirmed(story, long, **{"content.topics": "Reclame"})
    confirmed(story, long, **{"content.topics": "Nieuws"})
    third = confirmed(story, long, **{"content.topics": "Films"})
    client = sign_in("teacher")
    address = reverse("dossiers:version", args=[long.pk, third.pk])

    since_second, since_first = client.get(address), client.get(address, {"met": "1"})

    assert "Nieuws" in words(since_second)
    assert "Reclame" not in words(since_second)
    assert "Reclame" in words(since_first)


def test_a_text_for_later_holds_from_its_day_and_the_one_before_it_until_then(
    story: Story, long: Dossier, sign_in: SignIn
) -> None:
    """Issue 3, line 11: valid from and until."""
    old = confirmed(story, long)
    new = confirmed(story, long, **{"content.topics": "Anders"})
    AgreementVersion.objects.filter(pk=new.pk).update(valid_from=in_days(10))

    assert [holding(long, days=n) for n in (0, 9, 10)] == [[old], [old], [again(new)]]
    page = words(sign_in("head").get(notes_page(long)))
    assert f"Versie {new.number} gaat in op" in page
