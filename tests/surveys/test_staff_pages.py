"""Pages for staff: the list, results, choosing questions, asking people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.surveys import actions, sets
from partnerwijzer.surveys.models import Survey, SurveyInvitation
from tests.surveys.conftest import GUEST, ask, fill

PAGES = ("", "aanpassen/", "vragen/", "mensen/", "code/", "sluiten/")


@pytest.fixture
def browser_of(world):
    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return sign_in


@pytest.fixture
def mine(browser_of) -> Client:
    return browser_of("teacher")


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what is read once per process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_says_who_was_asked_and_how_many_answered(mine, pupils, ask_around, teacher):
    fill(pupils, {"learned": 5}, {"learned": 4})
    ask(ask_around, teacher)

    page = text_of(mine.get("/bevragen/"))

    assert "Wat vragen we aan wie?" in page
    assert "2 van 24 antwoordden" in page
    assert "0 van 1 antwoordden" in page


def test_an_empty_list_says_what_to_do(mine):
    assert "Begin een bevraging" in text_of(mine.get("/bevragen/"))


def test_open_surveys_come_before_closed_ones(mine, make_survey, teacher):
    first, second, third = (make_survey(title=t) for t in ("een", "twee", "drie"))
    actions.close_survey(third, actor=teacher)

    rows = mine.get("/bevragen/").context["page"].object_list

    assert [row.survey for row in rows] == [second, first, third]


def test_the_list_costs_the_same_with_one_and_with_many(mine, make_survey, teacher):
    make_survey()
    one = queries_of(mine, "/bevragen/")
    for _n in range(3):
        survey = make_survey()
        fill(survey, {"learned": 5})
        ask(make_survey("ask-around"), teacher, email=f"x{survey.pk}@elders.example")

    assert queries_of(mine, "/bevragen/") == one <= 12


def test_the_results_cost_the_same_with_one_and_with_many(mine, make_survey, teacher):
    few, many = make_survey("ask-around"), make_survey("ask-around")
    for survey, people in ((few, 1), (many, 6)):
        for n in range(people):
            invitation = ask(survey, teacher, email=f"x{n}@elders.example")
            actions.answer_by_link(invitation, actor=GUEST, answers={"good": "Alles"})

    one = queries_of(mine, f"/bevragen/{few.pk}/")

    assert queries_of(mine, f"/bevragen/{many.pk}/") == one <= 14


@pytest.mark.parametrize("who", ["teacher", "head", "coordinator"])
def test_staff_see_the_surveys_of_their_school(browser_of, pupils, who):
    client = browser_of(who)

    assert [client.get(f"/bevragen/{pupils.pk}/{p}").status_code for p in PAGES] == [200] * 6


@pytest.mark.parametrize("who", ["sister", "other_head", "council", "adviser", "board_admin"])
def test_for_others_they_do_not_exist(browser_of, pupils, ask_around, asked, who):
    client = browser_of(who)

    assert [client.get(f"/bevragen/{pupils.pk}/{p}").status_code for p in PAGES] == [404] * 6
    person = f"/bevragen/{ask_around.pk}/mensen/{asked.pk}/"
    for press in ("herinneren/", "intrekken/", "opnieuw/"):
        assert client.post(person + press).status_code == 404
    assert pupils.title not in client.get("/bevragen/").content.decode()


def test_a_person_of_another_survey_is_not_found_under_this_one(mine, pupils, asked):
    assert mine.get(f"/bevragen/{pupils.pk}/mensen/{asked.pk}/opnieuw/").status_code == 404


def test_while_it_is_open_the_page_shows_counts_and_the_code_and_no_answers(mine, pupils):
    fill(pupils, *[{"learned": 5, "want-to-say": f"De zeehond {n}"} for n in range(6)])

    page = text_of(mine.get(f"/bevragen/{pupils.pk}/"))

    assert "6 van 24" in page
    assert pupils.spaced_code in page
    assert "De antwoorden zie je als de bevraging gesloten is." in page
    assert "zeehond" not in page


def test_once_closed_the_page_shows_answers_and_hides_what_few_answered(mine, pupils, teacher):
    fill(pupils, *[{"learned": 5, "want-to-say": "De zeehond"} for _n in range(5)])
    fill(pupils, *[{"clear": 1} for _n in range(4)])
    actions.close_survey(pupils, actor=teacher)

    page = text_of(mine.get(f"/bevragen/{pupils.pk}/"))

    assert page.count("De zeehond") == 5
    assert "ja, heel erg 5, ja 0, een beetje 0, niet zo 0" in page
    assert "4 antwoorden op deze vraag: te zien vanaf 5." in page
    assert "Niemand antwoordde hierop." in page
    assert "/heropenen/" not in page


def test_too_few_answers_are_no_figure(mine, pupils, teacher):
    fill(pupils, {"want-to-say": "De zeehond"})
    actions.close_survey(pupils, actor=teacher)

    page = text_of(mine.get(f"/bevragen/{pupils.pk}/"))

    assert "Nog te weinig antwoorden: te zien vanaf 5." in page
    assert "zeehond" not in page
    assert "/heropenen/" in page


def test_closing_asks_first_and_says_that_it_cannot_be_taken_back(mine, pupils):
    fill(pupils, *[{"learned": 5}] * 5)
    address = f"/bevragen/{pupils.pk}/sluiten/"

    assert "Opnieuw openen kan niet meer." in text_of(mine.get(address))
    assert Survey.objects.get().is_open

    page = mine.post(address, follow=True)
    assert "De bevraging is gesloten." in text_of(page)
    assert not Survey.objects.get().is_open
    assert mine.get(address).status_code == 302
    assert "Deze bevraging is al gesloten." in text_of(mine.post(address, follow=True))


def test_a_survey_closed_too_early_opens_with_one_press(mine, pupils, teacher):
    actions.close_survey(pupils, actor=teacher)

    page = mine.post(f"/bevragen/{pupils.pk}/heropenen/", follow=True)

    assert "De bevraging is weer open." in text_of(page)


def test_the_beamer_shows_code_and_address(mine, pupils, ask_around):
    page = text_of(mine.get(f"/bevragen/{pupils.pk}/code/"))

    assert pupils.spaced_code in page
    assert "/v/</b>" in page
    assert "<svg" in page
    assert mine.get(f"/bevragen/{ask_around.pk}/code/").status_code == 302


def test_a_school_begins_a_survey_of_its_own(mine, framework):
    page = mine.post("/bevragen/nieuw/", {"set_key": "parents", "about": "Theater"})

    survey = Survey.objects.get()
    assert page.headers["Location"] == f"/bevragen/{survey.pk}/vragen/"
    assert (survey.title, survey.about, survey.anonymous) == ("Vraag aan ouders", "Theater", True)


def test_what_is_wrong_with_a_new_survey_is_said_and_kept(mine, framework):
    yesterday = timezone.localdate() - timedelta(days=1)
    given = {"title": "Mijn titel", "closes_on": str(yesterday), "expected": "veel"}

    page = mine.post("/bevragen/nieuw/", given)
    late = mine.post("/bevragen/nieuw/", {"set_key": "parents", "closes_on": str(yesterday)})

    assert page.status_code == late.status_code == 422
    assert "Mijn titel" in text_of(page)
    assert "De laatste dag is al voorbij." in text_of(late)
    assert not Survey.objects.exists()


def test_who_only_sits_in_the_council_begins_nothing(browser_of, framework):
    assert browser_of("council").get("/bevragen/nieuw/").status_code == 404


def test_the_school_chooses_questions(mine, pupils):
    address = f"/bevragen/{pupils.pk}/vragen/"
    assert "Heb je iets bijgeleerd?" in text_of(mine.get(address))

    own = {"own_1": "Wat was het mooiste?", "kind_1": "text", "own_2": "Fijn?", "kind_2": "scale"}
    page = mine.post(address, {"version": "1", "keys": [], **own})

    assert page.status_code == 302
    assert [q["key"] for q in Survey.objects.get().questions][-2:] == ["own-1", "own-2"]
    again = mine.get(address).context["form"]
    assert again["own_1"].value() == "Wat was het mooiste?"
    assert again["kind_2"].value() == "scale"


def test_too_many_questions_are_told_and_kept(mine, pupils):
    given = {"version": "1", "keys": ["did-much-myself", "want-to-say"], "own_1": "Nog iets?"}

    page = mine.post(f"/bevragen/{pupils.pk}/vragen/", given)

    assert page.status_code == 422
    assert "Laat er 1 weg." in text_of(page)
    assert "Nog iets?" in text_of(page)


def test_a_colleague_who_chose_in_between_is_shown_and_nothing_typed_is_lost(mine, pupils, teacher):
    own = [sets.OwnQuestion("Van mijn collega")]
    actions.change_questions(pupils, actor=teacher, version=1, keys=[], own=own)

    page = mine.post(f"/bevragen/{pupils.pk}/vragen/", {"version": "1", "own_1": "Van mij"})

    assert page.status_code == 422
    assert "Van mijn collega" in text_of(page)
    assert page.context["form"]["own_1"].value() == "Van mij"

    mine.post(f"/bevragen/{pupils.pk}/vragen/", {"version": "2", "own_1": "Van mij"})
    assert Survey.objects.get().questions[-1]["text"] == {"nl": "Van mij"}


def test_questions_cannot_be_chosen_once_somebody_answered(mine, pupils):
    fill(pupils, {"learned": 5})
    address = f"/bevragen/{pupils.pk}/vragen/"

    assert "Daarom blijven de vragen zoals ze zijn." in text_of(mine.get(address))
    assert mine.post(address, {"version": "1"}).status_code == 422


def test_title_and_last_day_are_changed_and_a_colleague_in_between_is_shown(mine, pupils, teacher):
    address = f"/bevragen/{pupils.pk}/aanpassen/"
    given = {"version": "1", "title": "Nieuw", "about": "", "expected": "20", "closes_on": ""}
    assert mine.post(address, given).status_code == 302
    assert Survey.objects.values_list("title", "expected").get() == ("Nieuw", 20)

    late = mine.post(address, {**given, "title": "Nog nieuwer"})

    assert late.status_code == 422
    assert "Een collega paste dit intussen aan." in text_of(late)
    assert "Nog nieuwer" in text_of(late)
    assert late.context["form"]["version"].value() == "2"


def test_somebody_is_asked_reminded_and_asked_back(mine, ask_around):
    address = f"/bevragen/{ask_around.pk}/mensen/"
    given = {"email": "jo@elders.example", "name": "Jo", "message": "", "days": "30"}

    assert "De vraag is onderweg naar Jo." in text_of(mine.post(address, given, follow=True))
    invitation = SurveyInvitation.objects.get()
    person = f"{address}{invitation.pk}/"
    assert "De herinnering is onderweg." in text_of(mine.post(f"{person}herinneren/", follow=True))
    assert "kreeg al een herinnering" in text_of(mine.post(f"{person}herinneren/", follow=True))
    resent = mine.post(f"{person}opnieuw/", {"email": "jo2@elders.example", "days": "14"})
    assert resent.status_code == 302
    assert AccessLink.objects.get(survey_invitation=invitation).email == "jo2@elders.example"
    assert "De vraag is ingetrokken." in text_of(mine.post(f"{person}intrekken/", follow=True))


def test_all_who_wait_are_reminded_at_once(mine, ask_around, teacher):
    for n in range(2):
        ask(ask_around, teacher, email=f"x{n}@elders.example")
    address = f"/bevragen/{ask_around.pk}/herinneren/"

    assert "2 herinneringen zijn onderweg." in text_of(mine.post(address, follow=True))
    assert "Er is niemand om te herinneren" in text_of(mine.post(address, follow=True))


def test_a_wrong_address_is_told_and_kept(mine, ask_around):
    given = {"email": "jo", "message": "Lang verhaal", "days": "30"}

    page = mine.post(f"/bevragen/{ask_around.pk}/mensen/", given)

    assert page.status_code == 422
    assert "Lang verhaal" in text_of(page)


def test_a_text_with_a_name_is_taken_away_with_two_presses(mine, pupils, teacher):
    fill(pupils, *[{"want-to-say": f"Jan {n}"} for n in range(5)])
    actions.close_survey(pupils, actor=teacher)
    page = mine.get(f"/bevragen/{pupils.pk}/")
    written = page.context["results"].questions[-1].written[0]
    assert "Staat hier een naam in?" in text_of(page)

    given = {"vraag": "want-to-say", "tekst": written.mark}
    after = text_of(mine.post(f"/bevragen/{pupils.pk}/tekst-weg/", given, follow=True))

    assert "De tekst is weg." in after
    assert "1 tekst is weggehaald." in after
    assert written.text not in after


def test_more_answers_than_children_is_told(mine, make_survey):
    survey = make_survey(expected=1)
    fill(survey, {"learned": 5}, {"learned": 4})

    page = text_of(mine.get(f"/bevragen/{survey.pk}/"))

    assert "Er zijn meer antwoorden dan mensen." in page


def test_presses_need_a_post(mine, ask_around, asked):
    person = f"/bevragen/{ask_around.pk}/mensen/{asked.pk}/"

    for address in (f"{person}herinneren/", f"{person}intrekken/"):
        assert mine.get(address).status_code == 405
