"""record() writes the log inside an action; history() reads the log of one thing."""

import re
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise

from partnerwijzer.audit.models import AuditRecord

_sentences: dict[str, str | Promise] = {}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


class Doer(Protocol):
    """What the log needs to know of whoever acts. access.Actor fits."""

    @property
    def kind(self) -> str: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """One line of a history, ready to show. named: whether its sentence says who it was; where it
    does not, that stays unsaid everywhere, and `at` is the day alone: an exact moment tells too."""

    at: datetime
    who: str
    sentence: str
    verb: str
    data: dict[str, Any]
    actor_id: int | None
    school_id: int | None
    named: bool


def sentences(texts: dict[str, str | Promise]) -> None:
    """Registers what each verb reads as. `{who}` and the keys of the record's data may be used."""
    for verb, text in texts.items():
        if verb in _sentences:
            raise ValueError(f"{verb} is already registered")
        _sentences[verb] = text


def record(
    verb: str,
    subject: Model,
    *,
    actor: Doer,
    thread: Model | None = None,
    school_id: int | None = None,
    **data: Any,
) -> None:
    """Writes one line. `data` is kept as `kept` says; never put words of anonymous people in it.

    Raises:
        KeyError: the verb has no sentence.
    """
    _sentences[verb]
    about = thread or subject
    AuditRecord.objects.create(
        at=timezone.now(),
        verb=verb,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_name=actor.name,
        school_id=school_id if school_id is not None else getattr(about, "school_id", None),
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        thread_type=about._meta.label_lower,
        thread_id=str(about.pk),
        data={key: kept(value) for key, value in data.items()},
    )
    written = _written.get()
    if written is not None:
        written.append(verb)


def kept(value: Any) -> Any:
    """A value as the log keeps it, so that everybody reads it in their own language: a day as such,
    not in words; what says itself otherwise in another language (a label, a lazy text) in each of
    them, as it is called now. Plain JSON stays what it is.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [kept(one) for one in value]
    if isinstance(value, dict):
        return {key: kept(one) for key, one in value.items()}
    said = {}
    for code in _languages():
        with translation.override(code):
            said[code] = str(value)
    return said if len(set(said.values())) > 1 else next(iter(said.values()))


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


# Subjects of these models only where their key is named; subjects of other models all.
Only = Mapping[type[Model], Collection[Any]]


def history(
    thread: Model,
    *,
    limit: int = 20,
    offset: int = 0,
    only: Only | None = None,
    verbs: Collection[str] | None = None,
) -> list[Entry]:
    """The newest lines about one thing, of these verbs where given. The caller has checked that the
    reader may see it.

    A line that does not say who comes after the others of its day: its place would tell when.
    """
    every = _of(thread, only) if verbs is None else _of(thread, only).filter(verb__in=verbs)
    rows = every.order_by("-id")[offset : offset + limit]
    return sorted(map(_entry, rows), key=_place)


def _place(entry: Entry) -> tuple[int, bool]:
    return -timezone.localtime(entry.at).toordinal(), not entry.named


def history_page(thread: Model, *, limit: int, only: Only | None = None) -> tuple[list[Entry], int]:
    """The newest lines, and how many there are, in one query."""
    every = _of(thread, only)
    counted = every.order_by().values("thread_id").annotate(many=Count("pk")).values("many")
    rows = list(every.annotate(many=Subquery(counted)).order_by("-id")[:limit])
    return [_entry(row) for row in rows], rows[0].many if rows else 0


def history_length(thread: Model, *, only: Only | None = None) -> int:
    return _of(thread, only).count()


@dataclass(frozen=True)
class News:
    """A line of the log about one of several things: its place in the log, which thing it shows
    with, and what was changed."""

    place: int
    thread_id: str
    subject_id: str
    entry: Entry


@dataclass(frozen=True)
class Wanted:
    """Which lines are news for somebody: about things of one kind, without what one did oneself.

    Attributes:
        keys, verbs: of these things all lines with these verbs; the caller has checked that the
            reader may see them.
        schools, of_schools: of all things of these schools the lines with the verbs `of_schools`.
        not_by: key of the user whose own lines stay away.
        person, works_at, of_person: the kind of thing that the user is, the schools where lines
            about that very user count, and their verbs.
        replaced: by verb of another line the verb about the user that takes its place: the line
            about what the data of that one names as `instead`, stays away.
    """

    threads: type[Model]
    keys: Iterable[Any]
    verbs: Collection[str]
    schools: Collection[int]
    of_schools: Collection[str]
    not_by: int
    person: type[Model]
    works_at: Collection[int]
    of_person: Collection[str]
    replaced: Mapping[str, str]

    def _of_person(self) -> QuerySet[AuditRecord]:
        return AuditRecord.objects.filter(
            school_id__in=self.works_at,
            verb__in=self.of_person,
            subject_type=self.person._meta.label_lower,
            subject_id=str(self.not_by),
        )

    def rows(self, after: int) -> QuerySet[AuditRecord]:
        """The lines further in the log than this place. Both halves by an index of their own."""
        new = AuditRecord.objects.filter(thread_type=self.threads._meta.label_lower, pk__gt=after)
        near = new.filter(thread_id__in=[str(key) for key in self.keys], verb__in=self.verbs)
        led = new.filter(school_id__in=self.schools, verb__in=self.of_schools)
        mine = self._of_person().filter(pk__gt=after)
        for verb, by in self.replaced.items():
            # NOT IN a list with a NULL in it holds for nothing.
            named = self._of_person().filter(verb=by, data__has_key="instead")
            again = named.values(instead=KeyTextTransform("instead", "data"))
            near = near.exclude(verb=verb, subject_id__in=again)
        parts = [led.values("pk")] if self.schools else []
        parts += [mine.values("pk")] if self.works_at else []
        found = near.values("pk").union(*parts) if parts else near.values("pk")
        return AuditRecord.objects.filter(pk__in=found).exclude(actor_id=self.not_by)


def news(wanted: Wanted, *, after: int = 0, limit: int = 50) -> list[News]:
    """The newest of these lines, further in the log than the place `after`."""
    rows = wanted.rows(after).order_by("-pk")[:limit]
    return [News(row.pk, row.thread_id, row.subject_id, _entry(row)) for row in rows]


def count_news(wanted: Wanted, *, after: int = 0, limit: int = 50) -> int:
    """How many lines news() gives."""
    return wanted.rows(after)[:limit].count()


def newest_place() -> int:
    """How far the log is now."""
    return AuditRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _of(thread: Model, only: Only | None) -> QuerySet[AuditRecord]:
    rows = AuditRecord.objects.filter(
        thread_type=thread._meta.label_lower, thread_id=str(thread.pk)
    )
    for model, keys in (only or {}).items():
        others = ~Q(subject_type=model._meta.label_lower)
        rows = rows.filter(others | Q(subject_id__in=[str(key) for key in keys]))
    return rows


def _entry(row: AuditRecord) -> Entry:
    text = str(_sentences.get(row.verb, row.verb))
    words = {key: _words(value) for key, value in row.data.items()}
    named = "{who}" in text
    return Entry(
        row.at if named else _day_of(row.at),
        row.actor_name,
        text.format_map(_Known(words, who=row.actor_name)).replace("….", "…"),
        row.verb,
        row.data,
        row.actor_id,
        row.school_id,
        named,
    )


def _day_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _words(value: Any) -> str:
    """What was kept, in the language of the reader."""
    if isinstance(value, dict) and set(value) == set(_languages()):
        return str(value[translation.get_language() or settings.LANGUAGE_CODE])
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day_in_words(value)
    if isinstance(value, Iterable) and not isinstance(value, str | dict):
        return ", ".join(map(_words, value))
    return str(value)


def _day_in_words(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
