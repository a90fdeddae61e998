from django.urls import path

from partnerwijzer.home import health, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("alles/", views.everything, name="everything"),
    path("registers/", views.lists, name="lists"),
    path("registers/doelen/", views.read_list, {"key": "doelen"}, name="read_goals"),
    path("registers/scholen/", views.read_list, {"key": "scholen"}, name="read_schools"),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
]
