"""Which indicators of different documents may stand side by side, and why the others may not."""

from __future__ import annotations

import pandas as pd

COLUMNS = ["family", "unit", "doc", "indicator", "comparator", "value", "value_max", "when", "status", "verdict", "quote"]


def side_by_side(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators of a family that occurs in two documents or more, each with the verdict on comparing them.

    Two figures compare if family, unit, status and year agree and each says of itself that it may be
    compared. Columns: family, unit, doc, indicator, comparator, value, value_max, when, status,
    verdict, quote.

    >>> row = {"family": "beds", "unit": "张", "indicator": "床位", "comparator": "=", "value": 9.0, "value_max": None,
    ...        "when": "2020", "comparable": "with other targets for 2020", "quote": "床位9张"}
    >>> table = pd.DataFrame([row | {"doc": "a", "status": "target"}, row | {"doc": "b", "status": "achieved"}])
    >>> side_by_side(table)["verdict"].tolist()
    ['no: status differs', 'no: status differs']
    """
    named = indicators[~indicators["family"].isin(["", "other"])]
    held = named.groupby(["family", "unit"])["doc"].transform("nunique")
    shared = named[held > 1].sort_values(["family", "unit", "doc"], kind="stable")
    groups = shared.groupby(["family", "unit"], sort=False)
    verdicts = {key: _verdict(group) for key, group in groups}
    own = [
        said if said.startswith("no") else verdicts[(family, unit)]
        for said, family, unit in zip(shared["comparable"], shared["family"], shared["unit"], strict=True)
    ]
    return shared.assign(verdict=own)[COLUMNS].reset_index(drop=True)


def _verdict(group: pd.DataFrame) -> str:
    for column, what in (("status", "status"), ("when", "year")):
        if group[column].nunique() > 1:
            return f"no: {what} differs"
    return "comparable"
