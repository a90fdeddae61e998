from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.frameworks"
    label = "frameworks"
    default_auto_field = "django.db.models.BigAutoField"
