"""Measured quality: coded sentences against a hand-coded reference, code by code."""

from __future__ import annotations

import pandas as pd

FIELDS = ("dimensions", "instruments")
COLUMNS = ["field", "code", "n", "coded", "hits", "precision", "recall", "f1"]


def _row(field: str, code: str, n: int, coded: int, hits: int) -> tuple[object, ...]:
    precision = hits / coded if coded else 0.0
    recall = hits / n if n else 0.0
    f1 = 2 * hits / (n + coded) if n + coded else 0.0
    return (field, code, n, coded, hits, round(precision, 6), round(recall, 6), round(f1, 6))


def score(reference: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall and F1 of every code and over all (micro), and the accuracy of the status.

    Both frames hold the same sentences in the same order, with dimensions, instruments, status.
    A code counts as a hit only in a sentence where the reference has it too. Columns: field, code,
    n (in the reference), coded, hits, precision, recall, f1; status has one row, accuracy as f1.

    >>> hand = pd.DataFrame({"dimensions": ["ORG;REF"], "instruments": ["SA"], "status": ["plan"]})
    >>> made = pd.DataFrame({"dimensions": ["ORG"], "instruments": ["SA"], "status": ["plan"]})
    >>> score(hand, made).query("field == 'dimensions' and code == 'all'").f1.item()
    0.666667
    """
    if len(reference) != len(coded):
        raise ValueError(f"score: {len(reference)} reference sentences, {len(coded)} coded ones")
    rows = [row for field in FIELDS for row in _field(field, reference[field], coded[field])]
    same = sum(a == b for a, b in zip(reference["status"], coded["status"], strict=True))
    rows.append(_row("status", "all", len(reference), len(coded), same))
    return pd.DataFrame(rows, columns=COLUMNS)


def _field(field: str, reference: pd.Series, coded: pd.Series) -> list[tuple[object, ...]]:
    hand = [set(filter(None, cell.split(";"))) for cell in reference]
    made = [set(filter(None, cell.split(";"))) for cell in coded]
    keys = sorted(set().union(*hand, *made))
    counts = [
        (
            key,
            sum(key in cell for cell in hand),
            sum(key in cell for cell in made),
            sum(key in a and key in b for a, b in zip(hand, made, strict=True)),
        )
        for key in keys
    ]
    total = [sum(count[place] for count in counts) for place in (1, 2, 3)]
    return [_row(field, *count) for count in counts] + [_row(field, "all", *total)]
