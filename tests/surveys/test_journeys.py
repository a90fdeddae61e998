"""Whole ways through the pages in a real browser, with the keyboard, and axe on every page."""

import pytest
from playwright.sync_api import expect

from partnerwijzer.surveys import actions
from partnerwijzer.surveys.building import Wish
from partnerwijzer.surveys.models import Survey, SurveyInvitation, SurveyResponse

pytestmark = pytest.mark.django_db(transaction=True)


def on_phone(visitor):
    visitor.page.set_viewport_size({"width": 390, "height": 800})
    return visitor


def test_a_child_answers_with_the_keyboard_alone(visit, pupils):
    child = on_phone(visit())
    page = child.open("/v/")

    page.keyboard.type("ccc ccc")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Fout: Typ je code · Partnerwijzer")
    child.assert_accessible()
    page.keyboard.press("Control+A")
    page.keyboard.type(pupils.spaced_code.lower())
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe was het theater?")
    child.assert_accessible()
    page.get_by_role("button", name="Begin").press("Enter")
    for number in range(1, 7):
        expect(page).to_have_title(f"Vraag {number} van 6 · Partnerwijzer")
        child.assert_accessible()
        if number == 6:
            page.get_by_role("textbox").press_sequentially("Mag het nog eens?")
            page.keyboard.press("Tab")
        else:
            page.get_by_role("radio").first.press("Space")
            page.keyboard.press("Enter")
    page.get_by_role("button", name="Klaar, verstuur").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar!")
    child.assert_accessible()
    assert SurveyResponse.objects.get().answers == {
        "learned": 5,
        "clear": 5,
        "felt-good": 5,
        "again": 5,
        "did-much-myself": "doing",
        "want-to-say": "Mag het nog eens?",
    }
    page.get_by_role("link", name="Volgende leerling").press("Enter")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert [c["name"] for c in child.context.cookies()] == ["csrftoken"]


def test_going_back_keeps_what_was_chosen(visit, pupils):
    child = on_phone(visit())
    page = child.open(f"/v/{pupils.code}/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("een beetje", exact=True).click()
    page.get_by_role("button", name="Volgende").click()

    page.get_by_role("button", name="Terug").click()

    expect(page.get_by_role("radio", name="een beetje")).to_be_checked()


def test_it_works_without_scripts(visit, pupils):
    child = on_phone(visit(java_script_enabled=False))
    page = child.open(f"/v/{pupils.code}/")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="Lees voor")).to_be_hidden()
    for _number in range(5):
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Klaar, verstuur").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar!")
    assert SurveyResponse.objects.count() == 1


def test_a_question_is_read_aloud_and_stopped(visit, pupils):
    child = on_phone(visit())
    page = child.open(f"/v/{pupils.code}/")
    page.get_by_role("button", name="Begin").click()
    button = page.get_by_role("button", name="Lees voor")
    expect(button).to_be_visible()
    page.evaluate("() => { speechSynthesis.speak = (words) => (document.title = words.text) }")

    button.click()

    expect(page).to_have_title(
        "Heb je iets bijgeleerd? ja, heel erg. ja. een beetje. niet zo. nee, helemaal niet."
    )
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_somebody_answers_by_link_wrong_first_and_changes_it(visit, asked):
    guest = on_phone(visit())
    page = guest.open(f"/antwoord/{asked.token}/")
    guest.assert_accessible()
    page.wait_for_load_state("networkidle")
    assert SurveyInvitation.objects.select_related("link").get().state == "opened"

    page.get_by_role("button", name="Verstuur je antwoord").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Antwoord op minstens één vraag.")
    guest.assert_accessible()
    page.get_by_role("radio", name="ik werkte ermee").check()
    page.get_by_label("Wat is goed aan deze organisatie?").fill("Ze luisteren.")
    page.keyboard.press("Tab")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert ("Ze luisteren." in kept, asked.token in kept) == (True, False)
    page.get_by_role("button", name="Verstuur je antwoord").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")
    guest.assert_accessible()
    assert "Ze luisteren." not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("link", name="Verander je antwoord").click()
    expect(page.get_by_label("Wat is goed aan deze organisatie?")).to_have_value("Ze luisteren.")
    page.get_by_role("radio", name="ja", exact=True).check()
    page.get_by_role("button", name="Verstuur het nieuwe antwoord").press("Enter")
    expect(page.get_by_text("Zou jij het doen?")).to_be_visible()
    assert SurveyResponse.objects.get().answers["would-do"] == "yes"


def test_somebody_rather_does_not_answer(visit, asked):
    guest = visit()
    page = guest.open(f"/antwoord/{asked.token}/")

    page.get_by_role("button", name="Ik antwoord liever niet").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Goed, we vragen het niet opnieuw")
    guest.assert_accessible()
    assert SurveyInvitation.objects.select_related("link").get().state == "declined"


def test_a_link_that_does_not_work_says_what_to_do(visit, db):
    guest = on_phone(visit())

    page = guest.open("/antwoord/iets/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    guest.assert_accessible()


def test_a_teacher_makes_a_survey_shows_it_and_reads_the_answers(visit, world, framework):
    teacher = visit(world.user("teacher"))
    page = teacher.open("/bevragen/")
    teacher.assert_accessible()
    page.get_by_role("link", name="Begin een bevraging").first.press("Enter")
    page.get_by_role("button", name="Naar de vragen").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Wie vraag je iets")
    teacher.assert_accessible()
    page.get_by_role("radio", name="Leerlingen: Hoe was het? (lager)").check()
    page.get_by_label("Titel").fill("Hoe was de boerderij?")
    page.get_by_role("button", name="Naar de vragen").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Welke vragen stellen we?")
    page.get_by_role("checkbox", name="Wat deed je het meest?").uncheck()
    page.get_by_label("Eigen vraag 1", exact=False).first.fill("Welk dier was het mooist?")
    teacher.assert_accessible()
    page.get_by_role("button", name="Bewaar de vragen").press("Enter")

    expect(page.get_by_text("De vragen staan klaar.")).to_be_visible()
    page.get_by_role("link", name="Toon de code groot").press("Enter")
    survey = Survey.objects.get()
    expect(page.get_by_text(survey.spaced_code, exact=True)).to_be_visible()
    teacher.assert_accessible()
    for _child in range(5):
        child = on_phone(visit())
        form = child.open(f"/v/{survey.code}/")
        form.get_by_role("button", name="Begin").click()
        for _number in range(4):
            form.get_by_role("radio").first.check()
            form.get_by_role("button", name="Volgende").click()
        form.get_by_role("button", name="Volgende").click()
        form.get_by_role("textbox").fill("De ezel")
        form.get_by_role("button", name="Klaar, verstuur").click()
        expect(form.get_by_role("heading", level=1)).to_have_text("Klaar!")

    page = teacher.open(f"/bevragen/{survey.pk}/")
    expect(page.get_by_text("De ezel")).to_have_count(0)
    teacher.assert_accessible()
    page.get_by_role("link", name="Sluit en toon de antwoorden").press("Enter")
    teacher.assert_accessible()
    page.get_by_role("button", name="Sluit en toon de antwoorden").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Wat vonden de leerlingen?")
    expect(page.get_by_text("De ezel")).to_have_count(5)
    teacher.assert_accessible()


def test_a_child_ranks_by_pressing_in_order_and_takes_one_back(
    visit, world, framework, make_survey
):
    """No dragging: buttons in order, by keyboard and on a phone; what is sent are the places."""
    head, wish = world.actor("head"), Wish("Waarheen?", "rank", options=("bos", "zee", "stad"))
    own_set = actions.begin_set(
        world.school, actor=head, framework=framework, title="Uitstap", audience="pupils"
    )
    actions.put_question(own_set, actor=head, version=1, wish=wish)
    actions.release_set(own_set, actor=head, version=2)
    survey = make_survey("", own=own_set.editions.get())
    child = on_phone(visit())
    page = child.open(f"/v/{survey.code}/")
    page.get_by_role("button", name="Begin").click()

    for place in ("zee", "bos", "stad"):
        page.get_by_role("button", name=place).press("Enter")
    page.get_by_role("button", name="zee Op plaats 1").click()
    child.assert_accessible()
    expect(page.get_by_role("button", name="bos Op plaats 1", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Klaar, verstuur").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar!")
    assert SurveyResponse.objects.get().answers == {"q-1": ["o-1", "o-3"]}
