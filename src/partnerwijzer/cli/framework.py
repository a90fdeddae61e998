"""`partnerwijzer check-framework`: what an author of a decision framework still has to mend."""

from dataclasses import asdict
from pathlib import Path

import click

from partnerwijzer.cli.outcome import Code, answer, json_option
from partnerwijzer.frameworks import loader


@click.command()
@click.argument("folder", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@json_option
def command(folder: Path, as_json: bool) -> int:
    """Kijk een beslissingskader na: de map PATH met zijn zes bestanden.

    Het antwoord zegt per bestand en regel wat er scheelt en hoe het beter kan. Advies over de
    bewoording houdt een kader niet tegen.
    """
    problems = loader.check(folder if folder.is_dir() else folder.parent)
    wrong = [problem for problem in problems if not problem.advice]
    if as_json:
        answer({"fit": not wrong, "problems": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            click.echo(f"{'advies: ' if problem.advice else ''}{problem}")
        click.echo(_conclusion(len(wrong), len(problems) - len(wrong)))
    return Code.FAILED if wrong else Code.WELL


def _conclusion(wrong: int, advice: int) -> str:
    well = "Dit kader is in orde." if not wrong else f"Te verbeteren: {wrong}."
    return f"{well} Advies: {advice}." if advice else well
