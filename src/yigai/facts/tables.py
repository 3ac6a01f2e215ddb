"""Tables: the indicators of whole documents, with offsets into the clean and the raw text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from yigai.facts.indicators import frame, read
from yigai.facts.settings import settings

READ_KINDS = ("body", "heading", "background", "")


def indicator_table(sentences: pd.DataFrame, *, published: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The indicators of a table of sentences (contract columns), dated and judged in the light of their document.

    `published` gives the date of publication (YYYY-MM-DD) by document, where a card knows it.

    >>> rows = [("d", 1, 1, "", "heading", "行动计划"), ("d", 2, 1, "", "body", "到2020年,外转率下降。"), ("d", 2, 2, "", "body", "就诊率达到90%以上。")]
    >>> table = indicator_table(pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))
    >>> table[["indicator", "comparator", "value", "when", "status"]].values.tolist()
    [['就诊率', '>=', 90.0, '2020', 'target']]
    """
    return frame(row for doc, own in sentences.groupby("doc", sort=False) for row in _document(str(doc), own, (published or {}).get(str(doc), "")))


def _document(doc: str, sentences: pd.DataFrame, published: str) -> Iterator[dict[str, object]]:
    for row, setting in settings(sentences, published):
        if row["kind"] not in READ_KINDS:
            continue
        text = str(row["text"])
        for found in read(text, setting):
            clean, raw, raw_end = (int(str(row.get(name, 0))) for name in ("start", "raw_start", "raw_end"))
            place = {"start": clean + found.start, "end": clean + found.end, "raw_start": raw, "raw_end": raw_end}
            yield {"doc": doc, **vars(found), **place, "context": text}
