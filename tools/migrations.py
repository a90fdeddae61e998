"""Migrations are complete (no model differs from them) and form one line without branches."""

import os
import sys

import django
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

PRODUCT = "partnerwijzer."


def problems() -> list[str]:
    """One sentence for each thing that is wrong; an empty list when all is well."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [problem for app in _apps() for problem in _branches(loader, app)]


def _apps() -> list[str]:
    from django.apps import apps  # noqa: PLC0415 -- after setup

    return [config.label for config in apps.get_app_configs() if config.name.startswith(PRODUCT)]


def _branches(loader: MigrationLoader, app: str) -> list[str]:
    found = []
    leaves = sorted(name for label, name in loader.graph.leaf_nodes(app) if label == app)
    if len(leaves) > 1:
        found.append(f"{app}: twee laatste migraties: {', '.join(leaves)}. Zet ze na elkaar.")
    for (label, name), migration in loader.disk_migrations.items():
        parents = [parent for parent in migration.dependencies if parent[0] == app]
        if label == app and len(parents) > 1:
            found.append(f"{app}.{name} voegt takken samen. Zet de migraties op één rij.")
    return found


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    wrong = problems()
    for line in wrong:
        print(line)
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        wrong.append("incomplete")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
