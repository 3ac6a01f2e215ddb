"""A cleaned page as the card reads it: all lines with their roles, and the way back to the raw page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from yigai.clean import Cleaned, Line
from yigai.places import folded

READ = ("title", "meta", "body", "footer", "promo", "nav")
SUBJECT = ("title", "body")


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a card, the raw words that prove it, where they stand, and how sure the rule is."""

    value: str = ""
    evidence: str = ""
    start: int = -1
    end: int = -1
    rule: str = ""
    confidence: float = 0.0

    def __str__(self) -> str:
        """The value alone."""
        return self.value


UNKNOWN = Field()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the view: its place in the view, its role, and its raw span."""

    start: int
    end: int
    role: str
    text: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class View:
    """The clean wording of every line that is read, joined by line ends."""

    text: str
    rows: tuple[Row, ...]
    raw: str
    clean_starts: dict[int, int]
    cleaned: Cleaned

    def of(self, *roles: str) -> list[Row]:
        """The lines of some roles, in order."""
        return [row for row in self.rows if row.role in roles]

    def row_at(self, position: int) -> Row | None:
        """The line in which a position of the view lies."""
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.rows[middle].end < position else (low, middle)
        return self.rows[low] if low < len(self.rows) else None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Find a span of the view in the raw page; the whole line where the wording was changed."""
        row = self.row_at(start)
        if row is None:
            return -1, -1
        low, high = start - row.start, min(end, row.end) - row.start
        if (low, high) == (0, len(row.text)):
            return row.raw_start, row.raw_end
        if row.start in self.clean_starts:
            base = self.clean_starts[row.start]
            return self.cleaned.to_raw(base + low, base + high)
        line = self.raw[row.raw_start : row.raw_end]
        for wording in (line, folded(line)):
            found = wording.find(row.text[low:high])
            if found >= 0:
                return row.raw_start + found, row.raw_start + found + high - low
        return row.raw_start, row.raw_end

    def field(self, value: str, start: int, end: int, rule: str, confidence: float) -> Field:
        """Make a field whose evidence is the raw wording of a span of the view."""
        raw_start, raw_end = self.to_raw(start, end)
        quote = self.raw[raw_start:raw_end]
        raw_start, raw_end = (
            raw_start + len(quote) - len(quote.lstrip()),
            raw_end - len(quote) + len(quote.rstrip()),
        )
        return Field(value, self.raw[raw_start:raw_end], raw_start, raw_end, rule, confidence)

    @cached_property
    def subject(self) -> str:
        """Title and body alone."""
        return "\n".join(row.text for row in self.of(*SUBJECT))


def view_of(cleaned: Cleaned) -> View:
    r"""Lay out a cleaned page for reading.

    >>> from yigai import clean
    >>> view = view_of(clean.text("关于印发方案的通知\n各县区人民政府:"))
    >>> view.field("x", 2, 4, "rule", 1.0).evidence
    '印发'
    """
    rows, clean_starts = [], {}
    at = cursor = 0
    for line in cleaned.lines:
        if line.role not in READ or not line.text.strip():
            continue
        rows.append(Row(at, at + len(line.text), role_of(line), line.text, line.start, line.end))
        if line.role in SUBJECT:
            found = cleaned.text.find(line.text, cursor)
            if found >= 0:
                clean_starts[at] = found
                cursor = found + len(line.text)
        at += len(line.text) + 1
    return View(joined(rows), tuple(rows), cleaned.raw(), clean_starts, cleaned)


# A first line that is a sentence, a number, an address or a dateline is no title, whatever stands there.
NO_TITLE = re.compile(
    r"[。；，]$|。.|^.{90}|^[（(]?据|^根据|^为(?:了|深|进|贯|全|加|切)|^[0-9]{1,2}月[0-9]{1,2}日|[0-9]{6}$|^各.{1,30}[：:]$"
    r"|^[^\s]{1,14}[〔\[（(【](?:19|20)[0-9]{2}[〕\]）)】]第?\s?[0-9]{1,5}号(?!.{0,40}(?:通知|意见|方案|批复|函|决定)[）)]?$)"
)


def role_of(line: Line) -> str:
    """Read a title that is none as body: pages without a title begin with a sentence."""
    return "body" if line.role == "title" and NO_TITLE.search(line.text.strip()) else line.role


def joined(rows: Iterable[Row]) -> str:
    """Join lines by line ends."""
    return "\n".join(row.text for row in rows)
