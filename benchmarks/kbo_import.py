"""Measure an import of the register against one pass of Python's csv reader over the same zip.

    python benchmarks/kbo_import.py full.zip [update.zip] [--repeat 3] [--keep FOLDER]

Prints wall time, CPU time and peak memory, and their ratio to the pass: of each the median of the
repeats with their spread, pass and import in turn, so that other work on the machine hits both. To
reach: 2.0 times the pass and 700 MB, index included. Make the files with kbo_extract.py; `--keep`
leaves the register in a folder, for kbo_search.py and kbo_http.py.
"""

import argparse
import csv
import io
import json
import resource
import shutil
import statistics
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


def show(label: str, runs: list[dict[str, float]], base: list[dict[str, float]]) -> None:
    wall, cpu = (statistics.median(run[name] for run in runs) for name in ("wall", "cpu"))
    noise = {n: spread([run[n] for run in runs]) for n in ("wall", "cpu")}
    ratio = {
        name: statistics.median(r[name] / b[name] for r, b in zip(runs, base, strict=True))
        for name in ("wall", "cpu")
    }
    print(
        f"{label:14} {runs[0]['rows'] / 1e6:6.2f} M rows"
        f"  {wall:6.1f} s wall ±{noise['wall']:.0f} % (x{ratio['wall']:.2f})"
        f"  {cpu:6.1f} s CPU ±{noise['cpu']:.0f} % (x{ratio['cpu']:.2f})"
        f"  {max(run['peak_mb'] for run in runs):4.0f} MB"
    )


def spread(values: list[float]) -> float:
    """Half of what lies between the least and the most, in per cent of the median."""
    return 50 * (max(values) - min(values)) / statistics.median(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--work", choices=("read", "import"))
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    if options.work:
        work(options.work, options.paths[0], options.folder)
        return
    base: list[dict[str, float]] = []
    imports: dict[Path, list[dict[str, float]]] = {path: [] for path in options.paths}
    for _time in range(options.repeat):
        base.append(measured("read", options.paths[0], ""))
        with tempfile.TemporaryDirectory() as folder:
            for path in options.paths:
                imports[path].append(measured("import", path, folder))
            if options.keep:
                shutil.rmtree(options.keep, ignore_errors=True)
                shutil.copytree(folder, options.keep)
    show("csv reader", base, base)
    for path, runs in imports.items():
        show("full" if path == options.paths[0] else "update", runs, base)


if __name__ == "__main__":
    main()
