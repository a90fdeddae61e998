from django.urls import path

from partnerwijzer.schooldays import views

app_name = "schooldays"
urlpatterns = [
    path("schoolkalender/", views.days, name="days"),
    path("schoolkalender/inlezen/", views.read, name="read"),
    path("schoolkalender/<int:pk>/", views.day, name="day"),
]
