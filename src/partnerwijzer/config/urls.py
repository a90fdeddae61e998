"""Every address of the product. Each module owns its own urls.py."""

from django.urls import include, path

MODULES = (
    "ui",
    "privacy",
    "kbo",
    "goals",
    "authoring",
    "frameworks",
    "elections",
    "organisations",
    "councils",
    "schooldays",
    "partners",
    "exchange",
    "finding",
    "surveys",
    "dossiers",
    "moments",
    "trajectories",
    "worklist",
    "costs",
    "papers",
    "quality",
    "factors",
    "archive",
    "volunteers",
    "research",
    "home",
)

urlpatterns = [
    path("account/", include("allauth.urls")),
    *(path("", include(f"partnerwijzer.{module}.urls")) for module in MODULES),
]
