from django.urls import path

from partnerwijzer.privacy import views

app_name = "privacy"
urlpatterns = [path("school/privacy/", views.privacy, name="school")]
