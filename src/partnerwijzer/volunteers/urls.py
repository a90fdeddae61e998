from django.urls import path

from partnerwijzer.volunteers import views

app_name = "volunteers"
urlpatterns = [
    path("dossiers/<int:pk>/vrijwilligers/", views.overview, name="overview"),
    path("dossiers/<int:pk>/vrijwilligers/meer/", views.several, name="several"),
    path("scholen/<int:pk>/informatienota/", views.note, name="note"),
    path("vrijwilliger/<str:token>/", views.own_page, name="own_page"),
    path("vrijwilliger/<str:token>/geopend/", views.opened, name="opened"),
]
