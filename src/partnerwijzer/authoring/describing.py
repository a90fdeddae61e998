"""What the schema says of a part of the content, for a form. Pure: types in, descriptions out.

Each part that stands in a list with a key has a page of its own; a list of small things (answers
of a question, statements of a factor) is rows on the page of what holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MinLen
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from partnerwijzer.frameworks.schema import Content, Meta, Part, Text
from partnerwijzer.frameworks.schema.base import Licence, Of

Kind = Literal[
    "text", "texts", "word", "words", "number", "numbers", "share", "yes", "maybe", "one", "many"
]
Trail = tuple[str, ...]

# Lists whose number is part of what the product promises (K1 to K6, W1 to W7, two ladders).
FIXED = {
    ("framework", "attention_points"),
    ("factors", "working_factors"),
    ("vocab", "grounding_ladder"),
    ("vocab", "intensity"),
}
# What a file is called and which release it is: the product writes these itself.
HEAD = {"kind", "version", "framework"}
MOST_IN_A_ROW = 6


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `trail`: where it stands in the part, as ("applies", "kind").

    needed: the schema wants it, and so does whatever it stands in. default: what is left out.
    values: of a choice whose words are fixed; of: of a choice that comes from another list.
    wanted: the schema wants the name there, if need be with null (nullable). filled: a list may not
    be empty.
    """

    trail: Trail
    model: type[Part]
    kind: Kind
    needed: bool
    default: Any
    wanted: bool
    nullable: bool
    filled: bool
    values: tuple[str, ...] = ()
    of: str = ""

    @property
    def name(self) -> str:
        return "__".join(self.trail)


@dataclass(frozen=True)
class Listed:
    """A list of parts. small: its things are rows on the page of what holds them."""

    name: str
    model: type[Part]
    small: bool
    fixed: bool
    needed: bool


def is_kept(model: type[Part], name: str) -> bool:
    """Whether nobody is asked for this: a key (unless it names another thing), the head's words."""
    if name == "key":
        info = model.model_fields[name]
        return model is not Licence and not _of(info, info.annotation)
    return model is Meta and name in HEAD


@cache
def fields_of(model: type[Part]) -> tuple[Field, ...]:
    """Everything to fill in of a part, with what stands inside it and is no list or page."""
    return tuple(_fields(model, (), needed=True))


def _fields(model: type[Part], trail: Trail, *, needed: bool) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        if is_kept(model, name):
            continue
        hint, optional = bare(info.annotation)
        inner, many = part_in(hint)
        here = (*trail, name)
        if inner is None or inner is Text:
            found = _field(model, here, info, hint, optional, needed)
            if found is not None:
                yield found
        elif not many and not lists_of(inner):
            yield from _fields(inner, here, needed=needed and not optional)


def _field(
    model: type[Part], trail: Trail, info: FieldInfo, hint: Any, optional: bool, needed: bool
) -> Field | None:
    kind, values = _kind(hint, optional)
    if kind == "one" and len(values) == 1 and not optional:
        return None  # nothing to choose
    return Field(
        trail=trail,
        model=model,
        kind=kind,
        needed=needed and info.is_required() and not optional,
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        wanted=info.is_required(),
        nullable=optional,
        filled=any(isinstance(rule, MinLen) for rule in info.metadata),
        values=values,
        of=_of(info, hint),
    )


def _kind(hint: Any, optional: bool) -> tuple[Kind, tuple[str, ...]]:
    origin = get_origin(hint)
    if origin is tuple:
        inner = plain(get_args(hint)[0])
        if inner is Text:
            return "texts", ()
        if values := _values(inner):
            return "many", values
        if _names_of(get_args(hint)[0]):
            return "many", ()
        return ("numbers" if inner is int else "words"), ()
    hint = plain(hint)
    if hint is Text:
        return "text", ()
    if hint is bool:
        return ("maybe" if optional else "yes"), ()
    if hint in (int, float):
        return ("number" if hint is int else "share"), ()
    if values := _values(hint):
        return "one", values
    return "word", ()


def _of(info: FieldInfo, hint: Any) -> str:
    found = [m for m in info.metadata if isinstance(m, Of)]
    for place in (info.annotation, hint, *get_args(hint)):
        found += _names_of(place)
        for inner in get_args(place):
            found += _names_of(inner)
    return found[0].where if found else ""


def _names_of(hint: Any) -> list[Of]:
    if get_origin(hint) is not Annotated:
        return []
    return [m for m in get_args(hint)[1:] if isinstance(m, Of)]


def _values(hint: Any) -> tuple[str, ...]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return tuple(str(word) for word in hint)
    if get_origin(hint) is Literal:
        return tuple(str(word) for word in get_args(hint))
    return ()


@cache
def constants_of(model: type[Part]) -> dict[str, Any]:
    """What the schema wants and nobody is asked for: one possible value, or an empty list."""
    found = {name: _values(bare(info.annotation)[0]) for name, info in model.model_fields.items()}
    return {
        name: values[0]
        for name, values in found.items()
        if len(values) == 1 and model.model_fields[name].is_required()
    }


@cache
def lists_of(model: type[Part]) -> tuple[Listed, ...]:
    """The lists of parts in a part, in the order of the schema."""
    found = []
    for name, info in model.model_fields.items():
        inner, many = part_in(bare(info.annotation)[0])
        if inner is None or inner is Text or not many:
            continue
        found.append(
            Listed(name, inner, _is_small(inner), _has_fixed_keys(inner), info.is_required())
        )
    return tuple(found)


@cache
def pages_in(model: type[Part]) -> tuple[str, ...]:
    """Parts that stand alone in this one and have a page of their own: those that hold a list."""
    found = []
    for name, info in model.model_fields.items():
        inner, many = part_in(bare(info.annotation)[0])
        if inner not in (None, Text) and not many and lists_of(inner):
            found.append(name)
    return tuple(found)


def has_page(model: type[Part], name: str) -> bool:
    """Whether what stands under this name is a list, or a part with a page of its own."""
    if model is Content:
        return name in Content.model_fields
    return name in pages_in(model) or any(x.name == name for x in lists_of(model))


def _is_small(model: type[Part]) -> bool:
    return not lists_of(model) and len(fields_of(model)) <= MOST_IN_A_ROW


def _has_fixed_keys(model: type[Part]) -> bool:
    """The keys are machine words: the product counts on each, and knows no others."""
    info = model.model_fields.get("key")
    return info is not None and bool(_values(plain(info.annotation)))


def is_fixed(path: Trail, listed: Listed) -> bool:
    """Whether things can only be changed, not added or taken out."""
    return listed.fixed or (*path, listed.name) in FIXED


def part_in(hint: Any) -> tuple[type[Part] | None, bool]:
    """The part that a field holds, and whether it holds a list of them."""
    many = get_origin(hint) is tuple
    inner = plain(get_args(hint)[0] if many else hint)
    fits = isinstance(inner, type) and issubclass(inner, Part)
    return (inner if fits else None), many


def bare(hint: Any) -> tuple[Any, bool]:
    """A type without `None`, and whether it could be None."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        inner = [part for part in get_args(hint) if part is not NoneType]
        return inner[0], True
    return hint, False


def plain(hint: Any) -> Any:
    """A type without what Annotated adds to it."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return hint


@cache
def joins_words_by(model: type[Part]) -> str:
    """The sign between the words of a key: a hyphen, or for fields of a block an underscore."""
    info = model.model_fields.get("key")
    signs = [m.pattern for m in info.metadata if isinstance(m, StringConstraints)] if info else []
    return "_" if any("_" in str(sign) for sign in signs) else "-"


def model_at(names: Trail) -> type[Part]:
    """What the schema holds at ("surveys", "sets").

    Raises:
        LookupError: the schema has no such place.
    """
    model: type[Part] = Content
    for name in names:
        info = model.model_fields.get(name)
        inner = part_in(bare(info.annotation)[0])[0] if info else None
        if inner is None or inner is Text or is_kept(model, name):
            raise LookupError(name)
        model = inner
    return model
