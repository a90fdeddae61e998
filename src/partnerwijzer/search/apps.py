from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from partnerwijzer.search import titles  # noqa: PLC0415 -- needs the app registry

        titles.begin()
