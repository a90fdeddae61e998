"""As deeds.py: criteria, evidence, a second reader, and who gives advice."""

from typing import Any

from partnerwijzer.dossiers.actions import advising, evidence, lending, outside, screening, second
from partnerwijzer.dossiers.models import SecondReading
from tests.dossiers.stage import CRITERION, HEAD, LINK, STAFF, Act, Rows, Stage


def _renew(s: Stage) -> Act:
    row = s.story.proof(s.opened, CRITERION, kind="document", url="https://a.example/")
    return lambda who: evidence.renew(row, actor=who, number=1, url="https://b.example/")


def _reuse(s: Stage) -> Act:
    row = s.story.proof(s.decided, CRITERION)
    return lambda who: evidence.reuse(s.opened, actor=who, evidence=row, criterion="goals-named")


def _share_screening(s: Stage) -> Act:
    return lambda who: lending.share_screening(s.decided, actor=who, keys=[CRITERION])


def _withdraw_screening(s: Stage) -> Act:
    lending.share_screening(s.decided, actor=s.story.head, keys=[CRITERION])
    return lambda who: lending.withdraw_screening(s.decided, actor=who)


def _take_shared(s: Stage) -> Act:
    shared = lending.share_screening(s.decided, actor=s.story.head, keys=[CRITERION])
    return lambda who: lending.take_shared(s.opened, actor=who, shared=shared)


def _take_own(s: Stage) -> Act:
    return lambda who: lending.take_own(s.opened, actor=who, other=s.decided)


def _second_reading(s: Stage) -> Any:
    """Judged by the teacher; another one is asked to read it too."""
    s.story.judge(s.opened, CRITERION, "partly")
    return s.story.second(s.opened, CRITERION)


def _ask_second_reader(s: Stage) -> Act:
    reader = s.world.user("teacher2")
    return lambda who: second.ask_second_reader(
        s.opened, actor=who, reader=reader, criteria=[CRITERION], blind=True
    )


def _withdraw_second_reader(s: Stage) -> Act:
    s.story.judge(s.opened, CRITERION, "partly")
    row = s.story.second(s.opened, CRITERION, blind=False)
    return lambda who: second.withdraw_second_reader(row, actor=who)


def _read_second(s: Stage) -> Act:
    row = _second_reading(s)
    return lambda who: second.read_second(row, actor=who, judgement="partly", argument="Zo.")


def _settle(s: Stage) -> Act:
    row = _second_reading(s)
    reader = s.world.actor("teacher2")
    second.read_second(row, actor=reader, judgement="not-in-order", argument="Neen.")
    fresh = SecondReading.objects.get(pk=row.pk)
    version = s.opened.assessments.get(criterion=CRITERION).version
    return lambda who: second.settle(
        fresh, actor=who, version=version, judgement="partly", argument="Samen."
    )


def _outside(s: Stage) -> Any:
    return outside.ask_outside(
        s.opened,
        actor=s.story.teacher,
        email="clb@elders.example",
        name="An",
        organisation="CLB",
        question="Wat denk je?",
    )


def _ask_outside(s: Stage) -> Act:
    return lambda who: outside.ask_outside(
        s.opened, actor=who, email="clb@elders.example", name="An", organisation="", question="?"
    )


def _answer_outside(s: Stage) -> Act:
    row = _outside(s)
    return lambda who: outside.answer_outside(row, actor=who, answer="Doen.")


def _withdraw_outside(s: Stage) -> Act:
    row = _outside(s)
    return lambda who: outside.withdraw_outside(row, actor=who)


def _assess(s: Stage) -> Act:
    s.story.proof(s.ready(), CRITERION)
    return lambda who: s.story.judge(s.opened, CRITERION, actor=who)


def _assign(s: Stage) -> Act:
    user = s.world.user("teacher2")
    return lambda who: screening.assign_criterion(
        s.opened, actor=who, criterion=CRITERION, user=user, due_on=None
    )


def _add_evidence(s: Stage) -> Act:
    return lambda who: screening.add_evidence(
        s.opened, actor=who, criterion=CRITERION, kind="document", title="Folder"
    )


def _use_evidence(s: Stage) -> Act:
    evidence = s.story.proof(s.opened, CRITERION)
    return lambda who: screening.use_evidence(
        s.opened, actor=who, evidence=evidence, criterion="fits-school-project"
    )


def _remove_evidence(s: Stage) -> Act:
    evidence = s.story.proof(s.opened, CRITERION)
    return lambda who: screening.remove_evidence(s.opened, actor=who, evidence=evidence)


def _restore_evidence(s: Stage) -> Act:
    evidence = s.story.proof(s.opened, CRITERION)
    screening.remove_evidence(s.opened, actor=s.story.head, evidence=evidence)
    return lambda who: screening.restore_evidence(s.opened, actor=who, evidence=evidence)


def _ask_adviser(s: Stage) -> Act:
    adviser = s.world.user("adviser")
    return lambda who: advising.ask_adviser(
        s.opened, actor=who, adviser=adviser, question="Wat denk je?"
    )


def _answer_as_adviser(s: Stage) -> Act:
    question = s.story.ask_adviser(s.opened)
    return lambda who: advising.answer_as_adviser(question, actor=who, answer="Doe maar.")


TABLE: Rows = {
    screening.save_assessment: (STAFF, _assess),
    screening.assign_criterion: (STAFF, _assign),
    screening.add_evidence: (STAFF, _add_evidence),
    screening.use_evidence: (STAFF, _use_evidence),
    screening.remove_evidence: (STAFF, _remove_evidence),
    screening.restore_evidence: (STAFF, _restore_evidence),
    evidence.renew: (STAFF, _renew),
    evidence.reuse: (STAFF, _reuse),
    lending.share_screening: (HEAD, _share_screening),
    lending.withdraw_screening: (HEAD, _withdraw_screening),
    lending.take_shared: (STAFF, _take_shared),
    lending.take_own: (STAFF, _take_own),
    second.ask_second_reader: (STAFF, _ask_second_reader),
    second.withdraw_second_reader: (STAFF, _withdraw_second_reader),
    second.read_second: ({"teacher2"}, _read_second),
    second.settle: (STAFF, _settle),
    outside.ask_outside: (STAFF, _ask_outside),
    outside.answer_outside: (LINK, _answer_outside),
    outside.withdraw_outside: (STAFF, _withdraw_outside),
    advising.ask_adviser: (STAFF, _ask_adviser),
    advising.answer_as_adviser: ({"adviser"}, _answer_as_adviser),
}
