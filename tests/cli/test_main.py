"""The command as a whole: help in plain Dutch, exit codes, no traceback."""

import inspect
from collections.abc import Callable
from types import ModuleType

import click
import pytest

from partnerwijzer.cli import dutch
from partnerwijzer.cli.main import COMMANDS
from partnerwijzer.cli.outcome import MEANING

Run = Callable[..., object]
SUBCOMMANDS = [("import", "kbo"), ("import", "goals"), ("import", "schools")]
SUBCOMMANDS += [("kbo", "search"), ("kbo", "show")]


def test_help_lists_each_command_and_each_exit_code(run: Run) -> None:
    ended = run("--help")

    assert ended.code == 0
    assert [name for name in COMMANDS if name not in ended.out] == []
    assert [text for text in MEANING.values() if text not in ended.out] == []


@pytest.mark.parametrize("words", [(name,) for name in COMMANDS] + SUBCOMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_dutch(words: tuple[str, ...], run: Run) -> None:
    ended = run(*words, "--help")

    assert ended.code == 0
    assert ended.out.startswith(f"Gebruik: partnerwijzer {' '.join(words)}")
    assert "Toon deze uitleg." in ended.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["bestaat-niet"], "Fout: Deze opdracht bestaat niet: bestaat-niet."),
        (["migrate", "--vlug"], "Fout: Deze keuze bestaat niet: --vlug."),
        (["check-framework"], "Fout: Er ontbreekt 'PATH'"),
        (["serve", "--port", "hoog"], "Fout: Onbruikbaar voor '--port'"),
    ],
)
def test_wrong_use_is_explained_and_exits_with_2(words: list[str], message: str, run: Run) -> None:
    ended = run(*words)

    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_wrong_setting_is_named_and_exits_with_2(run_apart: Run) -> None:
    ended = run_apart("migrate", settings={"PORT": "hoog"})

    assert ended.code == 2
    assert ended.err == (
        "Foute instelling:\n  PORT moet een geheel getal zijn\nZie .env.example.\n"
    )


@pytest.mark.slow
def test_database_that_does_not_answer_is_a_message_and_no_traceback(run_apart: Run) -> None:
    away = "postgresql://niemand@127.0.0.1:9/nergens?connect_timeout=2"

    ended = run_apart("migrate", settings={"DATABASE_URL": away})

    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("Fout: De databank antwoordt niet.")
    assert "Traceback" not in ended.err


def test_each_translated_word_is_one_that_click_says() -> None:
    said = "".join(inspect.getsource(module) for module in click_modules())

    unused = [text for text in dutch.WORDS if f'"{text}"' not in said and text not in said]

    assert unused == []


def click_modules() -> list[ModuleType]:
    return [
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.termui,
        click.types,
    ]
