"""The letterhead of a school and its Word templates."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import docx_template, intake, logo, storage
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.documents.models import Letterhead, PaperKind, PaperTemplate
from partnerwijzer.organisations.models import School


@action("papers.style")
def save_letterhead(
    school: School,
    *,
    actor: Actor,
    version: int,
    name: str,
    lines: str,
    picture: "UploadedFile[Any] | None" = None,
    without_logo: bool = False,
) -> Letterhead:
    """What stands on every paper of the school.

    Raises:
        Conflict: a colleague changed it in between.
        BadFile: the logo is not accepted; the text says why and what to do.
    """
    content = logo.tidy(picture) if picture else None
    if version:
        row = versions.claim(Letterhead.objects.filter(school_id=school.pk), _key(school), version)
    else:
        row, new = Letterhead.objects.get_or_create(school_id=school.pk)
        if not new:
            raise versions.Conflict(row)
    old = row.logo
    row.name, row.lines = name.strip(), "\n".join(lines.split("\n")[:6]).strip()
    if content is not None:
        row.logo = intake.keep(
            content, name=_("Logo"), kind="png", school_id=school.pk, actor=actor
        )
    elif without_logo:
        row.logo = None
    row.save(update_fields=["name", "lines", "logo"])
    if old is not None and row.logo_id != old.pk:
        storage.remove(old)
    record("papers.style", school, actor=actor, school_id=school.pk)
    return row


def _key(school: School) -> int:
    found = Letterhead.objects.filter(school_id=school.pk).values_list("pk", flat=True).first()
    return found or 0


@action("papers.style")
def set_template(
    school: School, *, actor: Actor, kind: str, upload: "UploadedFile[Any]"
) -> PaperTemplate:
    """The school's own Word template for one kind of paper, or for all; replaces an earlier one.

    Raises:
        BadFile: no Word file, not safe to keep, or its placeholders are not right: the text says
            which are unknown or missing.
    """
    if not (upload.name or "").lower().endswith(".docx"):
        raise BadFile(_("Kies een Word-bestand dat op .docx eindigt."), "kind")
    stored = intake.accept(upload, school_id=school.pk, actor=actor)
    try:
        docx_template.check(stored.location.read_bytes())
    except BadFile:
        stored.location.unlink(missing_ok=True)  # the row goes with the transaction
        raise
    row = PaperTemplate.objects.filter(school_id=school.pk, kind=kind).first()
    old = row.file if row else None
    row = row or PaperTemplate(school_id=school.pk, kind=PaperKind(kind))
    row.file = stored
    row.save()
    if old is not None:
        storage.remove(old)
    record("papers.template", school, actor=actor, school_id=school.pk, paper=_words(row))
    return row


@action("papers.style")
def remove_template(school: School, *, actor: Actor, template: PaperTemplate) -> None:
    """Back to ours."""
    words, file = _words(template), template.file
    template.delete()
    storage.remove(file)
    record("papers.template_removed", school, actor=actor, school_id=school.pk, paper=words)


def _words(row: PaperTemplate) -> str | Promise:
    return PaperKind(row.kind).label
