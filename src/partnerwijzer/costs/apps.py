from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.costs"
    label = "costs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.costs import speaking  # noqa: PLC0415
        from partnerwijzer.dossiers import beside  # noqa: PLC0415

        beside.register(
            remarks=speaking.remarks,
            doors=speaking.doors,
            answers=speaking.ANSWERS,
            fields=speaking.fields,
            records=speaking.records,
            lists=(speaking.AGREEMENTS,),
        )
