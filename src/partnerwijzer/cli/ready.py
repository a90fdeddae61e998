"""Commands that need the tables of this version: they say so in a sentence where those miss."""

from typing import Any

import click

from partnerwijzer.cli import prepare


class NeedsTables(click.Command):
    """Looks at the database before it does anything; its help needs none."""

    def invoke(self, ctx: click.Context) -> Any:
        prepare.check_database()
        return super().invoke(ctx)


class OnTables(click.Group):
    """A group of which each command needs the tables."""

    command_class = NeedsTables
