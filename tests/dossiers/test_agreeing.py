"""Step 3: a draft, fixed versions, and what the partner says without account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from partnerwijzer.access import links
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers import casework, drafting
from partnerwijzer.dossiers.actions import agreeing, basics, derived
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, send, words
from tests.dossiers.story import PARTNER_SIDE, Story, last_token

WISHES = {"when-and-where": "Liever om tien uur.", "": "Mag het korter?"}


@pytest.fixture
def begun(story: Story, opened: Dossier) -> Dossier:
    story.begin(opened)
    return Dossier.objects.get(pk=opened.pk)


@pytest.fixture
def version(story: Story, begun: Dossier) -> AgreementVersion:
    """Version 1, not sent yet."""
    return story.fix(begun)


@pytest.fixture
def token(story: Story, version: AgreementVersion) -> str:
    """The secret in the mail to the partner."""
    return story.send(version)


def page_of(token: str) -> str:
    return reverse("dossiers:partner_page", args=[token])


def again(version: AgreementVersion) -> AgreementVersion:
    return AgreementVersion.objects.get(pk=version.pk)


def notes_page(dossier: Dossier) -> str:
    return reverse("dossiers:agreement", args=[dossier.pk, dossier.partners.get().pk])


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


# The partner's page


def test_the_partner_reads_and_confirms_without_account(
    version: AgreementVersion, token: str
) -> None:
    client = Client()
    shown = client.get(page_of(token))
    assert shown.status_code == 200
    assert "De leerkracht blijft erbij" in words(shown)

    client.post(page_of(token), {**form(shown, name=""), "bevestig": "1"})

    assert again(version).partner_name == "Lowie Staepen"
    assert "Je bevestigde deze afspraken" in words(client.get(page_of(token)))


def test_the_partner_says_who_confirms(version: AgreementVersion, token: str) -> None:
    client = Client()

    response = client.post(page_of(token), {"name": "", "bevestig": "1"})

    assert response.status_code == 200
    assert "Fout:" in response.content.decode().split("</title>")[0]
    assert again(version).partner_confirmed_at is None


def test_a_change_wish_lands_with_its_clause_at_the_school(
    begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    client = Client()

    client.post(
        page_of(token),
        {"name": "Lowie", "wijzig": "1", "wens.when-and-where": "Om tien uur.", "wens.x": "?"},
    )

    change = again(version).changes.get()
    assert (change.block, change.text, change.by_name) == (
        "when-and-where", "Om tien uur.", "Lowie",
    )  # fmt: skip
    school = words(sign_in("teacher").get(notes_page(begun)))
    assert "Waar en wanneer Om tien uur. Lowie" in school
    assert Dossier.objects.get(pk=begun.pk).steps["agree-first"]["code"] == "change"
    assert "Je vroeg al een wijziging." in words(client.get(page_of(token)))


def test_a_change_wish_without_words_is_refused_and_the_page_stays(
    version: AgreementVersion, token: str
) -> None:
    response = Client().post(page_of(token), {"name": "Lowie", "wijzig": "1", "wens.cost": " "})

    assert "Schrijf bij minstens één punt wat je anders wilt." in response.content.decode()
    assert not version.changes.exists()


def test_confirming_with_a_wish_in_the_page_is_asked_back(
    version: AgreementVersion, token: str
) -> None:
    """What was typed is not thrown away silently."""
    typed = {"name": "Lowie", "bevestig": "1", "wens.cost": "Wij vragen ook vervoer."}

    response = Client().post(page_of(token), typed)

    assert again(version).partner_confirmed_at is None
    assert "Je schreef nog een wijziging." in response.content.decode()
    assert "Wij vragen ook vervoer." in response.content.decode()


def test_after_confirming_no_change_can_be_asked(version: AgreementVersion, token: str) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    with pytest.raises(NotAllowedNow, match="bevestigde deze afspraken al"):
        agreeing.ask_change(again(version), actor=PARTNER_SIDE, name="Lowie", wishes=WISHES)

    assert not version.changes.exists()


def test_confirming_settles_the_wishes(version: AgreementVersion, token: str) -> None:
    agreeing.ask_change(again(version), actor=PARTNER_SIDE, name="Lowie", wishes=WISHES)
    assert version.changes.filter(handled_at=None).count() == 2

    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    assert not version.changes.filter(handled_at=None).exists()


def test_the_school_settles_a_wish_or_makes_a_new_version(
    story: Story, begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    first, second = agreeing.ask_change(
        again(version), actor=PARTNER_SIDE, name="Lowie", wishes=WISHES
    )

    sign_in("teacher").post(reverse("dossiers:handle_change", args=[begun.pk, first.pk]))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.handled_at is None, second.handled_at is None) == (False, True)

    story.fix(begun, **{"content.topics": "Korter"})
    second.refresh_from_db()
    assert second.handled_at is not None


def test_the_files_are_for_who_holds_the_link(version: AgreementVersion, token: str) -> None:
    answers = {
        kind: Client().get(reverse("dossiers:partner_file", args=[token, kind])).status_code
        for kind in ("pdf", "docx", "exe")
    }

    assert answers == {"pdf": 200, "docx": 200, "exe": 404}
    other = reverse("dossiers:partner_file", args=["x" * 32, "pdf"])
    assert Client().get(other).status_code == 404


# Links


def test_a_newer_version_ends_the_old_link(
    story: Story, begun: Dossier, version: AgreementVersion, token: str
) -> None:
    assert Client().get(page_of(token)).status_code == 200

    story.fix(begun, **{"content.topics": "Anders"})

    _is_over(token, version)


def test_a_withdrawn_link_is_over(story: Story, version: AgreementVersion, token: str) -> None:
    agreeing.withdraw_version(again(version), actor=story.teacher)

    _is_over(token, version)


def test_an_expired_link_is_over(version: AgreementVersion, token: str) -> None:
    link = again(version).link
    assert link is not None
    AccessLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    _is_over(token, version)


def _is_over(token: str, version: AgreementVersion) -> None:
    shown = Client().get(page_of(token))
    sent = Client().post(page_of(token), {"name": "Lowie", "bevestig": "1"})
    asked = Client().post(page_of(token), {"name": "Lowie", "wijzig": "1", "wens.cost": "Minder"})
    file = Client().get(reverse("dossiers:partner_file", args=[token, "pdf"]))

    assert (shown.status_code, sent.status_code, asked.status_code) == (404, 404, 404)
    assert "Deze link werkt niet meer" in words(shown)
    assert "De leerkracht blijft erbij" not in shown.content.decode()
    assert file.status_code == 404
    assert again(version).partner_confirmed_at is None
    assert not version.changes.exists()


@pytest.mark.parametrize("token", ["x", "x" * 200, "pdf", "../x"])
def test_a_link_that_never_was_tells_nothing(token: str, db: None) -> None:
    response = Client().get(f"/afspraken/{token}/")

    assert response.status_code == 404


def test_sending_again_makes_a_new_link_and_ends_the_old(
    story: Story, version: AgreementVersion, token: str
) -> None:
    Client().post(reverse("dossiers:partner_opened", args=[token]))

    fresh = story.send(again(version), email="nieuw@partner.example")

    link = again(version).link
    assert link is not None
    assert fresh != token
    assert (link.email, link.state) == ("nieuw@partner.example", "new")
    assert Client().get(page_of(token)).status_code == 404
    assert Client().get(page_of(fresh)).status_code == 200


def test_only_the_newest_version_is_sent_and_not_after_confirming(
    story: Story, begun: Dossier, version: AgreementVersion
) -> None:
    second = story.fix(begun, **{"content.topics": "Anders"})
    with pytest.raises(NotAllowedNow, match="nieuwere versie"):
        story.send(version)

    story.send(second)
    agreeing.confirm_by_partner(again(second), actor=PARTNER_SIDE, name="Lowie")
    with pytest.raises(NotAllowedNow, match="bevestigde deze versie al"):
        story.send(again(second))


def test_looking_at_the_page_is_not_opening_it(version: AgreementVersion, token: str) -> None:
    """Scanners of mail ask for every address: only the page itself, in a browser, notes it."""
    Client().get(page_of(token))
    Client().get(reverse("dossiers:partner_opened", args=[token]))
    link = again(version).link
    assert link is not None
    assert link.opened_at is None

    Client().post(reverse("dossiers:partner_opened", args=[token]))

    link = again(version).link
    assert link is not None
    assert link.opened_at is not None


def test_the_school_sees_how_far_it_is(
    story: Story, begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    client, seen = sign_in("teacher"), []

    def look() -> None:
        shown = words(client.get(notes_page(begun))).split("Versie 1 ")[1]
        seen.append(
            re.search(
                r"nog niet verstuurd|mail vertrekt zo|verstuurd|geopend door de partner|"
                r"wacht op de school|bevestigd door beide|link werkt niet meer",
                shown,
            )
        )

    look()
    token = story.send(again(version))
    look()
    post.sweep()
    look()
    Client().post(reverse("dossiers:partner_opened", args=[token]))
    look()
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    look()
    agreeing.confirm_for_school(again(version), actor=story.head)
    look()

    assert [found and found[0] for found in seen] == [
        "nog niet verstuurd", "mail vertrekt zo", "verstuurd", "geopend door de partner",
        "wacht op de school", "bevestigd door beide",
    ]  # fmt: skip


def test_what_was_typed_to_send_is_kept_when_the_address_is_wrong(
    begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    response = sign_in("teacher").post(
        notes_page(begun),
        {"deel": "stuur", "versie": "1", "name": "Lowie", "email": "geen adres", "message": "Dag!"},
    )

    kept = form(response, deel="stuur")
    assert (kept["name"], kept["email"], kept["message"].strip()) == ("Lowie", "geen adres", "Dag!")
    assert not OutgoingMail.objects.filter(link=again(version).link).exists() or not version.link


# The secret itself


def _every_text() -> str:
    """All that stands in the database, in one string."""
    quote = connection.ops.quote_name
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 -- names of tables
            lines += [str(row) for row in cursor.fetchall()]
    return "\n".join(lines)


def test_the_token_is_nowhere_in_the_database_once_the_mail_has_gone(
    version: AgreementVersion, token: str
) -> None:
    client = Client()
    client.post(reverse("dossiers:partner_opened", args=[token]))
    client.post(page_of(token), {"name": "Lowie", "wijzig": "1", "wens.cost": "Minder"})
    assert token in _every_text()  # in the mail that waits: the search does find it

    post.sweep()

    everything = _every_text()
    assert links._hash(token) in everything
    assert token not in everything
    assert len(apps.get_models()) > 40


def test_a_link_of_a_survey_opens_no_agreement(
    story: Story, begun: Dossier, version: AgreementVersion
) -> None:
    story.ask(begun)

    assert Client().get(page_of(last_token("/antwoord/"))).status_code == 404


@pytest.mark.parametrize("number", ["", "9", "x", "-1"])
@pytest.mark.parametrize("part", ["stuur", "intrekken", "bevestig"])
def test_a_version_that_is_not_there_is_not_acted_on(
    part: str, number: str, begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    data: dict[str, Any] = {"deel": part, "versie": number, "name": "L", "email": "l@p.example"}

    assert sign_in("head").post(notes_page(begun), data).status_code == 404
