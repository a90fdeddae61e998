"""What runs, in the full dossier: series, milestones, the days themselves, what came of them.

Rows go in straight, as many as a school year of a lively cooperation has.
"""

from datetime import date, time, timedelta

from django.utils import timezone

from benchmarks.full_agreement import WHY
from partnerwijzer.costs.models import CostPlan
from partnerwijzer.councils.models import CouncilAdvice
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import (
    AboutDossier,
    Activity,
    ActivityPartner,
    AgreementChange,
    AgreementCheckpoint,
    AgreementVersion,
    CouncilItem,
    CouncilTest,
    Decision,
    DecisionReview,
    Dossier,
    HandOver,
    Thanks,
)
from partnerwijzer.factors.models import FactorAction
from partnerwijzer.frameworks.words import DetailKind
from partnerwijzer.moments.models import Attendance, Incident, Pack, Replacement, Shift
from partnerwijzer.organisations.models import User
from partnerwijzer.quality.models import ActivityGoal
from partnerwijzer.research.models import Consent, Research
from partnerwijzer.trajectories.models import ImprovementPlan, Milestone, Series, SeriesMoment

SERIES, MILESTONES, HANDED = 4, 12, 12


def fill(dossier: Dossier, head: User, colleagues: list[User]) -> None:
    """Expects the moments, the agreement, the decision and the council item to be there."""
    moments = list(dossier.activities.order_by("on"))
    _series(dossier, head, moments)
    _days(dossier, head, colleagues, moments)
    _forms(dossier, moments)
    _agreed(dossier, head)
    _council(dossier, head)
    _around(dossier)
    _balance(dossier, head, colleagues)


def _series(dossier: Dossier, head: User, moments: list[Activity]) -> None:
    day = moments[0].on
    for number in range(SERIES):
        row = Series.objects.create(
            dossier=dossier,
            title=f"Reeks {number}",
            rule="weekly",
            first=day,
            until=day + timedelta(days=200),
            starts=time(9),
            ends=time(10, 40),
            made_by=head,
        )
        SeriesMoment.objects.bulk_create(
            SeriesMoment(series=row, activity=moment, by_rule=moment.on)
            for moment in moments[number::SERIES][:5]
        )
    Milestone.objects.bulk_create(
        Milestone(dossier=dossier, title=f"Mijlpaal {n}", on=_in(n * 20), note=WHY)
        for n in range(MILESTONES)
    )


def _days(dossier: Dossier, head: User, colleagues: list[User], moments: list[Activity]) -> None:
    """The first half of the moments happened; each has what the day itself brings."""
    partners = list(dossier.partners.all())
    goals = list(dossier.goals.all())
    ActivityGoal.objects.bulk_create(
        ActivityGoal(activity=moment, goal=goal) for moment in moments for goal in goals[:4]
    )
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=moment, row=row, part="leads" if number == 0 else "gives")
        for moment in moments
        for number, row in enumerate(partners)
    )
    for number, moment in enumerate(moments[: len(moments) // 2]):
        one, other = colleagues[number % 5], colleagues[number % 5 + 5]
        there = Attendance.objects.create(
            activity=moment, came="yes", pupils=22, note=WHY[:200], by=one
        )
        there.teachers.set([one])
        Replacement.objects.create(
            activity=moment, absent=one, substitute=other, note="Alles ligt klaar.", by=head
        )
        Shift.objects.create(
            activity=moment, side="partner", reason="De trein reed niet.", by=head,
            before="maandag 12 oktober, 9 tot 10.40 uur", told=["Lowie", "Joris"],
        )  # fmt: skip
        Pack.objects.create(activity=moment, arrival=WHY, contact=WHY, needs=WHY, questions=WHY)
    Incident.objects.create(activity=moments[0], happened=WHY, done=WHY, by=head)


def _forms(dossier: Dossier, moments: list[Activity]) -> None:
    """Each moment has a working form, filled in."""
    forms = [f for f in casework.content(dossier).vocab.working_forms if f.fields]
    for number, moment in enumerate(moments):
        form = forms[number % len(forms)]
        moment.working_form = form.key
        moment.details = {f.key: WHY for f in form.fields if f.kind == DetailKind.TEXT}
    Activity.objects.bulk_update(moments, ["working_form", "details"])


def _agreed(dossier: Dossier, head: User) -> None:
    """Days to look together in the newest version, and what the partner wants otherwise."""
    version = AgreementVersion.objects.filter(agreement__dossier=dossier).latest("number")
    days = AgreementCheckpoint.objects.bulk_create(
        AgreementCheckpoint(
            agreement=version.agreement, on=_in(n * 30), what=f"Loopt het goed? {n}",
            school_user=head, school_name=head.name, partner_name="Lowie",
        )
        for n in range(8)
    )  # fmt: skip
    version.checkpoints.set(days)
    AgreementChange.objects.bulk_create(
        AgreementChange(version=version, text=WHY, by_name="Lowie") for _ in range(5)
    )


def _council(dossier: Dossier, head: User) -> None:
    """What the council was judged to get, what it advised of itself, and later looks."""
    CouncilTest.objects.create(dossier=dossier, proposed="consult", judged_by=head)
    body = CouncilItem.objects.filter(dossier=dossier).latest("pk").body
    for number in range(3):
        advice = CouncilAdvice.objects.create(
            body=body, title=f"Advies {number}", text=WHY, received_on=_in(-number)
        )
        AboutDossier.objects.create(dossier=dossier, advice=advice)
    signed = Decision.objects.filter(dossier=dossier).exclude(decided_at=None).latest("pk")
    DecisionReview.objects.bulk_create(
        DecisionReview(decision=signed, user=head, words=WHY[:300], next_on=_in(n * 90))
        for n in range(3)
    )


def _around(dossier: Dossier) -> None:
    research = Research.objects.create(dossier=dossier, answers={})
    Consent.objects.bulk_create(
        Consent(research=research, group=group, asked=22, agreed=20)
        for group in dossier.groups.all()
    )
    ImprovementPlan.objects.create(dossier=dossier, title="Verbeterplan lezen", part=WHY[:200])
    CostPlan.objects.filter(dossier=dossier).update(explanation=WHY)


def _balance(dossier: Dossier, head: User, colleagues: list[User]) -> None:
    """What somebody will do about a factor, what is handed over, and the thanks that went."""
    factors = casework.content(dossier).factors.working_factors
    FactorAction.objects.bulk_create(
        FactorAction(
            dossier=dossier, moment="start", factor=factor.key, what="Elke maand bellen",
            owner=colleagues[number % 5], due=_in(30),
        )
        for number, factor in enumerate(factors)
    )  # fmt: skip
    HandOver.objects.bulk_create(
        HandOver(dossier=dossier, what=f"Map {n}", to_whom="Werkgroep taal") for n in range(HANDED)
    )
    for row in dossier.partners.all():
        Thanks.objects.create(
            row=row, to_name="Lowie", to_email="lowie@partner.example", subject="Dank je wel",
            body=WHY, sent_at=timezone.now(), sent_by=head,
        )  # fmt: skip


def _in(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
