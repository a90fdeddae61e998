"""What goes in the bundle of a dossier: papers, kept files, and its facts for a program."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.audit.log import Entry
from partnerwijzer.documents import letterhead
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.documents.paper import Paper
from partnerwijzer.dossiers import casework, council_paper, decision_paper
from partnerwijzer.dossiers.models import CouncilItem, Decision, Dossier
from partnerwijzer.dossiers.queries import agreeing, deciding, running, talking
from partnerwijzer.moments import pack_paper
from partnerwijzer.moments import queries as moments
from partnerwijzer.papers import (
    around_paper,
    dossier_paper,
    evaluation_paper,
    going_outside,
    letter_paper,
    listed,
    listing,
    spoken_paper,
    walked_paper,
)
from partnerwijzer.papers.bundle import Piece, as_csv, as_json
from partnerwijzer.papers.dossier_paper import evidence_of
from partnerwijzer.papers.listing import Reader
from partnerwijzer.papers.queries import letters
from partnerwijzer.research import queries as researching
from partnerwijzer.trajectories import queries as trajectories

# Lines of history at a time: a long dossier has many.
LINES = 1000


def of(actor: Actor, dossier: Dossier, *, inside: bool = True) -> list[Piece]:
    """Everything that this reader may read. Expects a dossier as reading.get_whole gives it.

    Args:
        inside: with what stays in the school: discussion among colleagues, incidents.
    """
    return [
        *_papers(actor, dossier, inside),
        *_agreements(dossier),
        *_sent_along(dossier),
        *_decisions(actor, dossier, inside),
        *_notes(actor, dossier),
        *_letters(actor, dossier),
        *_packs(actor, dossier),
        *_evidence(dossier),
        *_around(dossier),
        *_facts(Reader(actor, dossier, inside)),
        *_lists(Reader(actor, dossier, inside)),
        *(_inside(actor, dossier) if inside else ()),
    ]


def _papers(actor: Actor, dossier: Dossier, inside: bool) -> Iterator[Piece]:
    whole, back = _("Het hele dossier"), _("Evaluatie")
    written = _pdf(dossier, lambda: dossier_paper.of(actor, dossier, inside=inside))
    yield Piece("dossier.pdf", whole, make=written)
    if dossier.evaluations.exists():
        made = _pdf(dossier, lambda: evaluation_paper.of(actor, dossier))
        yield Piece(f"{slugify(back)}.pdf", back, make=made)


def _pdf(dossier: Dossier, paper: Callable[[], Paper]) -> Callable[[], bytes]:
    def make() -> bytes:
        return letterhead.as_file(letterhead.on(paper(), dossier.school_id), "pdf")

    return make


def _kept(folder: str, stored: StoredFile | None, about: str, name: str = "") -> Iterator[Piece]:
    if stored is not None:
        called = (name or stored.name).replace("/", "-").replace("\\", "-")
        yield Piece(f"{folder}/{called}", about, stored=stored)


def _agreements(dossier: Dossier) -> Iterator[Piece]:
    rows = dossier.agreements.select_related("partner").prefetch_related(
        "versions__pdf", "versions__docx"
    )
    for agreement in rows:
        for version in agreement.versions.all():
            about = _("Afsprakennota met {partner}, versie {number}").format(
                partner=agreement.partner.name, number=version.number
            )
            for stored in (version.pdf, version.docx):
                yield from _kept("afspraken", stored, about)


def _decisions(actor: Actor, dossier: Dossier, inside: bool) -> Iterator[Piece]:
    """The signed files as they were kept, with their hash. Outside goes a copy made anew where one
    holds what stays inside: the interests that were declared."""
    for decision in deciding.decisions(actor, dossier):
        if decision.decided_at is None:
            continue
        about = _("Beslissing: {question}").format(question=decision.question)
        copied = not inside and decision_paper.tells_interests(decision)
        for kind, stored in (("pdf", decision.pdf), ("docx", decision.docx)):
            if copied and stored is not None:
                words = _("{about}. Afschrift zonder de gemelde belangen").format(about=about)
                yield Piece(
                    f"beslissingen/{stored.name}",
                    words,
                    make=_copy(decision, kind, dossier.school_id),
                )
            elif stored is not None:
                hashed = f"{about}, sha-256 {stored.sha256}"
                yield from _kept("beslissingen", stored, hashed)


def _copy(decision: Decision, kind: str, school_id: int) -> Callable[[], bytes]:
    def make() -> bytes:
        with translation.override("nl"):  # as the record itself, whatever language is read
            paper = decision_paper.paper_of(decision, inside=False)
        found = letterhead.made(paper, kind, school_id=school_id)
        assert found is not None
        return found

    return make


def _notes(actor: Actor, dossier: Dossier) -> Iterator[Piece]:
    """What the council was given: the note, and the draft decision where there is one."""
    rows = CouncilItem.objects.visible_to(actor).filter(dossier=dossier)
    for item in rows.select_related("body", "dossier__school"):
        body = item.body.name
        note = _pdf(dossier, lambda item=item: council_paper.note_of(item))  # type: ignore[misc]
        name = slugify(body) or str(item.pk)
        yield Piece(f"raad/nota-{name}.pdf", _("Nota voor {body}").format(body=body), make=note)
        if item.draft:
            draft = _pdf(dossier, lambda item=item: council_paper.draft_of(item))  # type: ignore[misc]
            about = _("Ontwerp van beslissing voor {body}").format(body=body)
            yield Piece(f"raad/ontwerp-{name}.pdf", about, make=draft)


def _packs(actor: Actor, dossier: Dossier) -> Iterator[Piece]:
    for pack in moments.packs_of(actor, dossier):
        title = pack.activity.title
        made = _pdf(dossier, lambda pack=pack: pack_paper.of(pack.activity, pack))  # type: ignore[misc]
        name = f"infofiches/{pack.activity.on.isoformat()}-{slugify(title) or pack.pk}.pdf"
        yield Piece(name, _("Infofiche voor {title}").format(title=title), make=made)


def _letters(actor: Actor, dossier: Dossier) -> Iterator[Piece]:
    for letter in letters.sent_of(actor, dossier):
        name = f"brieven/{slugify(letter.partner.name) or letter.pk}.pdf"
        made = _pdf(dossier, lambda letter=letter: letter_paper.paper_of(letter))  # type: ignore[misc]
        yield Piece(name, _("Brief aan {partner}").format(partner=letter.partner.name), make=made)


def _evidence(dossier: Dossier) -> Iterator[Piece]:
    for row in evidence_of(dossier).prefetch_related("versions__file"):
        yield from _kept("bewijs", row.file, row.title)
        for earlier in row.versions.all():
            about = _("{title}, eerdere versie {number}").format(
                title=earlier.title, number=earlier.number
            )
            yield from _kept("bewijs/eerder", earlier.file, about)


def _around(dossier: Dossier) -> Iterator[Piece]:
    """Files of what the cooperation is part of: research, and the plan after an inspection."""
    if research := researching.of(dossier):
        yield from _kept("onderzoek", research.approval, _("Goedkeuring van het onderzoek"))
    if plan := trajectories.improvement_of(dossier):
        yield from _kept("verbeterplan", plan.file, _("Verbeterplan"))


def _sent_along(dossier: Dossier) -> Iterator[Piece]:
    """Files that went with questions and answers about the agreements."""
    for agreement in dossier.agreements.select_related("partner"):
        for message in agreeing.conversation(agreement):
            for along in message.files.all():
                about = _("Bij het gesprek met {partner}").format(partner=agreement.partner.name)
                yield from _kept("afspraken/gesprek", along.file, about)


Table = tuple[str, Callable[[], list[dict[str, Any]]]]


def _facts(reader: Reader) -> Iterator[Piece]:
    """The same facts for a spreadsheet and for a program."""
    actor, dossier = reader.actor, reader.dossier
    tables: dict[str, Table] = {
        "beoordeling": (_("Beoordeling"), lambda: _assessments(dossier)),
        "activiteiten": (_("Activiteiten"), lambda: _activities(actor, dossier)),
        "geschiedenis": (_("Geschiedenis"), lambda: _history(reader)),
    }
    if dossier.tree_runs.exists():
        tables["beslisbomen"] = (_("Beslisbomen"), lambda: walked_paper.rows(dossier))
    if dossier.agreements.filter(messages__isnull=False).exists():
        spoken = _("Gesprek met partners")
        tables["gesprek"] = (spoken, lambda: spoken_paper.conversation_rows(dossier))
    if researching.of(dossier):
        asked, agreed = _("Praktijkonderzoek"), _("Toestemming voor het onderzoek")
        tables["onderzoek"] = (asked, lambda: around_paper.research_rows(dossier))
        tables["toestemming"] = (agreed, lambda: around_paper.consent_rows(dossier))
    if trajectories.improvement_of(dossier):
        tables["verbeterplan"] = (_("Verbeterplan"), lambda: around_paper.plan_rows(dossier))
    yield from _as_files("gegevens", tables)


def _lists(reader: Reader) -> Iterator[Piece]:
    """What the paper shows as tables. What stays in the school has its own folder."""
    for one in listing.filled(listed.EVERY, reader):
        folder = "intern" if one.listing.inside else "gegevens"
        yield from _as_files(folder, {one.listing.key: (str(one.listing.title), one.records)})


def _inside(actor: Actor, dossier: Dossier) -> Iterator[Piece]:
    """What stays in the school, in a folder of its own; only what this reader may read."""
    tables: dict[str, Table] = {}
    if talking.every_remark(actor, dossier).exists():
        spoken = _("Overleg onder collega’s")
        tables["overleg"] = (spoken, lambda: spoken_paper.discussion_rows(actor, dossier))
    if moments.incidents_of(actor, dossier).exists():
        wrong = _("Wat er misliep")
        tables["incidenten"] = (wrong, lambda: spoken_paper.incident_rows(actor, dossier))
    yield from _as_files("intern", tables)


def _as_files(folder: str, tables: dict[str, Table]) -> Iterator[Piece]:
    for name, (about, rows) in tables.items():
        for ending, write in (("csv", as_csv), ("json", as_json)):
            yield Piece(
                f"{folder}/{name}.{ending}",
                f"{about} ({ending})",
                make=lambda rows=rows, write=write: write(rows()),  # type: ignore[misc]
            )


def _assessments(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "key": a.criterion.key,
            "question": a.criterion.question.nl,
            "judgement": a.assessment.judgement,
            "argument": a.assessment.argument,
            "by": str(a.assessment.updated_by or "") if a.done else "",
            "on": timezone.localdate(a.assessment.updated_at).isoformat() if a.done else "",
            "evidence": "; ".join(e.title for e in a.evidence),
        }
        for a in casework.asked_of(dossier)
    ]


def _activities(actor: Actor, dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "title": a.title,
            "on": a.on.isoformat(),
            "starts": f"{a.starts:%H:%M}",
            "ends": f"{a.ends:%H:%M}",
            "place": a.place,
            "state": a.state,
            "teachers": "; ".join(str(t) for t in a.teachers.all()),
            "groups": "; ".join(str(g) for g in a.groups.all()),
            "preparation": a.preparation,
            "follow_up": a.follow_up,
        }
        for a in running.activities(actor, dossier)
    ]


def _history(reader: Reader) -> list[dict[str, Any]]:
    found, start = [], 0
    while rows := going_outside.history(reader, limit=LINES, offset=start):
        found += [_line(entry) for entry in rows]
        start += LINES
    return found


def _line(entry: Entry) -> dict[str, str]:
    """Where the sentence does not say who, the day alone: an exact moment tells it too."""
    if entry.named:
        return {"at": entry.at.isoformat(), "who": entry.who, "what": entry.sentence}
    day = timezone.localtime(entry.at).date().isoformat()
    return {"at": day, "who": "", "what": entry.sentence}
