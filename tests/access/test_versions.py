"""Of two people who save the same thing, the second is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from partnerwijzer.access import versions
from partnerwijzer.organisations.models import Priority, School

pytestmark = pytest.mark.django_db


@pytest.fixture
def priority() -> Priority:
    school = School.objects.create(name="School", kind="basis")
    return Priority.objects.create(school=school, text="Lezen")


def test_claim_raises_the_version_by_one_and_gives_the_fresh_row(priority: Priority) -> None:
    claimed = versions.claim(Priority, priority.pk, 1)

    assert (claimed.pk, claimed.version) == (priority.pk, 2)
    assert Priority.objects.get().version == 2


def test_claim_of_an_older_version_gives_what_is_there_now(priority: Priority) -> None:
    versions.claim(Priority, priority.pk, 1)

    with pytest.raises(versions.Conflict) as conflict:
        versions.claim(Priority, priority.pk, 1)

    assert (conflict.value.current, conflict.value.current.version) == (priority, 2)


@pytest.mark.parametrize("version", [0, 2, -1])
def test_claim_of_a_version_that_never_was_is_a_conflict(version: int, priority: Priority) -> None:
    with pytest.raises(versions.Conflict):
        versions.claim(Priority, priority.pk, version)


def test_claim_stays_within_the_rows_that_it_was_given(priority: Priority) -> None:
    with pytest.raises(Priority.DoesNotExist):
        versions.claim(Priority.objects.none(), priority.pk, 1)

    assert Priority.objects.get().version == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_wins(priority: Priority) -> None:
    def attempt(number: int) -> bool:
        try:
            with transaction.atomic():
                versions.claim(Priority, priority.pk, 1)
        except versions.Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(attempt, range(6)))

    assert (won.count(True), Priority.objects.get().version) == (1, 2)
