from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "partnerwijzer.trajectories"
    label = "trajectories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.dossiers import parts  # noqa: PLC0415

        parts.register("trajectory", _("Het traject"), "trajectories:trajectory")
