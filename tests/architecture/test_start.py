"""start.py works on a machine with nothing but Python, and the locks are whole."""

import ast
import re
import sys
import tomllib

import pytest

from tests.architecture.source import ROOT
from tools import console, suite
from tools.suite import Outcome

# What start.py loads before there is an environment.
BARE = ("commands", "console", "environment", "lint", "locks", "machine", "postgres", "suite")
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.M)


@pytest.mark.parametrize("name", ["start.py", *(f"tools/{name}.py" for name in BARE)])
def test_start_needs_the_standard_library_only(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text())
    plain = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    parts = {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}

    allowed = {*sys.stdlib_module_names, "tools"}
    assert {m for m in plain | parts if m.split(".")[0] not in allowed} == set()


def test_start_loads_the_bare_tools_only() -> None:
    loaded = set()
    for name in BARE:
        for node in ast.walk(ast.parse((ROOT / "tools" / f"{name}.py").read_text())):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("tools"):
                inner = str(node.module).partition(".")[2]
                loaded |= {inner} if inner else {alias.name for alias in node.names}

    assert loaded <= set(BARE)


def test_old_python_is_told_so_and_does_not_stumble() -> None:
    ast.parse((ROOT / "start.py").read_text(), feature_version=(3, 7))


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_hashes_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert pins(lock)
    assert len(re.findall(r"^\S+==", text, re.M)) == len(re.findall(r"^\S+==.*\\$", text, re.M))
    assert re.findall(r"https?:|file:|--index|--find-links|^\s*# via .*/", text, re.M) == []


def test_tests_run_with_the_very_packages_of_the_product() -> None:
    run, develop = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: version for name, version in run.items() if develop.get(name) != version} == {}


def test_each_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[\[<>=~!; ]", line)[0].lower() for line in project["dependencies"]}

    assert wanted - {name.lower() for name in pins("requirements.txt")} == set()


@pytest.mark.parametrize(
    ("duration", "text"), [(0.04, "0,0 s"), (9.94, "9,9 s"), (42.4, "42 s"), (185, "3 min 05 s")]
)
def test_seconds_read_as_a_person_says_them(duration: float, text: str) -> None:
    assert console.seconds(duration) == text


def outcome(title: str, code: int, passed: int, failed: int = 0, skipped: int = 0) -> Outcome:
    return Outcome(title, code, passed, failed, skipped, 1.5)


def test_run_of_tests_ends_with_one_line_that_counts(capsys: pytest.CaptureFixture[str]) -> None:
    code = suite._conclude([outcome("SQLite", 0, 10, skipped=1), outcome("browser", 1, 3, 2)])

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "13 passed, 2 failed, 1 skipped"


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([outcome("SQLite", 5, 0)], "geen enkele test"),
        ([outcome("SQLite", 0, 9), outcome("PostgreSQL", 4, 0)], "hoort: PostgreSQL"),
    ],
)
def test_run_without_tests_or_with_a_broken_part_fails(
    outcomes: list[Outcome], message: str
) -> None:
    with pytest.raises(console.Failed, match=message):
        suite._conclude(outcomes)


def test_choice_of_tests_that_one_part_lacks_is_fine() -> None:
    assert suite._conclude([outcome("SQLite", 0, 9), outcome("browser", 5, 0)]) == 0
