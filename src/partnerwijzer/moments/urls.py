from django.urls import path

from partnerwijzer.moments import views

app_name = "moments"
ROOT = "dossiers/<int:pk>/activiteiten/<int:activity_pk>"
urlpatterns = [
    path(f"{ROOT}/dag/", views.day, name="day"),
    path(f"{ROOT}/vervangen/", views.replace, name="replace"),
    path(f"{ROOT}/verplaatsen/", views.move, name="move"),
    path(f"{ROOT}/afzeggen/", views.call_off, name="call_off"),
    path(f"{ROOT}/terugzetten/", views.restore, name="restore"),
    path(f"{ROOT}/aanwezig/", views.attendance, name="attendance"),
    path(f"{ROOT}/infofiche/", views.pack, name="pack"),
    path(f"{ROOT}/infofiche/verstuur/", views.send_pack, name="send_pack"),
    path(f"{ROOT}/infofiche/<slug:kind>/", views.pack_file, name="pack_file"),
    path(f"{ROOT}/incident/", views.incident, name="incident_new"),
    path(f"{ROOT}/incident/<int:incident_pk>/", views.incident, name="incident"),
    path("onze-school/huisregels/", views.house_rules, name="house_rules"),
]
