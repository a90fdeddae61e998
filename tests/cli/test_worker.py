"""What the background worker does besides tasks."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from partnerwijzer.access.models import SpentForm
from partnerwijzer.cli import worker
from partnerwijzer.jobs.models import WorkerSeen


def test_chore_is_done_at_once_and_then_only_when_due() -> None:
    times: list[int] = []
    chore = worker.Chore(lambda: times.append(1), every=3600)

    chore.do_when_due()
    chore.do_when_due()
    assert len(times) == 1

    chore.due -= 3600
    chore.do_when_due()
    assert len(times) == 2


def test_chore_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise OSError("geen mailserver")

    chore = worker.Chore(broken, every=0)

    with caplog.at_level(logging.ERROR):
        chore.do_when_due()
        chore.do_when_due()

    assert [record.message for record in caplog.records] == ["broken is mislukt"] * 2


def test_forget_removes_old_marks_and_keeps_the_rest(db: None) -> None:
    now = timezone.now()
    for name, age in (("oud", timedelta(days=3)), ("nieuw", timedelta(hours=1))):
        SpentForm.objects.create(mark=name, at=now - age)
        WorkerSeen.objects.create(name=name, at=now - age)

    worker.forget()

    assert list(SpentForm.objects.values_list("mark", flat=True)) == ["nieuw"]
    assert list(WorkerSeen.objects.values_list("name", flat=True)) == ["nieuw"]
