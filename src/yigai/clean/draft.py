"""A page on its way through the rules; changes that touch one another become one edit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
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
