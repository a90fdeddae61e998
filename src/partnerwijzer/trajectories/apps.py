from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.trajectories"
    label = "trajectories"
    default_auto_field = "django.db.models.BigAutoField"
