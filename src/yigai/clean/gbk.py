"""Byte slips on their way into the ledger: the search is in slips.py, the bookkeeping is here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean import script
from yigai.clean.draft import Draft
from yigai.clean.ledger import FLAGGED, Change

# A page has a handful of slips; hundreds of question marks are something else, and each costs a search.
_MOST = 40


def _document_only(draft: Draft) -> str:
    """The text with the question marks of furniture blanked, at the same offsets.

    A clock that a script never filled reads 當前時間:????? (seed 001): no slip, and costly to search.
    """
    spans, text = draft.spans, draft.text
    for line in draft.lines:
        if line.role not in ("title", "body"):
            low, high = spans.from_raw(line.start, line.end)
            if "?" in text[low:high]:
                text = text[:low] + re.sub(r"[?\ufffd]", " ", text[low:high]) + text[high:]
    return text


def repairs(draft: Draft) -> Iterator[Change]:
    """Readings of damaged runs: applied with a margin, else flagged with ranked candidates."""
    if "?" not in draft.text and "\ufffd" not in draft.text:
        return
    from yigai.clean import slips  # its character model is loaded by the first page that needs it

    text = _document_only(draft)
    if len(slips.find(text)) > _MOST:
        return
    traditional = script.is_traditional(draft.body())
    for r in slips.repair(text):
        ranked = "; ".join(f"{reading} {share:.2f}" for reading, share in r.candidates)
        evidence = f"{r.evidence} [{ranked}]" if ranked else r.evidence
        status = r.status if r.status != "refused" else FLAGGED
        # the bytes are traditional; in a text that is simplified by now the reading is, too
        after = r.after if traditional else script.simplified(r.after)
        yield Change(r.start, r.end, after, "slip", "gbk_bytes", r.confidence, evidence, status)
