"""The kinds of files that we keep, under our own short codes. Pure data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind. `inline`: a browser may show it itself, as it cannot do anything there."""

    code: str
    mime: str
    words: str | Promise
    inline: bool = False

    @property
    def extension(self) -> str:
        return f".{self.code}"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", _("pdf-document"), inline=True),
        Kind("docx", f"{_OFFICE}.wordprocessingml.document", _("Word-document")),
        Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", _("Excel-rekenblad")),
        Kind("pptx", f"{_OFFICE}.presentationml.presentation", _("PowerPoint-presentatie")),
        Kind("odt", f"{_OPEN}.text", _("OpenDocument-tekst")),
        Kind("ods", f"{_OPEN}.spreadsheet", _("OpenDocument-rekenblad")),
        Kind("odp", f"{_OPEN}.presentation", _("OpenDocument-presentatie")),
        Kind("png", "image/png", _("afbeelding (png)"), inline=True),
        Kind("jpg", "image/jpeg", _("foto (jpg)"), inline=True),
        Kind("webp", "image/webp", _("afbeelding (webp)"), inline=True),
        Kind("txt", "text/plain; charset=utf-8", _("gewone tekst"), inline=True),
        Kind("csv", "text/csv; charset=utf-8", _("tabel (csv)")),
        Kind("md", "text/markdown; charset=utf-8", _("tekst (Markdown)")),
        Kind("ics", "text/calendar; charset=utf-8", _("agenda (ics)")),
    )
}

# What people may add. An agenda is only made by ourselves.
UPLOADS = tuple(code for code in KINDS if code != "ics")
# For the accept attribute of a file field: helps to choose, guards nothing.
ACCEPT = ",".join([*(f".{code}" for code in UPLOADS), ".jpeg"])
