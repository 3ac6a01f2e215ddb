"""Script: a mainland text that a site turned into traditional characters is turned back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from typing import Any

from yigai.clean.chars import HAN
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

# Simplified characters that OpenCC's phrases change (破坏 -> 破坯, 么 -> 幺); mainland text keeps them.
_KEPT = frozenset("坏么吒拚捱榘菸袷醣麴")
# What OpenCC leaves, or what one-to-one tables make of a simplified character.
_LEFT = str.maketrans("衞衹祇徬説歩戸査濬脩迳枱曡嘅𫫇", "卫只只彷说步户查浚修径台叠慨恶")
_ODD = frozenset("衞衹祇徬説歩戸査濬脩迳枱曡嘅𫫇")
_WORDS = (("座标", "坐标"), ("想像", "想象"), ("沈着", "沉着"), ("沈淀", "沉淀"), ("沈重", "沉重"))
# 著 is a character of its own in these; everywhere else it is the particle 着 (擺放著, 著眼; seeds 001 and 002).
_ZHU = re.compile(
    "[昭卓显名原专编论译土巨遗拙新合所自撰主名大古旧杰力]著(?!手|想|急|陆|装|落|实|力|重|眼|色|床|火|凉)"
    "|著(?:名|作|述|者|称|书|录|有《|《|于世|立|说)"
)
_HAN = re.compile(f"[{HAN}]")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("tw2s")


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    """Characters only traditional text has, and characters only simplified text has."""
    block = [chr(c) for c in range(0x4E00, 0x9FFF)]
    easy = _converter().convert("\n".join(block)).split("\n")
    traditional = {c for c, s in zip(block, easy, strict=True) if c != s and not _encodes(c, "gb2312")}
    simple = {c for c in block if _encodes(c, "gb2312") and not _encodes(c, "big5")}
    return frozenset(traditional), frozenset(simple)


def _encodes(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def counts(text: str) -> tuple[int, int]:
    """How many different characters only traditional text has, and how many only simplified text has.

    >>> counts("醫疗醫")
    (1, 1)
    """
    traditional, simple = _tables()
    seen = set(text)
    return len(seen & traditional), len(seen & simple)


@lru_cache(maxsize=64)
def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters as a whole, not only in a quotation.

    >>> is_traditional("醫療衛生體制改革")
    True
    >>> is_traditional("门口的匾额写着“懸壺濟世”，是清代的原物")
    False
    """
    traditional, simple = counts(text)
    return traditional >= 3 and traditional > 1.5 * simple


def simplified(text: str) -> str:
    """The text in mainland simplified script, of the same length.

    >>> simplified("疑難雜癥，體係製定，著眼於擺放著的名著，成效顯著")
    '疑难杂症，体系制定，着眼于摆放着的名著，成效显著'
    """
    out = _converter().convert(text)
    if len(out) != len(text):
        out = "".join((_converter().convert(c) + c)[:1] for c in text)
    if not _KEPT.isdisjoint(text):
        out = "".join([a if a in _KEPT else b for a, b in zip(text, out, strict=True)])
    if not _ODD.isdisjoint(out):
        out = out.translate(_LEFT)
    for wrong, right in _WORDS:
        out = out.replace(wrong, right)
    return _particles(text, out)


def _particles(source: str, out: str) -> str:
    """著 kept in words that have it, 着 elsewhere.

    >>> _particles("圍著原著", "围着原着")
    '围着原著'
    """
    at = source.find("著")
    while at >= 0:
        window = out[max(0, at - 2) : at] + "著" + out[at + 1 : at + 4]
        word = any(m.start() <= min(at, 2) < m.end() for m in _ZHU.finditer(window))
        out = f"{out[:at]}{'著' if word else '着'}{out[at + 1 :]}"
        at = source.find("著", at + 1)
    return out


def conversions(draft: Draft) -> Iterator[Change]:
    """Runs of characters to convert, in a page judged traditional by its body."""
    if not is_traditional(draft.body()):
        return
    text = draft.text
    out = simplified(text)
    # A run ends where an earlier edit does: the note of 實(shí)現 and the script of 實 are two edits.
    borders = {*draft.spans.starts, *draft.spans.ends}
    for start, end in _runs([i for i, (a, b) in enumerate(zip(text, out, strict=True)) if a != b], borders):
        yield Change(start, end, out[start:end], "script", "traditional", 0.99, "the page is traditional as a whole")


def _runs(indices: list[int], borders: Set[int] = frozenset()) -> Iterator[tuple[int, int]]:
    """Half-open spans of consecutive numbers, cut at the borders.

    >>> list(_runs([1, 2, 5])), list(_runs([1, 2], {2}))
    ([(1, 3), (5, 6)], [(1, 2), (2, 3)])
    """
    start = before = -2
    for i in indices:
        if i != before + 1 or i in borders:
            if start >= 0:
                yield start, before + 1
            start = i
        before = i
    if start >= 0:
        yield start, before + 1
