"""The command `partnerwijzer`. Each subcommand has a file, which is read when it is called."""

import sys
from dataclasses import dataclass
from importlib import import_module

import click

import partnerwijzer
from partnerwijzer.cli import dutch
from partnerwijzer.cli.boot import boot
from partnerwijzer.cli.outcome import MEANING, Code
from partnerwijzer.config.env import BadEnvironment


@dataclass(frozen=True)
class Entry:
    """Where a subcommand stands and what the list says of it."""

    module: str
    text: str
    name: str = "command"
    boots: bool = True  # False: it sets something before the settings are read


COMMANDS = {
    "serve": Entry("serve", "Start de dienst: website en achtergrondwerk.", boots=False),
    "migrate": Entry("migrate", "Maak de databank klaar, of breng haar bij."),
    "demo": Entry("demo", "Laad een verzonnen school met partners en dossiers."),
    "create-admin": Entry("admin", "Maak een koepelbeheerder aan."),
    "import": Entry(
        "imports", "Lees iets in: kbo, goals, schools, databank, elections of uitdatabank."
    ),
    "export": Entry("exports", "Schrijf de databank weg: als json of als rekenblad."),
    "clear-out": Entry("keeping", "Verwijder bij een school wat voorbij zijn bewaartermijn is."),
    "kbo": Entry("kbo", "Zoek organisaties in het ingelezen register."),
    "check-framework": Entry("framework", "Kijk een beslissingskader na."),
}


class Commands(click.Group):
    """Reads the file of a subcommand only when that subcommand is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if entry.boots:
            boot()
        module = import_module(f"partnerwijzer.cli.{entry.module}")
        command: click.Command = getattr(module, entry.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Opdrachten"):
            formatter.write_dl([(name, entry.text) for name, entry in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Afloop (exit code)"):
            formatter.write_dl([(str(code.value), text) for code, text in MEANING.items()])


@click.group(cls=Commands, subcommand_metavar="OPDRACHT …", options_metavar="")
@click.help_option("--help", "-h", help="Toon deze uitleg.")
@click.version_option(
    partnerwijzer.__version__, message="Partnerwijzer %(version)s", help="Toon de versie."
)
def command() -> None:
    """Partnerwijzer: externe partners van een school vinden, screenen en evalueren.

    Instellingen komen uit de omgeving of uit het bestand .env; .env.example legt ze uit.
    """


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; gives the exit code. Expected failures end in one message."""
    dutch.speak()
    try:
        result = command.main(arguments, prog_name="partnerwijzer", standalone_mode=False)
    except BadEnvironment as wrong:
        click.echo(str(wrong), err=True)
        return Code.WRONG_USE
    except click.exceptions.Abort:
        click.echo("Gestopt.", err=True)
        return Code.FAILED
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    return result if isinstance(result, int) else Code.WELL


if __name__ == "__main__":
    sys.exit(main())
