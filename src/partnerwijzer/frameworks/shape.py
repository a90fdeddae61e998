"""Whether each file has the right fields: pydantic looks, this file says it in plain words."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from partnerwijzer.frameworks.problems import Problem
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.source import Path, Source

Said = tuple[str, str]
NO_SUCH_LANGUAGE = {"nl": "Nederlands", "en": "Engels"}


def problems_of(error: ValidationError, sources: Mapping[str, Source]) -> list[Problem]:
    """Every field that is missing, unknown or of the wrong kind, with its line."""
    found = []
    for detail in error.errors(include_url=False, include_context=True, include_input=True):
        file, *path = detail["loc"]
        if str(file) in sources:
            message, remedy = said(detail)
            found.append(sources[str(file)].problem(tuple(path), message, remedy))
    return found


def said(detail: Any) -> Said:
    """One complaint of pydantic in plain words: what is wrong, and what to do."""
    say = SAYINGS.get(detail["type"], _other)
    return say(detail["loc"], detail.get("ctx", {}), detail)


def _missing(path: Path, context: Any, detail: Any) -> Said:
    name = str(path[-1]) if path else ""
    if name in NO_SUCH_LANGUAGE:
        return (
            _("De tekst in het {language} ontbreekt.").format(language=NO_SUCH_LANGUAGE[name]),
            _("Voeg ‘{name}: …’ toe. Elke tekst bestaat in nl en en.").format(name=name),
        )
    return (
        _("‘{name}’ ontbreekt.").format(name=name),
        _("Voeg dit veld toe; docs/content.md zegt wat erin hoort."),
    )


def _unknown(path: Path, context: Any, detail: Any) -> Said:
    name = str(path[-1])
    near = get_close_matches(name, _fields_at(path[:-1]), n=1)
    if near:
        remedy = _("Bedoelde je ‘{near}’?").format(near=near[0])
    else:
        remedy = _("Verwijder dit veld, of kijk in docs/content.md hoe het heet.")
    return _("‘{name}’ is hier geen bekend veld.").format(name=name), remedy


def _two_languages(path: Path, context: Any, detail: Any) -> Said:
    name = str(path[-1]) if path else ""
    if context.get("class_name") == "Text":
        return (
            _("‘{name}’ is tekst voor mensen: die staat in twee talen.").format(name=name),
            _('Schrijf {nl: "…", en: "…"}.'),
        )
    return _("Hier horen velden met een naam en een waarde."), _("Kijk naar inspringen en ‘:’.")


def _text(path: Path, context: Any, detail: Any) -> Said:
    return _("Hier hoort tekst."), _("Schrijf tekst, met aanhalingstekens rond.")


def _empty(path: Path, context: Any, detail: Any) -> Said:
    return _("Dit is leeg."), _("Vul het in.")


def _long(path: Path, context: Any, detail: Any) -> Said:
    most = context.get("max_length", "")
    return _("Dit is te lang."), _("Hou het bij {most} tekens.").format(most=most)


def _yes_or_no(path: Path, context: Any, detail: Any) -> Said:
    return _("Hier hoort ja of nee."), _("Schrijf true of false, zonder aanhalingstekens.")


def _number(path: Path, context: Any, detail: Any) -> Said:
    return _("Hier hoort een geheel getal."), _("Schrijf het getal zonder aanhalingstekens.")


def _size(path: Path, context: Any, detail: Any) -> Said:
    limit = context.get("ge", context.get("gt", context.get("le", "")))
    return _("Dit getal is te klein of te groot."), _("De grens is {limit}.").format(limit=limit)


def _list(path: Path, context: Any, detail: Any) -> Said:
    return _("Hier hoort een lijst."), _("Schrijf [a, b], of elk op een regel met een streepje.")


def _few(path: Path, context: Any, detail: Any) -> Said:
    least = context.get("min_length", 1)
    return (
        _("Deze lijst is te kort."),
        _("Zet er minstens {least} in.").format(least=least),
    )


def _choice(path: Path, context: Any, detail: Any) -> Said:
    allowed = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return (
        _("‘{value}’ kan hier niet.").format(value=detail.get("input")),
        _("Kies een van: {allowed}.").format(allowed=allowed),
    )


def _form(path: Path, context: Any, detail: Any) -> Said:
    if path and path[-1] == "version":
        return (
            _("‘{value}’ is geen versie.").format(value=detail.get("input")),
            _('Schrijf drie getallen met punten, zoals "1.4.0".'),
        )
    return (
        _("‘{value}’ is geen goede sleutel.").format(value=detail.get("input")),
        _("Kleine letters, cijfers en streepjes (in velden van een blok: _)."),
    )


def _other(path: Path, context: Any, detail: Any) -> Said:
    return _("Dit klopt niet ({what}).").format(what=detail["msg"]), _("Kijk in docs/content.md.")


SAYINGS: dict[str, Callable[[Path, Any, Any], Said]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "model_type": _two_languages,
    "model_attributes_type": _two_languages,
    "dict_type": _two_languages,
    "string_type": _text,
    "string_too_short": _empty,
    "string_too_long": _long,
    "string_pattern_mismatch": _form,
    "bool_type": _yes_or_no,
    "int_type": _number,
    "float_type": _number,
    "float_parsing": _number,
    "greater_than": _size,
    "greater_than_equal": _size,
    "less_than_equal": _size,
    "tuple_type": _list,
    "too_short": _few,
    "enum": _choice,
    "literal_error": _choice,
}


def _fields_at(path: Path) -> list[str]:
    """The fields that the schema knows at a path: what the author may have meant."""
    models: list[type[BaseModel]] = [Content]
    for part in path:
        if isinstance(part, str):
            here = [m.model_fields[part] for m in models if part in m.model_fields]
            models = [inner for field in here for inner in _models_in(field.annotation)]
    return [name for model in models for name in model.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models_in(part)]
