"""Form controls that behave as in Belgium. {% field %} draws them; see the style page."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import formats

from partnerwijzer.ui import amounts

Attrs = dict[str, Any]


class _Moment:
    """Shows what was typed as the browser's own field wants it, or as text where that cannot be:
    the browser would show nothing at all."""

    iso = ""

    def format_value(self, value: Any) -> Any:
        shown = super().format_value(value)  # type: ignore[misc]
        return _as_iso(shown, self.iso, self.format_key) if isinstance(shown, str) else shown  # type: ignore[attr-defined]

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["value"]
        if shown and not _reads(str(shown), self.iso):
            context["widget"]["type"] = "text"
        return context


class DateInput(_Moment, forms.DateInput):
    """The browser's own date field; it wants and gives ISO dates."""

    input_type = "date"
    iso = "%Y-%m-%d"

    def __init__(self, attrs: Attrs | None = None) -> None:
        super().__init__(attrs, format=self.iso)


class TimeInput(_Moment, forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"
    iso = "%H:%M"

    def __init__(self, attrs: Attrs | None = None) -> None:
        super().__init__(attrs, format=self.iso)


def _reads(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 -- a day or an hour, no moment
    except ValueError:
        return None


def _as_iso(text: str, iso: str, format_key: str) -> str:
    """`26/11/2026` as `2026-11-26`; what is no date stays as it was typed."""
    patterns = [str(p) for p in formats.get_format(format_key)]
    found = next(filter(None, (_reads(text, pattern) for pattern in patterns)), None)
    return found.strftime(iso) if found else text


class NumberText(forms.TextInput):
    """A number as text: a browser's number field refuses `1.250` and changes when one scrolls.

    `unit` stands behind the box, as in "leerlingen".
    """

    prefix: object = ""

    def __init__(self, attrs: Attrs | None = None, *, unit: object = "") -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})
        self.unit = unit

    def format_value(self, value: Any) -> Any:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return amounts.written(value)
        return super().format_value(value)


class MoneyInput(NumberText):
    """An amount in euro."""

    prefix = "€"

    def format_value(self, value: Any) -> Any:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return amounts.euros(value).removeprefix("€").strip()
        return super().format_value(value)


class LongText(forms.Textarea):
    """Room for a few sentences; it grows with what is typed.

    With a longest length it counts characters. The browser's own limit is not used: it cuts off
    pasted text without a word. A line break counts once, as in the count on the screen.
    """

    def __init__(self, attrs: Attrs | None = None, *, rows: int = 4) -> None:
        super().__init__({"rows": rows, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class RadioCards(forms.RadioSelect):
    """Radio buttons as cards. `hints`: a line below the label of a choice, by its value."""

    def __init__(self, attrs: Attrs | None = None, *, hints: Mapping[str, object] | None = None):
        super().__init__(attrs)
        self.hints = hints or {}


class CheckCards(forms.CheckboxSelectMultiple):
    """Checkboxes as cards, with hints as RadioCards has them."""

    def __init__(self, attrs: Attrs | None = None, *, hints: Mapping[str, object] | None = None):
        super().__init__(attrs)
        self.hints = hints or {}


class CheckList(forms.CheckboxSelectMultiple):
    """Checkboxes as a plain list, in columns where the page is wide: for more than a handful."""
