"""Pages and actions: who gets in, what leaves a trace, and that looking changes nothing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from partnerwijzer.access import gate
from partnerwijzer.access.actor import ANONYMOUS, Actor
from partnerwijzer.access.gate import NoTrace, WriteOnGet, action, page, public
from partnerwijzer.audit.log import record
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.organisations.models import School
from tests.access.conftest import MAY, VERB


@action(MAY)
def rename(school: School, *, actor: Actor, name: str) -> School:
    school.name = name
    school.save(update_fields=["name"])
    record(VERB, school, actor=actor, name=name)
    return school


@action(MAY)
def rename_silently(school: School, *, actor: Actor, name: str) -> None:
    School.objects.filter(pk=school.pk).update(name=name)


@action(MAY, untraced="a record would tell too much")
def rename_untraced(school: School, *, actor: Actor, name: str) -> None:
    School.objects.filter(pk=school.pk).update(name=name)


@action(MAY)
def rename_both(school: School, *, actor: Actor, sister: School) -> None:
    rename(school, actor=actor, name="Nieuw")
    rename(sister, actor=actor, name="Nieuw")


@action(MAY)
def rename_and_fail(school: School, *, actor: Actor) -> None:
    rename(school, actor=actor, name="Nieuw")
    raise RuntimeError("halfway")


@action(MAY)
def rename_after_a_trace(school: School, *, actor: Actor) -> None:
    """The trace of the inner action is the trace of the outer one."""
    rename(school, actor=actor, name="Nieuw")


def name_of(school: School) -> str:
    return School.objects.get(pk=school.pk).name


# Actions


def test_an_action_of_a_colleague_changes_and_leaves_a_record(
    school: School, teacher: Actor
) -> None:
    assert rename(school, actor=teacher, name="Nieuw").name == "Nieuw"

    assert name_of(school) == "Nieuw"
    row = AuditRecord.objects.get()
    assert (row.verb, row.actor_id, row.school_id, row.data) == (
        VERB, teacher.user_id, None, {"name": "Nieuw"},
    )  # fmt: skip


def test_an_action_of_a_stranger_is_refused_and_leaves_nothing(
    school: School, stranger: Actor
) -> None:
    with pytest.raises(PermissionDenied, match=MAY):
        rename(school, actor=stranger, name="Nieuw")

    assert name_of(school) == "School A"
    assert not AuditRecord.objects.exists()


def test_an_action_that_left_no_record_is_rolled_back(school: School, teacher: Actor) -> None:
    with pytest.raises(NoTrace, match="rename_silently left no audit record"):
        rename_silently(school, actor=teacher, name="Nieuw")

    assert name_of(school) == "School A"


def test_an_action_that_says_why_needs_no_record(school: School, teacher: Actor) -> None:
    rename_untraced(school, actor=teacher, name="Nieuw")

    assert name_of(school) == "Nieuw"
    assert not AuditRecord.objects.exists()


def test_an_action_that_fails_halfway_leaves_nothing(school: School, teacher: Actor) -> None:
    with pytest.raises(RuntimeError):
        rename_and_fail(school, actor=teacher)

    assert name_of(school) == "School A"
    assert not AuditRecord.objects.exists()


def test_an_inner_refusal_undoes_the_whole(school: School, teacher: Actor, world: Any) -> None:
    with pytest.raises(PermissionDenied):
        rename_both(school, actor=teacher, sister=world.sister)

    assert name_of(school) == "School A"
    assert not AuditRecord.objects.exists()


def test_the_record_of_an_inner_action_counts_for_the_outer(school: School, teacher: Actor) -> None:
    rename_after_a_trace(school, actor=teacher)

    assert name_of(school) == "Nieuw"


def test_a_record_of_before_does_not_count_for_the_next_action(
    school: School, teacher: Actor
) -> None:
    rename(school, actor=teacher, name="Nieuw")

    with pytest.raises(NoTrace):
        rename_silently(school, actor=teacher, name="Nieuwer")

    assert name_of(school) == "Nieuw"


def test_an_action_takes_its_actor_by_name_only() -> None:
    with pytest.raises(TypeError, match="keyword-only 'actor'"):
        action(MAY)(lambda school, actor: None)
    with pytest.raises(TypeError, match="keyword-only 'actor'"):
        action(MAY)(lambda school: None)


def test_a_permission_is_registered_once() -> None:
    with pytest.raises(ValueError, match="already registered"):
        gate.register(MAY, lambda actor, subject: True)


def test_a_permission_that_does_not_exist_lets_nobody_through(
    school: School, teacher: Actor
) -> None:
    with pytest.raises(KeyError):
        gate.allowed(teacher, "tests.nothing", school)


# Pages


def ask(view: Callable[..., Any], actor: Actor, method: str = "get", **data: Any) -> Any:
    request = getattr(RequestFactory(), method)("/proef/", data)
    request.actor = actor
    request.session = SimpleNamespace(session_key="")
    return view(request)


@page(MAY)
def looks(request: Any) -> HttpResponse:
    return HttpResponse(f"{School.objects.count()} scholen")


@page(MAY)
def writes(request: Any) -> HttpResponse:
    School.objects.create(name="Zomaar", kind="basis")
    return HttpResponse("gemaakt")


@public("a test")
def writes_openly(request: Any) -> HttpResponse:
    School.objects.create(name="Zomaar", kind="basis")
    return HttpResponse("gemaakt")


def test_a_page_is_there_for_who_may_and_not_for_others(teacher: Actor) -> None:
    assert ask(looks, teacher).content == b"3 scholen"
    with pytest.raises(Http404):
        ask(looks, ANONYMOUS)


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("view", [writes, writes_openly])
def test_looking_at_a_page_cannot_write(
    method: str, view: Callable[..., Any], teacher: Actor
) -> None:
    with pytest.raises(WriteOnGet), transaction.atomic():
        ask(view, teacher, method)

    assert School.objects.count() == 3


@pytest.mark.parametrize("view", [writes, writes_openly])
def test_sending_a_form_can_write(view: Callable[..., Any], teacher: Actor) -> None:
    assert ask(view, teacher, "post").content == b"gemaakt"
    assert School.objects.count() == 4


def test_after_looking_writing_works_again(teacher: Actor) -> None:
    ask(looks, teacher)

    School.objects.create(name="Zomaar", kind="basis")

    assert School.objects.count() == 4


WRITES = {
    "insert": "INSERT INTO organisations_school (name) VALUES ('x')",
    "update": "UPDATE organisations_school SET name = 'x'",
    "in small letters": "  update organisations_school set name = 'x'",
    "delete": "DELETE FROM organisations_school",
    "table": "CREATE TABLE proef (id integer)",
    "drop": "DROP TABLE organisations_school",
    "behind with": "WITH x AS (SELECT 1) UPDATE organisations_school SET name = 'x'",
    "inside with": "WITH x AS (DELETE FROM organisations_school RETURNING id) SELECT * FROM x",
    "in brackets": "(WITH x AS (DELETE FROM organisations_school RETURNING id) SELECT * FROM x)",
    "behind explain": "EXPLAIN ANALYZE DELETE FROM organisations_school",
    "behind a comment": "-- niets\nDELETE FROM organisations_school",
}
READS = {
    "select": "SELECT name FROM organisations_school",
    "with": "WITH x AS (SELECT id FROM organisations_school) SELECT count(*) FROM x",
    "with a word that only looks like it": (
        "WITH x AS (SELECT id AS updated_at FROM organisations_school) SELECT updated_at FROM x"
    ),
}


@pytest.mark.parametrize("which", WRITES)
def test_no_statement_that_writes_gets_through(which: str, school: School) -> None:
    with (
        pytest.raises(WriteOnGet),
        connection.execute_wrapper(gate._reads_only),
        connection.cursor() as cursor,
    ):
        cursor.execute(WRITES[which])

    assert name_of(school) == "School A"


@pytest.mark.parametrize("which", READS)
def test_statements_that_read_get_through(which: str, school: School) -> None:
    with connection.execute_wrapper(gate._reads_only), connection.cursor() as cursor:
        cursor.execute(READS[which])
        assert cursor.fetchall()


def test_a_lock_and_a_savepoint_are_no_writes(school: School) -> None:
    with connection.execute_wrapper(gate._reads_only), transaction.atomic():
        assert School.objects.select_for_update().get(pk=school.pk) == school


def test_going_back_to_a_savepoint_is_no_write(school: School) -> None:
    with connection.execute_wrapper(gate._reads_only):
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError("something that was looked at went wrong")
        assert School.objects.get(pk=school.pk) == school
