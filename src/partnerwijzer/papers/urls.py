from django.urls import path

from partnerwijzer.papers.views import handing_over, letters, register, style, summary

app_name = "papers"
urlpatterns = [
    path("dossiers/gegevens/xlsx/", register.workbook, name="data_register_xlsx"),
    path("dossiers/<int:pk>/papieren/", handing_over.every, name="all"),
    path("dossiers/<int:pk>/papieren/pakket/", handing_over.whole, name="whole"),
    path(
        "dossiers/<int:pk>/papieren/<slug:which>/<slug:kind>/",
        handing_over.paper_file,
        name="paper_file",
    ),
    path("scholen/<int:pk>/huisstijl/", style.style, name="style"),
    path("scholen/<int:pk>/huisstijl/logo/", style.logo, name="style_logo"),
    path("scholen/<int:pk>/huisstijl/voorbeeld/<slug:kind>/", style.example, name="style_example"),
    path(
        "scholen/<int:pk>/huisstijl/sjabloon/<int:template_pk>/",
        style.template_file,
        name="style_template",
    ),
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
