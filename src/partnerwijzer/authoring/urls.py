from django.urls import path

from partnerwijzer.authoring import views

app_name = "authoring"
urlpatterns = [
    path("kader/eigen/", views.index, name="index"),
    path("kader/eigen/<int:own_pk>/gebruik/", views.use, name="use"),
    path("kader/ontwerp/<int:pk>/", views.draft, name="draft"),
    path("kader/ontwerp/<int:pk>/vraag/", views.criterion, name="criterion_new"),
    path("kader/ontwerp/<int:pk>/vraag/<slug:key>/", views.criterion, name="criterion"),
    path("kader/ontwerp/<int:pk>/startvraag/", views.situation, name="situation_new"),
    path("kader/ontwerp/<int:pk>/startvraag/<slug:key>/", views.situation, name="situation"),
    path("kader/ontwerp/<int:pk>/poort/<slug:key>/", views.gate, name="gate"),
    path("kader/ontwerp/<int:pk>/verplaats/", views.move, name="move"),
    path("kader/ontwerp/<int:pk>/bestanden/", views.files, name="files"),
    path("kader/ontwerp/<int:pk>/uitbrengen/", views.publish, name="publish"),
]
