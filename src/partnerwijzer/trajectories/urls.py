from django.urls import path

from partnerwijzer.trajectories import views

app_name = "trajectories"
urlpatterns = [
    path("dossiers/<int:pk>/traject/", views.trajectory, name="trajectory"),
    path("dossiers/<int:pk>/traject/plan/", views.plan_file, name="plan_file"),
    path("dossiers/<int:pk>/traject/reeks/", views.series, name="series_new"),
    path("dossiers/<int:pk>/traject/reeks/<int:series_pk>/", views.series, name="series"),
    path(
        "dossiers/<int:pk>/traject/reeks/<int:series_pk>/stop/",
        views.series_stop,
        name="series_stop",
    ),
    path(
        "dossiers/<int:pk>/traject/mijlpaal/<int:milestone_pk>/", views.milestone, name="milestone"
    ),
]
