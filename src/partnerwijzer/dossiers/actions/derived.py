"""Questions of the framework that a fact of the dossier answers: nobody has to type it twice.

The fact becomes evidence at the criterion; where the fact is itself the answer (the school wrote
down what the council must get; the council spoke; both sides confirmed) the criterion is judged
too, unless a person judged it already.
"""

from django.db.models import F
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence, Judgement, Status

# Keys of the framework's criteria; a test holds them against the content.
COUNCIL_ROLE = "council-role-known"
COUNCIL_HEARD = "council-heard"
BOTH_CONFIRMED = "same-version-confirmed"
GOALS = "goals-named"
TEACHER = "teacher-present"
DERIVED = (COUNCIL_ROLE, COUNCIL_HEARD, BOTH_CONFIRMED, GOALS, TEACHER)
KIND = "own-observation"


def note(dossier: Dossier, actor: Actor, criterion: str, title: str) -> Assessment | None:
    """Puts a fact at a criterion as evidence, once; an older note of the same kind is replaced.

    Gives None where this release of the framework does not know the criterion.
    """
    if criterion not in casework.content(dossier).framework.criterion:
        return None
    row, _new = Assessment.objects.get_or_create(dossier=dossier, criterion=criterion)
    Evidence.objects.filter(dossier=dossier, facts__derived=criterion, removed_at=None).update(
        removed_at=timezone.now()
    )
    evidence = Evidence.objects.create(
        dossier=dossier,
        kind=KIND,
        title=title[:200],
        facts={"derived": criterion},
        dated_on=timezone.localdate(),
        added_by_id=actor.user_id,
    )
    evidence.assessments.add(row)
    return row


def reopen(dossier: Dossier, criterion: str, argument: str) -> None:
    """The fact no longer answers it. What a person answered stays, for somebody to look at again.

    Args:
        argument: what answer() wrote there, so that it may write anew.
    """
    rows = Assessment.objects.filter(dossier=dossier, criterion=criterion, status=Status.DONE)
    anew = {"status": Status.BUSY, "version": F("version") + 1}
    rows.filter(argument=argument).update(judgement="", argument="", **anew)
    rows.update(**anew)


def answer(dossier: Dossier, actor: Actor, criterion: str, title: str, argument: str) -> None:
    """As note(), and judges the criterion in order where nobody judged or wrote there yet."""
    row = note(dossier, actor, criterion, title)
    if row is None or row.judgement or row.argument.strip():
        return
    row.judgement, row.status, row.argument = Judgement.IN_ORDER, Status.DONE, argument
    row.updated_by_id, row.updated_at = actor.user_id, timezone.now()
    row.question = casework.content(dossier).framework.criterion[criterion].question.model_dump()
    row.version += 1  # who had the page open before, sees that it changed
    row.save(
        update_fields=[
            *("judgement", "status", "argument", "question"),
            *("updated_by", "updated_at", "version"),
        ]
    )
