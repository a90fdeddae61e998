"""Saving into a draft that several people write in: nobody's words are lost, nobody waits."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partnerwijzer.access.gate import Request
from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import actions, drafting, places, queries
from partnerwijzer.authoring.models import Draft

Find = Callable[[Draft], Any]
GONE = _lazy("Dit is intussen weggehaald. Neem mee wat je typte.")
TRIES = 3


def of_umbrella(request: Request, pk: int) -> Draft:
    """A draft of a whole framework: a school only adds criteria."""
    found = queries.get_draft(request.actor, pk)
    if found.own is None:
        raise Http404
    return found


def saves(request: Request) -> bool:
    return request.POST.get("wat") == "bewaar"


def is_gone(request: Request, now: Any) -> bool:
    """Whether a colleague took out what this person read and saves. Who read that it is gone
    sends no mark any more, and adds it again."""
    return saves(request) and now is None and bool(request.POST.get("seen"))


def version_of(request: Request) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


def into_draft(
    request: Request, draft: Draft, *, how: drafting.Change, what: str, find: Find
) -> Draft:
    """Changes one thing in a draft. That a colleague saved another thing is no reason to stop.

    Args:
        find: gives the thing in a draft; the form sent the mark that it had (`seen`).

    Raises:
        Conflict: a colleague saved this very thing.
        LookupError: what it stood in was taken out.
    """
    seen, version = request.POST.get("seen", ""), version_of(request)
    for attempt in range(TRIES):
        try:
            return actions.change(
                draft, actor=request.actor, version=version, how=how, what=what[:120]
            )
        except Conflict as conflict:
            version = conflict.current.version
            same = not seen or seen == places.mark_of(_or_none(find, conflict.current))
            if not same or attempt == TRIES - 1:
                raise
    raise AssertionError


def _or_none(find: Find, draft: Draft) -> Any:
    try:
        return find(draft)
    except LookupError:
        return None


def in_between(conflict: Conflict) -> str:
    """What a person reads who came second."""
    words = _("{who} bewaarde dit intussen ook. Kijk na wat er nu staat en bewaar opnieuw.")
    return words.format(who=conflict.current.updated_by.name)


def beside(
    form: django_forms.Form, theirs: Mapping[str, Any], mine: QueryDict
) -> list[tuple[object, str]]:
    """Each field in which what is there now differs from what was typed: (label, what is there)."""
    found: list[tuple[object, str]] = []
    for bound in form:
        there = theirs.get(bound.name)
        if there is None or bound.is_hidden:
            continue
        many = isinstance(there, list)
        sent = mine.getlist(bound.html_name) if many else mine.get(bound.html_name, "")
        typed = _as_text(bound, sent)
        if _as_text(bound, there).split() != typed.split():
            found.append((bound.label, _as_text(bound, there) or "–"))
    return found


def _as_text(bound: django_forms.BoundField, value: Any) -> str:
    """A value as it is shown: words of a choice, yes or no, text."""
    if isinstance(bound.field, django_forms.BooleanField):
        return _("ja") if value in (True, "on", "true", "True") else _("nee")
    choices = {str(k): str(v) for k, v in getattr(bound.field, "choices", [])}
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(v), str(v)) for v in values if v not in (None, ""))
