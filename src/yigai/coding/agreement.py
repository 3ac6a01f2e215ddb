"""Agreement of two coders: Krippendorff's alpha and Cohen's kappa, code by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import pandas as pd

from yigai.coding.codebook import codebook


def alpha(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Krippendorff's alpha for two coders, nominal data, no missing values (Krippendorff 2011, C).

    One value throughout leaves alpha undefined: nan.

    >>> round(alpha("aabb", "abbb"), 6)  # by hand: 1 - 7 * 2 / (2 * 3 * 5)
    0.533333
    """
    values = Counter([*first, *second])
    total = sum(values.values())
    disagreeing = 2 * sum(a != b for a, b in zip(first, second, strict=True))
    expected = total**2 - sum(count**2 for count in values.values())
    return 1 - (total - 1) * disagreeing / expected if expected else float("nan")


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Cohen's kappa for two coders (Cohen 1960); nan when chance agreement is already complete.

    >>> kappa("aabb", "abbb")  # by hand: (.75 - .5) / (1 - .5)
    0.5
    """
    n = len(first)
    if not n:
        return float("nan")
    one, two = Counter(first), Counter(second)
    chance = sum(one[value] * two[value] for value in one) / n**2
    seen = sum(a == b for a, b in zip(first, second, strict=True)) / n
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def agreement(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Agreement of two filled worksheets per code, without the units both left empty.

    Both need unit, dimensions, instruments, status. For a dimension or an instrument the units are
    those in which at least one coder gave any code of that field, the value is given or not given;
    the status is one nominal variable. Columns: field, code, n, first, second, both, alpha, kappa.
    """
    fields = ["dimensions", "instruments", "status"]
    pair = first[["unit", *fields]].merge(
        second[["unit", *fields]], on="unit", how="inner", suffixes=("_1", "_2"), validate="one_to_one"
    )
    rows = [row for field in fields for row in _field(pair, field)]
    columns = ["field", "code", "n", "first", "second", "both", "alpha", "kappa"]
    return pd.DataFrame(rows, columns=columns)


def _field(pair: pd.DataFrame, field: str) -> list[tuple[object, ...]]:
    cells = [
        (set(filter(None, one.split(";"))), set(filter(None, two.split(";"))))
        for one, two in zip(pair[f"{field}_1"], pair[f"{field}_2"], strict=True)
    ]
    used = [cell for cell in cells if cell[0] or cell[1]]
    if field == "status":
        one = [";".join(sorted(cell[0])) for cell in used]
        two = [";".join(sorted(cell[1])) for cell in used]
        same = sum(a == b for a, b in zip(one, two, strict=True))
        return [(field, "all", len(used), len(used), len(used), same, *_both(one, two))]
    book = codebook()
    items = book.dimensions if field == "dimensions" else book.instruments
    return [_code(field, item.key, used) for item in items]


def _code(field: str, key: str, used: list[tuple[set[str], set[str]]]) -> tuple[object, ...]:
    one = [key in cell[0] for cell in used]
    two = [key in cell[1] for cell in used]
    both = sum(a and b for a, b in zip(one, two, strict=True))
    return (field, key, len(used), sum(one), sum(two), both, *_both(one, two))


def _both(one: Sequence[Hashable], two: Sequence[Hashable]) -> tuple[float, float]:
    return round(alpha(one, two), 6), round(kappa(one, two), 6)
