from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.moments"
    label = "moments"
    default_auto_field = "django.db.models.BigAutoField"
