from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.goals"
    label = "goals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.goals import indexing  # noqa: PLC0415
        from partnerwijzer.search import triggers  # noqa: PLC0415

        triggers.watch(self, indexing.TOPIC, indexing.WATCHED)
