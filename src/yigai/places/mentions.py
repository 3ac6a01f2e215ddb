"""Where a text names a place: one pass of an automaton, then what stands left and right decides."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick
import opencc

from yigai.places.gazetteer import Place, name_index, stem

# Short names of provinces inside longer geographic words: 长江西岸, 黄河南岸, 太行山西麓, 洞庭湖南岸.
WITHIN = {
    "江西": "长珠嘉岷乌湘丽",
    "江苏": "长",
    "河南": "黄淮运大",
    "河北": "黄淮运大",
    "山东": "行泰佛马唐",
    "山西": "行泰佛马唐",
    "湖南": "庭太阳",
    "湖北": "庭太阳西",
    "海南": "大",
    "云南": "",
    "广西": "推",
}
# Short name -> what follows it in another word: 其中卫生, 保定期, 南通过, 大理石.
RIGHT = {
    "中卫": "生星健",
    "保定": "期点量向额",
    "南通": "过",
    "三明": "确显",
    "新乡": "村镇",
    "大庆": "典",
    "东营": "养业",
    "海口": "岸",
    "高密": "度集",
    "新密": "切",
    "大理": "石论",
    "长治": "久",
    "大同": "小",
    "大连": "接片通",
    "上海": "拔",
    "资兴": "建办业起学",
    "黄石": "公",
    "阳泉": "水",
    "吉林": "木",
    "平定": "心",
    "大足": "够",
    "台湾": "同居",
    "香港": "居同",
    "澳门": "居同",
    "内乡": "镇村卫",
}
SAFETY = "全排置装定心"  # 推广安全, 延安装: a name in -安 before a word that begins with 安
STREET = re.compile(r"[东南西北中]?(?:路|街|大道|大街|胡同)(?!径|线|演)")
WINDOW = 8  # characters that decide how a name is cut off from its neighbours
# A county's bare name before these is a hill, a river, a village or a quarter of that name: 嘉陵社区, 木兰溪.
FEATURE = re.compile(
    r"山(?![区村地])|河(?![道流长湖])|江|湖|溪|湾|水库|大?桥|寺|庙|岛|书院|社区|街道|镇(?![村卫级街乡域])|乡(?![镇村])|村(?![医卫级民])"
)
ORGANS = re.compile(
    r"人民(?:政府|医院|代表大会|法院|检察院)|卫生(?:健康|和计划|局)|卫健|卫体|区委|县委|市委|政协|人大|政府|医保|医疗保障"
)
HAN = re.compile("[\u4e00-\u9fff]")
LISTED = re.compile(r"[（(][市区]")  # 会同县（市、区）: together with the counties
AREA = {"区": "域划间别块位", "市": "场价值", "县": "", "州": "", "旗": "帜舰", "盟": "约"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text, with every place that answers to the name."""

    start: int
    end: int
    text: str
    candidates: tuple[Place, ...]


@cache
def segmenter() -> Callable[[str, bool], list[str]]:
    """Load the segmenter when it is first needed: its dictionary takes a third of a second."""
    import rjieba

    return rjieba.cut


@cache
def words() -> frozenset[str]:
    """Read the names that are also ordinary words."""
    text = files("yigai").joinpath("data", "places", "words.txt").read_text(encoding="utf-8")
    return frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )


@cache
def clashing() -> frozenset[str]:
    """Give the whole names whose bare form is a word or another place: 海南区, 西安区, 中山区.

    Segmentation would cut them into that word and 区, so it is not asked.
    """
    index = name_index()
    clash = set()
    for name, places in index.items():
        bare = stem(name)
        if (
            bare
            and places[0].name == name
            and not all(
                place.within(other) or other.within(place)
                for place in places
                for other in index.get(bare, ())
                if other.current
            )
        ):
            clash.add(name)
    return frozenset(clash | {name for name in words() if len(name) > 2})


@cache
def automaton() -> ahocorasick.Automaton:
    """Build the automaton over every name of two characters and more."""
    machine = ahocorasick.Automaton()
    for name in name_index():
        if len(name) >= 2:
            machine.add_word(name, name)
    machine.make_automaton()
    return machine


@cache
def simplified() -> dict[int, str]:
    """Map traditional to simplified characters one by one, sparing the characters names are written with."""
    used = {char for name in name_index() for char in name}
    # 后, 于, 干 stand for several characters each; a name says which one is meant
    pairs = opencc.OpenCC("t2s")
    block = "".join(map(chr, range(0x4E00, 0x9FA6)))
    return {
        ord(old): new
        for old, new in zip(block, pairs.convert(block), strict=True)
        if old != new and old not in used
    }


def folded(text: str) -> str:
    """Write the text in simplified characters without moving any position.

    >>> folded("遼寧省營口市")
    '辽宁省营口市'
    """
    return text.translate(simplified())


def blocked(text: str, start: int, end: int) -> bool:
    """Judge by its neighbours whether a short name is part of another word.

    >>> blocked("长江西岸", 1, 3), blocked("广安市", 0, 2)
    (True, False)
    """
    name, left, right = text[start:end], text[start - 1 : start], text[end : end + 1]
    if left and left in WITHIN.get(name, ""):
        return True
    if right and (right in RIGHT.get(name, "") or (name[-1] == "安" and right in SAFETY)):
        return True
    return bool(STREET.match(text, end)) or bool(FEATURE.match(text, end) and bare_county(name))


@cache
def bare_county(name: str) -> bool:
    """Tell whether a name is that of counties only, said without its suffix."""
    return all(place.level == "county" and place.name != name for place in name_index()[name])


def astride(text: str, start: int, end: int) -> bool:
    """Judge by segmentation whether a name lies across two words: 发扬中华, 相应城市, 新建水库.

    A word that goes on after the name is no objection when it is the name of something of that place.

    >>> astride("大力发扬中华传统", 3, 5), astride("汕头经济特区", 0, 2)
    (True, False)
    """
    at = max(0, start - WINDOW)
    for token in segmenter()(text[at : end + WINDOW], False):
        after = at + len(token)
        if at < start < after:
            return True
        if at < end < after:
            return not (at == start and after - end >= 2)
        at = after
        if at >= end:
            return False
    return False


def spans(text: str) -> list[tuple[int, int]]:
    """Find the longest names from the left that their neighbours allow, words included."""
    hits = sorted(
        ((end + 1 - len(name), end + 1) for end, name in automaton().iter(text)),
        key=lambda span: (span[0], -span[1]),
    )
    chosen: list[tuple[int, int]] = []
    free = 0
    for start, end in hits:
        if start < free or refused(text, start, end):
            continue
        generic = text[start:end] in clashing()
        touching = bool(chosen) and free == start
        if end - start < 5 and not touching and not generic and astride(text, start, end):
            continue
        chosen.append((start, end))
        free = end
    return chosen


def refused(text: str, start: int, end: int) -> bool:
    """Judge a name by its own last character and the next: 双城区域, 市场, 县级."""
    suffix, right = text[end - 1], text[end : end + 1]
    if end - start > 2 and suffix in AREA:
        return bool(right) and (right in AREA[suffix] or bool(LISTED.match(text, end)))
    if suffix == "县" and (right or "。") in "级域乡直内外市区":
        return True  # 建成县级, 健康县域: one character and 县 is read as a county only on its own
    return blocked(text, start, end)


def beside(text: str, mention: Mention, others: list[Mention]) -> tuple[Place, ...]:
    """Keep the candidates of a common word that the neighbouring names contain or accompany."""
    kept = []
    for place in mention.candidates:
        for other in others:
            gap = text[min(mention.end, other.end) : max(mention.start, other.start)]
            inside = (
                other.end <= mention.start
                and gap in ("", "·", " ")
                and any(place.within(above) and place != above for above in other.candidates)
            )
            listed = gap in ("、", ",", ",") and any(
                near.level == place.level == "county" and near.path[:-1] == place.path[:-1]
                for near in other.candidates
            )
            if inside or listed:
                kept.append(place)
                break
    return tuple(kept)


def own_organ(text: str, mention: Mention) -> bool:
    """Tell whether a generic name is followed by its own government: 海南区人民政府, 城区卫生健康局.

    It then names a place, though it may name several.
    """
    alone = not HAN.match(text[mention.start - 1 : mention.start] or "。")
    return len(mention.text) > 2 and alone and bool(ORGANS.match(text, mention.end))


def sure(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Drop the common words that no neighbouring place explains."""
    plain = [mention for mention in found if mention.text not in words()]
    firm = {mention.start: mention for mention in plain}
    for position, mention in enumerate(found):
        if mention.start in firm:
            yield mention
            continue
        near = [
            firm[other.start]
            for other in found[max(0, position - 1) : position + 2]
            if other.start in firm
        ]
        if own_organ(text, mention):
            firm[mention.start] = mention
            yield mention
        elif kept := beside(text, mention, near):
            firm[mention.start] = Mention(mention.start, mention.end, mention.text, kept)
            yield firm[mention.start]


def mentions(text: str) -> list[Mention]:
    """Find the places named in a text, simplified or traditional, in order and without overlap.

    >>> [(m.text, m.candidates[0].code) for m in mentions("四川省广元市利州区与资兴市")]
    [('四川省', '510000'), ('广元市', '510800'), ('利州区', '510802'), ('资兴市', '431081')]
    >>> [m.text for m in mentions("扩大开放,整合资源,推广安全生产")]
    []
    """
    plain = folded(text)
    index = name_index()
    found = [
        Mention(start, end, plain[start:end], index[plain[start:end]])
        for start, end in spans(plain)
    ]
    return list(sure(plain, found))
