"""Settings for tests: as in production, with a throwaway data folder and quick password hashes."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="partnerwijzer-test-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["PARTNERWIJZER_DATA"] = str(_data)
os.environ["DATABASE_URL"] = os.environ.get("PARTNERWIJZER_TEST_DATABASE_URL", "")

from partnerwijzer.config import env  # noqa: E402

env.ENV_FILE = None  # a developer's own .env has no say here

from partnerwijzer.config.settings import *  # noqa: E402, F403
from partnerwijzer.config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: a server in a thread then has a connection and locks of its own.
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
