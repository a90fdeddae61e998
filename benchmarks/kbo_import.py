"""Measure an import of the register against one pass of Python's csv reader over the same zip.

    python benchmarks/kbo_import.py full.zip [update.zip]

Prints wall time, CPU time and peak memory, and their ratio to the pass. To reach: 2.0 times the
wall time of the pass and 700 MB, index included. Make the files with kbo_extract.py.
"""

import argparse
import csv
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"


def read_once(path: Path) -> int:
    """One pass of the csv reader over all files. Gives the number of rows."""
    rows = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as raw:
                for _row in csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline="")):
                    rows += 1
    return rows


def import_once(path: Path, folder: str) -> int:
    """Import into a register in this folder. Gives the number of rows read."""
    sys.path.insert(0, str(SOURCE))
    from django.conf import settings

    settings.configure(KBO_DIR=folder, USE_I18N=False, USE_TZ=True)
    from partnerwijzer.kbo.importer import import_extract

    return sum(count.read for count in import_extract(path).files)


def measured(work: str, path: Path, folder: str) -> dict[str, float]:
    """Do one piece of work in a process of its own, and what it took."""
    command = [sys.executable, __file__, "--work", work, "--folder", folder, str(path)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return dict(json.loads(result.stdout))


def work(name: str, path: Path, folder: str) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    rows = read_once(path) if name == "read" else import_once(path, folder)
    took = {
        "rows": rows,
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(took))


def show(label: str, took: dict[str, float], base: dict[str, float]) -> None:
    rate = took["rows"] / took["wall"] / 1e6
    print(
        f"{label:12} {took['rows'] / 1e6:7.2f} M rows  {took['wall']:6.1f} s wall ({rate:.2f} M/s)"
        f"  {took['cpu']:6.1f} s CPU  {took['peak_mb']:4.0f} MB"
        f"  wall x{took['wall'] / base['wall']:.2f}  CPU x{took['cpu'] / base['cpu']:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--work", choices=("read", "import"))
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    if options.work:
        work(options.work, options.paths[0], options.folder)
        return
    base = measured("read", options.paths[0], "")
    show("csv reader", base, base)
    with tempfile.TemporaryDirectory() as folder:
        for path in options.paths:
            show(f"import {path.stem}"[:12], measured("import", path, folder), base)


if __name__ == "__main__":
    main()
