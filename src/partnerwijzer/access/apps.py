from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Config(AppConfig):
    name = "partnerwijzer.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from partnerwijzer.access import checks  # noqa: F401, PLC0415 -- needs the app registry

        autodiscover_modules("rules", "sentences")
