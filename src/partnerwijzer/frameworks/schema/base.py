"""What all parts of the framework content are made of: text in two languages, keys, sources."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple, Protocol, TypeVar

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from partnerwijzer.frameworks.words import CooperationKind

LANGUAGES = ("nl", "en")
SOURCE_LANGUAGE = "nl"

Words = Annotated[str, StringConstraints(strict=True, min_length=1)]
Key = Annotated[
    str, StringConstraints(strict=True, max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
]
FieldKey = Annotated[
    str, StringConstraints(strict=True, max_length=60, pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
]
Version = Annotated[str, StringConstraints(strict=True, pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$")]
Yes = StrictBool
Number = StrictInt
Count = Annotated[int, Field(strict=True, ge=0)]
Keys = tuple[Key, ...]


class Of(NamedTuple):
    """In an annotation: these keys name things in that list, "file.list" of the content.

    `^list`: the list of that name in the nearest thing around it. `*lists`: a list itself, as
    `options_from` names it.
    """

    where: str


SituationKey = Annotated[Key, Of("framework.situations")]
LevelKey = Annotated[Key, Of("vocab.education_levels")]
ThemeKey = Annotated[Key, Of("vocab.themes")]
DutyKey = Annotated[Key, Of("governance.duties")]
TreeKey = Annotated[Key, Of("governance.trees")]
SourceKey = Annotated[Key, Of("framework.sources")]


class Part(BaseModel):
    """Anything in the content: never changes, and knows no fields that are not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Part):
    """Words for people. `str(text)` gives them in the active language, Dutch where in doubt.

    A file whose head names `en` among its languages has all texts in English too (a check says
    so); another may leave them out.
    """

    nl: Words
    en: Annotated[str, StringConstraints(strict=True)] = ""

    def __str__(self) -> str:
        return self.said_in(get_language())

    def said_in(self, language: str | None) -> str:
        return (self.en if (language or "").startswith("en") else "") or self.nl


class Sourced(Part):
    """Says where it comes from. Only `own` work needs no word on whether that was verified."""

    source: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    verified: Yes | None = None


class Option(Part):
    """One answer to choose."""

    key: Key
    label: Text


class Labelled(Part):
    key: Key
    label: Text


class Licence(Part):
    key: Words
    status: Literal["placeholder", "final"]
    note: Text


class BasedOn(Part):
    """A source that this framework leans on, and for what."""

    key: SourceKey
    use: Text


class Meta(Part):
    """The head of each file."""

    key: Key
    kind: Key
    version: Version
    title: Text
    languages: tuple[Literal["nl", "en"], ...]
    source_language: Literal["nl"]
    framework: Key | None = None
    description: Text | None = None
    licence: Licence | None = None
    based_on: tuple[BasedOn, ...] = ()


class Applies(Part):
    """When something applies: one value of each field that is filled in has to match."""

    kind: Annotated[tuple[CooperationKind, ...], Field(min_length=1)]
    levels: tuple[LevelKey, ...] = ()
    themes: tuple[ThemeKey, ...] = ()
    when: tuple[SituationKey, ...] = ()
    duty: tuple[DutyKey, ...] = ()


class HasKey(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=HasKey)


def by_key(things: Iterable[T]) -> Mapping[str, T]:
    """Look up by key, in the order of the file."""
    return MappingProxyType({str(thing.key): thing for thing in things})
