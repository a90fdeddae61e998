"""What kind a file is, by its content, and whether it is safe to look into."""

import zipfile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from partnerwijzer.documents.inspection import archive
from partnerwijzer.documents.inspection.refusal import BadFile
from partnerwijzer.exchange.sheets import delimited, opendocument, workbook
from partnerwijzer.exchange.sheets.table import BadTable, Table

MOST_BYTES = 8 * 1024 * 1024
MOST_PARTS = 2_000
MOST_UNPACKED = 80 * 1024 * 1024
# For the accept attribute of a file field: helps to choose, guards nothing.
ACCEPT = ".xlsx,.ods,.csv,.txt,.tsv"


def read(upload: "UploadedFile[Any]") -> Table:
    """The table in a file that somebody chose. Its name does not count.

    Raises:
        BadTable: no table, too large, broken, or unsafe.
    """
    most = min(MOST_BYTES, settings.UPLOAD_MAX_BYTES)
    if (upload.size or 0) > most:
        text = _("Dit bestand is te groot: hoogstens {most} MB. Splits de lijst.")
        raise BadTable(text.format(most=most // (1024 * 1024)))
    return look(upload.file)  # type: ignore[arg-type]


def look(file: IO[bytes], sheet: str = "") -> Table:
    """The table in a file that is not too large, on this sheet or else the first.

    Raises:
        BadTable: no table, broken, or unsafe; no such sheet.
    """
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        table = _packed(file, sheet)
    else:
        _refuse_others(head)
        table = delimited.read(file.read())
    if not table.lines:
        raise BadTable(_("Er staat niets in dit bestand. Kies een ander."))
    return table


def _refuse_others(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadTable(
            _(
                "Dit is een oud Excel-bestand (xls), of het is beveiligd met een wachtwoord. Open "
                "het, kies ‘Opslaan als’ en bewaar het als xlsx zonder wachtwoord."
            )
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise BadTable(
            _("Dit is geen lijst maar een pdf of afbeelding. Kies een xlsx, ods of csv.")
        )


def _packed(file: IO[bytes], sheet: str) -> Table:
    try:
        with zipfile.ZipFile(file) as opened:
            _refuse_bomb(opened)
            kind = archive.office_kind(opened)
            if kind in ("xlsx", "ods"):
                archive.check(opened, kind)
            if kind == "ods":
                return opendocument.read(opened, sheet)
    except BadFile as wrong:
        raise BadTable(_refusal(wrong)) from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, KeyError) as wrong:
        if isinstance(wrong, BadTable):
            raise
        raise BadTable(
            _("Dit bestand is beschadigd: we kunnen het niet openen. Bewaar het opnieuw.")
        ) from None
    if kind != "xlsx":
        raise BadTable(_("Dit is geen rekenblad. Bewaar je lijst als xlsx, ods of csv."))
    file.seek(0)
    return workbook.read(file, sheet)


def _refuse_bomb(opened: zipfile.ZipFile) -> None:
    entries = opened.infolist()
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise BadTable(_("Uitgepakt is dit bestand te groot. Bewaar enkel de lijst, als csv."))


def _refusal(wrong: BadFile) -> str:
    words = {
        "locked": _("Dit bestand heeft een wachtwoord. Bewaar het zonder wachtwoord."),
        "macros": _("In dit bestand zitten macro’s. Bewaar het als gewone xlsx, of als csv."),
        "external": _("Dit bestand haalt gegevens van een andere plaats op. Bewaar het als csv."),
    }
    return words.get(
        wrong.code or "", _("Dit bestand is beschadigd. Open het en bewaar het opnieuw als csv.")
    )
