from django.urls import path

from partnerwijzer.partners import views
from partnerwijzer.partners.views import comparing, mapping

app_name = "partners"
urlpatterns = [
    path("zoeken/", views.partner_list, name="list"),
    path("zoeken/kaart/", mapping.spots, name="map"),
    path("zoeken/vergelijken/", comparing.compare, name="compare"),
    path("zoeken/register/", views.register_search, name="register"),
    path("partners/nieuw/", views.create, name="create"),
    path("partners/beheer/", views.moderation, name="moderation"),
    path("partners/beheer/<str:kind>/<int:row_pk>/", views.decide, name="decide"),
    path("partners/dubbels/", views.duplicates, name="duplicates"),
    path("partners/dubbels/<int:pair_pk>/twee/", views.two, name="two"),
    path("partners/samengevoegd/<int:merge_pk>/terug/", views.undo, name="unmerge"),
    path("partners/<int:pk>/samenvoegen/<int:other_pk>/", views.merge, name="merge"),
    path("partners/hoe-we-meten/", views.measures, name="measures"),
    path("partners/<int:pk>/", views.detail, name="detail"),
    path("partners/<int:pk>/aanpassen/", views.edit, name="edit"),
    path("partners/<int:pk>/banden/", views.relations, name="relations"),
    path("partners/<int:pk>/banden/<int:relation_pk>/", views.unrelate, name="unrelate"),
    path("partners/<int:pk>/link/", views.profile_links, name="profile_links"),
    path("partners/<int:pk>/wie-zegt-wat/", views.statements, name="statements"),
    path("partners/<int:pk>/melden/", views.report, name="report"),
    path("organisatie/<str:token>/", views.own, name="own"),
    path("organisatie/<str:token>/opened/", views.own_opened, name="own_opened"),
    path("organisatie/<str:token>/gegevens/", views.own_facts, name="own_facts"),
    path("organisatie/<str:token>/aanbod/", views.own_offer, name="own_offer_new"),
    path("organisatie/<str:token>/aanbod/<int:offer_pk>/", views.own_offer, name="own_offer"),
    path(
        "organisatie/<str:token>/aanbod/<int:offer_pk>/bron/", views.own_source, name="own_source"
    ),
    path("organisatie/<str:token>/doelen/", views.own_goals, name="own_goals"),
    path("organisatie/<str:token>/erkenning/", views.own_recognition, name="own_recognition_new"),
    path(
        "organisatie/<str:token>/erkenning/<int:recognition_pk>/",
        views.own_recognition,
        name="own_recognition",
    ),
    path("organisatie/<str:token>/melden/", views.own_report, name="own_report"),
    path("partners/<int:pk>/waarschuwing/", views.mark, name="mark"),
    path("partners/<int:pk>/nagekeken/", views.settle, name="settle"),
    path("partners/<int:pk>/contact/", views.contact, name="contact_new"),
    path("partners/<int:pk>/contact/<int:contact_pk>/", views.contact, name="contact_edit"),
    path("partners/<int:pk>/erkenning/", views.recognition, name="recognition_new"),
    path(
        "partners/<int:pk>/erkenning/<int:recognition_pk>/",
        views.recognition,
        name="recognition_edit",
    ),
    path("partners/<int:pk>/aanbod/", views.offer_edit, name="offer_new"),
    path("partners/<int:pk>/aanbod/<int:offer_pk>/", views.offer_edit, name="offer_edit"),
    path("partners/<int:pk>/aanbod/<int:offer_pk>/stand/", views.offer_state, name="offer_state"),
    path(
        "partners/<int:pk>/aanbod/<int:offer_pk>/onderbouwing/", views.grounding, name="grounding"
    ),
    path(
        "partners/<int:pk>/aanbod/<int:offer_pk>/bron/<int:source_pk>/",
        views.source_file,
        name="source_file",
    ),
]
