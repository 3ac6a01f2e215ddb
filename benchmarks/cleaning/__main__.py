"""Run the benchmark: python -m benchmarks.cleaning [--seed N] [--rounds N] [--only yigai] [--show KIND]."""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cleaning.compose import TEXTS, excerpts, samples
from benchmarks.cleaning.peers import CLEANERS
from benchmarks.cleaning.score import Score, false_edits, score

# Scores of the pinned floors are measured with this seed; defects are looked for with others.
FLOOR_SEED = 20261122


def measure(name: str, *, seed: int, rounds: int, folder: Path = TEXTS) -> tuple[dict[str, float], list[Score]]:
    """Return the figures of one cleaner: per kind, per document, on clean text."""
    cleaner = CLEANERS[name]
    pages = samples(seed=seed, rounds=rounds, folder=folder)
    start = time.perf_counter()
    outputs = [cleaner(page.dirty) for page in pages]
    seconds = time.perf_counter() - start
    scores = [score(page, output) for page, output in zip(pages, outputs, strict=True)]
    figures = {
        "f1": sum(s.f1 for s in scores) / len(scores),
        "numbers exact": sum(s.numbers_exact for s in scores) / len(scores),
        "spoiled": 10_000 * sum(s.harm for s in scores) / sum(len(p.clean) for p in pages),
        "harm": harm(name, folder),
        "ms a page": 1000 * seconds / len(pages),
    }
    right, changed, total = (sum((getattr(s, f) for s in scores), Counter()) for f in ("right", "changed", "total"))
    for kind in sorted(total):
        figures[f"{kind} recall"] = right[kind] / total[kind]
        figures[f"{kind} precision"] = right[kind] / changed[kind] if changed[kind] else 0.0
    return {key: round(value, 6) for key, value in figures.items()}, scores


def harm(name: str, folder: Path = TEXTS) -> float:
    """Return the false edits on clean official text per 10,000 characters."""
    cleaner = CLEANERS[name]
    texts = ["\n".join(lines) for _, lines in excerpts(folder)]
    return 10_000 * sum(len(false_edits(t, cleaner(t))) for t in texts) / sum(map(len, texts))


def table(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as a table, a row a measure, a column a cleaner."""
    names = list(figures)
    rows = ["| measure | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    for key in figures[names[0]]:
        rows.append(f"| {key} | " + " | ".join(f"{figures[name].get(key, 0):.3f}" for name in names) + " |")
    return "\n".join(rows)


def failures(scores: Sequence[Score], kind: str) -> list[str]:
    """Return what went wrong with one kind of dirt, the commonest first."""
    found = Counter(f"{before!r} -> {got!r} in {around!r}" for s in scores for k, before, got, around in s.failures if k == kind)
    return [f"{n}x {text}" for text, n in found.most_common(25)]


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cleaning")
    parser.add_argument("--seed", type=int, default=FLOOR_SEED)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=list(CLEANERS), choices=list(CLEANERS))
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--show", nargs="*", default=[])
    options = parser.parse_args()
    results = {name: measure(name, seed=options.seed, rounds=options.rounds, folder=options.texts) for name in options.only}
    print(table({name: figures for name, (figures, _) in results.items()}))
    for kind in options.show:
        for line in failures(results[options.only[0]][1], kind):
            print(kind, line)


if __name__ == "__main__":
    main()
