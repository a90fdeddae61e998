"""Measure the search in a register: time, and whether the right organisation is in the first ten.

    python benchmarks/kbo_search.py KBO_DIR [--queries 2000] [--seed 7]

Queries are made from names of organisations in the register, drawn by chance. An answer is right
when it has the number or exactly the name that was meant. CPU time, since others use the machine.
To reach: p95 of 5 ms, 0.995 without and 0.97 with a typo, for queries that tell enough.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def typo(rng: random.Random, word: str) -> str:
    """A word with one letter left out, added, changed or swapped."""
    place, kind = rng.randrange(1, len(word)), rng.randrange(4)
    before, after = word[:place], word[place:]
    if kind == 0:
        return before + after[1:]
    if kind == 1:
        return before + rng.choice(LETTERS) + after
    if kind == 2:
        return before + rng.choice(LETTERS) + after[1:]
    return before[:-1] + after[0] + before[-1] + after[1:]


def with_typo(rng: random.Random, words: list[str]) -> list[str]:
    """The same words with a typo in the longest, when it is long enough to be recognised."""
    longest = max(words, key=len)
    return [typo(rng, word) if word is longest and len(word) > 4 else word for word in words]


def beginning(rng: random.Random, words: list[str]) -> list[str]:
    """The same words, the last one not typed to the end."""
    return [*words[:-1], words[-1][: max(3, rng.randrange(len(words[-1])))]]


Make = Callable[[random.Random, list[str], list[str]], list[str]]
QUERIES: dict[str, Make] = {
    "whole name": lambda rng, words, town: words,
    "beginning + town": lambda rng, words, town: [*beginning(rng, words), *town],
    "two words + town": lambda rng, words, town: [*words[:2], *town],
    "typo": lambda rng, words, town: with_typo(rng, words),
    "typo + town": lambda rng, words, town: [*with_typo(rng, words), *town],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    sys.path.insert(0, str(SOURCE))
    from django.conf import settings

    settings.configure(KBO_DIR=options.folder, USE_I18N=False, USE_TZ=True)
    from partnerwijzer.kbo import generation, register
    from partnerwijzer.kbo.index import words

    rng = random.Random(options.seed)
    reader = generation.in_use()
    assert reader is not None, "no register in this folder"
    lowest, highest = reader.rows("SELECT min(number), max(number) FROM enterprise")[0]
    sql = "SELECT number FROM enterprise WHERE number >= ? ORDER BY number LIMIT 1"
    for label, make in QUERIES.items():
        times, right = [], 0
        while len(times) < options.queries // len(QUERIES):
            number = reader.rows(sql, (rng.randint(lowest, highest),))[0][0]
            meant = register.lookup(f"{number:010d}")
            name = words(meant.name) if meant else []
            if meant is None or meant.seat is None or not name:
                continue
            query = " ".join(make(rng, name, words(meant.seat.town)))
            began = time.thread_time()
            hits = register.search(query, limit=10)
            times.append((time.thread_time() - began) * 1000)
            right += any(hit.number == meant.number or hit.name == meant.name for hit in hits)
        times.sort()
        print(
            f"{label:18} hit@10 {right / len(times):.3f}   p50 {times[len(times) // 2]:.1f} ms"
            f"   p95 {times[len(times) * 95 // 100]:.1f} ms   max {times[-1]:.1f} ms"
        )


if __name__ == "__main__":
    main()
