"""Django settings. What differs per installation comes from config/env.py."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from partnerwijzer.config import env

ENV = env.load()
PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent
CONTENT_DIR = next(
    (d for d in (PACKAGE / "content", CHECKOUT / "content") if d.is_dir()), CHECKOUT / "content"
)
DATA_DIR = ENV.data.resolve()
FILES_DIR = DATA_DIR / "files"
KBO_DIR = DATA_DIR / "kbo"
IMPORT_DIR = (ENV.imports or DATA_DIR / "imports").resolve()
SEARCH_DIR = DATA_DIR / "search"
SITE_URL = ENV.site_url
MAP_TILES, MAP_SOURCE = ENV.map_tiles, ENV.map_source


def _secret_key() -> str:
    """The key of the environment, or one that is made once and kept in the data folder."""
    if ENV.secret_key:
        return ENV.secret_key
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = DATA_DIR / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        # A link appears whole and only once: of two processes that start, both read the same key.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "partnerwijzer.config.urls"
WSGI_APPLICATION = "partnerwijzer.config.wsgi.application"
AUTH_USER_MODEL = "organisations.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MODULES = [
    "audit",
    "access",
    "ui",
    "search",
    "privacy",
    "documents",
    "mail",
    "jobs",
    "kbo",
    "goals",
    "frameworks",
    "elections",
    "organisations",
    "authoring",
    "councils",
    "schooldays",
    "partners",
    "surveys",
    "exchange",
    "finding",
    "dossiers",
    "moments",
    "trajectories",
    "worklist",
    "costs",
    "papers",
    "quality",
    "factors",
    "archive",
    "volunteers",
    "research",
    "home",
    "demo",
]
INSTALLED_APPS = [
    *[f"partnerwijzer.{module}" for module in MODULES],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnerwijzer.organisations.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partnerwijzer.ui.middleware.whole_pages",
    "partnerwijzer.organisations.middleware.actor",
    "partnerwijzer.ui.middleware.keep_what_was_typed",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "partnerwijzer.privacy.middleware.guard",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnerwijzer.home.context.shell",
            ],
            "builtins": ["partnerwijzer.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "partnerwijzer.ui.drawing.Renderer"
if not DEBUG:
    TEMPLATES[0]["APP_DIRS"] = False
    TEMPLATES[0]["OPTIONS"]["loaders"] = [  # type: ignore[index]
        (
            "django.template.loaders.cached.Loader",
            ["django.template.loaders.app_directories.Loader"],
        )
    ]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES: dict[str, dict[str, Any]]
if ENV.database_url:
    DATABASES = {"default": dict(dj_database_url.parse(ENV.database_url))}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["OPTIONS"] = {
            **DATABASES["default"].get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "partnerwijzer.sqlite3"),
        }
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "partnerwijzer.organisations.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "partnerwijzer.organisations.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come from an invitation that was mailed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Partnerwijzer"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "partnerwijzer.ui.views.csrf_failure"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["partnerwijzer.ui.formats"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "partnerwijzer.ui.storage.JoinedStaticFilesStorage"},
}
MEDIA_ROOT = FILES_DIR  # no MEDIA_URL: files are served through a permission only
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = ENV.upload_megabytes * 1024 * 1024
IMPORT_MAX_BYTES = ENV.import_megabytes * 1024 * 1024
UITDATABANK_URL, UITDATABANK_KEY = ENV.uitdatabank_url, ENV.uitdatabank_key
FILE_UPLOAD_HANDLERS = [
    "partnerwijzer.documents.arriving.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "partnerwijzer.documents.arriving.OnDisk",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *filter(None, [ENV.map_host])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if HTTPS else 0
if ENV.behind_proxy:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS: list[str] = []

EMAIL_BACKEND = {
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}[ENV.mail]
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = ENV.smtp_host
EMAIL_PORT = ENV.smtp_port
EMAIL_HOST_USER = ENV.smtp_user
EMAIL_HOST_PASSWORD = ENV.smtp_password
EMAIL_USE_TLS = ENV.smtp_security == "starttls"
EMAIL_USE_SSL = ENV.smtp_security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.mail_from

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "partnerwijzer.config.discreet.Discreet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django_tasks_db": {"level": "WARNING"},  # tells of each start what our worker tells too
    },
}
