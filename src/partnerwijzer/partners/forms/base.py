"""What forms of the databank share: fields of our own, and the version that was read."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.core.validators import URLValidator
from django.db.models import Model

from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.vocabulary import choices, label
from partnerwijzer.ui.widgets import CheckList

M = TypeVar("M", bound=Model)
Choices = Callable[[], Iterable[Any]]


class WebAddress(forms.URLField):
    """A web address; https where nothing stands before it, and nothing else than http(s)."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.TextInput({"inputmode": "url"}))
        super().__init__(assume_scheme="https", required=False, **options)


class KeysField(forms.MultipleChoiceField):
    """Words of a list, ticked; what was chosen from an older release of the list stays."""

    widget = CheckList

    def __init__(self, name: str, source: Choices, **options: Any) -> None:
        self.list_name, self.source = name, source
        super().__init__(choices=source, **options)

    def keep(self, chosen: Iterable[str]) -> None:
        """Adds the keys that the list no longer has to what can be chosen."""
        known = set(dict(choices(self.list_name)))
        old = [(key, label(self.list_name, key)) for key in chosen if key not in known]
        if old:
            self.choices = [*self.source(), *old]


class NamesField(forms.CharField):
    """Several names, each on a line of its own."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = (" ".join(line.split())[:320] for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class DatabankForm(forms.ModelForm[M]):
    """A form about a row that several people may change: it carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: Any = self.instance
        self.initial["version"] = row.version if row.pk else 0
        for name, field in self.fields.items():
            if isinstance(field, KeysField):
                field.keep(self.initial.get(name) or [])

    def _post_clean(self) -> None:
        """Leaves the row as it was read: the action writes, on the row as it is by then. What the
        database refuses has a message of its own in clean()."""

    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of the model."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What is ticked in the long lists, in words."""
        return {
            name: vocabulary.labels(field.list_name, self[name].value() or [])
            for name, field in self.fields.items()
            if isinstance(field, KeysField)
        }

    @property
    def read_version(self) -> int:
        return self.cleaned_data.get("version") or 0


def limit(field: forms.Field, longest: int) -> None:
    """A longest length for a text that the model does not limit."""
    text = forms.CharField(max_length=longest)
    field.max_length = longest  # type: ignore[attr-defined]
    field.validators = [*field.validators, *text.validators]
    field.error_messages = {**text.error_messages, **field.error_messages}


def choose(field: forms.Field, found: Iterable[Any]) -> None:
    field.choices = list(found)  # type: ignore[attr-defined]
