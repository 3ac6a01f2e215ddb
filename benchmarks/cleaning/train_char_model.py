"""Build the character model of the byte-slip repair from official texts beside the project.

Usage: python benchmarks/cleaning/train_char_model.py DATA [--leave-out 浙江 …] [--out FILE]

DATA holds `regulations_dev/`, `reports_dev/` (official documents, not protected: PRC Copyright Law
art. 5). jieba's dictionary (MIT) adds words by frequency. The seeds are public pages too, but only the
clean one (004) is counted, so that the figures on the damaged ones mean something. Deterministic.
"""

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba
import numpy as np
import opencc
import pandas as pd

from yigai.clean.slips_model import BITS, ORDER, SCALE, UNKNOWN, classed, pack

KEEP = {1: 1, 2: 1, 3: 2, 4: 3}  # least count of a shipped n-gram
GAIN = {1: 0, 2: 1.0, 3: 2.0, 4: 3.0}  # least ratio to what backing off would give
WORD_FREQUENCY = 30  # rarer dictionary words are left out
OUT = Path(__file__).parents[2] / "src" / "yigai" / "data" / "slips" / "char_model.npz"


def texts(data: Path, leave_out: frozenset[str]) -> Iterator[str]:
    """Yield the official texts of all provinces but those left out."""
    table = pd.read_parquet(data / "regulations_dev" / "regulations.parquet")
    for row in table.sort_values("doc_id").itertuples():
        if row.province not in leave_out:
            yield row.text
    for path in sorted((data / "reports_dev").glob("*.txt")):
        if path.stem.split("_")[1] not in leave_out:
            # the reports are few and their wording is closest to the pages: count them three times
            yield from [path.read_text(encoding="utf-8")] * 3


def seed_texts(root: Path) -> Iterator[str]:
    """Yield the one seed page whose body is clean."""
    for path in sorted((root / "seeds").glob("004_*.txt")):
        yield path.read_text(encoding="utf-8")


def lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with its official width, one newline before and after."""
    for line in text.splitlines():
        line = re.sub(r"^[#\s　*]+|<!--.{0,40}-->|[\s　]+", "", line)
        if line:
            yield "\n" + "".join(classed(char) for char in line) + "\n"


def ngram_counts(corpus: Iterable[str]) -> list[Counter[str]]:
    """Return the counts of the n-grams of order 1 to 4."""
    counts: list[Counter[str]] = [Counter() for _ in range(ORDER)]
    for text in corpus:
        for line in lines(text):
            for n in range(ORDER):
                counts[n].update(line[i : i + n + 1] for i in range(len(line) - n))
    return counts


def add_words(counts: list[Counter[str]]) -> None:
    """Add jieba's words, each weighted by the logarithm of its frequency."""
    with jieba.get_dict_file() as handle:
        for raw in handle:
            word, frequency = raw.decode("utf-8").split(" ")[:2]
            if len(word) < 2 or int(frequency) < WORD_FREQUENCY:
                continue
            weight = max(1, round(math.log10(int(frequency)) * 1.5 - 1))
            word = "".join(classed(char) for char in word)
            for n in range(ORDER):
                for i in range(len(word) - n):
                    counts[n][word[i : i + n + 1]] += weight


def smooth(counts: list[Counter[str]], symbols: dict[str, int]) -> tuple[dict[int, float], dict[int, float]]:
    """Return log probabilities and back-off weights after Witten and Bell (1991)."""
    total = sum(counts[0].values())
    types = len(symbols)
    probability: dict[str, float] = {}
    logp: dict[int, float] = {}
    backoff: dict[int, float] = {}
    uniform = 1 / 20_000
    for char, n in counts[0].items():
        probability[char] = (n + types * uniform) / (total + types)
        logp[pack((symbols[char],))] = math.log(probability[char])
    logp[pack((UNKNOWN,))] = math.log(types * uniform / (total + types))
    for order in range(1, ORDER):
        mass: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for gram, n in counts[order].items():
            mass[gram[:-1]] += n
            kinds[gram[:-1]] += 1
        longer: dict[str, float] = {}
        parents: set[str] = set()
        for gram in sorted(counts[order]):
            context, n = gram[:-1], counts[order][gram]
            lower = probability[gram[1:]]
            p = (n + kinds[context] * lower) / (mass[context] + kinds[context])
            longer[gram] = p
            # a longer n-gram that says little more than the shorter one is not worth its bytes
            gain = p / (lower * kinds[context] / (mass[context] + kinds[context]))
            if n >= KEEP[order + 1] and gain > GAIN[order + 1]:
                parents.add(context)
                logp[pack(tuple(symbols[c] for c in gram))] = math.log(p)
        for context in sorted(kinds):
            key = pack(tuple(symbols[c] for c in context))
            if key in logp and (order < 3 or context in parents):
                backoff[key] = math.log(kinds[context] / (mass[context] + kinds[context]))
        probability = longer
    return logp, backoff


def script_table() -> tuple[str, str]:
    """Return the traditional characters of GBK and the simplified form of each."""
    converter = opencc.OpenCC("t2s")
    pairs = []
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        plain = converter.convert(char)
        if len(plain) == 1 and plain != char and char.encode("gbk", "ignore"):
            pairs.append((char, plain))
    return "".join(a for a, _ in pairs), "".join(b for _, b in pairs)


def steps(keys: list[int]) -> np.ndarray:
    """Return sorted keys as differences, which compress well."""
    return np.diff(np.array(keys, dtype=np.int64), prepend=0)


def quantised(values: Iterable[float]) -> np.ndarray:
    """Return log probabilities in steps of 1/12 nat, one byte each."""
    return np.array([min(255, round(-value * SCALE)) for value in values], dtype=np.uint8)


def build(corpus: Iterable[str], out: Path) -> None:
    """Count, smooth and write the model to `out`."""
    counts = ngram_counts(corpus)
    add_words(counts)
    ranked = sorted(counts[0], key=lambda c: (-counts[0][c], c))[: 2**BITS - 1]
    symbols = {char: i for i, char in enumerate(ranked, start=1)}
    counts = [Counter({g: n for g, n in c.items() if all(x in symbols for x in g)}) for c in counts]
    logp, backoff = smooth(counts, symbols)
    keys, contexts = sorted(logp), sorted(backoff)
    traditional, simplified = script_table()
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        key_steps=steps(keys),
        logp=quantised(logp[k] for k in keys),
        context_steps=steps(contexts),
        backoff=quantised(backoff[k] for k in contexts),
        symbols=np.array("".join(ranked)),
        traditional=np.array(traditional),
        simplified=np.array(simplified),
    )
    print(f"{len(symbols)} symbols, {len(keys)} n-grams, {len(contexts)} contexts, {out.stat().st_size} bytes")


def main() -> None:
    """Read the command line and build the model."""
    parser = argparse.ArgumentParser(description="Build the character model of the byte-slip repair.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    corpus = [*texts(options.data, frozenset(options.leave_out)), *seed_texts(Path(__file__).parents[2])]
    build(corpus, options.out)


if __name__ == "__main__":
    main()
