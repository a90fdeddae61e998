from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.privacy import linked  # noqa: PLC0415

        linked.register("invitation__school_id")
