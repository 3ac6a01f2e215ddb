"""Quantities: a number with its unit, wherever the number measures something and is not part of a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from yigai.facts import masks
from yigai.facts.numerals import MYRIADS, worth
from yigai.facts.spelled import CLASSIFIER, HAN, chinese, fractions, rounds, shares
from yigai.facts.units import CLASSIFIERS, MEASURES, PLACES, TIMES, Quantity, alternation

UNIT = alternation(MEASURES, CLASSIFIERS, PLACES, TIMES) + "|升(?![至到为高级降])"  # 由0.86升至0.93 are no litres
MYRIAD = "万亿|千万|百万|十万|百亿|千亿|亿|万(?!P)|千(?![瓦米克伏])|百(?!分)"
# 1 200张 is one number; 120 130 140 is a row of a table.
NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,8})?|(?<!\d )\d{1,2}(?: \d{3}){1,2}(?! ?\d)(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?"
ARABIC = re.compile(
    rf"(?=\d)(?<![\d.A-Za-z])(?P<number>{NUMBER})(?P<factor>{MYRIAD})?(?P<middle>{UNIT})?"
    rf"(?:(?P<sign>-{{1,2}}|~|至|到)(?P<upper>{NUMBER}))?"
    rf"(?P<about>[余多来几])?(?P<myriad>{MYRIAD})?(?P<about2>[余多来])?"
    rf"(?P<per>/10万|/千|/万)?(?P<unit>{UNIT})?"
    rf"(?P<per2>/(?:人|年|户|月|万人|千人|10万|日|天|公里|亩|立方米|平方米|床日|次|小时))?(?P<about3>[余多](?=[\u4e00-\u9fff,。;、]))?"
)
# 分别提高4.2和5.6个百分点: the unit stands once, after the last number.
UNIT_AHEAD = re.compile(rf"(?:(?:、|和|与)(?:{NUMBER})){{1,6}}(?P<unit>个百分点|%|‰|(?:{MYRIAD})?(?:元|人次|人|亩|吨|张|个|家|所|名))")


def unit_ahead(folded: str, start: int, end: int) -> str:
    """The unit a number shares with the last one of its list, where 分别 says that it is a list of numbers.

    >>> text = "分别提高4.2和5.6个百分点"
    >>> unit_ahead(text, 4, 7)
    '个百分点'
    """
    if "分别" not in folded[max(0, start - 16) : start]:
        return ""
    listed = UNIT_AHEAD.match(folded, end)
    return listed["unit"] if listed else ""


def arabic(folded: str) -> Iterator[Quantity]:
    """Quantities in Arabic digits, ranges included.

    >>> [(found.value, found.value_max, found.unit) for found in arabic("每年选派5-10名骨干,到位资金17亿元")]
    [(5.0, 10.0, '名'), (17.0, None, '亿元')]
    """
    for match in ARABIC.finditer(folded):
        unit = match["unit"] or ""
        middle, upper, end = match["middle"] or "", match["upper"], match.end()
        if upper is None and middle:  # the unit stands before an absent range
            unit, end = middle, match.end("middle")
            tail = folded[end : match.end()]
            if tail[:1] in ("余", "多") and tail:
                end += 1
            myriad = match["factor"] or ""
            per = re.match(r"/(?:人|年|户|月|万人|千人|10万|日|天|公里|亩|立方米|平方米|床日|次|小时)", folded[end:])
            if per:
                unit, end = unit + per[0], end + per.end()
        else:
            myriad = (match["factor"] or "") + (match["myriad"] or "") if upper is None else match["myriad"] or match["factor"] or ""
            unit = unit or middle
            unit = (match["per"] or "") + unit + (match["per2"] or "")
        if not unit and not myriad:
            unit = unit_ahead(folded, match.start(), end)
        if not unit and not myriad:
            continue
        about = any(match[name] for name in ("about", "about2", "about3")) or folded[end - 1 : end] in ("余", "多")
        high = worth(upper) if upper else None
        if high is not None and high <= worth(match["number"]):
            continue
        yield Quantity(match.start(), end, worth(match["number"]), high, myriad + unit, about)


# 床人比不低于1:1.6, 医护比达到1∶1.2; the clock and scores of games have no 比 before them.
RATIO = re.compile(r"(?<![\d.:])(?<=[\u4e00-\u9fff])1[:∶](?P<figure>\d{1,2}(?:\.\d{1,3})?)(?![\d:∶])")
RATIO_UNIT = "1:x"


def ratios(folded: str) -> Iterator[Quantity]:
    """What stands to one in a ratio.

    >>> [(found.value, found.unit) for found in ratios("公立医院床人比不低于1:1.6,会议9:30开始")]
    [(1.6, '1:x')]
    """
    for match in RATIO.finditer(folded) if "比" in folded else ():
        if re.search(r"(?<!对)比(?!例尺|分)[^,。;:]{0,10}$", folded[max(0, match.start() - 12) : match.start()]):
            yield Quantity(match.start(), match.end(), worth(match["figure"]), None, RATIO_UNIT, False)


# 健康发展指数达85 has no unit.
INDEX = re.compile(r"(?:指数|[A-Z]{2,5}值)(?:得分)?(?:由|从|达到?|为|是|[升增]至|提高到|提升[至到])(?P<figure>\d{1,3}(?:\.\d{1,4})?)(?:(?:提高|[上提]升|下降|降低|[升降])[至到](?P<then>\d{1,3}(?:\.\d{1,4})?))?(?=[,。;、)]|$)")
# 每千人口床位数(张) 2020年 6.13 2025年 7.0: a row of a table with the unit at its head.
HEADED = re.compile(rf"^\s*(?:\d{{1,2}}[.、\s]\s*)?[\u4e00-\u9fff()“”、A-Za-z\d]{{2,30}}?\((?P<unit>(?:{MYRIAD})?(?:{UNIT})|1?/10万)\)(?=[\s|:,])")
CELL = re.compile(r"(?<=[\s|≥≤<>=])(?P<figure>\d{1,3}(?:,\d{3}){0,4}(?:\.\d{1,4})?|\d{4,9}(?:\.\d{1,4})?)(?=[\s|,;。]|$)")


def unitless(folded: str) -> Iterator[Quantity]:
    """Figures whose unit stands elsewhere: indices have none, a row of a table has it at its head.

    >>> [(found.value, found.unit) for found in unitless("每千人口床位数(张) 2020年 6.13 2025年 7.0")]
    [(6.13, '张'), (7.0, '张')]
    """
    for match in INDEX.finditer(folded) if "指数" in folded or "值" in folded else ():
        for name in ("figure", "then") if match["then"] else ("figure",):
            yield Quantity(match.start(name), match.end(name), worth(match[name]), None, "", False, True)
    head = HEADED.match(folded) if ")" in folded[:40] else None
    for match in CELL.finditer(folded, head.end()) if head else ():
        if not re.fullmatch(r"(?:19|20)\d\d", match["figure"]):
            yield Quantity(match.start(), match.end(), worth(match["figure"]), None, head["unit"].removeprefix("1") if head else "", False)


# A unit that is a length of time is a measurement only beside a word for duration.
DURATION_NOUN = re.compile(r"(?:时间|时限|时长|用时|耗时|天数|住院日|周期|期限|任期|压缩|缩短|间隔|半径|工期|任职|从业|执业|从事|服务期|有效期|工作满|履行期|提前|平均|不少于|不得少于|不低于|不超过|少于|至少|满(?!意))[^,。;]{0,12}$")
LIFE_NOUN = re.compile(r"(?:寿命|平均年龄|年龄中位数)[^,。;]{0,24}$|寿命.{0,16}[,。;](?:比|较)[^,。;]{0,8}(?:提高|增长|增加)$")
SCORE_NOUN = re.compile(r"(?:满意度|得分|评分|指数|分值|考核|评价|测评|均分|总分|满分|达|为|扣)[^,。;]{0,10}$")
CONDITION_UNIT = re.compile(r"^(?:千?万|亿)?(?:元|人口?|人次?|张|张床位|平方米|亩|岁|年|吨|千瓦|公里|头|户|例)?$")
CONDITION_TAIL = re.compile(r"^(?:人口|床位|床)?(?:及其?)?以[上下](?:的(?!罚款)|[\u4e00-\u9fff]{0,1}[县市区镇乡村企项单建居学医工河湖旅住投水公人老儿幼职户园大中小规城专港矿水库])")
NAMED_TAIL = re.compile(r"^(?:医院|互联网|工程|行动|计划|国道|省道|高速|会议|模式|体系|平台|规划|路|号|字|款手机|专项|峰会)")
PLACE_UNITS = frozenset(PLACES)
REACHED = re.compile(r"(?:达到?|超过?|突破|扩大到|增[加至]?到?|[升提]高?至|到)$")  # 人数达1000万以上; 100万以上人口 is a condition
EACH_STEP = re.compile(r"每(?:提高|提升|上升|增加|增长|下降|降低|减少|超过?)$")  # 每提高1个百分点,奖励…
DISTANCE = re.compile(r"(?:距离?|离)[^,。;]{0,10}$")
DISTANT = re.compile(r"(?:之?外|以外|开外|处)")  # 离家20公里外的县城, 距县城15公里处


def is_trap(quantity: Quantity, folded: str) -> bool:
    """Whether the number belongs to a condition, a name, an age or a span of time rather than to an indicator."""
    before = folded[max(0, quantity.start - 32) : quantity.start]
    after = folded[quantity.end : quantity.end + 12]
    unit = quantity.unit
    if after.startswith("级") or (unit == "位" and after.startswith("一体")):
        return True
    if unit == "个" and after.startswith(("方面", "层面")) and before.endswith(("从", "在", "这", "以下")):
        return True
    if unit.endswith("岁"):
        return LIFE_NOUN.search(before) is None
    if unit == "分":
        return SCORE_NOUN.search(before) is None or after.startswith(("之", "制"))
    if (unit == "人" and (after.startswith("间") or before.endswith("一行"))) or (EACH_STEP.search(before) and unit.endswith(("%", "百分点"))):
        return True
    if unit in ("公里", "米", "千米", "里") and DISTANT.match(after) and DISTANCE.search(before):
        return True
    if unit in ("组", "号") and re.search(r"(?:街道|村|社区|镇|屯)$", before):
        return True
    if not unit and quantity.chinese:  # a fraction, whatever follows
        return False
    if unit.endswith("工作日") and re.match(r"之?内", after):
        return False
    if unit.endswith(TIMES) and unit not in {"日", "元/日"} and not unit.endswith(("人日", "床日")):
        timed = DURATION_NOUN.search(before) or (re.match(r"时间(?![内里])", after) and not before.endswith(("用", "经过")))
        return not timed or after.startswith(("制", "圈", "行动", "计划", "前", "来", "的", "以上的", "以上且", "内"))
    if unit == "日" or unit in {"成", "级", "步"}:
        return "住院日" not in before
    if CONDITION_UNIT.match(unit) and (CONDITION_TAIL.match(after) or after.startswith(("的,", "以上的,", "以下的,"))):
        return True
    if unit != "%" and re.match(r"^的(?:[县市区乡镇村地单机医社学企家项可,]|应当?(?!急)|由|须)", after) and re.search(r"(?:超过|大于|达到|不足|少于|低于|高于|不满|超)$", before):
        return True
    if unit in {"万", "亿", "千", "百", "万亿", "千万", "百万", "十万", "百亿", "千亿"}:
        return not re.match(r"^[\u4e00-\u9fff,。;、)]|$", after) or (after.startswith("以上") and not REACHED.search(before)) or bool(re.match(r"^(?:级|工程|亩|大军|行动|人口以上|像素)", after))
    if unit in PLACE_UNITS and not quantity.chinese:
        return bool(re.match(r"^(?:级|域|内|外|直|属|道|际|标)", after))
    return bool(NAMED_TAIL.match(after)) and unit in {"级", "期", "批", "号"}


# Most sentences count nothing.
ANY = re.compile(rf"\d|[{HAN}](?:[{HAN}万亿余多]{{0,3}})(?:{CLASSIFIER}|元|倍|亩|公里|平方|%|年|天|周|小时|分钟)|分之|番|[{HAN}]成|[百千万亿](?:[余多]?(?:元|亩|吨|{CLASSIFIER}))")


@lru_cache(maxsize=4096)
def find(folded: str) -> tuple[Quantity, ...]:
    """All measurements of a folded text, in order, names and dates left out.

    >>> [(found.value, found.unit) for found in find("截至2021年11月,与9所三甲医院、北京303医院合作,占比达68.23%")]
    [(9.0, '所'), (68.23, '%')]
    """
    if not ANY.search(folded):
        return ()
    candidates = sorted([*arabic(folded), *chinese(folded), *shares(folded), *fractions(folded), *rounds(folded), *ratios(folded), *unitless(folded)], key=lambda one: (one.start, -one.end))
    if not candidates:
        return ()
    masked = masks.spans(folded)
    starts = [start for start, _ in masked]
    found: list[Quantity] = []
    for quantity in candidates:
        nearest = bisect_right(starts, quantity.end - 1) - 1
        hidden = nearest >= 0 and masked[nearest][1] > quantity.start
        overlapping = found and found[-1].end > quantity.start
        if not hidden and not overlapping and not is_trap(quantity, folded):
            found.append(quantity)
    return tuple(spanned(folded, found))


def spanned(folded: str, found: list[Quantity]) -> list[Quantity]:
    """Quantities with 甲以上乙以下 made one range, in the unit of its lower end.

    >>> [(one.value, one.value_max, one.unit) for one in find("处五千元以上二万元以下罚款")]
    [(5000.0, 20000.0, '元')]
    """
    out: list[Quantity] = []
    for quantity in found:
        low = out[-1] if out else None
        if low and folded[low.end : quantity.start] == "以上" and folded.startswith("以下", quantity.end) and low.unit[-1:] == quantity.unit[-1:]:
            factor = MYRIADS.get(quantity.unit[:1], 1) / MYRIADS.get(low.unit[:1], 1)
            out[-1] = replace(low, end=quantity.end + 2, value_max=quantity.value * factor)
        else:
            out.append(quantity)
    return out
