from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.dossiers import beside  # noqa: PLC0415
        from partnerwijzer.quality import speaking  # noqa: PLC0415

        beside.register(doors=speaking.doors, readings=speaking.readings, lists=(speaking.TAGS,))
