"""Click's own words in Dutch: it has no catalogue for it, and its functions are easily led."""

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

WORDS = {
    "Usage:": "Gebruik:",
    "Options": "Keuzes",
    "Commands": "Opdrachten",
    "Error: {message}": "Fout: {message}",
    "Aborted!": "Gestopt.",
    "Error": "Fout",
    "Show this message and exit.": "Toon deze uitleg.",
    "Show the version and exit.": "Toon de versie.",
    "Try '{command} {option}' for help.": "Uitleg: {command} {option}",
    "Missing command.": "Er ontbreekt een opdracht.",
    "Missing argument": "Er ontbreekt",
    "Missing option": "Er ontbreekt",
    "No such command {name!r}.": "Deze opdracht bestaat niet: {name}.",
    "No such option {name!r}.": "Deze keuze bestaat niet: {name}.",
    "Did you mean {possibility}?": "Bedoelde je {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Bedoelde je een van deze: {possibilities}?)",
    "Invalid value: {message}": "Onbruikbare waarde: {message}",
    "Invalid value for {param_hint}: {message}": "Onbruikbaar voor {param_hint}: {message}",
    "Option {name!r} requires an argument.": "De keuze {name} vraagt een waarde.",
    "Option {name!r} does not take a value.": "De keuze {name} neemt geen waarde.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} bestaat niet.",
    "{name} {filename!r} is a file.": "{name} {filename!r} is een bestand.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} is een map.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} is niet leesbaar.",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen geheel getal.",
    "{value} is not in the range {range}.": "{value} valt buiten {range}.",
    "file": "Bestand",
    "directory": "Map",
    "path": "Pad",
    "File": "Bestand",
    "Path": "Pad",
    "default: {default}": "anders: {default}",
    "required": "nodig",
    "Repeat for confirmation": "Nog eens",
    "Error: The two entered values do not match.": "De twee zijn niet gelijk.",
}
MODULES = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)


def speak() -> None:
    """Makes click say these words; what stands not in the list stays English."""
    for module in MODULES:
        if hasattr(module, "_"):
            setattr(module, "_", translated)  # noqa: B010 -- unknown to type checkers


def translated(text: str) -> str:
    return WORDS.get(text, text)
