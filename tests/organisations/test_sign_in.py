"""allauth's pages in our look: signing in, a forgotten password, limits on tries, devices."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from partnerwijzer.organisations.devices import device
from partnerwijzer.organisations.models import User
from tests.organisations.conftest import SignIn, last_mail, link_in
from tests.organisations.test_pages import text
from tests.personas import World

PASSWORD = "wachtwoord-voor-de-test"
NEW = "een heel ander zinnetje"
SEEN = {"head": "Meld je aan", "lead": "Weet met wie je samenwerkt."}


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def log_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


@pytest.mark.parametrize("email", ["teacher@school.example", "Teacher@School.EXAMPLE"])
def test_somebody_signs_in_with_address_and_password(email: str, world: World) -> None:
    client = Client()

    assert log_in(client, email).url == "/"
    assert "Waar staat onze school voor?" in text(client.get("/onze-school/"))


@pytest.mark.parametrize("email", ["teacher@school.example", "niemand@school.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(email: str, world: World) -> None:
    page = log_in(Client(), email, "fout")

    assert page.status_code == 200
    assert "Dit adres en dit wachtwoord horen niet bij elkaar." in text(page)
    assert f'value="{email}"' in page.content.decode()


def test_signing_in_leads_to_where_one_wanted_to_be(world: World) -> None:
    client = Client()
    asked = client.get("/mensen/")
    assert asked.url == "/account/login/?next=/mensen/"

    data = {"login": "head@school.example", "password": PASSWORD, "next": "/mensen/"}
    assert client.post("/account/login/", data).url == "/mensen/"


@pytest.mark.parametrize(
    ("remember", "ends_with_browser"), [({}, True), ({"remember": "on"}, False)]
)
def test_a_device_is_remembered_only_when_asked(
    remember: dict[str, str], ends_with_browser: bool, world: World
) -> None:
    client = Client()
    data = {"login": "teacher@school.example", "password": PASSWORD, **remember}

    client.post("/account/login/", data)

    assert client.session.get_expire_at_browser_close() is ends_with_browser


def test_after_five_wrong_tries_the_account_rests(world: World) -> None:
    client = Client()
    for _ in range(5):
        log_in(client, "teacher@school.example", "fout")

    page = log_in(client, "teacher@school.example")

    assert "Er waren te veel pogingen." in text(page)
    assert client.get("/mijn-gegevens/").status_code == 302


def test_too_many_requests_from_one_address_get_a_calm_page_and_reading_goes_on(
    world: World,
) -> None:
    client = Client()
    answers = [
        client.post("/account/password/reset/", {"email": f"n{n}@school.example"})
        for n in range(21)
    ]

    assert {a.status_code for a in answers[:20]} == {302}
    assert answers[20].status_code == 429
    assert "Even geduld" in text(answers[20])
    assert {client.get("/account/password/reset/").status_code for _ in range(40)} == {200}


def test_nobody_makes_an_account_alone(db: None) -> None:
    page = Client().get("/account/signup/")
    assert "Een account krijg je van je school" in text(page)

    Client().post("/account/signup/", {"email": "x@y.example", "password1": NEW})
    assert not User.objects.exists()


def test_a_forgotten_password_is_chosen_anew_by_mail(world: World) -> None:
    client = Client()
    asked = client.post("/account/password/reset/", {"email": "teacher@school.example"})
    assert "Kijk in je mail" in text(client.get(asked.url))
    mail = last_mail()
    assert (mail.to, mail.subject) == (
        "teacher@school.example",
        "Kies een nieuw wachtwoord voor Partnerwijzer",
    )
    assert "Dag Teacher," in mail.body

    form = client.get(client.get(link_in(mail)).url)
    assert "Kies een nieuw wachtwoord" in text(form)
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert "Je wachtwoord is veranderd" in text(client.get(done.url))
    assert log_in(Client(), "teacher@school.example", NEW).url == "/"
    assert "Deze link werkt niet meer" in text(Client().get(link_in(mail), follow=True))


def test_a_reset_for_an_unknown_address_tells_only_that_address(world: World) -> None:
    asked = Client().post("/account/password/reset/", {"email": "niemand@school.example"})

    assert "Kijk in je mail" in text(Client().get(asked.url))
    mail = last_mail()
    assert (mail.to, mail.subject) == (
        "niemand@school.example",
        "Controleer je adres voor Partnerwijzer",
    )


def test_the_password_is_changed_with_the_old_one(world: World, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    wrong = {"oldpassword": "fout", "password1": NEW, "password2": NEW}
    assert "Dit is niet je wachtwoord van nu." in text(
        client.post("/account/password/change/", wrong)
    )

    client.post("/account/password/change/", {**wrong, "oldpassword": PASSWORD})

    assert log_in(Client(), "teacher@school.example", NEW).url == "/"


def test_another_address_counts_after_it_was_confirmed(world: World, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    client.post("/account/email/", {"action_add": "1", "email": "lena@thuis.example"})
    assert last_mail().subject == "Bevestig je e-mailadres voor Partnerwijzer"
    assert "nog niet bevestigd" in text(client.get("/account/email/"))

    address = link_in(last_mail())
    assert "Is dit je e-mailadres?" in text(client.get(address))
    client.post(address)

    confirmed = EmailAddress.objects.get(email="lena@thuis.example")
    assert confirmed.verified
    client.post("/account/email/", {"action_primary": "1", "email": "lena@thuis.example"})
    assert User.objects.get(pk=world.user("teacher").pk).email == "lena@thuis.example"


def test_the_user_sees_where_and_ends_one_device(world: World) -> None:
    phone, laptop = Client(), Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140"})
    log_in(phone, "teacher@school.example")
    log_in(laptop, "teacher@school.example")
    page = text(laptop.get("/account/sessions/"))
    assert "Firefox op Linux" in page
    assert "dit toestel" in page

    first = UserSession.objects.order_by("pk")[0]
    laptop.post(f"/mijn-gegevens/toestellen/{first.pk}/")

    assert phone.get("/mijn-gegevens/").status_code == 302
    assert laptop.get("/mijn-gegevens/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(world: World, sign_in: SignIn) -> None:
    victim = Client()
    log_in(victim, "teacher@school.example")
    session = UserSession.objects.get()

    response = sign_in("head").post(f"/mijn-gegevens/toestellen/{session.pk}/", follow=True)

    assert "Dat toestel was al afgemeld." in text(response)
    assert victim.get("/mijn-gegevens/").status_code == 200


def test_all_other_devices_are_ended_at_once(world: World) -> None:
    here, there = Client(), Client()
    log_in(there, "teacher@school.example")
    log_in(here, "teacher@school.example")

    here.post("/account/sessions/")

    assert there.get("/mijn-gegevens/").status_code == 302
    assert here.get("/mijn-gegevens/").status_code == 200


def test_with_an_app_the_password_alone_is_not_enough(world: World) -> None:
    client = Client()
    log_in(client, "teacher@school.example")
    assert "Ben jij het echt?" in text(client.get("/account/2fa/totp/activate/", follow=True))
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200

    done = client.post("/account/2fa/totp/activate/", {"code": _code(secret)}, follow=True)
    assert "Waar bewaar je je noodcodes?" in text(done)
    rescue = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]

    other = Client()
    asked = log_in(other, "teacher@school.example")
    assert "De tweede stap" in text(other.get(asked.url))
    assert other.get("/mijn-gegevens/").status_code == 302
    assert other.post(asked.url, {"code": rescue}).url == "/"
    assert other.get("/mijn-gegevens/").status_code == 200


def _code(secret: str) -> str:
    now = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, now))


ACCOUNT_PAGES = [
    ("/mijn-gegevens/", "Hoe kennen we je?"),
    ("/account/password/change/", "Welk wachtwoord wil je?"),
    ("/account/email/", "Op welk adres bereiken we je?"),
    ("/account/2fa/", "Wil je je in twee stappen aanmelden?"),
    ("/account/sessions/", "Waar ben je aangemeld?"),
    ("/account/logout/", "Meld je je af?"),
    ("/account/reauthenticate/", "Ben jij het echt?"),
    ("/account/2fa/webauthn/", "Welke passkeys heb je?"),
]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/account/confirm-email/", "Kijk in je mail"),
        ("/account/confirm-email/fout/", "Deze link werkt niet meer"),
        ("/account/inactive/", "Dit account is afgesloten"),
        ("/account/password/reset/key/1-fout/", "Deze link werkt niet meer"),
        ("/account/password/reset/key/done/", "Je wachtwoord is veranderd"),
        ("/account/password/reset/done/", "Kijk in je mail"),
    ],
)
def test_the_pages_without_account_are_ours_too(address: str, title: str) -> None:
    page = Client().get(address, follow=True).content.decode()

    assert f"<h1>{title}</h1>" in page
    assert 'class="signin"' in page


@pytest.mark.parametrize(("address", "title"), ACCOUNT_PAGES)
def test_the_pages_about_the_account_ask_the_users_question(
    address: str, title: str, world: World
) -> None:
    client = Client()
    log_in(client, "teacher@school.example")

    page = client.get(address).content.decode()

    assert page.count("<h1>") == 1
    assert f"<h1>{title}</h1>" in page


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge op Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari",
            "Safari op iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28 Chrome/130",
            "Samsung Internet op Android",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140 Safari/537", "Chrome op Chromebook"),
        ("curl/8", "Onbekend toestel"),
        ("", "Onbekend toestel"),
    ],
)
def test_a_device_is_named_so_that_its_owner_recognises_it(user_agent: str, expected: str) -> None:
    assert device(user_agent) == expected
