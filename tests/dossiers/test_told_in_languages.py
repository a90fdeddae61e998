"""Issue 4, 20, "working language of the reader": what the log keeps of a deed does not depend on
the language of who did it."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers import (
    deeds,
    deeds_agreeing,
    deeds_deciding,
    deeds_kept,
    deeds_running,
    deeds_screening,
)
from tests.dossiers.stage import Stage
from tests.dossiers.story import PARTNER_SIDE, Story

TABLES = (
    deeds, deeds_agreeing, deeds_deciding, deeds_kept, deeds_running, deeds_screening,
)  # fmt: skip
# The name of something that is made then, as it stands with that thing from then on.
GIVEN = {"survey.created", "body.made"}
# The key of a row, which differs each time.
KEYS = {"instead"}


def _kept(language: str, row: Any, stage: Stage) -> list[tuple[str, Any]]:
    """What the log keeps when somebody who may does this in that language. It is undone."""
    may, prepare = row
    name = min(may)
    who = PARTNER_SIDE if name == "link" else stage.world.actor(name)
    with transaction.atomic():
        act = prepare(stage)
        last = AuditRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with translation.override(language):
            act(who)
        rows = AuditRecord.objects.filter(pk__gt=last).exclude(verb__in=GIVEN).order_by("pk")
        told = [(r.verb, {k: v for k, v in r.data.items() if k not in KEYS}) for r in rows]
        transaction.set_rollback(True)
    return told


@pytest.mark.once
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__.rpartition(".")[2])
def test_the_log_keeps_the_same_in_whatever_language_somebody_works(
    table: Any, story: Story, opened: Dossier, decided: Dossier
) -> None:
    stage = Stage(story, opened, decided)
    differ = {
        action.__name__: (dutch, english)
        for action, row in table.TABLE.items()
        if row[0]  # else the worker does it by itself
        and (dutch := _kept("nl", row, stage)) != (english := _kept("en", row, stage))
    }
    assert differ == {}
