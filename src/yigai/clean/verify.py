"""What is left: flags on the source's integrity and counters of residue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean.chars import HAN
from yigai.clean.ledger import Draft, Flag

_NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ANNOUNCED = re.compile(r"(?:分为|分|共|以下|如下|实施|经过|包括)?([两二三四五六七八九十])个(阶段|方面|步骤|环节|部分)[:：]")
_ORDINALS = re.compile(r"(?:^|[。；;：:，,\n])(?:第?([一二三四五六七八九十])(?:是|个?阶段|方面|步))")


def unfinished_lists(text: str) -> Iterator[tuple[int, int, str]]:
    """Announcements of n parts after which fewer are printed.

    >>> [d for _, _, d in unfinished_lists("工作分为四个阶段：一是启动。二是巩固。三是总结。")]
    ['4 阶段 announced, 3 printed']
    """
    for m in _ANNOUNCED.finditer(text):
        announced = _NUMERAL[m[1]]
        following = text[m.end() - 1 : m.end() + 3000]
        cut = _ANNOUNCED.search(following, 1)
        printed = [_NUMERAL[o[1]] for o in _ORDINALS.finditer(following[: cut.start() if cut else None])]
        last = 0
        for n in printed:
            if n == last + 1:
                last = n
            elif n == 1 and last:
                break
        if 0 < last < announced:
            yield m.start(), m.end(), f"{announced} {m[2]} announced, {last} printed"


_LOST_NAMES = re.compile(rf"[（(](?:[{HAN}]{{1,4}}[ 、])*(?:[{HAN}][ 、])+[{HAN}]?[)）]$", re.M)


def integrity(draft: Draft) -> Iterator[Flag]:
    """Flags on what the source itself lacks; nothing of this is ever repaired."""
    text = draft.text
    for start, end, detail in unfinished_lists(text):
        yield Flag("unfinished list", start, end, text[start:end], detail)
    for m in _LOST_NAMES.finditer(text):
        yield Flag("lost names", m.start(), m.end(), m[0], "given names are missing and cannot be recovered")
    last = text.rstrip().rsplit("\n", 1)[-1]
    if len(last) > 40 and re.search(f"[{HAN},，、：:；;]$", last):
        yield Flag("truncated end", len(text) - len(last), len(text), last[-20:], "the last paragraph does not end")
    if len(text.strip()) < 120 and "。" not in text:
        yield Flag("stub", 0, len(text), text[:40], "a title without a text")
