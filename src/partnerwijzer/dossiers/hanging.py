"""What hangs on a group of a dossier, in numbers: what it goes out of, and what would be lost.

A group that joined in, or of which something was counted, is corrected and not taken out: nobody
can note that again. Modules above this one register what they keep about groups.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup


@dataclass(frozen=True)
class Kept:
    """Something that is kept about groups.

    ask: how many of a group, with OuterRef("pk") for its key. words: that number in words.
    lost: taking the group out would lose it for good.
    """

    name: str
    ask: Callable[[], Any]
    words: Callable[[int], str]
    lost: bool = False


@dataclass(frozen=True)
class Hangs:
    """Of one group, in words: what it goes out of, and what keeps it in the dossier."""

    goes: str
    stays: str


def number(rows: QuerySet[Any], field: str) -> Any:
    """How many of the rows have the group in this field."""
    mine = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return none_is_zero(mine.annotate(n=Count("pk", distinct=True)).values("n"))


def none_is_zero(rows: QuerySet[Any, Any]) -> Any:
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


_kept = [
    Kept(
        "ahead",
        lambda: number(Activity.objects.to_come(), "groups"),
        lambda n: ngettext(
            "{n} activiteit die nog komt", "{n} activiteiten die nog komen", n
        ).format(n=n),
    ),
    Kept(
        "been",
        lambda: number(Activity.objects.begun(), "groups"),
        lambda n: ngettext(
            "{n} activiteit die al was", "{n} activiteiten die al waren", n
        ).format(n=n),
        lost=True,
    ),
]  # fmt: skip


def register(*kept: Kept) -> None:
    _kept.extend(kept)


def groups_of(dossier: Dossier) -> QuerySet[DossierGroup]:
    """The groups with what hangs on each, in one query: see `of`."""
    return DossierGroup.objects.filter(dossier=dossier).annotate(
        **{_column(kept): kept.ask() for kept in _kept}
    )


def of(group: DossierGroup) -> Hangs:
    """What hangs on a group that was read by `groups_of`."""
    found = [(kept, getattr(group, _column(kept))) for kept in _kept]
    goes = [kept.words(n) for kept, n in found if n and not kept.lost]
    stays = [kept.words(n) for kept, n in found if n and kept.lost]
    return Hangs(", ".join(goes), ", ".join(stays))


def why_it_stays(dossier: Dossier, group: DossierGroup) -> str:
    """Why a group cannot be taken out, and what can be done; nothing where it can."""
    found = groups_of(dossier).filter(pk=group.pk).first()
    if found is None or not (stays := of(found).stays):
        return ""
    words = _(
        "‘{group}’ blijft in het dossier, anders gaat dit verloren: {what}. "
        "Klopt er iets niet, kies dan ‘Verbeter deze groep’."
    )
    return words.format(group=group.name, what=stays)


def _column(kept: Kept) -> str:
    return f"hangs_{kept.name}"
