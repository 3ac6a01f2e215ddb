"""Where sentences end: at 。；！？ outside brackets, closing quotes kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETS = {"）": "（", ")": "(", "》": "《", "】": "【", "〕": "〔", "]": "["}
_ANY_BRACKET = re.compile(r"[（(《【〔\[）)》】〕\]]")
_END = re.compile(r"[。；！？;!?]+[”’」』]*")
_CLOSED = "”’」』\""
# a quoted slogan or question goes on inside its sentence: “看病难？”的问题
_GOES_ON = re.compile(r"[，、,：:的等之是和与及为这]")
#: No sentence is longer: each of its facts quotes it whole, and a page without stops may hold ten thousand of them.
LONGEST = 2000
_COMMAS = "，、：|"  # half-width ones stand inside numbers of a clean text: 1,200 and 11:20
DUTY_WORD = (
    r"(?:(?:主要|主办|协办|共同|第一)?(?:责任|牵头|配合|承办|协办|主办|参与|协同|参加|实施|落实|主管|督导)"
    r"(?:单位|部门|科室|处室|股室|机构|领导|人)|(?:牵头|配合)(?:、|和|及)?(?:责任|配合)(?:单位|部门)|职责分工|任务分工)"
)
_DUTY_OPENS = re.compile(rf"[（(【\[](?:以上|上述)?{DUTY_WORD}[：:为]")


def bracketed(text: str) -> list[tuple[int, int]]:
    """Outermost bracketed stretches; a bracket without its partner does not count.

    >>> bracketed("县（区）和《关于（试行）的通知》1)")
    [(1, 4), (5, 16)]
    """
    opened: list[tuple[str, int]] = []
    closed: list[tuple[int, int]] = []
    for match in _ANY_BRACKET.finditer(text):
        sign, at = match[0], match.start()
        if sign not in _BRACKETS:
            opened.append((sign, at))
            continue
        if any(kind == _BRACKETS[sign] for kind, _ in opened[-8:]):  # bounded: hostile pages nest for ever
            while opened[-1][0] != _BRACKETS[sign]:
                opened.pop()
            begin = opened.pop()[1]
            while closed and closed[-1][0] > begin:
                closed.pop()
            closed.append((begin, at + 1))
    return closed


def _goes_on(text: str, stop: int) -> bool:
    """Whether a closed quotation is still inside its sentence."""
    return text[stop - 1] in _CLOSED and bool(_GOES_ON.match(text, stop))


def _ends(text: str) -> list[tuple[int, int]]:
    """Runs of end marks with the closing quotes that belong to them."""
    found, straight, seen = [], 0, 0
    for match in _END.finditer(text):
        begin, end = match.span()
        straight += text.count('"', seen, end)
        seen = end
        if text.startswith('"', end) and straight % 2:
            end += 1
        found.append((begin, end))
    return found


def _stops(text: str) -> Iterator[int]:
    """Where the sentences of one paragraph stop; a duty bracket is a sentence of its own."""
    ends = iter([*_ends(text), (len(text), len(text))])
    begin, end = next(ends)
    for opened, closed in [*bracketed(text), (len(text), len(text))]:
        while begin < opened:
            if not _goes_on(text, end):
                yield end
            begin, end = next(ends)
        while begin < closed:  # inside brackets nothing ends
            begin, end = next(ends)
        if _DUTY_OPENS.match(text, opened):
            yield opened
            if begin == closed < len(text):  # （责任单位：市卫健委）。
                yield end
                begin, end = next(ends)
            else:
                yield closed


def _bounded(text: str, stops: list[int]) -> Iterator[int]:
    """The same stops, and more where a sentence would be longer than LONGEST: behind its last comma, or anywhere.

    >>> list(_bounded("一，" + "二" * 3000, [3002]))
    [2, 2002, 3002]
    """
    begin = 0
    for stop in stops:
        while stop - begin > LONGEST:
            commas = (text.rfind(sign, begin, begin + LONGEST) for sign in _COMMAS)
            comma = max(commas) + 1
            begin = comma if comma > begin else begin + LONGEST
            yield begin
        yield stop
        begin = stop


def spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one paragraph, trimmed; together they hold every visible character.

    >>> [text[a:b] for text in ["“水平提高了。”他说。建成（一期。二期）中心；投用"] for a, b in spans(text)]
    ['“水平提高了。”', '他说。', '建成（一期。二期）中心；', '投用']
    """
    found, begin = [], 0
    for stop in _bounded(text, [*_stops(text), len(text)]):
        piece = text[begin:stop]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append((begin + lead, begin + len(piece.rstrip())))
        begin = stop
    return found
