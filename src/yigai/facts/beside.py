"""Which indicators may stand side by side, of different cases and of a case and its parent document, and why others may not."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from yigai.facts import labels

COLUMNS = ["family", "unit", "doc", "indicator", "comparator", "value", "value_max", "when", "status", "verdict", "quote"]


def printed_numbers(indicators: pd.DataFrame) -> pd.DataFrame:
    """The figures that the texts print as numbers, without derived ones, dates and anecdotes.

    >>> printed_numbers(pd.DataFrame({"class": ["hard", "date"], "value": [9.0, 20220731.0]}))["value"].tolist()
    [9.0]
    """
    printed = indicators[indicators["class"] == "hard"] if "class" in indicators else indicators
    return printed.reset_index(drop=True)


def side_by_side(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators of a family that occurs in two documents or more, each with the verdict on comparing it.

    A figure compares if another document has one of its family and unit with the same status and
    year, and each of the two says of itself that it may be compared. Columns: family, unit, doc,
    indicator, comparator, value, value_max, when, status, verdict, quote.

    >>> row = {"family": "beds", "unit": "张", "indicator": "床位", "comparator": "=", "value": 9.0, "value_max": None,
    ...        "when": "2020", "comparable": "with other targets for 2020", "quote": "床位9张"}
    >>> status = {"a": "target", "b": "achieved", "c": "target"}
    >>> side_by_side(pd.DataFrame([row | {"doc": doc, "status": said} for doc, said in status.items()]))["verdict"].tolist()
    ['comparable', 'no: status differs', 'comparable']
    """
    figures = printed_numbers(indicators)
    named = figures[~figures["family"].isin(["", "other"])]
    held = named.groupby(["family", "unit"])["doc"].transform("nunique")
    shared = named[held > 1].sort_values(["family", "unit", "doc"], kind="stable")
    verdicts = [_verdict(row, group) for _, group in shared.groupby(["family", "unit"]) for row in group.to_dict("records")]
    return shared.assign(verdict=verdicts)[COLUMNS].reset_index(drop=True)


def _verdict(own: dict[Hashable, Any], group: pd.DataFrame) -> str:
    if str(own["comparable"]).startswith("no"):
        return str(own["comparable"])
    others = group[(group["doc"] != own["doc"]) & ~group["comparable"].str.startswith("no")]
    alike = others[others["status"] == own["status"]]
    if alike.empty:
        return "no: status differs"
    return "comparable" if own["when"] in set(alike["when"]) else "no: year differs"


BENCHMARK = ["benchmark", "benchmark_when", "benchmark_status", "benchmark_verdict", "benchmark_quote"]
NO_PARENT = "no parent document supplied (未提供上级文件)"
NO_FIGURE = "no figure of this kind in the parent document (上级文件无同类数字)"
OWN_COLUMNS = ["doc", "subject", "indicator", "comparator", "value", "value_max", "unit", "when", "status", "hedge", "comparable"]


def benchmark(indicators: pd.DataFrame, every: pd.DataFrame, parent: str = "") -> pd.DataFrame:
    """The indicators of local documents, each with the figure of a national parent document beside it.

    ``parent`` is the ``doc`` of a document in ``every``; '' when none is supplied, which the column then
    says. Beside a figure stands the parent's of the same kind and unit: of the same name where there is
    one, then of the same status, then of the nearest year. Columns: those of a local indicator and
    benchmark, benchmark_when, benchmark_status, benchmark_verdict, benchmark_quote. Raises ValueError
    when ``parent`` has no indicators in ``every``.

    >>> row = {"family": "visits", "normalised": "县域内就诊率", "unit": "%", "subject": "", "indicator": "就诊率", "comparator": ">=", "value": 90.0,
    ...        "value_max": None, "when": "2020", "status": "target", "hedge": "", "comparable": "with other targets for 2020", "quote": "就诊率达到90%以上"}
    >>> table = pd.DataFrame([row | {"doc": "local", "value": 88.0}, row | {"doc": "national"}])
    >>> benchmark(table, table, "national")[["doc", "value", "benchmark", "benchmark_verdict"]].values.tolist()
    [['local', 88.0, '就诊率 ≥ 90%', 'comparable']]
    """
    figures = printed_numbers(indicators)
    local = figures[figures["doc"] != parent]
    if not parent:
        found = [[NO_PARENT, "", "", "", ""] for _ in range(len(local))]
    else:
        held = printed_numbers(every[every["doc"] == parent])
        if held.empty:
            raise ValueError(f"parent: no indicators of a document {parent!r}; documents with indicators: {', '.join(sorted(set(every['doc'])))}")
        found = [_standing_beside(row, held) for row in local.to_dict("records")]
    beside = pd.DataFrame(found, columns=BENCHMARK, index=local.index)
    return pd.concat([local[OWN_COLUMNS], beside, local["quote"]], axis=1).reset_index(drop=True)


def _standing_beside(own: dict[Hashable, Any], held: pd.DataFrame) -> list[str]:
    rows = [row for row in held.to_dict("records") if _same_kind(own, row)]
    if not rows:
        return [NO_FIGURE, "", "", "", ""]
    best = min(rows, key=lambda row: _distance(own, row))
    named = f"{best['indicator']} {labels.amount(best)}"
    return [named, str(best["when"]), str(best["status"]), _against(own, best), str(best["quote"])]


def _against(own: dict[Hashable, Any], parent: dict[Hashable, Any]) -> str:
    refused = [str(row["comparable"]) for row in (own, parent) if str(row["comparable"]).startswith("no")]
    fields = (("name", "normalised"), ("status", "status"), ("year", "when"))
    differing = [name for name, field in fields if str(own[field]) != str(parent[field])]
    if differing:
        return f"no: {' and '.join(differing)} differ{'s' if len(differing) == 1 else ''}"
    return refused[0] if refused else "comparable"


def _same_kind(own: dict[Hashable, Any], other: dict[Hashable, Any]) -> bool:
    if own["unit"] != other["unit"]:
        return False
    named = own["family"] not in ("", "other") and own["family"] == other["family"]
    return named or (bool(own["normalised"]) and own["normalised"] == other["normalised"])


def _distance(own: dict[Hashable, Any], other: dict[Hashable, Any]) -> tuple[bool, bool, int, str]:
    years = [int(str(row["when"])[:4]) if str(row["when"])[:4].isdigit() else 0 for row in (own, other)]
    return own["normalised"] != other["normalised"], own["status"] != other["status"], abs(years[0] - years[1]), str(other["quote"])
