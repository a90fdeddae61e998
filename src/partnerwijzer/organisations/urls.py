from django.urls import path

from partnerwijzer.organisations import views

app_name = "organisations"
urlpatterns = [path("van-school-wisselen/", views.switch_school, name="switch_school")]
