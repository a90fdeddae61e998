from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.schooldays"
    label = "schooldays"
    default_auto_field = "django.db.models.BigAutoField"
