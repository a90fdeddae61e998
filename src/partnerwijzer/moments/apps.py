from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.moments"
    label = "moments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.moments import listening  # noqa: F401, PLC0415
