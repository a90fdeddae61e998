"""Step 3: the link that the partner gets: how long it works, and that its secret is nowhere."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from partnerwijzer.access import links
from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers.actions import agreeing, partnermail
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import again, notes_page, page_of
from tests.dossiers.pages import fields_of, form, tree, words
from tests.dossiers.story import PARTNER_SIDE, Story, last_token

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


def test_only_the_newest_version_is_sent(
    story: Story, begun: Dossier, version: AgreementVersion
) -> None:
    story.fix(begun, **{"content.topics": "Anders"})

    with pytest.raises(NotAllowedNow, match="nieuwere versie"):
        story.send(version)


def test_what_the_partner_confirmed_is_read_until_long_after_its_end(
    story: Story, version: AgreementVersion, token: str
) -> None:
    """Issue 3, line 11: the partner's side by link; a confirmed text stays readable."""
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    link = again(version).link
    assert link is not None
    assert link.expires_at > timezone.now() + timedelta(days=180)
    fresh = story.send(again(version))  # lost the mail: the school sends it again
    assert "Je bevestigde deze afspraken" in words(Client().get(page_of(fresh)))


def test_what_was_confirmed_is_read_until_the_next_version_is_sent(
    story: Story, begun: Dossier, version: AgreementVersion, token: str
) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    second = story.fix(begun, **{"content.topics": "Anders"})
    between = Client().get(page_of(token))

    fresh = story.send(again(second))

    assert between.status_code == 200
    assert "Er is een nieuwere versie." in words(between)
    assert Client().get(page_of(token)).status_code == 404
    assert Client().get(page_of(fresh)).status_code == 200


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


# Who had the link before


def test_sent_elsewhere_the_links_of_later_mails_end_too(
    story: Story, version: AgreementVersion, token: str
) -> None:
    agreement = again(version).agreement
    partnermail.write(
        agreement, "Dag", "dossiers/mail/message.txt", {"names": ["Head"], "count": 1}
    )
    later = last_token("/afspraken/")
    story.send(again(version))  # lost the mail: the same address
    kept = Client().get(page_of(later)).status_code

    fresh = story.send(again(version), email="nieuw@partner.example")
    sent = Client().post(page_of(later), {"name": "Lowie", "bevestig": "1"})

    assert (kept, Client().get(page_of(later)).status_code, sent.status_code) == (200, 404, 404)
    assert Client().get(page_of(fresh)).status_code == 200
    assert again(version).partner_confirmed_at is None


def _take_back(client: Client, dossier: Dossier) -> str:
    """Presses the button where it stands; gives the number of the version."""
    page = client.get(notes_page(dossier))
    buttons = tree(page).xpath("//form[.//button[@name='deel'][@value='intrekken']]")
    numbers = [str(fields_of(found)["versie"]) for found in buttons]
    assert len(numbers) == 1
    client.post(notes_page(dossier), {"deel": "intrekken", "versie": numbers[0]})
    assert "Trek de link in" not in words(client.get(notes_page(dossier)))
    return numbers[0]


def test_the_link_of_a_later_mail_is_taken_back_too(
    story: Story, begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    """A text that made way lost its own link; that of a mail about it still opens it."""
    partnermail.write(
        again(version).agreement,
        "Dag",
        "dossiers/mail/message.txt",
        {"names": ["Head"], "count": 1},
    )
    later = last_token("/afspraken/")
    story.fix(begun, **{"content.topics": "Anders"})
    opened = Client().get(page_of(later)).status_code

    assert _take_back(sign_in("teacher"), begun) == "1"

    assert (opened, Client().get(page_of(later)).status_code) == (200, 404)


def test_what_was_confirmed_can_be_taken_back(
    begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    assert _take_back(sign_in("teacher"), begun) == "1"

    assert Client().get(page_of(token)).status_code == 404
    assert again(version).partner_confirmed_at is not None


def test_the_link_that_still_works_is_taken_back_beside_a_newer_text(
    story: Story, begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    """And then no later mail gives a new one; a text that made way does not end the mails."""
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    story.fix(begun, **{"content.topics": "Anders"})

    assert _take_back(sign_in("teacher"), begun) == "1"

    assert Client().get(page_of(token)).status_code == 404
    assert partnermail.address_of(again(version).agreement) is None


def test_a_text_that_made_way_for_a_newer_one_does_not_end_the_mails(
    story: Story, begun: Dossier, version: AgreementVersion, token: str
) -> None:
    story.fix(begun, **{"content.topics": "Anders"})

    assert partnermail.address_of(again(version).agreement) == again(version).link


@pytest.mark.parametrize("end", [date.max, date(2027, 6, 30)])
def test_a_far_end_does_not_stop_the_partner(
    end: date, version: AgreementVersion, token: str
) -> None:
    AgreementVersion.objects.filter(pk=version.pk).update(valid_until=end)

    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    link = again(version).link
    assert link is not None
    assert timezone.localdate(link.expires_at) == min(
        end, timezone.localdate() + agreeing.LONGEST
    ) + timedelta(days=183)


# The school confirms last


def _told() -> list[OutgoingMail]:
    """Mails that the school confirmed too."""
    rows = OutgoingMail.objects.filter(subject__endswith="bevestigde de afspraken ook")
    return list(rows.order_by("pk"))


def test_the_partner_hears_from_when_it_holds_when_the_school_confirms_last(
    story: Story, version: AgreementVersion, token: str
) -> None:
    first = timezone.localdate() + timedelta(days=12)
    AgreementVersion.objects.filter(pk=version.pk).update(valid_from=first)
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    with translation.override("en"):
        agreeing.confirm_for_school(again(version), actor=story.head)

    (mail,) = _told()
    assert mail.to == again(version).link.email  # type: ignore[union-attr]
    assert f"Ze gelden vanaf {date_format(first, 'j F Y')}" in mail.body
    fresh = last_token("/afspraken/")
    assert fresh != token
    for known in (fresh, token):
        assert "Je bevestigde deze afspraken" in words(Client().get(page_of(known)))
    link = AccessLink.objects.get(token_hash=links._hash(fresh))
    assert link.expires_at == again(version).link.expires_at  # type: ignore[union-attr]


def test_it_is_told_once(story: Story, version: AgreementVersion, token: str) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    agreeing.confirm_for_school(again(version), actor=story.head)

    with pytest.raises(NotAllowedNow):
        agreeing.confirm_for_school(again(version), actor=story.head)

    assert len(_told()) == 1


def test_nothing_is_mailed_when_the_school_confirms_first_or_took_the_link_back(
    story: Story, version: AgreementVersion, token: str
) -> None:
    agreeing.confirm_for_school(again(version), actor=story.head)
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    assert _told() == []

    AgreementVersion.objects.filter(pk=version.pk).update(school_confirmed_at=None)
    agreeing.withdraw_version(again(version), actor=story.teacher)
    agreeing.confirm_for_school(again(version), actor=story.head)

    assert _told() == []
    assert again(version).confirmed


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
