"""Rules of the house that no linter knows: who writes, who reads, and how big things get."""

import ast
import re

from tests.architecture.source import Module, last_name, modules

WRITES = {
    *("save", "create", "update", "delete", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "acreate", "asave", "adelete", "aupdate"),
}
# Names that pages and forms give to dicts, and to descriptions of what an action will do.
NO_TABLES = {"data", "context", "attrs", "initial", "what"}
# Of these the name alone says that a table is written.
SURE_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
READERS = {
    *("views", "forms", "queries", "rules", "urls", "templatetags"),
    *("context", "middleware", "health", "sentences"),
}
# Who may write beside actions, and why.
WRITERS = {
    "access/links.py": "called by actions: gives out and marks links",
    "access/once.py": "before any action: notes that a form was sent",
    "audit/log.py": "called by actions: the log itself",
    "worklist/digest.py": "the mail of the day, with the note of what it told",
    "mail/": "the outbox, filled within the transaction of an action",
    "jobs/": "progress of long work, seen while it runs",
    "documents/": "called by actions: stored files",
    "search/": "forgets old changes; the triggers of the database write them",
    "kbo/": "the register, built as a whole by its import",
    "demo/": "makes the demo",
    "cli/": "commands for who runs the product",
    "models.py": "managers that make users",
    "models/": "querysets that only actions call",
}
IMPORTERS = ("importer.py", "_import.py")
# Queries that need no actor, and why. One that takes an object needs none: who holds the object
# got it from a query that asked for the actor. One that takes a secret is asked by its holder.
OPEN_QUERIES = {
    "frameworks/queries.py": "the framework is the same for everybody",
    "goals/queries.py": "goals are the same for everybody",
    "surveys/queries.py lines_of": "turns answers that were given out into lines",
    "partners/queries/waiting.py recognitions_that_end": "for the mail to each organisation",
    "organisations/queries.py boards_below": "of the umbrellas that the actor keeps",
    "organisations/queries.py board_named": "for an action that would make a second one",
    "organisations/queries.py user_with": "for an action that would make a second one",
    "organisations/queries.py staff": "of the school of a dossier that is open",
    "organisations/queries.py advisers": "of the school of a dossier that is open",
}
SECRETS = {"token", "code", "mark"}
PLAIN = {
    *("str", "int", "bool", "date", "list", "tuple", "set", "frozenset", "dict"),
    *("Any", "None", "Iterable", "Sequence", "Collection", "Mapping"),
}
EMPTY_NAMES = {"utils", "helpers", "common", "core", "misc", "services"}
LONGEST_FUNCTION, LONGEST_FILE = 50, 500
# Longer than that, with the reason. The list may only get shorter.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def is_reader(module: Module) -> bool:
    return bool(module.kinds & READERS)


def may_write(module: Module) -> bool:
    listed = any(part in f"{module.name}" for part in WRITERS)
    return listed or "actions" in module.kinds or module.name.endswith(IMPORTERS)


def test_pages_forms_queries_and_rules_do_not_write() -> None:
    found = [
        f"{module.at(call)} {name}"
        for module in modules()
        if is_reader(module)
        for name, call in module.calls()
        if name in WRITES and _may_be_of_a_table(call)
    ]

    assert found == []


def _may_be_of_a_table(call: ast.Call) -> bool:
    """`partner.save()` may; `save()` of the file itself and `context.update({...})` write none."""
    function = call.func
    if not isinstance(function, ast.Attribute) or ast.unparse(function.value) in NO_TABLES:
        return False
    return not (function.attr == "update" and call.args)  # a queryset's takes keywords only


def test_only_actions_and_listed_files_write() -> None:
    found = [
        f"{module.at(call)} {name}"
        for module in modules()
        if not may_write(module)
        for name, call in module.calls()
        if name in SURE_WRITES or _makes_a_row(call)
    ]

    assert found == []


def _makes_a_row(call: ast.Call) -> bool:
    """`Model.objects.create(...)`."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "create"
        and isinstance(function.value, ast.Attribute)
        and function.value.attr == "objects"
    )


def test_each_listed_writer_is_there() -> None:
    names = [module.name for module in modules()]

    assert [part for part in WRITERS if not any(part in name for name in names)] == []


def test_pages_and_templates_ask_queries_and_not_the_tables() -> None:
    found = [
        module.at(node)
        for module in modules()
        if module.kinds & {"views", "templatetags"}
        for node in module.walk(ast.Attribute)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
        if f"{ast.unparse(node)}.none()" not in module.text  # an empty list asks nothing
    ]

    assert found == []


def test_queries_ask_who_is_asking() -> None:
    found = [
        f"{module.at(function)} {function.name}"
        for module in modules()
        if "queries" in module.kinds and module.name not in OPEN_QUERIES
        for function in module.public_functions()
        if f"{module.name} {function.name}" not in OPEN_QUERIES
        if not _is_guarded(function)
    ]

    assert found == []


def _is_guarded(function: ast.FunctionDef) -> bool:
    """The first parameter is the actor, a secret, or an object that was already given out."""
    parameters = function.args.posonlyargs + function.args.args
    if not parameters:
        return False
    name, annotation = parameters[0].arg, ast.unparse(parameters[0].annotation or ast.Name(""))
    things = set(re.findall(r"\w+", annotation)) - PLAIN
    return name == "actor" or name in SECRETS or bool(things)


def test_each_listed_query_is_there() -> None:
    there = {module.name for module in modules()}
    there |= {f"{m.name} {f.name}" for m in modules() for f in m.public_functions()}

    assert [name for name in OPEN_QUERIES if name not in there] == []


def test_functions_stay_small() -> None:
    found = {
        f"{module.name}:{node.name}": length
        for module in modules()
        for node in module.walk(ast.FunctionDef)
        if isinstance(node, ast.FunctionDef)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert {n: length for n, length in found.items() if n not in LONG_FUNCTIONS} == {}
    assert [name for name in LONG_FUNCTIONS if name not in found] == []


def test_files_stay_small() -> None:
    found = {
        module.name: lines
        for module in modules()
        if (lines := module.text.count("\n")) > LONGEST_FILE
    }

    assert {name: lines for name, lines in found.items() if name not in LONG_FILES} == {}
    assert [name for name in LONG_FILES if name not in found] == []


def test_names_of_files_say_something() -> None:
    assert [m.name for m in modules() if m.kinds & EMPTY_NAMES] == []


def test_modules_say_what_they_are_for() -> None:
    told_by_their_name = {"__init__", "apps", "urls", "wsgi"}

    found = [
        module.name
        for module in modules()
        if module.path.stem not in told_by_their_name and not ast.get_docstring(module.tree)
    ]

    assert found == []


def test_actions_say_what_they_do() -> None:
    found = [
        f"{module.at(function)} {function.name}"
        for module in modules()
        if "actions" in module.kinds
        for function in module.public_functions()
        if _is_action(function) and not ast.get_docstring(function)
    ]

    assert found == []


def _is_action(function: ast.FunctionDef) -> bool:
    made_by = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
    return "action" in map(last_name, made_by)
