"""Issue 4, item 24: retention periods per kind, a preview of what goes, and a run that does it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_delete
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.models import AccessLink
from partnerwijzer.archive import due, tasks
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind, Period, Removal, Run
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.cli import keeping as cli
from partnerwijzer.cli.outcome import Failure
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.actions import evidence as proof
from partnerwijzer.dossiers.actions import screening
from partnerwijzer.dossiers.models import Decision, Dossier, Evidence, Remark
from partnerwijzer.factors import actions as factors
from partnerwijzer.jobs import progress as jobs
from partnerwijzer.jobs.models import Job
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import School
from partnerwijzer.volunteers import actions as volunteers
from tests.archive.conftest import SignIn
from tests.dossiers.story import Story
from tests.personas import World

LONG_AGO = timedelta(days=800)
FACTS = {"source": "Archiefplan van de test", "url": "", "read_on": date(2026, 1, 1)}


def keep(owner: object, actor: Actor, kind: str, months: int) -> None:
    place = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    read = Period.objects.filter(**place, kind=kind).values_list("version", flat=True).first()
    facts = {**FACTS, "kind": kind, "months": months}
    keeping.say_how_long(owner, actor=actor, facts=facts, version=read or 0)  # type: ignore[arg-type]


@pytest.fixture
def closed(dossier: Dossier, story: Story, head: Actor) -> Dossier:
    """A dossier that ended long ago, with two remarks and a file as evidence."""
    for text in ("Een", "Twee"):
        Remark.objects.create(
            dossier=dossier, part="decision", readers="team", text=text, author_id=head.uid
        )
    key = story.content.framework.criteria[0].key
    screening.add_evidence(
        dossier, actor=head, criterion=key, kind="own-observation", title="Foto van het lokaal",
        upload=SimpleUploadedFile("nota.txt", b"gezien"), dated_on=date(2024, 1, 1),
    )  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(
        state="stopped", closed_at=timezone.now() - LONG_AGO
    )
    dossier.refresh_from_db()
    return dossier


def run_all(school: School, actor: Actor = SYSTEM) -> Run:
    items = due.due(school, timezone.localdate())
    run = keeping.start_run(school, actor=actor, fingerprint=due.fingerprint(items))
    keeping.carry_out(run, actor=actor, tell=lambda done: None)
    return run


def told(school: School) -> list[tuple[str, int, str]]:
    return [(i.kind, i.count, i.held) for i in due.due(school, timezone.localdate())]


def test_without_a_period_nothing_goes(closed: Dossier, world: World) -> None:
    assert told(world.school) == []
    with pytest.raises(keeping.NotAsRead):
        run_all(world.school)


def test_from_a_dossier_that_runs_nothing_goes(closed: Dossier, world: World, head: Actor) -> None:
    keep(world.school, head, DataKind.REMARKS, 1)
    assert told(world.school) == [("remarks", 2, "")]
    Dossier.objects.update(state="open", closed_at=None)
    assert told(world.school) == []


def test_the_period_of_the_school_goes_before_that_of_the_umbrella(
    closed: Dossier, world: World, head: Actor
) -> None:
    keep(world.umbrella, world.actor("umbrella_admin"), DataKind.REMARKS, 1)
    assert told(world.school) == [("remarks", 2, "")]
    keep(world.school, head, DataKind.REMARKS, 600)
    assert told(world.school) == []
    keep(world.school, head, DataKind.REMARKS, 1)
    assert told(world.school) == [("remarks", 2, "")]


def test_a_school_that_says_never_keeps_it_also_where_the_umbrella_has_a_period(
    closed: Dossier, world: World, head: Actor, sign_in: SignIn
) -> None:
    keep(world.umbrella, world.actor("umbrella_admin"), DataKind.REMARKS, 1)
    keep(world.school, head, DataKind.REMARKS, 0)
    assert told(world.school) == []
    line = AuditRecord.objects.filter(verb="archive.period_entered").latest("pk")
    assert line.data["what"] == "opmerkingen tussen collega’s: gaat nooit weg"
    assert "nooit: blijft bewaard" in sign_in("head").get("/bewaren/").text


def test_a_school_takes_its_never_back_and_follows_the_umbrella_again(
    closed: Dossier, world: World, head: Actor, sign_in: SignIn
) -> None:
    keep(world.umbrella, world.actor("umbrella_admin"), DataKind.REMARKS, 1)
    keep(world.school, head, DataKind.REMARKS, 0)
    client = sign_in("head")
    page = client.get("/bewaren/").text
    assert "Volg weer de koepel" in page
    read = Period.objects.get(school=world.school).version

    client.post("/bewaren/", {"weg": f"remarks:{read}"})

    assert told(world.school) == [("remarks", 2, "")]
    assert list(Period.objects.values_list("umbrella", flat=True)) == [world.umbrella.pk]
    line = AuditRecord.objects.filter(verb="archive.period_withdrawn").get()
    assert line.data["what"] == "opmerkingen tussen collega’s"


@pytest.mark.parametrize("who", ["head", "umbrella_admin", "teacher", "board_admin"])
def test_what_changed_since_is_not_withdrawn_nor_is_that_of_another(
    who: str, world: World, head: Actor, sign_in: SignIn
) -> None:
    keep(world.school, head, DataKind.REMARKS, 12)
    read = Period.objects.get().version
    keep(world.school, head, DataKind.REMARKS, 24)

    sign_in(who).post("/bewaren/", {"weg": f"remarks:{read}"})
    sign_in(who).post("/bewaren/", {"weg": "remarks"})

    assert Period.objects.get().months == 24


@pytest.mark.parametrize("before", [0, 12])
def test_of_two_who_say_how_long_the_last_is_told_and_keeps_what_was_typed(
    before: int, world: World, head: Actor, sign_in: SignIn
) -> None:
    if before:
        keep(world.school, head, DataKind.REMARKS, before)
    client = sign_in("head")
    read = client.get("/bewaren/").context["read"]
    keep(world.school, head, DataKind.REMARKS, 24)
    sent = {
        "kind": "remarks", "months": "36", "source": "Van mij", "read_on": "2026-01-01",
        "gelezen": read,
    }  # fmt: skip
    page = client.post("/bewaren/", sent)
    assert "Iemand paste dit intussen aan." in page.text
    assert "Van mij" in page.text
    assert Period.objects.get().months == 24
    again = client.post("/bewaren/", sent | {"gelezen": page.context["read"]})
    assert again.status_code == 302
    assert Period.objects.get().months == 36


@pytest.mark.parametrize("who", ["teacher", "coordinator", "other_head", "umbrella_admin"])
def test_only_the_head_says_how_long_for_a_school_and_has_things_removed(
    who: str, closed: Dossier, world: World
) -> None:
    with pytest.raises(PermissionDenied):
        keep(world.school, world.actor(who), DataKind.REMARKS, 1)
    with pytest.raises(PermissionDenied):
        keeping.start_run(world.school, actor=world.actor(who), fingerprint="")
    assert not Period.objects.exists()


def test_files_go_with_what_used_them_and_the_line_stays(
    closed: Dossier, world: World, head: Actor, django_capture_on_commit_callbacks: object
) -> None:
    stored = StoredFile.objects.get(pk=closed.evidence.get(file__isnull=False).file_id)
    keep(world.school, head, DataKind.EVIDENCE_FILES, 12)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        run_all(world.school, head)
    assert closed.evidence.filter(title="Foto van het lokaal", file=None).exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not stored.location.exists()


@pytest.fixture
def renewed(closed: Dossier, head: Actor) -> StoredFile:
    """The file of an earlier version of the evidence."""
    row = closed.evidence.get(file__isnull=False)
    earlier = StoredFile.objects.get(pk=row.file_id)
    Dossier.objects.filter(pk=closed.pk).update(state="open", closed_at=None)
    proof.renew(
        row, actor=head, number=row.number, upload=SimpleUploadedFile("nota2.txt", b"nieuw"),
        dated_on=date(2024, 2, 1),
    )  # fmt: skip
    ended = timezone.now() - LONG_AGO
    Dossier.objects.filter(pk=closed.pk).update(state="stopped", closed_at=ended)
    return earlier


@pytest.mark.parametrize("kind", [DataKind.EVIDENCE_FILES, DataKind.DOSSIER])
def test_earlier_versions_of_a_file_go_too(
    kind: DataKind, closed: Dossier, renewed: StoredFile, world: World, head: Actor,
    django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    keep(world.school, head, kind, 12)
    assert told(world.school) == [(kind, 2 if kind == DataKind.EVIDENCE_FILES else 1, "")]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        run_all(world.school, head)
    assert not StoredFile.objects.filter(name__startswith="nota").exists()
    assert not renewed.location.exists()


def test_every_file_of_a_dossier_is_known_to_the_run() -> None:
    """A new column that points to a file goes into FILE_PATHS, or here with its reason."""
    of_a_school_or_partner = {
        "documents.letterhead.logo", "documents.papertemplate.file",
        "partners.groundingsource.file",
    }  # fmt: skip
    known = {f"{model._meta.label_lower}.{name}" for model, _path, name in keeping.FILE_PATHS}
    assert _pointing_to(StoredFile) == known | of_a_school_or_partner


def _pointing_to(target: type) -> set[str]:
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is target
    }


def test_every_personal_link_of_a_dossier_is_known_to_the_run() -> None:
    """A new column that points to a link goes into LINK_PATHS, or here with its reason."""
    of_a_person_or_partner = {
        "organisations.invitation.link", "partners.profilelink.link",
        "schooldays.calendarfeed.link",
    }  # fmt: skip
    goes_with_the_link = {"mail.outgoingmail.link"}
    ways = [AccessLink._meta.get_field(path.split("__")[0]) for path in due.LINK_PATHS]
    known = {f"{way.related_model._meta.label_lower}.{way.field.name}" for way in ways}  # type: ignore[union-attr]
    assert _pointing_to(AccessLink) == known | of_a_person_or_partner | goes_with_the_link


@pytest.fixture
def asked(closed: Dossier, story: Story) -> Dossier:
    """A parent was asked to help and a partner to score, both by link."""
    volunteers.ask(
        closed, actor=story.coordinator, who="parent", name="Mia", email="mia@ouders.example",
        phone="0",
    )  # fmt: skip
    factors.ask(
        closed, actor=story.coordinator, row=closed.partners.get(), moment="start",
        email="bo@partner.example", name="Bo",
    )  # fmt: skip
    return closed


def test_names_and_addresses_of_all_who_got_a_link_go(
    asked: Dossier, world: World, head: Actor
) -> None:
    keep(world.school, head, DataKind.LINKS, 12)
    assert told(world.school) == [("links", 2, "")]
    run = run_all(world.school, head)
    assert run.removals.get().removed == 2
    assert set(AccessLink.objects.values_list("name", "email")) == {("", "")}
    assert not AccessLink.objects.filter(withdrawn_at=None).exists()
    person = asked.volunteers.get()
    assert (person.name, person.email, person.phone) == ("", "", "")
    assert person.wiped_on is not None
    assert not OutgoingMail.objects.filter(to__contains="example").exists()
    assert told(world.school) == []


def test_a_whole_dossier_goes_with_the_links_of_all_it_asked(
    asked: Dossier, world: World, head: Actor
) -> None:
    keep(world.school, head, DataKind.DOSSIER, 12)
    run_all(world.school, head)
    assert not AccessLink.objects.exists()


def test_a_whole_dossier_goes_and_the_log_holds_no_word_of_it(
    closed: Dossier, world: World, head: Actor
) -> None:
    keep(world.school, head, DataKind.DOSSIER, 12)
    run = run_all(world.school, head)
    assert not Dossier.objects.filter(pk=closed.pk).exists()
    assert list(run.removals.values_list("kind", "removed", "held")) == [("dossier", 1, "")]
    assert run.finished_at is not None
    assert not due.history([closed.pk]).exists()
    line = AuditRecord.objects.get(verb="archive.removed")
    assert line.data == {"what": "het hele dossier", "count": 1}
    assert closed.title not in str(AuditRecord.objects.filter(verb__startswith="archive").values())


def test_a_signed_decision_keeps_its_dossier_until_its_own_period(
    closed: Dossier, world: World, head: Actor
) -> None:
    made = Decision.objects.create(
        dossier=closed, question="Doen we dit?", template="consent", closes_on=date(2024, 1, 1),
        signer_id=head.uid, opened_by_id=head.uid, outcome="yes", reasons="Het past.",
        decided_by_id=head.uid, decided_at=timezone.now() - LONG_AGO, positive=True,
    )  # fmt: skip
    keep(world.school, head, DataKind.DOSSIER, 12)
    assert told(world.school) == [("dossier", 1, "decision")]
    keep(world.school, head, DataKind.DECISION, 60)
    assert told(world.school) == [("dossier", 1, "decision")]
    keep(world.school, head, DataKind.DECISION, 24)
    run_all(world.school, head)
    assert not Decision.objects.filter(pk=made.pk).exists()


def test_what_another_dossier_leans_on_stays(
    closed: Dossier, world: World, head: Actor, story: Story
) -> None:
    other = story.open(title="Ander dossier")
    other_answer = other.assessments.create(criterion="x")
    Evidence.objects.get(dossier=closed, file__isnull=False).assessments.add(other_answer)
    keep(world.school, head, DataKind.DOSSIER, 12)
    keep(world.school, head, DataKind.EVIDENCE_FILES, 12)
    assert told(world.school) == [("dossier", 1, "evidence")]


def test_what_was_not_read_is_not_removed(closed: Dossier, world: World, head: Actor) -> None:
    keep(world.school, head, DataKind.REMARKS, 1)
    read = due.fingerprint(due.due(world.school, timezone.localdate()))
    Remark.objects.create(
        dossier=closed, part="decision", readers="team", text="Drie", author_id=head.uid
    )
    with pytest.raises(keeping.NotAsRead):
        keeping.start_run(world.school, actor=head, fingerprint=read)
    assert Remark.objects.filter(dossier=closed).count() == 3


def test_a_dossier_that_was_opened_again_after_the_confirmation_stays(
    closed: Dossier, world: World, head: Actor
) -> None:
    keep(world.school, head, DataKind.DOSSIER, 12)
    read = due.fingerprint(due.due(world.school, timezone.localdate()))
    run = keeping.start_run(world.school, actor=head, fingerprint=read)
    Dossier.objects.filter(pk=closed.pk).update(state="open", closed_at=None)
    keeping.carry_out(run, actor=head, tell=lambda done: None)
    assert list(run.removals.values_list("removed", "held")) == [(None, "changed")]


def test_what_grew_after_the_confirmation_stays(closed: Dossier, world: World, head: Actor) -> None:
    keep(world.school, head, DataKind.REMARKS, 12)
    read = due.fingerprint(due.due(world.school, timezone.localdate()))
    run = keeping.start_run(world.school, actor=head, fingerprint=read)
    Remark.objects.create(
        dossier=closed, part="decision", readers="team", text="Drie", author_id=head.uid
    )
    keeping.carry_out(run, actor=head, tell=lambda done: None)
    assert list(run.removals.values_list("removed", "held")) == [(None, "changed")]
    assert Remark.objects.filter(dossier=closed).count() == 3


class Killed(BaseException):
    """The machine stops in the middle."""


@pytest.fixture
def power_cut() -> Iterator[Callable[[], object]]:
    def stop(sender: type, **more: object) -> None:
        raise Killed

    post_delete.connect(stop, sender=Evidence)
    yield lambda: post_delete.disconnect(stop, sender=Evidence)
    post_delete.disconnect(stop, sender=Evidence)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    closed: Dossier, world: World, head: Actor, story: Story, request: pytest.FixtureRequest
) -> None:
    second = story.open(title="Nog een oud dossier")
    Remark.objects.create(
        dossier=second, part="decision", readers="team", text="Oud", author_id=head.uid
    )
    ended = {"state": "stopped", "closed_at": timezone.now() - 2 * LONG_AGO}
    Dossier.objects.filter(pk=second.pk).update(**ended)
    keep(world.school, head, DataKind.DOSSIER, 12)
    read = due.due(world.school, timezone.localdate())
    run = keeping.start_run(world.school, actor=head, fingerprint=due.fingerprint(read))
    mend = request.getfixturevalue("power_cut")
    before = closed.evidence.count()
    with pytest.raises(Killed):
        keeping.carry_out(run, actor=head, tell=lambda done: None)
    # What was being removed is whole again, what was done stays done.
    assert not Dossier.objects.filter(pk=second.pk).exists()
    assert Dossier.objects.get(pk=closed.pk).evidence.count() == before
    assert Remark.objects.filter(dossier=closed).count() == 2
    assert [r.removed for r in Removal.objects.filter(run=run)] == [1, None]
    mend()
    keeping.carry_out(Run.objects.get(pk=run.pk), actor=head, tell=lambda done: None)
    assert not Dossier.objects.filter(pk=closed.pk).exists()
    assert [r.removed for r in Removal.objects.filter(run=run)] == [1, 1]
    assert AuditRecord.objects.filter(verb="archive.removed").count() == 2


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


@pytest.mark.parametrize(
    ("who", "periods", "clear_out"),
    [
        ("teacher", 200, 404), ("head", 200, 200), ("board_admin", 200, 404),
        ("umbrella_admin", 200, 404), ("adviser", 404, 404), ("council", 404, 404),
        ("other_head", 200, 200),
    ],
)  # fmt: skip
def test_who_sees_the_periods_and_who_the_button(
    who: str, periods: int, clear_out: int, closed: Dossier, sign_in: SignIn
) -> None:
    client = sign_in(who)
    found = client.get("/bewaren/"), client.get("/bewaren/opruimen/")
    assert [page.status_code for page in found] == [periods, clear_out]
    assert closed.title not in found[1].text


# The command, and the worker


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


def test_the_command_says_which_school_it_does_not_know(db: None) -> None:
    with pytest.raises(Failure, match="Er is geen school met nummer 12345"):
        command("12345")


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
