from django.urls import path

from partnerwijzer.home import health, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
]
