from django.urls import path

from partnerwijzer.authoring.views import mappings, parts, writing

app_name = "authoring"
urlpatterns = [
    path("kader/eigen/", writing.index, name="index"),
    path("kader/eigen/<int:own_pk>/gebruik/", writing.use, name="use"),
    path("kader/ontwerp/<int:pk>/", writing.draft, name="draft"),
    path("kader/ontwerp/<int:pk>/vraag/", writing.criterion, name="criterion_new"),
    path("kader/ontwerp/<int:pk>/vraag/<slug:key>/", writing.criterion, name="criterion"),
    path("kader/ontwerp/<int:pk>/verplaats/", writing.move, name="move"),
    path("kader/ontwerp/<int:pk>/lijst/<path:where>/", parts.many, name="list"),
    path("kader/ontwerp/<int:pk>/deel/<path:where>/", parts.one, name="part"),
    path("kader/ontwerp/<int:pk>/nieuw/<path:where>/", parts.new, name="new"),
    path("kader/ontwerp/<int:pk>/telt/", mappings.index, name="mappings"),
    path("kader/ontwerp/<int:pk>/telt/<slug:other>/", mappings.one, name="mapping"),
    path("kader/ontwerp/<int:pk>/telt/<slug:other>/waarom/", mappings.why, name="why"),
    path("kader/ontwerp/<int:pk>/bestanden/", writing.files, name="files"),
    path("kader/ontwerp/<int:pk>/uitbrengen/", writing.publish, name="publish"),
]
