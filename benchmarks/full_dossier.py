"""One dossier with everything in it, in a school that plans 2,000 activities a year.

Rows go in straight; what makes documents or secret links goes the way that a person goes: see
full_agreement.
"""

import random
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from benchmarks import full_agreement, full_running
from benchmarks.full_agreement import WHY
from partnerwijzer.access import links
from partnerwijzer.archive.models import Succession
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.costs.models import CostLine, CostPlan
from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.dossiers import casework, snapshot, steps
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Activity,
    AdviserQuestion,
    Assessment,
    Call,
    Condition,
    CouncilItem,
    Decision,
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierMember,
    DossierPartner,
    Evaluation,
    EvaluationFactor,
    Evidence,
    OutsideAdvice,
    Position,
    Remark,
    SecondReading,
    TreeRun,
)
from partnerwijzer.factors.models import Score
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks import walking
from partnerwijzer.frameworks.actions import ensure_published
from partnerwijzer.goals.models import Goal, GoalImport, GoalSet
from partnerwijzer.organisations.actors import actor_of
from partnerwijzer.organisations.models import Membership, School, SchoolBoard, Umbrella, User
from partnerwijzer.partners.models import Partner, PartnerMark
from partnerwijzer.quality.models import QualityTag
from partnerwijzer.schooldays import actions as schooldays
from partnerwijzer.volunteers.models import Slot

EVIDENCE, ACTIVITIES, REMARKS, PEOPLE = 40, 30, 200, 10
A_YEAR, DOSSIERS = 2_000, 120
TALKED = ("decision", "agreements", "dossier", "activities", "criterion-fits-age")


def make(chance: random.Random) -> tuple[dict[str, Any], User]:
    """Fills the database. Gives keys of things to look at, and the head who looks."""
    ensure_published()
    school, head, colleagues = _school()
    framework = frameworks.latest(actor_of(head))
    dossier = _dossier(chance, school, head, framework)
    actor = actor_of(head)
    _people(dossier, colleagues)
    _aims(dossier)
    _screened(chance, dossier, head, colleagues)
    _walked(dossier, head)
    _talked(chance, dossier, [head, *colleagues])
    _costs(dossier)
    _beside(dossier, head, colleagues)
    decision = _decided(dossier, head, colleagues)
    item = _council(dossier)
    _planned(chance, dossier, colleagues)
    Slot.objects.bulk_create(
        Slot(activity=row, role="talk", wanted=2) for row in dossier.activities.all()[:5]
    )
    _looked_back(chance, dossier, colleagues)
    _history(chance, dossier, head)
    keys = full_agreement.agreed(dossier, actor)
    full_agreement.asked(dossier, actor)
    full_running.fill(dossier, head, colleagues)
    _year(chance, dossier, head, colleagues)
    touched(Dossier.objects.get(pk=dossier.pk))
    decision.snapshot = snapshot.of(dossier, decision, signer=actor)
    decision.save(update_fields=["snapshot"])
    _feed, secret = schooldays.make_school_feed(school, actor=actor)
    return {
        "feed": secret,
        **keys,
        "dossier": dossier.pk,
        "row": dossier.partners.first().pk,
        "partner": dossier.partners.first().partner_id,
        "decision": decision.pk,
        "item": item.pk,
        "activity": dossier.activities.first().pk,
        "line": dossier.cost_lines.first().pk,
        "run": dossier.tree_runs.first().pk,
        "read": dossier.second_readings.filter(read_at=None).first().criterion,
    }, head


def _school() -> tuple[School, User, list[User]]:
    umbrella = Umbrella.objects.create(name="Koepel")
    board = SchoolBoard.objects.create(name="Bestuur")
    school = School.objects.create(
        name="De Regenboom", kind="basis", board=board, umbrella=umbrella, postcode="8500"
    )
    head = User.objects.create_user("head@school.example", None, name="Mira Veldwijk")
    others = User.objects.bulk_create(
        User(email=f"teacher{i}@school.example", name=f"Leerkracht {i}") for i in range(40)
    )
    Membership.objects.create(user=head, role="head", school=school)
    Membership.objects.bulk_create(
        Membership(user=user, role="teacher", school=school) for user in others
    )
    return school, head, others


def _dossier(chance: random.Random, school: School, head: User, framework: Any) -> Dossier:
    """All situations hold and everything is asked: as many criteria as there can be."""
    content = frameworks.content_of(framework.pk)
    dossier = Dossier.objects.create(
        school=school,
        framework=framework,
        title="Een jaar lang samen lezen",
        aim="Elk kind leest elke week met iemand van buiten de school. " * 3,
        kind="structural",
        screening="full",
        themes=[t.key for t in content.vocab.themes],
        impact=["pupils"],
        situations={s.key: True for s in content.framework.situations},
        council_duty="consult",
        council_reason="Het raakt de kosten.",
        created_by=head,
    )
    for number in range(3):
        partner = Partner.objects.create(
            name=f"Leeshuis {number}", kind=chance.choice(content.vocab.partner_kinds).key
        )
        DossierPartner.objects.create(dossier=dossier, partner=partner)
    DossierGroup.objects.bulk_create(
        DossierGroup(dossier=dossier, level=level, label=f"{year}{letter}", pupils=22)
        for level, year in (("kleuter", 3), ("lager", 2), ("lager-graad-3", 5))
        for letter in "AB"
    )
    return dossier


def _people(dossier: Dossier, colleagues: list[User]) -> None:
    parts = ["lead", "works", "works", "reads-along"]
    DossierMember.objects.bulk_create(
        DossierMember(dossier=dossier, user=user, part=parts[number % len(parts)])
        for number, user in enumerate(colleagues[:PEOPLE])
    )


def _aims(dossier: Dossier) -> None:
    group = GoalSet.objects.create(source_id=1, name="Doelen", search_text="", fingerprint="")
    text = "De leerlingen lezen een tekst voor een publiek en letten op tempo en toon."
    goals = Goal.objects.bulk_create(
        Goal(source_id=n, goal_set=group, code=f"1.{n}", text=text, search_text="", fingerprint="")
        for n in range(1, 13)
    )
    GoalImport.objects.create(source="benchmark")
    DossierGoal.objects.bulk_create(
        DossierGoal(dossier=dossier, goal=goal, how="Ze lezen voor.") for goal in goals
    )


def _screened(chance: random.Random, dossier: Dossier, head: User, colleagues: list[User]) -> None:
    asked = casework.asked_of(dossier)
    answers = [
        Assessment.objects.create(
            dossier=dossier,
            criterion=row.criterion.key,
            status="done" if number % 6 else "busy",
            judgement=("in-order", "in-order", "partly")[number % 3],
            argument=WHY,
            assigned_to=colleagues[number % PEOPLE],
            due_on=timezone.localdate() + timedelta(days=9),
            updated_by=head,
            question={"nl": row.criterion.question.nl},
        )
        for number, row in enumerate(asked)
    ]
    for number in range(EVIDENCE):
        evidence = Evidence.objects.create(
            dossier=dossier,
            kind="own-observation",
            title=f"Gesprek {number}",
            added_by=colleagues[number % PEOPLE],
            dated_on=date(2026, 9, 1),
        )
        evidence.assessments.add(*chance.sample(answers, 2))
    SecondReading.objects.bulk_create(
        SecondReading(
            dossier=dossier,
            criterion=answer.criterion,
            reader=colleagues[1] if number % 2 else head,
            blind=False,
            asked_by=head,
            judgement="partly" if number > 2 else "",
            argument=WHY if number > 2 else "",
            read_at=timezone.now() if number > 2 else None,
        )
        for number, answer in enumerate(answers[:8])
    )


def _walked(dossier: Dossier, head: User) -> None:
    """Every tree of the framework, taking the first answer each time; for each partner."""
    for tree in casework.content(dossier).governance.trees:
        given: dict[str, str] = {}
        while (node := walking.walk(tree, given).next) is not None:
            given[node.key] = node.options[0].key
        outcome = walking.walk(tree, given).outcome
        for row in dossier.partners.all()[:2]:
            TreeRun.objects.create(
                dossier=dossier,
                tree=tree.key,
                partner=row.partner,
                framework=dossier.framework,
                answers=given,
                outcome=outcome.key,
                result=str(outcome.result),
                walked_by=head,
            )


def _talked(chance: random.Random, dossier: Dossier, people: list[User]) -> None:
    """A fifth beside each of five parts; some ask the attention of two colleagues."""
    rows = Remark.objects.bulk_create(
        Remark(
            dossier=dossier,
            part=TALKED[number % len(TALKED)],
            readers="team",
            text="Heb jij dit al gezien? Volgens mij klopt het zo. " * 3,
            author=people[number % PEOPLE],
        )
        for number in range(REMARKS)
    )
    Call.objects.bulk_create(
        Call(remark=row, user=user) for row in rows[::10] for user in chance.sample(people, 2)
    )


def _costs(dossier: Dossier) -> None:
    CostPlan.objects.create(dossier=dossier, explanation="Wie niet kan betalen, betaalt niet.")
    groups, goals = list(dossier.groups.all()), list(dossier.goals.all())
    for number in range(10):
        line = CostLine.objects.create(
            dossier=dossier,
            what=f"Kost {number}",
            unit=("pupil", "group", "session", "total")[number % 4],
            amount=Decimal(10 + number),
            parents_each=Decimal(number % 4),
            need=("needed", "extra")[number % 2],
            school_year=2026,
        )
        line.groups.set(groups[:4])
        line.goals.set(goals[:3])


def _beside(dossier: Dossier, head: User, colleagues: list[User]) -> None:
    """What other modules say about it: advice, a warning about a partner, tags, scores, helpers."""
    partner = dossier.partners.first().partner
    day = timezone.localdate()
    PartnerMark.objects.create(
        partner=partner, kind="attention", reason="Vraag eerst na.", since=day, by=head
    )
    for number in range(4):
        asked = {"dossier": dossier, "question": WHY, "asked_by": head}
        AdviserQuestion.objects.create(adviser=colleagues[number], answer=WHY, **asked)
        link, _token = links.issue(
            "advice", email=f"clb{number}@elders.example", name="Nore", days=30
        )
        OutsideAdvice.objects.create(link=link, organisation="CLB", **asked)
    rubrics = casework.content(dossier).framework.rubrics
    QualityTag.objects.bulk_create(
        QualityTag(dossier=dossier, part="aim", rubric=rubric.key) for rubric in rubrics
    )
    moments = casework.content(dossier).factors.working_factors
    Score.objects.bulk_create(
        Score(dossier=dossier, moment="start", user=user, answers={f.key: 4 for f in moments})
        for user in colleagues[:PEOPLE]
    )
    Succession.objects.create(dossier=dossier, source_title="Samen lezen", school_year=2025)


def _decided(dossier: Dossier, head: User, colleagues: list[User]) -> Decision:
    """One signed with conditions and letters to come, and one about which people speak now."""
    now, today = timezone.now(), timezone.localdate()
    asked = {"template": "advice", "opened_by": head, "signer": head, "dossier": dossier}
    signed = Decision.objects.create(
        question="Beginnen we?",
        closes_on=today - timedelta(days=30),
        closed_at=now,
        outcome="yes-with-conditions",
        reasons=WHY,
        review_on=today + timedelta(days=90),
        decided_by=head,
        decided_at=now,
        positive=True,
        **asked,
    )
    running = Decision.objects.create(
        question="Gaan we er een tweede jaar mee door?",
        closes_on=today + timedelta(days=9),
        supersedes=signed,
        **asked,
    )
    for decision in (signed, running):
        Position.objects.bulk_create(
            Position(decision=decision, user=u, option="do", reason=WHY, given_at=now)
            for u in colleagues[:PEOPLE]
        )
    Condition.objects.bulk_create(
        Condition(
            decision=signed,
            text=f"Voorwaarde {number}",
            user=colleagues[number],
            by_on=today + timedelta(days=20),
        )
        for number in range(8)
    )
    return signed


def _council(dossier: Dossier) -> CouncilItem:
    body = CouncilBody.objects.create(
        school=dossier.school, kind="school-council", name="Schoolraad", is_main=True
    )
    return CouncilItem.objects.create(
        dossier=dossier, body=body, duty="consult", note=WHY, shown_at=timezone.now()
    )


def _planned(chance: random.Random, dossier: Dossier, colleagues: list[User]) -> None:
    groups = list(dossier.groups.all())
    for number in range(ACTIVITIES):
        row = Activity.objects.create(**_moment(dossier, number * 9 - 60))
        row.groups.set(groups[:3])
        row.teachers.set(chance.sample(colleagues, 2))


def _moment(dossier: Dossier, days: int) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "title": "Samen lezen in de bib",
        "on": timezone.localdate() + timedelta(days=days),
        "starts": time(9),
        "ends": time(10, 40),
        "place": "in de bib",
        "preparation": WHY,
        "follow_up": WHY,
    }


def _looked_back(chance: random.Random, dossier: Dossier, colleagues: list[User]) -> None:
    factors = casework.content(dossier).factors
    for user in colleagues[:PEOPLE]:
        told = Evaluation.objects.create(
            dossier=dossier,
            user=user,
            aim_result="reached",
            again=chance.choice(["yes", "changed"]),
            working_factors={f.key: chance.randrange(1, 6) for f in factors.working_factors},
            advice="Zorg voor tijd om samen voor te bereiden.",
        )
        EvaluationFactor.objects.bulk_create(
            EvaluationFactor(
                evaluation=told, factor=key, effect=chance.choice(["smooth", "difficult"])
            )
            for key in ("easy-to-reach", "fixed-contact", "keeps-agreements", "goal-clear")
        )


def _history(chance: random.Random, dossier: Dossier, head: User) -> None:
    AuditRecord.objects.bulk_create(
        AuditRecord(
            at=timezone.now(),
            verb="dossier.situations",
            actor_kind="person",
            actor_id=head.pk,
            actor_name=head.name,
            school_id=dossier.school_id,
            subject_type="dossiers.dossier",
            subject_id=str(dossier.pk),
            thread_type="dossiers.dossier",
            thread_id=str(dossier.pk),
        )
        for _ in range(400)
    )


def _year(chance: random.Random, dossier: Dossier, head: User, colleagues: list[User]) -> None:
    """What all dossiers of the school plan: spread over a year, with groups and teachers."""
    stored: dict[str, Any] = {s.key: s.as_json() for s in steps.derive(steps.Facts(partners=1))}
    partner = dossier.partners.first().partner
    rows = Dossier.objects.bulk_create(
        Dossier(
            school_id=dossier.school_id,
            framework_id=dossier.framework_id,
            title=f"Project {number}",
            kind="one-off",
            created_by=head,
            steps={**stored, "now": 1},
        )
        for number in range(DOSSIERS)
    )
    DossierPartner.objects.bulk_create(DossierPartner(dossier=d, partner=partner) for d in rows)
    groups = DossierGroup.objects.bulk_create(
        DossierGroup(dossier=d, level="lager", label="4A", pupils=20) for d in rows
    )
    moments = Activity.objects.bulk_create(
        Activity(**_moment(rows[number % DOSSIERS], chance.randrange(-180, 185)))
        for number in range(A_YEAR - ACTIVITIES)
    )
    taught, grouped = Activity.teachers.through, Activity.groups.through
    taught.objects.bulk_create(
        taught(activity_id=row.pk, user_id=user.pk)
        for row in moments
        for user in chance.sample(colleagues, 2)
    )
    of_dossier = {group.dossier_id: group.pk for group in groups}
    grouped.objects.bulk_create(
        grouped(activity_id=row.pk, dossiergroup_id=of_dossier[row.dossier_id]) for row in moments
    )
