from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
