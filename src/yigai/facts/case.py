"""A case: one document as its tables tell it, the material of its synopsis."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
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
STATING = ("body", "heading", "background")


class Said(NamedTuple):
    """One line of a synopsis."""

    words: Both
    status: str
    quote: str


class Case:
    """One document as its tables tell it; of a text that is mostly about other things, what it says of health care."""

    def __init__(self, tables: Tables, doc: str) -> None:
        self._tables = tables
        self._held: dict[str, list[Row]] = {}
        self.doc = doc

    def rows(self, name: str) -> list[Row]:
        """The rows of one table, every cell that is read as text."""
        if name not in self._held:
            table = self._tables.get(name)
            self._held[name] = [] if table is None or table.empty else self._read(table, READ[name])
        return self._held[name]

    def _read(self, table: pd.DataFrame, wanted: tuple[str, ...]) -> list[Row]:
        columns = [column for column in wanted if column in table]
        cells = zip(table["doc"].tolist(), *(table[column].tolist() for column in columns), strict=True)
        return [dict(zip(columns, (cell if type(cell) is str else _text(cell) for cell in row), strict=True)) for doc, *row in cells if doc == self.doc]

    @cached_property
    def sentences(self) -> list[Row]:
        """The sentences that state something, with their status and dimensions."""
        codes = {row["sentence"]: row for row in self.rows("codes")}
        uncoded = {"status": "", "dimensions": ""}
        return [
            row | {name: codes.get(row["sentence"], uncoded)[name] for name in uncoded}
            for row in self.rows("sentences")
            if row["kind"] in STATING and fold(row["text"]) not in self._off_subject
        ]

    @cached_property
    def _off_subject(self) -> tuple[str, ...]:
        """Of a text of many subjects (a government work report), the sentences about other things, folded."""
        body = [row["text"] for row in self.rows("sentences") if row["kind"] == "body"]
        if len(body) < MANY:
            return ()
        other = [fold(text) for text in body if not speaks_of_health(text)]
        return tuple(other) if len(other) > len(body) * OTHER_SUBJECTS else ()

    def told(self, name: str) -> list[Row]:
        """The rows of one table of facts whose quote is about health care."""
        rows = self.rows(name)
        if not self._off_subject:
            return rows
        return [row for row in rows if not any(fold(row["quote"]) in text for text in self._off_subject)]

    @cached_property
    def _folded(self) -> list[tuple[str, Row]]:
        return [(fold(row["text"]), row) for row in self.rows("sentences")]

    def printed(self, quote: str) -> str:
        """A quote as the clean text prints it: extractors read half-width marks, of the same length."""
        wanted = fold(quote)
        for folded, row in self._folded:
            at = folded.find(wanted)
            if at >= 0:
                return row["text"][at : at + len(wanted)]
        return quote

    def status_of(self, quote: str) -> str:
        """The status of the sentence a quote stands in."""
        wanted = fold(quote)
        return next((row["status"] for row in self.sentences if wanted in fold(row["text"])), "")

    def tightness(self) -> list[tuple[int, Row]]:
        """For each status the sentence with the highest step of the ladder, the shortest of them."""
        best: dict[str, tuple[int, Row]] = {}
        for row in self.sentences:
            reached = 0 if row["kind"] != "body" or row["status"] in ("", "background") else step(row["text"], row["dimensions"])
            held, shortest = best.get(row["status"], (0, row))
            if reached > held or (reached == held > 0 and len(row["text"]) < len(shortest["text"])):
                best[row["status"]] = reached, row
        return list(best.values())


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)
