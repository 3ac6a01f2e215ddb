"""Width: marks that a page folded to ASCII become full-width again between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean.chars import HAN, WIDE
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

_MARK = re.compile(r"[,:;?!]")
_ANY_MARK = re.compile(r"[,:;?!()]")
_CHINESE = re.compile(f"[{HAN}。、，：；？！（）“”‘’《》〈〉〔〕【】—…％]")
_MARKS = frozenset("。、，：；？！（）“”‘’《》〈〉〔〕【】—…％〇")
# Addresses keep their marks.
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]{1,2048}|www\.[!-~]{1,512}|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,255}")
# 1,200 and 12,345,678: grouped digits.
_GROUPED = re.compile(r"\d{3}(?!\d)")
# A question mark before another mark is the trace of a byte slip that nobody could read (seed 003).
_STRAY = re.compile(r"\?[?,:;!]{1,64}")
_BRACKETS = re.compile(r"[()（）]")
_BLANK = " \u3000\xa0"
# So many full-width marks of its own show that a page was not folded.
_UNFOLDED = 20


def _neighbour(text: str, at: int, step: int) -> str:
    """The nearest character that is no space, in one direction, on the same line.

    >>> _neighbour("医 :x", 2, -1)
    '医'
    """
    for place in range(at + step, at + 5 * step, step):
        if not 0 <= place < len(text):
            return ""
        if text[place] not in _BLANK:
            return text[place]
    return ""


def _is_chinese(char: str) -> bool:
    return "一" <= char <= "龥" or char in _MARKS or bool(char and _CHINESE.match(char))


def _brackets(line: str) -> Iterator[tuple[int, str]]:
    """Positions of brackets to widen: with Chinese inside or at either side; both of a pair alike.

    >>> list(_brackets("门诊(MDT),f(x)"))
    [(2, '（'), (6, '）')]
    """
    open_at: list[int] = []
    for mark in _BRACKETS.finditer(line):
        at = mark.start()
        if line[at] in "(（":
            open_at.append(at)
        else:
            start = open_at.pop() if open_at else -1
            yield from _pair(line, start, at)
    for at in open_at:
        if line[at] == "(" and (_is_chinese(_neighbour(line, at, -1)) or _is_chinese(_neighbour(line, at, 1))):
            yield at, "（"


def _pair(line: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    # Inside, one look at the first and last characters is enough and keeps this linear.
    inside = line[start + 1 : min(end, start + 200)] if start >= 0 else line[max(0, end - 40) : end]
    before = _neighbour(line, start, -1) if start >= 0 else ""
    chinese = bool(_CHINESE.search(inside)) or _is_chinese(before) or _is_chinese(_neighbour(line, end, 1))
    if start >= 0 and not _CHINESE.search(inside) and re.match(r"[A-Za-z]", line[start - 1 : start] or " "):
        chinese = False
    if chinese:
        if start >= 0 and line[start] == "(":
            yield start, "（"
        if line[end] == ")":
            yield end, "）"


def _is_folded(line: str, at: int) -> bool:
    """Whether an ASCII mark stands where official text has a full-width one.

    >>> [_is_folded("全市,11:20开会", i) for i in (2, 5)]
    [True, False]
    """
    before, after = _neighbour(line, at, -1), _neighbour(line, at, 1)
    if _is_chinese(before) or _is_chinese(after):
        return True
    if not after:
        return before not in ("", "?", "!") and bool(_CHINESE.search(line))
    if line[at] not in ",;" or not before or line[at + 1] == " ":
        return False
    if before.isdigit() and after.isdigit():
        return not (line[at] == "," and _GROUPED.match(line, at + 1))
    return not (before.isascii() and before.isalpha() and after.isascii() and after.isalpha())


def _spared(line: str) -> list[tuple[int, int]]:
    """Spans whose marks mean something in ASCII."""
    spans = [m.span() for m in _STRAY.finditer(line)] if "?" in line else []
    if "://" in line or "www." in line or "@" in line:
        spans += [m.span() for m in _ADDRESS.finditer(line)]
    return spans


def restored(line: str) -> list[tuple[int, str]]:
    """Positions and full-width forms of the marks of a line that were folded.

    >>> restored("床位1,200张,比例1:3")
    [(8, '，')]
    """
    marks = [(m.start(), WIDE[m[0]]) for m in _MARK.finditer(line) if _is_folded(line, m.start())]
    if "(" in line or ")" in line:
        marks += _brackets(line)
    if not marks or not _CHINESE.search(line):
        return []
    kept = bytearray(len(line))
    for low, high in _spared(line):
        kept[low:high] = b"\1" * (high - low)
    return sorted((at, mark) for at, mark in marks if not kept[at])


_WIDE_SIGN = re.compile("[０-９Ａ-Ｚａ-ｚ％＋]|(?<=[0-9０-９])．(?=[0-9０-９])")


def narrowed(draft: Draft) -> Iterator[Change]:
    """Full-width digits, Latin letters and per cent signs, which official text sets half-width."""
    for m in _WIDE_SIGN.finditer(draft.text):
        yield Change(m.start(), m.end(), chr(ord(m[0]) - 0xFEE0), "width", "narrow", 0.99)


def restorations(draft: Draft) -> Iterator[Change]:
    """Folded marks of all lines, outside spans that another rule flagged.

    Folding takes every mark of a page, so a page that kept as many of its own full-width marks was
    never folded, and the half-width ones are its author's (local regulations print some).
    """
    found = list(_folded_marks(draft)) if _ANY_MARK.search(draft.text) else []
    if found and sum(map(draft.raw.count, WIDE.values())) < max(_UNFOLDED, len(found)):
        yield from found


def _folded_marks(draft: Draft) -> Iterator[Change]:
    held = bytearray(len(draft.text))
    for low, high in draft.held():
        held[low:high] = b"\1" * (high - low)
    offset = 0
    for line in draft.text.split("\n"):
        for at, mark in restored(line) if _ANY_MARK.search(line) else ():
            start = offset + at
            if not held[start]:
                yield Change(start, start + 1, mark, "width", "folded", 0.99)
        offset += len(line) + 1
