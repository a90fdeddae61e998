from django.urls import path

from partnerwijzer.ui import views

app_name = "ui"
urlpatterns = [path("stijl/", views.style, name="style")]
