"""Pages and actions declare here what they need, or the product does not start.

@page("dossiers.view")     a view for people with an account
@public("why")             a view without account, with the reason
@action("dossiers.edit")   a write: permission on the object, transaction, audit record
register(name, rule)       says who has a permission: rule(actor, subject or None)
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from partnerwijzer.access import once
from partnerwijzer.access.actor import Actor
from partnerwijzer.audit import log

P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R")
Rule = Callable[[Actor, Any], bool]
_rules: dict[str, Rule] = {}
_last_words: list[Callable[[], None]] = []


class Request(HttpRequest):
    """A request after our middleware: it knows who is acting."""

    actor: Actor
    htmx: HtmxDetails


View = Callable[Concatenate[Request, P], HttpResponseBase]


@dataclass(frozen=True)
class Requirement:
    """What a view declared: a permission, or the reason why it needs none."""

    permission: str | None
    reason: str = ""


class WriteOnGet(RuntimeError):
    """A page tried to write while it was only being looked at."""


class NoTrace(AssertionError):
    """An action changed something and left no audit record."""


def register(permission: str, rule: Rule) -> None:
    """Says who has a permission. The rule gets None as subject where only the page is asked for."""
    if permission in _rules:
        raise ValueError(f"{permission} is already registered")
    _rules[permission] = rule


def before_commit(check: Callable[[], None]) -> None:
    """Adds a check that is done when everything was written and nothing is final: what it raises
    undoes all that the action did."""
    if check not in _last_words:
        _last_words.append(check)


def known(permission: str) -> bool:
    return permission in _rules


def allowed(actor: Actor, permission: str, subject: Any = None) -> bool:
    """Whether this actor has this permission, on this subject where one is given."""
    return _rules[permission](actor, subject)


def require(actor: Actor, permission: str, subject: Any) -> None:
    """Refuses with 403 when a reader may see the subject but not do this with it."""
    if not allowed(actor, permission, subject):
        raise PermissionDenied(permission)


# How a statement begins that changes nothing, and what makes one of these change something yet.
_READS = re.compile(r"[\s(]*(SELECT|SAVEPOINT|RELEASE|ROLLBACK TO|WITH|EXPLAIN)\b", re.IGNORECASE)
_WRITES_INSIDE = re.compile(
    r"[\s(]*(WITH|EXPLAIN)\b.*\b(INSERT INTO|DELETE FROM|MERGE INTO|UPDATE\s+\S+\s+SET)\b",
    re.IGNORECASE | re.DOTALL,
)


def _reads_only(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if not _READS.match(sql) or _WRITES_INSIDE.match(sql):
        raise WriteOnGet(sql[:80])
    return execute(sql, params, many, context)


def only_looks() -> bool:
    """Whether a page is being looked at now: until it is there, nothing is written here."""
    return _reads_only in connection.execute_wrappers


def _guard(view: View[P], request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        with connection.execute_wrapper(_reads_only):
            return view(request, *args, **kwargs)
    return once.run(request, lambda: view(request, *args, **kwargs))


def page(permission: str) -> Callable[[View[P]], View[P]]:
    """A view for people with an account. Without the permission the page does not exist (404)."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not allowed(request.actor, permission):
                raise Http404
            return _guard(view, request, *args, **kwargs)

        guarded.requirement = Requirement(permission)  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return decorate


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """A view without account; says why. GET cannot write here either."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return _guard(view, request, *args, **kwargs)

        guarded.requirement = Requirement(None, reason)  # type: ignore[attr-defined]
        return cast("View[P]", login_not_required(guarded))

    return decorate


def _check_signature(func: Callable[..., Any]) -> None:
    parameter = inspect.signature(func).parameters.get("actor")
    if parameter is None or parameter.kind is not parameter.KEYWORD_ONLY:
        raise TypeError(f"{func.__qualname__} needs a keyword-only 'actor'")


def action(
    permission: str, *, untraced: str = ""
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """One business verb: checks the permission on its first argument, runs in a transaction and
    must leave an audit record, else everything is rolled back.

    Args:
        untraced: why this action leaves no record (an anonymous answer: a record would tell when).
    """

    def decorate(func: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        _check_signature(func)

        @wraps(func)
        def guarded(subject: S, *args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            assert isinstance(actor, Actor)
            require(actor, permission, subject)
            outermost = log._written.get() is None
            with transaction.atomic(), _trace(func.__qualname__, untraced):
                result = func(subject, *args, **kwargs)
                for check in _last_words if outermost else ():
                    check()
                return result

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[S, P], R]", guarded)

    return decorate


class _trace:  # noqa: N801 -- reads as a verb where it is used
    """Fails when nothing was recorded between entering and leaving."""

    def __init__(self, name: str, untraced: str) -> None:
        self.name, self.untraced = name, untraced

    def __enter__(self) -> None:
        self.token = log._written.set([])

    def __exit__(self, kind: Any, *rest: Any) -> None:
        written = log._written.get()
        log._written.reset(self.token)
        if kind is None and not written and not self.untraced:
            raise NoTrace(f"{self.name} left no audit record")
        outer = log._written.get()
        if outer is not None and written:
            outer.extend(written)
