"""A page on its way through the rules; changes that touch one another become one edit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

from yigai.clean.ledger import APPLIED, FLAGGED, Change, Edit, Flag, Line, Spans


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
        text, now = self.text, self.spans.from_raw
        return "\n".join([text[slice(*now(x.start, x.end))] for x in self.lines if x.role in ("title", "body")])

    def says(self, word: str) -> bool:
        """Whether a line of the document holds a word; quicker than asking the whole body."""
        if word not in self.text:
            return False
        if not self.lines:
            return True
        now = self.spans.from_raw
        return any(
            word in self.text[slice(*now(x.start, x.end))] for x in self.lines if x.role in ("title", "body")
        )

    def held(self) -> list[tuple[int, int]]:
        """Present spans that a rule flagged and no other rule may touch."""
        return [self.spans.from_raw(e.start, e.end) for e in self.noted if e.status == FLAGGED]

    def flag(self, flags: Iterable[Flag]) -> Draft:
        """The draft with flags (offsets in the present text) added in raw offsets."""
        new = tuple(_raw_flag(self.spans, f) for f in flags)
        return replace(self, flags=self.flags + new) if new else self

    def relined(self, lines: tuple[Line, ...]) -> Draft:
        """The draft with other lines; what it reads stays."""
        other = replace(self, lines=lines)
        other.__dict__["spans"] = self.spans
        return other

    def revise(self, changes: Iterable[Change]) -> Draft:
        """The draft after the changes; where they touch earlier edits, both become one."""
        proposed = sorted(changes, key=_place)
        if not proposed:
            return self
        noted = tuple(_note(self, self.spans, c) for c in proposed if c.status != APPLIED)
        applied = _effective(self.text, proposed)
        if not applied:
            return replace(self, noted=self.noted + noted) if noted else self
        return Draft(
            self.raw,
            _carried_out(self.text, applied),
            _merged(self, self.spans, applied),
            self.noted + noted,
            self.flags,
            self.lines,
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


def _effective(text: str, proposed: list[Change]) -> list[Change]:
    """The changes that are to be applied and change something, without those that begin inside an earlier one."""
    kept: list[Change] = []
    free = 0
    for change in proposed:
        start, end = change[0], change[1]
        if start >= free and change[7] == APPLIED and text[start:end] != change[2]:
            kept.append(change)
            free = end
    return kept


def _carried_out(text: str, changes: list[Change]) -> str:
    pieces: list[str] = []
    at = 0
    for change in changes:
        pieces += (text[at : change[0]], change[2])
        at = change[1]
    pieces.append(text[at:])
    return "".join(pieces)


def _merged(draft: Draft, spans: Spans, changes: list[Change]) -> tuple[Edit, ...]:
    """Old and new edits as one sorted, disjoint sequence in raw offsets."""
    old, text, done, at = draft.edits, draft.text, 0, 0
    starts, ends, shifts = spans.starts, spans.ends, spans.shifts
    out: list[Edit] = []
    made, size = Edit._make, len(old)  # twice as quick as the constructor; a page has hundreds of edits
    while at < len(changes):
        start, end, after, kind, rule, confidence, evidence, _ = changes[at]
        first = bisect_right(ends, start, done)
        if first > done:
            out += old[done:first]
        if first == size or starts[first] >= end:  # most changes touch no earlier edit
            shift = shifts[first]
            out.append(made((start - shift, end - shift, text[start:end], after, kind, rule, confidence, evidence, APPLIED)))
            done, at = first, at + 1
            continue
        done, stop = _reach(spans, changes, at, first)
        edit = _joined(draft, spans, (first, done), changes[at:stop])
        if edit.before != edit.after:
            out.append(edit)
        at = stop
    out += old[done:]
    return tuple(out)


def _reach(spans: Spans, changes: list[Change], at: int, first: int) -> tuple[int, int]:
    """Where the earlier edits end that a change touches, and the changes that touch them too."""
    last, stop = bisect_left(spans.starts, changes[at].end, first), at + 1
    while stop < len(changes) and bisect_right(spans.ends, changes[stop].start, first) < last:
        last = max(last, bisect_left(spans.starts, changes[stop].end, first))
        stop += 1
    return last, stop


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
