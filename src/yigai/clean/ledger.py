"""The ledger of cleaning: what was changed, where in the raw page, why, and how to undo it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add, itemgetter, sub
from typing import NamedTuple

APPLIED, FLAGGED, REFUSED = "applied", "flagged", "refused"


class Edit(NamedTuple):
    """One change of the page: raw offsets, both wordings, and the reason with its strength.

    Only edits with status ``applied`` are in the clean text; ``flagged`` asks a reader to look,
    ``refused`` says that the machine considered a change and had no proof for it.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    rule: str
    confidence: float
    evidence: str = ""
    status: str = APPLIED


# Roles of the lines that are not the document.
FURNITURE = ("meta", "nav", "spam", "promo", "footer")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader of the page has to know and no edit can mend."""

    kind: str
    start: int
    end: int
    quote: str
    detail: str = ""


class Line(NamedTuple):
    """One line of the page with its raw span, its role, and its cleaned wording.

    Roles: title, meta, body, nav, spam, promo, footer. Only title and body go on;
    the other roles stay here, as evidence for the card.
    """

    start: int
    end: int
    role: str
    text: str


class Change(NamedTuple):
    """A change proposed by a rule, with offsets in the text the rule was shown."""

    start: int
    end: int
    after: str
    kind: str
    rule: str
    confidence: float
    evidence: str = ""
    status: str = APPLIED


@dataclass(frozen=True, slots=True)
class Override:
    """A reader's decision about one span of one page; it wins over the machine.

    ``page`` is the SHA-256 of the raw text in UTF-8, or a prefix of it, or '' for any page.
    ``after`` is the wording to use; ``None`` keeps the raw wording.
    """

    page: str
    start: int
    end: int
    after: str | None
    reason: str = ""


def replay(raw: str, edits: Iterable[Edit]) -> str:
    """The text that results from carrying out the applied edits on the raw text.

    >>> replay("201410月", [Edit(4, 4, "", "年", "year", "lost_year", 0.99)])
    '2014年10月'
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.status == APPLIED:
            pieces += (raw[at : edit.start], edit.after)
            at = edit.end
    return "".join((*pieces, raw[at:]))


def undo(text: str, edits: Iterable[Edit]) -> str:
    """The raw text, given the clean text and its edits.

    >>> undo("2014年10月", [Edit(4, 4, "", "年", "year", "lost_year", 0.99)])
    '201410月'
    """
    pieces: list[str] = []
    at = shift = 0
    for edit in edits:
        if edit.status == APPLIED:
            pieces += (text[at : edit.start + shift], edit.before)
            at = edit.start + shift + len(edit.after)
            shift += len(edit.after) - (edit.end - edit.start)
    return "".join((*pieces, text[at:]))


_start, _end, _after = itemgetter(0), itemgetter(1), itemgetter(3)


class Spans:
    """Positions of the applied edits, in the raw text and in the text they lead to."""

    __slots__ = ("edits", "ends", "raw_ends", "raw_starts", "shifts", "starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.raw_starts = list(map(_start, edits))
        self.raw_ends = list(map(_end, edits))
        sizes = list(map(len, map(_after, edits)))
        growth = map(sub, sizes, map(sub, self.raw_ends, self.raw_starts))
        self.shifts = [0, *accumulate(growth)]
        self.starts = list(map(add, self.raw_starts, self.shifts))
        self.ends = list(map(add, self.starts, sizes))

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of edits whose output the span ``start:end`` cuts or covers."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of ``start:end``; a span inside an edit takes that edit whole."""
        first, last = self.touched(start, end)
        if first == last:
            return start - self.shifts[first], end - self.shifts[first]
        low, high = self.edits[first], self.edits[last - 1]
        raw_start = low.start if self.starts[first] <= start else start - self.shifts[first]
        raw_end = high.end if self.ends[last - 1] >= end else end - self.shifts[last]
        return raw_start, raw_end

    def from_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span that the raw span ``start:end`` has become (empty when it was removed)."""
        first = bisect_right(self.raw_ends, start)
        while first and self.raw_starts[first - 1] == start:
            first -= 1  # an insertion at the border belongs to the spans on both sides
        inside = first < len(self.edits) and self.raw_starts[first] < start
        low = self.starts[first] if inside else start + self.shifts[first]
        last = bisect_left(self.raw_starts, end)
        while last < len(self.edits) and self.raw_ends[last] == end:
            last += 1
        cut = last > 0 and self.raw_ends[last - 1] > end
        high = self.ends[last - 1] if cut else end + self.shifts[last]
        return low, max(low, high)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text with the ledger that leads to it from the raw page and back."""

    text: str
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...]
    lines: tuple[Line, ...]
    _spans: list[Spans] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def spans(self) -> Spans:
        """Where the applied edits stand, laid out once: a page asks for each of its sentences."""
        if not self._spans:
            self._spans.append(Spans(self.applied))
        return self._spans[0]

    @property
    def applied(self) -> tuple[Edit, ...]:
        """The edits that are in the text: sorted, disjoint."""
        return tuple(e for e in self.edits if e.status == APPLIED)

    def raw(self) -> str:
        """The page as it came in."""
        return undo(self.text, self.edits)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a span of the clean text."""
        return self.spans.to_raw(start, end)

    def to_clean(self, start: int, end: int) -> tuple[int, int] | None:
        """The clean span of a raw span, or None when nothing of it was kept."""
        low, high = self.spans.from_raw(start, end)
        return (low, high) if high > low else None
