from django.urls import path

from partnerwijzer.goals import views

app_name = "goals"
urlpatterns = [
    path("doelen/zoeken/", views.search, name="search"),
    path("doelen/kiezen/", views.pick, name="pick"),
]
