"""Pieces: the sentences of a text, and the part of a long text that a figure stands in."""

from __future__ import annotations

import re

from yigai.facts.numerals import fold

SENTENCE_END = re.compile(r"[。!?\n]+[”’)]*")
# A sentence without an end (a table, a list) is read in parts, or the time would grow with its square.
LONG = 600


def pieces(folded: str) -> list[tuple[int, int]]:
    """The sentences of a text; one longer than LONG is cut at its last mark before that.

    >>> pieces("新增3家。到2025年,建成5家;")
    [(0, 5), (5, 17)]
    """
    ends = [match.end() for match in SENTENCE_END.finditer(folded)]
    spans, start = [], 0
    for end in [*ends, len(folded)]:
        while end - start > LONG:
            mark = max(folded.rfind(sign, start + LONG // 2, start + LONG) for sign in ";,、")
            middle = mark + 1 if mark > 0 else start + LONG
            spans.append((start, middle))
            start = middle
        if end > start:
            spans.append((start, end))
        start = end
    return spans


WHOLE = 2000  # characters of a text that is its own context, as long as the longest sentence of a page
NEAR = 300  # characters on either side of a clause, in a longer text


def around(text: str, start: int, end: int) -> str:
    """What the clause from `start` to `end` stands in: the text, of a long one the sentence, or as much of it as is near.

    >>> around("新增3家。", 0, 4), around("前。" * 2000 + "新增3家。" + "后。" * 2000, 4000, 4004)
    ('新增3家。', '新增3家。')
    """
    if len(text) <= WHOLE:
        return text
    low, high = max(0, start - NEAR), min(len(text), end + NEAR)
    near = fold(text[low:high])
    begins = [match.end() for match in SENTENCE_END.finditer(near, 0, start - low)]
    stop = SENTENCE_END.search(near, end - low)
    return text[low + (begins[-1] if begins else 0) : low + stop.end() if stop else high]
