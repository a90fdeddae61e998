"""All settings that come from the environment, typed. A wrong one stops the start with its name.

They are read from the environment and from a file `.env` in the working folder, the environment
first. `.env.example` says what each is for; a test keeps it complete.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PARTNERWIJZER_"
ENV_FILE: str | None = ".env"  # the tests read none
# Read by the tests only, see tests/conftest.py and tests/settings.py.
TEST_ONLY = frozenset({"PARTNERWIJZER_SAMPLES", "PARTNERWIJZER_TEST_DATABASE_URL"})
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
DATABASE_KINDS = {"sqlite", "postgres", "postgresql"}
SECRET_LENGTH, SECRET_VARIETY = 40, 10


class BadEnvironment(SystemExit):
    """A setting is wrong. The message names it and says what is expected; never its value."""


def _words(value: object) -> object:
    """A list written with commas."""
    return [v.strip() for v in value.split(",") if v.strip()] if isinstance(value, str) else value


class Environment(BaseSettings):
    """One attribute for each variable."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, frozen=True)

    data: Path = Field(default=Path("var"), validation_alias="PARTNERWIJZER_DATA")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    secret_key: str = Field(default="", validation_alias="PARTNERWIJZER_SECRET_KEY")
    debug: bool = Field(default=False, validation_alias="PARTNERWIJZER_DEBUG")
    host: str = Field(default="127.0.0.1", validation_alias="PARTNERWIJZER_HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias="PORT")
    base_url: str = Field(default="", validation_alias="PARTNERWIJZER_BASE_URL")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(), validation_alias="PARTNERWIJZER_ALLOWED_HOSTS"
    )
    behind_proxy: bool = Field(default=False, validation_alias="PARTNERWIJZER_BEHIND_PROXY")
    workers: int = Field(default=1, ge=1, le=64, validation_alias="PARTNERWIJZER_WORKERS")
    threads: int = Field(default=4, ge=1, le=64, validation_alias="PARTNERWIJZER_THREADS")
    mail: Literal["file", "console", "smtp"] = Field(
        default="file", validation_alias="PARTNERWIJZER_MAIL"
    )
    mail_from: str = Field(
        default="Partnerwijzer <partnerwijzer@localhost>",
        validation_alias="PARTNERWIJZER_MAIL_FROM",
    )
    smtp_host: str = Field(default="localhost", validation_alias="PARTNERWIJZER_SMTP_HOST")
    smtp_port: int = Field(default=587, ge=1, le=65535, validation_alias="PARTNERWIJZER_SMTP_PORT")
    smtp_user: str = Field(default="", validation_alias="PARTNERWIJZER_SMTP_USER")
    smtp_password: str = Field(default="", validation_alias="PARTNERWIJZER_SMTP_PASSWORD")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", validation_alias="PARTNERWIJZER_SMTP_SECURITY"
    )
    upload_megabytes: int = Field(
        default=20, ge=1, le=500, validation_alias="PARTNERWIJZER_UPLOAD_MEGABYTES"
    )
    uitdatabank_url: str = Field(default="", validation_alias="PARTNERWIJZER_UITDATABANK_URL")
    uitdatabank_key: str = Field(default="", validation_alias="PARTNERWIJZER_UITDATABANK_KEY")
    map_tiles: str = Field(default="", validation_alias="PARTNERWIJZER_MAP_TILES")
    map_source: str = Field(default="", validation_alias="PARTNERWIJZER_MAP_SOURCE")
    imports: Path | None = Field(default=None, validation_alias="PARTNERWIJZER_IMPORTS")
    import_megabytes: int = Field(
        default=1500, ge=1, le=20_000, validation_alias="PARTNERWIJZER_IMPORT_MEGABYTES"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias="PARTNERWIJZER_LOG_LEVEL"
    )

    @field_validator("data", "imports")
    @classmethod
    def _a_folder(cls, value: Path | None) -> Path | None:
        folder = value.expanduser() if value else None
        if folder and folder.exists() and not folder.is_dir():
            raise ValueError("moet een map zijn, en dit is een bestand")
        return folder

    @field_validator("database_url")
    @classmethod
    def _a_known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in DATABASE_KINDS:
            raise ValueError("moet beginnen met postgresql:// of sqlite://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _hard_to_guess(cls, value: str) -> str:
        if value and is_weak(value):
            raise ValueError(
                f"is te zwak: neem minstens {SECRET_LENGTH} willekeurige tekens, of laat leeg"
            )
        return value

    @field_validator("base_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.netloc and not parts.query
        if value and not (whole and parts.path in ("", "/")):
            raise ValueError("moet een adres zijn zoals https://partnerwijzer.example, zonder pad")
        return value.rstrip("/")

    @field_validator("map_tiles")
    @classmethod
    def _tiles(cls, value: str) -> str:
        parts = urlsplit(value)
        names = set(re.findall(r"{(.*?)}", value))
        whole = parts.scheme in ("http", "https") and re.fullmatch(r"[\w.:-]+", parts.netloc)
        if value and not (whole and names == {"x", "y", "z"}):
            raise ValueError(
                "moet een adres zijn zoals https://tegels.example/{z}/{x}/{y}.png, zonder {s}"
            )
        return value

    @model_validator(mode="after")
    def _tiles_have_a_source(self) -> Self:
        if self.map_tiles and not self.map_source:
            raise ValueError(
                "PARTNERWIJZER_MAP_SOURCE moet zeggen van wie de achtergrond van de kaart is"
            )
        return self

    @property
    def map_host(self) -> str:
        """Whence the background of the map comes, as a Content-Security-Policy writes it."""
        parts = urlsplit(self.map_tiles)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @field_validator("mail_from")
    @classmethod
    def _a_sender(cls, value: str) -> str:
        if not re.fullmatch(r"([^<>@]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)", value):
            raise ValueError("moet een mailadres zijn, of Naam <adres@domein>")
        return value

    @model_validator(mode="after")
    def _a_password_needs_safety(self) -> Self:
        if self.mail == "smtp" and self.smtp_password and self.smtp_security == "none":
            raise ValueError(
                "PARTNERWIJZER_SMTP_SECURITY=none zou het wachtwoord leesbaar versturen"
            )
        return self

    @property
    def site_url(self) -> str:
        """Address that stands in mails and QR codes, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base_url or f"http://{host}:{self.port}"

    @property
    def hosts(self) -> list[str]:
        """Names under which the product may be asked for: this machine's, the public one, more."""
        public = urlsplit(self.base_url).hostname
        return list(dict.fromkeys(filter(None, [*LOCAL_HOSTS, public, *self.allowed_hosts])))


def is_weak(secret: str) -> bool:
    """Short, or of few different characters: such a key can be guessed."""
    return len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY


def variables() -> dict[str, str]:
    """Name of each variable and of the attribute that it sets."""
    return {str(f.validation_alias): name for name, f in Environment.model_fields.items()}


def load() -> Environment:
    """The environment, checked.

    Raises:
        BadEnvironment: a value is wrong, or a PARTNERWIJZER_ variable does not exist (a typo).
    """
    known = set(variables()) | TEST_ONLY
    named = {*os.environ, *(dotenv_values(ENV_FILE) if ENV_FILE else ())}
    unknown = sorted(name for name in named if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise BadEnvironment(f"Onbekende instelling: {', '.join(unknown)}. Zie .env.example.")
    try:
        return Environment(_env_file=ENV_FILE)
    except ValidationError as wrong:
        lines = "\n".join(f"  {_sentence(error)}" for error in wrong.errors())
        raise BadEnvironment(f"Foute instelling:\n{lines}\nZie .env.example.") from None


def _sentence(error: Any) -> str:
    """One fault in plain words, without the value: it may be a secret."""
    name = ".".join(map(str, error["loc"]))
    context = error.get("ctx", {})
    texts = {
        "int_parsing": "moet een geheel getal zijn",
        "bool_parsing": "moet 1 of 0 zijn",
        "greater_than_equal": f"moet minstens {context.get('ge')} zijn",
        "less_than_equal": f"mag hoogstens {context.get('le')} zijn",
        "literal_error": f"kies uit {context.get('expected', '').replace(' or ', ' of ')}",
    }
    text = str(context["error"]) if "error" in context else texts.get(error["type"], error["msg"])
    return f"{name} {text}".strip()
