"""Issue 4, item 24: a whole dossier goes with everything that is its own, and nothing else."""

from datetime import date, timedelta

from django.utils import timezone

from partnerwijzer.archive import due
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind
from partnerwijzer.dossiers.models import AgreementVersion, Decision, Dossier
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.partners.models import Experience
from tests.dossiers import marked


def test_a_dossier_that_went_through_all_steps_goes_with_all_that_is_its_own(db: None) -> None:
    frameworks.ensure_published()
    found = marked.build()
    dossier = Dossier.objects.get(pk=found.a["dossier"])
    others = Dossier.objects.exclude(pk=dossier.pk).count()
    experiences = Experience.objects.count()
    head, ended = found.world.actor("head"), timezone.now() - timedelta(days=800)
    AgreementVersion.objects.update(valid_until=None)
    Decision.objects.filter(decided_at__isnull=False).update(decided_at=ended)
    Dossier.objects.filter(pk=dossier.pk).update(state="closed", closed_at=ended)
    for kind in (DataKind.DOSSIER, DataKind.DECISION):
        read_on = date(2026, 1, 1)
        facts = {"kind": kind, "months": 12, "source": "Test", "url": "", "read_on": read_on}
        keeping.say_how_long(dossier.school, actor=head, facts=facts)
    items = due.due(dossier.school, timezone.localdate())
    run = keeping.start_run(dossier.school, actor=head, fingerprint=due.fingerprint(items))
    keeping.carry_out(run, actor=head, tell=lambda done: None)
    assert list(run.removals.values_list("kind", "removed", "held")) == [("dossier", 1, "")]
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert (Dossier.objects.count(), Experience.objects.count()) == (others, experiences)
