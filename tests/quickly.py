"""The tables of the test database, from the real migrations, in a fifth of the time.

Django renders all models that hang together again at each operation of a migration: here nearly
all of them, hundreds of times. A new model only has to be rendered itself, and an index or a rule
only has to be added to its model. tests/cli/test_database.py compares the tables with those of the
product's own command.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def migrations() -> Iterator[None]:
    """While inside, migrations from nothing run quickly."""
    with (
        mock.patch.object(ProjectState, "add_model", _add_model),
        mock.patch.object(ProjectState, "_append_option", _append_option),
    ):
        yield


def _rendered(state: Any) -> bool:
    return "apps" in state.__dict__  # asking for it would render


def _add_model(state: Any, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if _rendered(state):
        state.apps.render_multiple([model])


def _append_option(state: Any, app: str, name: str, option: str, added: Any) -> None:
    options = state.models[app, name].options
    options[option] = [*options[option], added]
    if _rendered(state):
        setattr(state.apps.get_model(app, name)._meta, option, options[option])


def main() -> None:
    """`partnerwijzer migrate`, quickly."""
    import django

    django.setup()
    from partnerwijzer.cli import prepare

    with migrations():
        prepare.database()


if __name__ == "__main__":
    main()
