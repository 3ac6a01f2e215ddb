"""Tables with which a reader checks the cleaning: dirt, before and after, a sample with intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from yigai.clean.ledger import APPLIED, Cleaned
from yigai.clean.verify import residue

if TYPE_CHECKING:
    import pandas as pd

FURNITURE = ("nav", "meta", "spam", "promo", "footer")
_CONTEXT = 8
_LONGEST = 40


def kinds(edits: pd.DataFrame) -> pd.DataFrame:
    """Edits by document and kind: rows documents, columns kinds (commonest first), values counts of applied edits."""
    applied = edits[edits["status"] == APPLIED]
    single = applied.assign(kind=applied["kind"].str.split("+")).explode("kind")
    counts = single.groupby(["doc", "kind"]).size().unstack(fill_value=0)
    order = counts.sum().sort_values(ascending=False, kind="stable").index
    return counts[order]


def accounts(cleaned: Mapping[str, Cleaned]) -> pd.DataFrame:
    """One row a document: characters in, removed as furniture, out; edits by status; flags; residue.

    Columns: doc, chars_raw, furniture, chars_clean, applied, flagged, refused, flags, and the counters of residue.
    """
    import pandas as pd

    rows = []
    for doc, page in sorted(cleaned.items()):
        status = [e.status for e in page.edits]
        furniture = sum(len(e.before) for e in page.applied if set(e.kind.split("+")) & set(FURNITURE))
        rows.append({
            "doc": doc, "chars_raw": len(page.raw()), "furniture": furniture, "chars_clean": len(page.text),
            **{s: status.count(s) for s in (APPLIED, "flagged", "refused")},
            "flags": "; ".join(sorted({f.kind for f in page.flags})), **residue(page.text),
        })  # fmt: skip
    return pd.DataFrame(rows)


def flags(cleaned: Mapping[str, Cleaned]) -> pd.DataFrame:
    """What readers of a page have to know: doc, kind, quote, detail; edits not applied included."""
    import pandas as pd

    rows = [(doc, f.kind, _short(f.quote), f.detail) for doc, page in sorted(cleaned.items()) for f in page.flags]
    rows += [
        (doc, f"{e.kind}, {e.status}", _short(e.before), e.evidence)
        for doc, page in sorted(cleaned.items()) for e in page.edits if e.status != APPLIED
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["doc", "kind", "quote", "detail"])


def examples(edits: pd.DataFrame, cleaned: Mapping[str, Cleaned], *, each: int = 1) -> pd.DataFrame:
    """The first edits of each kind in each document, with the words around them.

    Columns: doc, kind, left, before, after, right, evidence; ``left`` and ``right`` are raw text.
    """
    applied = edits[(edits["status"] == APPLIED) & (edits["kind"] != "layout")]
    chosen = applied.groupby(["doc", "kind"], sort=True).head(each)
    return _in_context(chosen, cleaned).sort_values(["kind", "doc"], kind="stable", ignore_index=True)


def sample(edits: pd.DataFrame, cleaned: Mapping[str, Cleaned], *, size: int = 30, random_state: int = 0) -> pd.DataFrame:
    """A random sheet of applied edits to be judged by hand, an even share of each kind.

    Columns: doc, kind, left, before, after, right, evidence, verdict (empty: write right or wrong).
    """
    applied = edits[(edits["status"] == APPLIED) & ~edits["kind"].isin(["layout", "width"])]
    each = max(1, size // max(1, applied["kind"].nunique()))
    mixed = applied.sample(frac=1, random_state=random_state)
    drawn = mixed.groupby("kind", sort=True).head(each).head(size)
    return _in_context(drawn, cleaned).sort_values(["kind", "doc"], kind="stable", ignore_index=True).assign(verdict="")


def _in_context(rows: pd.DataFrame, cleaned: Mapping[str, Cleaned]) -> pd.DataFrame:
    raws = {doc: cleaned[doc].raw() for doc in sorted(set(rows["doc"]))}
    spans = list(zip(rows["doc"], rows["start"], rows["end"], strict=True))
    return rows[["doc", "kind"]].assign(
        left=[_visible(raws[d][max(0, s - _CONTEXT) : s]) for d, s, _ in spans],
        before=rows["before"].map(_short),
        after=rows["after"].map(_short),
        right=[_visible(raws[d][e : e + _CONTEXT]) for d, _, e in spans],
        evidence=rows["evidence"],
    )


def _visible(text: str) -> str:
    r"""Line ends and odd spaces as signs one can see.

    >>> _visible("一\n二")
    '一¶二'
    """
    return text.replace("\r", "").replace("\n", "¶").replace("\xa0", "·")


def _short(text: str) -> str:
    text = _visible(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def wilson(right: int, n: int, *, z: float = 1.959964) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927), rounded to 6 digits.

    >>> wilson(30, 30)
    (0.886487, 1.0)
    """
    if not n:
        return 0.0, 1.0
    share = right / n
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return round(max(0.0, (centre - spread) / scale), 6), round(min(1.0, (centre + spread) / scale), 6)


def precision(edits: pd.DataFrame, sheet: pd.DataFrame) -> pd.DataFrame:
    """What a judged sheet shows: kind, edits, judged, wrong, low, high (Wilson 95 % of the share that is right).

    Rows with an empty verdict count as right: the interval is then what the sheet can show at best.
    """
    import pandas as pd

    applied = edits[edits["status"] == APPLIED]
    rows = []
    for kind, judged in sheet.groupby("kind", sort=True):
        wrong = int((judged["verdict"] == "wrong").sum())
        low, high = wilson(len(judged) - wrong, len(judged))
        rows.append((kind, int((applied["kind"] == kind).sum()), len(judged), wrong, low, high))
    return pd.DataFrame(rows, columns=["kind", "edits", "judged", "wrong", "low", "high"])
