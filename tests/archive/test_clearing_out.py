"""Issue 4, item 24: the page that removes what is past its period, the worker and the command."""

import pytest
from click.testing import CliRunner
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive import due, tasks
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind, Removal, Run
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.cli import keeping as cli
from partnerwijzer.cli.outcome import Failure
from partnerwijzer.dossiers.models import Dossier, Remark
from partnerwijzer.jobs import progress as jobs
from partnerwijzer.jobs.models import Job
from partnerwijzer.organisations.models import School
from tests.archive.conftest import SignIn
from tests.archive.ended import keep
from tests.personas import World


def test_the_pages_show_it_ask_twice_and_start_the_work(
    closed: Dossier, world: World, sign_in: SignIn
) -> None:
    head = sign_in("head")
    sent = {"kind": "remarks", "months": "12", "source": "Archiefplan", "read_on": "2026-01-01"}
    assert head.post("/bewaren/", sent | {"source": ""}).status_code == 200
    assert head.post("/bewaren/", sent).status_code == 302
    assert "Archiefplan" in sign_in("teacher").get("/bewaren/").text
    page = head.get("/bewaren/opruimen/")
    assert closed.title in page.text
    head.post("/bewaren/opruimen/", {"wat": page.context["fingerprint"]})
    assert not Run.objects.exists()
    head.post("/bewaren/opruimen/", {"wat": page.context["fingerprint"], "zeker": "ja"})
    assert Run.objects.get().removals.count() == 1
    assert Remark.objects.filter(dossier=closed).count() == 2  # the worker does it


def command(*words: str) -> str:
    done = CliRunner().invoke(cli.command, list(words), standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_the_command_counts_and_removes_only_with_a_yes(
    closed: Dossier, world: World, head: Actor
) -> None:
    School.objects.filter(pk=world.school.pk).update(number="901")
    keep(world.school, head, DataKind.REMARKS, 1)

    counted = command("901")
    assert counted == f"dossier {closed.pk}  opmerkingen tussen collega’s: 2\n"
    assert Remark.objects.filter(dossier=closed).count() == 2

    command("901", "--yes")
    assert not Remark.objects.filter(dossier=closed).exists()
    run = Run.objects.get()
    assert (run.started_by, run.finished_at is None) == (None, False)
    assert command("901", "--yes") == ""  # nothing is left, and that is no error
    assert Run.objects.count() == 1


def test_the_command_goes_on_with_what_broke_off(
    closed: Dossier, world: World, head: Actor
) -> None:
    School.objects.filter(pk=world.school.pk).update(number="901")
    keep(world.school, head, DataKind.REMARKS, 1)
    items = due.due(world.school, timezone.localdate())
    run = keeping.start_run(world.school, actor=head, fingerprint=due.fingerprint(items))

    command("901", "--yes")

    assert [r.removed for r in Removal.objects.filter(run=run)] == [2]
    assert Run.objects.get().pk == run.pk


@pytest.mark.parametrize("number", ["12345", ""])
def test_the_command_says_which_school_it_does_not_know(number: str, world: World) -> None:
    """Also where a school has no number: an empty word names none."""
    School.objects.filter(pk=world.school.pk).update(number="")
    with pytest.raises(Failure, match=f"Er is geen school met nummer {number}"):
        command(number)


def test_the_worker_removes_in_the_name_of_who_confirmed_and_tells_how_far_it_is(
    closed: Dossier, world: World, head: Actor
) -> None:
    keep(world.school, head, DataKind.REMARKS, 1)
    items = due.due(world.school, timezone.localdate())
    run = keeping.start_run(world.school, actor=head, fingerprint=due.fingerprint(items))
    job = jobs.start("keeping", "Verwijderen", head)

    tasks.remove_all.func(job.pk, run.pk, head.uid, "nl")
    found = Job.objects.get(pk=job.pk)
    tasks.remove_all.func(job.pk, run.pk, head.uid, "nl")  # as a worker that was killed would

    assert not Remark.objects.filter(dossier=closed).exists()
    told = AuditRecord.objects.filter(verb__in=("archive.removed", "archive.run_done"))
    assert list(told.order_by("pk").values_list("verb", "actor_id")) == [
        ("archive.removed", head.uid),
        ("archive.run_done", head.uid),
    ]
    assert (found.state, found.done, found.total) == ("done", 1, 1)
