from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.authoring"
    label = "authoring"
    default_auto_field = "django.db.models.BigAutoField"
