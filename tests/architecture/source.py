"""The product's own files, read once, for tests of the house style."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "partnerwijzer"


@dataclass(frozen=True)
class Module:
    """One Python file; `path` is relative to the product."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.as_posix()

    @property
    def kinds(self) -> set[str]:
        """Names of file and folders: {"views", "dossiers", "screening"}."""
        return {self.path.stem, *self.path.parts[:-1]}

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"

    def walk(self, kind: type) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kind))

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call, with the last part of the name that is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield last_name(node.func), node

    def public_functions(self) -> Iterator[ast.FunctionDef]:
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node


def last_name(expression: ast.expr) -> str:
    """`a.b.c` gives c, and so does `c`; anything else gives nothing."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the product but its migrations."""
    found = []
    for path in sorted(PRODUCT.rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text()
            found.append(Module(path.relative_to(PRODUCT), text, ast.parse(text)))
    return tuple(found)


@cache
def templates() -> dict[str, str]:
    """Every HTML template of the product: its path in the product, and its text."""
    return {
        path.relative_to(PRODUCT).as_posix(): path.read_text()
        for path in sorted(PRODUCT.glob("*/templates/**/*.html"))
    }
