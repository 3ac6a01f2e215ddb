"""Headings: the ranks of item numbers, what names an item, and the path of open headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN_NUMBER = "[一二三四五六七八九十百零〇0-9]{1,5}"
# order is rank: an item closes every heading of its own rank and below
LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("part", rf"第{_HAN_NUMBER}[编篇]"),
        ("chapter", rf"第{_HAN_NUMBER}章"),
        ("section", rf"第{_HAN_NUMBER}节"),
        ("article", rf"第{_HAN_NUMBER}条"),
        # plans numbered 1, 1.1, 1.1.1 set a space before the words: 1.6 亿元 is an amount
        ("一、", r"[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[ \u3000]{1,3}(?=[\u4e00-\u9fff]{3,20}$)(?![家所个名人项年月日万亿元])"),
        ("（一）", r"[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}\.\d{1,2}[ \u3000]{1,3}(?=[\u4e00-\u9fff]{2})(?![家所个名人项年月日万亿元倍])"),
        ("1.", r"\d{1,2}(?:\.\d{1,2}){2}[ \u3000]{0,3}(?=[\u4e00-\u9fff]{2})|\d{1,2}(?:[、．]|\.(?!\d))"),
        ("（1）", r"[（(]\d{1,2}[）)]|\d{1,2}[）)]|[①-⑳]"),
        ("一是", r"[一二三四五六七八九十]{1,2}(?:是|要)(?![否素])|第[一二三四五六七八九十]{1,2}[，,、]"),
    )
)
_HASHES = r"(?:#{1,6}[ \u3000]{0,3})?"  # a page saved as Markdown
_ITEM = re.compile(_HASHES + "(?:" + "|".join(f"(?P<l{i}>{p.pattern})" for i, (_, p) in enumerate(LEVELS)) + ")")
_ARTICLE, SPOKEN = 3, 8
_BARE = len(LEVELS)  # an unnumbered heading lies below every numbered one
_TERMINAL = re.compile(r"[。；！？：，、;!?:,…][”’」』\"）)]*$")
_TWO_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_STAMP = re.compile(r"20\d\d[-/.年]\d{1,2}|https?:|www\.|[|｜>]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s?(?:%|亿|万|个|家|所|名|人|项|元|张|次)|20\d\d年")
_LONGEST = (60, 60, 60, 12, 60, 44, 36, 30, 9)  # 一是促整合 names, 一是实现区域内互联互通 says what was done (seed 000)


def level(text: str) -> int | None:
    """Rank of the item number a text begins with, None without one.

    >>> [level(t) for t in ("二、任务", "（三）监管", "1.布局", "1.6亿元", "一是促整合")]
    [4, 5, 6, None, 8]
    """
    found = _ITEM.match(text)
    return int((found.lastgroup or "l0")[1:]) if found else None


def _title_like(text: str) -> bool:
    return not _TERMINAL.search(text) and not text.endswith((".", "．"))


def _names_item(text: str, rank: int, *, alone: bool, followed: bool) -> bool:
    """Whether a numbered first sentence names its item rather than stating something."""
    if rank == _ARTICLE or len(text) > _LONGEST[rank]:
        return False
    if _title_like(text):
        return alone
    # the last item of a list in a regulation ends with 。 too, and nothing stands under it
    return text.endswith("。") and (followed or not alone) and not _FIGURE.search(text)


def _is_bare_heading(text: str) -> bool:
    """Whether an unnumbered line can be a heading: short, Chinese, no closing mark, no date stamp."""
    return len(text) <= 44 and _title_like(text) and bool(_TWO_HAN.search(text)) and not _STAMP.search(text)


def _label(text: str) -> str:
    """The heading as a step of the path; a slash inside it would read as a step."""
    return text.lstrip("# \u3000").rstrip("。：:；;").strip().replace("/", "／")


class Path:
    """The open headings, one a rank."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, str]] = []

    def close(self, rank: int) -> None:
        """Close the headings of this rank and below."""
        while self.steps and self.steps[-1][0] >= rank:
            self.steps.pop()

    def open(self, rank: int, text: str) -> None:
        """Open a heading in place of those of its rank and below."""
        self.close(rank)
        self.steps.append((rank, _label(text)))

    def close_only(self, rank: int) -> None:
        """Close the headings of one rank."""
        self.steps = [step for step in self.steps if step[0] != rank]

    def ends_with(self, line: str) -> bool:
        """Whether the innermost heading is this unnumbered line."""
        return bool(self.steps) and self.steps[-1] == (_BARE, _label(line))

    def __str__(self) -> str:
        return "/".join(label for _, label in self.steps)


def close_spoken(path: Path) -> None:
    """A heading of the kind 一是促整合 lasts for its paragraph."""
    path.close_only(SPOKEN)


def _followed(lines: Sequence[str], at: int, rank: int) -> bool:
    """Whether text stands under this line: it ends no list of items, and the next line is none of its rank or above."""
    if at + 1 == len(lines) or (lines[at - 1].endswith(("；", ";")) and level(lines[at - 1]) == rank):
        return False
    after = level(lines[at + 1])
    return after is None or after > rank


def _in_list(lines: Sequence[str], at: int, rank: int) -> bool:
    """Whether a line is one of three or more items of its rank with nothing under them: a list, not headings.

    >>> lines = ["十件实事", "一、新建门诊楼", "二、培训村医200名", "三、开通远程会诊"]
    >>> [_in_list(lines, at, 4) for at in (1, 2, 3)]
    [True, True, True]
    """
    if rank <= _ARTICLE:  # the chapters of a table of contents
        return False
    run = 1
    for step in (-1, 1):
        other = at + step
        while 0 < other < len(lines) and run < 3 and level(lines[other]) == rank and "。" not in lines[other][:-1]:
            run, other = run + 1, other + step
    return run >= 3


def opens(lines: Sequence[str], at: int, sentence: str, path: Path, *, first: bool, alone: bool) -> bool:
    """Whether the sentence is a heading; the path closes and opens accordingly."""
    rank = level(sentence)
    if rank is None:
        return first and alone and _opens_bare(lines, at, path)
    if not first and rank != SPOKEN:
        return False
    path.close(rank)
    if rank == _ARTICLE:
        path.open(rank, _ITEM.match(sentence)[0])  # type: ignore[index]
        return False
    followed = _followed(lines, at, rank)
    named = _names_item(sentence, rank, alone=alone, followed=followed) and (followed or not alone or not _in_list(lines, at, rank))
    if named:
        path.open(rank, sentence)
    return named


_BARE_FIGURE = re.compile(r"[≥≤<>约-]?\d[\d.,]*[%‰]?$")


def _is_cell(text: str) -> bool:
    """Whether a line is as short as a cell of a table, without a mark or a number of its own."""
    return len(text) <= 10 and not _TERMINAL.search(text) and level(text) is None


def _opens_bare(lines: Sequence[str], at: int, path: Path) -> bool:
    """An unnumbered heading; one directly under another is its subheading (seed 001: 变化, then a line)."""
    if at == 0 or not _is_bare_heading(lines[at]):
        return False
    if lines[at].startswith("—") and at <= 2:
        return True  # the second line of the title opens nothing
    cells = lines[max(1, at - 3) : at]
    if len(cells) == 3 and all(map(_is_cell, cells)) and any(map(_BARE_FIGURE.match, cells)):
        return False
    if not any(_TERMINAL.search(line) or level(line) is not None for line in lines[at + 1 : at + 3]):
        return False  # cells of a table, names of a list: no text follows
    path.open(_BARE + 1 if path.ends_with(lines[at - 1]) else _BARE, lines[at])
    return True
