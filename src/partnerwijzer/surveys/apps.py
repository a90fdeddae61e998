from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.privacy import linked  # noqa: PLC0415
        from partnerwijzer.surveys import queries  # noqa: PLC0415

        linked.register(
            "survey_invitation__survey__school_id", "survey_reminder__survey__school_id"
        )
        linked.register_code("code", queries.school_by_code)
