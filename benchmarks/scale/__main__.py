"""Measure the project beside the plain way, in one run: `python -m benchmarks.scale [--pages 1000 10000]`.

Two parts. *Words*: texts to a TF-IDF matrix, the plain way (TfidfVectorizer with jieba.lcut) and the
project on one and on two cores, interleaved, medians of three. *Runs*: the whole measuring of a corpus
of each size in a process of its own, seconds and peak memory, the growth exponent, and a second run
after one page has changed. Results go to benchmarks/scale/results.json and are shown in docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from benchmarks.scale import corpus

HERE = Path(__file__).parent
ROUNDS = 3
ONE_RUN = """
import json, resource, sys, time
begun = time.monotonic()
from yigai import study
case = study.load(sys.argv[1])
rows = {name: len(table) for name, table in case.tables.items()}
mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"seconds": time.monotonic() - begun, "memory_mb": (mine + 2 * worker) / 1024, "rows": rows["sentences"]}))
"""


def plain(texts: list[str]) -> object:
    """What a notebook does today."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(texts)


def one_core(texts: list[str]) -> object:
    """The project in one process."""
    from yigai.topics import vectors

    return vectors.tfidf(vectors.count(texts))


def two_cores(texts: list[str]) -> object:
    """The project with two worker processes."""
    from yigai.topics import vectors

    return vectors.tfidf(vectors.count(texts, workers=2))


def words(megabytes: float) -> dict[str, float]:
    """Median seconds of each way on the same texts, interleaved."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    texts, size = [], 0
    for _, text in corpus.pages(1_000_000):
        texts.append(text)
        size += len(text.encode())
        if size > megabytes * 1e6:
            break
    ways: tuple[Callable[[list[str]], object], ...] = (plain, one_core, two_cores)
    for way in ways:
        way(texts[:20])
    taken: dict[str, list[float]] = {way.__name__: [] for way in ways}
    for _ in range(ROUNDS):
        for way in ways:
            begun = time.monotonic()
            way(texts)
            taken[way.__name__].append(time.monotonic() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()} | {"megabytes": size / 1e6}


def run(folder: Path, cache: Path) -> dict[str, float]:
    """One measuring of a corpus in a process of its own."""
    environment = {**os.environ, "YIGAI_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", ONE_RUN, str(folder)], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def runs(sizes: list[int]) -> list[dict[str, float]]:
    """A full run of each size, and one after a page has changed."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = corpus.write(Path(place) / "pages", size)
            full = run(folder, Path(place) / "cache")
            changed = folder / f"page{size // 2:07d}.txt"
            changed.write_text(changed.read_text(encoding="utf-8") + "\n新增一段：组建3个医共体。", encoding="utf-8")
            again = run(folder, Path(place) / "cache")
            found.append({"pages": size, **full, "again": again["seconds"]})
            print(found[-1], flush=True)
    return found


def exponents(found: list[dict[str, float]]) -> list[float]:
    """Growth exponents of the seconds from size to size; 1 is linear."""
    return [
        math.log(large["seconds"] / small["seconds"]) / math.log(large["pages"] / small["pages"])
        for small, large in pairwise(found)
    ]


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--megabytes", type=float, default=20.0)
    options = parser.parse_args()
    compared = words(options.megabytes)
    print(compared, flush=True)
    found = runs(options.pages)
    results = {
        "words": compared,
        "ratio_one_core": compared["plain"] / compared["one_core"],
        "ratio_two_cores": compared["plain"] / compared["two_cores"],
        "runs": found,
        "growth": exponents(found),
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({key: results[key] for key in ("ratio_one_core", "ratio_two_cores", "growth")}))


if __name__ == "__main__":
    main()
