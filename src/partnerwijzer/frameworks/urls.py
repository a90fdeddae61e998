from django.urls import path

from partnerwijzer.frameworks import views

app_name = "frameworks"
urlpatterns = [
    path("kader/", views.index, name="index"),
    path("kader/<int:pk>/", views.read, name="read"),
    path("kader/<int:pk>/verschil/<int:older_pk>/", views.differences, name="differences"),
    path("kader/<int:pk>/bestanden.zip", views.files, name="files"),
]
