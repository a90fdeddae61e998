"""A whole country of invented schools, partners and dossiers, put in the database in bulk."""

import random
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnerwijzer import places
from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.dossiers import casework, steps
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Activity,
    Agreement,
    Assessment,
    Decision,
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierMember,
    DossierPartner,
    Evaluation,
    Evidence,
    Position,
)
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.actions import ensure_published
from partnerwijzer.goals import folding
from partnerwijzer.goals.models import Goal, GoalImport, GoalSet
from partnerwijzer.organisations.models import Membership, School, SchoolBoard, Umbrella, User
from partnerwijzer.partners.models import Experience, ExperienceFactor, Offer, Partner
from partnerwijzer.search.spelling import folded

WORDS = (
    "lezen", "water", "taal", "bos", "museum", "atelier", "klank", "beeld", "dans", "buurt", "bib",
    "natuur", "media", "sport",
)  # fmt: skip
TOWNS = (
    "Veerdegem", "Oostmaarle", "Lindermeer", "Bovenveld", "Klei-Aarde", "Maarle", "Zonhoek",
    "Wijtschoten",
)  # fmt: skip
THEMES = ["reading", "media-literacy", "music", "nature-and-climate", "stem", "citizenship"]
LEVELS = ["kleuter", "lager", "lager-graad-3", "secundair"]
KINDS = ["library", "museum-and-heritage", "arts-organisation", "company", "training-organisation"]
BATCH = 1000


def make_crowd(
    chance: random.Random, schools: int, partners: int, dossiers: int
) -> tuple[dict[str, int], User]:
    """Fills the database. Gives keys of things to look at, and the head who looks."""
    ensure_published()
    make_goals(chance)
    places = _schools(chance, schools)
    head, colleagues = _people(places[0])
    organisations = _partners(chance, partners)
    _experiences(chance, organisations, places)
    rows = _dossiers(chance, places, organisations, head, dossiers)
    mine = [d for d in rows if d.school_id == places[0].pk]
    keys = _rich(chance, mine[0], head, colleagues)
    _aims(chance, organisations, mine[0])
    return {**keys, "partner": organisations[0].pk}, head


GOAL_SETS, GOALS, FIRST_GOAL = 950, 24_000, 1000
SUBJECTS = (
    "taal", "lezen", "breuken", "meten", "muziek", "bewegen", "natuur", "techniek", "burger",
    "geschiedenis", "media", "wereld", "verkeer", "gezondheid", "kunst", "leren", "sociaal",
)  # fmt: skip
SCHOOLING = ("Basisonderwijs", "Secundair onderwijs", "Deeltijds kunstonderwijs")


def make_goals(chance: random.Random) -> None:
    """As many educational goals as the government publishes, in as many sets."""
    rooms = [f"{a}{b}" for a in SUBJECTS for b in ("begrip", "vaardigheid", "kennis", "houding")]
    sets = [
        GoalSet(
            source_id=FIRST_GOAL + n,
            name=f"Doelen {chance.choice(SUBJECTS)} {n}",
            short_name=f"{chance.choice(SUBJECTS).title()} {n}",
            edition="2024",
            level=SCHOOLING[n % len(SCHOOLING)],
            competence_number=str(n % 16 + 1),
            competence=f"Competentie {n % 16 + 1}",
            search_text=folding.index(f"Doelen {chance.choice(SUBJECTS)} {SCHOOLING[n % 3]}"),
            fingerprint="",
        )
        for n in range(GOAL_SETS)
    ]
    GoalSet.objects.bulk_create(sets, batch_size=BATCH)
    Goal.objects.bulk_create((_goal(chance, n, rooms) for n in range(GOALS)), batch_size=BATCH)
    GoalImport.objects.create(source="crowd")


def _goal(chance: random.Random, number: int, rooms: list[str]) -> Goal:
    words = " ".join(chance.choices(rooms, k=18) + chance.choices(SUBJECTS, k=4))
    code = f"{number % 16 + 1}.{number // 16 % 60 + 1}"
    text = f"De leerlingen tonen {words}."
    valid = chance.random() < 0.8
    return Goal(
        source_id=FIRST_GOAL + number,
        goal_set_id=FIRST_GOAL + number % GOAL_SETS,
        code=code,
        text=text,
        kind="Eindterm",
        validity="valid" if valid else "expired",
        search_text=folding.index(f"{code} {text}"),
        fingerprint="",
    )


def _schools(chance: random.Random, count: int) -> list[School]:
    umbrella = Umbrella.objects.create(name="Koepel")
    boards = SchoolBoard.objects.bulk_create(
        SchoolBoard(name=f"Bestuur {i}") for i in range(max(1, count // 8))
    )
    return School.objects.bulk_create(
        School(
            name=f"School {i} {chance.choice(WORDS)}",
            kind="basis",
            board=boards[i % len(boards)],
            umbrella=umbrella,
            town=chance.choice(TOWNS),
        )
        for i in range(count)
    )


def _people(school: School) -> tuple[User, list[User]]:
    head = User.objects.create_user("head@school.example", None, name="Mira Veldwijk")
    others = User.objects.bulk_create(
        User(email=f"teacher{i}@school.example", name=f"Leerkracht {i}") for i in range(40)
    )
    Membership.objects.create(user=head, role="head", school=school)
    Membership.objects.bulk_create(
        Membership(user=user, role="teacher", school=school) for user in others
    )
    return head, others


def _partners(chance: random.Random, count: int) -> list[Partner]:
    rows = [_partner(chance, i) for i in range(count)]
    Partner.objects.bulk_create(rows, batch_size=BATCH)
    offers = [_offer(chance, partner, i) for partner in rows for i in range(2)]
    Offer.objects.bulk_create(offers, batch_size=BATCH)
    with transaction.atomic():
        for partner in rows:  # saving fills what the search reads, offers included
            partner.save()
    return rows


def _partner(chance: random.Random, number: int) -> Partner:
    name = f"{chance.choice(WORDS).title()}huis {chance.choice(TOWNS)} {number}"
    about = f"Werkt met scholen rond {chance.choice(WORDS)} en {chance.choice(WORDS)}."
    return Partner(
        name=name,
        kind=chance.choice(KINDS),
        description=about,
        town=chance.choice(TOWNS),
        themes=chance.sample(THEMES, 2),
        levels=chance.sample(LEVELS, 2),
    )


def _offer(chance: random.Random, partner: Partner, number: int) -> Offer:
    title = f"{chance.choice(WORDS).title()} voor de klas {number}"
    row = Offer(
        partner=partner,
        title=title,
        description="Een halve dag samen aan het werk.",
        audience=["pupils"],
        levels=partner.levels,
        themes=partner.themes,
        shape=chance.choice(["one-off", "series", "trajectory"]),
        working_form="workshop",
        place="at-school",
        price=chance.choice([None, 0, 5, 12]),
        price_unit="pupil",
        grounding=chance.choice([None, 0, 1, 2, 3]),
    )
    row.search_text = folded(f"{title} {row.description}")
    return row


def _experiences(chance: random.Random, partners: list[Partner], schools: list[School]) -> None:
    """Twenty schools told about the first partner, up to six about the others."""
    rows = []
    for number, partner in enumerate(partners):
        tellers = chance.sample(schools, 20 if number == 0 else chance.randrange(7))
        rows += [_experience(chance, partner, school) for school in tellers]
    Experience.objects.bulk_create(rows, batch_size=BATCH)
    factors = ["easy-to-reach", "fixed-contact", "keeps-agreements", "goal-clear"]
    ExperienceFactor.objects.bulk_create(
        (
            ExperienceFactor(
                experience=row, factor=key, effect=chance.choice(["smooth", "difficult"])
            )
            for row in rows
            for key in chance.sample(factors, 2)
        ),
        batch_size=BATCH,
    )


def _experience(chance: random.Random, partner: Partner, school: School) -> Experience:
    return Experience(
        partner=partner,
        school=school,
        board_id=school.board_id,
        audience=chance.choice(["everyone", "everyone", "board", "school"]),
        source=f"crowd:{school.pk}",
        school_year=chance.choice([2024, 2025, 2026]),
        published_on=date(2026, 6, 1),
        again=chance.choice(["yes", "yes", "changed", "no"]),
        advice="Vraag de bundel vooraf.",
        text_consent=True,
    )


def _dossiers(
    chance: random.Random, schools: list[School], partners: list[Partner], head: User, count: int
) -> list[Dossier]:
    framework = frameworks.latest(SYSTEM)
    derived = steps.derive(steps.Facts(partners=1))
    stored: dict[str, Any] = {s.key: s.as_json() for s in derived}
    rows = [
        Dossier(
            school=schools[i % len(schools)],
            framework=framework,
            title=f"{chance.choice(WORDS).title()} in de klas {i}",
            kind="one-off",
            created_by=head,
            updated_at=timezone.now() - timedelta(minutes=i),
            steps={**stored, "now": 1},
        )
        for i in range(count)
    ]
    Dossier.objects.bulk_create(rows, batch_size=BATCH)
    DossierPartner.objects.bulk_create(
        (DossierPartner(dossier=d, partner=chance.choice(partners)) for d in rows), batch_size=BATCH
    )
    DossierGroup.objects.bulk_create(
        (DossierGroup(dossier=d, level="lager-graad-3", label="5A", pupils=22) for d in rows),
        batch_size=BATCH,
    )
    _activities(chance, rows)
    return rows


def _activities(chance: random.Random, dossiers: list[Dossier]) -> None:
    """One for every third dossier, within two months round today."""
    today = timezone.localdate()
    Activity.objects.bulk_create(
        (
            Activity(
                dossier=d,
                title=d.title,
                on=today + timedelta(days=chance.randrange(-30, 30)),
                starts=time(9),
                ends=time(10, 40),
            )
            for d in dossiers[::3]
        ),
        batch_size=BATCH,
    )


def _rich(
    chance: random.Random, dossier: Dossier, head: User, colleagues: list[User]
) -> dict[str, int]:
    """One dossier with everything: all criteria answered with evidence, positions, evaluations."""
    dossier.kind, dossier.screening = "structural", "full"
    dossier.themes = ["reading", "newcomers"]
    every = casework.content(dossier).framework.situations
    dossier.situations = {s.key: True for s in every}
    dossier.council_duty = "consult"
    dossier.save()
    for user in colleagues[:6]:
        DossierMember.objects.create(dossier=dossier, user=user, part="works")
    for row in casework.asked_of(dossier):
        _answered(dossier, row.criterion.key, head)
    decision = Decision.objects.create(
        dossier=dossier,
        question="Gaan we samenwerken?",
        template="advice",
        closes_on=timezone.localdate(),
        opened_by=head,
        signer=head,
    )
    Position.objects.bulk_create(
        Position(decision=decision, user=u, option="do", reason="Goed.", given_at=timezone.now())
        for u in colleagues[:20]
    )
    for user in colleagues[:10]:
        _looked_back(chance, dossier, user)
    for _ in range(12):
        Activity.objects.create(
            dossier=dossier,
            title="Sessie",
            on=timezone.localdate() + timedelta(days=chance.randrange(1, 60)),
            starts=time(9),
            ends=time(10),
        )
    row = dossier.partners.get()
    Agreement.objects.create(dossier=dossier, partner=row.partner)
    touched(dossier)
    return {"dossier": dossier.pk, "draft": dossier.pk, "row": row.pk}


def _aims(chance: random.Random, partners: list[Partner], dossier: Dossier) -> None:
    """Goals of all offers and of one dossier, a place for everybody, and what it may cost."""
    group = GoalSet.objects.create(source_id=1, name="Doelen", search_text="", fingerprint="")
    goals = Goal.objects.bulk_create(
        Goal(source_id=n, goal_set=group, text=f"Doel {n}", search_text="", fingerprint="")
        for n in range(1, 201)
    )
    through = Offer.goals.through
    through.objects.bulk_create(
        (
            through(offer_id=key, goal_id=goal.pk)
            for key in Offer.objects.values_list("pk", flat=True)
            for goal in chance.sample(goals, chance.randrange(4))
        ),
        batch_size=BATCH,
    )
    codes = [place.postcode for place in places.everywhere()]
    for partner in partners:
        partner.postcode = chance.choice(codes)
    Partner.objects.bulk_update(partners, ["postcode"], batch_size=BATCH)
    School.objects.filter(pk=dossier.school_id).update(postcode="8500")
    Dossier.objects.filter(pk=dossier.pk).update(budget=8)
    DossierGoal.objects.bulk_create(DossierGoal(dossier=dossier, goal=goal) for goal in goals[:4])


def _answered(dossier: Dossier, criterion: str, user: User) -> None:
    answer = Assessment.objects.create(
        dossier=dossier,
        criterion=criterion,
        status="done",
        judgement="in-order",
        argument="We keken dit samen na. " * 6,
        updated_by=user,
    )
    for number in range(2):
        evidence = Evidence.objects.create(
            dossier=dossier, kind="own-observation", title=f"Gesprek {number}", added_by=user
        )
        evidence.assessments.add(answer)


def _looked_back(chance: random.Random, dossier: Dossier, user: User) -> None:
    keys = [f.key for f in casework.content(dossier).factors.working_factors]
    Evaluation.objects.create(
        dossier=dossier,
        user=user,
        aim_result="reached",
        again=chance.choice(["yes", "changed"]),
        working_factors={key: chance.randrange(1, 6) for key in keys},
        advice="Zorg voor tijd.",
    )
