"""Evidence is a thing of the school: it serves several dossiers, has versions, and ends."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import evidence as actions
from partnerwijzer.dossiers.actions import screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, Evidence
from partnerwijzer.dossiers.queries import evidence as queries
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story, text_file

FITS, GOALS = "fits-age", "goals-named"


@pytest.fixture
def paper(story: Story, opened: Dossier) -> Evidence:
    return story.proof(
        opened, FITS, kind="document", title="Attest", upload=text_file("Eerste", "attest.txt")
    )


def test_one_piece_serves_several_dossiers(
    story: Story, opened: Dossier, screened: Dossier, paper: Evidence, sign_in: SignIn
) -> None:
    actions.reuse(screened, actor=story.teacher, evidence=paper, criterion=FITS)

    fresh = Dossier.objects.get(pk=screened.pk)
    row = next(a for a in casework.asked_of(fresh) if a.criterion.key == FITS)
    assert paper in row.evidence
    file = reverse("dossiers:evidence_file", args=[screened.pk, paper.pk])
    assert sign_in("teacher").get(file).status_code == 200
    page = words(sign_in("teacher").get(reverse("dossiers:evidence_one", args=[paper.pk])))
    assert opened.title in page
    assert screened.title in page


def test_what_serves_another_dossier_is_taken_away_here_only(
    story: Story, opened: Dossier, screened: Dossier, paper: Evidence
) -> None:
    actions.reuse(screened, actor=story.teacher, evidence=paper, criterion=FITS)

    screening.remove_evidence(opened, actor=story.teacher, evidence=paper)

    fresh = Evidence.objects.get(pk=paper.pk)
    assert fresh.removed_at is None
    assert {a.dossier_id for a in fresh.assessments.all()} == {screened.pk}


def test_evidence_of_another_school_serves_nothing_here(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    other = story.open(school=story.world.other_school, actor=story.world.actor("other_head"))
    theirs = screening.add_evidence(
        other, actor=story.world.actor("other_head"), criterion=FITS, kind="document", title="X"
    )

    with pytest.raises(NotAllowedNow):
        actions.reuse(screened, actor=story.teacher, evidence=theirs, criterion=FITS)
    for address in (
        reverse("dossiers:evidence_one", args=[theirs.pk]),
        reverse("dossiers:evidence_file", args=[screened.pk, theirs.pk]),
    ):
        assert sign_in("teacher").get(address).status_code == 404
    chosen = reverse("dossiers:evidence_choose", args=[screened.pk, FITS])
    assert sign_in("teacher").post(chosen, {"bewijs": theirs.pk}).status_code == 404


def test_a_new_version_keeps_the_old_one_with_its_hash(
    story: Story, paper: Evidence, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("dossiers:evidence_one", args=[paper.pk])

    client.post(
        address, {"number": "1", "upload": text_file("Tweede", "attest2.txt"), "source": "Stad"}
    )

    fresh = Evidence.objects.get(pk=paper.pk)
    (old,) = fresh.versions.all()
    assert (fresh.number, fresh.source, old.number) == (2, "Stad", 1)
    assert fresh.file is not None
    assert old.file is not None
    assert old.file.sha256 == hashlib.sha256(b"Eerste").hexdigest()
    assert fresh.file.sha256 == hashlib.sha256(b"Tweede").hexdigest()
    first = client.get(reverse("dossiers:evidence_version", args=[paper.pk, 1]))
    assert b"".join(first.streaming_content) == b"Eerste"
    assert old.file.sha256[:16] in words(client.get(address))


def test_two_people_do_not_renew_over_each_other(story: Story, paper: Evidence) -> None:
    actions.renew(paper, actor=story.teacher, number=1, url="https://a.example/")

    with pytest.raises(NotAllowedNow):
        actions.renew(paper, actor=story.head, number=1, url="https://b.example/")
    assert Evidence.objects.get(pk=paper.pk).url == "https://a.example/"


def test_what_ends_is_a_task_and_what_is_over_proves_nothing(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    row = Evidence.objects.filter(assessments__dossier=screened, kind="own-observation").first()
    assert row is not None
    row.valid_until = story.today + timedelta(days=queries.AHEAD_DAYS + 1)
    row.save()
    assert list(queries.ending(story.head)) == []

    row.valid_until = story.today + timedelta(days=3)
    row.save()
    assert list(queries.ending(story.head)) == [row]
    assert "Vernieuw het bewijs" in words(sign_in("head").get("/taken/"))
    assert list(queries.ending(story.world.actor("other_head"))) == []

    row.valid_until = story.today - timedelta(days=1)
    row.save()
    assert row.is_over
    assert casework.before_yes(Dossier.objects.get(pk=screened.pk)) != []


def test_the_library_finds_by_title_source_and_partner_and_costs_the_same(
    story: Story, opened: Dossier, paper: Evidence, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:library")

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    before = cost()
    for number in range(5):
        story.proof(opened, GOALS, kind="document", title=f"Bewijs {number}", source="Politie")

    assert cost() == before <= 12
    for text in ("attest", "Schermlicht"):
        assert "Attest" in words(client.get(address, {"q": text}))
    assert "Attest" not in words(client.get(address, {"q": "politie"}))
    assert "Geen bewijs gevonden" in words(client.get(address, {"q": "xyzzy"}))
