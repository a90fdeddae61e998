"""Reads an export of the databank into an installation that has none. All of it, or nothing."""

import base64
import binascii
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.models import Field, ForeignKey, JSONField, Model
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.documents import intake
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.exchange.databank import contents
from partnerwijzer.exchange.databank.contents import Part
from partnerwijzer.exchange.databank.writing import EDITION, FORMAT
from partnerwijzer.exchange.json_rows import BadJson, JsonRows
from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.organisations.models import School, SchoolBoard, User
from partnerwijzer.privacy.detecting import never_in
from partnerwijzer.privacy.wording import never_stored

BATCH = 500
Progress = Callable[[int], None]
SOMEBODY = "vorige-installatie@partnerwijzer.invalid"


class BadExport(ValueError):
    """The file cannot be read in. `str()` says why; nothing was written."""


def read_in(file: IO[bytes], actor: Actor, progress: Progress | None = None) -> dict[str, int]:
    """Reads an export in; how many rows of each model.

    Args:
        progress: is told now and then how many rows were read.

    Raises:
        BadExport: no export, broken off, of a newer release, or there is a databank already.
    """
    try:
        with transaction.atomic():
            _refuse_second()
            counts = _Reading(actor, progress).read(JsonRows(file, ["rows"]))
            connection.check_constraints()
            _go_on_counting()
    except BadJson as wrong:
        raise BadExport(
            _("Dit bestand kan niet gelezen worden: {why}.").format(why=wrong)
        ) from None
    except IntegrityError:
        raise BadExport(_("In dit bestand passen de rijen niet bij elkaar.")) from None
    return counts


def look_through(file: IO[bytes], progress: Progress | None = None) -> int:
    """Reads an export without writing anything; how many rows it has.

    What is broken off or of a newer release shows before anything else has to wait for it.

    Raises:
        BadExport: no export, broken off, or of a newer release.
    """
    try:
        return _Reading(SYSTEM, progress).count(JsonRows(file, ["rows"]))
    except BadJson as wrong:
        raise BadExport(
            _("Dit bestand kan niet gelezen worden: {why}.").format(why=wrong)
        ) from None


def _refuse_second() -> None:
    for part in contents.own():
        number = part.model._base_manager.count()
        if number:
            text = _("Er is hier al een databank ({n} rijen {model}). Dit kan enkel in een lege.")
            raise BadExport(text.format(n=number, model=part.label))


def is_empty() -> bool:
    """Whether there is no databank here yet."""
    return not any(part.model._base_manager.exists() for part in contents.own())


class _Reading:
    """One reading: rows are gathered by model and written some hundreds at a time."""

    def __init__(self, actor: Actor, progress: Progress | None) -> None:
        self.actor, self.progress = actor, progress
        self.parts = {part.label: part for part in (*contents.along(), *contents.own())}
        self.own_labels = {part.label for part in contents.own()}
        self.keys: dict[type[Model], dict[Any, Any]] = defaultdict(dict)
        self.waiting: dict[str, list[Model]] = defaultdict(list)
        self.counts: dict[str, int] = defaultdict(int)
        self.somebody: User | None = None

    def read(self, rows: JsonRows) -> dict[str, int]:
        for label, values in self._pairs(rows):
            self._take(self.parts[label], values)
        for label in list(self.waiting):
            self._write(label)
        return dict(self.counts)

    def count(self, rows: JsonRows) -> int:
        """How many rows there are, all of them of a kind that we know."""
        return sum(1 for _pair in self._pairs(rows))

    def _pairs(self, rows: JsonRows) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each row, and at the end the certainty that these were all."""
        for number, row in enumerate(rows, start=1):
            if number == 1:
                _check_head(rows.head)
            label, values = self._pair(row)
            self.counts[label] += 1
            yield label, values
            if self.progress and number % BATCH == 0:
                self.progress(number)
        _check_head(rows.head)
        if rows.tail.get("counts") != dict(self.counts) or rows.tail.get("end") is not True:
            raise BadExport(_("Dit bestand is afgebroken: niet alle rijen staan erin."))

    def _pair(self, row: Any) -> tuple[str, dict[str, Any]]:
        fits = isinstance(row, list) and len(row) == 2 and isinstance(row[1], dict)
        if not fits or row[0] not in self.parts:
            what = row[0] if fits else "?"
            raise BadExport(
                _("Dit bestand bevat iets wat we niet kennen: {what}.").format(what=what)
            )
        names = {*self.parts[row[0]].names, "content"}
        if unknown := sorted(set(row[1]) - names):
            text = _("Dit bestand komt van een nieuwere versie: {model} heeft ook {names}.")
            raise BadExport(text.format(model=row[0], names=", ".join(unknown)))
        return row[0], row[1]

    def _take(self, part: Part, values: dict[str, Any]) -> None:
        if part.model in ALONG:
            self.keys[part.model][values["id" if "id" in values else part.model._meta.pk.name]] = (
                ALONG[part.model](self, part, values)
            )
            return
        self.waiting[part.label].append(self._instance(part, values))
        if len(self.waiting[part.label]) >= BATCH:
            self._write(part.label)

    def _write(self, label: str) -> None:
        self.parts[label].model._base_manager.bulk_create(self.waiting.pop(label, []))

    def _instance(self, part: Part, values: dict[str, Any]) -> Model:
        _refuse_never(part, values)
        given: dict[str, Any] = {}
        for field in part.fields:
            if field.name in values:
                given[field.attname] = self._value(part, field, values[field.name])
        return part.model(**given)

    def _value(self, part: Part, field: "Field[Any, Any]", value: Any) -> Any:
        if isinstance(field, ForeignKey):
            return self._key(field, value)
        changer = contents.CHANGERS.get(f"{part.label}.{field.name}")
        if changer:
            value = changer(value, self.own_labels)
        if isinstance(field, JSONField) or value is None:
            return value
        try:
            return field.to_python(value)
        except ValidationError:
            text = _("{model}: ‘{value}’ kan niet bij {name}.")
            shown = str(value)[:60]
            raise BadExport(text.format(model=part.label, value=shown, name=field.name)) from None

    def _key(self, field: "ForeignKey[Any, Any]", value: Any) -> Any:
        """The key here of what a row refers to."""
        target = field.related_model
        if target in contents.PEOPLE:
            return None if field.null else self._somebody().pk
        if value is None or target not in ALONG:
            return value
        found = self.keys[target].get(value)
        if found is None and not field.null:
            text = _("Dit bestand is niet volledig: {model} {key} ontbreekt.")
            raise BadExport(text.format(model=target._meta.label_lower, key=value))
        return found

    def _somebody(self) -> User:
        """An account that nobody can use, in the place of people of the old installation."""
        if self.somebody is None:
            name = str(_("Iemand van de vorige installatie"))
            self.somebody = User.objects.filter(email=SOMEBODY).first()
            self.somebody = self.somebody or User.objects.create_user(
                SOMEBODY, name=name, is_active=False
            )
        return self.somebody

    # What goes along is matched with what is here already.

    def board(self, part: Part, values: dict[str, Any]) -> Any:
        same = {"number": values["number"]} if values["number"] else {"name": values["name"]}
        return self._found_or_made(part, values, same)

    def school(self, part: Part, values: dict[str, Any]) -> Any:
        place = {name: values[name] for name in ("name", "postcode")}
        number = values["number"]
        return self._found_or_made(part, values, {"number": number} if number else place)

    def _found_or_made(self, part: Part, values: dict[str, Any], same: dict[str, Any]) -> Any:
        found = part.model._base_manager.filter(**same).first()
        if found is None:
            found = self._instance(part, {k: v for k, v in values.items() if k != "id"})
            found.save()
        return found.pk

    def known_by_key(self, part: Part, values: dict[str, Any]) -> Any:
        """Goals have the key of their source, here as there."""
        key = values[part.model._meta.pk.name]
        if not part.model._base_manager.filter(pk=key).exists():
            self._instance(part, values).save(force_insert=True)
        return key

    def file(self, part: Part, values: dict[str, Any]) -> Any:
        """Kept again, at a place of its own, after the same look as at what somebody adds: who made
        the export may have put anything in it. Nothing where the content did not go along."""
        if not values.get("content"):
            return None
        try:
            content = base64.b64decode(values["content"], validate=True)
        except (binascii.Error, TypeError, ValueError):
            raise BadExport(_("Een bestand in deze export is beschadigd.")) from None
        if hashlib.sha256(content).hexdigest() != values.get("sha256"):
            raise BadExport(_("Een bestand in deze export is beschadigd."))
        name = str(values.get("name", ""))
        try:
            upload = SimpleUploadedFile(name, content)
            return intake.accept(upload, school_id=None, actor=self.actor).pk
        except SuspiciousFileOperation:  # no name at all, or one that is a place
            raise BadExport(_("Een bestand in deze export is beschadigd.")) from None
        except BadFile as wrong:
            text = _("Het bestand ‘{name}’ in deze export bewaren we niet: {why}")
            raise BadExport(text.format(name=name[:60], why=wrong)) from None


ALONG: dict[type[Model], Callable[[_Reading, Part, dict[str, Any]], Any]] = {
    SchoolBoard: _Reading.board,
    School: _Reading.school,
    GoalSet: _Reading.known_by_key,
    Goal: _Reading.known_by_key,
    StoredFile: _Reading.file,
}


def _refuse_never(part: Part, values: dict[str, Any]) -> None:
    """A databank is taken over whole, so that one such row stops it, and says where it stands."""
    kinds = never_in("\n".join(value for value in values.values() if isinstance(value, str)))
    if kinds:
        text = _("{model} {key}: {why}")
        key = values.get("id", "")
        raise BadExport(text.format(model=part.label, key=key, why=never_stored(sorted(kinds))))


def _check_head(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        raise BadExport(_("Dit is geen export van de databank."))
    if head.get("edition") != EDITION:
        raise BadExport(_("Deze export is van een versie die we niet kennen."))


def _go_on_counting() -> None:
    """New rows get keys after those that were read in (PostgreSQL counts by itself)."""
    models = [part.model for part in contents.own()]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
