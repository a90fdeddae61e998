"""Reading an extract of KBO Open Data: a folder of CSV files, or the zip as it is downloaded.

The dialect (cookbook R018 and real files): comma, double quotes, a header line, UTF-8 with or
without byte order mark, LF or CRLF, dates dd-mm-yyyy without quotes, empty is nothing. The zip is
read as a stream and never unpacked to disk.
"""

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, Literal, Self

from django.utils.translation import gettext as _

from partnerwijzer.kbo.errors import (
    BadEncoding,
    BadMeta,
    BadRow,
    DamagedZip,
    MissingColumn,
    MissingFile,
    NotAnExtract,
)

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "meta": ("Variable", "Value"),
        "code": ("Category", "Code", "Language", "Description"),
        "enterprise": (
            "EnterpriseNumber",
            "Status",
            "JuridicalSituation",
            "TypeOfEnterprise",
            "JuridicalForm",
            "JuridicalFormCAC",
            "StartDate",
        ),
        "establishment": ("EstablishmentNumber", "StartDate", "EnterpriseNumber"),
        "branch": ("Id", "StartDate", "EnterpriseNumber"),
        "denomination": ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"),
        "address": (
            "EntityNumber",
            "TypeOfAddress",
            "CountryNL",
            "CountryFR",
            "Zipcode",
            "MunicipalityNL",
            "MunicipalityFR",
            "StreetNL",
            "StreetFR",
            "HouseNumber",
            "Box",
            "ExtraAddressInfo",
            "DateStrikingOff",
        ),
        "contact": ("EntityNumber", "EntityContact", "ContactType", "Value"),
        "activity": (
            "EntityNumber",
            "ActivityGroup",
            "NaceVersion",
            "NaceCode",
            "Classification",
        ),
    }
)
DATA_FILES = tuple(name for name in COLUMNS if name not in ("meta", "code"))
# Samples and older extracts come without these; the register can do without.
OPTIONAL = frozenset({"code", "branch", "branch_delete", "branch_insert"})
READ_AT_ONCE = 1 << 18
BOM = b"\xef\xbb\xbf"

Row = list[str]
OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Meta:
    """What meta.csv says of the extract."""

    kind: Literal["full", "update"]
    number: int
    snapshot_date: date
    timestamp: str


class Table:
    """One open CSV file. `rows` gives the values in the order of the columns that were asked."""

    def __init__(self, file: str, stream: io.BufferedReader, columns: tuple[str, ...]) -> None:
        self.file = file
        if stream.peek(len(BOM)).startswith(BOM):  # utf-8-sig would do it, in Python and slowly
            stream.read(len(BOM))
        self._reader = csv.reader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))
        self.rows = self._in_order(columns)

    @property
    def line(self) -> int:
        """Lines read so far, the header included."""
        return self._reader.line_num

    def _in_order(self, columns: tuple[str, ...]) -> Iterator[Row]:
        header = [name.strip() for name in next(self._reader, [])]
        for column in columns:
            if column not in header:
                raise MissingColumn(self.file, column, header)
        filled = filter(None, self._reader)
        if tuple(header) == columns:
            return filled
        places = [header.index(column) for column in columns]
        if len(places) == 1:
            return ([row[places[0]]] for row in filled)
        return map(list, map(itemgetter(*places), filled))


class Extract:
    """A full or an update extract. A context manager; reading a file gives a `Table`.

    `on_bytes` is told how many bytes of CSV were read, time and again.
    """

    def __init__(self, path: Path, *, on_bytes: OnBytes | None = None) -> None:
        self._on_bytes = on_bytes
        self._path = path
        self._zip: zipfile.ZipFile | None = None
        self._sizes: dict[str, int] = {}
        self._places: dict[str, str] = {}
        self._checks: dict[str, int] = {}  # as the zip knows them
        if path.is_dir():
            self._list_folder()
        elif path.is_file():
            self._list_zip()
        else:
            raise NotAnExtract(_("‘%(path)s’ bestaat niet.") % {"path": path})
        if "meta" not in self._places:
            raise NotAnExtract(self._not_an_extract())
        self.meta = self._read_meta()
        self._require_files()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._zip is not None:
            self._zip.close()

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes of CSV in each file that is there, by its name without .csv."""
        return self._sizes

    @property
    def fingerprint(self) -> str:
        """Something that differs for another extract, even one with the same number."""
        parts = [
            f"{name} {size} {self._checks.get(name, 0)}"
            for name, size in sorted(self.sizes.items())
        ]
        return hashlib.sha256("\n".join([str(self.meta), *parts]).encode()).hexdigest()

    def has(self, name: str) -> bool:
        """Whether the extract has `<name>.csv`."""
        return name in self._places

    @contextmanager
    def table(self, name: str, columns: tuple[str, ...] | None = None) -> Iterator[Table]:
        """Open one file. What goes wrong while its rows are used names the file and the line."""
        file = f"{name}.csv"
        table: Table | None = None
        with self.readable(file, lambda: table.line if table else 0), self.stream(name) as stream:
            table = Table(file, stream, columns or COLUMNS[name.removesuffix("_insert")])
            yield table

    @contextmanager
    def stream(self, name: str) -> Iterator[io.BufferedReader]:
        """The bytes of one file."""
        if name not in self._places:
            raise MissingFile(f"{name}.csv")
        with self._open(name) as source:
            yield io.BufferedReader(_Counted(source, self._on_bytes), READ_AT_ONCE)

    @contextmanager
    def readable(self, file: str, line: Callable[[], int]) -> Iterator[None]:
        """Turn what reading can throw into what the person who imports has to know."""
        try:
            yield
        except UnicodeDecodeError as error:
            raise BadEncoding(file, line() + 1) from error
        except (csv.Error, ValueError, IndexError) as error:
            raise BadRow(file, line()) from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise DamagedZip(self._path.name) from error

    def _open(self, name: str) -> IO[bytes]:
        place = self._places[name]
        try:
            return self._zip.open(place) if self._zip else open(place, "rb")
        except OSError as error:
            raise NotAnExtract(_unreadable(place)) from error
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            # Encrypted, or packed in a way that Python cannot unpack.
            raise DamagedZip(self._path.name) from error

    def _list_folder(self) -> None:
        for path in sorted(self._path.iterdir()):
            if path.suffix.lower() == ".csv":
                self._places[path.stem.lower()] = str(path)
                self._sizes[path.stem.lower()] = path.stat().st_size

    def _list_zip(self) -> None:
        try:
            self._zip = zipfile.ZipFile(self._path)
        except OSError as error:
            raise NotAnExtract(_unreadable(str(self._path))) from error
        except zipfile.BadZipFile as error:
            raise DamagedZip(self._path.name) from error
        for info in self._zip.infolist():
            name = info.filename.rsplit("/", 1)[-1].lower()
            if name.endswith(".csv") and "__macosx" not in info.filename.lower():
                stem = name.removesuffix(".csv")
                self._places[stem] = info.filename
                self._sizes[stem], self._checks[stem] = info.file_size, info.CRC

    def _not_an_extract(self) -> str:
        inside = sorted(self._path.glob("*.zip")) if self._path.is_dir() else []
        if inside:
            return _("Deze map bevat geen uittreksel, wel ‘%(zip)s’. Geef dat zipbestand op.") % {
                "zip": inside[-1].name
            }
        return _(
            "‘%(path)s’ is geen uittreksel van de KBO: er is geen ‘meta.csv’. Geef het zipbestand "
            "zoals het gedownload is (KboOpenData_…_Full.zip of …_Update.zip) of de map ervan."
        ) % {"path": self._path}

    def _read_meta(self) -> Meta:
        with self.table("meta") as table:
            values = {variable.strip(): value.strip() for variable, value in table.rows}
        kind = values.get("ExtractType", "").lower()
        number = values.get("ExtractNumber", "")
        snapshot = parse_date(values.get("SnapshotDate", ""))
        if kind not in ("full", "update"):
            raise BadMeta("ExtractType")
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise BadMeta("ExtractNumber")
        if snapshot is None:
            raise BadMeta("SnapshotDate")
        return Meta(
            kind="full" if kind == "full" else "update",
            number=int(number),
            snapshot_date=snapshot,
            timestamp=values.get("ExtractTimestamp", ""),
        )

    def _require_files(self) -> None:
        endings = ("",) if self.meta.kind == "full" else ("_delete", "_insert")
        for name in DATA_FILES:
            for ending in endings:
                if f"{name}{ending}" not in OPTIONAL and not self.has(f"{name}{ending}"):
                    raise MissingFile(f"{name}{ending}.csv")


def _unreadable(path: str) -> str:
    return _("‘%(path)s’ kan niet gelezen worden. Kijk na of je er rechten voor hebt.") % {
        "path": path
    }


class _Counted(io.RawIOBase):
    """Bytes of a file or zip member, counted on their way."""

    def __init__(self, source: IO[bytes], on_bytes: OnBytes | None) -> None:
        self._source = source
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        count: int = self._source.readinto(buffer)  # type: ignore[attr-defined]
        if self._on_bytes is not None:
            self._on_bytes(count)
        return count


def parse_date(text: str) -> date | None:
    """A date of the register, dd-mm-yyyy. None when empty or no date."""
    try:
        return datetime.strptime(text.strip(), "%d-%m-%Y").date()  # noqa: DTZ007  a day, no moment
    except ValueError:
        return None
