"""A case: one document as its tables tell it, the material of its synopsis."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from yigai import coding
from yigai.compare.subject import speaks_of_health
from yigai.facts.labels import Both
from yigai.facts.numerals import fold

Tables = Mapping[str, pd.DataFrame]
Row = dict[str, str]

# From so many sentences on, with so many about other things, a text has several subjects.
MANY, OTHER_SUBJECTS = 30, 0.6


class Said(NamedTuple):
    """One line of a synopsis."""

    words: Both
    status: str
    quote: str


class Case:
    """One document as its tables tell it; of a text that is mostly about other things, what it says of health care."""

    def __init__(self, tables: Tables, doc: str) -> None:
        self._tables = tables
        self.doc = doc

    def rows(self, name: str) -> list[Row]:
        """The rows of one table, every cell as text."""
        table = self._tables.get(name)
        if table is None or table.empty:
            return []
        own = table[table["doc"] == self.doc]
        return [{str(key): "" if pd.isna(value) else str(value) for key, value in row.items()} for row in own.to_dict("records")]

    @cached_property
    def sentences(self) -> list[Row]:
        """The sentences that state something, with their status and dimensions."""
        codes = {row["sentence"]: row for row in self.rows("codes")}
        kinds = ("body", "heading", "background")
        uncoded = {"status": "", "dimensions": ""}
        return [row | {name: codes.get(row["sentence"], uncoded)[name] for name in uncoded} for row in self.rows("sentences") if row["kind"] in kinds and fold(row["text"]) not in self._off_subject]

    @cached_property
    def _off_subject(self) -> tuple[str, ...]:
        """Of a text of many subjects (a government work report), the sentences about other things, folded."""
        body = [row["text"] for row in self.rows("sentences") if row["kind"] == "body"]
        other = [fold(text) for text in body if not speaks_of_health(text)]
        return tuple(other) if len(body) >= MANY and len(other) > len(body) * OTHER_SUBJECTS else ()

    def told(self, name: str) -> list[Row]:
        """The rows of one table of facts whose quote is about health care."""
        return [row for row in self.rows(name) if not any(fold(row["quote"]) in text for text in self._off_subject)]

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

    def tightness(self) -> pd.DataFrame:
        """The highest step of the ladder for each status that has one."""
        codes, sentences = self._tables.get("codes"), self._tables.get("sentences")
        if codes is None or sentences is None:
            return pd.DataFrame({"step": [], "status": [], "quote": []})
        own = codes[(codes["doc"] == self.doc) & ~codes["status"].isin(["", "background"])]
        steps = [coding.tightness(group, sentences) for _, group in own.groupby("status", sort=True)]
        found = pd.concat(steps) if steps else pd.DataFrame({"step": [], "status": [], "quote": []})
        return found[found["step"] > 0]
