from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.research"
    label = "research"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.dossiers import beside, hanging  # noqa: PLC0415
        from partnerwijzer.research import speaking  # noqa: PLC0415

        beside.register(
            doors=speaking.doors,
            met=speaking.met,
            at_moment=speaking.at_moment,
            lists=(speaking.RESEARCH,),
        )
        hanging.register(speaking.CONSENTS)
