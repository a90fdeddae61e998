"""Where the agreement with a partner is read: by the school, and by the partner with a link."""

from django.urls import reverse

from partnerwijzer.dossiers.models import AgreementVersion, Dossier

WISHES = {"when-and-where": "Liever om tien uur.", "": "Mag het korter?"}


def page_of(token: str) -> str:
    return reverse("dossiers:partner_page", args=[token])


def again(version: AgreementVersion) -> AgreementVersion:
    return AgreementVersion.objects.get(pk=version.pk)


def notes_page(dossier: Dossier) -> str:
    return reverse("dossiers:agreement", args=[dossier.pk, dossier.partners.get().pk])
