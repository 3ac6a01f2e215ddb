"""Everything the codebook finds in one sentence: hits of cues and frames, after masks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from yigai.coding.lexicon import MASK, Frame, Lexicon, lexicon


class Hit(NamedTuple):
    """One cue found in a text: whom it speaks for, how strongly, where."""

    target: str
    weight: int
    cue: str
    start: int
    end: int


class Word(NamedTuple):
    """One member of a word class: where it stands and in which clause."""

    start: int
    end: int
    clause: int


_HALF = str.maketrans(",;:?!()％", "，；：？！（）%") | {0xFF10 + i: 0x30 + i for i in range(10)}
_COMMA_IN_NUMBER = re.compile(r"(?<=\d)，(?=\d{3})")
# Never code responsibility lines, titles of cited documents, or a deputy's request quoted back
# to the deputy (seed 000 is such a reply).
_MASKS = (
    re.compile(r"[（\[【]?(?:责任|牵头|配合|参与|负责)(?:单位|部门|科室|领导)[：:][^）\]】。]{0,300}"),
    re.compile(r"《[^《》]{2,80}(?:〈[^〉]{1,60}〉[^《》]{0,40})?》"),
    re.compile(r"(?:针对|关于|对于?|就)?(?:您|你|代表|委员)[^，。；“]{0,14}“[^”]{1,160}”"),
)
_FIGURES = (
    ("#money", re.compile(r"\d[\d.，]{0,12}(?:余|多)?(?:万|亿|千|百)?(?:余|多)?元")),
    ("#percent", re.compile(r"\d[\d.]{0,6}%|百分之[一二三四五六七八九十]{1,4}")),
    ("#number", re.compile(r"\d[\d.]{0,8}")),
    ("#year", re.compile(r"(?:19|20)\d\d年")),
    ("#count", re.compile(r"\d[\d.]{0,8}(?:余|多)?万?(?:个|所|家|名|人|张|项|条|支|例|户|处|辆|套|间|对|床|块|次)")),
    # Promised figures are round, reached ones seldom are: 52 homes and 68.5 % are reports.
    ("#odd", re.compile(r"\d{1,4}\.\d{1,4}(?=[%万亿个家所])|(?<![\d.])\d{1,4}[1-9](?=[个家所名项])(?<!\b[1-9])")),
)
_BREAK = re.compile(r"[，。；！？：\n]")


def even(text: str) -> str:
    """The text with full-width punctuation and half-width digits, every character in its place.

    >>> even("建成5个中心,覆盖率达９０％;")
    '建成5个中心，覆盖率达90%；'
    """
    wide = text.translate(_HALF)
    return _COMMA_IN_NUMBER.sub(",", wide) if "，" in wide else wide


def masked(text: str) -> str:
    """The evened text with everything that must never be coded blanked out, offsets kept.

    >>> masked("按照《关于推进医联体建设的意见》组建医联体")
    '按照□□□□□□□□□□□□□□组建医联体'
    """
    wide = even(text)
    for pattern in _MASKS:
        wide = pattern.sub(lambda match: "□" * len(match.group()), wide)
    return wide


def scan(text: str, *, lexicon_of: Callable[[], Lexicon] = lexicon) -> list[Hit]:
    """All hits in one text, after masks, the longest cue of a code swallowing shorter ones inside it.

    >>> [hit.cue for hit in scan("组建紧密型县域医共体") if hit.target == "ORG"]
    ['紧密型县域医共体']
    """
    body = masked(text)
    lex = lexicon_of()
    breaks = [match.start() for match in _BREAK.finditer(body)]
    hits: list[Hit] = []
    words: dict[str, list[Word]] = {}
    for last, (word, roles, classes) in lex.automaton.iter(body):
        start = last + 1 - len(word)
        hits.extend(Hit(target, weight, word, start, last + 1) for target, weight in roles)
        if classes:
            place = Word(start, last + 1, bisect_right(breaks, start))
            for name in classes:
                words.setdefault(name, []).append(place)
    words["#start"] = [Word(at, at, bisect_right(breaks, at)) for at in (0, *(b + 1 for b in breaks))]
    if any(char.isdigit() for char in body):
        for name, pattern in _FIGURES:
            for match in pattern.finditer(body):
                place = Word(match.start(), match.end(), bisect_right(breaks, match.start()))
                words.setdefault(name, []).append(place)
    hidden: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        if hit.weight == MASK:
            hidden.setdefault(hit.target, []).append((hit.start, hit.end))
    hits.extend(_framed(words, hidden, lex))
    return longest(hits)


def _framed(
    words: dict[str, list[Word]], hidden: dict[str, list[tuple[int, int]]], lex: Lexicon
) -> Iterable[Hit]:
    for name in words:
        for made in lex.frames.get(name, ()):
            found = _match(made, words, hidden.get(made.target, ()))
            if found:
                yield Hit(made.target, made.weight, made.cue, *found)


def _match(
    made: Frame, words: dict[str, list[Word]], hidden: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The first place where the classes of a frame follow each other closely enough.

    Words inside a mask of the code do not count: in 医院治理体系 the head is the system, not the
    hospital, so nothing is built.
    """
    if any(name not in words for name in made.classes):
        return None
    chains = [(word.start, word) for word in _seen(words[made.classes[0]], hidden)]
    for name, gap, crosses in zip(made.classes[1:], made.gaps, made.crosses, strict=True):
        chains = [
            (first, right)
            for right in _seen(words[name], hidden)
            for first, left in chains
            if 0 <= right.start - left.end <= gap and (crosses or right.clause == left.clause)
        ]
        if not chains:
            return None
    first, last = min(chains, key=lambda pair: (pair[0], pair[1].end))
    return first, last.end


def _seen(found: list[Word], hidden: Sequence[tuple[int, int]]) -> list[Word]:
    if not hidden:
        return found
    return [w for w in found if not any(a <= w.start and w.end <= b for a, b in hidden)]


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """The hits of each code that stand inside no longer hit of that code; masks swallow and vanish."""
    by_target: dict[str, list[Hit]] = {}
    for hit in hits:
        by_target.setdefault(hit.target, []).append(hit)
    kept: list[Hit] = []
    for target in sorted(by_target):
        reach = -1
        ordered = sorted(by_target[target], key=lambda hit: (hit.start, -hit.end, hit.weight and -hit.weight + 3))
        for hit in ordered:
            if hit.end > reach:
                reach = hit.end
                if hit.weight != MASK:
                    kept.append(hit)
    return kept
