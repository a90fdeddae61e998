"""The product does not start with an address that does not say who may come in."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from partnerwijzer.access import gate

# Addresses of libraries, which guard themselves. Module prefix of the view -> why that is enough.
FOREIGN = {
    "allauth.account": "sign-in pages; those about one's own account ask for a login",
    "allauth.mfa": "asks for a login, or is a step of signing in",
    "allauth.usersessions": "asks for a login",
}


def walk(
    patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address: its route, its full name and its pattern."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = namespace + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from walk(pattern.url_patterns, route, inner)
        else:
            yield route, f"{namespace}{pattern.name}", pattern


def is_foreign(pattern: URLPattern) -> bool:
    module = getattr(pattern.callback, "__module__", "")
    return any(module.startswith(prefix) for prefix in FOREIGN)


def _problem(route: str, pattern: URLPattern) -> CheckMessage | None:
    requirement = getattr(pattern.callback, "requirement", None)
    if requirement is None:
        if is_foreign(pattern):
            return None
        return Error(f"{route!r} has no @page or @public", hint="access/gate.py", id="access.E001")
    if requirement.permission and not gate.known(requirement.permission):
        name = requirement.permission
        return Error(f"{route!r} needs the unknown permission {name!r}", id="access.E002")
    return None


@register("urls")
def every_view_declares_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found = [_problem(route, p) for route, _, p in walk(get_resolver().url_patterns)]
    return [problem for problem in found if problem]
