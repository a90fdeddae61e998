"""Measure the search in a register: time, and whether the right organisation is in the first ten.

    python benchmarks/kbo_search.py KBO_DIR [--queries 2000] [--seed 7]

Queries are made from names of organisations in the register, drawn by chance. An answer is right
when it has the number or exactly the name that was meant. A query that ten organisations answer
equally well, since all its words as typed are in their names and towns or begin words of these,
tells too little: it is counted apart, with `told` as the share that remains. CPU time, since others
use the machine. To reach: p95 of 5 ms, 0.995 without and 0.97 with a typo.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "src"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FIRST = 10
BEGIN = 3


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
WITHOUT: dict[str, Make] = {
    "whole name": lambda rng, words, town: words,
    "beginning": lambda rng, words, town: beginning(rng, words),
    "beginning + town": lambda rng, words, town: [*beginning(rng, words), *town],
    "two words + town": lambda rng, words, town: [*words[:2], *town],
}
WITH: dict[str, Make] = {
    "typo": lambda rng, words, town: with_typo(rng, words),
    "typo + town": lambda rng, words, town: [*with_typo(rng, words), *town],
}


@dataclass
class Asked:
    """One query, what was meant, and how it went."""

    kind: str
    words: list[str]
    meant: Any
    milliseconds: float = 0.0
    right: bool = False
    ambiguous: bool = False


def draw(reader: Any, count: int, seed: int) -> Iterator[Asked]:
    """Queries of all kinds, as many of each."""
    from partnerwijzer.kbo import register
    from partnerwijzer.kbo.index import words

    rng = random.Random(seed)
    lowest, highest = reader.rows("SELECT min(number), max(number) FROM enterprise")[0]
    sql = "SELECT number FROM enterprise WHERE number >= ? ORDER BY number LIMIT 1"
    kinds = {**WITHOUT, **WITH}
    for kind, make in kinds.items():
        made = 0
        while made < count // len(kinds):
            number = reader.rows(sql, (rng.randint(lowest, highest),))[0][0]
            meant = register.lookup(f"{number:010d}")
            name = words(meant.name) if meant else []
            if meant is not None and meant.seat is not None and name:
                made += 1
                yield Asked(kind, make(rng, name, words(meant.seat.town)), meant)


def ask(one: Asked) -> None:
    """Search, in this process."""
    from partnerwijzer.kbo import register

    began = time.thread_time()
    hits = register.search(" ".join(one.words), limit=FIRST)
    one.milliseconds = (time.thread_time() - began) * 1000
    one.right = any(hit.number == one.meant.number or hit.name == one.meant.name for hit in hits)


def mark_ambiguous(reader: Any, missed: list[Asked]) -> None:
    """Those whose words as typed all begin words in the names and town of ten organisations."""
    from partnerwijzer.kbo.index import words
    from partnerwijzer.kbo.tables import place, unpack

    sql = """SELECT coalesce(establishment.enterprise, name.entity), name.packed, address.packed
        FROM name LEFT JOIN establishment ON establishment.number = name.entity
        LEFT JOIN address ON address.entity = name.entity"""
    fitting: dict[int, set[int]] = {index: set() for index in range(len(missed))}
    by_begin: dict[str, list[int]] = {}  # of its longest word, so that few are compared
    for index, one in enumerate(missed):
        by_begin.setdefault(max(one.words, key=len)[:BEGIN], []).append(index)
    for owner, names, address in reader.rows(sql):
        text = " ".join(record[2] for record in unpack(names, 3))
        there = set(words(f"{text} {' '.join(place(address))}"))
        for begin in {word[:BEGIN] for word in there} & by_begin.keys():
            for index in by_begin[begin]:
                typed = missed[index].words
                if all(any(word.startswith(each) for word in there) for each in typed):
                    fitting[index].add(owner)
    for index, one in enumerate(missed):
        one.ambiguous = len(fitting[index] - {int(one.meant.number)}) >= FIRST


def show(label: str, asked: list[Asked]) -> None:
    told = [one for one in asked if not one.ambiguous]
    times = sorted(one.milliseconds for one in asked)
    print(
        f"{label:18} hit@10 {sum(one.right for one in told) / len(told):.3f}"
        f" (told {len(told) / len(asked):.3f}, all {sum(o.right for o in asked) / len(asked):.3f})"
        f"   p50 {times[len(times) // 2]:.1f} ms   p95 {times[len(times) * 95 // 100]:.1f} ms"
        f"   max {times[-1]:.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    options = parser.parse_args()
    sys.path.insert(0, str(SOURCE))
    from django.conf import settings

    settings.configure(KBO_DIR=options.folder, USE_I18N=False, USE_TZ=True)
    from partnerwijzer.kbo import generation

    reader = generation.in_use()
    assert reader is not None, "no register in this folder"
    asked = list(draw(reader, options.queries, options.seed))
    for one in asked:
        ask(one)
    mark_ambiguous(reader, [one for one in asked if not one.right])
    for kind in (*WITHOUT, *WITH):
        show(kind, [one for one in asked if one.kind == kind])
    show("all without typo", [one for one in asked if one.kind in WITHOUT])
    show("all with typo", [one for one in asked if one.kind in WITH])
    show("all", asked)
    if options.misses:
        for one in asked:
            if not one.right and not one.ambiguous:
                print(f"  {one.kind}: {' '.join(one.words)} -> {one.meant.name}")


if __name__ == "__main__":
    main()
