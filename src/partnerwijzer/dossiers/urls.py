from django.urls import path

from partnerwijzer.dossiers.views import (
    advising,
    agreeing,
    asking,
    deciding,
    evaluating,
    facts,
    overview,
    running,
    screening,
    talking,
    walking,
)

app_name = "dossiers"
urlpatterns = [
    path("dossiers/", overview.dossier_list, name="list"),
    path("dossiers/nieuw/", overview.create, name="create"),
    path("dossiers/<int:pk>/", overview.detail, name="detail"),
    path("dossiers/<int:pk>/geschiedenis/", overview.history, name="history"),
    path("dossiers/<int:pk>/afronden/", overview.finish, name="finish"),
    path("dossiers/<int:pk>/kader/", overview.adopt, name="adopt"),
    path("dossiers/<int:pk>/gegevens/", facts.facts, name="facts"),
    path("dossiers/<int:pk>/partner-kiezen/", facts.pick_partner, name="pick_partner"),
    path("dossiers/<int:pk>/beoordelen/", screening.assess, name="assess"),
    path("dossiers/<int:pk>/beoordelen/<slug:key>/", screening.criterion, name="criterion"),
    path("dossiers/<int:pk>/beoordelen/<slug:key>/wie/", screening.assign, name="assign"),
    path(
        "dossiers/<int:pk>/beoordelen/<slug:key>/bewijs/", screening.add_evidence, name="evidence"
    ),
    path(
        "dossiers/<int:pk>/beoordelen/<slug:key>/register/",
        screening.register_evidence,
        name="register_evidence",
    ),
    path(
        "dossiers/<int:pk>/beoordelen/<slug:key>/bewijs/<int:evidence_pk>/",
        screening.change_evidence,
        name="change_evidence",
    ),
    path(
        "dossiers/<int:pk>/bewijs/<int:evidence_pk>/bestand/",
        screening.evidence_file,
        name="evidence_file",
    ),
    path("dossiers/<int:pk>/bomen/", walking.tree_list, name="trees"),
    path("dossiers/<int:pk>/bomen/uitkomst/<int:run_pk>/", walking.tree_run, name="tree_run"),
    path("dossiers/<int:pk>/bomen/<slug:key>/", walking.walk_tree, name="tree"),
    path("dossiers/<int:pk>/ervaring/", asking.experiences, name="experiences"),
    path(
        "dossiers/<int:pk>/ervaring/<int:request_pk>/", asking.change_request, name="change_request"
    ),
    path("dossiers/<int:pk>/afspraken/", agreeing.agreements, name="agreements"),
    path("dossiers/<int:pk>/afspraken/<int:row_pk>/", agreeing.agreement, name="agreement"),
    path(
        "dossiers/<int:pk>/afspraken/wijziging/<int:change_pk>/",
        agreeing.handle_change,
        name="handle_change",
    ),
    path(
        "dossiers/<int:pk>/afspraken/versie/<int:version_pk>/<slug:kind>/",
        agreeing.agreement_file,
        name="agreement_file",
    ),
    path("afspraken/<str:token>/", agreeing.partner_page, name="partner_page"),
    path("afspraken/<str:token>/geopend/", agreeing.partner_opened, name="partner_opened"),
    path("afspraken/<str:token>/<slug:kind>/", agreeing.partner_file, name="partner_file"),
    path("dossiers/<int:pk>/activiteiten/", running.activities, name="activities"),
    path("dossiers/<int:pk>/activiteiten/nieuw/", running.edit, name="activity_new"),
    path("dossiers/<int:pk>/activiteiten/<int:activity_pk>/", running.edit, name="activity_edit"),
    path(
        "dossiers/<int:pk>/activiteiten/<int:activity_pk>/stand/",
        running.change,
        name="activity_change",
    ),
    path(
        "dossiers/<int:pk>/activiteiten/<int:activity_pk>/schrappen/",
        running.cancel,
        name="activity_cancel",
    ),
    path(
        "dossiers/<int:pk>/activiteiten/<int:activity_pk>/agenda.ics",
        running.activity_ics,
        name="activity_ics",
    ),
    path("planning/", running.planning, name="planning"),
    path("planning/agenda.ics", running.planning_ics, name="planning_ics"),
    path("dossiers/<int:pk>/evaluatie/", evaluating.evaluation, name="evaluation"),
    path("dossiers/<int:pk>/evaluatie/ikzelf/", evaluating.evaluate, name="evaluate"),
    path("dossiers/<int:pk>/evaluatie/delen/", evaluating.share, name="share"),
    path("dossiers/<int:pk>/beslissen/", deciding.decision, name="decision"),
    path(
        "dossiers/<int:pk>/beslissen/<int:decision_pk>/<slug:kind>/",
        deciding.decision_file,
        name="decision_file",
    ),
    path("dossiers/<int:pk>/schoolraad/", deciding.council_edit, name="council_new"),
    path("dossiers/<int:pk>/schoolraad/<int:item_pk>/", deciding.council_edit, name="council_edit"),
    path("schoolraad/", deciding.council, name="council"),
    path("schoolraad/<int:pk>/", deciding.council_item, name="council_item"),
    path("dossiers/<int:pk>/overleg/<slug:part>/", talking.talk, name="talk"),
    path("dossiers/<int:pk>/overleg/<slug:part>/gezien/", talking.saw, name="talk_seen"),
    path("dossiers/<int:pk>/bericht/<int:remark_pk>/", talking.change, name="remark"),
    path("dossiers/<int:pk>/hier/", talking.here, name="here"),
    path("dossiers/<int:pk>/anker/", advising.ask, name="ask_adviser"),
    path("dossiers/<int:pk>/anker/<int:question_pk>/", advising.answer, name="answer_adviser"),
]
