"""A dossier whose helper trees are walked: what stops it now, and a page with a question."""

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words

ADVERTISING = "advertising-sponsoring"
STOPPED = ("advertising", "basic", "yes", "lesson-place")


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def stops(dossier: Dossier) -> list[tuple[str, str]]:
    """What stops a yes now: what each reason is about, and which."""
    return [(r.about, r.key) for r in casework.before_yes(fresh(dossier))]


def question(sign_in: SignIn, dossier: Dossier, tree: str, **answers: str) -> str:
    client = sign_in("teacher")
    return words(client.get(f"/dossiers/{dossier.pk}/bomen/{tree}/", answers))
