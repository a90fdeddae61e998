from django.urls import path

from partnerwijzer.councils.views import advising, bodies, meetings

app_name = "councils"
urlpatterns = [
    path("raden/", bodies.bodies, name="bodies"),
    path("raden/nieuw/", bodies.make, name="make"),
    path("raden/<int:pk>/", bodies.body, name="body"),
    path("raden/<int:pk>/reglement/", bodies.rules, name="rules"),
    path("raden/<int:pk>/beeindigen/", bodies.end, name="end"),
    path("raden/lid/<int:pk>/", bodies.member, name="member"),
    path("raden/<int:body_pk>/vergadering/", meetings.edit, name="meeting_new"),
    path("raden/<int:body_pk>/advies/", advising.receive, name="advice_new"),
    path("vergaderingen/<int:pk>/", meetings.meeting, name="meeting"),
    path("vergaderingen/<int:pk>/aanpassen/", meetings.edit, name="meeting_edit"),
    path("vergaderingen/<int:pk>/schrappen/", meetings.cancel, name="meeting_cancel"),
    path("vergaderingen/<int:pk>/<slug:kind>/", meetings.paper, name="paper"),
    path("vergaderingen/punt/<int:pk>/bewerken/", meetings.point, name="point"),
    path("adviezen/<int:pk>/", advising.advice, name="advice"),
    path("adviezen/<int:pk>/aanpassen/", advising.edit, name="advice_edit"),
]
