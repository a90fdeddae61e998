"""Every address of the product, asked for by everybody.

An address that is new stands in no row of TABLE and fails the first test: say here who may see it.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from partnerwijzer.access.checks import walk
from tests.dossiers.marked import Marked

STAFF = {"head", "coordinator", "teacher"}
LEADS = {"head", "coordinator"}
READERS = STAFF | {"board_admin", "adviser"}
MANAGERS = {"head", "board_admin", "umbrella_admin"}
OF_OTHERS = {"sister", "other_head", "other_teacher"}
EVERYBODY = READERS | OF_OTHERS | {"council", "umbrella_admin"}
STRANGERS = ("anonymous", "other_head", "other_teacher", "sister")


@dataclass(frozen=True)
class Row:
    """Addresses that answer alike: `who` gets `status`, others who are signed in get `others`."""

    names: str
    who: set[str]
    status: int = 200
    others: int = 404
    anonymous: int = 302


TABLE = (
    # Of a dossier of School A; the adviser was asked something in it
    Row(
        "dossiers:detail dossiers:history dossiers:criterion dossiers:evidence_file "
        "dossiers:experiences dossiers:agreement dossiers:agreement_file dossiers:activities "
        "dossiers:trees dossiers:tree dossiers:tree_run "
        "dossiers:version dossiers:conversation dossiers:conversation_file "
        "dossiers:side_by_side "
        "dossiers:activity_ics dossiers:evaluation dossiers:decision dossiers:decision_file",
        READERS,
    ),
    Row("dossiers:earlier dossiers:elsewhere", READERS),
    Row(
        "dossiers:adopt dossiers:second_ask dossiers:advice_ask dossiers:evidence_choose "
        "dossiers:take dossiers:evidence_one dossiers:evidence_version",
        STAFF,
    ),
    Row("dossiers:lend", {"head"}),
    Row("dossiers:library", STAFF | OF_OTHERS),
    Row("dossiers:second_read", set()),
    Row("dossiers:advice_withdraw", STAFF, status=302),
    Row("dossiers:advice", EVERYBODY, anonymous=200),
    Row("dossiers:assess", READERS),
    Row("dossiers:agreements", READERS, status=302),
    Row(
        "dossiers:facts dossiers:pick_partner dossiers:evidence dossiers:activity_new "
        "dossiers:activity_edit dossiers:evaluate dossiers:ask_adviser",
        STAFF,
    ),
    Row(
        "dossiers:assign dossiers:register_evidence dossiers:change_evidence "
        "dossiers:change_request dossiers:handle_change dossiers:remind_waiting",
        STAFF,
        status=302,
    ),
    Row("dossiers:activity_change", set()),
    # What is said: the board reads the dossier without it
    Row("dossiers:talk", STAFF | {"adviser"}),
    Row("dossiers:talk_seen", STAFF | OF_OTHERS | {"adviser"}, status=405),
    Row("dossiers:here", STAFF | OF_OTHERS, status=405),
    Row("dossiers:remark", {"head"}),
    Row("dossiers:end", STAFF),
    Row("dossiers:thank", LEADS),
    Row("dossiers:finish dossiers:share dossiers:council_new dossiers:council_edit", LEADS),
    Row("dossiers:council_duty", LEADS),
    Row("dossiers:council_note dossiers:council_draft", STAFF | {"board_admin", "council"}),
    Row("dossiers:council_item", STAFF | {"board_admin", "council"}),
    Row("dossiers:answer_adviser", {"adviser"}),
    Row("dossiers:quiet_adviser", STAFF, status=302),
    # Of dossiers in general: each sees their own
    Row("dossiers:list", READERS | OF_OTHERS),
    Row("dossiers:create dossiers:planning dossiers:planning_ics", STAFF | OF_OTHERS),
    Row("dossiers:council", STAFF | OF_OTHERS | {"council", "board_admin"}),
    # What goes out on paper
    Row("papers:summary papers:summary_file papers:letter_file papers:all", READERS),
    Row("papers:letter", LEADS),
    Row("papers:paper_file", LEADS | {"board_admin"}),
    Row("papers:whole", LEADS | {"board_admin"}, status=302),
    Row("papers:style papers:style_example papers:style_logo papers:style_template", LEADS),
    # What a dossier costs, and what the school asks of parents
    Row("costs:plan", READERS),
    Row("costs:line_new costs:line", STAFF),
    Row("costs:overview", STAFF | OF_OTHERS | {"board_admin"}),
    Row("costs:other_new", STAFF | OF_OTHERS),
    Row("costs:other", STAFF),
    Row("costs:ceilings", READERS | OF_OTHERS | {"umbrella_admin"}),
    Row("costs:ceiling_new", LEADS | {"umbrella_admin", "other_head"}),
    Row("costs:ceiling", {"umbrella_admin"}),
    # The calendar of the school, and addresses that agendas follow
    Row("schooldays:days dossiers:follow", STAFF | OF_OTHERS),
    Row("schooldays:read", LEADS | {"other_head"}),
    Row("schooldays:day", LEADS),
    Row("dossiers:feed", EVERYBODY, anonymous=200),
    # Bodies that have a say
    Row("councils:bodies", STAFF | OF_OTHERS),
    Row("councils:body", STAFF | {"board_admin"}),
    Row("councils:make", LEADS | {"other_head"}),
    Row(
        "councils:rules councils:end councils:member councils:meeting_new councils:meeting_edit "
        "councils:meeting_cancel councils:point councils:advice_new councils:advice_edit",
        LEADS,
    ),
    Row("councils:meeting councils:paper councils:advice", STAFF | {"board_admin", "council"}),
    # Goals by activity, the quality framework, vision texts
    Row("quality:activity_goals quality:tags", READERS),
    Row("quality:coverage quality:overview", STAFF | OF_OTHERS | {"board_admin"}),
    Row("quality:expectations", LEADS | {"other_head", "umbrella_admin"}),
    Row("quality:texts", READERS | OF_OTHERS | {"umbrella_admin"}),
    Row("quality:text_new", LEADS | {"other_head", "umbrella_admin"}),
    Row("quality:text", LEADS),
    # Who helps
    Row("volunteers:overview", STAFF | {"board_admin"}),
    Row("volunteers:several", {"coordinator"}),
    Row("volunteers:note", LEADS),
    Row("volunteers:own_page", EVERYBODY, anonymous=200),
    Row("volunteers:opened", EVERYBODY, status=204, anonymous=204),
    # What makes the cooperation work
    Row("factors:overview", READERS),
    Row("factors:score factors:plan factors:hand_on", STAFF),
    Row("dossiers:hand_condition", STAFF),
    Row("factors:partner_page", EVERYBODY, anonymous=200),
    Row("factors:partner_opened", EVERYBODY, status=204, anonymous=204),
    # As last year, and the archive
    Row("archive:again", STAFF),
    Row("archive:before", set()),
    Row("archive:periods", STAFF | OF_OTHERS | {"board_admin", "umbrella_admin"}),
    Row("archive:clear_out", {"head", "other_head"}),
    Row("archive:list", STAFF | OF_OTHERS | {"board_admin"}),
    # For who holds a secret
    Row("dossiers:partner_page dossiers:partner_file", EVERYBODY, anonymous=200),
    Row("dossiers:partner_agenda dossiers:partner_feed", EVERYBODY, anonymous=200),
    Row("dossiers:partner_opened dossiers:partner_seen", EVERYBODY, status=204, anonymous=204),
    Row(
        "dossiers:partner_conversation dossiers:partner_version dossiers:partner_attachment",
        EVERYBODY,
        anonymous=200,
    ),
    # Text blocks: of a school and its umbrella
    Row("dossiers:blocks", STAFF | OF_OTHERS | {"umbrella_admin"}),
    Row("dossiers:block_new", LEADS | {"other_head", "umbrella_admin"}),
    Row("dossiers:block_edit", LEADS),
    Row("dossiers:block_act", LEADS, status=302),
    Row("surveys:answer surveys:thanks surveys:take_part", EVERYBODY, anonymous=200),
    Row("surveys:opened surveys:declined", EVERYBODY, status=405, anonymous=405),
    Row("surveys:type_code organisations:invitation", EVERYBODY, anonymous=200),
    # Surveys of the school
    Row("surveys:list surveys:new", STAFF | OF_OTHERS),
    Row(
        "surveys:results surveys:edit surveys:questions surveys:close surveys:ask "
        "surveys:ask_by_file",
        STAFF,
    ),
    Row("surveys:code", STAFF, status=302),
    Row(
        "surveys:reopen surveys:remove_text surveys:remind_waiting surveys:remind surveys:withdraw",
        STAFF | OF_OTHERS,
        status=405,
    ),
    Row("surveys:resend surveys:sheet surveys:sheet_in", set()),
    Row("surveys:change_set", STAFF | OF_OTHERS, status=405),
    # Question sets of the school's own
    Row("surveys:own_list", STAFF | OF_OTHERS | {"umbrella_admin"}),
    Row("surveys:own_new", LEADS | {"other_head", "umbrella_admin"}),
    Row("surveys:own_set surveys:own_words surveys:own_question_new surveys:own_question", LEADS),
    Row("surveys:own_preview", STAFF),
    Row("surveys:own_act", LEADS | {"other_head", "umbrella_admin"}, status=405),
    # The databank, which all schools share; a member of the council only reads
    Row("partners:list partners:map partners:detail partners:compare", EVERYBODY),
    Row("partners:register", EVERYBODY),
    Row("partners:measures partners:grounding partners:source_file", EVERYBODY),
    Row(
        "partners:create partners:edit partners:contact_new partners:contact_edit "
        "partners:recognition_new partners:recognition_edit partners:offer_new partners:offer_edit",
        EVERYBODY - {"council"},
    ),
    Row("partners:offer_state partners:settle", EVERYBODY - {"council"}, status=302),
    Row("partners:mark partners:duplicates partners:merge", {"umbrella_admin"}),
    Row("partners:moderation", {"umbrella_admin"}),
    Row("partners:decide", set()),
    Row("partners:two partners:unmerge", {"umbrella_admin"}, status=302),
    Row("partners:profile_links partners:relations", EVERYBODY - {"council"}),
    Row("partners:unrelate", EVERYBODY - {"council"}, status=302),
    Row("partners:statements partners:report", EVERYBODY),
    Row(
        "partners:own partners:own_facts partners:own_offer partners:own_offer_new "
        "partners:own_source partners:own_report partners:own_recognition "
        "partners:own_recognition_new",
        EVERYBODY,
        anonymous=200,
    ),
    Row("partners:own_opened", EVERYBODY, status=204, anonymous=204),
    Row("partners:own_goals", set(), anonymous=404),
    # Lists of partners that a school brings in
    Row("exchange:lists", LEADS | {"other_head", "umbrella_admin"}),
    Row("exchange:list exchange:columns exchange:rest", LEADS),
    Row("exchange:sheet", LEADS, status=302),
    Row("exchange:databank exchange:uitdatabank", {"umbrella_admin"}),
    Row("exchange:workbook", set()),
    # Of one person; what is found is of everybody
    Row("finding:keep", EVERYBODY),
    Row("finding:remove", set()),
    Row("finding:take_along", EVERYBODY - {"council"}, status=302),
    # A moment on the day itself; an incident for who leads the school and who wrote it
    Row("trajectories:trajectory trajectories:plan_file", READERS),
    Row("research:research research:approval", READERS),
    Row("trajectories:series_new trajectories:series trajectories:milestone", STAFF),
    Row("trajectories:series_stop", STAFF),
    Row(
        "moments:day moments:replace moments:move moments:call_off moments:restore moments:pack",
        STAFF,
    ),
    Row("moments:attendance moments:pack_file moments:incident_new", STAFF),
    Row("moments:incident", LEADS),
    Row("moments:send_pack", set()),
    Row("moments:house_rules", LEADS | {"other_head"}),
    # One's own work; a task in somebody's words is of two people
    Row("worklist:list worklist:news worklist:pace", EVERYBODY),
    Row("worklist:ask", STAFF | OF_OTHERS),
    Row("worklist:assignment worklist:settle worklist:aside worklist:hand_over", set()),
    Row("worklist:stop_mail", set(), anonymous=404),
    # Schools and people
    Row(
        "organisations:schools organisations:account home:start home:everything ui:style",
        EVERYBODY,
    ),
    Row("organisations:school", STAFF | OF_OTHERS | {"council"}, others=302),
    Row(
        "organisations:school_detail",
        READERS | {"council", "umbrella_admin"},
    ),
    Row("organisations:edit_profile organisations:edit_priority", LEADS),
    Row("organisations:remove_priority", LEADS),
    Row("organisations:add_priority", LEADS, status=422),
    Row("organisations:move_priority", LEADS, status=302),
    Row("organisations:new_school organisations:end_assignment", {"umbrella_admin"}),
    Row("home:lists home:read_goals home:read_schools kbo:import", {"umbrella_admin"}),
    Row("organisations:assign_adviser", {"umbrella_admin"}, status=302),
    Row("organisations:people", MANAGERS | {"coordinator", "other_head"}),
    Row("organisations:people_of", MANAGERS | {"coordinator"}),
    Row("organisations:invite organisations:change_role organisations:end_membership", MANAGERS),
    Row("organisations:invitation_again organisations:invitation_withdraw", MANAGERS, status=302),
    Row("organisations:end_session organisations:switch_school", EVERYBODY, status=302),
    Row("organisations:language", EVERYBODY, status=302),
    Row(
        "dossiers:data_register dossiers:data_register_csv papers:data_register_xlsx",
        STAFF | OF_OTHERS | {"board_admin"},
    ),
    Row("privacy:school", LEADS | {"other_head"}),
    Row("elections:list", EVERYBODY),
    Row("elections:withdraw", {"umbrella_admin"}, status=302),
    # Open to all with an account
    Row("goals:search", EVERYBODY),
    Row("goals:pick", set()),
    Row("frameworks:read frameworks:files frameworks:differences", EVERYBODY),
    Row("authoring:index", LEADS | {"other_head", "umbrella_admin"}),
    Row("authoring:use", {"umbrella_admin"}, status=302),
    Row("authoring:draft authoring:criterion_new authoring:criterion authoring:publish", LEADS),
    Row("authoring:move", LEADS, status=302),
    Row("authoring:list authoring:part authoring:new authoring:files", set()),
    Row("authoring:mappings authoring:mapping authoring:why", set()),
    Row("frameworks:index", {"umbrella_admin"}, others=302),
    Row("home:health", EVERYBODY, anonymous=200),
    Row("home:ready", EVERYBODY, status=503, anonymous=503),
    # Of the library for accounts: about one's own account only
    Row(
        "account_login account_signup",
        EVERYBODY,
        status=302,
        anonymous=200,
    ),
    Row(
        "account_inactive account_email_verification_sent account_reset_password "
        "account_reset_password_done account_reset_password_from_key_done account_confirm_email "
        "account_reset_password_from_key",
        EVERYBODY,
        anonymous=200,
    ),
    Row(
        "account_logout account_reauthenticate account_email account_change_password mfa_index "
        "mfa_list_webauthn usersessions_list",
        EVERYBODY,
    ),
    Row(
        "account_set_password account_confirm_login_code mfa_authenticate mfa_reauthenticate "
        "mfa_activate_totp mfa_generate_recovery_codes mfa_add_webauthn "
        "mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn",
        EVERYBODY,
        status=302,
    ),
    Row("mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes", set()),
)
ROWS = {name: row for row in TABLE for name in row.names.split()}
PEOPLE = ("anonymous", *sorted(EVERYBODY))

# Which key of the world stands for <pk> in the addresses of a module, and where it is another.
OF_MODULE = {
    "moments": "dossier", "trajectories": "dossier", "research": "dossier",
    "dossiers": "dossier", "partners": "partner", "surveys": "survey", "organisations": "school",
    "exchange": "list", "frameworks": "framework", "costs": "dossier",
    "quality": "dossier", "factors": "dossier", "volunteers": "dossier",
    "councils": "meeting",
    "authoring": "draft", "elections": "election",
    "papers": "dossier",
    "archive": "dossier",
}  # fmt: skip
OF_ADDRESS = {
    "papers:style": "school",
    "volunteers:note": "school",
    "papers:style_example": "school",
    "papers:style_logo": "school",
    "papers:style_template": "school",
    "dossiers:council_item": "item",
    "dossiers:council_note": "item",
    "dossiers:council_draft": "item",
    "surveys:own_set": "own_set",
    "surveys:own_words": "own_set",
    "surveys:own_question_new": "own_set",
    "surveys:own_question": "own_set",
    "surveys:own_preview": "own_set",
    "surveys:own_act": "own_set",
    "schooldays:day": "day",
    "councils:body": "body",
    "councils:rules": "body",
    "councils:end": "body",
    "councils:member": "seat",
    "councils:point": "point",
    "councils:advice": "advice",
    "councils:advice_edit": "advice",
    "organisations:edit_priority": "priority",
    "organisations:remove_priority": "priority",
    "organisations:move_priority": "priority",
    "organisations:change_role": "membership",
    "organisations:end_membership": "membership",
    "organisations:invitation_again": "invitation",
    "organisations:invitation_withdraw": "invitation",
    "organisations:end_assignment": "assignment",
    "costs:other": "other_cost",
    "quality:text": "text",
    "costs:ceiling": "ceiling",
}
KEY_OF = {
    "dossiers": "criterion",
    "dossiers:tree": "tree",
    "authoring": "own_key",
    "surveys": "own_question",
}
SECRETS = {
    "dossiers:feed": "feed",
    "dossiers:partner_feed": "partner_feed",
    "partners": "profile",
    "dossiers": "agreement",
    "dossiers:advice": "advice",
    "surveys": "survey",
    "organisations": "invitation",
    "factors": "factors",
    "volunteers": "volunteers",
}
NOT_A_SECRET = "x" * 32


def routes() -> dict[str, str]:
    return {name: route for route, name, _ in walk(get_resolver().url_patterns)}


def address(name: str, route: str, keys: dict[str, Any], secrets: dict[str, str]) -> str:
    """The address for this dossier, school, partner; with the secrets, or with wrong ones."""
    module = name.partition(":")[0]
    values = {
        "pk": keys.get(OF_ADDRESS.get(name, OF_MODULE.get(module, ""))) or 1,
        "key": keys.get(KEY_OF.get(name, KEY_OF.get(module, "")), "x"),
        "kind": "school" if module == "organisations" else "pdf",
        "token": secrets.get(SECRETS.get(name, SECRETS.get(module, "")), NOT_A_SECRET),
        "code": secrets.get("code", "ZZZZZZ"),
        "mark": "x",
        "part": "decision",
        "moment": "start",
        "factor": "common-goal",
        "number": 1,
        "which": "dossier",
        "where": "vocab/themes",
        "other": "x",
        "uidb36": "x",
    }
    names = re.findall(r"[<:](\w+)>", route)
    return reverse(name, kwargs={n: values[n] if n in values else keys[n[:-3]] for n in names})


def browser(world: Marked, who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(world.world.user(who))
    return client


# The table


def test_every_address_stands_in_the_table() -> None:
    assert set(routes()) == set(ROWS)


def test_no_address_stands_in_two_rows() -> None:
    assert len(ROWS) == sum(len(row.names.split()) for row in TABLE)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_answers_as_the_table_says(who: str, world: Marked) -> None:
    client = browser(world, who)
    expected = {
        name: row.anonymous if who == "anonymous" else row.status if who in row.who else row.others
        for name, row in ROWS.items()
    }

    found = {
        name: client.get(address(name, route, world.a, world.secrets)).status_code
        for name, route in routes().items()
    }

    assert found == expected


BUTTONS = {
    "deel": "intrekken", "wat": "intrekken", "choice": "stop", "intrekken": "1", "rij": "1",
    "reason": "x", "answer": "x", "question": "x", "title": "x", "argument": "x", "version": "1",
    "judgement": "partly", "outcome": "no", "reasons": "x", "option": "do", "note": "x",
    "audience": "everyone", "again": "yes", "aim_result": "not", "email": "x@elders.example",
    "relation": "parent", "kind": "document", "project": "x", "text": "x", "role": "teacher",
    "adviser": "1", "omhoog": "1",
}  # fmt: skip
SHARED_BY_ALL = ("partners:",)  # who keeps the databank is in the table; it belongs to no school


@pytest.mark.parametrize("who", [*STRANGERS, "council"])
@pytest.mark.parametrize("deel", ["intrekken", "bevestig", "gegevens"])
def test_who_is_refused_changes_nothing(who: str, deel: str, world: Marked) -> None:
    client = browser(world, who)
    before = everything()

    found = {}
    for name, route in routes().items():
        row = ROWS[name]
        of_the_school = "<int:pk>" in route and ":" in name
        if of_the_school and who not in row.who and not name.startswith(SHARED_BY_ALL):
            where = address(name, route, world.a, {})
            found[name] = client.post(where, {**BUTTONS, "deel": deel}).status_code

    assert set(found.values()) <= ({302} if who == "anonymous" else {403, 404, 405})
    assert len(found) > 40
    assert changed(before, everything()) == []


def everything() -> dict[str, list[Any]]:
    """All rows of all tables, but for sessions."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            if "session" not in table:
                cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 -- names of tables
                found[table] = sorted(map(str, cursor.fetchall()))
    return found


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [table for table, rows in before.items() if after[table] != rows]
