"""Writes small invented extracts of the register, in the layout and dialect of KBO Open Data."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from partnerwijzer.kbo.extract import COLUMNS
from partnerwijzer.kbo.numbers import check_digits, dotted

Files = dict[str, list[tuple[str, ...]]]

# Columns that the register writes without quotes.
DATES = {"StartDate", "DateStrikingOff"}

CODES = (
    ("JuridicalForm", "017", "NL", "Vereniging zonder winstoogmerk"),
    ("JuridicalForm", "017", "FR", "Association sans but lucratif"),
    ("JuridicalForm", "610", "NL", "Besloten Vennootschap"),
    ("JuridicalForm", "411", "NL", "Stad / gemeente"),
    ("JuridicalSituation", "000", "NL", "Normale toestand"),
    ("JuridicalSituation", "012", "NL", "Vrijwillige ontbinding - vereffening"),
    ("JuridicalSituation", "050", "NL", "Opening faillissement"),
    ("JuridicalSituation", "091", "NL", "Opschorting"),
    ("Nace2025", "85520", "NL", "Cultureel onderwijs"),
    ("Nace2025", "91110", "FR", "Bibliothèques"),
    ("Nace2025", "62100", "NL", 'Ontwerpen van "software", en programmeren'),
)


def number(place: int) -> str:
    """The invented enterprise number with this place, ten digits."""
    return f"0999{place:04d}{check_digits(9990000 + place)}"


def seat_number(place: int) -> str:
    """The invented establishment number with this place, ten digits."""
    return f"2999{place:04d}{check_digits(29990000 + place)}"


@dataclass
class Org:
    """One enterprise as the files have it. Rows are without their first column."""

    place: int
    name: str = ""
    form: str = "017"
    situation: str = "000"
    legal: bool = True
    form_cac: str = ""
    start: str = "01-02-2003"
    names: list[tuple[str, str, str]] = field(default_factory=list)
    town: tuple[str, str] = ("9000", "Gent")
    street: str = "Sportstraat"
    address: tuple[str, ...] | None = None
    contacts: list[tuple[str, str]] = field(default_factory=list)
    activities: list[tuple[str, str, str, str]] = field(default_factory=list)
    seats: list[tuple[int, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its number with dots."""
        return dotted(number(self.place))

    def denominations(self) -> list[tuple[str, ...]]:
        """Its rows in denomination.csv."""
        names = ([("2", "001", self.name)] if self.name else []) + self.names
        return [(self.key, *name) for name in names]

    def addresses(self) -> list[tuple[str, ...]]:
        """Its rows in address.csv."""
        postcode, town = self.town
        columns = ("REGO", "", "", postcode, town, town, self.street, self.street, "12", "", "", "")
        return [(self.key, *(self.address or columns))]


def empty() -> Files:
    """All data files without a row."""
    return {name: [] for name in COLUMNS if name not in ("meta", "code")}


def full(orgs: Iterable[Org]) -> Files:
    """The files of a full extract with these enterprises."""
    files = empty()
    for org in orgs:
        kind, form = ("2", org.form) if org.legal else ("1", "")
        files["enterprise"].append(
            (org.key, "AC", org.situation, kind, form, org.form_cac, org.start)
        )
        files["denomination"] += org.denominations()
        files["address"] += org.addresses()
        files["contact"] += [(org.key, "ENT", *contact) for contact in org.contacts]
        files["activity"] += [(org.key, *activity) for activity in org.activities]
        for place, name in org.seats:
            seat = dotted(seat_number(place))
            files["establishment"].append((seat, "01-02-2004", org.key))
            if name:
                files["denomination"].append((seat, "2", "003", name))
            street = ("Zijstraat", "Zijstraat", "3", "", "", "")
            files["address"].append((seat, "BAET", "", "", *org.town, org.town[1], *street))
    return files


def update(
    deleted: Mapping[str, Iterable[str]] | None = None, inserted: Files | None = None
) -> Files:
    """The files of an update extract: keys to delete (with dots) and rows to insert, by file."""
    files: Files = {}
    for name in empty():
        files[f"{name}_delete"] = [(key,) for key in (deleted or {}).get(name, ())]
        files[f"{name}_insert"] = (inserted or {}).get(name, [])
    return files


def meta(kind: str, extract: int, day: str) -> list[tuple[str, ...]]:
    """The rows of meta.csv."""
    return [
        ("SnapshotDate", day),
        ("ExtractTimestamp", f"{day} 07:40:18"),
        ("ExtractType", kind),
        ("ExtractNumber", str(extract)),
        ("Version", "1.0.0"),
    ]


@dataclass
class Dialect:
    """How the files are written; the register itself is not always the same."""

    bom: bool = False
    line_end: str = "\n"
    quoted: bool = True
    encoding: str = "utf-8"
    final_line_end: bool = True


def csv_text(name: str, rows: Iterable[tuple[str, ...]], dialect: Dialect) -> bytes:
    """One file as bytes."""
    columns = COLUMNS[name.removesuffix("_insert").removesuffix("_delete")]
    columns = columns[:1] if name.endswith("_delete") else columns
    lines = [",".join(f'"{column}"' for column in columns)]
    for row in rows:
        cells = zip(columns, row, strict=True)
        lines.append(",".join(_cell(column, value, dialect) for column, value in cells))
    text = dialect.line_end.join(lines) + (dialect.line_end if dialect.final_line_end else "")
    return (b"\xef\xbb\xbf" if dialect.bom else b"") + text.encode(dialect.encoding)


def _cell(column: str, value: str, dialect: Dialect) -> str:
    if not value or column in DATES or not (dialect.quoted or "," in value or '"' in value):
        return value
    return '"' + value.replace('"', '""') + '"'


def write_zip(
    path: Path,
    files: Files,
    *,
    kind: str = "full",
    extract: int = 100,
    day: str = "03-01-2025",
    codes: Iterable[tuple[str, ...]] | None = CODES,
    dialect: Dialect | None = None,
) -> Path:
    """Write an extract as a zip; `codes` None leaves code.csv out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _contents(files, kind, extract, day, codes, dialect or Dialect()):
            archive.writestr(f"{name}.csv", content)
    return path


def unzip(path: Path, folder: Path) -> Path:
    """The same extract as a folder."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def replace_member(path: Path, name: str, content: bytes | None) -> Path:
    """The same zip with one file changed, or left out when None."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w") as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        if content is not None:
            target.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path


def _contents(
    files: Files,
    kind: str,
    extract: int,
    day: str,
    codes: Iterable[tuple[str, ...]] | None,
    dialect: Dialect,
) -> Iterable[tuple[str, bytes]]:
    yield "meta", csv_text("meta", meta(kind, extract, day), dialect)
    if codes is not None:
        yield "code", csv_text("code", codes, dialect)
    for name, rows in files.items():
        yield name, csv_text(name, rows, dialect)
