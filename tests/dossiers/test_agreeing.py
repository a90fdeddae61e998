"""Step 3: a draft, fixed versions, and both sides that confirm one of them."""

import pytest
from django.utils import translation

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers import casework, drafting
from partnerwijzer.dossiers.actions import agreeing, basics, derived
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import again, notes_page
from tests.dossiers.pages import form, send, words
from tests.dossiers.story import PARTNER_SIDE, Story

# The draft


def test_a_draft_begins_with_what_the_dossier_knows(story: Story, begun: Dossier) -> None:
    basics.edit_dossier(
        begun,
        actor=story.teacher,
        version=begun.version,
        changes={"aim": "Leerlingen lezen meer."},
    )
    partner = begun.partners.get().partner

    known = drafting.known_fields(Dossier.objects.get(pk=begun.pk), partner)

    assert known["parties.school_name"] == "School A"
    assert known["parties.partner_name"] == "Schermlicht vzw"
    assert known["parties.school_contact"] == "Coordinator"
    assert known["shared-goal.goal_sentence"] == "Leerlingen lezen meer"
    assert known["group.group_size"] == "23"


def test_a_single_lesson_gets_the_short_note(story: Story, begun: Dossier) -> None:
    short = {b.key for b in drafting.blocks_for(begun)}
    basics.edit_dossier(
        begun, actor=story.teacher, version=begun.version, changes={"kind": "structural"}
    )

    full = {b.key for b in drafting.blocks_for(Dossier.objects.get(pk=begun.pk))}

    assert short < full
    assert {"parties", "teacher-present", "no-pupil-data", "no-photos"} <= short
    assert "trajectory" in full - short


def test_a_situation_brings_its_clause_and_no_other(story: Story, begun: Dossier) -> None:
    before = {b.key for b in drafting.always_in(begun)}

    basics.answer_situations(begun, actor=story.teacher, answers={"photos": True})

    after = {b.key for b in drafting.always_in(Dossier.objects.get(pk=begun.pk))}
    assert "no-photos" in before - after
    assert any("photo" in key or "picture" in key or "image" in key for key in after - before)


def test_what_is_required_and_empty_stops_a_version_and_is_named(
    story: Story, begun: Dossier
) -> None:
    draft = story.draft(begun, **{"cost.included": ""})
    with pytest.raises(NotAllowedNow, match="Wat het kost: inbegrepen"):
        agreeing.fix_version(draft, actor=story.coordinator)
    assert not draft.versions.exists()

    whole = story.draft(begun, **{"cost.included": "vervoer"})
    assert agreeing.fix_version(whole, actor=story.coordinator).number == 1


def test_the_page_keeps_what_was_typed_when_a_version_cannot_be_made(
    begun: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), notes_page(begun)

    response = send(
        client, address, {"version": "0"}, deel="maak", **{"content.topics": "Reclame."}
    )

    assert form(response, version="0")["content.topics"] == "Reclame."
    assert "kijk na" in words(response)
    assert not AgreementVersion.objects.filter(agreement__dossier=begun).exists()


def test_wrong_input_in_a_draft_is_told_and_kept(begun: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), notes_page(begun)

    response = send(
        client,
        address,
        {"version": "0"},
        deel="bewaar",
        wijziging="Een ander uur",
        **{"cost.total_price": "veel", "content.topics": "Reclame."},
    )

    assert response.status_code == 200
    assert "Fout:" in response.content.decode().split("</title>")[0]
    kept = form(response, version="0")
    assert (kept["cost.total_price"], kept["content.topics"]) == ("veel", "Reclame.")
    assert not begun.agreements.exists()


def test_a_day_in_an_impossible_year_is_told_and_kept(begun: Dossier, sign_in: SignIn) -> None:
    """Days are added to it: half a year after the end the partner reads no more."""
    Dossier.objects.filter(pk=begun.pk).update(kind="structural")
    client, address = sign_in("teacher"), notes_page(begun)
    far = {"trajectory.end_date": "31/12/9999", "trajectory.start_date": "0001-01-01"}

    response = send(client, address, {"version": "0"}, deel="bewaar", **far)

    assert words(response).count("Kijk het jaar na: het ligt tussen 2000 en 2099.") >= 2
    assert form(response, version="0")["trajectory.end_date"] == "9999-12-31"
    assert not begun.agreements.exists()


def test_wrong_input_does_not_win_from_a_colleague_afterwards(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    """The version on the page stays the one that was read, also after an error."""
    story.draft(begun)
    client, address = sign_in("teacher"), notes_page(begun)
    mine = form(client.get(address), version="1")
    story.draft(begun, **{"content.topics": "Van de collega"})

    response = client.post(address, {**mine, "deel": "bewaar", "cost.total_price": "veel"})

    assert form(response, **{"content.topics": ""})["version"] == "1"
    assert begun.agreements.get().version == 2


# Versions


def test_a_version_is_a_fixed_text_with_two_documents(
    story: Story, version: AgreementVersion
) -> None:
    titles = [clause["title"] for clause in version.content]

    assert version.number == 1
    assert titles[0] == "Wie spreekt af"
    assert "De leerkracht blijft erbij" in titles
    assert version.pdf is not None
    assert version.docx is not None
    assert (version.pdf.kind, version.docx.kind) == ("pdf", "docx")
    assert version.pdf.location.read_bytes().startswith(b"%PDF")


def test_working_on_the_draft_does_not_change_a_version(
    story: Story, begun: Dossier, version: AgreementVersion
) -> None:
    before = AgreementVersion.objects.filter(pk=version.pk).values().get()
    assert version.pdf is not None
    paper = version.pdf.sha256

    story.draft(begun, **{"content.topics": "Iets heel anders"})
    second = story.fix(begun, **{"content.topics": "Iets heel anders"})

    assert second.number == 2
    assert AgreementVersion.objects.filter(pk=version.pk).values().get() == before
    kept = again(version).pdf
    assert kept is not None
    assert kept.sha256 == paper


def test_a_version_without_a_change_is_not_made(
    story: Story, begun: Dossier, version: AgreementVersion
) -> None:
    with pytest.raises(NotAllowedNow, match="niets veranderd sinds versie 1"):
        story.fix(begun)

    assert story.fix(begun, **{"content.topics": "Iets anders"}).number == 2


def test_a_version_is_in_dutch_also_when_an_english_reader_makes_it(
    story: Story, begun: Dossier
) -> None:
    with translation.override("en"):
        version = story.fix(begun)
        story.send(version)

    mail = OutgoingMail.objects.latest("pk")
    assert version.pdf is not None
    assert version.pdf.name == "Afsprakennota versie 1.pdf"
    assert mail.subject == "Lees en bevestig de afspraken met School A"


# Both sides confirm the same version


def test_both_sides_confirm_one_version(
    story: Story, begun: Dossier, version: AgreementVersion, token: str
) -> None:
    agreeing.confirm_for_school(version, actor=story.head)
    assert not again(version).confirmed
    assert not casework.agreements_confirmed(begun)

    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie Staepen")

    both = again(version)
    assert both.confirmed
    assert (both.school_name, both.partner_name) == ("Head", "Lowie Staepen")
    fresh = Dossier.objects.get(pk=begun.pk)
    assert casework.agreements_confirmed(fresh)
    assert fresh.steps["agree-first"]["state"] == "done"
    assert fresh.assessments.get(criterion=derived.BOTH_CONFIRMED).judgement == "in-order"


def test_confirming_different_versions_is_no_agreement(
    story: Story, begun: Dossier, version: AgreementVersion, token: str
) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    second = story.fix(begun, **{"content.topics": "Anders"})
    agreeing.confirm_for_school(second, actor=story.head)

    assert not casework.agreements_confirmed(Dossier.objects.get(pk=begun.pk))
    with pytest.raises(NotAllowedNow, match="nieuwere versie"):
        agreeing.confirm_for_school(again(version), actor=story.head)


def test_confirming_counts_once(story: Story, version: AgreementVersion, token: str) -> None:
    agreeing.confirm_for_school(again(version), actor=story.head)
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie Staepen")
    before = AgreementVersion.objects.filter(pk=version.pk).values().get()

    with pytest.raises(NotAllowedNow):
        agreeing.confirm_for_school(again(version), actor=story.coordinator)
    with pytest.raises(NotAllowedNow):
        agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Iemand anders")

    assert AgreementVersion.objects.filter(pk=version.pk).values().get() == before
    told = AuditRecord.objects.filter(verb__startswith="agreement.confirmed")
    assert told.filter(subject_id=str(version.pk)).count() == 2


def test_with_two_partners_both_have_to_confirm(story: Story, agreed: Dossier) -> None:
    assert casework.agreements_confirmed(agreed)

    basics.add_partner(agreed, actor=story.teacher, partner=story.make_partner("Tweede vzw"))

    fresh = Dossier.objects.get(pk=agreed.pk)
    assert not casework.agreements_confirmed(fresh)
    assert fresh.steps["agree-first"]["state"] != "done"
