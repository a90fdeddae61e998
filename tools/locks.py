"""Locks the dependencies: each package with its version and the hashes of its files.

No address of a package index and no path of a machine may end up in the files (decision 0002).
"""

import subprocess

from tools import environment
from tools.console import step

FLAGS = [
    *("--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
]
LOCKS = {
    environment.RUN: ["pyproject.toml"],
    environment.DEVELOP: ["pyproject.toml", "requirements-dev.in"],
    "requirements-uv.txt": ["requirements-uv.in"],
}


def run(arguments: list[str]) -> int:
    """Takes over what changed in the lists of wishes; what is locked keeps its version.

    Args:
        arguments: for uv: `--upgrade` takes the newest of all, `--upgrade-package NAME` of one.
    """
    environment.ensure(environment.RUN)
    for target, sources in LOCKS.items():
        with step(f"{target} vastleggen"):
            subprocess.check_call(
                [environment.UV, "pip", "compile", *FLAGS, *arguments, *sources, "-o", target],
                cwd=environment.ROOT,
            )
    return 0
