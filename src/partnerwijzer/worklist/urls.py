from django.urls import path

from partnerwijzer.worklist import views

app_name = "worklist"
urlpatterns = [
    path("taken/", views.work, name="list"),
    path("taken/nieuw/", views.ask, name="ask"),
    path("taken/<int:pk>/", views.assignment, name="assignment"),
    path("taken/<int:pk>/stand/", views.settle, name="settle"),
    path("taken/opzij/<slug:mark>/", views.aside, name="aside"),
    path("taken/doorgeven/<slug:mark>/", views.hand_over, name="hand_over"),
    path("nieuws/", views.news, name="news"),
    path("nieuws/mail/", views.pace, name="pace"),
    path("geen-mail/<str:token>/", views.stop_mail, name="stop_mail"),
]
