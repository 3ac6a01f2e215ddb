"""Checks: whether totals agree with their parts, and announced numbers with what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pandas as pd

from yigai.facts import programmes
from yigai.facts.names import right_phrase
from yigai.facts.numerals import fold, worth
from yigai.facts.quantities import find
from yigai.facts.settings import records
from yigai.facts.units import Quantity

COLUMNS = ("doc", "check", "announced", "found", "verdict", "quote")
READ_KINDS = ("body", "heading", "background", "")
STEPS = re.compile(r"(?P<count>[两二三四五六七八九十]|\d{1,2})(?:个|大|项|条|方面|类)(?P<head>阶段|步骤|方面|环节|层次|举措|措施|任务|机制|原则|重点|抓手)[^。;:]{0,10}[::]")
MAY_ANNOUNCE = re.compile(r"(?:阶段|步骤|方面|环节|层次|举措|措施|任务|机制|原则|重点|抓手)[^。；;：:]{0,10}[：:]")
ORDINAL = re.compile(r"(?:^|[。;:,])(?:第?(?P<ordinal>[一二三四五六七八九十])(?:是|、|要))")
LIST_JOINT = re.compile(r"^[^\d,。;:()]{2,16}、$")


@dataclass(frozen=True)
class Part:
    """One count in a list of counts: its noun, its worth, and the group it stands in."""

    noun: str
    value: float
    group: int


@dataclass(frozen=True)
class Finding:
    """One comparison of an announced number with what the text itself adds up to."""

    check: str
    announced: float
    found: float
    quote: str

    @property
    def verdict(self) -> str:
        """'agrees' or 'differs'."""
        return "agrees" if self.announced == self.found else "differs"


def groups(folded: str) -> list[list[tuple[str, Quantity]]]:
    """Lists of counts joined by 、 (4家卫生院、7家中心、6家医院), each with its noun; a list has two members at least.

    >>> [[(noun, part.value) for noun, part in group] for group in groups("片区(4家乡镇卫生院、7家社区卫生服务中心为成员单位)")]
    [[('乡镇卫生院', 4.0), ('社区卫生服务中心', 7.0)]]
    """
    found: list[list[tuple[str, Quantity]]] = []
    previous: Quantity | None = None
    for quantity in find(folded):
        if quantity.unit not in ("家", "个", "所", "名", "人"):
            previous = None
            continue
        noun = right_phrase(folded[quantity.end : quantity.end + 24])
        noun = re.sub(r"为成员.*$", "", noun)
        joined = previous is not None and LIST_JOINT.match(folded[previous.end : quantity.start]) is not None and previous.unit == quantity.unit
        if joined:
            found[-1].append((noun, quantity))
        else:
            found.append([(noun, quantity)])
        previous = quantity
    return [group for group in found if len(group) > 1]


def sums(texts: list[str]) -> Iterator[Finding]:
    """Totals stated in a document against the sum of parts listed elsewhere in it.

    >>> lists = ["东片区(4家乡镇卫生院、7家中心、6家民营医院为成员单位)和西片区(6家乡镇卫生院、5家民营医院为成员单位)。"]
    >>> [(one.check, one.announced, one.found, one.verdict) for one in sums([*lists, "东西片区医联体28家中,11家民营医院为成员。"])]
    [('sum of the lists: 4+7+6 + 6+5', 28.0, 28.0, 'agrees'), ('sum of 民营医院: 6+5', 11.0, 11.0, 'agrees')]
    """
    listed: list[Part] = []
    number = 0
    where: set[int] = set()
    for position, text in enumerate(texts):
        for group in groups(text):
            where.add(position)
            listed += [Part(noun, quantity.value, number) for noun, quantity in group]
            number += 1
    if not listed:
        return
    everything = " + ".join("+".join(f"{part.value:g}" for part in listed if part.group == one) for one in range(number))
    total = sum(part.value for part in listed)
    for position, text in enumerate(texts):
        if position in where:
            continue
        for quantity in find(text):
            noun = right_phrase(text[quantity.end : quantity.end + 24])
            same = [part for part in listed if noun and part.noun == noun]
            if len(same) > 1:
                parts = "+".join(f"{part.value:g}" for part in same)
                yield Finding(f"sum of {noun}: {parts}", quantity.value, sum(part.value for part in same), text)
            elif number > 1 and quantity.unit in ("家", "个", "所") and not noun and re.match(r"^(?:中|成员)", text[quantity.end : quantity.end + 3]):
                yield Finding(f"sum of the lists: {everything}", quantity.value, total, text)


def steps(passage: str) -> Iterator[Finding]:
    """Announced phases or points against those printed after the colon (seed 002 announces four and prints three).

    >>> [(one.announced, one.found, one.verdict) for one in steps("分为四个阶段:一是启动,二是提升;三是总结。")]
    [(4.0, 3.0, 'differs')]
    """
    for match in STEPS.finditer(passage):
        count = worth(match["count"])
        printed = {found["ordinal"] for found in ORDINAL.finditer(":" + passage[match.end() :])}
        run = 0
        while run < 10 and "一二三四五六七八九十"[run] in printed:
            run += 1
        if run:
            yield Finding(f"announced {match['head']}", count, float(run), match[0])


def lists(text: str) -> Iterator[Finding]:
    """Programmes that announce a number against the names listed before them.

    >>> [(one.check, one.found, one.verdict) for one in lists("抓好健康教育、人才引进、体系完善等“三大工程”落实")]
    [('names listed for 三大工程', 3.0, 'agrees')]
    >>> list(lists("成立调配中心、信息中心等八大平台"))
    []
    """
    for mention in programmes.mentions(text):
        listed = programmes.listed_before(text, mention)
        if mention.count > 1 and NAMES_ONLY.fullmatch(listed) and not NO_GROUP.search(mention.name):
            counts = [len([item for item in re.split(mark, listed) if item]) for mark in (r"、", r"、|和(?!谐)|与|及")]
            nearest = min(counts, key=lambda count: (abs(count - mention.count), count))
            if nearest < mention.count and OPEN.search(text, max(0, mention.start - 12), mention.start):
                continue
            yield Finding(f"names listed for {mention.name}", float(mention.count), float(nearest), text)


NAMES_ONLY = re.compile(r"[\u4e00-\u9fffA-Za-z、+]+")  # 在17个县(市、区)开展“四融一共” lists none of the four
NO_GROUP = re.compile(r"小时|分钟|[天年月]|带一路")
OPEN = re.compile(r"等[\u4e00-\u9fff]{0,8}“?$")  # 甲中心、乙中心等八大平台 names some of the eight
COUNT_AFTER = re.compile(r"(?<=[\u4e00-\u9fff])(?P<count>\d{1,3})(?P<unit>市州|市|县|区|家|所|个)")
NOT_LISTED = re.compile(r"[^\u4e00-\u9fff、]")


def counted_names(text: str) -> Iterator[Finding]:
    """A count that follows the names it counts, against how many are listed (甲市、乙市、丙市3市).

    >>> [(one.announced, one.found, one.verdict) for one in counted_names("和攀枝花、泸州、德阳3市人民政府签约")]
    [(3.0, 3.0, 'agrees')]
    """
    for match in COUNT_AFTER.finditer(text) if "、" in text else ():
        run = NOT_LISTED.split(text[max(0, match.start() - 200) : match.start()])[-1]
        parts = run.split("、")
        if len(parts) < 2 or not all(parts) or NOT_A_NAME.search(parts[-1]):
            continue
        first = re.split(r"[和与对在由向为]", parts[0])[-1]  # 省卫健委和攀枝花、泸州…: the list begins after 和
        listed = [first, *parts[1:-1], *re.split(r"和(?!谐|平)", parts[-1])]
        towns = match["unit"] in ("市", "县", "区", "市州") and max(map(len, listed)) <= 4
        if towns or all(NAMED_HOUSE.match(name) for name in listed):
            yield Finding(f"names listed for {match[0]}", float(match["count"]), float(len(listed)), run + match[0])


NAMED_HOUSE = re.compile(r"(?!乡镇|[省市县区]级)[\u4e00-\u9fff]{1,6}[省市县区镇乡][\u4e00-\u9fff]{0,10}(?:医院|卫生院|中心)$")
NOT_A_NAME = re.compile(r"新增|新建|建成|增加|达到|共|分别|约|第|等")


def as_printed(quote: str, printed: dict[str, str]) -> str:
    """A folded quote in the signs of the page.

    >>> as_printed("甲:一是", {"甲:一是乙。": "甲：一是乙。"})
    '甲：一是'
    """
    for folded, text in printed.items():
        at = folded.find(quote)
        if at >= 0:
            return text[at : at + len(quote)]
    return quote


def checks(sentences: pd.DataFrame) -> pd.DataFrame:
    """The consistency checks of a table of sentences: doc, check, announced, found, verdict (agrees, differs), quote."""
    rows: list[dict[str, object]] = []
    for doc, every in groupby(records(sentences, ("doc", "passage", "kind", "text")), key=itemgetter("doc")):
        own = [row for row in every if row["kind"] in READ_KINDS]
        texts = [fold(str(row["text"])) for row in own]
        whole = [fold(text) for text in ("".join(str(row["text"]) for row in passage) for _, passage in groupby(own, key=itemgetter("passage"))) if MAY_ANNOUNCE.search(text)]
        printed = {fold(str(row["text"])): str(row["text"]) for row in own}
        found = [*sums(texts), *(one for passage in whole for one in steps(passage)), *(one for text in texts for one in (*lists(text), *counted_names(text)))]
        rows += [{"doc": str(doc), "check": one.check, "announced": one.announced, "found": one.found, "verdict": one.verdict, "quote": as_printed(one.quote, printed)} for one in found]
    return pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(ignore_index=True)
