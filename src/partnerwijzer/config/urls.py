"""Every address of the product. Each module owns its own urls.py."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("partnerwijzer.ui.urls")),
    path("", include("partnerwijzer.organisations.urls")),
    path("", include("partnerwijzer.home.urls")),
]
