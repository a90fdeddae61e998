"""The six files of a draft pass the guard that typed texts pass too (K6)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnerwijzer.authoring.models import Draft
from partnerwijzer.frameworks import writing
from tests.authoring.conftest import SignIn


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("umbrella_admin")


def send(client: Client, draft: Draft, found: str = "") -> tuple[int, str]:
    """The draft as it is, with something found before the first criterion's question."""
    data = draft.data
    criterion = data["framework"]["criteria"][0]
    said = criterion["question"]["nl"]
    criterion["question"] = {**criterion["question"], "nl": f"{found} {said}".strip()}
    file = SimpleUploadedFile("ontwerp.zip", writing.bundle_of(data))
    address = reverse("authoring:files", args=[draft.pk])
    answer = client.post(address, {"version": draft.version, "upload": file})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("found", "status", "says"),
    [
        ("", 302, ""),
        ("Emma Peeters heeft ADHD.", 422, "framework.yaml: Emma Peeters heeft ADHD"),
        ("Bel 90.05.15-003.17.", 200, "Hier staat een rijksregisternummer in."),
    ],
)
def test_files_are_kept_asked_about_or_refused(
    found: str, status: int, says: str, client: Client, draft: Draft
) -> None:
    before = draft.version

    answered, text = send(client, draft, found)

    assert (answered, says in text) == (status, True)
    draft.refresh_from_db()
    assert draft.version == before + (status == 302)
