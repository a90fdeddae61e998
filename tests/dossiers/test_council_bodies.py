"""What a dossier lays before a body: which one, its meeting, its clock, its papers (K5, M5)."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from partnerwijzer.councils import actions as councils
from partnerwijzer.councils.models import CouncilBody, CouncilMeeting
from partnerwijzer.dossiers.actions import council
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import CouncilItem, Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


@pytest.fixture
def body(story: Story) -> CouncilBody:
    """The school council, whose rules name the Christmas holidays only."""
    made = councils.make_body(story.world.school, actor=story.head, kind="school-council")
    facts = {"rules_source": "Artikel 7", "pauses": ["christmas"]}
    return councils.save_rules(made, actor=story.head, version=1, facts=facts)


def lay(story: Story, dossier: Dossier, **more: object) -> CouncilItem:
    given = {"duty": "consult", "note": "Council note", "meeting_on": date(2027, 1, 12),
             "show": True, "draft": "Draft words", **more}  # fmt: skip
    return council.save_council_item(dossier, actor=story.head, item=None, version=0, **given)  # type: ignore[arg-type]


def test_a_school_without_a_body_gets_the_usual_one(story: Story, screened: Dossier) -> None:
    CouncilItem.objects.all().delete()
    CouncilMeeting.objects.all().delete()
    CouncilBody.objects.all().delete()

    item = lay(story, screened)

    assert (item.body.kind, item.body.is_main) == ("school-council", True)
    assert item.meeting is not None
    assert lay(story, screened).meeting == item.meeting  # one meeting on a day


def test_a_body_of_another_school_is_refused(
    story: Story, body: CouncilBody, screened: Dossier
) -> None:
    other_head = story.world.actor("other_head")
    foreign = councils.make_body(story.world.other_school, actor=other_head, kind="school-council")

    with pytest.raises(NotAllowedNow):
        lay(story, screened, body=foreign)

    assert lay(story, screened, body=body).body == body


def test_the_clock_follows_the_rules_of_the_body(
    story: Story, body: CouncilBody, screened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 4: 21 calendar days, suspended in the holidays that the body's own rules name."""
    item = lay(story, screened, handed_on=date(2026, 12, 10), meeting_on=date(2027, 1, 12))
    late = lay(story, screened, handed_on=date(2026, 12, 10), meeting_on=date(2027, 1, 19))

    assert item.consult_by == date(2027, 1, 14)
    assert (item.is_too_late, late.is_too_late) == (False, True)
    shown = words(sign_in("council").get(reverse("dossiers:council_item", args=[item.pk])))
    assert "Overleg uiterlijk op donderdag 14 januari 2027." in shown
    assert "21 kalenderdagen vanaf de dag na 10 december 2026." in shown
    assert "kerstvakantie (21 december tot 3 januari): 14 dagen tellen niet mee." in shown
    assert "Te controleren" in shown
    assert "komt later dan dat" in words(
        sign_in("head").get(reverse("dossiers:decision", args=[screened.pk]))
    )


def test_members_of_another_body_do_not_read_it(
    story: Story, body: CouncilBody, screened: Dossier, sign_in: SignIn
) -> None:
    parents = councils.make_body(story.world.school, actor=story.head, kind="parents-council")
    item, theirs = lay(story, screened, body=body), lay(story, screened, body=parents)
    client = sign_in("council")

    def status(row: CouncilItem) -> int:
        return client.get(reverse("dossiers:council_item", args=[row.pk])).status_code

    assert (status(item), status(theirs)) == (200, 404)

    councils.add_member(
        parents, actor=story.head, section="parents", name="", since=date(2025, 9, 1), until=None,
        user=story.world.user("council"),
    )  # fmt: skip

    assert (status(item), status(theirs)) == (404, 200)


def test_the_note_and_the_draft_are_papers_for_members(
    story: Story, body: CouncilBody, screened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 4: the note and the draft decision are papers for the body."""
    item = lay(story, screened)
    hidden = lay(story, screened, show=False)
    client = sign_in("council")

    note = client.get(reverse("dossiers:council_note", args=[item.pk, "pdf"]))
    draft = client.get(reverse("dossiers:council_draft", args=[item.pk, "docx"]))

    told = " ".join(PdfReader(io.BytesIO(note.content)).pages[0].extract_text().split())
    assert "Council note" in told
    assert "Draft words" in told
    assert "Argument" not in told
    texts = [p.text for p in docx.Document(io.BytesIO(draft.content)).paragraphs]
    assert "Draft words" in texts
    for name in ("council_note", "council_draft"):
        assert client.get(reverse(f"dossiers:{name}", args=[hidden.pk, "pdf"])).status_code == 404
        assert client.get(reverse(f"dossiers:{name}", args=[item.pk, "exe"])).status_code == 404
        other = sign_in("other_head")
        assert other.get(reverse(f"dossiers:{name}", args=[item.pk, "pdf"])).status_code == 404


def test_the_agenda_of_the_meeting_holds_what_dossiers_lay_before_it(
    story: Story, body: CouncilBody, screened: Dossier, sign_in: SignIn
) -> None:
    item = lay(story, screened)
    lay(story, screened, show=False, note="Hidden")
    assert item.meeting is not None
    address = reverse("councils:meeting", args=[item.meeting.pk])

    head, member = words(sign_in("head").get(address)), words(sign_in("council").get(address))

    assert (head.count("Goed nagekeken"), member.count("Goed nagekeken")) == (4, 1)
    assert "Noteer wat de raad zei" in head
    assert "nog niet getoond aan de leden" in head
    assert "Noteer wat de raad zei" not in member

    story.council_said(item, "agreed")

    assert "Council words" in words(sign_in("council").get(address))  # the minutes of this item


def test_no_agreement_and_a_waiver_are_explained(
    story: Story, body: CouncilBody, screened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 4: no agreement ⇒ the board decides, reasoned [not verified]."""
    item = lay(story, screened)
    address = reverse("dossiers:council_edit", args=[screened.pk, item.pk])
    client = sign_in("head")
    shown = client.get(address)
    assert "Die zin lazen we niet in de wet zelf." in words(shown)
    typed = {**form(shown, deel="uitkomst"), "outcome": "not-agreed", "on": "2027-01-12"}

    wrong = client.post(address, {**typed, "board_answer": "Omdat het kan."})

    assert "Schrijf wat de raad zei, en waar het staat." in words(wrong)
    client.post(address, {**form(wrong, deel="uitkomst"), "words": "Te duur."})
    item.refresh_from_db()
    assert (item.outcome, item.board_answer) == ("not-agreed", "Omdat het kan.")
    with pytest.raises(NotAllowedNow):
        council.note_council_outcome(
            item, actor=story.head, version=item.version, outcome="waived",
            on=date(2027, 1, 12), words=" ",
        )  # fmt: skip


def test_a_cancelled_meeting_is_no_date_any_more(
    story: Story, body: CouncilBody, screened: Dossier
) -> None:
    item = lay(story, screened)
    assert item.meeting is not None

    councils.cancel_meeting(item.meeting, actor=story.head, reason="Ziek")

    fresh = CouncilItem.objects.get(pk=item.pk)
    assert (fresh.meeting_on, fresh.is_too_late) == (None, False)
