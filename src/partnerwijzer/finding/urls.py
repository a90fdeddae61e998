from django.urls import path

from partnerwijzer.finding import views

app_name = "finding"
urlpatterns = [
    path("zoeken/bewaren/", views.keep, name="keep"),
    path("zoeken/bewaard/<int:pk>/weg/", views.remove, name="remove"),
    path("zoeken/meenemen/", views.take_along, name="take_along"),
]
