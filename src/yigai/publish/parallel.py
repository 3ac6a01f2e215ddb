"""Clean and raw text side by side: which part of the page each clean paragraph came from.

The ledger of edits is replayed, so that the columns are proven to be the same page, and every
paragraph, sentence and removed stretch gets a place in both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Change:
    """One applied edit with its place in the raw text and, from there, in the clean text."""

    number: int
    start: int
    end: int
    clean_start: int
    clean_end: int
    kind: str
    rule: str
    confidence: float
    evidence: str


@dataclass(frozen=True)
class Row:
    """One stretch of the page: a clean paragraph with its raw text, or raw text that was removed."""

    number: int
    clean: tuple[int, int] | None
    raw: tuple[int, int]


def changes(edits: Sequence[dict]) -> tuple[Change, ...]:
    """The applied edits in order, each with the clean span it became.

    >>> edit = {"start": 1, "end": 5, "after": "", "kind": "pinyin"}
    >>> changes([edit])[0].clean_start
    1
    """
    found: list[Change] = []
    shift = 0
    last = 0
    for edit in sorted(edits, key=lambda edit: (int(edit["start"]), int(edit["end"]))):
        start, end = int(edit["start"]), int(edit["end"])
        if start < last:  # an overlapping edit cannot be replayed; the caller's check will say so
            continue
        length = len(edit["after"])
        found.append(
            Change(
                len(found) + 1, start, end, start + shift, start + shift + length,
                str(edit.get("kind", "")), str(edit.get("rule", "")),
                float(edit.get("confidence") or 0), str(edit.get("evidence") or ""),
            )
        )  # fmt: skip
        shift += length - (end - start)
        last = end
    return tuple(found)


def replay(raw: str, edits: Sequence[dict]) -> str:
    """The clean text that the ledger makes of ``raw``.

    >>> replay("醫(yī)改", [{"start": 0, "end": 5, "after": "医"}])
    '医改'
    """
    pieces = []
    last = 0
    for edit in sorted(edits, key=lambda edit: (int(edit["start"]), int(edit["end"]))):
        start, end = int(edit["start"]), int(edit["end"])
        if start < last:
            continue
        pieces += [raw[last:start], edit["after"]]
        last = end
    return "".join([*pieces, raw[last:]])


@dataclass(frozen=True)
class Mapping:
    """Positions of the clean text in the raw text, by the applied changes."""

    changes: tuple[Change, ...]

    def raw(self, position: int) -> int:
        """The raw position of a clean one; inside a replacement, where the replacement begins.

        >>> Mapping(changes([{"start": 1, "end": 5, "after": ""}])).raw(1)
        5
        """
        before = bisect_right(self._clean_ends, position) - 1
        following = before + 1
        if following < len(self.changes) and self.changes[following].clean_start <= position:
            return self.changes[following].start
        if before < 0:
            return position
        change = self.changes[before]
        return change.end + position - change.clean_end

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a clean span that is not empty."""
        first = self.raw(start)
        last = self.raw(end - 1)
        at = bisect_right(self._clean_ends, end - 1)
        if at < len(self.changes) and self.changes[at].clean_start <= end - 1:
            return first, max(self.changes[at].end, first)
        return first, max(last + 1, first)

    @cached_property
    def starts(self) -> list[int]:
        """Where each change begins in the raw text."""
        return [change.start for change in self.changes]

    @cached_property
    def _clean_ends(self) -> list[int]:
        return [change.clean_end for change in self.changes]


def rows(raw: str, clean: str, mapping: Mapping) -> tuple[Row, ...]:
    r"""The page from top to bottom: clean paragraphs beside their raw text, and what was removed.

    White space between two rows is left out.

    >>> found = rows("广告\n医改", "医改", Mapping(changes([{"start": 0, "end": 3, "after": ""}])))
    >>> [(row.clean, row.raw) for row in found]
    [(None, (0, 2)), ((0, 2), (3, 5))]
    """
    found: list[Row] = []
    last = 0
    for start, end in _paragraphs(clean):
        raw_start, raw_end = _with_deletions(raw, mapping, *mapping.raw_span(start, end))
        raw_start, raw_end = max(raw_start, last), max(raw_end, last)
        if raw[last:raw_start].strip():
            found.append(Row(len(found) + 1, None, _trimmed(raw, last, raw_start)))
        found.append(Row(len(found) + 1, (start, end), (raw_start, raw_end)))
        last = raw_end
    if raw[last:].strip():
        found.append(Row(len(found) + 1, None, _trimmed(raw, last, len(raw))))
    return tuple(found)


def _with_deletions(raw: str, mapping: Mapping, start: int, end: int) -> tuple[int, int]:
    """A raw span with what was deleted next to it on the same line: 實(shí) ends a line with its note."""
    changes = mapping.changes
    at = bisect_left(mapping.starts, end)
    while at < len(changes) and changes[at].start == end and _deletes_inside_line(raw, changes[at]):
        end = changes[at].end
        at += 1
    at = bisect_left(mapping.starts, start) - 1
    while at >= 0 and changes[at].end == start and _deletes_inside_line(raw, changes[at]):
        start = changes[at].start
        at -= 1
    return start, end


def _deletes_inside_line(raw: str, change: Change) -> bool:
    return change.clean_start == change.clean_end and "\n" not in raw[change.start : change.end]


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    part = raw[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _paragraphs(clean: str) -> list[tuple[int, int]]:
    found = []
    position = 0
    for line in clean.split("\n"):
        if line.strip():
            found.append((position, position + len(line)))
        position += len(line) + 1
    return found
