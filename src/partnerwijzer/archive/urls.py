from django.urls import path

from partnerwijzer.archive.views import again, keeping, shelf

app_name = "archive"
urlpatterns = [
    path("archief/", shelf.shelf, name="list"),
    path("bewaren/", keeping.periods, name="periods"),
    path("bewaren/opruimen/", keeping.clear_out, name="clear_out"),
    path("dossiers/<int:pk>/zoals-vorig-jaar/", again.again, name="again"),
    path("dossiers/<int:pk>/vervolg-op/", again.before, name="before"),
]
