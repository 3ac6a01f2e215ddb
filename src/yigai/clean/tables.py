"""The ledger as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yigai.clean.ledger import APPLIED, Cleaned, Override

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


DECISIONS = ("keep", "replace")


def overrides(table: pd.DataFrame) -> tuple[Override, ...]:
    """A reader's decisions from a table: page (SHA-256 of the raw text, or its beginning), start, end, decision, after, reason.

    ``decision`` is keep (the raw wording stands) or replace (by ``after``). Raises ValueError for any other.
    """
    unknown = sorted(set(table["decision"]) - set(DECISIONS))
    if unknown:
        raise ValueError(f"decision must be one of {', '.join(DECISIONS)}, not {', '.join(unknown)}")
    rows = table.fillna("").itertuples(index=False)
    return tuple(
        Override(str(r.page), int(str(r.start)), int(str(r.end)), None if r.decision == "keep" else str(r.after), str(getattr(r, "reason", "")))
        for r in rows
    )
