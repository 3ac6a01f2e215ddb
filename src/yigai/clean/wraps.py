"""Paragraphs that a scan, a mail or a form cut into lines of one width, and paragraphs printed twice in a row."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from yigai.clean.chars import HAN_RUN, han_count
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change
from yigai.clean.roles import TITLE_END
from yigai.clean.seen import STRUCTURE

_NARROW, _WIDE, _LEAST = 18, 64, 6
_ENDS = tuple("。！？；：.!?;:”）)")
_WORDS = re.compile("[A-Za-z]{2}")


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
    return (width, len(full)) if cut and not _is_list(full) else (0, 0)


_AMID, _DIGITS = re.compile("[，。、；：,;:].", re.S), re.compile("[0-9]{1,4096}")


def _is_list(lines: Sequence[str]) -> bool:
    """Whether lines of one width are the rows of a list: no marks amid them, or figures at the same place in most.

    >>> _is_list(["甲县医院 0731-1234567", "乙县医院 0731-1234568"]), _is_list(["改革，是2020年的", "工作。到2025年，各地"])
    (True, False)
    """
    shapes = Counter(_DIGITS.sub("0", HAN_RUN.sub("字", line)) for line in lines)
    rows = max((n for shape, n in shapes.items() if "0" in shape), default=0)
    running = sum(bool(_AMID.search(line)) for line in lines)
    return running * 2 < len(lines) or rows * 2 > len(lines)


def joins(draft: Draft) -> Iterator[Change]:
    """Breaks amid a sentence of a page whose lines were all cut at one width."""
    widest = max((x.end - x.start for x in draft.lines if x.role in ("title", "body")), default=0)
    if not _NARROW <= widest <= _WIDE * 8:  # notes and indentation make lines longer than they read
        return
    shown = [x for x in draft.lines if x.role in ("title", "body")]
    spans = [draft.spans.from_raw(x.start, x.end) for x in shown]
    texts = [draft.text[low:high].strip() for low, high in spans]
    if len(texts) < _LEAST or max(map(len, texts)) > _WIDE * 2:
        return
    measure = max((_signs, _columns), key=lambda m: _wrapped_at(texts, m)[1])
    width, _ = _wrapped_at(texts, measure)
    for x, (low, _), (line, following) in zip(shown, spans, itertools.pairwise(texts), strict=False):
        whole = line.endswith(_ENDS) or (x.role == "title" and TITLE_END.search(line))
        at = draft.text.find("\n", low)
        if width and measure(line) >= width - 1 and not whole and not STRUCTURE.match(following) and at >= 0:
            between = " " if _WORDS.fullmatch(line[-1:] + following[:1]) else ""
            yield Change(at, at + 1, between, "layout", "wrapped", 0.95, f"the lines of the page were cut at {width} signs")


_PARAGRAPH = 40


def repeats(draft: Draft) -> Iterator[Change]:
    """A paragraph printed a second time right after itself."""
    at, before = 0, ""
    for line in draft.text.split("\n"):
        if line == before and len(line) >= _PARAGRAPH and han_count(line) >= _PARAGRAPH:
            yield Change(at - 1, at + len(line), "", "layout", "repeated", 0.97, "the same paragraph stands right before")
        before, at = line, at + len(line) + 1
