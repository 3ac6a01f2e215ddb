"""The ledger as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yigai.clean.ledger import APPLIED, Cleaned

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("doc", "start", "end", "before", "after", "kind", "rule", "confidence", "applied", "evidence", "status")


def edits_table(doc: str, cleaned: Cleaned) -> pd.DataFrame:
    """One row an edit, in raw order: doc, start, end, before, after, kind, rule, confidence, applied, evidence, status."""
    import pandas as pd

    rows = [
        (doc, e.start, e.end, e.before, e.after, e.kind, e.rule, round(e.confidence, 6), e.status == APPLIED, e.evidence, e.status)
        for e in cleaned.edits
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
