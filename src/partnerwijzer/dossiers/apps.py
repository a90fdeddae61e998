from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from partnerwijzer.dossiers import listening  # noqa: F401, PLC0415 -- needs the models
