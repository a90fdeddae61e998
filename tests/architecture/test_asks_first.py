"""What hurts asks first, or can be put back: issue 3, line 22 ("undo where it is cheap, confirm
where it is not").

Two looks at the same: buttons in the templates that take something away, and actions that do. A new
one fails here until it asks (`{% sure %}` in a row, `{% confirm %}` on a page of its own), can be
put back, or stands in a list with the reason.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, last_name, modules, templates

FORM = re.compile(r"<form\b([^>]*(?:{%[^%]*%}[^>]*)*)>(.*?)</form>", re.S)
# One button, without the buttons of what asks: those are inside the tag.
BUTTON = re.compile(r"{% button [^%]*%}|<button\b.*?</button>", re.S)
WORDS = re.compile(r"_\(\"([^\"]*)\"\)|{% translate \"([^\"]*)\" %}")
TAKES = re.compile(
    r"^(haal\b.*\b(weg|uit|van)|verwijder|gooi\b.*\bweg|wis|schrap|trek\b.*\bin|beëindig|stop|"
    r"sluit|neem\b.*\b(weg|terug)|bestaat niet meer|zeg\b.*\baf|"
    r"zet\b.*\buit|begin\b.*\bweer|meld\b.*\baf|meld me af|berg\b.*\bop|gebruik weer|"
    r"de vergadering gaat niet door|maak ongedaan|volg weer|"
    r"draai\b.*\bterug|maak een nieuw adres|afmelden)\b",
    re.I,
)
ITSELF = "the page itself is the question: it says what goes and what stays"
BACK = "put back in one press, on the same page: "
# template · words of the button -> why it may do so at the first press
MAY: dict[str, str] = {
    "archive/clear_out.html · Verwijder dit voorgoed": ITSELF,
    "authoring/index.html · Begin nieuwe dossiers weer met het kader van Partnerwijzer": (
        BACK + "the button becomes the one to use it"
    ),
    "councils/meeting_cancel.html · De vergadering gaat niet door": ITSELF,
    "dossiers/blocks.html · Berg op": BACK + "it stands below, with the way back",
    "dossiers/decision/sign.html · Trek de vraag in": "opens first, and asks why",
    "dossiers/facts.html · Haal weg": BACK + "a colleague is asked along again below it",
    "dossiers/finish.html · Stop het dossier": ITSELF + "; it can be opened again",
    "exchange/list.html · Draai het inlezen terug": "opens first, and says what goes and stays",
    "mfa/authenticate.html · Stop en ga terug": "only leaves the page: one begins again",
    "mfa/totp/deactivate_form.html · Zet uit": ITSELF,
    "mfa/webauthn/authenticator_confirm_delete.html · Haal weg": ITSELF,
    "moments/call_off.html · Zeg de activiteit af": ITSELF + "; it can be put back",
    "account/logout.html · Meld me af": ITSELF,
    "organisations/invitation_accept.html · Meld je af": "one signs in again; what is typed stays",
    "partners/duplicates.html · Maak ongedaan": BACK + "the two are joined again",
    "partners/moderation/hide.html · Haal de woorden weg en handel af": ITSELF,
    "partners/offer.html · Bestaat niet meer": BACK + "under ‘aanbod dat niet meer bestaat’",
    "surveys/close.html · Sluit de bevraging": ITSELF + "; it can be opened again",
    "surveys/close.html · Sluit en toon de antwoorden": ITSELF,
    "surveys/own/set.html · Berg de lijst op": BACK + "the button becomes the one to fetch it back",
    "surveys/parts/take_away.html · Haal deze tekst weg": "opens first, and says it is for good",
    "trajectories/series_stop.html · Stop de reeks": "opens after a look at what goes and stays",
    "ui/shell.html · Afmelden": "one signs in again",
    "usersessions/usersession_list.html · Meld af": "that device signs in again",
    "usersessions/usersession_list.html · Meld alle andere toestellen af": "they sign in again",
    "usersessions/usersession_list.html · Meld dit toestel af": "one signs in again",
    "worklist/stop_mail.html · Stop de mail": ITSELF + "; the settings turn it on again",
}


def buttons() -> Iterator[str]:
    """Every button of a form that posts and takes something away: template · words."""
    for name, text in templates().items():
        if "/ui/style/" in name:
            continue
        for head, body in FORM.findall(text):
            if "post" not in head:
                continue
            for button in BUTTON.findall(body):
                for words in map("".join, WORDS.findall(button)):
                    if TAKES.search(words) and "href=" not in button:
                        yield f"{name.partition('/templates/')[2]} · {words}"


def test_what_takes_away_asks_first_or_can_be_put_back() -> None:
    assert sorted(set(buttons()) - set(MAY)) == []


def test_no_reason_stands_for_a_button_that_is_gone() -> None:
    assert sorted(set(MAY) - set(buttons())) == []


def test_a_red_button_in_a_form_is_in_the_list_too() -> None:
    """Whatever its words: red says that it hurts."""
    found = {
        name.partition("/templates/")[2]
        for name, text in templates().items()
        for head, body in FORM.findall(text)
        for button in BUTTON.findall(body)
        if "post" in head and re.search(r"kind=\"danger\"|btn-danger", button)
        if "href=" not in button and "/ui/style/" not in name
    }
    ask = {
        "ui/confirm_dialog.html",
        "ui/sure.html",
        "ui/confirm.html",
        "organisations/confirm.html",
    }

    assert found - {known.partition(" · ")[0] for known in MAY} - ask == set()


NAMES = re.compile(
    r"^(remove|withdraw|cancel|drop|end|stop|close|throw|forget|untie|unrelate|take_back|hide|undo|"
    r"call_off|retire|archive|want_no_more|clear|take_away|unlink|revoke|discard|go_without)(_|$)"
)
SAVES = "replaces what the form shows by what it was sent with"
# What an action takes away -> "template · words of the button that does it", or why it need not.
ACTIONS: dict[str, str] = {
    "archive.end_run": "says that a run came to its end",
    "archive.remove": "archive/clear_out.html · Verwijder dit voorgoed",
    "archive.withdraw_period": "archive/periods.html · Ja, trek de termijn in",
    "costs.remove_line": "costs/line.html · Haal de kost weg",
    "costs.remove_other": "costs/other.html · Haal de kost weg",
    "costs.withdraw_ceiling": "costs/ceiling.html · Haal het bedrag weg",
    "councils.cancel_meeting": ITSELF + ", and asks why",
    "councils.end_body": ITSELF,
    "councils.end_mandate": "a day that is filled in, and filled in again",
    "councils.remove_member": "councils/member.html · Haal de plaats weg",
    "councils.remove_point": "councils/point.html · Haal het van de agenda",
    "dossiers.archive_block": "dossiers/blocks.html · Berg op",
    "dossiers.be_here": "who was here a minute ago is forgotten",
    "dossiers.cancel_activity": "moments/call_off.html · Zeg de activiteit af",
    "dossiers.cancel_decision": "dossiers/decision/sign.html · Trek de vraag in",
    "dossiers.close_dossier": ITSELF + "; it can be opened again",
    "dossiers.close_positions": "dossiers/decision/sign.html · Ja, sluit ze nu",
    "dossiers.end": "dossiers/partner_agenda.html · Ja, trek het adres in",
    "dossiers.end_for_school": "dossiers/agreement.html · Ja, stop de agenda van de partner",
    "dossiers.remove_evidence": "dossiers/criterion.html · Ja, haal het bewijs weg",
    "dossiers.remove_goal": "dossiers/facts.html · Ja, haal het doel weg",
    "dossiers.remove_group": "dossiers/facts.html · Ja, haal de groep weg",
    "dossiers.remove_handover": "dossiers/end.html · Ja, schrap dit",
    "dossiers.remove_member": "dossiers/facts.html · Haal weg",
    "dossiers.remove_partner": "dossiers/facts.html · Ja, haal de partner weg",
    "dossiers.remove_run": "dossiers/tree_run.html · Haal deze uitkomst weg",
    "dossiers.save_evaluation": SAVES,
    "dossiers.stop_dossier": "dossiers/finish.html · Stop het dossier",
    "dossiers.stop_for_adviser": "no reminder: the question stays, and can be answered",
    "dossiers.stop_for_guest": "no reminder: the question stays, and can be answered",
    "dossiers.stop_for_school": "no reminder: the question stays, and can be answered",
    "dossiers.take_away": "dossiers/remark.html · Haal het bericht weg",
    "dossiers.untie_advice": "a box that is ticked or not, in a form that is saved",
    "dossiers.withdraw_outside": "dossiers/detail.html · Ja, trek de vraag in",
    "dossiers.withdraw_request": "dossiers/experiences.html · Ja, trek de vraag in",
    "dossiers.withdraw_screening": "dossiers/lend.html · Ja, deel ze niet meer",
    "dossiers.withdraw_second_reader": "dossiers/second_panel.html · Ja, trek de vraag in",
    "dossiers.withdraw_sharing": "dossiers/share.html · Haal de ervaring weg",
    "dossiers.withdraw_version": "dossiers/agreement.html · Ja, trek de link in",
    "elections.withdraw_election": "elections/list.html · Ja, haal de dag weg",
    "exchange.choose_sheet": "another sheet of the same file is read; that one can be chosen again",
    "exchange.throw_away": "exchange/list.html · Ja, gooi de lijst weg",
    "exchange.undo_list": "exchange/list.html · Draai het inlezen terug",
    "factors.withdraw": "factors/overview.html · Ja, trek de link in",
    "finding.remove_search": "finding/keep.html · Ja, gooi ze weg",
    "home.drop": "what was only looked at; the file is chosen again",
    "moments.call_off_all": "the series or the dossier that stops has asked",
    "moments.call_off": "moments/call_off.html · Zeg de activiteit af",
    "organisations.end_assignment": ITSELF,
    "organisations.end_membership": ITSELF,
    "organisations.end_session": "usersessions/usersession_list.html · Meld af",
    "organisations.remove_priority": ITSELF,
    "organisations.withdraw_invitation": ("organisations/people.html · Ja, trek de uitnodiging in"),
    "papers.remove_template": "papers/style.html · Ja, gebruik weer onze opmaak",
    "partners.edit_offer": SAVES,
    "partners.edit_partner": SAVES,
    "partners.end_mark": "partners/mark.html · Ja, neem ze weg",
    "partners.hide_words": "partners/moderation/hide.html · Haal de woorden weg en handel af",
    "partners.remove_contact": "partners/small_form.html · Haal weg",
    "partners.remove_recognition": "partners/small_form.html · Haal weg",
    "partners.remove_source": "partners/grounding.html · Ja, haal de bron weg",
    "partners.take_back_recognition": "partners/own_recognition.html · Haal weg",
    "partners.undo_merge": "partners/duplicates.html · Maak ongedaan",
    "partners.unrelate": "partners/detail.html · Ja, haal de band weg",
    "partners.withdraw_experience": "dossiers/share.html · Haal de ervaring weg",
    "partners.withdraw_offer": "partners/offer.html · Bestaat niet meer",
    "partners.withdraw_profile_link": "partners/profile_links.html · Ja, trek de link in",
    "privacy.set_pupil_domains": SAVES,
    "quality.link_goals": SAVES,
    "quality.remove_text": "quality/text.html · Haal de tekst weg",
    "quality.tag": SAVES,
    "research.count_consents": SAVES,
    "research.go_without": "a reason that is filled in, and emptied again",
    "schooldays.remove_day": "schooldays/day.html · Haal de dag weg",
    "schooldays.withdraw_feed": "dossiers/follow.html · Ja, trek het adres in",
    "surveys.close_survey": "surveys/close.html · Sluit de bevraging",
    "surveys.drop_draft": "surveys/own/set.html · Ja, gooi het ontwerp weg",
    "surveys.remove_question": "surveys/own/set.html · Ja, haal de vraag weg",
    "surveys.remove_text": "surveys/parts/take_away.html · Haal deze tekst weg",
    "surveys.retire_set": "surveys/own/set.html · Berg de lijst op",
    "surveys.withdraw_invitation": "surveys/parts/presses.html · Ja, trek in",
    "trajectories.change_from": "shows the days first: what stays and what goes",
    "trajectories.remove_milestone": "trajectories/milestone.html · Haal de mijlpaal weg",
    "trajectories.stop_from": "trajectories/series_stop.html · Stop de reeks",
    "volunteers.answer": SAVES,
    "volunteers.forget": "volunteers/overview.html · Wis de gegevens",
    "volunteers.want_no_more": "volunteers/overview.html · Haal deze plaats weg",
    "volunteers.withdraw": "volunteers/own.html · Wis mijn gegevens",
    "worklist.put_aside": "what is put aside shows again: ‘Nu tonen’",
    "worklist.remove": "worklist/assignment_line.html · Ja, trek de vraag in",
    "worklist.stop_mail": "worklist/stop_mail.html · Stop de mail",
    "worklist.take_back": "puts back what was put aside",
}


def actions() -> dict[str, Module]:
    """Every action that takes something away, by its name or because it deletes."""
    found = {}
    for module in modules():
        for function in module.walk(ast.FunctionDef):
            assert isinstance(function, ast.FunctionDef)
            if _is_action(function) and (NAMES.match(function.name) or _deletes(function)):
                found[f"{module.path.parts[0]}.{function.name}"] = module
    return found


def _is_action(function: ast.FunctionDef) -> bool:
    calls = [d for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(last_name(call.func) == "action" for call in calls)


def _deletes(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and last_name(node.func) == "delete"
        for node in ast.walk(function)
    )


def test_each_action_that_takes_away_says_where_it_is_asked() -> None:
    assert set(actions()) == set(ACTIONS)


ASKED = {name: where for name, where in ACTIONS.items() if " · " in where}


@pytest.mark.parametrize("name", ASKED)
def test_what_an_action_takes_away_is_asked_where_the_list_says(name: str) -> None:
    path, words = ASKED[name].split(" · ")
    text = next(text for known, text in templates().items() if known.endswith(f"/{path}"))

    assert f'yes=_("{words}")' in text or f'button=_("{words}")' in text or ASKED[name] in MAY
