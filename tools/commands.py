"""What start.py can do."""

import argparse
import os
import subprocess

from tools import environment, lint, locks, suite
from tools.console import Failed, say

STOPPED = 130  # as a shell reports Ctrl-C


def main(arguments: list[str]) -> int:
    """Does what was asked; gives the exit code."""
    parser = _parser()
    chosen, rest = parser.parse_known_args(arguments)
    if rest and chosen.command not in TAKES_MORE:
        parser.error(f"onbekend: {' '.join(rest)}")
    try:
        return COMMANDS[chosen.command](chosen, rest)
    except Failed as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("\nGestopt.")
        return STOPPED


def _serve(chosen: argparse.Namespace, rest: list[str]) -> int:
    """Makes the environment, then becomes `partnerwijzer serve --demo`."""
    environment.ensure(environment.RUN)
    command = [str(environment.PYTHON), "-m", "partnerwijzer.cli.main", "serve", "--demo", *rest]
    os.chdir(environment.ROOT)
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


def _test(chosen: argparse.Namespace, rest: list[str]) -> int:
    return suite.run(rest, browser=not chosen.no_browser, on_postgres=not chosen.no_postgres)


def _lint(chosen: argparse.Namespace, rest: list[str]) -> int:
    return lint.run()


def _format(chosen: argparse.Namespace, rest: list[str]) -> int:
    return lint.style()


def _bench(chosen: argparse.Namespace, rest: list[str]) -> int:
    environment.ensure(environment.DEVELOP)
    script = environment.ROOT / "benchmarks" / "pages.py"
    return subprocess.call([environment.PYTHON, script, *rest], cwd=environment.ROOT)


def _translate(chosen: argparse.Namespace, rest: list[str]) -> int:
    environment.ensure(environment.DEVELOP)
    command = [str(environment.PYTHON), "-m", "tools.translations", "update"]
    return subprocess.call(command, cwd=environment.ROOT)


def _lock(chosen: argparse.Namespace, rest: list[str]) -> int:
    return locks.run(rest)


COMMANDS = {
    "run": _serve,
    "test": _test,
    "lint": _lint,
    "format": _format,
    "bench": _bench,
    "translate": _translate,
    "lock": _lock,
}
# Further words go to the program behind: partnerwijzer serve, pytest, the benchmark, uv.
TAKES_MORE = {"run", "test", "bench", "lock"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Start Partnerwijzer op deze computer, of werk eraan mee.",
        epilog="Een andere poort: PORT=8001 python3 start.py",
    )
    parser.set_defaults(command="run")
    kinds = parser.add_subparsers(metavar="opdracht")
    for name, text in HELP.items():
        kind = kinds.add_parser(name, help=text, description=text)
        kind.set_defaults(command=name)
        if name == "test":
            kind.add_argument("--no-browser", action="store_true", help="zonder browsertests")
            kind.add_argument("--no-postgres", action="store_true", help="enkel op SQLite")
    return parser


HELP = {
    "run": "alles klaarzetten en starten (dit gebeurt ook zonder opdracht)",
    "test": "alle tests: op SQLite, op PostgreSQL en in een browser; de rest gaat naar pytest",
    "lint": "nakijken: stijl, types, lagen, sjablonen, migraties, vertalingen",
    "format": "de code in de huisstijl zetten",
    "bench": "de pagina's meten tegen hun budget",
    "translate": "nieuwe teksten in de Engelse catalogus zetten, en ze compileren",
    "lock": "de gewenste pakketten vastleggen; met --upgrade in hun nieuwste versie",
}
