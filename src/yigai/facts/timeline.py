"""Timeline: what happened or is to happen, when, with its status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from yigai.facts import moments, statuses
from yigai.facts.indicators import Setting, pieces
from yigai.facts.naming import clause_of
from yigai.facts.numerals import fold
from yigai.facts.settings import documents, settings

COLUMNS = ("doc", "when", "what", "status", "quote", "kind")
WANTED = ("doc", "passage", "heading_path", "kind", "text")
READ_KINDS = ("body", "background", "")


def what_at(folded: str, moment: moments.Moment) -> tuple[int, int]:
    """The span of what a moment dates: its own clause, or the next one when the moment stands alone before a comma.

    >>> text = "到2020年,县域就诊率达到90%以上,外转率下降"
    >>> start, end = what_at(text, moments.find(text)[0])
    >>> text[start:end]
    '县域就诊率达到90%以上'
    """
    first, stop = clause_of(folded, moment.start, moment.end)
    rest = folded[moment.end : stop].strip()
    if len(rest) >= 2 or stop >= len(folded) - 1:
        return (moment.end, stop) if len(rest) >= 2 else (first, stop)
    _, later = clause_of(folded, min(stop + 1, len(folded)), min(stop + 1, len(folded)))
    return min(stop + 1, len(folded)), later


def timeline(sentences: pd.DataFrame, *, published: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The dated statements of a table of sentences, in the order of the text.

    >>> rows = [("d", 1, 1, "", "heading", "方案"), ("d", 2, 1, "", "body", "力争在2030年前达到三级水平。")]
    >>> timeline(pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))[["when", "what", "status"]].values.tolist()
    [['2030', '达到三级水平', 'target']]
    """
    return pd.DataFrame(
        [row for doc, own in documents(sentences, WANTED).items() for row in _document(doc, own, (published or {}).get(doc, ""))],
        columns=list(COLUMNS),
    )


def _document(doc: str, sentences: Sequence[dict[str, object]], published: str) -> Iterator[dict[str, str]]:
    for row, setting in settings(sentences, published):
        if row["kind"] not in READ_KINDS:
            continue
        whole = str(row["text"])
        if not moments.ANY.search(fold(whole)):
            continue
        for begin, finish in pieces(fold(whole)):
            yield from _dated(doc, whole[begin:finish], setting)


# 2020年的目标如何 asks, 12月12日…患者说 only says who spoke.
NO_EVENT = re.compile(r"(?:如何|是什么|怎么样?|哪些|说|表示|介绍道?|告诉记者)$")


def _dated(doc: str, text: str, setting: Setting) -> Iterator[dict[str, str]]:
    folded = fold(text)
    for moment in moments.find(folded, setting.clock):
        if not moment.when:
            continue
        start, end = what_at(folded, moment)
        first, _ = clause_of(folded, moment.start, moment.end)
        status = statuses.status(folded, (first, end), end, ahead=statuses.ahead_of(moment.when, moment.kind, setting.clock), default=setting.status)
        what = re.sub(r"^[,、:;的在将就\s]+", "", text[start:end].strip())
        if NO_EVENT.search(what):
            continue
        yield {"doc": doc, "when": moment.when, "what": what, "status": status, "quote": text[first:end].strip(), "kind": moment.kind}
