"""An even share: which documents of a large corpus a reader is shown."""

from __future__ import annotations

import pandas as pd

from yigai import store


def even_share(documents: pd.DataFrame, most: int) -> list[str]:
    """``most`` documents, as even a share of each region as there is, drawn by the hash of their names.

    >>> documents = pd.DataFrame({"doc": list("abcde"), "region": ["hunan"] * 4 + ["shanxi"]})
    >>> even_share(documents, 2)
    ['d', 'e']
    """
    drawn = documents[["doc", "region"]].assign(lot=[store.sha256(doc.encode()) for doc in documents["doc"]])
    ordered = drawn.sort_values(["lot", "doc"], kind="stable")
    turn = ordered.groupby("region").cumcount()
    return sorted(ordered.assign(turn=turn).sort_values(["turn", "lot", "doc"], kind="stable")["doc"].head(most))
