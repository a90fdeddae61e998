from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.archive import speaking  # noqa: PLC0415
        from partnerwijzer.dossiers import beside  # noqa: PLC0415

        beside.register(doors=speaking.doors, facts=speaking.FACTS)
