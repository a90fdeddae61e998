from django.urls import path

from partnerwijzer.quality.views import framework, goals, texts

app_name = "quality"
urlpatterns = [
    path("dossiers/<int:pk>/doelen/", goals.activity_goals, name="activity_goals"),
    path("dossiers/<int:pk>/kwaliteit/", framework.tags, name="tags"),
    path("doelen/dekking/", goals.coverage, name="coverage"),
    path("kwaliteit/", framework.overview, name="overview"),
    path("kwaliteit/verwachtingen/", framework.expectations, name="expectations"),
    path("visieteksten/", texts.texts, name="texts"),
    path("visieteksten/nieuw/", texts.edit_text, name="text_new"),
    path("visieteksten/<int:pk>/", texts.edit_text, name="text"),
]
