"""The official lists that the keeper of an umbrella reads in: what each is, and how it is read.

Pages and tasks ask this; reading itself is the module's own, the same that the command line calls.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.goals import importer
from partnerwijzer.goals.actions import import_goals_file
from partnerwijzer.goals.models import GoalImport
from partnerwijzer.goals.pages import BadGoalFile
from partnerwijzer.organisations import schools_import
from partnerwijzer.organisations.actions.lists import import_schools_file
from partnerwijzer.organisations.models import SchoolImport
from partnerwijzer.organisations.school_list import BadSchoolFile

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class OfficialList:
    """One list. `look` says what reading it would change, `bring_in` reads it.

    `counts` are the fields of the report in the order in which people read them; the first ones are
    what changes, `quiet` what does not.
    """

    key: str
    permission: str
    page: str
    title: Promise
    used_for: Promise
    question: Promise
    help: Promise
    endings: tuple[str, ...]
    many: bool  # several files, also in one zip
    counts: Mapping[str, Promise]
    refusals: tuple[type[Exception], ...]
    imports: type[GoalImport] | type[SchoolImport]
    look: Callable[[Sequence[Path], Progress], dict[str, Any]]
    bring_in: Callable[[Sequence[Path], Actor, Progress], dict[str, Any]]
    quiet: frozenset[str] = field(default_factory=frozenset)

    @property
    def accepted(self) -> tuple[str, ...]:
        """The endings of files that can be sent."""
        return (*self.endings, ".zip") if self.many else self.endings

    @property
    def job(self) -> str:
        """The kind of its jobs."""
        return f"list.{self.key}"

    def last(self) -> GoalImport | SchoolImport | None:
        """The last time that it was read in."""
        return self.imports.objects.order_by("-at", "-pk").first()

    def changes(self, report: Mapping[str, Any]) -> list[tuple[Promise, int]]:
        """What the report counts, in words, without what is nothing."""
        return [(label, report[name]) for name, label in self.counts.items() if report.get(name)]

    def changes_nothing(self, report: Mapping[str, Any]) -> bool:
        return not any(report.get(name) for name in self.counts if name not in self.quiet)


GOALS = OfficialList(
    key="doelen",
    permission="goals.import",
    page="home:read_goals",
    title=_("Onderwijsdoelen"),
    used_for=_("Kiezen aan welke doelen een samenwerking werkt."),
    question=_("Welke onderwijsdoelen wil je inlezen?"),
    help=_("Een of meer JSON-bestanden, zoals onderwijsdoelen.be ze geeft. Ook samen in een zip."),
    endings=(".json",),
    many=True,
    counts={
        "new": _("doelen nieuw"),
        "changed": _("doelen gewijzigd"),
        "newly_expired": _("doelen die sindsdien niet meer gelden"),
        "same": _("doelen zoals ze waren"),
        "repeated": _("doelen die dubbel in de bestanden staan"),
        "refused": _("doelen die niet te gebruiken zijn"),
    },
    quiet=frozenset({"same", "repeated", "refused"}),
    refusals=(BadGoalFile, OSError),
    imports=GoalImport,
    look=lambda paths, tell: importer.import_goals(paths, tell, keep=False).as_dict(),
    bring_in=lambda paths, actor, tell: import_goals_file(
        paths, actor=actor, progress=tell
    ).as_dict(),
)
SCHOOLS = OfficialList(
    key="scholen",
    permission="organisations.import",
    page="home:read_schools",
    title=_("Scholen"),
    used_for=_("Scholen en vestigingsplaatsen met hun gegevens."),
    question=_("Welke lijst van scholen wil je inlezen?"),
    help=_("Het CSV-bestand met vestigingsplaatsen van de Vlaamse overheid."),
    endings=(".csv", ".txt"),
    many=False,
    counts={
        "schools_new": _("scholen nieuw"),
        "schools_changed": _("scholen gewijzigd"),
        "schools_gone": _("scholen die niet meer in de lijst staan"),
        "campuses_new": _("vestigingsplaatsen nieuw"),
        "campuses_changed": _("vestigingsplaatsen gewijzigd"),
        "campuses_gone": _("vestigingsplaatsen die niet meer in de lijst staan"),
        "boards_new": _("schoolbesturen nieuw"),
        "schools_same": _("scholen zoals ze waren"),
        "campuses_same": _("vestigingsplaatsen zoals ze waren"),
        "kind_unknown": _("scholen waarvan we de soort niet herkennen"),
        "refused": _("rijen die niet te gebruiken zijn"),
    },
    quiet=frozenset({"schools_same", "campuses_same", "kind_unknown", "refused"}),
    refusals=(BadSchoolFile, OSError),
    imports=SchoolImport,
    look=lambda paths, tell: schools_import.import_schools(paths[0], tell, keep=False).as_dict(),
    bring_in=lambda paths, actor, tell: import_schools_file(
        paths[0], actor=actor, progress=tell
    ).as_dict(),
)
LISTS = {one.key: one for one in (GOALS, SCHOOLS)}
