"""Keeps a file: one that somebody adds, after a good look at it, or one that we made ourselves.

Call these inside the action of the module that the file belongs to: that action knows who may add
it and writes the audit record.
"""

import zipfile
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import docx, filename, letterhead, pdf, storage
from partnerwijzer.documents.inspection import (
    archive,
    criminal_record,
    detect,
    guards,
    limits,
    office_pictures,
    office_text,
    pictures,
    scans,
)
from partnerwijzer.documents.inspection.refusal import BadFile
from partnerwijzer.documents.kinds import ACCEPT
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.documents.paper import Paper
from partnerwijzer.documents.storage import Draft
from partnerwijzer.privacy import asking as privacy
from partnerwijzer.privacy.asking import Besides, Question, together
from partnerwijzer.privacy.detecting import Kind

__all__ = ["ACCEPT", "BadFile", "accept", "accept_all", "extract_refused", "keep", "keep_both"]

MOST_PAGES = 12  # named one by one

guards.guard(criminal_record.refuse_extract)
extract_refused = criminal_record.refused


def accept(upload: "UploadedFile[Any]", *, school_id: int | None, actor: Actor) -> StoredFile:
    """Keeps a file that somebody adds.

    The kind is found in the content, pictures are drawn anew, upright and without what the camera
    noted; so are those in an office file where it noted the place, its make or the owner, but as
    they lay there; in a PDF the notes are blanked. Plain text becomes UTF-8; all else stays byte
    for byte as it was.

    Raises:
        BadFile: empty, too large, a kind that we do not keep, not to be read by us, able to run or
            load something, or refused by a guard. Its text says what to do.
        Question: it looks like data of a person; the middleware of privacy asks about it.
    """
    name = upload.name or ""
    with Draft() as draft:
        _receive(draft, upload)
        kind = detect.kind_of(draft.path, name)
        text, besides = _inspect(draft, kind)
        guards.check(guards.Candidate(name, kind, text))
        if privacy.check(text, besides):
            raise BadFile(_never(), "never_stored")
        return _store(draft, filename.received(name, kind), kind, school_id, actor)


def accept_all(
    uploads: "Sequence[UploadedFile[Any]]", *, school_id: int | None, actor: Actor
) -> list[StoredFile]:
    """Keeps several files that somebody adds at once; about all of them is asked once.

    Raises:
        BadFile: as accept().
        Question: as accept().
    """
    kept, questions = [], []
    for upload in uploads:
        try:
            kept.append(accept(upload, school_id=school_id, actor=actor))
        except Question as question:
            told = [(kind, f"{upload.name}: {words}") for kind, words in question.shown]
            shown = told if len(uploads) > 1 else question.shown
            questions.append(Question(question.text, question.findings, shown))
    if questions:
        raise together(*questions)
    return kept


def keep(
    content: bytes, *, name: str, kind: str, school_id: int | None, actor: Actor
) -> StoredFile:
    """Keeps a file that we made ourselves. `name` may lack the extension."""
    with Draft() as draft:
        draft.fill([content], limit=len(content))
        return _store(draft, filename.tidy(name, kind), kind, school_id, actor)


def keep_both(
    paper: Paper, *, name: str, school_id: int | None, actor: Actor
) -> tuple[StoredFile, StoredFile]:
    """Keeps a paper as PDF and as Word file, with the letterhead of the school."""
    paper = letterhead.on(paper, school_id)
    return (
        keep(pdf.to_pdf(paper), name=name, kind="pdf", school_id=school_id, actor=actor),
        keep(docx.to_docx(paper), name=name, kind="docx", school_id=school_id, actor=actor),
    )


def _never() -> str:
    return _(
        "In dit bestand staat een rijksregisternummer, of wat er in een uittreksel uit het "
        "strafregister staat. Dat bewaren we nooit. Haal het eruit en voeg het bestand opnieuw toe."
    )


def _receive(draft: Draft, upload: "UploadedFile[Any]") -> None:
    try:
        draft.fill(upload.chunks(), limit=settings.UPLOAD_MAX_BYTES)
    except storage.TooLarge:
        most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        text = _("Dit bestand is te groot: hoogstens {most} MB. Maak het kleiner of splits het.")
        raise BadFile(text.format(most=most), "too_large") from None
    if not draft.size:
        raise BadFile(_("Dit bestand is leeg. Kies een ander bestand."), "empty")


def _inspect(draft: Draft, kind: str) -> tuple[str, list[Besides]]:
    """Looks into the file, rewrites it where that is our way, and gives its text for the guards,
    with what has to be asked besides."""
    if kind == "pdf":
        return _inspect_pdf(draft)
    if kind in pictures.FORMATS:
        _rewrite(draft, pictures.redraw(draft.path, kind))
        return "", []
    if kind in detect.TEXT_KINDS:
        text = detect.read_text(draft.path) or ""
        if len(text) > limits.MAX_TEXT:
            raise limits.too_long()
        _rewrite(draft, text.encode())
        return text, []
    with zipfile.ZipFile(draft.path) as opened:
        archive.check(opened, kind)
        text = office_text.text_of(opened, kind)
        unread = scans.is_only_pictures(opened, text)
    besides = [_besides(draft, Kind.SCAN, _("Het hele bestand"))] if unread else []
    drawn = office_pictures.without_notes(draft.path)
    if drawn is not None:
        _rewrite(draft, drawn)
    return text, besides


def _inspect_pdf(draft: Draft) -> tuple[str, list[Besides]]:
    # Here and not above: the PDF reader takes 24 MB that most processes never need.
    from partnerwijzer.documents.inspection import portable  # noqa: PLC0415

    seen = portable.check(draft.path)
    besides = []
    if seen.unread:
        besides.append(_besides(draft, Kind.SCAN, _pages(seen.unread, seen.pages)))
    if seen.attached:
        besides.append(_besides(draft, Kind.SCAN, _("Een bestand dat in de pdf zit")))
    if seen.place_stays:
        besides.append(_besides(draft, Kind.PHOTO_PLACE, _("Een foto in de pdf")))
    if seen.content is not None:
        _rewrite(draft, seen.content)
    return seen.text, besides


def _besides(draft: Draft, kind: Kind, told: str) -> Besides:
    """The yes to it holds for this very file."""
    return Besides(kind, told, f"{told} {draft.sha256}")


def _pages(numbers: Sequence[int], of: int) -> str:
    if len(numbers) == of:
        return _("Het hele bestand")
    shown = ", ".join(map(str, numbers[:MOST_PAGES])) + ("…" if len(numbers) > MOST_PAGES else "")
    return ngettext("Bladzijde {n}", "Bladzijden {n}", len(numbers)).format(n=shown)


def _rewrite(draft: Draft, content: bytes) -> None:
    draft.fill([content], limit=len(content))


def _store(draft: Draft, name: str, kind: str, school_id: int | None, actor: Actor) -> StoredFile:
    return StoredFile.objects.create(
        name=name,
        kind=kind,
        size=draft.size,
        sha256=draft.sha256,
        path=draft.keep(),
        school_id=school_id,
        uploaded_by_id=actor.user_id,
    )
