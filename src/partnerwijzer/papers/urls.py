from django.urls import path

from partnerwijzer.papers.views import letters, summary

app_name = "papers"
urlpatterns = [
    path("dossiers/<int:pk>/samenvatting/", summary.summary_page, name="summary"),
    path("dossiers/<int:pk>/samenvatting/<slug:kind>/", summary.summary_file, name="summary_file"),
    path(
        "dossiers/<int:pk>/brieven/<int:decision_pk>/<int:partner_pk>/",
        letters.letter,
        name="letter",
    ),
    path(
        "dossiers/<int:pk>/brief/<int:letter_pk>/<slug:kind>/",
        letters.letter_file,
        name="letter_file",
    ),
]
