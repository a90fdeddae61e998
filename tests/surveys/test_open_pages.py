"""Pages without account: behind a personal link and behind a code."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.models import AccessLink, SpentForm
from partnerwijzer.surveys import actions, sets, tries
from partnerwijzer.surveys.forms.answering import AnswerForm
from partnerwijzer.surveys.models import Survey, SurveyInvitation, SurveyResponse
from tests.surveys.conftest import ask

GOOD = {"v-how-known": "worked-with", "v-good": "Ze luisteren."}


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def link(asked) -> str:
    return f"/antwoord/{asked.token}/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def state() -> str:
    return SurveyInvitation.objects.select_related("link").get().state


def test_the_page_says_who_asks_about_what_until_when(visitor, link, asked):
    page = text_of(visitor.get(link))

    for words in ("Wie kent Theater De Vonk?", "School A", "Teacher", "Jo Peeters", "Tot en met"):
        assert words in page
    assert "Verstuur je antwoord" in page
    assert "Ik antwoord liever niet" in page


def test_looking_alone_does_not_count_as_opened(visitor, link):
    visitor.get(link)
    assert state() == "new"

    assert visitor.post(f"{link}gezien/").status_code == 204

    assert state() == "opened"
    assert "gezien/" not in text_of(visitor.get(link))
    assert visitor.get(f"{link}gezien/").status_code == 405


def test_an_answer_is_sent_shown_and_changed(visitor, link):
    sent = visitor.post(link, {**GOOD, "stand": "0", "once": "a"}, follow=True)
    assert "Dank je wel" in text_of(sent)
    assert "ik werkte ermee" in text_of(sent)
    assert state() == "done"

    form = visitor.get(link)
    assert "Je antwoord is bezorgd." in text_of(form)
    assert re.search(r'value="worked-with" id="[^"]*" checked', text_of(form))

    visitor.post(link, {"v-would-do": "yes", "stand": "1", "once": "b"})
    assert SurveyResponse.objects.get().answers == {"would-do": "yes"}


def test_the_secret_address_is_not_kept_by_the_mark_against_sending_twice(visitor, link, asked):
    visitor.post(link, {**GOOD, "stand": "0", "once": "a"})
    twice = visitor.post(link, {**GOOD, "stand": "0", "once": "a"}, follow=True)

    assert "Dank je wel" in text_of(twice)
    assert SurveyResponse.objects.count() == 1
    assert [asked.token in spent.location for spent in SpentForm.objects.all()] == [False]


def test_sending_nothing_says_what_to_do(visitor, link):
    page = visitor.post(link, {"stand": "0"})

    assert page.status_code == 422
    assert "Antwoord op minstens één vraag." in text_of(page)


def test_wrong_input_is_told_at_the_question_and_the_rest_is_kept(visitor, link):
    page = visitor.post(link, {"v-how-known": "hacked", "v-good": "Lang verhaal", "stand": "0"})

    assert page.status_code == 422
    assert "Kies een van de antwoorden." in text_of(page)
    assert "Lang verhaal" in text_of(page)


def test_a_second_window_shows_both_answers(visitor, link):
    visitor.post(link, {**GOOD, "stand": "0"})

    page = visitor.post(link, {"v-good": "Uit venster twee", "stand": "0"})

    assert page.status_code == 422
    assert "Ze luisteren." in text_of(page)
    assert "Uit venster twee" in text_of(page)
    again = visitor.post(link, {"v-good": "Uit venster twee", "stand": "1"})
    assert again.status_code == 302
    assert SurveyResponse.objects.get().answers == {"good": "Uit venster twee"}


@pytest.mark.parametrize("stand", ["", "x", "-1", "9" * 30])
def test_a_made_up_version_breaks_nothing(visitor, link, stand):
    assert visitor.post(link, {**GOOD, "stand": stand}).status_code == 302


def test_saying_no_is_one_press_and_can_be_taken_back(visitor, link):
    page = visitor.post(f"{link}liever-niet/", follow=True)
    assert "Goed, we vragen het niet opnieuw" in text_of(page)
    assert state() == "declined"

    assert "Je liet weten dat je liever niet antwoordt." in text_of(visitor.get(link))
    visitor.post(link, {**GOOD, "stand": "0"})
    assert state() == "done"
    assert visitor.post(f"{link}liever-niet/").headers["Location"] == "../"
    assert state() == "done"


def test_the_thanks_are_for_who_answered(visitor, link):
    assert visitor.get(f"{link}bedankt/").headers["Location"] == "../"


def test_unknown_withdrawn_and_expired_links_are_alike(visitor, link, asked, teacher):
    def without_mark(response) -> str:
        return re.sub(r"X-CSRFToken[^}]*", "", text_of(response))

    unknown = visitor.get("/antwoord/zomaar-iets/")
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    expired = visitor.get(link)
    actions.withdraw_invitation(asked, actor=teacher)
    withdrawn = visitor.get(link)

    assert [r.status_code for r in (unknown, expired, withdrawn)] == [404] * 3
    assert without_mark(unknown) == without_mark(expired) == without_mark(withdrawn)
    assert "Vraag de school om een nieuwe link." in text_of(unknown)
    for part in ("gezien/", "liever-niet/", "bedankt/"):
        ask_for = visitor.get if part == "bedankt/" else visitor.post
        assert ask_for(link + part).status_code == 404


def test_what_was_typed_is_shown_when_the_link_ended_meanwhile(visitor, link, asked, teacher):
    actions.withdraw_invitation(asked, actor=teacher)

    page = visitor.post(link, {"v-good": "Een heel verhaal", "stand": "0", "once": "a b"})

    assert page.status_code == 404
    assert "Een heel verhaal" in text_of(page)


def test_a_closed_survey_shows_what_was_sent_and_takes_nothing(visitor, link, ask_around, teacher):
    visitor.post(link, {**GOOD, "stand": "0"})
    actions.close_survey(ask_around, actor=teacher)

    assert "Ze luisteren." in text_of(visitor.get(link))
    late = visitor.post(link, {"v-good": "Te laat verhaal", "stand": "1"})
    assert "Te laat verhaal" in text_of(late)
    assert "Wat je typte, is niet verstuurd." in text_of(late)
    assert SurveyResponse.objects.get().answers["good"] == "Ze luisteren."


def test_a_link_of_another_kind_opens_nothing(visitor, db):
    from partnerwijzer.access import links

    _link, token = links.issue("agreement", days=3)

    assert visitor.get(f"/antwoord/{token}/").status_code == 404


# ---------------------------------------------------------------- with a code


def start(visitor: Client, survey: Survey) -> str:
    return visitor.get(f"/v/{survey.code}/").context["sheet"]


def test_a_code_leads_to_the_questions_however_it_is_typed(visitor, pupils):
    typed = f" {pupils.code[:3].lower()}-{pupils.code[3:]} "

    page = visitor.post("/v/", {"code": typed})

    assert page.headers["Location"] == f"/v/{pupils.code}/"
    assert visitor.get(f"/v/{pupils.code.lower()}/").status_code == 200


def test_a_wrong_code_is_told_and_kept(visitor, db):
    page = visitor.post("/v/", {"code": "abc"})

    assert page.status_code == 200
    assert "Deze code kennen we niet." in text_of(page)
    assert 'value="abc"' in text_of(page)
    assert "Typ de code die je kreeg." in text_of(visitor.post("/v/", {"code": ""}))
    assert visitor.get("/v/CCCCCC/").status_code == 404


def test_who_guesses_has_to_wait_and_who_was_busy_goes_on(visitor, pupils):
    sheet = start(visitor, pupils)
    for _guess in range(tries.MOST_WRONG):
        assert visitor.get("/v/CCCCCC/").status_code == 404

    assert visitor.get("/v/CCCCCC/").status_code == 429
    assert visitor.get(f"/v/{pupils.code}/").status_code == 429
    assert visitor.post("/v/", {"code": pupils.code}).status_code == 429
    busy = visitor.post(f"/v/{pupils.code}/", {"blad": sheet})
    assert busy.context["number"] == 1
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(f"/v/{pupils.code}/").status_code == 200


def test_an_address_that_is_no_code_is_no_guess(visitor, pupils):
    for _n in range(tries.MOST_WRONG + 1):
        visitor.get("/v/tokens.css/")

    assert visitor.get(f"/v/{pupils.code}/").status_code == 200


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(visitor, pupils, settings):
    settings.ENV = settings.ENV.model_copy(update={"behind_proxy": True})
    guess = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.1"}
    for _guess in range(tries.MOST_WRONG):
        visitor.get("/v/CCCCCC/", **guess)

    assert visitor.get(f"/v/{pupils.code}/", **guess).status_code == 429
    other = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 198.51.100.2"}
    assert visitor.get(f"/v/{pupils.code}/", **other).status_code == 200


def test_answers_travel_along_to_the_end(visitor, pupils):
    address, sheet = f"/v/{pupils.code}/", start(visitor, pupils)

    first = visitor.post(address, {"blad": sheet})
    assert first.context["number"] == 1
    second = visitor.post(address, {"blad": sheet, "vraag": "0", "v-learned": "5"})
    assert second.context["carried"] == [("v-learned", "5")]
    back = visitor.post(
        address, {"blad": sheet, "vraag": "1", "v-learned": "5", "v-clear": "2", "terug": "1"}
    )
    assert back.context["number"] == 1
    assert back.context["carried"] == [("v-clear", "2")]
    assert 'value="5" id="id_v-learned-0" checked' in text_of(back)
    welcome = visitor.post(
        address, {"blad": sheet, "vraag": "0", "v-learned": "5", "v-clear": "2", "terug": "1"}
    )
    assert welcome.context["carried"] == [("v-learned", "5"), ("v-clear", "2")]
    done = visitor.post(
        address,
        {"blad": sheet, "vraag": "5", "v-learned": "5", "v-clear": "2", "v-want-to-say": ""},
    )
    assert "Klaar!" in text_of(done)
    assert SurveyResponse.objects.get().answers == {"learned": 5, "clear": 2}


def test_handing_in_twice_counts_once_and_says_thanks_both_times(visitor, pupils):
    address, sheet = f"/v/{pupils.code}/", start(visitor, pupils)
    given = {"blad": sheet, "vraag": "5", "v-learned": "5"}

    pages = [visitor.post(address, given) for _press in range(2)]

    assert ["Klaar!" in text_of(page) for page in pages] == [True, True]
    assert SurveyResponse.objects.count() == 1


def test_the_next_child_does_not_see_what_the_last_one_chose(visitor, pupils):
    address, sheet = f"/v/{pupils.code}/", start(visitor, pupils)
    visitor.post(address, {"blad": sheet, "vraag": "5", "v-want-to-say": "De zeehond"})

    back = visitor.post(address, {"blad": sheet, "vraag": "4", "v-want-to-say": "De zeehond"})

    assert "zeehond" not in text_of(back)
    assert "Volgende leerling" in text_of(back)
    assert visitor.get(address).context["sheet"] != sheet
    assert "no-store" in back.headers["Cache-Control"]


def test_a_sheet_that_we_did_not_give_out_begins_anew(visitor, pupils):
    for sheet in ("", "zelf.gemaakt", f"{pupils.code}.x:y"):
        page = visitor.post(f"/v/{pupils.code}/", {"blad": sheet, "vraag": "5", "v-learned": "5"})

        assert page.context["survey"] == pupils
        assert "number" not in page.context
    assert not SurveyResponse.objects.exists()


def test_a_wrong_answer_keeps_the_child_at_its_question(visitor, pupils):
    sheet = start(visitor, pupils)
    given = {"blad": sheet, "vraag": "5", "v-learned": "5", "v-want-to-say": "x" * 301}

    page = visitor.post(f"/v/{pupils.code}/", given)

    assert page.context["number"] == 6
    assert "Maak je tekst wat korter" in text_of(page)
    assert not SurveyResponse.objects.exists()


def test_a_wrong_answer_from_before_is_shown_at_the_end(visitor, pupils):
    sheet = start(visitor, pupils)

    page = visitor.post(f"/v/{pupils.code}/", {"blad": sheet, "vraag": "5", "v-clear": "99"})

    assert page.context["number"] == 2
    assert "Kies een van de antwoorden." in text_of(page)


@pytest.mark.parametrize("place", ["-5", "99", "x", "", "9" * 40])
def test_a_made_up_place_breaks_nothing(visitor, pupils, place):
    sheet = start(visitor, pupils)

    assert visitor.post(f"/v/{pupils.code}/", {"blad": sheet, "vraag": place}).status_code == 200


def test_who_was_busy_when_it_closed_is_told(visitor, pupils, teacher):
    sheet = start(visitor, pupils)
    actions.close_survey(pupils, actor=teacher)

    page = visitor.post(f"/v/{pupils.code}/", {"blad": sheet, "vraag": "5", "v-learned": "5"})

    assert "Deze bevraging is gesloten" in text_of(page)
    assert not SurveyResponse.objects.exists()


def test_questions_that_changed_meanwhile_do_not_confuse(visitor, pupils, teacher):
    sheet = start(visitor, pupils)
    own = [sets.OwnQuestion("Nieuw?")]
    actions.change_questions(pupils, actor=teacher, version=1, keys=[], own=own)

    page = visitor.post(
        f"/v/{pupils.code}/", {"blad": sheet, "vraag": "5", "v-learned": "5", "v-want-to-say": "x"}
    )

    assert "Klaar!" in text_of(page)
    assert SurveyResponse.objects.get().answers == {"learned": 5}


def test_a_text_question_warns_against_names(visitor, pupils):
    sheet = start(visitor, pupils)

    page = visitor.post(f"/v/{pupils.code}/", {"blad": sheet, "vraag": "4"})

    assert "Schrijf geen namen." in text_of(page)


def test_parents_and_alumni_get_all_questions_on_one_page(visitor, make_survey):
    survey = make_survey("alumni")
    sheet = start(visitor, survey)
    given = {
        "blad": sheet,
        "v-doing-now": "studying",
        "v-helped-later": ["much-reading", "writing"],
        "v-practise-more-1": "presenting",
        "v-practise-more-3": "notes",
        "v-missed": "Meer theater",
    }

    wrong = visitor.post(f"/v/{survey.code}/", {**given, "v-practise-more-2": "notes"})
    assert wrong.status_code == 200
    assert "Kies elk antwoord maar één keer." in text_of(wrong)
    assert "Meer theater" in text_of(wrong)

    assert "Klaar!" in text_of(visitor.post(f"/v/{survey.code}/", given))
    assert SurveyResponse.objects.get().answers == {
        "doing-now": "studying",
        "helped-later": ["much-reading", "writing"],
        "practise-more": ["presenting", "notes"],
        "missed": "Meer theater",
    }


def test_no_page_for_pupils_asks_who_they_are(visitor, pupils):
    sheet = start(visitor, pupils)
    for place in range(-1, 5):
        given = {"blad": sheet, "vraag": str(place)}
        page = text_of(visitor.post(f"/v/{pupils.code}/", given)).lower()

        assert not re.search(r'name="[^"]*(naam|name|mail|login)', page)


def test_of_a_long_list_a_few_answers_show_at_once_and_the_rest_behind_more(visitor, make_survey):
    form = AnswerForm(make_survey("experience-request").asked, answers={"with-whom": ["okan"]})
    levels, smooth = form["v-with-whom"], form["v-smooth"]

    assert [choice.value for choice in levels.at_once][:2] == ["kleuter", "lager"]
    assert len(smooth.at_once) == 6
    for bound in (levels, smooth):
        assert {*bound.at_once, *bound.behind} == set(bound.choices)
    assert (levels.is_chosen_behind, smooth.is_chosen_behind) == (True, False)


FIRST = ["when", "again", "smooth", "difficult", "tip"]


def test_who_has_three_minutes_sees_what_matters_first(make_survey):
    survey = make_survey("experience-request")

    form = AnswerForm(survey.asked)

    keys = [question.key for question in survey.asked]
    assert [bound.question.key for bound in form.at_once] == FIRST
    assert [b.question.key for b in form.later] == [key for key in keys if key not in FIRST]
    assert not form.is_later_seen


@pytest.mark.parametrize("given", [{"with-whom": ["okan"]}, {"learned": 4}])
def test_what_was_answered_before_stands_open(given, make_survey):
    assert AnswerForm(make_survey("experience-request").asked, answers=given).is_later_seen


def test_what_is_wrong_in_what_was_folded_away_stands_open(make_survey):
    form = AnswerForm(make_survey("experience-request").asked, {"v-learned": "9"})

    assert not form.is_valid()
    assert form.is_later_seen


def test_a_survey_that_sets_nothing_apart_shows_all(make_survey):
    form = AnswerForm(make_survey("ask-around").asked)

    assert (len(form.at_once), form.later) == (len(form.asked), [])


def test_questions_for_later_are_sent_with_the_rest(visitor, make_survey, teacher):
    token = ask(make_survey("experience-request"), teacher).token
    given = {"v-again": "5", "v-learned": "4", "stand": "0", "once": "b"}

    page = text_of(visitor.get(f"/antwoord/{token}/"))
    visitor.post(f"/antwoord/{token}/", given)

    assert "Nog 5 vragen, als je tijd hebt" in page
    assert SurveyResponse.objects.get().answers == {"learned": 4, "again": 5}
