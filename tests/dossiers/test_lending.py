"""A colleague school's screening as a start, with attribution and date; what grew old says so."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import carrying, casework, moving
from partnerwijzer.dossiers.actions import lending as actions
from partnerwijzer.dossiers.actions import moving as moves
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import (
    Assessment,
    Dossier,
    Evidence,
    SharedScreening,
    Status,
)
from partnerwijzer.dossiers.queries import lending as queries
from partnerwijzer.partners.models import Partner, PartnerContact
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.releases import publish
from tests.dossiers.story import Story

FITS = "fits-age"


@pytest.fixture
def theirs(story: Story, partner: Partner) -> Dossier:
    """An open dossier of another school, with the same partner."""
    actor = story.world.actor("other_head")
    return story.open(partner, school=story.world.other_school, actor=actor, title="Bij hen")


@pytest.fixture
def shared(story: Story, screened: Dossier) -> SharedScreening:
    keys = [row.criterion.key for row in casework.asked_of(screened)]
    return actions.share_screening(screened, actor=story.head, keys=keys)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Teacher belde met Lowie Staepen; Lowie vond het prima.",
         "[naam] belde met [naam]; [naam] vond het prima."),
        ("Het uittreksel van Karim Benali (596.2) is nagekeken, mevrouw Benali wacht.",
         "Het uittreksel van [naam] (596.2) is nagekeken, mevrouw [naam] wacht."),
        ("Juf Ann belde 09 123 45 67 en mailde info@museum.example.",
         "[naam] belde [contact] en mailde [contact]."),
        ("Attest van 12.03.2026, geldig in 2025-2026.",
         "Attest van 12.03.2026, geldig in 2025-2026."),
    ],
)  # fmt: skip
def test_no_name_of_a_person_is_shared(
    text: str, told: str, story: Story, screened: Dossier, partner: Partner
) -> None:
    for name in ("Lowie Staepen", "Karim Benali"):
        PartnerContact.objects.create(partner=partner, name=name)
    story.judge(screened, FITS, "partly", argument=text)

    row = actions.share_screening(
        Dossier.objects.get(pk=screened.pk), actor=story.head, keys=[FITS]
    )

    (answer,) = row.data["answers"]
    assert answer["argument"] == told
    assert set(answer) == {"key", "question", "judgement", "argument", "on", "evidence"}


def test_only_the_head_shares_and_takes_back(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    address = reverse("dossiers:lend", args=[screened.pk])
    assert sign_in("teacher").get(address).status_code == 404
    client = sign_in("head")
    assert client.post(address, {"keys": [FITS]}).status_code == 200  # not read through yet
    assert not SharedScreening.objects.exists()

    client.post(address, {"keys": [FITS], "agreed": "on"})

    row = SharedScreening.objects.get()
    assert [a["key"] for a in row.data["answers"]] == [FITS]
    client.post(address, {"wat": "intrekken"})
    row.refresh_from_db()
    assert (row.data, row.withdrawn_at is None) == ({}, False)


def test_another_school_takes_it_as_a_start_and_looks_itself(
    story: Story, shared: SharedScreening, theirs: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("other_head")
    detail = reverse("dossiers:detail", args=[theirs.pk])
    assert "School A" in words(client.get(detail))

    client.post(reverse("dossiers:take", args=[theirs.pk]), {"bron": f"school-{shared.pk}"})

    row = Assessment.objects.get(dossier=theirs, criterion=FITS)
    assert (row.judgement, row.status) == ("in-order", Status.BUSY)
    assert row.origin["where"] == "School A"
    assert casework.before_yes(Dossier.objects.get(pk=theirs.pk)) != []
    page = words(client.get(reverse("dossiers:criterion", args=[theirs.pk, FITS])))
    assert "Overgenomen van School A, van" in page
    assert not any(name in page for name in ("Coordinator", "Adviser", " Head"))


def test_evidence_goes_along_only_where_it_is_marked(
    story: Story, screened: Dossier, theirs: Dossier
) -> None:
    marked = story.proof(screened, FITS, kind="document", title="Website", url="https://a.example/")
    story.proof(screened, FITS, kind="document", title="Intern", url="https://b.example/")
    fresh = Dossier.objects.get(pk=screened.pk)
    row = actions.share_screening(fresh, actor=story.head, keys=[FITS], evidence=[marked.pk])

    actions.take_shared(theirs, actor=story.world.actor("other_head"), shared=row)

    (found,) = Evidence.objects.filter(dossier=theirs)
    assert (found.title, found.url, found.source, found.file) == (
        "Website",
        "https://a.example/",
        "School A",
        None,
    )


def test_what_was_taken_back_cannot_be_taken(
    story: Story, screened: Dossier, shared: SharedScreening, theirs: Dossier, sign_in: SignIn
) -> None:
    actions.withdraw_screening(screened, actor=story.head)
    client = sign_in("other_head")

    answer = client.post(
        reverse("dossiers:take", args=[theirs.pk]), {"bron": f"school-{shared.pk}"}
    )

    assert answer.status_code == 404
    assert not theirs.assessments.exists()


def test_a_screening_of_another_partner_is_no_start(story: Story, shared: SharedScreening) -> None:
    actor = story.world.actor("other_head")
    somebody = story.make_partner("Iemand anders")
    dossier = story.open(somebody, school=story.world.other_school, actor=actor)

    with pytest.raises(NotAllowedNow):
        actions.take_shared(dossier, actor=actor, shared=shared)


def test_an_answer_of_ones_own_is_never_replaced(
    story: Story, shared: SharedScreening, theirs: Dossier
) -> None:
    actor = story.world.actor("other_head")
    story.judge(theirs, FITS, "partly", argument="Onze mening.", actor=actor)

    actions.take_shared(Dossier.objects.get(pk=theirs.pk), actor=actor, shared=shared)

    row = Assessment.objects.get(dossier=theirs, criterion=FITS)
    assert (row.judgement, row.argument, row.origin) == ("partly", "Onze mening.", {})


def test_an_earlier_dossier_of_the_school_counts(
    story: Story, screened: Dossier, opened: Dossier, sign_in: SignIn
) -> None:
    count = actions.take_own(opened, actor=story.teacher, other=screened)

    row = Assessment.objects.get(dossier=opened, criterion=FITS)
    assert count > 0
    assert (row.status, row.origin["where"], row.origin["kind"]) == (
        Status.DONE,
        screened.title,
        "dossier",
    )
    assert row.evidence.exists()


def test_what_nobody_looked_at_yet_stays_so_and_of_whom_it_was(
    story: Story, shared: SharedScreening, theirs: Dossier
) -> None:
    """S1.4: an answer of another school is nobody's own by handing it on."""
    actor = story.world.actor("other_head")
    actions.take_shared(theirs, actor=actor, shared=shared)
    partner = theirs.partners.get().partner
    second = story.open(partner, school=theirs.school, actor=actor, title="Nog eens")

    actions.take_own(second, actor=actor, other=Dossier.objects.get(pk=theirs.pk))

    row = Assessment.objects.get(dossier=second, criterion=FITS)
    assert row.status == Status.BUSY
    assert "Overgenomen van School A, van" in carrying.words(row.origin)
    assert carrying.is_borrowed(row.origin)


def test_what_grew_old_waits_for_a_look_and_says_so_everywhere(
    story: Story, screened: Dossier, opened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    Dossier.objects.exclude(pk__in=[screened.pk, opened.pk]).update(school=story.world.other_school)
    long_ago = datetime(story.today.year - 3, 1, 1, 12, tzinfo=UTC)
    Assessment.objects.filter(dossier=screened).update(updated_at=long_ago)
    client = sign_in("teacher")

    pages = [
        words(client.get(reverse("partners:detail", args=[partner.pk]))),
        words(client.get(reverse("dossiers:create"), {"partner": partner.pk})),
        words(client.get(reverse("dossiers:detail", args=[opened.pk]))),
        words(client.get(reverse("dossiers:take", args=[opened.pk]))),
    ]
    assert ["verouderd" in page for page in pages] == [True] * 4

    actions.take_own(opened, actor=story.teacher, other=screened)

    row = Assessment.objects.get(dossier=opened, criterion=FITS)
    assert row.status == Status.BUSY


def test_a_second_reader_takes_nothing_that_is_hidden_yet(
    story: Story, screened: Dossier, opened: Dossier
) -> None:
    story.second(screened, FITS)

    actions.take_own(
        opened,
        actor=story.world.actor("teacher2"),
        other=Dossier.objects.get(pk=screened.pk),
    )

    assert not opened.assessments.filter(criterion=FITS).exists()


def test_another_school_never_sees_the_dossiers_of_this_one(
    story: Story, screened: Dossier, theirs: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    client = sign_in("other_head")

    assert queries.sources(story.world.actor("other_head"), theirs.school_id, [partner.pk],
                           but=theirs.pk) == []  # fmt: skip
    answer = client.post(
        reverse("dossiers:take", args=[theirs.pk]), {"bron": f"dossier-{screened.pk}"}
    )
    assert answer.status_code == 404


# Evidence that comes along from a dossier of another release


def test_evidence_of_a_kind_that_this_release_does_not_know_keeps_its_words(
    story: Story, screened: Dossier, opened: Dossier, sign_in: SignIn
) -> None:
    evidence = screened.evidence.filter(removed_at=None, assessments__isnull=False).first()
    assert evidence is not None
    shipped = casework.content(screened).framework
    left = [k.model_dump(mode="json") for k in shipped.evidence_kinds if k.key != evidence.kind]
    target = moving.Target(publish("9.9.0", evidence_kinds=left), None)
    moved = moves.move(opened, actor=story.teacher, version=opened.version, target=target)

    actions.take_own(moved, actor=story.teacher, other=screened)

    key = evidence.assessments.values_list("criterion", flat=True)[0]
    answer = sign_in("teacher").get(reverse("dossiers:criterion", args=[moved.pk, key]))
    assert answer.status_code == 200
    assert evidence.title in words(answer)
