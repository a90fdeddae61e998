"""Every document of a dossier, taken as people take them: from its own address."""

from typing import Any

from django.test import Client
from django.urls import reverse

from partnerwijzer.documents.models import PaperKind
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.moments import actions as moments
from partnerwijzer.papers.models import PartnerLetter
from tests.dossiers.story import Story, text_file
from tests.papers import test_letters as written

# The kind that a school chooses on the page of its templates, of each document.
KINDS = {
    "agreement": PaperKind.AGREEMENT,
    "council": PaperKind.COUNCIL,
    "draft": PaperKind.COUNCIL,
    "decision": PaperKind.DECISION,
    "letter": PaperKind.LETTER,
    "information": PaperKind.INFORMATION,
    "evaluation": PaperKind.EVALUATION,
    "summary": PaperKind.SUMMARY,
    "dossier": PaperKind.DOSSIER,
    "outside": PaperKind.DOSSIER,
}


class Desk:
    """Takes a dossier that was screened to its end, and has an address for each document."""

    def __init__(self, story: Story, screened: Dossier) -> None:
        story.proof(
            screened, "fits-age", kind="document", title="Lesmap", upload=text_file("Een map.")
        )
        self.version: AgreementVersion = story.agree(screened)
        self.decision = story.decide(screened)
        self.item = story.council_item(screened)
        self.activity = story.plan(screened)
        facts = {**dict.fromkeys(moments.PACK, ""), "arrival": "Zie https://school.example/weg."}
        moments.save_pack(self.activity, actor=story.head, version=None, facts=facts)
        story.look_back(screened)
        letter = written.save(story, self.decision)
        self.letter: PartnerLetter = written.send(story, letter)
        self.dossier = Dossier.objects.get(pk=screened.pk)

    def address(self, which: str, kind: str) -> str:
        pk = self.dossier.pk
        name, args = {
            "agreement": ("dossiers:agreement_file", (pk, self.version.pk)),
            "council": ("dossiers:council_note", (self.item.pk,)),
            "draft": ("dossiers:council_draft", (self.item.pk,)),
            "decision": ("dossiers:decision_file", (pk, self.decision.pk)),
            "letter": ("papers:letter_file", (pk, self.letter.pk)),
            "information": ("moments:pack_file", (pk, self.activity.pk)),
            "evaluation": ("papers:paper_file", (pk, "evaluatie")),
            "summary": ("papers:summary_file", (pk,)),
            "dossier": ("papers:paper_file", (pk, "dossier")),
            "outside": ("papers:paper_file", (pk, "dossier-naar-buiten")),
        }[which]
        return reverse(name, args=[*args, kind])

    def take(self, client: Client, which: str, kind: str = "pdf") -> bytes:
        answer: Any = client.get(self.address(which, kind))
        assert answer.status_code == 200, (which, answer.status_code)
        return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
