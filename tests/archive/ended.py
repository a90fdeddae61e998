"""A dossier that ended long ago, how long things of it are kept, and a run that removes them."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.archive import due
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import Period, Run
from partnerwijzer.dossiers.actions import screening
from partnerwijzer.dossiers.models import Dossier, Remark
from partnerwijzer.organisations.models import School
from tests.dossiers.story import Story

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
