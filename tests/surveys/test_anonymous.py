"""Nobody can tell whose an anonymous answer is, nor when it came: no table, mail or log says."""

import json
import logging
import threading
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from partnerwijzer.access.actor import ANONYMOUS
from partnerwijzer.surveys import actions, questions, sheets
from partnerwijzer.surveys.models import SpentSheet, Survey, SurveyResponse
from tests.surveys.conftest import GUEST, fill

SECRET = "Ik vond de dansende zeehond het mooist"
ADDRESS = "198.51.100.77"
BROWSER = "Tabletbrowser/9.9 van klas 3B"


def everything() -> dict[str, Counter[str]]:
    """Each row of each table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own tables
            found[table] = Counter(map(repr, cursor.fetchall()))
    return found


def added(before: dict[str, Counter[str]], after: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """The rows that were not there before, by table."""
    fresh = {table: list((rows - before[table]).elements()) for table, rows in after.items()}
    return {table: rows for table, rows in fresh.items() if rows}


def answer_as_pupil(client: Client, survey: Survey, text: str) -> Any:
    """Walks through all questions as a browser does."""
    page = client.get(f"/v/{survey.code}/")
    sheet = page.context["sheet"]
    given = {"blad": sheet, "v-learned": "5", "v-want-to-say": text}
    for place in range(len(survey.asked)):
        page = client.post(f"/v/{survey.code}/", {**given, "vraag": str(place - 1)})
        assert page.context["number"] == place + 1
    return client.post(f"/v/{survey.code}/", {**given, "vraag": str(len(survey.asked) - 1)})


@pytest.fixture
def tablet() -> Client:
    return Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER)


def test_an_answer_leaves_nothing_but_itself(world, pupils, tablet, caplog, mailoutbox):
    tablet.force_login(world.user("teacher"))  # a tablet on which a teacher was signed in
    tablet.get("/bevragen/")
    before = everything()
    caplog.set_level(logging.DEBUG)
    caplog.clear()

    thanks = answer_as_pupil(tablet, pupils, SECRET)

    assert "Klaar!" in thanks.content.decode()
    fresh = added(before, everything())
    assert sorted(fresh) == ["surveys_spentsheet", "surveys_surveyresponse"]
    (answer,) = fresh["surveys_surveyresponse"]
    assert SECRET in answer  # what could leak is there
    written = " ".join(row for rows in fresh.values() for row in rows)
    for trace in (ADDRESS, BROWSER, "teacher", "Teacher"):
        assert trace not in written
    logged = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not any(SECRET in text or ADDRESS in text or pupils.code in text for text in logged)
    assert mailoutbox == []


def test_a_row_holds_no_day_and_no_time(pupils):
    fill(pupils, {"learned": 5})

    (row,) = SurveyResponse.objects.values()

    assert row == {
        "entered_by_id": None,
        "id": row["id"],
        "survey_id": pupils.pk,
        "invitation_id": None,
        "day": None,
        "answers": {"learned": 5},
        "version": 1,
    }
    assert row["id"].version == 4  # random; versions 1, 6 and 7 hold a time
    assert not any(isinstance(value, datetime) for value in row.values())


def test_the_sheet_of_a_form_leads_to_no_answer_and_holds_no_time(pupils):
    sheet = sheets.new(pupils.code)
    actions.answer_anonymously(pupils, actor=ANONYMOUS, answers={"learned": 5}, sheet=sheet)

    (row,) = SpentSheet.objects.values()

    assert row == {"mark": sheets.mark_of(sheet), "survey_id": pupils.pk}


def test_wrong_answers_leave_no_line_in_the_log(pupils, tablet, caplog):
    caplog.set_level(logging.INFO)
    sheet = tablet.get(f"/v/{pupils.code}/").context["sheet"]
    caplog.clear()

    wrong = {"blad": sheet, "vraag": "0", "v-learned": "99"}
    page = tablet.post(f"/v/{pupils.code}/", wrong)

    assert page.status_code == 200
    assert page.context["wrong"]
    assert [r.getMessage() for r in caplog.records] == []


def test_no_cookie_but_the_one_against_forged_forms(pupils, tablet):
    answer_as_pupil(tablet, pupils, SECRET)

    assert set(tablet.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("who", ["teacher", "head"])
def test_an_answer_with_a_name_is_refused(world, pupils, who):
    """domain.md 7.1: pupils answer without a name or an account."""
    for actor in (world.actor(who), GUEST):
        with pytest.raises(PermissionDenied):
            actions.answer_anonymously(pupils, actor=actor, answers={"learned": 5})

    assert not SurveyResponse.objects.exists()


def test_a_survey_with_names_takes_no_anonymous_answers(ask_around):
    with pytest.raises(PermissionDenied):
        actions.answer_anonymously(ask_around, actor=ANONYMOUS, answers={"good": "x"})


def test_a_double_press_counts_once(pupils):
    sheet = sheets.new(pupils.code)

    kept = [
        actions.answer_anonymously(pupils, actor=ANONYMOUS, answers={"learned": 5}, sheet=sheet)
        for _press in range(2)
    ]

    assert kept == [True, False]
    assert SurveyResponse.objects.count() == 1


def test_who_fills_in_nothing_is_not_counted(pupils):
    given = {"learned": "", "want-to-say": "  "}

    assert not actions.answer_anonymously(pupils, actor=ANONYMOUS, answers=given)
    assert not SurveyResponse.objects.exists()


def test_a_wrong_answer_and_a_closed_survey_keep_nothing(pupils, teacher):
    with pytest.raises(questions.WrongAnswers):
        actions.answer_anonymously(pupils, actor=ANONYMOUS, answers={"learned": 6})
    actions.close_survey(pupils, actor=teacher)
    with pytest.raises(actions.Refused):
        actions.answer_anonymously(pupils, actor=ANONYMOUS, answers={"learned": 5})

    assert not SurveyResponse.objects.exists()


def test_all_answers_are_kept_whatever_the_mixing(pupils):
    fill(pupils, *[{"want-to-say": f"kind {n}"} for n in range(40)])

    kept = [row["want-to-say"] for row in SurveyResponse.objects.values_list("answers", flat=True)]

    assert sorted(kept) == sorted(f"kind {n}" for n in range(40))


def places() -> list[str]:
    """The answers in the order in which the table was written."""
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT answers FROM surveys_surveyresponse ORDER BY {order}")  # noqa: S608
        return [json.loads(row[0])["want-to-say"] for row in cursor.fetchall()]


def test_the_place_of_a_row_does_not_tell_who_came_last(pupils):
    rounds, children = 60, 6
    seen = {"last": Counter(), "first": Counter()}
    for _round in range(rounds):
        SurveyResponse.objects.all().delete()
        fill(pupils, *[{"want-to-say": str(n)} for n in range(children)])
        written = places()
        seen["first"][written[0]] += 1
        seen["last"][written[-1]] += 1

    # Each child is expected ten times; more than 30 would happen once in ten million runs.
    for counted in seen.values():
        assert len(counted) >= 4
        assert max(counted.values()) <= 30


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_no_transaction_number_tells_who_came_last(pupils):
    fill(pupils, *[{"want-to-say": str(n)} for n in range(6)])

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM surveys_surveyresponse")
        assert len(cursor.fetchall()) == 1


def test_keys_of_earlier_answers_change_too(pupils):
    fill(pupils, {"want-to-say": "a"})
    before = set(SurveyResponse.objects.values_list("pk", flat=True))

    fill(pupils, {"want-to-say": "b"})

    assert not before & set(SurveyResponse.objects.values_list("pk", flat=True))


def test_answers_of_other_surveys_stay_as_they_are(make_survey, pupils):
    other = make_survey()
    fill(other, {"want-to-say": "elders"})
    key = other.responses.get().pk
    fill(pupils, {"want-to-say": "gisteren"})
    fill(pupils, {"want-to-say": "vandaag"})

    assert other.responses.get().pk == key
    assert {r.answers["want-to-say"] for r in pupils.responses.all()} == {"gisteren", "vandaag"}


def test_closing_forgets_the_sheets(pupils, teacher):
    sheet = sheets.new(pupils.code)
    actions.answer_anonymously(pupils, actor=ANONYMOUS, answers={"learned": 5}, sheet=sheet)

    actions.close_survey(pupils, actor=teacher)

    assert not SpentSheet.objects.exists()


# The test database of SQLite lives in memory, where threads block each other; in use, BEGIN
# IMMEDIATE lets writers wait for each other.
@pytest.mark.skipif("connection.vendor == 'sqlite'")
@pytest.mark.django_db(transaction=True)
def test_a_class_that_hands_in_together_is_counted_whole(pupils):
    failures: list[BaseException] = []

    def hand_in(n: int) -> None:
        try:
            sheet = sheets.new(pupils.code)
            for _press in range(2):
                actions.answer_anonymously(
                    pupils, actor=ANONYMOUS, answers={"want-to-say": str(n)}, sheet=sheet
                )
        except BaseException as problem:  # noqa: BLE001 -- shown in the test's own thread
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(places()) == [str(n) for n in range(8)]
