"""Profiles: what share of a document, and of a region, goes to each dimension, instrument or topic.

Documents weigh equally: a region's share is the mean of its documents' shares, and its interval
comes from resampling whole documents, because sentences of one page are not independent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from yigai.coding import codebook
from yigai.compare.checks import UNKNOWN
from yigai.compare.comparability import allows

COLUMNS = ["unit", "name", "label", "share", "low", "high", "count", "n", "documents"]
SMALL = 5  # a cell of fewer sentences is shaded and not read


def marks(codes: pd.DataFrame, field: str = "dimensions") -> pd.DataFrame:
    """One row for each label of each coded body sentence; uncoded sentences keep an empty label.

    `codes` as coding.table gives it; `field` is dimensions, instruments or status.
    Columns: doc, item, label.
    """
    body = codes[codes["kind"] == "body"] if "kind" in codes else codes
    coded = body[(body["dimensions"] + body["instruments"]) != ""]
    listed = pd.DataFrame(
        {"doc": coded["doc"], "item": coded["sentence"], "label": coded[field].str.split(";")}
    )
    return listed.explode("label", ignore_index=True)


def topic_marks(passage_topics: pd.DataFrame) -> pd.DataFrame:
    """One row a passage with its topic: the marks of the topic profile. Columns: doc, item, label."""
    table = passage_topics.rename(columns={"passage": "item", "topic": "label"})
    return table[["doc", "item", "label"]].astype({"label": str}).reset_index(drop=True)


def view_marks(codes: pd.DataFrame, view: str) -> pd.DataFrame:
    """The same codes regrouped by another frame of the field (a crosswalk). Columns: doc, item, label.

    `view`: who_building_blocks, roberts_control_knobs, nhc_four_communities, nhc_2024_monitoring or
    hood_nato. A read-only regrouping: nothing is coded twice, and a code may stand in two groups.
    """
    groups = _crosswalk(view)
    body = codes[codes["kind"] == "body"] if "kind" in codes else codes
    coded = body[(body["dimensions"] + body["instruments"]) != ""]
    rows = [
        (doc, number, label)
        for doc, number, dims, tools, cues in zip(
            coded["doc"],
            coded["sentence"],
            coded["dimensions"],
            coded["instruments"],
            coded["cues"],
            strict=True,
        )
        for label in _groups_of(_labels(dims, tools, cues), groups) or [""]
    ]
    return pd.DataFrame(rows, columns=["doc", "item", "label"])


def views() -> tuple[str, ...]:
    """The crosswalks of the codebook that profiles can be shown in."""
    return tuple(name for name in codebook().crosswalks if name != "note")


def profiles(
    marked: pd.DataFrame,
    documents: pd.DataFrame,
    gate: pd.DataFrame,
    *,
    labels: Iterable[str] = (),
    resamples: int = 1000,
    random_state: int = 0,
) -> pd.DataFrame:
    """Shares of every label per case and per region, intervals only where the gate allows them.

    `marked` from marks, topic_marks or view_marks. A case's share is its items with the label over
    its items (n); a sentence may carry several labels, so shares need not add to one. A region's
    share is the mean of its documents' shares; low and high are the 2.5th and 97.5th percentile
    over resamples of whole documents. Columns: unit (case or region), name, label, share, low,
    high, count, n, documents.
    """
    shares, count, n = _by_document(marked, labels)
    cases = _cases(shares, count, n)
    if not allows(gate, "regional contrast"):
        return cases[COLUMNS]
    region = _regions(documents).reindex(shares.index)
    tables = [cases]
    for name, docs in sorted((str(k), list(v)) for k, v in region.groupby(region).groups.items()):
        bounds = _interval(shares.loc[docs], gate, name, resamples, random_state)
        tables.append(_region(name, shares.loc[docs], count.loc[docs], n.loc[docs], bounds))
    return pd.concat(tables, ignore_index=True)[COLUMNS]


def shown(profile: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    """The rows to draw: the regions where there are any, else the cases among `units`."""
    regions = profile[profile["unit"] == "region"]
    cases = profile[(profile["unit"] == "case") & profile["name"].isin(list(units))]
    return (cases if regions.empty else regions).reset_index(drop=True)


def crosstab(codes: pd.DataFrame) -> pd.DataFrame:
    """Instrument by dimension, counted in body sentences where both fire.

    Columns: instrument, dimension, count, documents, share (of the instrument's sentences), small
    (fewer than 5 sentences or one document: shown shaded, not to be read as a pattern).
    """
    tools, dims = marks(codes, "instruments"), marks(codes, "dimensions")
    both = tools.merge(
        dims, on=["doc", "item"], suffixes=("_tool", "_dim"), validate="many_to_many"
    )
    both = both[(both["label_tool"] != "") & (both["label_dim"] != "")]
    grouped = both.groupby(["label_tool", "label_dim"])["doc"].agg(["size", "nunique"])
    used = tools[tools["label"] != ""]["label"].value_counts()
    keys = [(tool.key, dim.key) for tool in codebook().instruments for dim in codebook().dimensions]
    cells = grouped.reindex(pd.MultiIndex.from_tuples(keys), fill_value=0)
    table = pd.DataFrame(keys, columns=["instrument", "dimension"])
    table["count"], table["documents"] = cells["size"].to_numpy(), cells["nunique"].to_numpy()
    total = table["instrument"].map(used).fillna(0).clip(lower=1)
    table["share"] = (table["count"] / total).round(6)
    return table.assign(small=(table["count"] < SMALL) | (table["documents"] < 2))


def _by_document(
    marked: pd.DataFrame, labels: Iterable[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    n = marked.drop_duplicates(["doc", "item"]).groupby("doc").size().rename("n").sort_index()
    named = marked[marked["label"] != ""].drop_duplicates(["doc", "item", "label"])
    wanted = list(labels) or sorted(named["label"].unique())
    count = pd.crosstab(named["doc"], named["label"])
    count = count.reindex(index=n.index, columns=wanted, fill_value=0)
    return count.div(n, axis=0), count, n


def _cases(shares: pd.DataFrame, count: pd.DataFrame, n: pd.Series) -> pd.DataFrame:
    rows = [
        ("case", doc, label, share, np.nan, np.nan, number, total, 1)
        for doc, own, counted, total in zip(
            shares.index, shares.to_numpy().round(6), count.to_numpy(), n, strict=True
        )
        for label, share, number in zip(shares.columns, own, counted, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _region(
    name: str,
    shares: pd.DataFrame,
    count: pd.DataFrame,
    n: pd.Series,
    bounds: tuple[np.ndarray, np.ndarray],
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": "region", "name": name, "label": shares.columns,
            "share": shares.mean().round(6).to_numpy(), "low": bounds[0], "high": bounds[1],
            "count": count.sum().to_numpy(), "n": int(n.sum()), "documents": len(shares),
        }
    )  # fmt: skip


def _interval(
    shares: pd.DataFrame, gate: pd.DataFrame, region: str, resamples: int, random_state: int
) -> tuple[np.ndarray, np.ndarray]:
    if not allows(gate, "share interval", region=region):
        nothing = np.full(shares.shape[1], np.nan)
        return nothing, nothing
    drawn = np.random.default_rng(random_state).integers(len(shares), size=(resamples, len(shares)))
    means = shares.to_numpy()[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5], axis=0).round(6)
    return low, high


def _regions(documents: pd.DataFrame) -> pd.Series:
    regions = documents["region"] if "region" in documents else documents["province"]
    known = regions.where(~regions.isin(UNKNOWN))
    return pd.Series(known.to_numpy(), index=documents["doc"].to_numpy())


def _crosswalk(view: str) -> dict[str, tuple[str, ...]]:
    if view not in views():
        raise KeyError(f"no view {view!r}; known: {', '.join(views())}")
    return {group: tuple(members) for group, members in codebook().crosswalks[view].items()}


@cache
def _subcode_of_cue() -> dict[tuple[str, str], str]:
    return {
        (dimension.key, cue): code.code
        for dimension in codebook().dimensions
        for code in dimension.codes
        for cue in (*code.weak, *code.strong)
    }


def _labels(dimensions: str, instruments: str, cues: str) -> set[str]:
    """Every name a sentence answers to: dimensions, the sub-codes of its cues, instruments."""
    found = set(filter(None, (*dimensions.split(";"), *instruments.split(";"))))
    found |= {f"instrument:{key}" for key in filter(None, instruments.split(";"))}
    for cue in filter(None, cues.split(";")):
        target, _, rest = cue.partition(":")
        if target in found:
            found.add(_subcode_of_cue().get((target, rest.rpartition("@")[0]), target))
    return found


def _groups_of(labels: set[str], groups: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [group for group, members in groups.items() if labels & set(members)]
