"""The stage on which every action of a dossier is tried, and who may be on it."""

from collections.abc import Callable
from typing import Any

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.partners.models import Partner
from tests.dossiers.story import Story

STAFF = {"head", "coordinator", "teacher", "teacher2"}
LEADS = {"head", "coordinator"}
HEAD = {"head"}
LINK = {"link"}

Act = Callable[[Actor], Any]
CRITERION = "fits-age"


class Stage:
    """The things that are acted on."""

    def __init__(self, story: Story, opened: Dossier, decided: Dossier) -> None:
        self.story, self.world = story, story.world
        self._opened, self._decided = opened.pk, decided.pk
        self.partner = Partner.objects.get()

    @property
    def opened(self) -> Dossier:
        return Dossier.objects.get(pk=self._opened)

    @property
    def decided(self) -> Dossier:
        return Dossier.objects.get(pk=self._decided)

    def ready(self) -> Dossier:
        self.story.begin(self.opened)
        return self.opened


Rows = dict[Any, tuple[set[str], Callable[[Stage], Act]]]
