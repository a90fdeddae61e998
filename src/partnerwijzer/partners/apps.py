from django.apps import AppConfig
from django.core import checks


class Config(AppConfig):
    name = "partnerwijzer.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.kbo import watchers  # noqa: PLC0415
        from partnerwijzer.partners import actions, everyday, indexing  # noqa: PLC0415
        from partnerwijzer.privacy import linked  # noqa: PLC0415
        from partnerwijzer.search import triggers  # noqa: PLC0415

        checks.register(everyday.check)
        watchers.add(actions.follow_register)
        triggers.watch(self, indexing.TOPIC, indexing.WATCHED)
        linked.register("partner_profile__sent_by_school_id")
