"""Settings are typed, a wrong one names itself, and .env.example knows them all."""

import re
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.config import env

EXAMPLE = Path(__file__).parents[2] / ".env.example"
GOOD_SECRET = "k3Jv9-Qw7tYb2Xz5Lm8Np1Rs4Hd6Fg0Ac_Ue-oBvTn"
LINE = re.compile(r"^# ([A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """No variable of ours set, in a working folder without .env."""
    for name in env.variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(env, "ENV_FILE", ".env")
    return monkeypatch


def message_of(name: str, value: str, environment: pytest.MonkeyPatch) -> str:
    environment.setenv(name, value)
    with pytest.raises(env.BadEnvironment) as refused:
        env.load()
    return str(refused.value)


def test_example_names_every_variable_and_no_other() -> None:
    named = {name for name, _ in LINE.findall(EXAMPLE.read_text())}

    assert named == set(env.variables())


def test_example_shows_the_value_that_holds_when_nothing_is_set(
    environment: pytest.MonkeyPatch,
) -> None:
    shown = dict(LINE.findall(EXAMPLE.read_text()))  # of two lines for one name, the last

    for name, value in shown.items():
        environment.setenv(name, value)
    as_shown = env.load()
    for name in shown:
        environment.delenv(name)

    assert env.load() == as_shown


def test_example_explains_each_variable_before_naming_it() -> None:
    blocks = EXAMPLE.read_text().strip().split("\n\n")

    unexplained = [b for b in blocks if LINE.match(b.splitlines()[0])]

    assert unexplained == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "acht", "PORT moet een geheel getal zijn"),
        ("PORT", "0", "PORT moet minstens 1 zijn"),
        ("PORT", "70000", "PORT mag hoogstens 65535 zijn"),
        ("PARTNERWIJZER_DEBUG", "misschien", "PARTNERWIJZER_DEBUG moet 1 of 0 zijn"),
        ("PARTNERWIJZER_MAIL", "duif", "PARTNERWIJZER_MAIL kies uit 'file', 'console' of 'smtp'"),
        (
            "DATABASE_URL",
            "mysql://x/y",
            "DATABASE_URL moet beginnen met postgresql:// of sqlite://",
        ),
        (
            "PARTNERWIJZER_BASE_URL",
            "partnerwijzer.example",
            "PARTNERWIJZER_BASE_URL moet een adres zijn zoals https://partnerwijzer.example, "
            "zonder pad",
        ),
        (
            "PARTNERWIJZER_MAIL_FROM",
            "niemand",
            "PARTNERWIJZER_MAIL_FROM moet een mailadres zijn, of Naam <adres@domein>",
        ),
    ],
)
def test_wrong_value_is_named_in_plain_words(
    name: str, value: str, sentence: str, environment: pytest.MonkeyPatch
) -> None:
    message = message_of(name, value, environment)

    assert message == f"Foute instelling:\n  {sentence}\nZie .env.example."


def test_several_wrong_values_are_named_together(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PARTNERWIJZER_WORKERS", "0")

    message = message_of("PORT", "x", environment)

    assert message.splitlines()[1:3] == [
        "  PORT moet een geheel getal zijn",
        "  PARTNERWIJZER_WORKERS moet minstens 1 zijn",
    ]


@pytest.mark.parametrize("secret", ["kort-geheim", "a" * 60, "abcabc" * 12])
def test_weak_secret_is_refused_and_not_repeated(
    secret: str, environment: pytest.MonkeyPatch
) -> None:
    message = message_of("PARTNERWIJZER_SECRET_KEY", secret, environment)

    assert "PARTNERWIJZER_SECRET_KEY is te zwak" in message
    assert secret not in message


def test_long_random_secret_is_taken(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PARTNERWIJZER_SECRET_KEY", GOOD_SECRET)

    assert env.load().secret_key == GOOD_SECRET


def test_data_folder_that_is_a_file_is_refused(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "var").touch()

    message = message_of("PARTNERWIJZER_DATA", str(tmp_path / "var"), environment)

    assert "PARTNERWIJZER_DATA moet een map zijn, en dit is een bestand" in message


def test_password_is_not_sent_in_the_clear(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PARTNERWIJZER_SMTP_PASSWORD", "geheim")
    environment.setenv("PARTNERWIJZER_SMTP_SECURITY", "none")

    message = message_of("PARTNERWIJZER_MAIL", "smtp", environment)

    assert "zou het wachtwoord leesbaar versturen" in message


@pytest.mark.parametrize("place", ["environment", "file"])
def test_misspelt_variable_stops_the_start(
    place: str, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if place == "environment":
        environment.setenv("PARTNERWIJZER_MIAL", "smtp")
    else:
        (tmp_path / ".env").write_text("PARTNERWIJZER_MIAL=smtp\n")

    with pytest.raises(env.BadEnvironment, match="PARTNERWIJZER_MIAL"):
        env.load()


def test_environment_goes_before_the_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nPARTNERWIJZER_WORKERS=3\n")
    environment.setenv("PORT", "9002")

    loaded = env.load()

    assert (loaded.port, loaded.workers) == (9002, 3)


def test_empty_variable_counts_as_not_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "")

    assert env.load().port == 8000


@pytest.mark.parametrize(
    ("settings", "site", "hosts"),
    [
        ({}, "http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"]),
        (
            {"PARTNERWIJZER_BASE_URL": "https://wijzer.example/"},
            "https://wijzer.example",
            ["127.0.0.1", "localhost", "[::1]", "wijzer.example"],
        ),
        (
            {"PORT": "81", "PARTNERWIJZER_ALLOWED_HOSTS": " a.example, localhost ,b.example,"},
            "http://127.0.0.1:81",
            ["127.0.0.1", "localhost", "[::1]", "a.example", "b.example"],
        ),
    ],
)
def test_public_address_is_allowed_without_saying_so(
    settings: dict[str, str], site: str, hosts: list[str], environment: Any
) -> None:
    for name, value in settings.items():
        environment.setenv(name, value)

    loaded = env.load()

    assert (loaded.site_url, loaded.hosts) == (site, hosts)


def test_address_of_version_six_stands_between_brackets(environment: Any) -> None:
    environment.setenv("PARTNERWIJZER_HOST", "::1")

    assert env.load().site_url == "http://[::1]:8000"


@pytest.mark.parametrize(
    "address",
    ["tegels.example/{z}/{x}/{y}.png", "https://tegels.example/{z}/{x}.png",
     "https://{s}.tegels.example/{z}/{x}/{y}.png", "https://a;b.example/{z}/{x}/{y}.png"],
)  # fmt: skip
def test_the_background_of_the_map_is_an_address_of_tiles(
    address: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("PARTNERWIJZER_MAP_SOURCE", "Iemand")

    assert "{z}/{x}/{y}" in message_of("PARTNERWIJZER_MAP_TILES", address, environment)


def test_a_background_names_its_source_and_its_host_is_allowed(
    environment: pytest.MonkeyPatch,
) -> None:
    address = "https://tegels.example:8443/kaart/{z}/{x}/{y}.png"
    assert "MAP_SOURCE" in message_of("PARTNERWIJZER_MAP_TILES", address, environment)

    environment.setenv("PARTNERWIJZER_MAP_SOURCE", "© Iemand")

    assert env.load().map_host == "https://tegels.example:8443"


def test_without_a_background_no_host_is_allowed(environment: pytest.MonkeyPatch) -> None:
    assert env.load().map_host == ""
