from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.worklist"
    label = "worklist"
    default_auto_field = "django.db.models.BigAutoField"
