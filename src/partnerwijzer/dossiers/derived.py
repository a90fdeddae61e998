"""What follows from a dossier is worked out once for a page that only looks.

The page of a dossier asks in ten places which criteria apply and which trees were walked. While a
page is looked at nothing can change (access.gate refuses writes), so the first answer stays with
the dossier that was read, and goes away with it. In a form that is sent, an action or background
work everything is worked out anew each time.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from partnerwijzer.access import gate
from partnerwijzer.dossiers.models import Dossier

P = ParamSpec("P")
R = TypeVar("R")
Derive = Callable[Concatenate[Dossier, P], R]


def once(derive: Derive[P, R]) -> Derive[P, R]:
    """For a function of a dossier. Its arguments are plain values; nobody changes what it gives."""

    @wraps(derive)
    def kept(dossier: Dossier, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not gate.only_looks():
            return derive(dossier, *args, **kwargs)
        found = dossier.__dict__.setdefault("_derived", {})
        key = (derive, args, *kwargs.items())
        if key not in found:
            found[key] = derive(dossier, *args, **kwargs)
        value: R = found[key]
        return value

    return kept
