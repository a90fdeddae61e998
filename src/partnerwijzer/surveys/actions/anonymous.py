"""Keeping an anonymous answer so that nobody can tell whose it is, nor when it came."""

import random
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.surveys import questions, sheets
from partnerwijzer.surveys.models import SpentSheet, Survey, SurveyResponse
from partnerwijzer.surveys.refusals import Refused

MIXED = 200
_chance = random.SystemRandom()


@action("surveys.answer_anonymously", untraced="a record would tell when somebody answered")
def answer_anonymously(
    survey: Survey, *, actor: Actor, answers: Mapping[str, Any], sheet: str = ""
) -> bool:
    """Keeps one anonymous answer. Gives whether it was kept: not when nothing was filled in, and
    not when this sheet was handed in before (a double press).

    What is kept is the answers alone, under a random key. The place of a row would still tell
    who came last: a table remembers the order of writing (SQLite's rowid; PostgreSQL's ctid, and
    xmin, the number of the transaction). Swapping with one other row is not enough for that, since
    two rows would carry the newest transaction. So up to 200 answers, chosen at random, are taken
    out and put back together with the new one in a random order, all with new keys: in a survey of
    up to 200 answers each row was written by the last transaction. Copies of the database from
    before and after an answer can still be compared; that is for the keeper of the backups.

    The survey is locked meanwhile, so that two who hand in together both count.

    Args:
        actor: access.ANONYMOUS, also when a teacher is signed in on that device.
        sheet: the random number of the page that was filled in.

    Raises:
        questions.WrongAnswers: with a sentence for each question.
        Refused: the survey is closed.
    """
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_open:
        raise Refused(_("Deze bevraging is gesloten."))
    cleaned = questions.clean(questions.read(locked.questions), answers)
    if not cleaned or (sheet and not _spend(locked, sheet)):
        return False
    _mix_in(locked, cleaned)
    return True


def _spend(survey: Survey, sheet: str) -> bool:
    return SpentSheet.objects.get_or_create(
        mark=sheets.mark_of(sheet), defaults={"survey": survey}
    )[1]


def _mix_in(survey: Survey, answers: questions.Answers) -> None:
    rows = survey.responses.filter(invitation=None)
    keys = list(rows.values_list("pk", flat=True))
    taken = rows.filter(pk__in=_chance.sample(keys, min(len(keys), MIXED)))
    mixed = [answers, *taken.values_list("answers", flat=True)]
    taken.delete()
    _chance.shuffle(mixed)
    SurveyResponse.objects.bulk_create(
        SurveyResponse(survey=survey, answers=given) for given in mixed
    )
