"""The ledger of cleaning: what was changed, where in the raw page, why, and how to undo it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from operator import add, attrgetter, itemgetter, sub
from typing import NamedTuple

APPLIED, FLAGGED, REFUSED = "applied", "flagged", "refused"


@dataclass(frozen=True, slots=True)
class Edit:
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


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader of the page has to know and no edit can mend."""

    kind: str
    start: int
    end: int
    quote: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
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


class Spans:
    """Positions of the applied edits, in the raw text and in the text they lead to."""

    __slots__ = ("edits", "ends", "raw_ends", "raw_starts", "shifts", "starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.raw_starts = list(map(attrgetter("start"), edits))
        self.raw_ends = list(map(attrgetter("end"), edits))
        sizes = list(map(len, map(attrgetter("after"), edits)))
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


@dataclass(frozen=True)
class Draft:
    """A page on its way through the rules: what it reads now, and the ledger so far."""

    raw: str
    text: str
    edits: tuple[Edit, ...] = ()
    noted: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    lines: tuple[Line, ...] = ()

    @cached_property
    def spans(self) -> Spans:
        """The map between the raw text and the present text."""
        return Spans(self.edits)

    def body(self) -> str:
        """The present wording of the lines that are the document."""
        if not self.lines:
            return self.text
        kept = [self.spans.from_raw(x.start, x.end) for x in self.lines if x.role in ("title", "body")]
        return "\n".join(self.text[low:high] for low, high in kept)

    def held(self) -> list[tuple[int, int]]:
        """Present spans that a rule flagged and no other rule may touch."""
        return [self.spans.from_raw(e.start, e.end) for e in self.noted if e.status == FLAGGED]

    def flag(self, flags: Iterable[Flag]) -> Draft:
        """The draft with flags (offsets in the present text) added in raw offsets."""
        new = tuple(_raw_flag(self.spans, f) for f in flags)
        return replace(self, flags=self.flags + new) if new else self

    def revise(self, changes: Iterable[Change]) -> Draft:
        """The draft after the changes; where they touch earlier edits, both become one."""
        proposed = sorted(changes, key=_place)
        if not proposed:
            return self
        noted = tuple(_note(self, self.spans, c) for c in proposed if c.status != APPLIED)
        applied = _disjoint([c for c in proposed if c.status == APPLIED and self.text[c.start : c.end] != c.after])
        if not applied:
            return replace(self, noted=self.noted + noted)
        return replace(
            self,
            text=_carried_out(self.text, applied),
            edits=_merged(self, self.spans, applied),
            noted=self.noted + noted,
        )


_place = itemgetter(0, 1)


def _raw_flag(spans: Spans, flag: Flag) -> Flag:
    start, end = spans.to_raw(flag.start, flag.end)
    return replace(flag, start=start, end=end)


def _note(draft: Draft, spans: Spans, change: Change) -> Edit:
    start, end = spans.to_raw(change.start, change.end)
    return Edit(
        start, end, draft.raw[start:end], change.after, change.kind, change.rule,
        change.confidence, change.evidence, change.status,
    )  # fmt: skip


def _disjoint(changes: list[Change]) -> list[Change]:
    """The changes without those that begin inside an earlier one."""
    kept: list[Change] = []
    for change in changes:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _carried_out(text: str, changes: list[Change]) -> str:
    pieces: list[str] = []
    at = 0
    for change in changes:
        pieces += (text[at : change.start], change.after)
        at = change.end
    pieces.append(text[at:])
    return "".join(pieces)


def _merged(draft: Draft, spans: Spans, changes: list[Change]) -> tuple[Edit, ...]:
    """Old and new edits as one sorted, disjoint sequence in raw offsets."""
    old, done = draft.edits, 0
    out: list[Edit] = []
    for first, last, group in _groups(spans, changes):
        out += old[done:first]
        done = last
        if first == last and len(group) == 1:
            out.append(_fresh(draft, spans.shifts[first], group[0]))
            continue
        edit = _joined(draft, spans, (first, last), group)
        if edit.before != edit.after:
            out.append(edit)
    out += old[done:]
    return tuple(out)


def _groups(spans: Spans, changes: list[Change]) -> Iterator[tuple[int, int, list[Change]]]:
    """Changes that touch the same earlier edit, together; most touch none."""
    starts, ends = spans.starts, spans.ends
    low = high = 0
    group: list[Change] = []
    for change in changes:
        first = bisect_right(ends, change.start)
        if group and first < high:
            group.append(change)
        else:
            if group:
                yield low, high, group
            low = high = first
            group = [change]
        if first < len(starts) and starts[first] < change.end:
            high = max(high, bisect_left(starts, change.end))
    if group:
        yield low, high, group


def _fresh(draft: Draft, shift: int, change: Change) -> Edit:
    """The edit of a change that touches no earlier one."""
    start, end, after, kind, rule, confidence, evidence, _ = change
    return Edit(start - shift, end - shift, draft.text[start:end], after, kind, rule, confidence, evidence)


def _joined(draft: Draft, spans: Spans, touched: tuple[int, int], group: list[Change]) -> Edit:
    """One edit for a group of changes and the earlier edits they touch."""
    first, last = touched
    start, end = min(group[0].start, spans.starts[first]), max(group[-1].end, spans.ends[last - 1])
    pieces: list[str] = []
    at = start
    for change in group:
        pieces += (draft.text[at : change.start], change.after)
        at = change.end
    raw_start, raw_end = spans.to_raw(start, end)
    covered = [any(c.start <= spans.starts[i] and spans.ends[i] <= c.end for c in group) for i in range(first, last)]
    parts: list[Edit | Change] = [e for e, gone in zip(draft.edits[first:last], covered, strict=True) if not gone]
    parts += group
    return Edit(
        raw_start, raw_end, draft.raw[raw_start:raw_end], "".join((*pieces, draft.text[at:end])),
        "+".join(dict.fromkeys(p.kind for p in parts)),
        "+".join(dict.fromkeys(p.rule for p in parts)),
        min(p.confidence for p in parts),
        " | ".join(dict.fromkeys(p.evidence for p in parts if p.evidence)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text with the ledger that leads to it from the raw page and back."""

    text: str
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...]
    lines: tuple[Line, ...]

    @property
    def applied(self) -> tuple[Edit, ...]:
        """The edits that are in the text: sorted, disjoint."""
        return tuple(e for e in self.edits if e.status == APPLIED)

    def raw(self) -> str:
        """The page as it came in."""
        return undo(self.text, self.edits)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a span of the clean text."""
        return Spans(self.applied).to_raw(start, end)

    def to_clean(self, start: int, end: int) -> tuple[int, int] | None:
        """The clean span of a raw span, or None when nothing of it was kept."""
        low, high = Spans(self.applied).from_raw(start, end)
        return (low, high) if high > low else None
