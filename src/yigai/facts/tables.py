"""Tables: the indicators of whole documents, with offsets into the clean and the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from yigai.facts import moments, statuses
from yigai.facts.cells import FIGURE, read_cells
from yigai.facts.deadlines import dated
from yigai.facts.derived import find_derived, ruled
from yigai.facts.indicators import Amount, Indicator, Setting, frame, judged, read
from yigai.facts.numerals import fold
from yigai.facts.pieces import LONG
from yigai.facts.quantities import find
from yigai.facts.settings import documents, settings

READ_KINDS = ("body", "heading", "background", "")


def indicator_table(sentences: pd.DataFrame, *, published: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The indicators of a table of sentences (contract columns), dated and judged in the light of their document.

    `published` gives the date of publication (YYYY-MM-DD) by document, where a card knows it.

    >>> rows = [("d", 1, 1, "", "heading", "行动计划"), ("d", 2, 1, "", "body", "到2020年,外转率下降。"), ("d", 2, 2, "", "body", "就诊率达到90%以上。")]
    >>> table = indicator_table(pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))
    >>> table[["indicator", "comparator", "value", "when", "status"]].values.tolist()
    [['就诊率', '>=', 90.0, '2020', 'target']]
    """
    return frame(row for doc, own in documents(sentences).items() for row in _document(doc, own, (published or {}).get(doc, "")))


def _document(doc: str, sentences: Sequence[dict[str, object]], published: str) -> Iterator[dict[str, object]]:
    told: dict[tuple[object, ...], list[Indicator]] = {}  # by their numbers: a hostile page may tell ten thousand
    told_in = list(settings(sentences, published))
    in_cells: dict[int, list[Indicator]] = {}
    for position, found in read_cells(told_in) if sum(holds_cells(row) for row, _ in told_in) >= FEW_FIGURES else ():
        in_cells.setdefault(position, []).append(found)
    for position, (row, setting) in enumerate(told_in):
        if row["kind"] not in READ_KINDS:
            continue
        text = str(row["text"])
        rows = in_cells[position] if position in in_cells else [*read(text, setting), *implied(text, setting)]
        if not rows:
            continue
        clean, raw, raw_end = (int(str(row.get(name, 0))) for name in ("start", "raw_start", "raw_end"))
        for found in sorted(rows, key=lambda one: (one.start, one.end)):
            alike = told.setdefault((found.value, found.unit, found.value_max), [])
            if repeated(found, alike):
                continue
            alike.append(found)
            place = {"start": clean + found.start, "end": clean + found.end, "raw_start": raw, "raw_end": raw_end}
            yield {"doc": doc, **vars(found), **place, "context": text}


FEW_FIGURES = 3  # bare figures or barred rows, before a page is searched for tables
BARRED = re.compile(r"[|\t｜]\s?[≥≤]?\s?\d")


def holds_cells(row: dict[str, object]) -> bool:
    """Whether a sentence is nothing but a figure, or a row with bars, as in tables.

    >>> holds_cells({"text": "≥79.5"}), holds_cells({"text": "床位 | 张 | 7.0"}), holds_cells({"text": "达到90%以上。"})
    (True, True, False)
    """
    text = str(row["text"])
    return BARRED.search(text) is not None or (len(text) <= 12 and FIGURE.match(fold(text)) is not None)


def repeated(found: Indicator, told: Sequence[Indicator]) -> bool:
    """Whether a row says again what a document has said: a name or a date once more, or a count that opens its clause (2个医共体先后…).

    >>> first, again = read("组建了两个紧密型医共体")[0], read("2个医共体先后推行互认")[0]
    >>> repeated(again, [first]), repeated(first, [again])
    (True, False)
    """
    same = [one for one in told if one.value == found.value and one.unit == found.unit and one.value_max == found.value_max]
    if found.kind in ("derived", "date"):
        return any(one.kind == found.kind and one.indicator == found.indicator for one in same)
    opens = COUNT_FIRST.match(fold(found.quote)) is not None and len(found.indicator) >= 3
    return opens and any(one.kind == "hard" and one.indicator.endswith(found.indicator) and one.quote != found.quote for one in same)


COUNT_FIRST = re.compile(r"(?:这|该|上述|其中)?(?:\d+|[一二两三四五六七八九十]{1,3})(?:个|家|所|名)(?!以上)")


def implied(text: str, setting: Setting) -> Iterator[Indicator]:
    """The rows a reader adds to the printed numbers of a sentence: derived counts and shares, deadlines and events.

    >>> [(row.indicator, row.value, row.unit, row.kind) for row in implied("5个集团全部接入会诊中心,2025年前建成三级医院", Setting())]
    [('集团全部接入会诊中心', 100.0, '%', 'derived'), ('建成三级医院时限', 20251231.0, 'date', 'date')]
    """
    folded = fold(text)
    if len(folded) > LONG:
        return
    derived = find_derived(folded)
    dates = moments.find(folded, setting.clock)
    for one in derived:
        moment = moments.governing(dates, one.start, folded)
        row = judged(text, folded, (one.start, one.end), moment, setting, Amount(one.name, one.comparator, one.value, None, one.unit))
        yield replace(row, kind="derived", comparable="no: derived", status=ruled(folded, one, row.status), subject=one.who or row.subject)
    if dates:
        counted = [(one.start, one.end) for one in find(folded)] + [(one.start, one.end) for one in derived if one.unit == "%"]
        for said in dated(folded, dates, counted):
            row = judged(text, folded, (said.start, said.end), said.moment, setting, Amount(said.name, said.comparator, said.value, None, "date"))
            planned = row.status == "target" and (said.moment.text[-1:] in "前底末内" or statuses.EXPECTED.search(folded[: said.start])) and not statuses.AIMED.search(folded)
            yield replace(
                row, kind="date", comparable="no: a date", family="other", normalised=said.name, when=said.moment.when.removesuffix(".." if said.comparator == "=" else " "),
                status="plan" if planned else row.status,
            )  # fmt: skip


