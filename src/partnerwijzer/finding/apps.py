from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
