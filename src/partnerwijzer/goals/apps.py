from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.goals"
    label = "goals"
    default_auto_field = "django.db.models.BigAutoField"
