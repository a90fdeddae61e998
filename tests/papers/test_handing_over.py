"""The whole dossier: one PDF that reads aloud, and a ZIP with everything, sent while it is made."""

import csv
import hashlib
import io
import json
import re
import tracemalloc
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.documents import intake
from partnerwijzer.documents.models import PaperKind
from partnerwijzer.dossiers import council_paper, trees
from partnerwijzer.dossiers.actions import conversing
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import actions as factors
from partnerwijzer.moments import actions as moments
from partnerwijzer.moments import pack_paper
from partnerwijzer.moments.models import Pack
from partnerwijzer.papers import bundle, contents
from partnerwijzer.papers.bundle import Piece
from partnerwijzer.partners.models import Partner
from partnerwijzer.research import actions as research
from partnerwijzer.trajectories import actions as trajectories
from tests.dossiers.pages import words
from tests.dossiers.story import Story, text_file
from tests.dossiers.test_talking import say
from tests.papers.conftest import SignIn


def unpacked(parts: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(parts)))


def take(sign_in: SignIn, dossier: Dossier, who: str = "head") -> Any:
    return sign_in(who).post(reverse("papers:whole", args=[dossier.pk]))


@pytest.fixture
def full(story: Story, decided: Dossier) -> Dossier:
    """Decided, with a file as evidence, an activity and an evaluation."""
    story.proof(decided, "fits-age", kind="document", title="Lesmap", upload=text_file("Map."))
    story.plan(decided)
    story.look_back(decided)
    return Dossier.objects.get(pk=decided.pk)


def test_the_zip_holds_everything_and_a_page_that_leads_to_it(
    full: Dossier, sign_in: SignIn
) -> None:
    answer = take(sign_in, full)

    found = unpacked(answer.streaming_content)
    names = set(found.namelist())
    assert found.testzip() is None
    assert {
        "dossier.pdf", "evaluatie.pdf", "index.html", "bewijs/nota.txt",
        "gegevens/beoordeling.csv", "gegevens/beoordeling.json", "gegevens/activiteiten.csv",
        "gegevens/geschiedenis.json", "afspraken/Afsprakennota versie 1.pdf",
        "afspraken/Afsprakennota versie 1.docx", "beslissingen/Beslissing.pdf",
        "beslissingen/Beslissing.docx",
    } <= names  # fmt: skip
    index = found.read("index.html").decode()
    for name in names - {"index.html"}:
        assert f'href="{name.replace(" ", "%20")}"' in index
    assert answer["Content-Disposition"] == 'attachment; filename="beslist.zip"'


def test_what_is_kept_goes_in_byte_for_byte(full: Dossier, sign_in: SignIn) -> None:
    found = unpacked(take(sign_in, full).streaming_content)

    stored = full.decisions.get().pdf
    assert stored is not None
    packed = found.read("beslissingen/Beslissing.pdf")
    assert hashlib.sha256(packed).hexdigest() == stored.sha256


def test_the_facts_are_whole_for_a_spreadsheet_and_for_a_program(
    story: Story, full: Dossier, sign_in: SignIn
) -> None:
    found = unpacked(take(sign_in, full).streaming_content)

    rows = json.loads(found.read("gegevens/beoordeling.json"))
    lines = list(
        csv.DictReader(
            io.StringIO(found.read("gegevens/beoordeling.csv").decode("utf-8-sig")), delimiter=";"
        )
    )
    assert [r["key"] for r in rows] == [line["key"] for line in lines]
    assert len(rows) > 8
    history = json.loads(found.read("gegevens/geschiedenis.json"))
    assert any("besliste" in line["what"] for line in history)


def test_who_scored_the_working_factors_stands_nowhere_in_the_zip(
    story: Story, full: Dossier, sign_in: SignIn
) -> None:
    teacher = story.world.actor("teacher")
    factors.score(full, actor=teacher, moment="start", answers={})

    history = unpacked(take(sign_in, full).streaming_content).read("gegevens/geschiedenis.json")

    lines = json.loads(history)
    (scored,) = [line for line in lines if line["what"].startswith("Een collega vulde in")]
    assert (scored["who"], scored["at"]) == ("", timezone.localdate().isoformat())
    (signed,) = [line for line in lines if "besliste" in line["what"]]
    assert signed["who"] == "Head"
    assert "T" in signed["at"]


def test_a_formula_in_what_was_typed_stays_text() -> None:
    text = bundle.as_csv([{"a": "=1+1", "b": "-2", "c": "gewoon", "d": None}]).decode("utf-8-sig")

    assert text.splitlines()[1] == "'=1+1;'-2;gewoon;"


def test_it_leaves_a_line_in_the_history_and_looking_does_not(
    full: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("head")
    assert client.get(reverse("papers:whole", args=[full.pk])).status_code == 302
    history = reverse("dossiers:history", args=[full.pk])
    before = words(client.get(history))

    take(sign_in, full)

    assert "nam het hele dossier mee" not in before
    assert re.search(r"Head nam het hele dossier mee: \d+ stukken", words(client.get(history)))


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("coordinator", 200), ("board_admin", 200), ("teacher", 404),
     ("adviser", 404), ("council", 404), ("other_head", 404)],
)  # fmt: skip
def test_who_leads_the_school_or_the_board_takes_it_along(
    who: str, status: int, full: Dossier, sign_in: SignIn
) -> None:
    assert take(sign_in, full, who).status_code == status


def test_hidden_positions_are_not_in_it(story: Story, screened: Dossier, sign_in: SignIn) -> None:
    decision = story.propose(screened, template="vote")
    story.speak(decision, "teacher", "against", "Te duur voor ons.")

    found = unpacked(take(sign_in, screened).streaming_content)

    text = "".join(page.extract_text() for page in _pdf(found.read("dossier.pdf")).pages)
    assert "Te duur" not in text
    assert all("Te duur" not in found.read(n).decode() for n in found.namelist() if "json" in n)


def _pdf(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_the_pdf_tells_every_part(full: Dossier, sign_in: SignIn) -> None:
    """That it can be read without seeing it: test_accessible.py."""
    where = reverse("papers:paper_file", args=[full.pk, "dossier", "pdf"])
    found = _pdf(sign_in("head").get(where).content)

    text = "".join(page.extract_text() for page in found.pages)
    for part in ("Bewijs", "Afspraken met Schermlicht vzw", "Activiteiten", "Evaluatie", "Lesmap"):
        assert part in text


@pytest.mark.parametrize(
    ("which", "kind", "status"),
    [("dossier", "docx", 200), ("evaluatie", "pdf", 200), ("evaluatie", "docx", 200),
     ("dossier-naar-buiten", "docx", 200), ("dossier", "exe", 404), ("iets", "pdf", 404)],
)  # fmt: skip
def test_each_paper_is_handed_out(
    which: str, kind: str, status: int, full: Dossier, sign_in: SignIn
) -> None:
    where = reverse("papers:paper_file", args=[full.pk, which, kind])

    assert sign_in("head").get(where).status_code == status


def test_the_page_leads_to_every_paper(full: Dossier, sign_in: SignIn) -> None:
    address = reverse("papers:all", args=[full.pk])
    head, teacher = (words(sign_in(w).get(address)) for w in ("head", "teacher"))

    assert "Neem alles mee als zip" in head
    assert "Neem alles mee als zip" not in teacher
    assert "Evaluatie als pdf" in teacher
    assert "Afspraken, versie 1, als pdf" in teacher


# What was walked, what was said, and what stays inside


@pytest.fixture
def spoken(story: Story, full: Dossier) -> Dossier:
    """A walked tree, a remark for the team, a question to the partner and an incident."""
    story.walk(full, "minors-check", "checked-then", partner=partner_of(full))
    say(story, full, text="De prijs lijkt me hoog.")
    moments.write_incident(
        full.activities.get(),
        actor=story.world.actor("teacher"),
        happened="De brug was stuk.",
        done="Gemeld.",
    )
    return full


def partner_of(dossier: Dossier) -> Partner:
    return dossier.partners.get().partner


def text_of(content: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in _pdf(content).pages).split())


def pdf_of(sign_in: SignIn, dossier: Dossier, who: str, which: str = "dossier") -> str:
    where = reverse("papers:paper_file", args=[dossier.pk, which, "pdf"])
    return text_of(sign_in(who).get(where).content)


def test_the_way_through_a_tree_is_in_it_with_answers_and_reason(
    story: Story, spoken: Dossier, sign_in: SignIn
) -> None:
    """K4, M6: what was asked, what was answered, what it came to and why (domain.md 3.2). Of the
    check for working with minors the outcome alone (domain.md 7.2)."""
    story.walk(spoken, "trade", "no")
    trade, check = trees.shown_runs(Dossier.objects.get(pk=spoken.pk))
    (turn,) = trade.walked.turns
    found = unpacked(take(sign_in, spoken).streaming_content)

    rows = json.loads(found.read("gegevens/beslisbomen.json"))

    assert [(r["about"], r["question"], r["answer"], r["reason"]) for r in rows] == [
        ("", turn.node.question.nl, turn.option.label.nl, trade.outcome.text.nl),
        ("persoon 1, Schermlicht vzw", "", "", check.outcome.text.nl),
    ]
    paper = text_of(found.read("dossier.pdf"))
    for said in (check.tree.title.nl, turn.node.question.nl, turn.option.label.nl):
        assert said in paper


@pytest.mark.parametrize(
    ("who", "reads"), [("head", True), ("coordinator", True), ("board_admin", False)]
)
def test_discussion_and_incidents_are_in_it_for_who_may_read_them(
    who: str, reads: bool, spoken: Dossier, sign_in: SignIn
) -> None:
    found = unpacked(take(sign_in, spoken, who).streaming_content)

    inner = {"intern/overleg.csv", "intern/overleg.json", "intern/incidenten.csv",
             "intern/incidenten.json"}  # fmt: skip
    assert {n for n in found.namelist() if n.startswith("intern/")} == (inner if reads else set())
    everything = "".join(
        text_of(found.read(name)) if name.endswith(".pdf") else str(found.read(name), "utf-8")
        for name in found.namelist()
        if name.endswith(("dossier.pdf", "csv", "json", "html"))
    )
    alone = pdf_of(sign_in, spoken, who)
    for said in ("De prijs lijkt me hoog.", "De brug was stuk."):
        assert (said in everything, said in alone) == (reads, reads)


def test_who_still_reads_on_their_own_takes_no_remark_beside_it_along(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    say(story, screened, who="coordinator", text="Ik twijfel hier.", part="criterion-fits-age")
    story.second(screened, "fits-age", who="head")

    texts = {who: pdf_of(sign_in, screened, who) for who in ("head", "coordinator")}

    assert {who: "Ik twijfel hier." in text for who, text in texts.items()} == {
        "head": False,
        "coordinator": True,
    }


def test_what_goes_outside_holds_nothing_of_the_inside(spoken: Dossier, sign_in: SignIn) -> None:
    where = reverse("papers:whole", args=[spoken.pk])
    answer = sign_in("head").post(where, {"naar_buiten": "ja"})

    found = unpacked(answer.streaming_content)

    inside = ("De prijs lijkt me hoog.", "De brug was stuk.")
    paper = text_of(found.read("dossier.pdf"))
    alone = pdf_of(sign_in, spoken, "head", "dossier-naar-buiten")
    assert not any(said in text for said in inside for text in (paper, alone))
    assert not any(name.startswith("intern/") for name in found.namelist())
    assert "gegevens/beslisbomen.csv" in found.namelist()


def test_questions_and_answers_with_the_partner_are_in_it_with_their_files(
    story: Story, full: Dossier, sign_in: SignIn
) -> None:
    agreement = full.agreements.get()
    conversing.write_for_school(
        agreement,
        actor=story.coordinator,
        text="Brengen jullie zelf koptelefoons mee?",
        files=[text_file("Lijst.", "lijst.txt")],
    )

    found = unpacked(take(sign_in, full).streaming_content)

    (row,) = json.loads(found.read("gegevens/gesprek.json"))
    assert (row["text"], row["files"]) == ("Brengen jullie zelf koptelefoons mee?", "lijst.txt")
    assert found.read("afspraken/gesprek/lijst.txt") == b"Lijst."
    assert "Brengen jullie zelf koptelefoons mee?" in text_of(found.read("dossier.pdf"))


def test_the_note_for_the_council_and_the_information_pack_are_in_it(
    story: Story, full: Dossier, sign_in: SignIn
) -> None:
    item = story.council_item(full)
    empty = dict.fromkeys(moments.PACK, "")
    facts = {**empty, "arrival": "Groene poort"}
    moments.save_pack(full.activities.get(), actor=story.head, version=None, facts=facts)
    pack = Pack.objects.get()
    # Each says of which kind it is, so that the school can have a Word template for it.
    papers = (council_paper.note_of(item), pack_paper.of(pack.activity, pack))
    assert [paper.kind for paper in papers] == [PaperKind.COUNCIL, PaperKind.INFORMATION]

    taken = {who: unpacked(take(sign_in, full, who).streaming_content)
             for who in ("head", "board_admin")}  # fmt: skip

    packs = {w: [n for n in z.namelist() if n.startswith("infofiches/")] for w, z in taken.items()}
    notes = {w: [n for n in z.namelist() if n.startswith("raad/nota")] for w, z in taken.items()}
    assert [len(notes[who]) for who in taken] == [1, 1]
    assert [len(packs[who]) for who in taken] == [1, 0]  # only who works at the school sees it
    assert "Groene poort" in text_of(taken["head"].read(packs["head"][0]))


# The stream


@pytest.mark.django_db
def test_two_files_of_one_name_stand_beside_each_other() -> None:
    pieces = [
        Piece("a/x.txt", "een", make=lambda: b"1"),
        Piece("a/X.txt", "twee", make=lambda: b"2"),
    ]

    found = unpacked(bundle.stream(pieces, title="T"))

    assert found.namelist() == ["a/x.txt", "a/X (2).txt", "index.html"]
    assert [found.read(name) for name in found.namelist()[:2]] == [b"1", b"2"]


@pytest.mark.django_db
def test_a_file_that_is_gone_is_named_and_stops_nothing() -> None:
    gone = intake.keep(b"x", name="weg", kind="txt", school_id=1, actor=SYSTEM)
    gone.location.unlink()
    pieces = [Piece("a.txt", "Weg", stored=gone), Piece("b.txt", "Hier", make=lambda: b"b")]

    found = unpacked(bundle.stream(pieces, title="<T>"))

    assert found.namelist() == ["b.txt", "index.html"]
    index = found.read("index.html").decode()
    assert "<h2>Niet gevonden</h2><ul><li>Weg</li></ul>" in index
    assert "&lt;T&gt;" in index


@pytest.mark.django_db
def test_memory_does_not_grow_with_what_is_sent() -> None:
    stored = intake.keep(bytes(6_000_000), name="groot", kind="jpg", school_id=1, actor=SYSTEM)
    many = [Piece(f"{n}.jpg", str(n), stored=stored) for n in range(5)]

    tracemalloc.start()
    sent = sum(len(part) for part in bundle.stream(many, title="T"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sent > 30_000_000
    assert peak < 3_000_000


def test_it_asks_the_database_before_it_sends(full: Dossier, story: Story) -> None:
    pieces = contents.of(story.head, full)

    assert pieces[0].path == "dossier.pdf"
    assert len({p.path.lower() for p in pieces}) == len(pieces)


def test_research_and_the_improvement_plan_are_in_it_with_their_files(
    story: Story, full: Dossier, sign_in: SignIn
) -> None:
    """mission P4, P5: approval and consent as counts, who let it go on without, and the plan."""
    group = full.groups.all()[0]
    research.note_facts(
        full, actor=story.head, version=0, answers={},
        upload=text_file("Goedgekeurd.", "goedkeuring.txt"),
    )  # fmt: skip
    research.count_consents(full, actor=story.head, version=1, counts={group.pk: (3, 2)})
    research.go_without(full, actor=story.head, version=2, reason="Enkel kijken.")
    facts = {"title": "Plan lezen", "inspected_on": None, "url": "", "part": "Leesplezier"}
    trajectories.save_improvement(
        full, actor=story.head, version=0, facts=facts, upload=text_file("Plan.", "plan.txt")
    )

    found = unpacked(take(sign_in, full).streaming_content)

    assert found.read("onderzoek/goedkeuring.txt") == b"Goedgekeurd."
    assert found.read("verbeterplan/plan.txt") == b"Plan."
    consent = json.loads(found.read("gegevens/toestemming.json"))
    assert [(row["asked"], row["agreed"]) for row in consent] == [(3, 2)]
    told = {row["what"]: row["text"] for row in json.loads(found.read("gegevens/onderzoek.json"))}
    assert told["Waarom het zonder doorgaat"] == "Enkel kijken."
    assert told["Wie en wanneer"].startswith(f"{story.world.user('head')}, ")
    plan = json.loads(found.read("gegevens/verbeterplan.json"))
    assert [row["text"] for row in plan[:2]] == ["Plan lezen", "Leesplezier"]
    pdf = PdfReader(io.BytesIO(found.read("dossier.pdf")))
    shown = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for word in ("Praktijkonderzoek", "Enkel kijken.", "goedkeuring.txt", "Leesplezier"):
        assert word in shown
