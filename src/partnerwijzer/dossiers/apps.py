from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"
