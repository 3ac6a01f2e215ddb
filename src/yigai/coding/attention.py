"""Attention: how often each code fires in each document, with n and an interval."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pandas as pd

from yigai.coding.codebook import codebook

Z95 = 1.959964


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927, eq. for p given n), rounded to 6 digits.

    >>> wilson(5, 10)
    (0.236593, 0.763407)
    """
    if not n:
        return 0.0, 1.0
    share, spread = hits / n, Z95**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    return round(max(0.0, centre - half), 6), round(min(1.0, centre + half), 6)


def shares(codes: pd.DataFrame, *, field: str = "dimensions", kind: str = "body") -> pd.DataFrame:
    """Share of a document's coded sentences that carry each code, so that long documents weigh no more.

    `field` is dimensions, instruments or status; sentences of another `kind` (headings) are left
    out and counted apart by calling again. Columns: doc, code, hits, n, share, low, high.
    """
    body = codes[(codes["kind"] == kind) & (codes["dimensions"] + codes["instruments"] != "")]
    rows = []
    for doc, found in body.groupby("doc", sort=False):
        cells = [cell.split(";") for cell in found[field]]
        for key in _keys(field):
            hits = sum(key in cell for cell in cells)
            low, high = wilson(hits, len(cells))
            share = round(hits / len(cells), 6)
            rows.append((doc, key, hits, len(cells), share, low, high))
    return pd.DataFrame(rows, columns=["doc", "code", "hits", "n", "share", "low", "high"])


def _keys(field: str) -> list[str]:
    book = codebook()
    items: dict[str, tuple[Any, ...]]
    items = {"dimensions": book.dimensions, "instruments": book.instruments, "status": book.statuses}
    if field not in items:
        raise KeyError(f"no field {field!r}; valid: {', '.join(items)}")
    return [item.key for item in items[field]]


def cross(codes: pd.DataFrame, *, kind: str = "body") -> pd.DataFrame:
    """Instrument by dimension: in how many sentences both fire. Index instruments, columns dimensions."""
    body = codes[codes["kind"] == kind]
    pairs = [
        (tool, dim)
        for tools, dims in zip(body["instruments"], body["dimensions"], strict=True)
        for tool in filter(None, tools.split(";"))
        for dim in filter(None, dims.split(";"))
    ]
    counted = pd.Series(pairs, dtype=object).value_counts()
    cells = [[int(counted.get((tool, dim), 0)) for dim in _keys("dimensions")] for tool in _keys("instruments")]
    return pd.DataFrame(cells, index=_keys("instruments"), columns=_keys("dimensions"))


def families(codes: pd.DataFrame, *, kind: str = "body") -> pd.DataFrame:
    """Supply, environment and demand shares of the instruments used in each document.

    Published anchors: national medical-alliance policies 38 / 46 / 15 %, county communities
    41 / 33 / 26 %. Columns: doc, family, label, hits, n, share, low, high.
    """
    book = codebook()
    family = {item.key: item.family for item in book.instruments}
    rows = []
    for doc, found in codes[codes["kind"] == kind].groupby("doc", sort=False):
        used = [family[key] for cell in found["instruments"] for key in cell.split(";") if key]
        for name, label in book.families.items():
            hits, n = used.count(name), len(used)
            share = round(hits / n, 6) if n else 0.0
            rows.append((doc, name, label, hits, n, share, *wilson(hits, n)))
    return pd.DataFrame(rows, columns=["doc", "family", "label", "hits", "n", "share", "low", "high"])
