"""Issue 4, item 24: a preview of what goes past its period, and a run that removes it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_delete
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.models import AccessLink
from partnerwijzer.archive import due
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind, Removal, Run
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.actions import evidence as proof
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementVersion,
    Decision,
    Dossier,
    Evidence,
    Remark,
)
from partnerwijzer.factors import actions as factors
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.volunteers import actions as volunteers
from tests.archive.conftest import SignIn
from tests.archive.ended import LONG_AGO, keep, run_all, told
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.personas import World


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
    assert (line.data["what"]["nl"], line.data["count"]) == ("het hele dossier", 1)
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


@pytest.mark.parametrize(("days", "held"), [(1, "agreement"), (-1, "")])
def test_an_agreement_that_runs_on_keeps_its_dossier(
    days: int, held: str, closed: Dossier, world: World, head: Actor
) -> None:
    agreement = Agreement.objects.create(dossier=closed, partner=closed.partners.get().partner)
    AgreementVersion.objects.create(
        agreement=agreement, number=1, created_by_id=head.uid,
        valid_until=timezone.localdate() + timedelta(days=days),
    )  # fmt: skip
    keep(world.school, head, DataKind.DOSSIER, 12)
    assert told(world.school) == [("dossier", 1, held)]


def test_what_stayed_is_told_after_the_run(
    closed: Dossier, world: World, head: Actor, sign_in: SignIn
) -> None:
    """Nothing is called removed that was not."""
    keep(world.school, head, DataKind.REMARKS, 12)
    items = due.due(world.school, timezone.localdate())
    run = keeping.start_run(world.school, actor=head, fingerprint=due.fingerprint(items))
    Remark.objects.create(
        dossier=closed, part="decision", readers="team", text="Drie", author_id=head.uid
    )
    keeping.carry_out(run, actor=head, tell=lambda done: None)

    page = words(sign_in("head").get("/bewaren/opruimen/"))

    assert "opmerkingen tussen collega’s (0)" not in page
    assert "Dit bleef staan: opmerkingen tussen collega’s. " in page
    assert "Het dossier of de termijn veranderde intussen." in page
