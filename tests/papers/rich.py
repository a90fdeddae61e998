"""A dossier with something on every list of the whole dossier, each with words of its own."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from partnerwijzer.access.actor import ANONYMOUS, guest
from partnerwijzer.access.models import AccessLink
from partnerwijzer.costs.models import CostLine, CostPlan
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityPartner,
    AdviserQuestion,
    AgreementChange,
    AgreementCheckpoint,
    CouncilTest,
    DecisionReview,
    Dossier,
    DossierPartner,
    HandOver,
    OutsideAdvice,
    Thanks,
)
from partnerwijzer.factors import actions as factors
from partnerwijzer.frameworks.words import DetailKind
from partnerwijzer.moments.models import Attendance, Replacement, Shift
from partnerwijzer.quality.models import ActivityGoal, QualityTag
from partnerwijzer.surveys import actions as surveys
from partnerwijzer.surveys.models import Survey
from partnerwijzer.trajectories.models import Milestone, Series, SeriesPartner
from partnerwijzer.volunteers.models import Slot
from tests.dossiers.story import Story

# For each list a word that only its own row holds.
OUTSIDE = {
    "wie-werkt-eraan": "werkt mee",
    "doelen": "Ze tellen mee aan de kassa.",
    "kwaliteitskader": "daar werken we aan",
    "kosten": "Busrit Gent",
    "kosten-uitleg": "Het oudercomité past bij.",
    "mijlpalen": "Eerste gesprek gevoerd",
    "reeksen": "Leesuur op dinsdag",
    "samen-kijken": "Bijsturen vóór Pasen.",
    "gevraagde-wijzigingen": "Liever op vrijdag.",
    "raad-wat-moet": "Verslag van mei, punt 4.",
    "werkvormen": "Koffers op tafel",
    "wie-komt": "Tweede partner vzw",
    "doelen-per-moment": "De leerlingen oefenen 7.",
    "helpende-handen": "17",
    "verplaatst": "Trein reed niet",
    "aanwezigheid": "24",
    "leerlingen": "niet zo: 5",
    "wat-blijft": "Woordenlijst",
    "dank": "Merci voor de koffers.",
    "werkzame-factoren": "bij de start",
}
INSIDE = {
    "tweede-lezing": "Met een tolk lukt het.",
    "vervangingen": "Sleutel ligt klaar",
    "anker": "Is dit haalbaar?",
    "advies-van-buiten": "Neem er een opvoeder bij.",
    "ervaring-gevraagd": "Asked organisation",
    "ervaring": "Ze kwamen op tijd.",
    "werkzame-factoren-acties": "Elke maand bellen",
}
# What stands in a list that goes outside, in a column that does not.
KEPT_BACK = ("Volgende keer vroeger.", "An van de bib", "Het was saai.")
WRITTEN = "Het was saai."


def enrich(story: Story, full: Dossier) -> Dossier:
    """Takes a dossier with one moment and fills every list of it."""
    activity = full.activities.get()
    _asked(story, full)
    _planned(story, full, activity)
    _agreed(story, full)
    _day(story, activity)
    _balance(story, full, activity)
    return Dossier.objects.get(pk=full.pk)


def _planned(story: Story, full: Dossier, activity: Activity) -> None:
    today, head = timezone.localdate(), story.world.user("head")
    story.choose_goal(full, story.make_goal(7))
    goal = full.goals.get(goal__code="1.7")
    full.goals.filter(pk=goal.pk).update(how="Ze tellen mee aan de kassa.")
    ActivityGoal.objects.create(activity=activity, goal=goal)
    rubric = story.content.framework.rubrics[0].key
    QualityTag.objects.create(dossier=full, part="aim", rubric=rubric)
    line = CostLine.objects.create(
        dossier=full, what="Busrit Gent", unit="pupil", amount=Decimal("4.50"), need="needed",
        school_year=today.year, parents_each=Decimal("1.25"),
    )  # fmt: skip
    line.groups.set(full.groups.all())
    CostPlan.objects.create(dossier=full, explanation="Het oudercomité past bij.")
    Milestone.objects.create(dossier=full, title="Eerste gesprek gevoerd", on=today)
    series = Series.objects.create(
        dossier=full, title="Leesuur op dinsdag", rule="weekly", first=today, made_by=head,
        until=today + timedelta(days=30), starts=activity.starts, ends=activity.ends,
    )  # fmt: skip
    second = story.make_partner("Tweede partner vzw")
    row = DossierPartner.objects.create(dossier=full, partner=second)
    ActivityPartner.objects.create(activity=activity, row=row, part="gives")
    SeriesPartner.objects.create(series=series, row=row, part="gives")
    CouncilTest.objects.filter(dossier=full).update(waived="Verslag van mei, punt 4.")


def _asked(story: Story, full: Dossier) -> None:
    head = story.world.user("head")
    request = story.ask(full)
    written = next(q for q in request.invitation.survey.asked if q.kind == "text")
    answers = {written.key: "Ze kwamen op tijd."}
    surveys.answer_by_link(request.invitation, actor=guest("Hanne"), answers=answers)
    asked = story.ask_adviser(full)
    AdviserQuestion.objects.filter(pk=asked.pk).update(question="Is dit haalbaar?")
    link = AccessLink.objects.order_by("-pk").first()
    assert link is not None
    OutsideAdvice.objects.create(
        dossier=full, link=link, question="Wat raden jullie aan?", asked_by=head,
        answer="Neem er een opvoeder bij.", answered_at=timezone.now(), organisation="CLB",
    )  # fmt: skip
    now = timezone.now()
    full.second_readings.create(
        criterion="fits-age", reader=head, asked_by=head, judgement="partly", read_at=now,
        argument="Met een tolk lukt het.", blind=False,
    )  # fmt: skip


def _agreed(story: Story, full: Dossier) -> None:
    agreement = full.agreements.get()
    version = agreement.versions.get()
    day = AgreementCheckpoint.objects.create(
        agreement=agreement, on=story.today, what="Loopt het goed?", school_name="Tine",
        partner_name="Lowie", done_at=timezone.now(), done_by="Lowie", note="Bijsturen vóór Pasen.",
    )  # fmt: skip
    version.checkpoints.add(day)
    AgreementChange.objects.create(version=version, text="Liever op vrijdag.", by_name="Lowie")
    DecisionReview.objects.create(
        decision=full.decisions.get(), user=story.world.user("head"), words="Het liep vlot."
    )


def _day(story: Story, activity: Activity) -> None:
    head, teacher = story.world.user("head"), story.world.user("teacher")
    form = next(f for f in story.content.vocab.working_forms if f.fields)
    field = next(f for f in form.fields if f.kind == DetailKind.TEXT and f.moment == "before")
    Activity.objects.filter(pk=activity.pk).update(
        working_form=form.key, details={field.key: "Koffers op tafel"}
    )
    Slot.objects.create(activity=activity, role="talk", wanted=17)
    there = Attendance.objects.create(
        activity=activity, came="yes", pupils=24, note="Volgende keer vroeger.", by=teacher
    )
    there.teachers.set([teacher])
    Replacement.objects.create(
        activity=activity, absent=teacher, substitute=head, note="Sleutel ligt klaar", by=head
    )
    Shift.objects.create(
        activity=activity, side="partner", reason="Trein reed niet", before="maandag",
        told=["An van de bib"], by=head,
    )  # fmt: skip


def _balance(story: Story, full: Dossier, activity: Activity) -> None:
    head = story.world.user("head")
    pupils_say(story, activity, 5)
    HandOver.objects.create(dossier=full, what="Woordenlijst", to_whom="Werkgroep taal")
    Thanks.objects.create(
        row=full.partners.order_by("pk")[0], to_name="Lowie", to_email="lowie@partner.example",
        subject="Dank", body="Merci voor de koffers.", sent_at=timezone.now(), sent_by=head,
    )  # fmt: skip
    teacher = story.world.actor("teacher")
    factors.score(full, actor=teacher, moment="start", answers={})
    factor = story.content.factors.working_factors[0].key
    full.factor_actions.create(
        moment="start", factor=factor, what="Elke maand bellen", owner=head, due=story.today
    )


def pupils_say(story: Story, activity: Activity, times: int) -> Survey:
    """So many pupils answer and write something; then it is closed."""
    survey = running.start_pupil_survey(activity, actor=story.teacher).survey
    assert survey is not None
    scale = next(q for q in survey.asked if q.kind in ("smiley3", "smiley5", "scale5"))
    text = next(q for q in survey.asked if q.kind == "text")
    given = {scale.key: 2, text.key: WRITTEN}
    for _number in range(times):
        surveys.answer_anonymously(survey, actor=ANONYMOUS, answers=given)
    surveys.close_survey(survey, actor=story.teacher)
    return Survey.objects.get(pk=survey.pk)
