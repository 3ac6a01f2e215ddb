"""Paragraphs that a scan, a mail or a form cut into lines of one width, and paragraphs printed twice in a row."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from yigai.clean.chars import han_count
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change
from yigai.clean.seen import STRUCTURE

_NARROW, _WIDE, _LEAST = 18, 64, 6
_ENDS = tuple("。！？；：.!?;:”）)")


def _signs(line: str) -> int:
    return len(line)


def _columns(line: str) -> int:
    """The width in Chinese characters: two digits or Latin letters fill one.

    >>> _columns("2023年")
    3
    """
    return sum(1 if c.isascii() else 2 for c in line) // 2


def _wrapped_at(lines: Sequence[str], measure: Callable[[str], int]) -> tuple[int, int]:
    """The width at which a page's lines were cut, and how many were; (0, 0) when they were not."""
    sizes = [measure(line) for line in lines]
    counts = Counter(size for size in sizes if _NARROW <= size <= _WIDE)
    if not counts:
        return 0, 0
    width = max(counts, key=lambda size: (counts[size] + counts[size - 1], size))
    full = [line for line, size in zip(lines, sizes, strict=True) if width - 1 <= size <= width]
    longer = sum(size > width for size in sizes)
    open_ended = sum(not line.endswith(_ENDS) for line in full)
    cut = len(full) >= _LEAST and len(full) * 4 >= len(lines) and longer * 20 <= len(lines) and open_ended * 10 >= len(full) * 7
    return (width, len(full)) if cut else (0, 0)


def joins(draft: Draft) -> Iterator[Change]:
    """Breaks amid a sentence of a page whose lines were all cut at one width."""
    widest = max((x.end - x.start for x in draft.lines if x.role in ("title", "body")), default=0)
    if not _NARROW <= widest <= _WIDE * 8:  # notes and indentation make lines longer than they read
        return
    spans = [draft.spans.from_raw(x.start, x.end) for x in draft.lines if x.role in ("title", "body")]
    lines = [(low, draft.text[low:high].strip()) for low, high in spans]
    if len(lines) < _LEAST or max(len(line) for _, line in lines) > _WIDE * 2:
        return
    texts = [line for _, line in lines]
    measure = max((_signs, _columns), key=lambda m: _wrapped_at(texts, m)[1])
    width, _ = _wrapped_at(texts, measure)
    for (low, line), (_, following) in itertools.pairwise(lines):
        if not width or measure(line) < width - 1 or line.endswith(_ENDS) or STRUCTURE.match(following):
            continue
        at = draft.text.find("\n", low)
        if at >= 0:
            yield Change(at, at + 1, "", "layout", "wrapped", 0.95, f"the lines of the page were cut at {width} signs")


_PARAGRAPH = 40


def repeats(draft: Draft) -> Iterator[Change]:
    """A paragraph printed a second time right after itself."""
    at, before = 0, ""
    for line in draft.text.split("\n"):
        if line == before and len(line) >= _PARAGRAPH and han_count(line) >= _PARAGRAPH:
            yield Change(at - 1, at + len(line), "", "layout", "repeated", 0.97, "the same paragraph stands right before")
        before, at = line, at + len(line) + 1
