"""Script: a mainland text that a site turned into traditional characters is turned back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from yigai.clean.draft import Draft
from yigai.clean.ledger import APPLIED, Change

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Simplified characters that OpenCC's phrases change (破坏 -> 破坯, 么 -> 幺); mainland text keeps them.
_KEPT = frozenset("坏么吒拚捱榘菸袷醣麴")
_ANY_KEPT = re.compile(f"[{''.join(sorted(_KEPT))}]")
# What OpenCC leaves, or what one-to-one tables make of a simplified character.
_LEFT = str.maketrans("衞衹祇徬説歩戸査濬脩迳枱曡嘅𫫇", "卫只只彷说步户查浚修径台叠慨恶")
_ANY_ODD = re.compile("[衞衹祇徬説歩戸査濬脩迳枱曡嘅𫫇]")
_WORDS = (("座标", "坐标"), ("想像", "想象"), ("沈着", "沉着"), ("沈淀", "沉淀"), ("沈重", "沉重"))
# 著 is a character of its own in these; everywhere else it is the particle 着 (擺放著, 著眼; seeds 001 and 002).
_ZHU = re.compile(
    "[昭卓显名原专编论译土巨遗拙新合所自撰主名大古旧杰力]著(?!手|想|急|陆|装|落|实|力|重|眼|色|床|火|凉)"
    "|著(?:名|作|述|者|称|书|录|有《|《|于世|立|说)"
)


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("tw2s")


@cache
def _tables() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters only traditional text has, and characters only simplified text has."""
    block = [chr(c) for c in range(0x4E00, 0x9FFF)]
    easy = _converter().convert("\n".join(block)).split("\n")
    traditional = [c for c, s in zip(block, easy, strict=True) if c != s and not _encodes(c, "gb2312")]
    simple = [c for c in block if _encodes(c, "gb2312") and not _encodes(c, "big5")]
    return re.compile(f"[{''.join(traditional)}]"), re.compile(f"[{''.join(simple)}]")


def _encodes(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=64)
def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters as a whole, not only in a quotation.

    >>> is_traditional("醫療衛生體制改革")
    True
    >>> is_traditional("门口的匾额写着“懸壺濟世”，是清代的原物")
    False
    """
    only_traditional, only_simple = _tables()
    traditional = len(set(only_traditional.findall(text)))
    return traditional >= 3 and traditional > 1.5 * len(set(only_simple.findall(text)))


def simplified(text: str) -> str:
    """The text in mainland simplified script, of the same length.

    >>> simplified("疑難雜癥，體係製定，著眼於擺放著的名著，成效顯著")
    '疑难杂症，体系制定，着眼于摆放着的名著，成效显著'
    """
    out = _converter().convert(text)
    if len(out) != len(text):
        out = "".join((_converter().convert(c) + c)[:1] for c in text)
    return _mended(text, out)


def _mended(text: str, out: str) -> str:
    """A conversion of the same length with the project's own exceptions."""
    if _ANY_KEPT.search(text):
        out = "".join([a if a in _KEPT else b for a, b in zip(text, out, strict=True)])
    if _ANY_ODD.search(out):
        out = out.translate(_LEFT)
    for wrong, right in _WORDS:
        out = out.replace(wrong, right)
    return _particles(text, out)


def simplified_lines(lines: Sequence[str]) -> list[str]:
    """Lines in simplified script, all in one conversion: no word goes on over a line's end.

    >>> simplified_lines(["醫療", "衛生"])
    ['医疗', '卫生']
    """
    page = "\n".join(lines)
    out = _converter().convert(page)
    if len(out) != len(page):
        return [simplified(line) for line in lines]
    return _mended(page, out).split("\n") if lines else []


def _particles(source: str, out: str) -> str:
    """著 kept in words that have it, 着 elsewhere.

    >>> _particles("圍著原著", "围着原着")
    '围着原著'
    """
    pieces, done, before = [], 0, ""
    at = source.find("著")
    while at >= 0:
        pieces.append(out[done:at])
        before = (before + out[max(done, at - 2) : at])[-2:]
        word = any(m.start() <= len(before) < m.end() for m in _ZHU.finditer(f"{before}著{out[at + 1 : at + 4]}"))
        pieces.append("著" if word else "着")
        before += pieces[-1]
        done, at = at + 1, source.find("著", at + 1)
    return "".join((*pieces, out[done:]))


def conversions(draft: Draft) -> Iterator[Change]:
    """Runs of characters to convert, in a page judged traditional by its body."""
    if _tables()[0].search(draft.text) is None or not is_traditional(draft.body()):
        return
    text = draft.text
    out = simplified(text)
    # A run ends where an earlier edit does: the note of 實(shí)現 and the script of 實 are two edits.
    made = Change._make
    for start, end in _runs(_differing(text, out), [*draft.spans.starts, *draft.spans.ends]):
        yield made((start, end, out[start:end], "script", "traditional", 0.99, _WHOLE, APPLIED))


_WHOLE = "the page is traditional as a whole"


def _differing(text: str, other: str) -> npt.NDArray[np.int64]:
    """Places at which two texts of one length differ."""
    import numpy as np

    one, two = (np.frombuffer(t.encode("utf-32-le", "surrogatepass"), np.uint32) for t in (text, other))
    return np.flatnonzero(one != two)


def _runs(indices: npt.NDArray[np.int64], borders: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """Half-open spans of consecutive numbers, cut at the borders.

    >>> import numpy as np
    >>> list(_runs(np.array([1, 2, 5]))), list(_runs(np.array([1, 2]), [2]))
    ([(1, 3), (5, 6)], [(1, 2), (2, 3)])
    """
    import numpy as np

    begins = np.ones(len(indices), bool)
    begins[1:] = np.diff(indices) != 1
    if borders:
        begins |= np.isin(indices, borders)
    at = np.flatnonzero(begins)
    last = np.append(at[1:], len(indices)) - 1
    yield from zip(indices[at].tolist(), (indices[last] + 1).tolist(), strict=True)
