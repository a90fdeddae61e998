from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "partnerwijzer.volunteers"
    label = "volunteers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.dossiers import beside, parts  # noqa: PLC0415
        from partnerwijzer.privacy import linked  # noqa: PLC0415
        from partnerwijzer.volunteers import listening, speaking  # noqa: F401, PLC0415

        parts.register("volunteers", _("Wie er meehelpt"), "volunteers:overview")
        beside.register(
            doors=speaking.doors,
            names=speaking.names,
            facts=speaking.FACTS,
            at_moment=speaking.at_moment,
        )
        linked.register("volunteer__dossier__school_id")
