from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "partnerwijzer.factors"
    label = "factors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.dossiers import beside, parts  # noqa: PLC0415
        from partnerwijzer.factors import speaking  # noqa: PLC0415
        from partnerwijzer.privacy import linked  # noqa: PLC0415

        parts.register("factors", _("Of de samenwerking werkt"), "factors:overview")
        beside.register(doors=speaking.doors, facts=speaking.FACTS)
        linked.register("factor_ask__row__dossier__school_id")
