"""Issue 4, item 24: "copied over to a new school year without people's data", for everything that
hangs on a dossier or on one of its moments."""

from django.apps import apps
from django.db import models

from partnerwijzer.access.models import AccessLink
from partnerwijzer.archive import repeating
from partnerwijzer.archive.actions.again import take_over
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityPartner,
    Agreement,
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierPartner,
    PartIn,
)
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.organisations.models import User
from partnerwijzer.surveys.models import Survey
from partnerwijzer.trajectories.models import Series, SeriesPartner
from tests.dossiers import marked

# What goes along, and how.
GOES = {
    "dossiers.DossierPartner": "the partner, with an offer that is still there",
    "dossiers.DossierGroup": "level, class and number",
    "dossiers.DossierGoal": "goals that still hold, with what pupils do",
    "dossiers.Agreement": "chosen blocks and fields of archive/again.yaml, as a draft",
    "dossiers.Activity": "planned, on its new day, without teacher",
    "dossiers.ActivityPartner": "what each partner that still takes part does at a moment",
    "dossiers.DossierMember": "who takes it over leads it; nobody else",
    "dossiers.Assessment": "only when asked: a reason that is young enough, without judgement",
    "dossiers.Evidence": "only what the choice of goals proves by itself",
    "trajectories.Series": "its rule, on the same weekday, without teachers",
    "trajectories.SeriesPartner": "what each partner does in it",
    "trajectories.SeriesMoment": "which moment came out of it",
    "trajectories.Milestone": "still to do, on its new day",
    "trajectories.ImprovementPlan": "its name, day and address; not its file",
    "costs.CostLine": "with the price of then",
    "quality.ActivityGoal": "at which goals a moment works",
    "quality.QualityTag": "what the dossier was meant to contribute to",
    "volunteers.Slot": "role and number, all of them free",
    "archive.Succession": "made new: from which one it goes on",
}
# What stays behind, and why.
STAYS = {
    "costs.CostPlan": "why a ceiling was passed then",
    "dossiers.AboutDossier": "an advice about then",
    "dossiers.AdviserQuestion": "a question of one person to another",
    "dossiers.AgreementCheckpoint": "of a version that was confirmed",
    "dossiers.AgreementFeed": "a secret address of then",
    "dossiers.AgreementLink": "a person at the partner",
    "dossiers.AgreementMessage": "what people wrote to each other",
    "dossiers.AgreementVersion": "confirmed by name and date",
    "dossiers.CouncilItem": "what a body said then",
    "dossiers.CouncilTest": "judged by somebody, about then",
    "dossiers.Decision": "signed by somebody, about then",
    "dossiers.DossierSurvey": "answers of people",
    "dossiers.Dossier": "another dossier",
    "dossiers.Evaluation": "how a colleague looked back",
    "dossiers.ExperienceRequest": "a person at another school",
    "dossiers.HandOver": "what was left behind, to whom",
    "dossiers.OutsideAdvice": "a person outside",
    "dossiers.Presence": "who has a page open",
    "dossiers.Remark": "what colleagues wrote",
    "dossiers.SecondReading": "who read it",
    "dossiers.SharedScreening": "what was shared of then",
    "dossiers.Sharing": "what was shared of then",
    "dossiers.Thanks": "a mail to a person",
    "dossiers.TreeRun": "facts of then, walked by somebody",
    "factors.Ask": "a person at the partner",
    "factors.FactorAction": "what was to be done then, by whom",
    "factors.Score": "what a person found",
    "moments.Attendance": "who was there",
    "moments.Incident": "about people",
    "moments.Pack": "names who to ask for on that day",
    "moments.Replacement": "who was ill and who came",
    "moments.Shift": "what happened to a day then",
    "quality.TagSheet": "a number that tells two editors apart",
    "research.Consent": "consent is given anew",
    "research.Research": "approval is asked anew",
    "volunteers.Volunteer": "people",
    "worklist.Assignment": "a task of one person",
}
# What of a dossier has rows of its own that lead to it.
PARENTS = (
    *(Dossier, Activity, Agreement, Series),
    *(DossierGoal, DossierGroup, DossierPartner),
)
# Never in what goes along: somebody's link, a file, or a survey.
BEHIND = (AccessLink, StoredFile, Survey)

Link = models.ForeignKey[models.Model]


def hanging() -> dict[str, list[Link]]:
    """Every model with a link to a dossier or to a part of one: its links."""
    found: dict[str, list[Link]] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model in PARENTS:
                found.setdefault(model._meta.label, []).append(field)
    return found


def rows(dossier: Dossier, label: str) -> list[models.Model]:
    """What hangs on this dossier of a model, each row once."""
    found = {}
    for link in hanging()[label]:
        path = link.name if link.related_model is Dossier else f"{link.name}__dossier"
        found |= {row.pk: row for row in link.model._base_manager.filter(**{path: dossier})}
    return list(found.values())


def test_it_is_said_of_everything_whether_it_goes_along() -> None:
    assert set(GOES) & set(STAYS) == set()
    assert set(hanging()) == set(GOES) | set(STAYS)


def with_partners(dossier: Dossier) -> None:
    """Says who comes to a series and to each of its moments."""
    row, series = dossier.partners.all()[0], dossier.series.all()[0]
    SeriesPartner.objects.create(series=series, row=row, part=PartIn.LEADS)
    for moment in series.moments.all():
        ActivityPartner.objects.create(activity=moment.activity, row=row, part=PartIn.LEADS)


def test_a_dossier_that_holds_everything_goes_along_without_people(db: None) -> None:
    frameworks.ensure_published()
    found = marked.build()
    head = found.world.actor("head")
    with_partners(Dossier.objects.get(pk=found.a["dossier"]))
    source = reading.get_whole(head, found.a["dossier"])

    new = take_over(source, actor=head, year=repeating.year_of(source) + 1, title="Opnieuw")

    came = {label: rows(new, label) for label in hanging()}
    assert {label for label, these in came.items() if these} == set(GOES)
    behind = {label for label in STAYS if rows(source, label)}
    assert {"volunteers.Volunteer", "dossiers.Evaluation", "dossiers.Decision"} < behind
    people, things = set(), []
    for row in (new, *(row for these in came.values() for row in these)):
        for field in row._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                people.add(getattr(row, field.attname))
            elif isinstance(field, models.ForeignKey) and field.related_model in BEHIND:
                things.append(getattr(row, field.attname))
            elif isinstance(field, models.ManyToManyField) and field.related_model is User:
                people |= set(getattr(row, field.name).values_list("pk", flat=True))
    assert people <= {head.uid, None}
    assert set(things) == {None}
