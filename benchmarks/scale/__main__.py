"""How the project behaves as a corpus grows, in one command: `python -m benchmarks.scale [--pages 1000 10000]`.

*Words*: texts to a TF-IDF matrix, and *clusters*: texts to topics, the plain way and the project
interleaved, medians of three. *Load*: `study.load` of a corpus of each size in a process of its own:
seconds, memory of the whole tree of processes, growth exponents, the same in one process, and again after
one page has changed. *Run* (`--whole`): the whole `yigai run`, likewise. Each result goes to
benchmarks/scale/results.json as soon as it is there (one size again replaces that size), and from there into
docs/scale.md with its figure (`--show` only writes these). Made pages can be made beforehand: `--made FOLDER --only-make`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.scale import corpus, page, process, ways

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
#: What benchmarks.scale.repeated has found.
REPEATED = HERE / "repeated.json"
LOAD = """
import sys, time
from yigai import report, study, workers
if sys.argv[2] == "one":
    workers.FEW = 10**9
begun = last = time.monotonic()
def say(line):
    global last
    if time.monotonic() - last > 20:
        last = time.monotonic()
        print(f"  {last - begun:5.0f} s  {line}", file=sys.stderr, flush=True)
case = study.load(sys.argv[1], say=say)
print(report.accounting(case))
"""
#: From so many pages on one measurement is made, not three.
LONG = 3000
#: From so many on, one page is changed and not three, one after the other.
HUGE = 30_000


def texts_of(megabytes: float) -> list[str]:
    """Made pages of about so many megabytes."""
    found: list[str] = []
    size = 0
    for _, text in corpus.pages(1_000_000):
        found.append(text)
        size += len(text.encode())
        if size > megabytes * 1e6:
            break
    return found


def median(runs: list[process.Measured]) -> dict[str, Any]:
    """The run of median seconds, and the highest memory of all."""
    middle = sorted(runs)[len(runs) // 2]
    return middle._asdict() | {"memory_mb": max(run.memory_mb for run in runs), "runs": len(runs)}


def load(pages: Path, cache: Path, how: str = "all") -> process.Measured:
    """`study.load` in a process of its own."""
    return process.run([sys.executable, "-c", LOAD, str(pages), how], {"YIGAI_CACHE": str(cache)})


def whole(pages: Path, cache: Path, out: Path) -> process.Measured:
    """`yigai run` in a process of its own."""
    command = [sys.executable, "-m", "yigai", "run", "--corpus", str(pages), "--out", str(out)]
    return process.run(command, {"YIGAI_CACHE": str(cache)})


@contextmanager
def changed(pages: Path, number: int) -> Iterator[None]:
    """One page with a line more."""
    path = pages / f"page{number:07d}.txt"
    before = path.read_bytes()
    path.write_bytes(before + "\n新增一段：组建3个医共体。".encode())
    try:
        yield
    finally:
        path.write_bytes(before)


def of_load(size: int, pages: Path, place: Path) -> Iterator[dict[str, Any]]:
    """`study.load` from nothing, in one process where that is quick, and again with one page changed; given anew after each."""
    found: dict[str, Any] = {"pages": size}
    times = 1 if size > LONG else ways.ROUNDS
    found["full"] = median([load(pages, place / f"cache{n}") for n in range(times)])
    yield found
    again = []
    for turn in range(1 if size > HUGE else ways.ROUNDS):
        with changed(pages, (turn * 37 + size // 2) % size):
            again.append(load(pages, place / "cache0"))
        found["changed"] = median(again)
        yield found
    if size <= LONG:
        found["one process"] = median([load(pages, place / f"one{n}", "one") for n in range(times)])
        yield found


def of_run(size: int, pages: Path, place: Path) -> Iterator[dict[str, Any]]:
    """`yigai run` from nothing, again with one page changed, and whether the tables are those of a run from nothing."""
    found: dict[str, Any] = {"pages": size, "full": whole(pages, place / "cache", place / "out")._asdict()}
    yield found
    with changed(pages, size // 2):
        found["changed"] = whole(pages, place / "cache", place / "out")._asdict()
        yield found
        if size <= LONG:
            whole(pages, place / "nothing", place / "fresh")
            found["identical"] = tables(place / "out") == tables(place / "fresh")
            yield found


def tables(out: Path) -> dict[str, str]:
    """The hash of each table of a run; `changes` tells of the run before and is no table of the pages."""
    paths = [path for path in sorted((out / "tables").glob("*.*")) if path.stem != "changes"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def exponents(found: list[dict[str, Any]], what: str = "seconds") -> list[float]:
    """Growth exponents of a measure from size to size; 1 is linear."""
    return [
        round(math.log(large["full"][what] / small["full"][what]) / math.log(large["pages"] / small["pages"]), 3)
        for small, large in pairwise(found)
    ]


def results(path: Path | None = None) -> dict[str, Any]:
    """What is kept."""
    kept = path or RESULTS
    return dict(json.loads(kept.read_text(encoding="utf-8"))) if kept.exists() else {}


def keep(name: str, value: object) -> None:
    """Put one result beside the others."""
    put({name: value})
    tell(name, value)


def put(found: dict[str, Any]) -> None:
    """Put results beside the others, on the disk."""
    RESULTS.write_text(json.dumps(results() | found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def tell(name: str, value: object) -> None:
    """Show one result, with the time of day."""
    print(time.strftime("%H:%M:%S"), name, json.dumps(value, ensure_ascii=False), flush=True)


def keep_size(name: str, one: dict[str, Any]) -> None:
    """Put what is known of one size in the place of what was known of it."""
    others = [other for other in results().get(name, []) if other["pages"] != one["pages"]]
    found = sorted([*others, one], key=lambda other: int(other["pages"]))
    growth = {f"growth of {what}, {name}": exponents(found, what) for what in ("seconds", "cpu")}
    put({name: found} | growth)
    for title, value in ((name, one), *growth.items()):
        tell(title, value)


def made(folder: Path, size: int) -> Path:
    """The folder of a corpus of so many made pages, made where it is not there whole."""
    pages = folder / f"pages{size}"
    if not (pages / f"page{size - 1:07d}.txt").exists():
        print(f"{time.strftime('%H:%M:%S')} making {size} pages", flush=True)
        corpus.write(pages, size)
    return pages


def main() -> None:
    """Measure what is asked for and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 10000], help="sizes of study.load")
    parser.add_argument("--whole", type=int, nargs="*", default=[1000], help="sizes of the whole run")
    parser.add_argument("--megabytes", type=float, default=20.0, help="of texts for words; 0 leaves the ways out")
    parser.add_argument("--made", type=Path, help="a folder in which made pages are kept for another time")
    parser.add_argument("--only-make", action="store_true", help="only make the pages of --made")
    parser.add_argument("--show", action="store_true", help="only write docs/scale.md and its figure again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = options.made or Path(place)
        if options.only_make:
            for size in {*options.pages, *options.whole}:
                made(folder, size)
            return
        if not options.show:
            measure(options.pages, options.whole, options.megabytes, folder)
    page.write(results() | {"repeated": results(REPEATED)})


def measure(sizes: list[int], runs: list[int], megabytes: float, folder: Path) -> None:
    """Everything, each result kept as soon as it is there."""
    if megabytes:
        keep("words", ways.compared(ways.WORDS, texts_of(megabytes)) | {"megabytes": megabytes})
        keep("clusters", ways.compared(ways.CLUSTERS, texts_of(3.0)) | {"megabytes": 3.0})
    for name, wanted, of in (("load", sizes, of_load), ("run", runs, of_run)):
        for size in wanted:
            with tempfile.TemporaryDirectory() as place:
                for one in of(size, made(folder, size), Path(place)):
                    keep_size(name, one)


if __name__ == "__main__":
    main()
