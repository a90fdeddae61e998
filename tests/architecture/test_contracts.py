"""The layers hold, and our own contract sees what it has to see."""

import sys
from pathlib import Path

import pytest
from grimp import ImportGraph
from importlinter.cli import lint_imports

from tests.architecture.source import ROOT
from tools.contracts import PrivateModulesContract


def test_modules_depend_downwards_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT / "src"), *sys.path])

    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=str(tmp_path))

    assert code == 0, capsys.readouterr().out


@pytest.fixture
def graph() -> ImportGraph:
    """Two modules; one with a web layer of a file and a package."""
    found = ImportGraph()
    names = ("", ".a", ".a.views", ".a.forms", ".a.forms.small", ".a.models", ".b", ".b.views")
    for name in (*names, ".config", ".config.urls"):
        found.add_module(f"proj{name}")
    return found


def offenders(graph: ImportGraph) -> list[tuple[str, str]]:
    contract = PrivateModulesContract(
        name="private",
        session_options={},
        contract_options={
            "container": "proj",
            "private_names": ["views", "forms"],
            "allowed_importers": ["proj.config"],
        },
    )
    check = contract.check(graph, verbose=False)
    found: list[tuple[str, str]] = check.metadata["offenders"]
    assert check.kept is not bool(found)
    return found


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("proj.a.views", "proj.a.forms"),
        ("proj.b.views", "proj.a.models"),
        ("proj.config.urls", "proj.a.views"),
    ],
)
def test_own_and_public_files_may_be_imported(
    graph: ImportGraph, importer: str, imported: str
) -> None:
    graph.add_import(importer=importer, imported=imported)

    assert offenders(graph) == []


@pytest.mark.parametrize("imported", ["proj.a.views", "proj.a.forms", "proj.a.forms.small"])
def test_private_files_of_another_module_may_not_be_imported(
    graph: ImportGraph, imported: str
) -> None:
    graph.add_import(importer="proj.b.views", imported=imported)

    assert offenders(graph) == [("proj.b.views", imported)]
