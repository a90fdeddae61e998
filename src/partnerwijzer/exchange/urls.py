from django.urls import path

from partnerwijzer.exchange import views

app_name = "exchange"
urlpatterns = [
    path("partners/inlezen/", views.lists, name="lists"),
    path("partners/inlezen/<int:pk>/", views.partner_list, name="list"),
    path("partners/inlezen/<int:pk>/kolommen/", views.columns, name="columns"),
    path("partners/inlezen/<int:pk>/blad/", views.sheet, name="sheet"),
    path("partners/inlezen/<int:pk>/rest/", views.rest, name="rest"),
    path("registers/uitdatabank/", views.uitdatabank, name="uitdatabank"),
    path("databank/", views.databank, name="databank"),
    path("databank/rekenblad/<int:pk>/", views.workbook, name="workbook"),
]
