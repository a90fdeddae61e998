from django.urls import path

from partnerwijzer.factors import views

app_name = "factors"
urlpatterns = [
    path("dossiers/<int:pk>/werking/", views.overview, name="overview"),
    path("dossiers/<int:pk>/werking/actie/<int:action_pk>/", views.hand_on, name="hand_on"),
    path("dossiers/<int:pk>/werking/<slug:moment>/", views.score, name="score"),
    path("dossiers/<int:pk>/werking/<slug:moment>/<slug:factor>/", views.plan, name="plan"),
    path("werking/<str:token>/", views.partner_page, name="partner_page"),
    path("werking/<str:token>/geopend/", views.partner_opened, name="partner_opened"),
]
