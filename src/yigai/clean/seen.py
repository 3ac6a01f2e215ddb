"""A page as the labeller sees it: its lines, stripped of notes and mark-up, in simplified script."""

from __future__ import annotations

import re

from yigai.clean import script
from yigai.clean.chars import HAN, LINE_END, han_count

_NOTE = re.compile(rf"(?<=[{HAN}A-Za-z?])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüê]{{1,7}}[)）]")
_STOP = re.compile("[。；！？;!?]")
CLAUSE = re.compile("[。；！？，,;!?]")
STRUCTURE = re.compile(
    "^(?:第[一二三四五六七八九十百零〇0-9]{1,6}[章条节款编]|[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|\\d{1,2}[.、．)）]|附件?\\d?[:：]|附件\\s?\\d{0,2}$|——)"
)
TAG = re.compile(r"<[^<>\n]{1,300}>")
LONG = 400


class Seen:
    """A line as the labeller sees it: notes stripped, simplified, outer spaces gone; what it shows is asked once."""

    __slots__ = ("_sentence", "_squeezed", "end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start, self.end, self.text = start, end, text
        self._sentence: bool | None = None
        self._squeezed = ""

    @property
    def squeezed(self) -> str:
        """The line without any space."""
        self._squeezed = self._squeezed or "".join(self.text.split())
        return self._squeezed

    @property
    def sentence(self) -> bool:
        """Whether the line reads as running text of a document."""
        if self._sentence is None:
            self._sentence = is_sentence(self.text)
        return self._sentence


def view(raw: str) -> list[Seen]:
    """The non-empty lines of a page, normalized for reading only."""
    seen, short, at = [], [], 0
    for line in LINE_END.sub("\n", raw).split("\n"):
        text = line.strip(" \t\r\u3000\xa0")
        if text:
            found = Seen(at, at + len(line), text)
            seen.append(found)
            if len(text) <= LONG:
                found.text = _readable(text)
                short.append(found)
        at += len(line) + 1
    if script.is_traditional(raw):
        for found, text in zip(short, script.simplified_lines([s.text for s in short]), strict=True):
            found.text = text
    return seen


def _readable(text: str) -> str:
    text = TAG.sub("", text).strip() if "<" in text else text
    return _NOTE.sub("", text) if "(" in text or "（" in text else text


def is_sentence(text: str) -> bool:
    """Whether a line reads as running text of a document.

    >>> is_sentence("我局高度重视,立即开展研究和讨论。"), is_sentence("上一篇:没有了")
    (True, False)
    """
    size = han_count(text)
    if size < 8:
        return size >= 2 and bool(STRUCTURE.match(text))
    return (
        bool(_STOP.search(text) or STRUCTURE.match(text)) or text.endswith((":", "："))
        or len(CLAUSE.findall(text)) >= 2
    )  # fmt: skip
