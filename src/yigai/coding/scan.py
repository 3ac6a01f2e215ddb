"""Everything the codebook finds in one sentence: hits of cues and frames, after masks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from yigai import places
from yigai.coding.codebook import codebook
from yigai.coding.lexicon import MASK, Frame, Lexicon, lexicon


class Hit(NamedTuple):
    """One cue found in a text: whom it speaks for, how strongly, where."""

    target: str
    weight: int
    cue: str
    start: int
    end: int


Word = tuple[int, int, int]  # a member of a word class: start, end, the place that tells its clause
Raw = tuple[int, int, bool, int, str]  # a hit that sorts: start, minus end, not a mask, minus weight, cue
Span = tuple[int, int]


_HALF = str.maketrans(",;:?!()％", "，；：？！（）%") | {0xFF10 + i: 0x30 + i for i in range(10)}
_COMMA_IN_NUMBER = re.compile(r"(?<=\d)，(?=\d{3})")
# A day at the head of a clause dates an event; 自…起 and 每年… stand before days of another kind.
_DAY = re.compile(r"(?<![自每至起到从前])(?:\d{1,2}月)?\d{1,2}(?:[—至-]\d{1,2})?日(?!前|起|内|间|至|常|均)")
# Who reports has a name (资兴市, 我区, 资兴市人民医院); who is ordered has none, or is everybody (各市).
_ACTOR = re.compile(
    r"(?:(?<=[，。；！？：“\n])|^)([我该][省市州县区旗院局]|[一-龥]{2,7}?[省市州县区旗盟])"
    r"(?:[一-龥]{0,6}(?:医院|保健院|医共体|卫生院|卫健[局委]|卫生健康[局委]|医保局)|(?:党委、|委、[省市州县区旗]?)?(?:人民)?政府|委)?"
    r"(?![级委、和及与或政内外域直各])"
)
_FIGURES = (
    ("#money", re.compile(r"\d[\d.，]{0,12}(?:余|多)?(?:万|亿|千|百)?(?:余|多)?元")),
    ("#percent", re.compile(r"\d[\d.]{0,6}%|百分之[一二三四五六七八九十]{1,4}")),
    ("#number", re.compile(r"\d[\d.]{0,8}")),
    ("#day", _DAY),
    ("#month", re.compile(r"(?:(?:19|20)\d\d年|今年|去年)\d{1,2}月份?(?:[底初]|[上中下]旬)?(?=，)")),
    ("#period", re.compile(r"(?:19|20)\d\d[—–-]{1,2}(?:19|20)\d\d年(?=，)")),
    ("#year", re.compile(r"(?:19|20)\d\d年")),
    ("#count", re.compile(r"\d[\d.]{0,8}(?:余|多)?万?(?:个|所|家|名|人|张|项|条|支|例|户|处|辆|套|间|对|床|块|次|件|台|场)")),
    # Only what was counted is told about: 40余次, 120多名.
    ("#about", re.compile(r"\d[余多]万?[个所家名人张项例次场件批期户]")),
    # Promised figures are round, reached ones seldom are: 52 homes, 68.5 %, 530 余个 are reports.
    ("#odd", re.compile(r"\d{1,4}\.\d{1,4}(?=[%万亿个家所])|(?<![\d.])\d{1,4}[1-9](?=[个家所名项件])(?<!\b[1-9])|\d[余多](?=[个家所名项人张例])")),
)
_DIGIT = re.compile(r"\d")
LONGEST = 40  # characters no member of a word class exceeds
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
    for needed, pattern in _masks():
        if needed in wide:
            wide = pattern.sub(lambda match: "□" * len(match.group()), wide)
    return wide


@cache
def _masks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((needed, re.compile(pattern)) for needed, pattern in codebook().mask)


def scan(text: str, *, lexicon_of: Callable[[], Lexicon] = lexicon) -> list[Hit]:
    """All hits in one text, after masks, the longest cue of a code swallowing shorter ones inside it.

    >>> [hit.cue for hit in scan("探索紧密型县域医共体") if hit.target == "ORG"]
    ['紧密型县域医共体']
    """
    body, lex = masked(text), lexicon_of()
    breaks = [match.start() for match in _BREAK.finditer(body)]
    raw: defaultdict[str, list[Raw]] = defaultdict(list)
    hidden: defaultdict[str, list[Span]] = defaultdict(list)  # what the masks of a code hide from its frames
    words: defaultdict[str, list[Word]] = defaultdict(list)
    words["#start"] = [(at, at, at) for at in (0, *(b + 1 for b in breaks))]
    for last, (length, roles, classes) in lex.automaton.iter(body):
        end = last + 1
        start = end - length
        for target, weight, word in roles:
            raw[target].append((start, -end, weight != MASK, -weight, word))
            if weight == MASK:
                hidden[target].append((start, end))
        if classes:
            place = (start, end, last)
            for name in classes:
                words[name].append(place)
    _figures(body, words)
    for made, start, end in list(_framed(words, hidden, breaks, lex)):
        raw[made.target].append((start, -end, made.weight != MASK, -made.weight, made.cue))
    return [hit for target in sorted(raw) for hit in longest(target, raw[target])]


def _figures(body: str, words: defaultdict[str, list[Word]]) -> None:
    """Named actors, numbers, years, percentages, amounts and counts as members of word classes."""
    for match in _ACTOR.finditer(body):
        if match[1][0] in "我该" or places.named(match[1]):
            words["#actor"].append((*match.span(), match.start()))
    if not _DIGIT.search(body):
        return
    for name, pattern in _FIGURES:
        for match in pattern.finditer(body):
            words[name].append((*match.span(), match.start()))


def _framed(
    words: dict[str, list[Word]], hidden: Mapping[str, list[Span]], breaks: list[int], lex: Lexicon
) -> Iterable[tuple[Frame, int, int]]:
    present = words.keys()
    for last in present & lex.frames.keys():  # in any order: hits are sorted before they are given out
        for first, frames in lex.frames[last].items():
            if first not in words:
                continue
            for made in frames:
                if len(made.classes) == 2 or made.needs <= present:
                    found = _match(made, words, hidden.get(made.target, ()), breaks)
                    if found:
                        yield made, *found


def _match(
    made: Frame, words: dict[str, list[Word]], hidden: Sequence[Span], breaks: list[int]
) -> Span | None:
    """The first place where the classes of a frame follow each other closely enough.

    Words inside a mask of the code do not count: in 医院治理体系 the head is the system, not the
    hospital, so nothing is built.
    """
    chains = [(word[0], word) for word in _seen(words[made.classes[0]], hidden)]
    for name, gap, crosses in zip(made.classes[1:], made.gaps, made.crosses, strict=True):
        chains = _followed(chains, _seen(words[name], hidden), gap, () if crosses else breaks)
        if not chains:
            return None
    return chains[0][0], chains[0][1][1]


def _followed(
    chains: list[tuple[int, Word]], rights: list[Word], gap: int, breaks: Sequence[int]
) -> list[tuple[int, Word]]:
    """Every chain that goes on to its nearest next word, across no break, in the order of the text."""
    found: list[tuple[int, Word]] = []
    for first, (_, end, mark) in chains:
        for right in rights:
            if right[0] < end:
                continue
            if right[0] > end + gap + LONGEST:  # members stand in the order of their ends
                break
            if right[0] <= end + gap and (
                not breaks or bisect_right(breaks, mark) == bisect_right(breaks, right[2])
            ):
                found.append((first, right))
                break
    return found


def _seen(found: list[Word], hidden: Sequence[Span]) -> list[Word]:
    if not hidden:
        return found
    return [w for w in found if not any(a <= w[0] and w[1] <= b for a, b in hidden)]


def longest(target: str, found: list[Raw]) -> list[Hit]:
    """The hits of one code that stand inside no longer hit of it; masks swallow and vanish.

    >>> longest("ORG", [(0, -3, True, -2, "医共体"), (0, -5, True, -2, "医共体建设")])
    [Hit(target='ORG', weight=2, cue='医共体建设', start=0, end=5)]
    """
    kept: list[Hit] = []
    reach = -1
    for start, minus_end, _, minus_weight, cue in sorted(found) if found[1:] else found:
        if -minus_end > reach:
            reach = -minus_end
            if minus_weight:
                kept.append(Hit(target, -minus_weight, cue, start, reach))
    return kept
