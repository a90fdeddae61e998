"""One form for whatever the schema describes: fields, and rows of small things."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from partnerwijzer.authoring import describing, drafting, places, saying
from partnerwijzer.authoring.describing import Field, Listed
from partnerwijzer.authoring.places import Data, Place
from partnerwijzer.frameworks import shape
from partnerwijzer.frameworks.schema import Part
from partnerwijzer.ui.widgets import CheckList, LongText, NumberText

Offer = Callable[[str], list[tuple[str, str]]]
ENGLISH = "_en"
# Words that fit on one line.
ONE_LINE = {"label", "title", "name", "smooth", "difficult", "unknown", "unknown_label"}
ORIGIN = ("mission", "source", "verified", "clock_suspension", "council_disagreement__source",
          "council_disagreement__verified")  # fmt: skip
LONGEST = MaxLengthValidator(4000)
SPARE_ROWS = 2
WORDS = {"text", "texts", "word", "words", "number", "numbers", "share"}


class PartForm(forms.Form):
    """A part of the content. What it does not show stays as it was."""

    def __init__(
        self,
        *args: Any,
        model: type[Part],
        old: Data | None,
        offer: Offer,
        only: Container[str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.model, self.old, self.offer = model, old or {}, offer
        every = describing.fields_of(model)
        self.described = [field for field in every if only is None or field.trail[0] in only]
        kwargs["initial"] = {**typed(self.old, self.described), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for field in self.described:
            for name, control in _controls(field, offer):
                self.fields[name] = control

    def _drawn(self, english: bool, origin: bool) -> list[BoundField]:
        return [
            self[f"{field.name}{ENGLISH if english else ''}"]
            for field in self.described
            if (field.kind in ("text", "texts") or not english)
            and (english or (field.name.startswith(ORIGIN) == origin))
        ]

    @property
    def main(self) -> list[BoundField]:
        return self._drawn(english=False, origin=False)

    @property
    def origin(self) -> list[BoundField]:
        return self._drawn(english=False, origin=True)

    @property
    def not_yet(self) -> set[str]:
        """Choices that the schema asks for, while there is nothing to choose from yet."""
        needed = [field for field in self.described if field.needed and field.of]
        return {f.name for f in needed if not any(k for k, _v in self.fields[f.name].choices)}  # type: ignore[attr-defined]

    @property
    def origin_wrong(self) -> bool:
        return any(bound.errors for bound in self.origin)

    @property
    def english(self) -> list[BoundField]:
        return self._drawn(english=True, origin=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field in self.described:
            if field.kind == "texts":
                self._as_many_lines(field, data)
            if field.kind == "numbers":
                self._only_numbers(field, data)
        return data

    def _as_many_lines(self, field: Field, data: dict[str, Any]) -> None:
        dutch, english = (_lines(data.get(f"{field.name}{e}", "")) for e in ("", ENGLISH))
        if english and len(english) != len(dutch):
            words = _("Zet er evenveel regels als in het Nederlands.")
            self.add_error(f"{field.name}{ENGLISH}", words)

    def _only_numbers(self, field: Field, data: dict[str, Any]) -> None:
        if not all(word.isdecimal() for word in _words(data.get(field.name, ""))):
            self.add_error(field.name, _("Schrijf gehele getallen met komma’s ertussen."))

    def part(self) -> Data:
        """The part as the content keeps it: what is as the schema has it by itself is left out."""
        shown = {field.trail[0] for field in self.described}
        made: Data = {name: value for name, value in self.old.items() if name not in shown}
        for name in shown:
            inside = [field for field in self.described if field.trail[0] == name]
            if len(inside[0].trail) == 1:
                self._write(made, inside[0])
            elif any(f.needed for f in inside) or self._says_something(inside):
                made[name] = _kept(self.old.get(name), inside)
                for field in inside:
                    self._write(made[name], field)
            elif self.model.model_fields[name].is_required():
                made[name] = None
        made = {**describing.constants_of(self.model), **made}
        return {name: made[name] for name in self.model.model_fields if name in made}

    def _write(self, made: Data, field: Field) -> None:
        value = _value(field, self.cleaned_data)
        empty = value in (None, "", []) or value == field.default
        may_go = not field.wanted or (value is None and not field.nullable)
        if not (empty and may_go) or self._said(field) == [value]:
            made[field.trail[-1]] = value

    def _said(self, field: Field) -> list[Any]:
        """What stood there, where the name was written at all."""
        around = _get(self.old, field.trail[:-1])
        name = field.trail[-1]
        return [around[name]] if isinstance(around, dict) and name in around else []

    def _says_something(self, inside: Iterable[Field]) -> bool:
        """A part that may be absent is, when none of its words were filled in."""
        asked = [field for field in inside if field.kind in WORDS]
        return any(_value(field, self.cleaned_data) not in (None, "", []) for field in asked)

    def tell(self, problems: Iterable[tuple[str, str]]) -> None:
        """Shows what a check found at its field: (place within this part, words)."""
        if not self.is_bound and not self.errors:
            self.cleaned_data = {}
        for place, words in problems:
            name = self._field_at(place)
            self.add_error(name, words)

    def _field_at(self, place: str) -> str | None:
        """The field that a place names, as `applies.when[2]` or `text.en`."""
        path = shape_path(place)
        for length in range(len(path), 0, -1):
            name = "__".join(path[:length])
            if f"{name}{ENGLISH}" in self.fields and path[length : length + 1] == ["en"]:
                return f"{name}{ENGLISH}"
            if name in self.fields:
                return name
        return None


def shape_path(place: str) -> list[str]:
    """`applies.when[2]` as ["applies", "when"]: numbers in a list do not matter for a field."""
    return [word.split("[")[0] for word in place.split(".") if word]


def _kept(old: Any, inside: Iterable[Field]) -> Data:
    """What no field shows of a part inside, as its key."""
    shown = {field.trail[-1] for field in inside}
    return {n: v for n, v in old.items() if n not in shown} if isinstance(old, dict) else {}


def _controls(field: Field, offer: Offer) -> Iterator[tuple[str, forms.Field]]:
    more: dict[str, Any] = {"label": saying.label_of(field), "help_text": saying.help_of(field)}
    if field.kind in ("text", "texts"):
        for ending in ("", ENGLISH):
            needed = field.needed and not ending
            words = {**more, "label": _english(more["label"])} if ending else more
            control = forms.CharField(
                required=needed, widget=_writing(field), validators=[LONGEST], **words
            )
            yield f"{field.name}{ending}", control
        return
    yield field.name, _control(field, offer, more)


def _english(label: object) -> str:
    return _t("{words} (Engels)").format(words=label)


def _writing(field: Field) -> forms.Widget:
    if field.kind == "text" and field.trail[-1] in ONE_LINE:
        return forms.TextInput()
    return LongText(rows=2)


def _control(field: Field, offer: Offer, more: dict[str, Any]) -> forms.Field:
    kind, needed = field.kind, field.needed
    if kind == "yes":
        return forms.BooleanField(required=False, **more)
    if kind in ("number", "share"):
        made = forms.IntegerField if kind == "number" else forms.FloatField
        return made(required=needed, widget=NumberText, localize=kind == "share", **more)
    if kind == "many":
        choices = offer(field.of) if field.of else _worded(field)
        return forms.MultipleChoiceField(
            required=needed and field.filled,
            choices=choices, widget=CheckList, **more,
        )  # fmt: skip
    if kind in ("one", "maybe") or field.of:
        return _choice(field, offer, more)
    return forms.CharField(
        required=needed and kind == "word",
        widget=LongText(rows=2) if kind == "words" else forms.TextInput(),
        validators=[LONGEST],
        **more,
    )


def _choice(field: Field, offer: Offer, more: dict[str, Any]) -> forms.Field:
    if field.kind == "maybe":
        choices = [("yes", _t("ja")), ("no", _t("nee, dat moet nog"))]
    else:
        choices = offer(field.of) if field.of else _worded(field)
    blank = [("", _t("kies"))] if field.needed else [("", _t("geen"))]
    if field.default is not None:
        blank = []
    return forms.ChoiceField(
        required=field.needed and bool(choices), choices=[*blank, *choices], **more
    )


def _worded(field: Field) -> list[tuple[str, str]]:
    return [(value, str(saying.value_of(field, value))) for value in field.values]


def typed(old: Mapping[str, Any], described: Iterable[Field]) -> dict[str, Any]:
    """A part of the content as the form shows it."""
    found: dict[str, Any] = {}
    for field in described:
        value = _get(old, field.trail)
        for ending, language in (("", "nl"), (ENGLISH, "en")):
            if field.kind == "text":
                found[f"{field.name}{ending}"] = (value or {}).get(language, "")
            elif field.kind == "texts":
                rows = (row.get(language, "") for row in value or [])
                found[f"{field.name}{ending}"] = "\n".join(filter(None, rows))
        if field.kind not in ("text", "texts"):
            found[field.name] = _shown(field, value if value is not None else field.default)
    return found


def _shown(field: Field, value: Any) -> Any:
    if field.kind == "words":
        return "\n".join(map(str, value or ()))
    if field.kind == "numbers":
        return ", ".join(map(str, value or ()))
    if field.kind == "maybe":
        return {True: "yes", False: "no"}.get(value, "")
    if field.kind == "many":
        if value is None and field.of == "framework.sources":
            return ["own"]
        return list(value) if value is not None else list(field.values) if field.needed else []
    return value if value is not None else ""


def _value(field: Field, data: Mapping[str, Any]) -> Any:
    """What a field holds, as the content keeps it."""
    given = data.get(field.name)
    if field.kind == "text":
        return drafting.text(given or "", data.get(f"{field.name}{ENGLISH}") or "")
    if field.kind == "texts":
        return drafting.lines(given or "", data.get(f"{field.name}{ENGLISH}") or "")
    if field.kind == "words":
        return _lines(given or "")
    if field.kind == "numbers":
        return [int(word) for word in _words(given or "")]
    if field.kind == "maybe":
        return {"yes": True, "no": False}.get(given or "")
    if field.kind in ("one", "word"):
        return given or None
    return given


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]


def _get(data: Any, trail: Iterable[str]) -> Any:
    for name in trail:
        data = data.get(name) if isinstance(data, dict) else None
    return data


class RowForm(PartForm):
    """One small thing in a list: what it is, where it stands, whether it goes."""

    row_key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    row_place = forms.IntegerField(label=_("Plaats"), required=False, widget=NumberText)
    row_gone = forms.BooleanField(label=_("Haal dit weg"), required=False)

    @property
    def is_open(self) -> bool:
        """Whether something in it has to be read: it is wrong, or new and filled in."""
        return bool(self.errors) or (self.is_bound and not self.old and self.has_changed())

    @property
    def title(self) -> str:
        """What the thing is called that stands here."""
        return places.title_of(self.old)


class Rows:
    """The things of one list as rows, with a few empty ones to add to."""

    def __init__(
        self, data: Any, *, listed: Listed, fixed: bool, old: list[Data], offer: Offer
    ) -> None:
        self.listed, self.fixed, self.name, self.offer = listed, fixed, listed.name, offer
        self.label = saying.INSIDE.get(listed.name, listed.name)
        self.old = {row["key"]: row for row in old if "key" in row}
        shown = [*old, *([] if fixed else [None] * SPARE_ROWS)]
        sent = data.get(f"{listed.name}-aantal", "") if data is not None else ""
        count = int(sent) if sent.isdecimal() and len(sent) < 4 else len(shown)
        shown += [None] * (count - len(shown))
        self.rows = [self._row(data, at, shown[at]) for at in range(count)]

    def _row(self, data: Any, at: int, old: Data | None) -> RowForm:
        prefix = f"{self.name}-{at}"
        if data is not None and "key" in self.listed.model.model_fields:
            old = self.old.get(data.get(f"{prefix}-row_key", ""))
        return RowForm(
            data,
            model=self.listed.model,
            old=old,
            offer=self.offer,
            prefix=prefix,
            initial={"row_key": (old or {}).get("key", ""), "row_place": at + 1},
            empty_permitted=old is None,
            use_required_attribute=False,
        )

    @property
    def count(self) -> int:
        return len(self.rows)

    def is_valid(self) -> bool:
        return all([row.is_valid() or self._goes(row) for row in self.rows])

    def _goes(self, row: RowForm) -> bool:
        return bool(row.old) and not self.fixed and bool(row.cleaned_data.get("row_gone"))

    def parts(self) -> list[Data]:
        """The list as the content keeps it. New things get a key of their words."""
        made = [row.part() for row in self.kept()]
        if "key" in self.listed.model.model_fields:
            self._name_new(made)
        return made

    def in_words(self) -> str:
        """What stands there, one after the other."""
        return "; ".join(filter(None, (places.title_of(row.old) for row in self.rows))) or "–"

    def kept(self) -> list[RowForm]:
        """The rows that stay, in the order that was asked for."""
        rows = [row for row in self.rows if not self._goes(row) and (row.old or row.has_changed())]
        return sorted(rows, key=lambda row: row.cleaned_data.get("row_place") or 999)

    def _name_new(self, made: list[Data]) -> None:
        taken = {row["key"] for row in made if row.get("key")}
        for row in made:
            if not row.get("key"):
                sign = describing.joins_words_by(self.listed.model)
                row["key"] = drafting.key_for(row, taken, sign=sign)
                taken.add(row["key"])

    def named(self, name: str) -> RowForm | None:
        """The row of a thing, by its key or its number as the checks name it."""
        for number, row in enumerate(self.rows, start=1):
            if row.old and row.old.get("key", str(number)) == name:
                return row
        return None


class PartPage:
    """A part with its rows: what one page shows and saves."""

    def __init__(self, data: Any, *, place: Place, offer: Offer) -> None:
        self.place, self.is_sent = place, data is not None
        old = place.data if isinstance(place.data, dict) else None
        self.form = PartForm(data, model=place.model, old=old, offer=offer)
        self.rows = [
            Rows(
                data,
                listed=listed,
                fixed=describing.is_fixed(place.path, listed),
                old=(old or {}).get(listed.name) or [],
                offer=offer,
            )
            for listed in place.rows
        ]

    @property
    def forms(self) -> list[PartForm]:
        return [self.form, *(row for rows in self.rows for row in rows.rows)]

    @property
    def wrong(self) -> bool:
        return any(form.errors for form in self.forms)

    def is_valid(self) -> bool:
        """Whether it has the shape that the schema asks for. What else is wrong with it is kept
        in the draft, and told."""
        if not all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows)]):
            return False
        found = _shape_problems(self.place, self.part("new"))
        self.tell((place, words) for place, words in found if place not in self.form.not_yet)
        return not self.wrong

    def part(self, key: str) -> Data:
        """The part as the content keeps it."""
        made = self.form.part()
        if "key" in self.place.model.model_fields:
            made = {"key": made.get("key", key), **made}
        for rows in self.rows:
            found = rows.parts()
            if found or rows.listed.needed:
                made[rows.name] = found
            else:
                made.pop(rows.name, None)
        return {name: made[name] for name in self.place.model.model_fields if name in made}

    def tell(self, problems: Iterable[tuple[str, str]]) -> None:
        """Shows what is wrong at its field: (place within this part, words)."""
        for place, words in problems:
            listed = re.match(r"(\w+)(?:\[([^\]]*)\]|\.(\d+))\.?(.*)", place)
            rows = next((r for r in self.rows if listed and r.name == listed[1]), None)
            row = _row_at(rows, listed) if rows and listed else None
            if row is not None and listed:
                row.tell([(listed[4], words)])
            else:
                self.form.tell([(place, words)])


def _row_at(rows: Rows, found: re.Match[str]) -> RowForm | None:
    """By its key, or by its number among the rows that stay (that is how the schema counts)."""
    if found[2] is not None:
        return rows.named(found[2])
    kept = rows.kept()
    at = int(found[3])
    return kept[at] if at < len(kept) else None


def _shape_problems(place: Place, made: Data) -> list[tuple[str, str]]:
    """What the schema has against a part. Lists on pages of their own are looked at there."""
    away = {listed.name for listed in place.lists}
    away |= {*describing.pages_in(place.model)}
    away |= {name for name in place.model.model_fields if describing.is_kept(place.model, name)}
    try:
        place.model.model_validate(made)
    except ValidationError as error:
        return [
            (".".join(map(str, detail["loc"])), " ".join(shape.said(detail)))
            for detail in error.errors(include_url=False, include_context=True, include_input=True)
            if not detail["loc"] or detail["loc"][0] not in away
        ]
    return []
