from django.urls import path

from partnerwijzer.surveys.views import byfile, guests, ownsets, pupils, staff

app_name = "surveys"
urlpatterns = [
    path("bevragen/", staff.survey_list, name="list"),
    path("bevragen/nieuw/", staff.new, name="new"),
    path("bevragen/lijsten/", ownsets.own_list, name="own_list"),
    path("bevragen/lijsten/nieuw/", ownsets.own_new, name="own_new"),
    path("bevragen/lijsten/<int:pk>/", ownsets.own_set, name="own_set"),
    path("bevragen/lijsten/<int:pk>/woorden/", ownsets.own_words, name="own_words"),
    path("bevragen/lijsten/<int:pk>/vraag/", ownsets.own_question, name="own_question_new"),
    path("bevragen/lijsten/<int:pk>/vraag/<slug:key>/", ownsets.own_question, name="own_question"),
    path("bevragen/lijsten/<int:pk>/voorbeeld/", ownsets.own_preview, name="own_preview"),
    path("bevragen/lijsten/<int:pk>/doen/", ownsets.own_act, name="own_act"),
    path("bevragen/<int:pk>/", staff.results, name="results"),
    path("bevragen/<int:pk>/code/", staff.code, name="code"),
    path("bevragen/<int:pk>/aanpassen/", staff.edit, name="edit"),
    path("bevragen/<int:pk>/vragen/", staff.questions, name="questions"),
    path("bevragen/<int:pk>/lijst/", staff.change_set, name="change_set"),
    path("bevragen/<int:pk>/sluiten/", staff.close, name="close"),
    path("bevragen/<int:pk>/heropenen/", staff.reopen, name="reopen"),
    path("bevragen/<int:pk>/tekst-weg/", staff.remove_text, name="remove_text"),
    path("bevragen/<int:pk>/mensen/", staff.ask, name="ask"),
    path("bevragen/<int:pk>/mensen/rekenblad/", byfile.ask_by_file, name="ask_by_file"),
    path("bevragen/<int:pk>/mensen/<int:number>/rekenblad/", byfile.sheet_in, name="sheet_in"),
    path("bevragen/<int:pk>/mensen/<int:number>/rekenblad/vragen.xlsx", byfile.sheet, name="sheet"),
    path("bevragen/<int:pk>/herinneren/", staff.remind_waiting, name="remind_waiting"),
    path("bevragen/<int:pk>/mensen/<int:number>/herinneren/", staff.remind, name="remind"),
    path("bevragen/<int:pk>/mensen/<int:number>/opnieuw/", staff.resend, name="resend"),
    path("bevragen/<int:pk>/mensen/<int:number>/intrekken/", staff.withdraw, name="withdraw"),
    path("antwoord/<str:token>/", guests.answer, name="answer"),
    path("antwoord/<str:token>/gezien/", guests.opened, name="opened"),
    path("antwoord/<str:token>/liever-niet/", guests.declined, name="declined"),
    path("antwoord/<str:token>/bedankt/", guests.thanks, name="thanks"),
    path("v/", pupils.type_code, name="type_code"),
    path("v/<str:code>/", pupils.take_part, name="take_part"),
]
