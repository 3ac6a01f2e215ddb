"""Score facts.indicators on hand-annotated sentences: python benchmarks/facts/score.py [development|heldout|FILE].

The sentences come from six provincial government work reports of 2025 and from local regulations; `development` (山西,
辽宁, 安徽) was used for tuning, `heldout` (福建, 河北, 江西) was annotated and set aside before the first rule was tuned.
Annotated by one reader of this project. A status of ? means that the bare sentence does not tell; a/b accepts either.
A name counts as right when one contains the other or when they share half of the shorter one's bigrams.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from yigai import facts

HERE = Path(__file__).parent
FIELDS = ("indicator", "comparator", "when", "status")


def bigrams(name):
    """The pairs of neighbouring signs of a name."""
    plain = "".join(sign for sign in name if sign not in "“”()（）的数率")
    return {plain[at : at + 2] for at in range(len(plain) - 1)} or {plain}


def right(field, found, wanted):
    """Whether one field of a row is right."""
    if field == "indicator":
        shared = bigrams(found) & bigrams(wanted)
        return bool(found) and (found in wanted or wanted in found or 2 * len(shared) >= min(len(bigrams(found)), len(bigrams(wanted))))
    if field == "when":
        return found == wanted or (wanted != "" and found[:4] == wanted[:4])
    return "?" in wanted.split("/") or found in wanted.split("/")


def read(path):
    """Sentences in order, each with its annotated rows."""
    sentences = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows = sentences.setdefault(row["sentence"], (row["text"], []))[1]
            if row["indicator"]:
                rows.append(row)
    return list(sentences.values())


def plain(unit):
    """A unit without the population or period it is counted per, except where that is the unit."""
    head, _, per = unit.partition("/")
    return unit if not head or per == "人" else head


def score(path):
    """Amounts (value and unit) right, rows with all five fields right, wrong fields, wanted and found rows."""
    sentences = read(path)
    table = facts.indicators([text for text, _ in sentences])
    amounts = whole = 0
    wrong = Counter()
    for position, (_, wanted) in enumerate(sentences):
        left = table[table["doc"] == position].to_dict("records")
        for case in wanted:
            same = [row for row in left if abs(abs(row["value"]) - abs(float(case["value"]))) < 1e-6 and plain(row["unit"]) == plain(case["unit"])]
            if not same:
                continue
            row = max(same, key=lambda row: right("indicator", row["indicator"], case["indicator"]))
            left.remove(row)
            errors = [field for field in FIELDS if not right(field, row[field], case[field])]
            amounts, whole = amounts + 1, whole + (not errors)
            wrong.update(errors)
    total = sum(len(wanted) for _, wanted in sentences) + len(table)
    return 2 * amounts / total, 2 * whole / total, dict(wrong), len(sentences), total - len(table)


if __name__ == "__main__":
    names = sys.argv[1:] or ["development", "heldout"]
    for name in names:
        path = Path(name) if Path(name).is_file() else HERE / f"{name}.csv"
        amount, five, errors, sentences, rows = score(path)
        print(f"{name}: {sentences} sentences, {rows} indicators; value and unit F1 {amount:.3f}; all five fields F1 {five:.3f}; wrong {errors}")
