"""The databank of tests/partners, and lists as schools keep them."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from partnerwijzer.exchange.actions import lists
from partnerwijzer.exchange.columns import layout
from partnerwijzer.exchange.models import PartnerList
from partnerwijzer.exchange.sheets.table import Line, Table
from tests.cli.conftest import run  # noqa: F401 -- a fixture
from tests.exchange.moving import filled, told  # noqa: F401 -- fixtures
from tests.exchange.uit_server import server  # noqa: F401 -- a fixture
from tests.partners.conftest import (  # noqa: F401 -- fixtures
    MakePartner,
    _register_of_its_own,
    elsewhere,
    make_offer,
    make_partner,
    partner,
    register,
    sign_in,
    tell,
    world,
)
from tests.personas import World

Bring = Callable[..., PartnerList]
HEADS = ("Organisatie", "Ondernemingsnummer", "Postcode", "Gemeente", "Website", "E-mail")
ROW = ("Bib Veerdegem", "", "9999", "Veerdegem", "www.bib.example", "bib@veerdegem.example")


def table(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> Table:
    every = [heads, *rows]
    lines = [Line(number, tuple(cells)) for number, cells in enumerate(every, start=1)]
    return Table("csv", lines=lines)


@pytest.fixture
def bring(world: World) -> Bring:  # noqa: F811
    """bring(row, row, …) has a list looked at, as the co-ordinator; choice="skip" reads it in."""

    def do(*rows: Sequence[str], choice: str = "", **options: Any) -> PartnerList:
        who = world.actor(options.pop("who", "coordinator"))
        found = layout(table(*rows, **options))
        made = lists.choose_list(world.school, actor=who, layout=found, name="lijst.csv")
        said = lists.say_columns(
            made, actor=who, version=1, fields=found.fields, default_kind="library"
        )
        if choice:
            started = lists.start_list(said, actor=who, version=said.version, choice=choice)
            lists.carry_out(started, actor=who)
            started.refresh_from_db()
            return started
        return said

    return do
