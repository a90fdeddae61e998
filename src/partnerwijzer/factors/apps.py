from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.factors"
    label = "factors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.dossiers import beside  # noqa: PLC0415
        from partnerwijzer.factors import speaking  # noqa: PLC0415
        from partnerwijzer.privacy import linked  # noqa: PLC0415

        beside.register(doors=speaking.doors, facts=speaking.FACTS)
        linked.register("factor_ask__row__dossier__school_id")
