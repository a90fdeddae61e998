from django.urls import path

from partnerwijzer.archive.views import again, shelf

app_name = "archive"
urlpatterns = [
    path("archief/", shelf.shelf, name="list"),
    path("dossiers/<int:pk>/zoals-vorig-jaar/", again.again, name="again"),
    path("dossiers/<int:pk>/vervolg-op/", again.before, name="before"),
]
