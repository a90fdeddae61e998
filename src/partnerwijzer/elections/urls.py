from django.urls import path

from partnerwijzer.elections import views

app_name = "elections"
urlpatterns = [
    path("verkiezingen/", views.elections, name="list"),
    path("verkiezingen/<int:pk>/weg/", views.withdraw, name="withdraw"),
]
