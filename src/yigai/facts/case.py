"""A case: one document as its tables tell it, the material of its synopsis."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import NamedTuple

import pandas as pd

from yigai.coding.evidence import step
from yigai.compare.subject import speaks_of_health
from yigai.facts.labels import Both
from yigai.facts.numerals import fold

Tables = Mapping[str, pd.DataFrame]
Row = dict[str, str]

#: The columns a synopsis reads of each table: reading all of them cost more than cleaning the page.
READ: dict[str, tuple[str, ...]] = {
    "sentences": ("sentence", "kind", "text"),
    "codes": ("sentence", "dimensions", "status"),
    "institutions": ("name", "network", "role", "count", "quote"),
    "indicators": ("subject", "indicator", "comparator", "value", "value_max", "unit", "when", "status", "hedge", "dated", "class", "quote"),
    "timeline": ("when", "what", "status", "kind", "quote"),
    "duties": ("task_path", "unit", "role", "quote"),
    "programmes": ("name", "expansion", "quote"),
    "checks": ("check", "announced", "found", "verdict", "quote"),
}  # fmt: skip
#: From so many sentences on, with so many about other things, a text has several subjects.
MANY, OTHER_SUBJECTS = 30, 0.6
SEAM = "\0"  # parts joined sentences; no quote holds it
STATING = ("body", "heading", "background")


class Said(NamedTuple):
    """One line of a synopsis."""

    words: Both
    status: str
    quote: str


def rows_by_document(tables: Tables) -> dict[str, dict[str, list[Row]]]:
    """The rows of each document, table by table: the columns a synopsis reads, every cell as text."""
    found: dict[str, dict[str, list[Row]]] = {}
    for name, wanted in READ.items():
        table = tables.get(name)
        if table is None or table.empty:
            continue
        columns = [column for column in wanted if column in table]
        for doc, *cells in zip(table["doc"].tolist(), *(_texts(table[column]) for column in columns), strict=True):
            own = found.setdefault(doc, {})
            own.setdefault(name, []).append(dict(zip(columns, cells, strict=True)))
    return found


class Case:
    """One document as its tables tell it; of a text that is mostly about other things, what it says of health care."""

    def __init__(self, rows: Mapping[str, list[Row]]) -> None:
        self._rows = rows
        self._fold = cache(fold)

    def rows(self, name: str) -> list[Row]:
        """The rows of one table, every cell that is read as text."""
        return self._rows.get(name, [])

    @cached_property
    def sentences(self) -> list[Row]:
        """The sentences that state something, with their status and dimensions."""
        codes = {row["sentence"]: row for row in self.rows("codes")}
        uncoded = {"status": "", "dimensions": ""}
        return [
            row | {name: codes.get(row["sentence"], uncoded)[name] for name in uncoded}
            for row in self.rows("sentences")
            if row["kind"] in STATING and self._fold(row["text"]) not in self._off_subject
        ]

    @cached_property
    def _off_subject(self) -> dict[str, None]:
        """Of a text of many subjects (a government work report), the sentences about other things, folded."""
        body = [row["text"] for row in self.rows("sentences") if row["kind"] == "body"]
        if len(body) < MANY:
            return {}
        other = [self._fold(text) for text in body if not speaks_of_health(text)]
        return dict.fromkeys(other if len(other) > len(body) * OTHER_SUBJECTS else ())

    def told(self, name: str) -> list[Row]:
        """The rows of one table of facts whose quote is about health care."""
        rows = self.rows(name)
        if not self._off_subject:
            return rows
        others = SEAM.join(self._off_subject)
        return [row for row in rows if self._fold(row["quote"]) not in others]

    @cached_property
    def _printed(self) -> tuple[str, str]:
        """All sentences, folded and as printed, character by character in the same places."""
        texts = [row["text"] for row in self.rows("sentences")]
        return SEAM.join(map(self._fold, texts)), SEAM.join(texts)

    def printed(self, quote: str) -> str:
        """A quote as the clean text prints it: extractors read half-width marks, of the same length."""
        folded, printed = self._printed
        at = folded.find(self._fold(quote))
        return printed[at : at + len(quote)] if at >= 0 else quote

    def status_of(self, quote: str) -> str:
        """The status of the sentence a quote stands in."""
        wanted = self._fold(quote)
        return next((row["status"] for row in self.sentences if wanted in self._fold(row["text"])), "")

    def tightness(self) -> list[tuple[int, Row]]:
        """For each status the sentence with the highest step of the ladder, the shortest of them."""
        best: dict[str, tuple[int, Row]] = {}
        for row in self.sentences:
            reached = 0 if row["kind"] != "body" or row["status"] in ("", "background") else step(row["text"], row["dimensions"])
            held, shortest = best.get(row["status"], (0, row))
            if reached > held or (reached == held > 0 and len(row["text"]) < len(shortest["text"])):
                best[row["status"]] = reached, row
        return list(best.values())


def _texts(column: pd.Series) -> list[str]:
    return [cell if type(cell) is str else _text(cell) for cell in column.tolist()]


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)
