from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
