from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from partnerwijzer.access import gate  # noqa: PLC0415
        from partnerwijzer.privacy import asking  # noqa: PLC0415

        gate.before_commit(asking.nothing_waits)
