"""Step 1: a judgement with a reason, and what supports it."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import basics, deciding, screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.frameworks.words import ConclusionKey
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import tree, words
from tests.dossiers.story import Story, text_file

FITS = "fits-age"
OTHER = "fits-school-project"


@pytest.fixture
def begun(story: Story, opened: Dossier) -> Dossier:
    story.begin(opened)
    return Dossier.objects.get(pk=opened.pk)


@pytest.fixture
def page(begun: Dossier) -> str:
    return reverse("dossiers:criterion", args=[begun.pk, FITS])


# What an answer needs


def test_a_judgement_without_reason_is_refused(story: Story, begun: Dossier) -> None:
    with pytest.raises(NotAllowedNow, match="waarom"):
        story.judge(begun, FITS, "partly", argument="  ")

    assert story.judge(begun, FITS, "partly", argument="Het is wat moeilijk.").status == "done"


def test_in_order_without_proof_is_refused(story: Story, begun: Dossier) -> None:
    story.proof(begun, FITS, kind="partner-claim")
    with pytest.raises(NotAllowedNow, match="geen bewijs"):
        _in_order(story, begun)

    story.proof(begun, FITS, kind="independent-source")
    assert _in_order(story, begun).judgement == "in-order"


def _in_order(story: Story, dossier: Dossier) -> Assessment:
    row = Assessment.objects.get(dossier=dossier, criterion=FITS)
    return screening.save_assessment(
        dossier, actor=story.teacher, criterion=FITS, version=row.version, judgement="in-order",
        argument="Het past.",
    )  # fmt: skip


def test_proof_that_is_over_proves_nothing(story: Story, begun: Dossier) -> None:
    story.proof(begun, FITS, kind="document", valid_until=story.today - timedelta(days=1))
    with pytest.raises(NotAllowedNow):
        _in_order(story, begun)

    story.proof(begun, FITS, kind="document", valid_until=story.today)
    assert _in_order(story, begun).status == "done"


@pytest.mark.parametrize("judgement", ["partly", "not-in-order", "not-applicable"])
def test_other_judgements_need_a_reason_only(judgement: str, story: Story, begun: Dossier) -> None:
    assert story.judge(begun, FITS, judgement).judgement == judgement


@pytest.mark.parametrize(("argument", "status"), [("Ik zoek nog.", "busy"), ("", "to-do")])
def test_status_and_judgement_are_two_things(
    argument: str, status: str, story: Story, begun: Dossier
) -> None:
    row = story.judge(begun, FITS, "", argument=argument)

    assert (row.judgement, row.status) == ("", status)


def test_the_page_says_what_a_judgement_still_needs_and_keeps_it(
    page: str, sign_in: SignIn
) -> None:
    client = sign_in("teacher")

    refused = client.post(page, {"version": 0, "judgement": "in-order", "argument": ""})

    assert "Zet er een reden bij." in words(refused)
    assert "‘In orde’ vraagt een bewijs." in words(refused)
    assert b'value="in-order" checked' in refused.content
    assert "<title>Fout:" in refused.content.decode().replace("\n", "")


def test_the_page_saves_and_goes_on_or_stops(page: str, begun: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    answer = {"version": 0, "judgement": "partly", "argument": "Wat moeilijk."}

    further = client.post(page, answer)
    stopped = client.post(page, {**answer, "version": 1, "stop": "1"})

    assert re.fullmatch(rf"/dossiers/{begun.pk}/beoordelen/(?!{FITS})[a-z-]+/", further.url)
    assert stopped.url == reverse("dossiers:detail", args=[begun.pk])
    assert begun.assessments.get(criterion=FITS).judgement == "partly"


def test_a_criterion_that_this_dossier_does_not_ask_is_not_there(
    begun: Dossier, sign_in: SignIn
) -> None:
    client, somewhere = sign_in("teacher"), "dossiers:criterion"

    assert client.get(reverse(somewhere, args=[begun.pk, "bestaat-niet"])).status_code == 404
    assert client.get(reverse(somewhere, args=[begun.pk, "fits-age"])).status_code == 200


def test_assess_shows_the_first_open_criterion_with_its_own_address(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    keys = [row.criterion.key for row in casework.asked_of(begun)]
    client, somewhere = sign_in("teacher"), reverse("dossiers:assess", args=[begun.pk])

    def shown() -> tuple[list[str], list[str]]:
        page = tree(client.get(somewhere))
        return page.xpath("//@data-address"), page.xpath("//form[@data-keep]/@action")

    own = [reverse("dossiers:criterion", args=[begun.pk, key]) for key in keys[:2]]
    assert shown() == ([own[0]], [own[0]])

    story.judge(begun, keys[0])

    assert shown() == ([own[1]], [own[1]])


# Evidence


def test_a_claim_of_the_partner_is_told_apart_from_proof(
    story: Story, begun: Dossier, page: str, sign_in: SignIn
) -> None:
    story.proof(begun, FITS, kind="partner-claim", title="Op hun website")
    story.proof(begun, FITS, kind="document", title="Verslag van een inspectie")
    story.proof(
        begun, FITS, kind="document", title="Oud attest", valid_until=story.today - timedelta(1)
    )

    shown = words(sign_in("teacher").get(page))

    assert re.search(r"Op hun website [^.]* Bewering, nog geen bewijs", shown)
    assert re.search(r"Verslag van een inspectie [^.]* Bewijs", shown)
    assert re.search(r"Oud attest .* Verlopen, geen bewijs meer", shown)


def test_one_piece_of_evidence_serves_several_criteria(story: Story, begun: Dossier) -> None:
    evidence = story.proof(begun, FITS)

    screening.use_evidence(begun, actor=story.teacher, evidence=evidence, criterion=OTHER)

    assert {a.criterion for a in evidence.assessments.all()} == {FITS, OTHER}
    assert begun.evidence.count() == 1


def test_taking_the_proof_away_stops_a_yes_and_says_so(story: Story, screened: Dossier) -> None:
    assert deciding.obstacles(screened) == []
    evidence = screened.evidence.get(kind="own-observation", facts={})

    screening.remove_evidence(screened, actor=story.teacher, evidence=evidence)

    fresh = Dossier.objects.get(pk=screened.pk)
    assert deciding.obstacles(fresh)
    assert all(line.startswith("Zonder bewijs: ") for line in deciding.obstacles(fresh))

    screening.restore_evidence(screened, actor=story.teacher, evidence=evidence)

    assert deciding.obstacles(Dossier.objects.get(pk=screened.pk)) == []


def test_proof_that_runs_out_stops_a_yes(story: Story, screened: Dossier) -> None:
    yesterday = story.today - timedelta(days=1)

    screened.evidence.update(valid_until=yesterday)

    assert deciding.obstacles(Dossier.objects.get(pk=screened.pk))


def test_removed_evidence_keeps_its_row_and_file(story: Story, begun: Dossier) -> None:
    evidence = story.proof(begun, FITS, kind="document", upload=text_file())

    screening.remove_evidence(begun, actor=story.teacher, evidence=evidence)

    kept = Evidence.objects.get(pk=evidence.pk)
    assert kept.removed_at is not None
    assert kept.file is not None
    assert kept.file.location.exists()


EVIDENCE = {"kind": "document", "title": "Folder", "url": "", "source": "", "dated_on": ""}


def _add(client: Client, dossier: Dossier, **data: Any) -> Any:
    return client.post(reverse("dossiers:evidence", args=[dossier.pk, FITS]), {**EVIDENCE, **data})


def test_a_file_is_kept_outside_the_web_root_under_a_random_name(
    begun: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")

    response = _add(client, begun, upload=text_file(name="geheim plan.txt"))

    stored = StoredFile.objects.get(pk=begun.evidence.get().file_id)
    assert response.status_code == 302
    assert stored.name == "geheim plan.txt"
    assert "geheim" not in stored.path
    assert Path(settings.FILES_DIR) in stored.location.parents
    assert Path(settings.STATIC_ROOT) not in stored.location.parents


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_lost(
    begun: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    program = text_file("MZ\x00\x00\x90\x00 not a picture", name="foto.png")

    response = _add(client, begun, title="Een lange titel", source="De partner", upload=program)

    assert response.status_code == 200
    assert "Een lange titel" in response.content.decode()
    assert "De partner" in response.content.decode()
    assert "aria-invalid" in response.content.decode()
    assert not begun.evidence.exists()
    assert not StoredFile.objects.filter(name="foto.png").exists()


def test_the_refusal_of_a_file_undoes_the_whole_action(story: Story, begun: Dossier) -> None:
    with pytest.raises(BadFile):
        story.proof(begun, FITS, upload=text_file("", name="leeg.txt"))

    assert not begun.evidence.exists()
    assert not begun.assessments.exists()


SEES = {"head", "teacher", "teacher2", "coordinator", "board_admin", "adviser"}


def test_a_file_is_served_only_to_who_may_see_the_dossier(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    story.ask_adviser(begun)
    evidence = story.proof(begun, FITS, kind="document", upload=text_file("Het geheim."))
    address = reverse("dossiers:evidence_file", args=[begun.pk, evidence.pk])

    found = {who: sign_in(who).get(address).status_code for who in story.world.users}

    assert found == {who: 200 if who in SEES else 404 for who in story.world.users}
    assert Client().get(address).status_code == 302


def test_a_file_comes_as_a_download_that_cannot_run(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    evidence = story.proof(
        begun, FITS, kind="document", upload=text_file("Het geheim.", name="nota.txt")
    )

    response = sign_in("teacher").get(
        reverse("dossiers:evidence_file", args=[begun.pk, evidence.pk])
    )

    assert b"".join(response.streaming_content) == b"Het geheim."
    assert response.headers["Content-Disposition"] == 'attachment; filename="nota.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_evidence_of_another_dossier_is_not_there(
    story: Story, begun: Dossier, screened: Dossier, sign_in: SignIn
) -> None:
    evidence = story.proof(screened, FITS, kind="document", upload=text_file())
    client = sign_in("teacher")

    own = reverse("dossiers:evidence_file", args=[screened.pk, evidence.pk])
    crossed = reverse("dossiers:evidence_file", args=[begun.pk, evidence.pk])

    assert client.get(own).status_code == 200
    assert client.get(crossed).status_code == 404


@pytest.mark.parametrize("key", ["bestaat-niet", FITS])
def test_evidence_is_changed_at_a_criterion_that_exists(
    key: str, story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    evidence = story.proof(begun, OTHER)
    address = reverse("dossiers:change_evidence", args=[begun.pk, key, evidence.pk])

    response = sign_in("teacher").post(address, {"wat": "gebruik"})

    assert response.status_code == (302 if key == FITS else 404)
    assert evidence.assessments.count() == (2 if key == FITS else 1)


def test_without_the_register_no_register_fact_is_kept(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    partner = story.make_partner("Klankbord vzw", "0999000014")
    basics.add_partner(begun, actor=story.teacher, partner=partner)
    address = reverse("dossiers:register_evidence", args=[begun.pk, FITS])

    response = sign_in("teacher").post(address, {"partner": partner.pk}, follow=True)

    assert "Dit nummer staat niet in het register dat we hebben." in response.content.decode()
    assert not begun.evidence.exists()


# Asking a colleague


def test_a_colleague_is_asked_to_look_at_a_criterion(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    address = reverse("dossiers:assign", args=[begun.pk, FITS])
    who = story.world.user("teacher2").pk

    response = sign_in("coordinator").post(address, {"user": who, "due_on": "2027-03-01"})

    row = begun.assessments.get(criterion=FITS)
    assert response.status_code == 302
    assert (row.assigned_to_id, row.due_on.isoformat(), row.status) == (who, "2027-03-01", "to-do")


@pytest.mark.parametrize("who", ["other_teacher", "council", "adviser", "board_admin"])
def test_somebody_who_does_not_work_here_is_not_asked(
    who: str, story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    with pytest.raises(NotAllowedNow, match="werkt niet"):
        story.assign(begun, FITS, who)

    address = reverse("dossiers:assign", args=[begun.pk, FITS])
    sign_in("coordinator").post(address, {"user": story.world.user(who).pk})

    assert not begun.assessments.exists()


# The light set, the full set, and a newer release


def test_answers_outside_the_light_set_stay_and_come_back(story: Story, begun: Dossier) -> None:
    light = {row.criterion.key for row in casework.asked_of(begun)}
    basics.choose_screening(begun, actor=story.teacher, screening="full")
    every = [row.criterion.key for row in casework.asked_of(begun)]
    extra = next(key for key in every if key not in light)
    story.judge(begun, extra, "partly")

    basics.choose_screening(begun, actor=story.teacher, screening="light")

    assert len(every) > len(light) > 7
    asked = {r.criterion.key for r in casework.asked_of(Dossier.objects.get(pk=begun.pk))}
    assert asked == light

    basics.choose_screening(begun, actor=story.teacher, screening="full")

    fresh = Dossier.objects.get(pk=begun.pk)
    row = next(r for r in casework.asked_of(fresh) if r.criterion.key == extra)
    assert (row.done, row.assessment.judgement) == (True, "partly")


@pytest.fixture
def newer(tmp_path: Path) -> Callable[[], Any]:
    """Publishes the shipped content once more, as a later version."""

    def publish() -> Any:
        folder = Path(settings.CONTENT_DIR) / "frameworks" / "partnerwijzer"
        copy = shutil.copytree(folder, tmp_path / "newer")
        for path in Path(copy).glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r'version: "\d+\.\d+\.\d+"', 'version: "9.0.0"', text, count=1)
            path.write_text(
                text.replace("Past dit bij wat jullie school", "Past het bij wat jullie")
            )
        return frameworks.publish(Path(copy), actor=SYSTEM)

    return publish


def test_a_dossier_keeps_its_release_until_the_school_goes_over(
    story: Story, screened: Dossier, newer: Callable[[], Any], sign_in: SignIn
) -> None:
    before = {a.criterion: (a.judgement, a.argument) for a in screened.assessments.all()}
    client, detail = sign_in("teacher"), reverse("dossiers:detail", args=[screened.pk])
    assert "nieuwere vragen" not in words(client.get(detail))

    release = newer()

    offered = words(client.get(detail))
    assert "Er zijn nieuwere vragen" in offered
    assert Dossier.objects.get(pk=screened.pk).framework == story.framework

    adopt = reverse("dossiers:adopt", args=[screened.pk])
    assert "9.0.0" in words(client.get(adopt))
    client.post(adopt, {"version": screened.version})

    fresh = Dossier.objects.get(pk=screened.pk)
    assert fresh.framework == release
    assert {a.criterion: (a.judgement, a.argument) for a in fresh.assessments.all()} == before
    assert "nieuwere vragen" not in words(client.get(detail))
    assert deciding.obstacles(fresh) == []


def test_a_new_dossier_begins_with_the_newest_release(
    story: Story, newer: Callable[[], Any], sign_in: SignIn
) -> None:
    release = newer()

    sign_in("teacher").post(reverse("dossiers:create"), {"title": "Nieuw", "kind": "one-off"})

    assert Dossier.objects.get(title="Nieuw").framework == release


# What it comes down to


def test_a_bad_answer_is_a_blocker_with_its_reason(story: Story, screened: Dossier) -> None:
    assert casework.conclude(screened).kind is ConclusionKey.FINE

    story.judge(screened, FITS, "not-in-order")

    found = casework.conclude(Dossier.objects.get(pk=screened.pk))
    assert found.kind is ConclusionKey.BLOCKER
    assert [reason.criterion for reason in found.reasons] == [FITS]
    assert Dossier.objects.get(pk=screened.pk).steps["know-partner"]["state"] == "blocked"


def test_a_partial_answer_is_a_warning(story: Story, screened: Dossier) -> None:
    story.judge(screened, FITS, "partly")

    found = casework.conclude(Dossier.objects.get(pk=screened.pk))
    assert found.kind is ConclusionKey.WARNING
    assert deciding.obstacles(Dossier.objects.get(pk=screened.pk)) == []
