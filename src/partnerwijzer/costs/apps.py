from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "partnerwijzer.costs"
    label = "costs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.costs import speaking  # noqa: PLC0415
        from partnerwijzer.dossiers import beside, hanging, parts  # noqa: PLC0415

        parts.register("costs", _("De kosten"), "costs:plan")
        beside.register(
            remarks=speaking.remarks,
            doors=speaking.doors,
            answers=speaking.ANSWERS,
            fields=speaking.fields,
            records=speaking.records,
            lists=(speaking.AGREEMENTS,),
        )
        hanging.register(speaking.LINES)
