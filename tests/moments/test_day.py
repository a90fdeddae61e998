"""D16 (S5.1, S5.2): a moment with the partner, before the day, on the morning itself and after."""

import io
from datetime import time, timedelta

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier, DossierPartner
from partnerwijzer.elections import actions as elections
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments import actions, queries
from partnerwijzer.moments.models import Attendance, Incident, Pack, Replacement, Shift
from partnerwijzer.organisations.models import School
from partnerwijzer.papers.actions import style
from partnerwijzer.schooldays import actions as schooldays
from tests.documents.test_letterhead import text_of, word
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days

PARTNER = "lowie@schermlicht.example"


def to(activity: Activity, name: str, *more: object) -> str:
    return reverse(f"moments:{name}", args=[activity.dossier_id, activity.pk, *more])


def mails() -> dict[str, str]:
    return {row.to: row.subject for row in OutgoingMail.objects.order_by("pk")}


@pytest.fixture
def passed(story: Story, decided: Dossier) -> Activity:
    return story.plan(decided, days=-1, teachers=("teacher",), title="Workshop reclame")


# Replaced


def test_an_ill_teacher_is_replaced_in_one_step(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    Activity.objects.filter(pk=moment.pk).update(state="confirmed", on=timezone.localdate())
    client, where = sign_in("coordinator"), to(moment, "replace")
    fields = form(client.get(where), note="", partner_mail="")
    assert fields["absent"] == str(story.world.user("teacher").pk)  # the only one

    chosen = {
        **fields,
        "partner_mail": PARTNER,
        "substitute": story.world.user("teacher2").pk,
        "note": "De sleutel ligt klaar",
    }
    response = client.post(where, chosen, follow=True)

    assert "Teacher2 blijft bij de groep en kreeg een mail." in words(response)
    moment.refresh_from_db()
    assert [t.name for t in moment.teachers.all()] == ["Teacher2"]
    assert moment.state == "confirmed"
    substitute, absent = (story.world.user(who).email for who in ("teacher2", "teacher"))
    assert mails() == {
        substitute: "Neem over: Workshop reclame",
        absent: "Schrap in je agenda: Workshop reclame",
        PARTNER: "Kijk wie er bij de groep is: Workshop reclame",
    }
    body = {row.to: row.body for row in OutgoingMail.objects.all()}
    assert "De sleutel ligt klaar" in body[substitute]
    assert "Teacher2 neemt over." in body[absent]
    assert "blijft nu bij de groep: Teacher2." in body[PARTNER]
    assert "Teacher " not in body[PARTNER]  # who is away is nobody's business


def test_who_was_away_and_who_came_stays_known(story: Story, moment: Activity) -> None:
    story_actor = story.head
    actions.replace_teacher(
        moment, actor=story_actor, absent=story.world.user("teacher"),
        substitute=story.world.user("teacher2"),
    )  # fmt: skip

    row = Replacement.objects.get()
    assert (row.absent.name, row.substitute.name, row.by.name) == ("Teacher", "Teacher2", "Head")
    line = AuditRecord.objects.get(verb="activity.replaced")
    assert line.data == {
        "title": "Workshop reclame", "absent": "Teacher", "substitute": "Teacher2",
        "mailed": [row.absent_id, row.substitute_id],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("absent", "substitute", "words_of"),
    [
        ("teacher2", "coordinator", "staat hier niet meer bij"),
        ("teacher", "teacher", "staat hier al bij"),
        ("teacher", "other_teacher", "Kies een leerkracht van jullie school"),
        ("teacher", "council", "Kies een leerkracht van jullie school"),
    ],
)
def test_only_a_colleague_takes_over_from_who_was_there(
    absent: str, substitute: str, words_of: str, story: Story, moment: Activity
) -> None:
    with pytest.raises(NotAllowedNow, match=words_of):
        actions.replace_teacher(
            moment, actor=story.head, absent=story.world.user(absent),
            substitute=story.world.user(substitute),
        )  # fmt: skip

    assert [t.name for t in moment.teachers.all()] == ["Teacher"]
    assert mails() == {}


def test_it_shows_who_stands_elsewhere_at_that_hour(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    story.plan(moment.dossier, days=1, teachers=("teacher2",), title="Zwemmen")

    client, where = sign_in("head"), to(moment, "replace")
    page = client.get(where)
    shown = words(page)
    assert "Teacher2 (staat dan bij ‘Zwemmen’)" in shown
    assert shown.index("Head") < shown.index("Teacher2")  # who is free comes first
    assert "Niemand gevonden?" in shown

    chosen = {**form(page, note="", partner_mail=""), "substitute": story.world.user("teacher2").pk}
    shown = words(client.post(where, chosen, follow=True))

    assert "Teacher2 staat dan ook bij ‘Zwemmen’. Laat ook daar iemand overnemen." in shown


def test_a_substitute_who_cannot_lets_somebody_else_take_over(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    users = {who: story.world.user(who) for who in ("teacher", "teacher2", "coordinator")}
    story.edit(moment, "teacher", "coordinator", title=moment.title)
    moment.refresh_from_db()
    actions.replace_teacher(
        moment, actor=story.head, absent=users["teacher"], substitute=users["teacher2"]
    )
    where = to(moment, "replace")
    assert where in OutgoingMail.objects.get(to=users["teacher2"].email).body

    client = sign_in("teacher2")
    fields = form(client.get(where), note="", partner_mail="")
    assert fields["absent"] == str(users["teacher2"].pk)  # of two, who asks it
    client.post(where, {**fields, "substitute": story.world.user("head").pk})

    assert {t.name for t in moment.teachers.all()} == {"Coordinator", "Head"}
    assert [r.absent.name for r in Replacement.objects.all()] == ["Teacher", "Teacher2"]


def test_after_the_day_nobody_takes_over(story: Story, passed: Activity) -> None:
    with pytest.raises(NotAllowedNow, match="De dag is voorbij"):
        actions.replace_teacher(
            passed, actor=story.head, absent=story.world.user("teacher"),
            substitute=story.world.user("teacher2"),
        )  # fmt: skip


@pytest.mark.parametrize("deed", ["call_off", "move"])
def test_on_the_day_itself_a_partner_on_the_way_is_called(
    deed: str, story: Story, moment: Activity, sign_in: SignIn
) -> None:
    client, where = sign_in("teacher"), to(moment, deed)
    assert "bel de partner" not in words(client.get(where))
    Activity.objects.filter(pk=moment.pk).update(on=timezone.localdate())
    assert "we kennen geen telefoonnummer" in words(client.get(where))

    partner = moment.dossier.partners.get().partner
    partner.contacts.create(name="Lowie Proef", phone="09 000 00 00")

    page = client.get(where)
    assert "Vandaag: bel de partner ook." in words(page)
    assert 'href="tel:090000000"' in page.content.decode()


# Moved and called off


def test_another_day_is_told_and_has_to_be_confirmed_again(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    Activity.objects.filter(pk=moment.pk).update(state="confirmed")
    client, where = sign_in("head"), to(moment, "move")
    fields = form(client.get(where), reason="")

    changed = {"on": in_days(9), "side": "partner", "reason": "Ziek", "partner_mail": PARTNER}
    response = client.post(where, {**fields, **changed}, follow=True)

    moment.refresh_from_db()
    assert (moment.on, moment.state) == (in_days(9), "planned")
    assert mails() == {
        story.world.user("teacher").email: "Noteer de nieuwe dag: Workshop reclame",
        PARTNER: "Noteer de nieuwe dag: Workshop reclame",
    }
    assert f"Mail vertrok naar: Teacher, {PARTNER}." in words(response)
    row = Shift.objects.get()
    assert (row.side, row.reason, row.told) == ("partner", "Ziek", ["Teacher", PARTNER])


def test_an_odd_new_day_is_told(story: Story, moment: Activity, sign_in: SignIn) -> None:
    """D15, and domain.md 3.2: the ninety days before an election."""
    Dossier.objects.filter(pk=moment.dossier_id).update(situations={"political": True})
    schooldays.add_day(
        story.world.school, actor=story.head, first=in_days(9), last=None, kind="free",
        name="brugdag",
    )  # fmt: skip
    elections.enter_election(
        None, actor=story.world.actor("umbrella_admin"), name="Gemeenteraad", on=in_days(50),
        source="overheid.example", read_on=story.today,
    )  # fmt: skip
    client, where = sign_in("head"), to(moment, "move")
    fields = form(client.get(where), reason="")

    changed = {"on": in_days(9), "side": "school", "reason": "Feest", "partner_mail": ""}
    shown = words(client.post(where, {**fields, **changed}, follow=True))

    assert "brugdag" in shown.lower()
    assert "is 41 dagen voor de verkiezingen (Gemeenteraad" in shown


FORMS = [("move", "partner_mail"), ("call_off", "partner_mail"), ("pack", "email")]


@pytest.mark.parametrize(("name", "field"), FORMS)
def test_the_only_partner_is_written_to_where_it_was_last(
    name: str, field: str, story: Story, moment: Activity, sign_in: SignIn
) -> None:
    actions.save_pack(
        moment, actor=story.head, version=None, facts=dict.fromkeys(actions.PACK, "x")
    )
    story.send(story.fix(moment.dossier, note="Nieuw", extra="Nieuw"), email=PARTNER)
    client, where = sign_in("head"), to(moment, name)
    assert form(client.get(where), **{field: ""})[field] == PARTNER

    AccessLink.objects.filter(email=PARTNER).update(withdrawn_at=timezone.now())

    response = client.get(where)
    assert form(response, **{field: ""})[field] == ""
    assert PARTNER not in words(response)


@pytest.mark.parametrize(("name", "field"), FORMS)
def test_of_several_partners_the_school_says_which_one(
    name: str, field: str, story: Story, moment: Activity, sign_in: SignIn
) -> None:
    actions.save_pack(
        moment, actor=story.head, version=None, facts=dict.fromkeys(actions.PACK, "x")
    )
    story.send(story.fix(moment.dossier, note="Nieuw", extra="Nieuw"), email=PARTNER)
    DossierPartner.objects.create(dossier=moment.dossier, partner=story.make_partner("Bakkerij"))

    response = sign_in("head").get(to(moment, name))

    assert form(response, **{field: ""})[field] == ""
    first = moment.dossier.agreements.get().partner
    assert f"Gekend: {first.name}: {PARTNER}." in words(response)


def test_of_two_who_move_it_the_later_sees_both(story: Story, moment: Activity) -> None:
    facts = {"starts": time(9), "ends": time(10), "side": "school", "reason": "Feest"}
    actions.move(moment, actor=story.head, version=moment.version, on=in_days(3), **facts)

    with pytest.raises(Conflict):
        actions.move(moment, actor=story.head, version=moment.version, on=in_days(4), **facts)


def test_an_end_before_the_begin_is_refused_and_kept(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    client, where = sign_in("head"), to(moment, "move")
    fields = form(client.get(where), reason="")

    response = client.post(where, {**fields, "side": "school", "reason": "Feest", "ends": "07:00"})

    assert response.status_code == 422
    assert "Het einde komt na het begin." in words(response)
    assert form(response, reason="")["reason"] == "Feest"


def test_called_off_says_by_whom_and_who_was_told(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    sign_in("head").post(
        to(moment, "call_off"), {"side": "school", "reason": "Staking", "partner_mail": ""}
    )

    moment.refresh_from_db()
    assert (moment.state, moment.cancel_reason) == ("cancelled", "Staking")
    assert mails() == {story.world.user("teacher").email: "Schrap in je agenda: Workshop reclame"}
    shown = words(sign_in("teacher").get(to(moment, "day")))
    assert "Wij, de school: Staking" in shown
    assert "mail naar Teacher" in shown


# Who was there


def test_who_was_really_there_is_noted_after_the_day(
    story: Story, passed: Activity, sign_in: SignIn
) -> None:
    client, where = sign_in("teacher"), to(passed, "attendance")
    fields = form(client.get(where), pupils="")
    assert fields["teachers"] == str(story.world.user("teacher").pk)  # as planned

    client.post(where, {**fields, "came": "late", "pupils": "23"})

    row = Attendance.objects.get()
    assert ([t.name for t in row.teachers.all()], row.came, row.pupils) == (["Teacher"], "late", 23)


def test_without_a_teacher_it_says_what_happened(story: Story, passed: Activity) -> None:
    """S5.2: a teacher is present at every activity."""
    given = {"version": None, "teachers": [], "came": "yes", "pupils": 20}

    with pytest.raises(NotAllowedNow, match="Schrijf erbij wat er gebeurde"):
        actions.note_attendance(passed, actor=story.head, note="", **given)
    actions.note_attendance(passed, actor=story.head, note="De vervanger kwam te laat.", **given)

    assert Attendance.objects.count() == 1


def test_before_the_day_nobody_was_there(story: Story, moment: Activity) -> None:
    with pytest.raises(NotAllowedNow, match="vanaf de dag zelf"):
        actions.note_attendance(
            moment, actor=story.head, version=None, teachers=[], came="yes", pupils=None, note="x"
        )


def test_two_who_note_it_do_not_overwrite_each_other(
    story: Story, passed: Activity, sign_in: SignIn
) -> None:
    client, where = sign_in("teacher"), to(passed, "attendance")
    fields = form(client.get(where), pupils="")
    given = {"teachers": [], "came": "not", "pupils": None, "note": "Niemand kwam."}
    actions.note_attendance(passed, actor=story.head, version=None, **given)

    response = client.post(where, {**fields, "came": "yes"})

    assert "Niemand kwam." in words(response)
    assert Attendance.objects.get().came == "not"


# What the partner has to know


def test_the_pack_goes_to_the_partner_with_the_house_rules(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    school = School.objects.get(pk=moment.dossier.school_id)
    actions.save_house_rules(school, actor=story.head, version=None, text="Geen foto’s.")
    client, where = sign_in("teacher"), to(moment, "pack")
    fields = form(client.get(where), arrival="")

    client.post(where, {**fields, "arrival": "Groene poort", "questions": "Is reclame waar?"})
    client.post(to(moment, "send_pack"), {"email": PARTNER})

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (PARTNER, "Bereid je bezoek voor: Workshop reclame")
    for part in ("Groene poort", "Is reclame waar?", "Geen foto’s.", "Teacher", "L3"):
        assert (part in mail.body) is (part != "L3")
    assert Pack.objects.get().sent_to == PARTNER


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_it_is_a_paper_too(
    kind: str, begins: bytes, story: Story, moment: Activity, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    assert client.get(to(moment, "pack_file", kind)).status_code == 404
    empty = dict.fromkeys(actions.PACK, "")
    actions.save_pack(moment, actor=story.head, version=None, facts={**empty, "arrival": "Poort"})

    response = client.get(to(moment, "pack_file", kind))

    assert response.content.startswith(begins)


def test_it_has_the_letterhead_and_the_word_template_of_the_school(
    story: Story, moment: Activity, sign_in: SignIn
) -> None:
    empty = dict.fromkeys(actions.PACK, "")
    actions.save_pack(moment, actor=story.head, version=None, facts={**empty, "arrival": "Poort"})
    own = SimpleUploadedFile("sjabloon.docx", word("Van {{ school }}", "{{ inhoud }}"))
    style.set_template(story.world.school, actor=story.head, kind="information", upload=own)
    style.save_letterhead(
        story.world.school, actor=story.head, version=0, name="De Linde", lines=""
    )

    response = sign_in("teacher").get(to(moment, "pack_file", "docx"))

    lines = text_of(response.content)
    assert lines[0] == "Van De Linde"
    found = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    assert "Poort" in [*lines, *cells]


def test_nothing_is_sent_before_there_is_something(story: Story, moment: Activity) -> None:
    with pytest.raises(NotAllowedNow, match="Vul eerst de infofiche in"):
        actions.send_pack(moment, actor=story.head, email=PARTNER)


# Incidents


def test_an_incident_is_read_by_who_wrote_it_and_who_leads(story: Story, passed: Activity) -> None:
    actions.write_incident(passed, actor=story.world.actor("teacher"), happened="Een val.", done="")

    readers = {
        who for who in story.world.users if queries.incidents(story.world.actor(who), passed)
    }

    assert readers == {"head", "coordinator", "teacher"}


def test_others_do_not_learn_that_there_is_one(
    story: Story, passed: Activity, sign_in: SignIn
) -> None:
    row = actions.write_incident(passed, actor=story.head, happened="Een val.", done="Verzorgd.")

    client = sign_in("teacher2")
    assert client.get(to(passed, "incident", row.pk)).status_code == 404
    history = client.get(reverse("dossiers:history", args=[passed.dossier_id]))
    assert "incident" not in words(history).lower()
    assert "loopt" not in words(client.get(to(passed, "day")))
    with pytest.raises(PermissionDenied):
        actions.change_incident(
            row, actor=story.world.actor("teacher2"), version=1, happened="x", done="x", close=True
        )


def test_it_is_closed_with_what_was_done(story: Story, passed: Activity, sign_in: SignIn) -> None:
    client, where = sign_in("teacher"), to(passed, "incident_new")

    refused = client.post(where, {"happened": "Een val.", "done": "", "close": "on"})
    assert refused.status_code == 422
    assert form(refused, happened="")["happened"] == "Een val."
    assert Incident.objects.count() == 0

    client.post(where, {"happened": "Een val.", "done": "Verzorgd.", "close": "on"})
    assert Incident.objects.get().closed_at is not None


# Who may


@pytest.mark.parametrize("who", ["other_head", "council", "adviser", "board_admin"])
def test_others_find_nothing(who: str, story: Story, moment: Activity, sign_in: SignIn) -> None:
    assert sign_in(who).get(to(moment, "day")).status_code == 404
    with pytest.raises(Http404):
        queries.get_activity(story.world.actor(who), moment.dossier_id, moment.pk)
    with pytest.raises(PermissionDenied):
        actions.call_off(moment, actor=story.world.actor(who), side="school", reason="x")


def test_the_page_says_what_is_next(story: Story, moment: Activity, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    before = words(client.get(to(moment, "day")))
    assert "Iemand is er niet: laat overnemen" in before
    assert "Nog geen infofiche voor de partner" in before

    Activity.objects.filter(pk=moment.pk).update(on=timezone.localdate() - timedelta(days=1))

    assert "Noteer wie er echt bij was" in words(client.get(to(moment, "day")))
