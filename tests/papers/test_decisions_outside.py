"""A decision that leaves the school: without the interests that colleagues declared."""

import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from docx import Document

from partnerwijzer.dossiers.models import Decision, Dossier
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn
from tests.papers.test_handing_over import text_of, unpacked

INTEREST = "Mijn zus werkt daar"
FILES = {"beslissingen/Beslissing.pdf": "pdf", "beslissingen/Beslissing.docx": "docx"}


def bundle(sign_in: SignIn, dossier: Dossier, **sent: str) -> zipfile.ZipFile:
    answer = sign_in("head").post(reverse("papers:whole", args=[dossier.pk]), sent)
    return unpacked(answer.streaming_content)


def said(found: zipfile.ZipFile, name: str) -> str:
    """All words of a file, without what a narrow column puts between the letters."""
    data = found.read(name)
    if name.endswith(".pdf"):
        text = text_of(data)
    else:
        inside = zipfile.ZipFile(io.BytesIO(data))
        text = "".join(inside.read(n).decode() for n in inside.namelist() if n.endswith(".xml"))
        text += "".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    return "".join(text.split()).replace("-", "")


def signed(story: Story, dossier: Dossier, interest: str) -> Decision:
    decision = story.propose(dossier)
    story.speak(decision, "teacher", "do", "Past bij ons.", interest=interest)
    return story.sign(decision, "yes")


@pytest.mark.parametrize("name", FILES)
def test_interests_stay_in_the_school_in_the_bytes_of_the_decision_too(
    name: str, story: Story, agreed: Dossier, sign_in: SignIn
) -> None:
    kept = getattr(signed(story, agreed, INTEREST), FILES[name])

    inside, outside = bundle(sign_in, agreed), bundle(sign_in, agreed, naar_buiten="ja")

    whole, copy = said(inside, name), said(outside, name)
    assert INTEREST.replace(" ", "") in whole
    assert hashlib.sha256(inside.read(name)).hexdigest() == kept.sha256
    assert kept.sha256 in inside.read("index.html").decode()
    assert INTEREST.replace(" ", "") not in copy
    assert "Belangen" not in copy
    assert "Pastbijons." in copy
    assert "Afschrift;hetondertekendestukligtopschool." in copy
    assert "Afschrift zonder de gemelde belangen" in outside.read("index.html").decode()


def test_a_decision_that_holds_no_interest_goes_as_it_was_kept(
    story: Story, agreed: Dossier, sign_in: SignIn
) -> None:
    made = signed(story, agreed, "")

    found = bundle(sign_in, agreed, naar_buiten="ja")

    for name, kind in FILES.items():
        assert hashlib.sha256(found.read(name)).hexdigest() == getattr(made, kind).sha256
