"""How the project behaves as a corpus grows, in one command: `python -m benchmarks.scale [--pages 1000 10000]`.

*Words*: texts to a TF-IDF matrix, and *clusters*: texts to topics, the plain way and the project
interleaved, medians of three. *Load*: `study.load` of a corpus of each size in a process of its own:
seconds, memory of the whole tree of processes, growth exponents, the same in one process, and again after
one page has changed. *Run* (`--whole`): the whole `yigai run`, likewise. Results go to
benchmarks/scale/results.json, and from there into docs/scale.md with its figure
(`--show` only writes these).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.scale import corpus, page, process, ways

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
LOAD = """
import sys
from yigai import report, study, workers
if sys.argv[2] == "one":
    workers.FEW = 10**9
case = study.load(sys.argv[1])
print(report.accounting(case))
"""
#: From so many pages on one measurement is made, not three.
LONG = 3000


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


def change(pages: Path, number: int) -> None:
    """Change one page."""
    path = pages / f"page{number:07d}.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n新增一段：组建3个医共体。", encoding="utf-8")


def of_load(size: int, place: Path) -> dict[str, Any]:
    """`study.load` from nothing, in one process where that is quick, and again with one page changed."""
    pages = corpus.write(place / "pages", size)
    times = 1 if size > LONG else ways.ROUNDS
    found: dict[str, Any] = {"pages": size, "full": median([load(pages, place / f"cache{n}") for n in range(times)])}
    if size <= LONG:
        found["one process"] = median([load(pages, place / f"one{n}", "one") for n in range(times)])
    again = []
    for turn in range(ways.ROUNDS):
        change(pages, (turn * 37 + size // 2) % size)
        again.append(load(pages, place / "cache0"))
    return found | {"changed": median(again)}


def of_run(size: int, place: Path) -> dict[str, Any]:
    """`yigai run` from nothing, again with one page changed, and whether the tables are those of a run from nothing."""
    pages = corpus.write(place / "pages", size)
    full = whole(pages, place / "cache", place / "out")
    change(pages, size // 2)
    changed = whole(pages, place / "cache", place / "out")
    found = {"pages": size, "full": full._asdict(), "changed": changed._asdict()}
    if size <= LONG:
        whole(pages, place / "nothing", place / "fresh")
        found["identical"] = tables(place / "out") == tables(place / "fresh")
    return found


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


def keep(name: str, value: object) -> None:
    """Put one result beside the others."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[name] = value
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(name, json.dumps(value, ensure_ascii=False), flush=True)


def main() -> None:
    """Measure what is asked for and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 10000], help="sizes of study.load")
    parser.add_argument("--whole", type=int, nargs="*", default=[1000], help="sizes of the whole run")
    parser.add_argument("--megabytes", type=float, default=20.0, help="of texts for words; 0 leaves the ways out")
    parser.add_argument("--show", action="store_true", help="only write docs/scale.md and its figure again")
    options = parser.parse_args()
    if not options.show:
        measure(options.pages, options.whole, options.megabytes)
    page.write(json.loads(RESULTS.read_text(encoding="utf-8")))


def measure(sizes: list[int], runs: list[int], megabytes: float) -> None:
    """Everything, each result kept as soon as it is there."""
    if megabytes:
        keep("words", ways.compared(ways.WORDS, texts_of(megabytes)) | {"megabytes": megabytes})
        keep("clusters", ways.compared(ways.CLUSTERS, texts_of(3.0)) | {"megabytes": 3.0})
    loads = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            loads.append(of_load(size, Path(place)))
        keep("load", loads)
        keep("growth of seconds", exponents(loads))
        keep("growth of cpu", exponents(loads, "cpu"))
    found = []
    for size in runs:
        with tempfile.TemporaryDirectory() as place:
            found.append(of_run(size, Path(place)))
        keep("run", found)
        keep("growth of runs", exponents(found))


if __name__ == "__main__":
    main()
