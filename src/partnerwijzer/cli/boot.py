"""Makes Django ready for a command. Kept apart: help and wrong usage answer without it."""

import os

import django


def boot() -> None:
    """Loads the settings and the models. A wrong setting ends the program and says which."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerwijzer.config.settings")
    django.setup()
