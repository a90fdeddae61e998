from django.urls import path

from partnerwijzer.research import views

app_name = "research"
urlpatterns = [
    path("dossiers/<int:pk>/onderzoek/", views.research, name="research"),
    path("dossiers/<int:pk>/onderzoek/goedkeuring/", views.approval, name="approval"),
]
