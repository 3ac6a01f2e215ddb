"""Quantities: a number with its unit, wherever the number measures something and is not part of a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from yigai.facts import masks
from yigai.facts.numerals import MYRIADS, worth

MEASURES = (
    "个百分点", "%", "‰", "微克/立方米", "毫克/升", "毫克/立方米", "吨标准煤", "千瓦时", "万千瓦时", "立方米", "平方公里", "平方千米", "平方米",
    "平米", "公顷", "千瓦", "吉瓦", "兆瓦", "公里", "千米", "海里", "标准煤", "标准箱", "标箱", "美元", "欧元", "港元", "人民币", "元", "吨", "公斤", "千克",
    "克", "斤", "亩", "㎡", "升", "米", "千伏", "人次", "人日", "例次", "架次", "车次", "辆次", "班次", "件次", "户次", "场次", "台次", "剂次",
    "名次", "TEU", "GW", "MW", "MWp", "kW", "km", "kg", "EB", "PB", "TB", "EFLOPS", "PFLOPS", "万P", "倍", "番", "分贝", "℃", "摄氏度", "毫米", "厘米", "毫升", "分",
    "岁", "周岁", "成",
)  # fmt: skip
CLASSIFIERS = (
    "个", "家", "所", "名", "人", "位", "项", "例", "张", "台", "套", "辆", "架", "艘", "条", "部", "件", "份", "类", "种", "户", "座", "处",
    "支", "只", "批", "次", "场", "期", "门", "间", "栋", "幢", "宗", "起", "笔", "本", "册", "篇", "款", "株", "头", "尾", "羽", "枚", "颗",
    "块", "片", "组", "对", "双", "列", "趟", "床", "孔", "口", "眼", "盏", "根", "道", "课时", "学时", "学分", "卷", "幅", "剂", "针", "盒",
    "单", "员", "班", "队", "片区", "人份", "批次", "股", "团", "顶",
)  # fmt: skip
# Nouns that are counted without a classifier: 12市, 105县.
PLACES = ("省份", "省", "市州", "县区", "县市区", "市", "县", "区", "乡镇", "街道", "乡", "镇", "村", "国", "城")
TIMES = ("个工作日", "工作日", "个小时", "小时", "分钟", "个月", "天", "日", "周", "秒", "年", "月", "季度", "学年")


def alternation(*tables: tuple[str, ...]) -> str:
    """One pattern for all the words, the longest first."""
    words = {word for table in tables for word in table}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


UNIT = alternation(MEASURES, CLASSIFIERS, PLACES, TIMES)
MYRIAD = "万亿|千万|百万|十万|百亿|千亿|亿|万(?!P)|千(?![瓦米克伏])|百(?!分)"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,8})?"
ARABIC = re.compile(
    rf"(?=\d)(?<![\d.A-Za-z])(?P<number>{NUMBER})(?P<factor>{MYRIAD})?(?P<middle>{UNIT})?"
    rf"(?:(?P<sign>-{{1,2}}|~|至|到)(?P<upper>{NUMBER}))?"
    rf"(?P<about>[余多来几])?(?P<myriad>{MYRIAD})?(?P<about2>[余多来])?"
    rf"(?P<per>/10万|/千|/万)?(?P<unit>{UNIT})?"
    rf"(?P<per2>/(?:人|年|户|月|万人|千人|10万|日|天|公里|亩|立方米|平方米|床日|次|小时))?(?P<about3>[余多](?=[\u4e00-\u9fff,。;、]))?"
)
HAN = "一二两三四五六七八九十百千"
CLASSIFIER = alternation(tuple(word for word in CLASSIFIERS if word not in {"级", "期", "批", "片", "口", "道", "对", "双", "单", "员", "班", "队", "股", "团", "头", "部", "片区", "组", "门", "列", "只", "卷", "支"}))
CHINESE = re.compile(
    rf"(?=[{HAN}零])(?<![第{HAN}\d万亿之分、-])(?:百分之(?P<percent>[{HAN}零点]{{1,7}})|(?P<number>零点[一二三四五六七八九]{{1,3}}|[{HAN}]{{1,5}}|[一二两三四五六七八九十]{{1,3}}[万亿])"
    rf"(?:[至到-](?P<upper>[{HAN}]{{1,4}}))?(?P<about>[余多])?(?P<unit>%|个百分点|万元|亿元|元|人次|平方米|公里|亩|{CLASSIFIER}|倍|个月|个工作日|年|周|天|小时|分钟))"
)
FRACTION = re.compile(r"(?P<low>[二三四五六七八九十])分之(?P<high>[一二两三四五六七八九])")
# 突破千万台, 超百亿元, 万名以上: a round number without a digit, only beside a comparator.
ROUND = re.compile(rf"(?=[ 十百千万亿])(?:(?<=[超近逾过破达])|(?<=约)|(?P<bare>(?<![一-鿿\d])|(?<=[计划生员数量]))) ?(?P<figure>[十百千]?[万亿]|[百千]|万亿)(?P<about>[余多])?(?P<unit>元|亩|吨|公里|人次|{CLASSIFIER})(?P<floor>以上)?(?=大关|以上|[,。;:、)]|$|[一-鿿])")
ROUND_FACTOR = {"十万": (10.0, "万"), "百万": (100.0, "万"), "千万": (1000.0, "万"), "十亿": (10.0, "亿"), "百亿": (100.0, "亿"), "千亿": (1000.0, "亿"), "万": (1.0, "万"), "亿": (1.0, "亿"), "万亿": (1.0, "万亿"), "百": (100.0, ""), "千": (1000.0, "")}
DOUBLING = re.compile(r"翻(?P<times>[一两二三四])?番")
# 两个 may count anything; a count is taken only of things one can point at.
COUNTABLE = re.compile(
    r"^[^,。;:、(]{0,16}?(?:医院|中心|机构|单位|集团|医共体|医联体|共同体|联盟|项目|专科|学科|团队|县|市|区|乡镇|村|卫生院|卫生室|卫生站|服务站|门诊部|诊所|平台|基地|"
    r"市长|县长|区长|院长|成员|人员|医师|医生|护士|药师|专家|人才|学校|高校|学院|企业|公司|实验室|床位|试点|样板|阶段|任务|措施|工程|方案|文件|协调会|会议|清单|处方|药品|病种|"
    r"系统|部门|委员会|工作组|小组|名|厂|园|站|馆|院|校|所|店|支部|代表|委员|协会|时限|奖|路|线路|品种|课题|团|队|库)"
)
COUNTED = re.compile(r"(?:至少|不少于|不低于|不得少于|不超过|仅|只|明确|每年|每月|每季度|每个?[县市区村乡镇][^,。;]{0,6}|各|配备|办好|设置?|少于|选派|建设|建成)[^,。;]{0,3}$")


@dataclass(frozen=True)
class Quantity:
    """A printed measurement: its worth, its unit, and where the number and the unit stand."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    about: bool
    chinese: bool = False


def percent(numeral: str) -> float:
    """The worth of what follows 百分之, with a decimal point or without.

    >>> percent("八十五"), percent("九十点五")
    (85.0, 90.5)
    """
    whole, _, decimals = numeral.partition("点")
    digits = "".join(str(int(worth(sign))) for sign in decimals)
    return worth(whole or "零") + (float(f"0.{digits}") if digits else 0.0)


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


MONEY = frozenset({"元", "万元", "亿元", "%"})


def chinese(folded: str) -> Iterator[Quantity]:
    """Quantities in Chinese digits, only where a thing is counted.

    >>> [(found.value, found.unit) for found in chinese("组建两个紧密型医共体,明确一名副市长,提出一个思路")]
    [(2.0, '个'), (1.0, '名')]
    """
    for match in CHINESE.finditer(folded):
        if match["percent"]:
            yield Quantity(match.start(), match.end(), percent(match["percent"]), None, "%", False, True)
            continue
        numeral, unit, rest = match["number"], match["unit"], folded[match.end() : match.end() + 20]
        if numeral[0] in "百千" and len(numeral) == 1:
            continue
        single = numeral == "一" and not match["upper"]
        measured = unit in {"年", "周", "天", "小时", "分钟", "平方米", "公里", "亩", "%", "个百分点", "万元", "亿元", "元", "人次", "倍", "个工作日"}
        ahead = folded[max(0, match.start() - 14) : match.start()]
        closing = not rest or rest[0] in ",。;、)"
        counted = COUNTABLE.match(rest) is not None or unit in {"人", "名"} or (closing and (unit == "次" or COUNTABLE.match(ahead[-4:]) is not None))
        if single and unit not in MONEY and not (counted and (COUNTED.search(ahead) or (closing and re.search(r"至少|不少于|配备|设置?", ahead)))):
            continue
        if not single and not (measured or counted):
            continue
        high = worth(match["upper"]) if match["upper"] else None
        yield Quantity(match.start(), match.end(), worth(numeral), high, unit, bool(match["about"]), True)


def fractions(folded: str) -> Iterator[Quantity]:
    """Fractions and doublings in words.

    >>> [(found.value, found.unit) for found in fractions("占比超过三分之一,产值翻一番")]
    [(0.333333, ''), (1.0, '番')]
    """
    for match in FRACTION.finditer(folded):
        yield Quantity(match.start(), match.end(), round(worth(match["high"]) / worth(match["low"]), 6), None, "", False, True)
    for match in DOUBLING.finditer(folded):
        yield Quantity(match.start(), match.end(), worth(match["times"] or "一"), None, "番", False, True)


def rounds(folded: str) -> Iterator[Quantity]:
    """Round numbers in words beside a comparator; 百亿元企业 is a condition, 千名医师下基层 a name.

    >>> [(found.value, found.unit) for found in rounds("连接数突破千万台,新增计划万名以上,实施千名医师下基层行动")]
    [(1000.0, '万台'), (1.0, '万名')]
    """
    for match in ROUND.finditer(folded):
        money = match["unit"] in ("元", "亩", "吨")
        noun_follows = re.match(r"(?!以上|大关)[一-鿿]", folded[match.end() : match.end() + 2]) is not None
        if (match["bare"] is not None and not match["floor"]) or (money and noun_follows):
            continue
        value, factor = ROUND_FACTOR[match["figure"]]
        end = match.end() - len(match["floor"] or "")
        yield Quantity(match.start("figure"), end, value, None, factor + match["unit"], bool(match["about"]), True)


# 床人比不低于1:1.6, 医护比达到1∶1.2; the clock and scores of games have no 比 before them.
RATIO = re.compile(r"(?<![\d.:])(?<=[\u4e00-\u9fff])1[:∶](?P<figure>\d{1,2}(?:\.\d{1,3})?)(?![\d:∶])")
RATIO_UNIT = "1:x"


def ratios(folded: str) -> Iterator[Quantity]:
    """What stands to one in a ratio.

    >>> [(found.value, found.unit) for found in ratios("公立医院床人比不低于1:1.6,会议9:30开始")]
    [(1.6, '1:x')]
    """
    for match in RATIO.finditer(folded):
        if re.search(r"(?<!对)比(?!例尺|分)[^,。;:]{0,10}$", folded[max(0, match.start() - 12) : match.start()]):
            yield Quantity(match.start(), match.end(), worth(match["figure"]), None, RATIO_UNIT, False)


# A unit that is a length of time is a measurement only beside a word for duration.
DURATION_NOUN = re.compile(r"(?:时间|时限|时长|用时|耗时|天数|住院日|周期|期限|任期|压缩|缩短|间隔|半径|工期|任职|从业|执业|从事|服务期|有效期|工作满|履行期|提前|平均|不少于|不得少于|不低于|不超过|少于|至少|满)[^,。;]{0,12}$")
LIFE_NOUN = re.compile(r"(?:寿命|平均年龄|年龄中位数)[^,。;]{0,24}$|寿命.{0,16}[,。;](?:比|较)[^,。;]{0,8}(?:提高|增长|增加)$")
SCORE_NOUN = re.compile(r"(?:满意度|得分|评分|指数|分值|考核|评价|测评|均分|总分|满分|达|为|扣)[^,。;]{0,10}$")
CONDITION_UNIT = re.compile(r"^(?:千?万|亿)?(?:元|人口?|人次?|张|张床位|平方米|亩|岁|年|吨|千瓦|公里|头|户|例)?$")
CONDITION_TAIL = re.compile(r"^(?:人口|床位|床)?(?:及其?)?以[上下](?:的(?!罚款)|[\u4e00-\u9fff]{0,1}[县市区镇乡村企项单建居学医工河湖旅住投水公人老儿幼职户园大中小规城专港矿水库])")
NAMED_TAIL = re.compile(r"^(?:医院|互联网|工程|行动|计划|国道|省道|高速|会议|模式|体系|平台|规划|路|号|字|款手机|专项|峰会)")
PLACE_UNITS = frozenset(PLACES)


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
        return SCORE_NOUN.search(before) is None or after.startswith("之")
    if unit.endswith(TIMES) and unit not in {"日", "元/日"} and not unit.endswith(("人日", "床日")):
        timed = DURATION_NOUN.search(before) or re.match(r"时间(?![内里])", after)
        return timed is None or after.startswith(("制", "圈", "行动", "计划", "前", "来", "的", "以上的", "以上且", "内"))
    if unit == "日" or unit in {"成", "级", "步"}:
        return "住院日" not in before
    if CONDITION_UNIT.match(unit) and (CONDITION_TAIL.match(after) or after.startswith(("的,", "以上的,", "以下的,"))):
        return True
    if unit != "%" and re.match(r"^的(?:[县市区乡镇村地单机医社学企家项可,]|应当?(?!急)|由|须)", after) and re.search(r"(?:超过|大于|达到|不足|少于|低于|高于|不满|超)$", before):
        return True
    if unit in {"万", "亿", "千", "百", "万亿", "千万", "百万", "十万", "百亿", "千亿"}:
        return not re.match(r"^[\u4e00-\u9fff,。;、)]|$", after) or bool(re.match(r"^(?:级|工程|以上|亩|大军|行动|人口以上|像素)", after))
    if unit in PLACE_UNITS and not quantity.chinese:
        return bool(re.match(r"^(?:级|域|内|外|直|属|道|际|标)", after))
    return bool(NAMED_TAIL.match(after)) and unit in {"级", "期", "批", "号"}


# Most sentences count nothing.
ANY = re.compile(rf"\d|[{HAN}](?:[{HAN}万亿余多]{{0,3}})(?:{CLASSIFIER}|元|倍|亩|公里|平方|%)|分之|番|[百千万亿](?:[余多]?(?:元|亩|吨|{CLASSIFIER}))")


@lru_cache(maxsize=4096)
def find(folded: str) -> tuple[Quantity, ...]:
    """All measurements of a folded text, in order, names and dates left out.

    >>> [(found.value, found.unit) for found in find("截至2021年11月,与9所三甲医院、北京303医院合作,占比达68.23%")]
    [(9.0, '所'), (68.23, '%')]
    """
    if not ANY.search(folded):
        return ()
    candidates = sorted([*arabic(folded), *chinese(folded), *fractions(folded), *rounds(folded), *ratios(folded)], key=lambda one: (one.start, -one.end))
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
