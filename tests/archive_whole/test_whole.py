"""Issue 4, item 24: a whole dossier goes with everything that is its own, and nothing else."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from partnerwijzer.archive import due
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind
from partnerwijzer.dossiers.models import AgreementVersion, Decision, Dossier
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.partners.models import Experience
from tests.dossiers import marked

ENDED = timezone.now() - timedelta(days=800)


def period(kind: str) -> dict[str, Any]:
    """One that is long past."""
    return {"kind": kind, "months": 12, "source": "Test", "url": "", "read_on": date(2026, 1, 1)}


def test_a_dossier_that_went_through_all_steps_goes_with_all_that_is_its_own(db: None) -> None:
    frameworks.ensure_published()
    found = marked.build()
    dossier = Dossier.objects.get(pk=found.a["dossier"])
    others = Dossier.objects.exclude(pk=dossier.pk).count()
    experiences = Experience.objects.count()
    head = found.world.actor("head")
    AgreementVersion.objects.update(valid_until=None)
    Decision.objects.filter(decided_at__isnull=False).update(decided_at=ENDED)
    Dossier.objects.filter(pk=dossier.pk).update(state="closed", closed_at=ENDED)
    for kind in (DataKind.DOSSIER, DataKind.DECISION):
        keeping.say_how_long(dossier.school, actor=head, facts=period(kind))
    items = due.due(dossier.school, timezone.localdate())
    run = keeping.start_run(dossier.school, actor=head, fingerprint=due.fingerprint(items))
    keeping.carry_out(run, actor=head, tell=lambda done: None)
    assert list(run.removals.values_list("kind", "removed", "held")) == [("dossier", 1, "")]
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert (Dossier.objects.count(), Experience.objects.count()) == (others, experiences)


PARTS = [kind for kind in DataKind if kind not in (DataKind.DOSSIER, DataKind.DECISION)]


def test_of_each_kind_goes_what_the_preview_counts_and_nothing_is_left(
    db: None, django_capture_on_commit_callbacks: Any
) -> None:
    """All kinds in one run; the files leave the disk, the dossier stays."""
    frameworks.ensure_published()
    found = marked.build()
    dossier = Dossier.objects.get(pk=found.a["dossier"])
    head = found.world.actor("head")
    Dossier.objects.filter(pk=dossier.pk).update(state="closed", closed_at=ENDED)
    for kind in PARTS:
        keeping.say_how_long(dossier.school, actor=head, facts=period(kind))
    on_disk = [
        file.file.location for file in dossier.evidence.exclude(file=None).select_related("file")
    ]
    assert on_disk
    items = due.due(dossier.school, timezone.localdate())
    assert {item.kind for item in items} == set(PARTS)
    run = keeping.start_run(dossier.school, actor=head, fingerprint=due.fingerprint(items))

    with django_capture_on_commit_callbacks(execute=True):
        keeping.carry_out(run, actor=head, tell=lambda done: None)

    rows = run.removals.values_list("kind", "removed", "held")
    assert sorted(rows) == sorted((item.kind, item.count, "") for item in items)
    assert due.due(dossier.school, timezone.localdate()) == []
    assert [path for path in on_disk if path.exists()] == []
    assert Dossier.objects.filter(pk=dossier.pk).exists()
