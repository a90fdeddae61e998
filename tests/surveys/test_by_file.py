"""Who will not use a link answers with a spreadsheet (issue 4, C12)."""

import io
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from partnerwijzer.access.versions import Conflict
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.surveys import actions, answer_sheet, queries, questions, sets
from partnerwijzer.surveys.models import SurveyInvitation, SurveyResponse
from partnerwijzer.surveys.results import mark_of_text
from tests.surveys.conftest import GUEST, ask

ALL_KINDS = [
    {"key": "fine", "kind": "scale5", "text": {"nl": "Was het goed?"},
     "options": [{"value": str(n), "label": {"nl": f"trede {n}"}} for n in range(1, 6)]},
    {"key": "when", "kind": "choice", "text": {"nl": "=Wanneer?"},
     "options": [{"value": "a", "label": {"nl": "\u2019s morgens, vroeg"}},
                 {"value": "b", "label": {"nl": "\u2019s avonds"}}]},
    {"key": "who", "kind": "multi", "text": {"nl": "Wie was er?"}, "max_choices": 2,
     "options": [{"value": k, "label": {"nl": k.upper()}} for k in "abc"]},
    {"key": "first", "kind": "rank", "text": {"nl": "Wat eerst?"},
     "options": [{"value": k, "label": {"nl": k * 3}} for k in "xyz"]},
    {"key": "many", "kind": "number", "text": {"nl": "Hoeveel?"}},
    {"key": "more", "kind": "text", "text": {"nl": "Nog iets?"}, "max_length": 20},
]  # fmt: skip
ASKED = questions.read(ALL_KINDS, "nl")
ROWS = {q.key: answer_sheet.FIRST_ROW + n for n, q in enumerate(ASKED)}


def filled(cells: dict[str, Any], asked: Any = ASKED, mark: str = "1.1") -> io.BytesIO:
    """The workbook as somebody gives it back, with these cells filled in."""
    made = answer_sheet.write(asked, title="Vragen", intro="Dag", mark=mark)
    book = load_workbook(io.BytesIO(made))
    for cell, value in cells.items():
        book[answer_sheet.SHEET][cell] = value
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


# The file


def test_what_is_filled_in_comes_back_as_the_same_answers():
    cells = {
        f"D{ROWS['fine']}": "trede 4",
        f"D{ROWS['when']}": "  \u2019S MORGENS,  vroeg ",
        f"D{ROWS['who']}": "C",
        f"E{ROWS['who']}": "A",
        f"D{ROWS['first']}": "zzz",
        f"F{ROWS['first']}": "xxx",
        f"D{ROWS['many']}": 12.0,
        f"D{ROWS['more']}": "=1+1",
    }

    found = answer_sheet.read(filled(cells | {f"D{ROWS['more']}": "Dank!"}), ASKED, mark="1.1")

    assert (found.wrong, found.answers) == (
        [],
        {
            "fine": 4,
            "when": "a",
            "who": ["a", "c"],
            "first": ["z", "x"],
            "many": 12,
            "more": "Dank!",
        },
    )


def test_choices_are_a_list_in_the_cell_and_questions_are_locked():
    made = answer_sheet.write(ASKED, title="Vragen", intro="Dag", mark="1.1")
    book = load_workbook(io.BytesIO(made))
    sheet = book[answer_sheet.SHEET]

    rules = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert rules == {
        "D5": "list", "D6": "list", "D7 E7": "list", "D8 E8 F8": "list", "D9": "whole",
        "D10": "textLength",
    }  # fmt: skip
    lists = [c.value for c in book[answer_sheet.LISTS]["B"] if c.value]
    assert lists == ["\u2019s morgens, vroeg", "\u2019s avonds"]
    assert sheet.protection.sheet
    assert (sheet["B6"].protection.locked, sheet["D6"].protection.locked) == (True, False)
    assert sheet["B6"].data_type == "s"
    assert book[answer_sheet.SEAL].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("D5", "prachtig", "‘prachtig’ staat niet in de lijst. Kies een van: trede 1, trede 2"),
        ("E7", "D", "‘D’ staat niet in de lijst. Kies een van: A, B, C."),
        ("D9", "veel", "Typ een geheel getal, bijvoorbeeld 12."),
        ("D10", "x" * 21, "hoogstens 20 tekens. Nu zijn het er 21."),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_do(cell, value, says):
    found = answer_sheet.read(filled({cell: value}), ASKED, mark="1.1")

    assert found.answers == {}
    assert [(w.cell.replace("E7", "D7"), says in w.text) for w in found.wrong] == [
        (cell.replace("E7", "D7"), True)
    ]


def other_book() -> io.BytesIO:
    out = io.BytesIO()
    Workbook().save(out)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda: io.BytesIO(b"naam;antwoord"), "We kunnen dit bestand niet openen"),
        (lambda: io.BytesIO(b"PK\x03\x04broken"), "We kunnen dit bestand niet openen"),
        (other_book, "niet het rekenblad dat je hier afhaalde"),
        (lambda: filled({}, mark="1.2"), "voor iemand anders"),
    ],
)
def test_another_file_is_refused_with_the_reason(file, says):
    with pytest.raises(answer_sheet.BadSheet, match=says):
        answer_sheet.read(file(), ASKED, mark="1.1")


def test_every_ready_set_makes_a_workbook_that_reads_back_empty(content):
    for one in content.surveys.sets:
        asked = questions.read(sets.compose(content, one.key), "nl")

        found = answer_sheet.read(filled({}, asked), asked, mark="1.1")
        assert (found.answers, found.wrong) == ({}, [])


# Keeping it


@pytest.fixture
def by_hand(ask_around, teacher) -> SurveyInvitation:
    return actions.ask_by_file(ask_around, actor=teacher, name="Jo Peeters")


def test_who_gets_a_sheet_gets_no_mail_and_no_reminder(ask_around, teacher, db):
    before = OutgoingMail.objects.count()
    by_hand = actions.ask_by_file(ask_around, actor=teacher, name="Jo Peeters")

    assert (by_hand.state, by_hand.waits, by_hand.may_be_reminded) == ("by-file", True, False)
    for remind in (
        lambda: actions.remind(by_hand, actor=teacher),
        lambda: actions.remind_waiting(ask_around, actor=teacher),
        lambda: actions.ask_by_file(ask_around, actor=teacher, name="jo  peeters"),
    ):
        with pytest.raises(actions.Refused):
            remind()
    assert OutgoingMail.objects.count() == before


def test_nobody_is_asked_with_a_file_where_answers_are_anonymous(pupils, teacher):
    """A file with a name would tell whose answer it is: the storage refuses it as well (M7)."""
    with pytest.raises(actions.Refused, match="anoniem"):
        actions.ask_by_file(pupils, actor=teacher, name="Jo")
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyResponse.objects.create(survey=pupils, entered_by_id=teacher.uid, answers={})


def given(invitation: SurveyInvitation) -> dict[str, Any]:
    """An answer to the free text of the survey."""
    return {next(q.key for q in invitation.survey.asked if q.kind == "text"): "Fijn gewerkt"}


def test_an_answer_counts_once_whichever_way_it_came(by_hand, teacher, world):
    """By file, again by file, then by the person: one answer, and the person's own stands."""
    answers = given(by_hand)
    first = actions.enter_file(by_hand, actor=teacher, answers=answers)
    second = actions.enter_file(
        by_hand, actor=world.actor("head"), answers=answers, version=first.version
    )
    assert second.entered_by == world.user("head")

    own = actions.answer_by_link(by_hand, actor=GUEST, answers=answers, version=second.version)

    assert (own.pk, own.entered_by_id) == (second.pk, None)
    assert queries.results_of(by_hand.survey).answered == 1
    with pytest.raises(actions.Refused, match="antwoordde zelf al met de link"):
        actions.enter_file(by_hand, actor=teacher, answers=answers)


def test_a_file_of_somebody_who_got_a_link_is_kept_and_the_reminder_stops(ask_around, teacher):
    invitation = ask(ask_around, teacher)

    actions.enter_file(invitation, actor=teacher, answers=given(invitation))

    invitation.link.refresh_from_db()
    assert (invitation.state, invitation.may_be_reminded) == ("done", False)


def test_a_file_that_is_replaced_stays_to_be_read_with_who_when_and_what_changed(
    by_hand, teacher, world
):
    """By another file, and then by the person; who changes the own answer leaves nothing behind."""
    key = next(iter(given(by_hand)))
    head = world.actor("head")

    def enter(text: str, by: Any, version: int) -> SurveyResponse:
        return actions.enter_file(by_hand, actor=by, answers={key: text}, version=version)

    first = enter("Goed.", teacher, 0)
    with pytest.raises(Conflict) as late:
        enter("Slecht.", head, 0)
    second = enter("Slecht.", head, first.version)
    for text, version in (("Zo en zo.", second.version), ("Best.", second.version + 1)):
        actions.answer_by_link(by_hand, actor=GUEST, answers={key: text}, version=version)

    assert late.value.current.answers == {key: "Goed."}
    (answer,) = queries.answers_of(by_hand.survey)
    told = [
        (b.row.entered_by.name, b.row.replaced_by and b.row.replaced_by.name, b.row.day)
        for b in answer.replaced
    ]
    today = timezone.localdate()
    assert told == [("Head", None, today), ("Teacher", "Head", today)]
    assert [(c.was, c.now) for b in answer.replaced for c in b.changes] == [
        (["Slecht."], ["Best."]),
        (["Goed."], ["Slecht."]),
    ]


WITH_NAME = "Jan van 3B is een zeurpiet"


def enter(invitation: SurveyInvitation, by: Any, *texts: str) -> str:
    """Puts in a file with each of these texts, one after the other; gives the question's key."""
    key = next(iter(given(invitation)))
    version = 0
    for text in texts:
        response = actions.enter_file(invitation, actor=by, answers={key: text}, version=version)
        version = response.version
    return key


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        ((WITH_NAME, WITH_NAME), ["[…]", "[…]"]),
        ((WITH_NAME, "Goed."), ["[…]", "Goed."]),
        ((WITH_NAME, "Goed.", WITH_NAME), ["[…]", "Goed.", "[…]"]),
    ],
)
def test_a_text_that_is_taken_away_goes_from_replaced_files_as_well(by_hand, teacher, texts, left):
    """Mission K6: also a name that stands only in a file that was replaced."""
    key = enter(by_hand, teacher, *texts)

    mark = mark_of_text(WITH_NAME)
    actions.remove_text(by_hand.survey, actor=teacher, question=key, mark=mark)

    response = SurveyResponse.objects.get()
    stands = [*response.earlier.values_list("answers", flat=True), response.answers]
    assert stands == [{key: text} for text in left]
    with pytest.raises(actions.Refused):
        actions.remove_text(by_hand.survey, actor=teacher, question=key, mark=mark)


# The test database of SQLite lives in memory, where threads block each other; in use, BEGIN
# IMMEDIATE lets writers wait for each other.
@pytest.mark.skipif("connection.vendor == 'sqlite'")
@pytest.mark.django_db(transaction=True)
def test_an_answer_that_changes_while_a_text_is_taken_away_is_not_lost(by_hand, teacher):
    key = enter(by_hand, teacher, WITH_NAME)
    problems: list[BaseException] = []

    def take_away() -> None:
        try:
            actions.remove_text(
                by_hand.survey, actor=teacher, question=key, mark=mark_of_text(WITH_NAME)
            )
        except BaseException as problem:  # noqa: BLE001 -- shown in the test's own thread
            problems.append(problem)
        finally:
            connection.close()

    other = threading.Thread(target=take_away)
    with transaction.atomic():
        actions.enter_file(
            by_hand, actor=teacher, answers={key: WITH_NAME, **one_more(by_hand)}, version=1
        )
        other.start()
        while not somebody_waits() and other.is_alive():
            other.join(0.01)
    other.join()

    response = SurveyResponse.objects.get()
    assert problems == []
    assert response.answers == {key: "[…]", **one_more(by_hand)}
    assert [row.answers for row in response.earlier.all()] == [{key: "[…]"}]


def one_more(invitation: SurveyInvitation) -> dict[str, Any]:
    """An answer to the second question that takes a text."""
    texts = [q.key for q in invitation.survey.asked if q.kind is questions.Kind.TEXT]
    return {texts[1]: "Nog iets."}


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_only_a_written_text_of_a_replaced_file_is_taken_away(by_hand, teacher):
    chosen = next(q for q in by_hand.survey.asked if q.kind is not questions.Kind.TEXT)
    value = chosen.options[-1].value
    value = int(value) if chosen.kind in questions.SCALES else value
    first = actions.enter_file(by_hand, actor=teacher, answers={chosen.key: value})
    answers = given(by_hand)
    actions.enter_file(by_hand, actor=teacher, answers=answers, version=first.version)

    with pytest.raises(actions.Refused):
        actions.remove_text(
            by_hand.survey, actor=teacher, question=chosen.key, mark=mark_of_text(str(value))
        )
    assert first.earlier.get().answers == {chosen.key: value}


# The pages


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.user("teacher"))
    return client


@pytest.fixture
def head(world):
    return world.actor("head")


def send(client: Client, address: str, file: io.BytesIO) -> Any:
    return client.post(address, {"file": SimpleUploadedFile("antwoord.xlsx", file.getvalue())})


def hidden(response: Any) -> dict[str, Any]:
    return dict(response.context["hidden"])


def test_a_file_is_shown_before_it_is_kept(client, by_hand, ask_around):
    address = reverse("surveys:sheet_in", args=[ask_around.pk, by_hand.pk])
    made = client.get(reverse("surveys:sheet", args=[ask_around.pk, by_hand.pk]))
    book = load_workbook(io.BytesIO(made.content))
    row = answer_sheet.FIRST_ROW + [q.kind.value for q in ask_around.asked].index("text")
    book[answer_sheet.SHEET].cell(row, answer_sheet.ANSWER, "Ze kwamen op tijd.")
    out = io.BytesIO()
    book.save(out)

    empty = client.post(address, {})
    shown = send(client, address, out)
    assert not SurveyResponse.objects.exists()
    kept = client.post(address, hidden(shown))

    assert (empty.status_code, shown.status_code, kept.status_code) == (422, 200, 302)
    assert "Ze kwamen op tijd." in shown.content.decode()
    assert SurveyResponse.objects.get().answers == {
        ask_around.asked[row - 5].key: "Ze kwamen op tijd."
    }
    assert kept.url == reverse("surveys:results", args=[ask_around.pk])
    results = client.get(kept.url).content.decode()
    assert "uit een rekenblad, ingevoerd door Teacher" in results


def test_of_two_who_put_in_a_file_the_later_sees_what_it_changes(client, by_hand, ask_around, head):
    address = reverse("surveys:sheet_in", args=[ask_around.pk, by_hand.pk])
    key = next(iter(given(by_hand)))
    actions.enter_file(by_hand, actor=head, answers={key: "Goed."})

    late = client.post(address, {f"v-{key}": "Slecht.", "stand": "0"})
    kept = client.post(address, {**hidden(late), "stand": str(late.context["response"].version)})

    shown = late.content.decode()
    assert (late.status_code, kept.status_code) == (422, 302)
    assert [words in shown for words in ("Intussen kwam", "Goed.", "Slecht.")] == [True] * 3
    results = client.get(kept.url).content.decode()
    assert [words in results for words in ("Eerder: het rekenblad dat Head", "Goed.")] == [True] * 2


def test_beside_a_text_of_a_replaced_file_stands_the_button(client, by_hand, ask_around, teacher):
    key = enter(by_hand, teacher, WITH_NAME, "Goed.")
    address = reverse("surveys:results", args=[ask_around.pk])
    press = reverse("surveys:remove_text", args=[ask_around.pk])
    before = client.get(address).content.decode()

    client.post(press, {"vraag": key, "tekst": mark_of_text(WITH_NAME)})

    after = client.get(address).content.decode()
    shown = (WITH_NAME, mark_of_text(WITH_NAME), press)
    assert [before.count(words) for words in shown] == [1, 1, 1]
    assert [after.count(words) for words in shown] == [0, 0, 0]


def by_labels(made: Any, asked: Any, answers: dict[str, str]) -> io.BytesIO:
    """The workbook that was fetched, with these answers chosen by their words."""
    book = load_workbook(io.BytesIO(made.content))
    keys = [q.key for q in asked]
    for key, words in answers.items():
        row = answer_sheet.FIRST_ROW + keys.index(key)
        book[answer_sheet.SHEET].cell(row, answer_sheet.ANSWER, words)
    out = io.BytesIO()
    book.save(out)
    return out


@pytest.mark.parametrize(("fetches", "puts_in"), [("nl", "en"), ("en", "nl"), ("en", "en")])
def test_a_sheet_is_dutch_as_the_mails_whatever_language_who_fetches_or_puts_it_in_reads(
    client, by_hand, ask_around, fetches, puts_in
):
    address = reverse("surveys:sheet_in", args=[ask_around.pk, by_hand.pk])
    client.cookies["taal"] = fetches
    made = client.get(reverse("surveys:sheet", args=[ask_around.pk, by_hand.pk]))
    sheet = load_workbook(io.BytesIO(made.content))[answer_sheet.SHEET]
    client.cookies["taal"] = puts_in
    shown = send(
        client, address, by_labels(made, ask_around.asked, {"how-known": "ik werkte ermee"})
    )
    wrong = send(client, address, by_labels(made, ask_around.asked, {"how-known": "nooit"}))
    client.post(address, hidden(shown))

    assert sheet["D4"].value == "Jouw antwoord"
    assert SurveyResponse.objects.get().answers == {"how-known": "worked-with"}
    says = {"nl": "staat niet in de lijst", "en": "is not in the list"}[puts_in]
    assert (wrong.status_code, says in wrong.content.decode()) == (422, True)


def test_data_of_a_person_in_a_file_is_asked_about_before_it_is_kept(client, by_hand, ask_around):
    """The privacy guard passes over the free texts of a file as over what is typed (K6)."""
    address = reverse("surveys:sheet_in", args=[ask_around.pk, by_hand.pk])
    key = next(iter(given(by_hand)))

    answer = client.post(address, {f"v-{key}": "Haar nummer is 85.07.30-033.28."})

    assert answer.status_code == 422
    assert not SurveyResponse.objects.exists()
