"""What can go wrong with the register. Each text is Dutch and says what to do about it."""

from django.utils.translation import gettext as _


class KboError(Exception):
    """Something that the person who imports or searches has to know. `str()` is the text."""


class NotAnExtract(KboError):
    """The path is no folder or zip with the files of an extract."""


class DamagedZip(KboError):
    """The zip is cut off, encrypted or otherwise unreadable."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "Het zipbestand ‘%(name)s’ is beschadigd of niet helemaal gedownload. "
                "Download het opnieuw en probeer nog eens."
            )
            % {"name": name}
        )


class MissingFile(KboError):
    """The extract lacks a file that it should have."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _(
                "Het bestand ‘%(file)s’ ontbreekt in het uittreksel. "
                "Geef het volledige zipbestand of de volledige map zoals de KBO ze levert."
            )
            % {"file": file}
        )


class MissingColumn(KboError):
    """A file lacks a column; it comes from elsewhere or the layout changed."""

    def __init__(self, file: str, column: str, found: list[str]) -> None:
        super().__init__(
            _(
                "In ‘%(file)s’ ontbreekt de kolom ‘%(column)s’ (gevonden: %(found)s). "
                "Gebruik het bestand zoals de KBO het levert, niet bewaard vanuit een rekenblad."
            )
            % {"file": file, "column": column, "found": ", ".join(found)[:200] or "–"}
        )


class BadEncoding(KboError):
    """A file is not UTF-8."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__(
            _(
                "‘%(file)s’ is rond regel %(line)d niet in UTF-8 geschreven. "
                "Gebruik het bestand zoals de KBO het levert."
            )
            % {"file": file, "line": line}
        )


class BadRow(KboError):
    """A line cannot be read: wrong number of columns, an unclosed quote, no number."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__(
            _(
                "In ‘%(file)s’ is de regel rond nummer %(line)d niet te lezen. "
                "Download het uittreksel opnieuw; blijft het zo, meld het dan aan de KBO."
            )
            % {"file": file, "line": line}
        )


class BadMeta(KboError):
    """meta.csv does not say which extract this is."""

    def __init__(self, variable: str) -> None:
        super().__init__(
            _(
                "In ‘meta.csv’ ontbreekt ‘%(variable)s’ of staat er iets onleesbaars. "
                "Daardoor is niet te weten welk uittreksel dit is. Download het opnieuw."
            )
            % {"variable": variable}
        )


class ExtractGap(KboError):
    """An update does not follow on what the register holds."""

    def __init__(self, *, held: int, given: int) -> None:
        super().__init__(
            _(
                "Het register staat op uittreksel %(held)d en dit is bijwerking %(given)d: "
                "%(missing)s ontbreekt ertussen. Lees eerst de ontbrekende bijwerkingen in, "
                "of een volledig uittreksel."
            )
            % {"held": held, "given": given, "missing": span(held + 1, given - 1)}
        )


class OlderExtract(KboError):
    """The extract is older than what the register holds."""

    def __init__(self, *, held: int, given: int) -> None:
        super().__init__(
            _(
                "Het register staat al op uittreksel %(held)d; uittreksel %(given)d is ouder. "
                "Er is niets veranderd. Lees een nieuwer uittreksel in."
            )
            % {"held": held, "given": given}
        )


class ShrunkExtract(KboError):
    """A full extract has far fewer organisations than the register, so something is wrong."""

    def __init__(self, *, held: int, given: int) -> None:
        super().__init__(
            _(
                "Het register kent %(held)d organisaties en dit volledige uittreksel maar "
                "%(given)d. Dat klopt wellicht niet: alle andere zouden als verdwenen gelden. "
                "Er is niets veranderd. Kijk na of dit het juiste bestand is."
            )
            % {"held": held, "given": given}
        )


class OtherVersion(KboError):
    """The register in use was made with other settings or by an older version."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Het register is met een andere versie of een andere NACE-code gemaakt, "
                "een bijwerking past er niet op. Lees een volledig uittreksel in."
            )
        )


class DiskFull(KboError):
    """There is no room for the new register."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            _(
                "In ‘%(folder)s’ kan niet geschreven worden; wellicht is de schijf vol. Maak "
                "plaats (ongeveer 2 GB voor een volledig uittreksel) en probeer opnieuw. Het "
                "vorige register blijft in gebruik."
            )
            % {"folder": folder}
        )


class ImportRunning(KboError):
    """Another process imports at this moment."""

    def __init__(self) -> None:
        super().__init__(
            _("Er loopt al een import van het register. Wacht tot die klaar is en probeer opnieuw.")
        )


class RegisterDamaged(KboError):
    """The files of the register cannot be read."""

    def __init__(self) -> None:
        super().__init__(_("Het register is beschadigd. Lees een volledig uittreksel opnieuw in."))


def span(first: int, last: int) -> str:
    """'137' or '137–146'."""
    return str(first) if first == last else f"{first}–{last}"
