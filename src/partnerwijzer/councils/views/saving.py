"""What every form of this module does when it is sent."""

from collections.abc import Callable
from typing import Any

from django import forms

from partnerwijzer.access.versions import Conflict
from partnerwijzer.councils.actions import Refused


def attempt(form: forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> tuple[bool, Any]:
    """Does `act` with what was typed. Gives whether it is done, and what somebody else saved in
    between: then the form carries the version of that, so that sending it again replaces it."""
    if not form.is_valid():
        return False, None
    try:
        act(form.cleaned_data)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused))
        return False, None
    except Conflict as conflict:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(conflict.current.version)  # type: ignore[index]
        return False, conflict.current
    return True, None


def without_version(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "version"}
