"""All settings that come from the environment, typed. A wrong value stops the start with its name."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PARTNERWIJZER_"
# Read by the tests only, see tests/conftest.py.
TEST_ONLY = frozenset({"PARTNERWIJZER_SAMPLES", "PARTNERWIJZER_TEST_DATABASE_URL"})


class BadEnvironment(SystemExit):
    """Raised when a variable is wrong; the message names the variable and what is expected."""


class Environment(BaseSettings):
    """One attribute for each variable. docs: .env.example, which a test keeps complete."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    data: Path = Field(default=Path("var"), validation_alias="PARTNERWIJZER_DATA")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    secret_key: str = Field(default="", validation_alias="PARTNERWIJZER_SECRET_KEY")
    debug: bool = Field(default=False, validation_alias="PARTNERWIJZER_DEBUG")
    host: str = Field(default="127.0.0.1", validation_alias="PARTNERWIJZER_HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias="PORT")
    base_url: str = Field(default="", validation_alias="PARTNERWIJZER_BASE_URL")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default=["127.0.0.1", "localhost", "[::1]"], validation_alias="PARTNERWIJZER_ALLOWED_HOSTS"
    )
    behind_proxy: bool = Field(default=False, validation_alias="PARTNERWIJZER_BEHIND_PROXY")
    workers: int = Field(default=1, ge=1, le=64, validation_alias="PARTNERWIJZER_WORKERS")
    threads: int = Field(default=4, ge=1, le=64, validation_alias="PARTNERWIJZER_THREADS")
    mail: Literal["file", "console", "smtp"] = Field(
        default="file", validation_alias="PARTNERWIJZER_MAIL"
    )
    mail_from: str = Field(
        default="Partnerwijzer <partnerwijzer@localhost>", validation_alias="PARTNERWIJZER_MAIL_FROM"
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
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias="PARTNERWIJZER_LOG_LEVEL"
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [v.strip() for v in value.split(",") if v.strip()] if isinstance(value, str) else value

    @property
    def site_url(self) -> str:
        """Address that stands in mails and QR codes, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")


def variables() -> dict[str, str]:
    """Name of each variable and of the attribute that it sets."""
    return {str(f.validation_alias): name for name, f in Environment.model_fields.items()}


def load() -> Environment:
    """The environment, checked.

    Raises:
        BadEnvironment: a value is wrong, or a PARTNERWIJZER_ variable does not exist (a typo).
    """
    known = set(variables()) | TEST_ONLY
    unknown = sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
    if unknown:
        raise BadEnvironment(f"Onbekende instelling: {', '.join(unknown)}. Zie .env.example.")
    try:
        return Environment()
    except ValidationError as wrong:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
        raise BadEnvironment("Foute instelling. " + " · ".join(lines)) from None
