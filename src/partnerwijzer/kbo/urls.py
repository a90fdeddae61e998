from django.urls import path

from partnerwijzer.kbo import views

app_name = "kbo"
urlpatterns = [path("registers/kbo/", views.read_in, name="import")]
