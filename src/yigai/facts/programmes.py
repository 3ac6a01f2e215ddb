"""Programmes: slogans and named programmes, expanded only from the text of the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from yigai.facts.numerals import chinese, fold
from yigai.facts.settings import documents

COLUMNS = ("doc", "name", "expanded", "expansion", "quote")
READ_KINDS = ("body", "heading", "background", "")
HAN = "一二两三四五六七八九十百千"
# 六统一, 一网一平台四中心, 两专科一中心, 三特兴医, 1+2+N, 1123456, 四个一批, 六个样板
NUMBERED = re.compile(rf"^(?:[{HAN}]{{1,2}}(?:个|大|项|条|位|张|站|化|支)?[\u4e00-\u9fff]{{1,5}}){{1,4}}$|^[\dNXA-Z]{{1,3}}(?:\+[\dNXA-Z]{{1,3}}){{1,5}}[\u4e00-\u9fff]{{0,6}}$|^\d{{4,8}}$")
QUOTED = re.compile(r"“(?P<name>[^“”,。;:!?]{2,16})”")
BARE = re.compile(rf"(?<![第{HAN}\d、])(?P<count>[二三四五六七八九十])大(?P<head>[\u4e00-\u9fff]{{2,6}}?)(?=建设|开展|推进|发展|全覆盖|品牌|[,。;、()“””]|落实|体系|$|,|和|等)|(?P<count2>[二三四五六七八九十])个(?P<head2>样板|高地|体系|机制|行动|领域|板块|抓手|圈|廊道)")
COMPACT = re.compile(r"(?<![\u4e00-\u9fff])?(?P<name>(?:[委部省市县区院校地军企医政]{2})共建)(?=[\u4e00-\u9fff])")
CUE_AFTER = re.compile(r"^(?:系列|专项|示范|两年|三年|五年)?(?:行动|工程|计划|模式|目标|试点|项目|样板|机制|战略|品牌|总体思路|思路|改革|政策|体系|格局|建设|管理|培育|示范|服务|医共体|新|科技|清单|制度|网|平台|门诊)")
CUE_BEFORE = re.compile(r"(?:打造|推进|实施|开展|深化|围绕|实现|推行|推广|落实|构建|创新|建设|推动|以|参与|巩固|抓好|建立|探索|设立|推出|所谓|深入)(?:了|好|以|县级医疗集团|[\u4e00-\u9fff]{0,6})$")
CLASSIFIERS = frozenset("个大张项条位支")
PART = re.compile(rf"(?P<count>[{HAN}\d])(?:个|大|张)?(?P<noun>[^{HAN}\d+]{{1,4}})")


@dataclass(frozen=True)
class Mention:
    """A programme's name where it is printed."""

    name: str
    start: int
    end: int
    count: int


MAY_NAME = re.compile(r"“|共建|[二三四五六七八九十][大个]")


NAMED = re.compile(r"^(?:系列|专项|示范|[一二两三四五\d]年)?(?:行动计划|行动|工程|战略|总体思路|创新计划|培育计划)")
# “达到条件就认、条件不行就退、成效突出就奖”的考核机制: a slogan that says what it means.
MOTTO = re.compile(r"“(?P<name>[^“”,。;:]{2,12}(?:、[^“”,。;:、]{2,12}){1,4})”的?[\u4e00-\u9fff]{0,4}?(?:机制|原则|模式|制度|体系|格局|思路|办法|理念|新模式)")


def mentions(folded: str) -> list[Mention]:
    """The names of programmes in a sentence: numbered names, quoted slogans with a cue, compacts between levels.

    >>> [found.name for found in mentions("打造“一网一平台四中心”,推进肿瘤防治、慢病管理等临床服务五大中心,积极“争先”")]
    ['一网一平台四中心', '五大中心']
    """
    if not MAY_NAME.search(folded):
        return []
    found = []
    for match in QUOTED.finditer(folded):
        name = match["name"]
        numbered = NUMBERED.match(name) is not None
        cued = CUE_AFTER.match(folded[match.end() : match.end() + 8]) and CUE_BEFORE.search(folded[max(0, match.start() - 10) : match.start()])
        named = NAMED.match(folded[match.end() : match.end() + 8])
        if re.fullmatch(r"十[一二三四五]?五", name):  # a plan period is a date, not a programme
            continue
        if numbered or ((cued or named) and "、" not in name):
            found.append(Mention(name, match.start(), match.end(), announced(name)))
    taken = [(mention.start, mention.end) for mention in found] + [match.span() for match in QUOTED.finditer(folded)]
    for match in [*BARE.finditer(folded), *COMPACT.finditer(folded)]:
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Mention(match[0], match.start(), match.end(), announced(match[0])))
    found += [Mention(match["name"], match.start(), match.end("name") + 1, 0) for match in MOTTO.finditer(folded)]
    return sorted(found, key=lambda mention: mention.start)


def parts(name: str) -> list[tuple[int, str]]:
    """What a composite name counts, part by part; [] when a part has no noun of its own (四个一批 are four).

    >>> parts("两专科一中心"), parts("四个一批"), parts("1+2+N")
    ([(2, '专科'), (1, '中心')], [], [])
    """
    found = PART.findall(name)
    if "".join(f"{count}{noun}" for count, noun in found) != name or any(count not in HAN or noun in CLASSIFIERS for count, noun in found):
        return []
    return [(int(chinese(count)), noun) for count, noun in found]


def announced(name: str) -> int:
    """How many things a name announces: 6 for 六统一, 0 when it does not say.

    >>> announced("六统一"), announced("大病不出县"), announced("十大工程"), announced("一网一平台四中心")
    (6, 0, 10, 6)
    >>> announced("四个一批")
    4
    """
    if not re.match(rf"^[{HAN}]", name):
        return 0
    counted = parts(name)
    if len(counted) > 1:
        return sum(count for count, _ in counted)
    head = re.match(rf"^[{HAN}]{{1,3}}", name)
    return int(chinese(head[0])) if head else 0


def items(listed: str, count: int) -> list[str]:
    """The items of an enumeration, split so that they are as many as announced; [] when they cannot be.

    >>> items("行政、人员、资金、业务、绩效和药品", 6)
    ['行政', '人员', '资金', '业务', '绩效', '药品']
    >>> items("胸痛、卒中、创伤、危重孕产妇救治、危重儿童和新生儿救治", 5)[-1]
    '危重儿童和新生儿救治'
    """
    for mark in (r"、", r"、|和(?!谐)|以及|及|与|\+", r",|;", r"[，,;；、]"):
        parts = [part.strip(" ,、") for part in re.split(mark, listed) if part.strip(" ,、")]
        if len(parts) == count and count > 1:
            return parts
    return []


def listed_before(folded: str, mention: Mention) -> str:
    """The enumeration that ends right before a name, without the verb that opens it; '' when there is none.

    >>> text = "实行行政、人员、资金“三统一”"
    >>> listed_before(text, mentions(text)[0])
    '行政、人员、资金'
    """
    clause = re.split(r"[。;:!?,]", folded[: mention.start])[-1]
    if ONE_MORE.search(clause):  # 包括检验中心、影像中心及七大运营中心: the name is itself one of the list
        return ""
    listed = re.sub(r"等[\u4e00-\u9fff]{0,8}$", "", clause)
    listed = OPENING.sub("", listed)
    return listed if listed.count("、") >= 1 else ""


ONE_MORE = re.compile(r"(?:、|以?及|和|与)“?$")
OPENING = re.compile(r"^.{0,30}?(?:围绕|实行|推动实现|推动|实现|建立|建设|打造|要抓好|抓好|开展|积极发展|积极推进|推进|已建成建成|已建成|建成|形成)(?:集团内|区域内|医共体内)?(?=[\u4e00-\u9fff]{1,16}、)")


def expansion_before(folded: str, mention: Mention) -> str:
    """The enumeration right before a name, when it has as many items as the name announces."""
    listed = listed_before(folded, mention)
    return listed if listed and items(listed, mention.count) else ""


def expansion_after(folded: str, mention: Mention) -> str:
    """What a bracket, 即 or 包括 after a name says it means.

    >>> text = "打造“1+2+N”(1核+2翼+N大专科医院)的公立医院发展格局"
    >>> expansion_after(text, mentions(text)[0])
    '1核+2翼+N大专科医院'
    """
    rest = folded[mention.end :]
    bracket = re.match(r"[((](?P<said>[^()()]{3,80})[))]", rest)
    if bracket:
        return bracket["said"]
    said = re.match(r"[^,。;:“”]{0,12},?(?:即|就是|包括|是指|也就是)[::]?(?P<said>[^。;]{4,120})", rest)
    return BESIDES.sub("", within_bracket(said["said"])) if said else ""


def within_bracket(said: str) -> str:
    """A text up to the bracket that closes what was opened before it.

    >>> within_bracket("首诊(基层)制度、监管制度),抓好任务")
    '首诊(基层)制度、监管制度'
    """
    depth = 0
    for at, sign in enumerate(said):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return said[:at]
    return said


BESIDES = re.compile(rf"(?:以?及|和|与)[{HAN}]大[^、,]{{2,12}}$")


def expansion_composite(name: str, others: Sequence[str]) -> str:
    """The sentence nearby that lists what a composite name counts: one 网, one 平台, four 中心.

    >>> expansion_composite("一网一平台二中心", ["建成协作网、人口信息平台和诊疗中心、影像中心,实现互通"])
    '协作网、人口信息平台和诊疗中心、影像中心'
    """
    parts = [(int(chinese(count)), noun) for count, noun in PART.findall(name) if count in HAN]
    if len(parts) < 2:
        return ""
    for other in others:
        for clause in re.split(r"[,。;:]", other):
            listed = [item for item in re.split(r"、|和(?!谐)", clause) if item]
            counts = [sum(item.endswith(noun) for item in listed) for _, noun in parts]
            if counts == [count for count, _ in parts]:
                return re.sub(r"^.*?(?:建成|建立|形成|包括)(?:了)?", "", clause)
    return ""


DEFINED = re.compile(r"”?,?(?:就是|是指|指的是|即)(?P<said>[^。;]{4,120})")


def expansion_defined(name: str, texts: Sequence[str]) -> str:
    """What a sentence of the same document says a name means (所谓X,就是…).

    >>> expansion_defined("大病不出县", ["所谓大病不出县,就是大病可以在县内医院成功治疗,不必跑到省级医院。"])
    '大病可以在县内医院成功治疗,不必跑到省级医院'
    """
    for text in texts:
        if name not in text:
            continue
        match = DEFINED.match(text, text.index(name) + len(name))
        if match:
            return match["said"]
    return ""


def expansion_nearby(mention: Mention, others: Sequence[str]) -> str:
    """An enumeration in a neighbouring sentence with as many items as announced and the name's own head noun."""
    head = re.sub(rf"^[{HAN}]+(?:个|大|项)?", "", mention.name)
    if mention.count < 3 or len(head) < 2:
        return ""
    for other in others:
        for clause in re.split(r"[。;:!?]", other):
            listed = re.match(rf"^(?:打造|建设|推进|形成)?(?P<listed>[^,]{{6,80}}?){re.escape(head)}$", clause.strip())
            if listed and items(listed["listed"], mention.count):
                return clause.strip()
    return ""


def programmes(sentences: pd.DataFrame) -> pd.DataFrame:
    """The programmes of a table of sentences: doc, name, expanded (yes or no), expansion, quote.

    A name is expanded only from its own sentence or its neighbours in the same document; the same name with another
    expansion is another programme (three different 五大中心 in one plan, seed 004).

    >>> rows = [("d", 1, 1, "", "body", "实行行政、人员、资金、业务、绩效和药品“六统一”管理。"), ("e", 1, 1, "", "body", "以“六统一”为架构。")]
    >>> table = programmes(pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))
    >>> table[["doc", "name", "expanded", "expansion"]].values.tolist()
    [['d', '六统一', 'yes', '行政、人员、资金、业务、绩效和药品'], ['e', '六统一', 'no', '']]
    """
    rows = [row for doc, own in documents(sentences, ("doc", "kind", "text")).items() for row in _document(doc, own)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _document(doc: str, sentences: Sequence[dict[str, object]]) -> list[dict[str, str]]:
    texts = [str(row["text"]) for row in sentences]
    folded = [fold(text) for text in texts]
    kinds = [row["kind"] for row in sentences]
    found: list[tuple[Mention, str, str]] = []
    for position, text in enumerate(folded):
        if kinds[position] not in READ_KINDS:
            continue
        near = [*folded[position + 1 : position + 9], *reversed(folded[max(0, position - 4) : position])]
        for mention in mentions(text):
            motto = mention.name if "、" in mention.name else ""  # says what it means
            said = (
                motto
                or expansion_after(text, mention)
                or expansion_before(text, mention)
                or expansion_composite(mention.name, near)
                or expansion_nearby(mention, near)
                or expansion_defined(mention.name, folded)
            )
            found.append((mention, said, texts[position]))
    return list(_distinct(doc, found))


def _distinct(doc: str, found: Sequence[tuple[Mention, str, str]]) -> Iterator[dict[str, str]]:
    """One row a name and expansion; a later bare mention of an expanded name adds nothing."""
    said_of: dict[str, list[str]] = {}
    for mention, said, _ in found:
        said_of.setdefault(mention.name, []).append(said)
    seen: set[tuple[str, str]] = set()
    for mention, said, quote in found:
        key = (mention.name, said)
        if key in seen or (not said and any(said_of[mention.name])):
            continue
        seen.add(key)
        yield {"doc": doc, "name": mention.name, "expanded": "yes" if said else "no", "expansion": said, "quote": quote}
