from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.kbo"
    label = "kbo"
    default_auto_field = "django.db.models.BigAutoField"
