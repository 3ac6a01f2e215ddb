"""Spelled: quantities in Chinese numerals: 百分之八十, 三分之一, 翻一番, 七成, 万分之五, 两个医共体, 千万台."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.facts.numerals import worth
from yigai.facts.units import CLASSIFIERS, Quantity, alternation

HAN = "一二两三四五六七八九十百千"
CLASSIFIER = alternation(tuple(word for word in CLASSIFIERS if word not in {"级", "期", "批", "片", "口", "道", "对", "双", "单", "员", "班", "队", "股", "团", "头", "部", "片区", "组", "门", "列", "只", "卷", "支"}))
# 数十名 and 几百家 say no number.
CHINESE = re.compile(
    rf"(?=[{HAN}零])(?<![第{HAN}\d万亿之分数几、-])(?P<number>零点[一二三四五六七八九]{{1,3}}|[{HAN}]{{1,5}}|[一二两三四五六七八九十]{{1,3}}[万亿])"
    rf"(?:[至到-](?P<upper>[{HAN}]{{1,4}}))?(?P<about>[余多])?(?P<unit>%|个百分点|个月|个工作日|个小时|万元|亿元|元|人次|平方米|公里|亩|{CLASSIFIER}|倍|年|周(?!岁)|天|小时|分钟)"
)
SHARE_NUMBER = rf"[{HAN}零点]{{1,7}}|\d{{1,3}}(?:\.\d{{1,4}})?"
SHARE = re.compile(rf"(?P<of>百|千|十万|万)分之(?P<number>{SHARE_NUMBER})(?:[至到~-](?:(?P=of)分之)?(?P<upper>{SHARE_NUMBER}))?(?![{HAN}])")
SHARE_UNIT = {"百": "%", "千": "‰", "万": "/万", "十万": "/10万"}
# 七成的村卫生室, 提高三成, 九成以上; not 三成立, 构成, 一成不变, 统一成医共体.
TENTH = re.compile(rf"(?<![第\d{HAN}统合为归唯单])(?P<number>[一二两三四五六七八九]|[1-9])成(?P<half>半)?(?=以[上下]|左右|[多的,。;、)]|$|患者|居民|群众|村民|病人|门诊|住院|常见|老人|医|机构|乡镇|基层|人口?|家庭|费用|资金|药品)")
FRACTION = re.compile(r"(?P<low>[二三四五六七八九十])分之(?P<high>[一二两三四五六七八九])")
# 突破千万台, 超百亿元, 万名以上: a round number without a digit, only beside a comparator.
ROUND = re.compile(rf"(?=[ 十百千万亿])(?:(?<=[超近逾过破达])|(?<=约)|(?P<bare>(?<![一-鿿\d])|(?<=[计划生员数量]))) ?(?P<figure>[十百千]?[万亿]|[百千]|万亿)(?P<about>[余多])?(?P<unit>元|亩|吨|公里|人次|{CLASSIFIER})(?P<floor>以上)?(?=大关|以上|[,。;:、)]|$|[一-鿿])")
ROUND_FACTOR = {"十万": (10.0, "万"), "百万": (100.0, "万"), "千万": (1000.0, "万"), "十亿": (10.0, "亿"), "百亿": (100.0, "亿"), "千亿": (1000.0, "亿"), "万": (1.0, "万"), "亿": (1.0, "亿"), "万亿": (1.0, "万亿"), "百": (100.0, ""), "千": (1000.0, "")}
DOUBLING = re.compile(r"翻了?(?P<times>[一两二三四])?番")
# 两个 may count anything; a count is taken only of things one can point at.
COUNTABLE = re.compile(
    r"^[^,。;:、(]{0,16}?(?:医院|中心|机构|单位|集团|医共体|医联体|共同体|联盟|项目|专科|学科|团队|县|市|区|乡镇|村|卫生院|卫生室|卫生站|服务站|门诊部|诊所|平台|基地|"
    r"市长|县长|区长|院长|成员|人员|医师|医生|护士|药师|专家|人才|学校|高校|学院|企业|公司|实验室|床位|试点|样板|阶段|任务|措施|工程|方案|文件|协调会|会议|清单|处方|药品|病种|"
    r"系统|部门|委员会|工作组|小组|名|厂|园|站|馆|院|校|所|店|支部|代表|委员|协会|时限|奖|路|线路|品种|课题|团|队|库)"
)
COUNTED = re.compile(r"(?:至少|不少于|不低于|不得少于|不超过|仅|只|明确|每年|每月|每季度|每个?[县市区村乡镇][^,。;]{0,6}|各|配备|办好|设置?|少于|选派|建设|建成)[^,。;]{0,3}$")


def percent(numeral: str) -> float:
    """The worth of what follows 百分之, with a decimal point or without.

    >>> percent("八十五"), percent("九十点五"), percent("3.5")
    (85.0, 90.5, 3.5)
    """
    if numeral[0].isdigit():
        return float(numeral)
    whole, _, decimals = numeral.partition("点")
    digits = "".join(str(int(worth(sign))) for sign in decimals)
    return worth(whole or "零") + (float(f"0.{digits}") if digits else 0.0)


def shares(folded: str) -> Iterator[Quantity]:
    """Shares in words: of a hundred, a thousand, ten thousand, and in tenths.

    >>> [(found.value, found.value_max, found.unit) for found in shares("百分之五至百分之八,不超过万分之五,七成的村卫生室")]
    [(5.0, 8.0, '%'), (5.0, None, '/万'), (70.0, None, '%')]
    """
    for match in SHARE.finditer(folded) if "分之" in folded else ():
        low, high = (percent(match[name]) if match[name] else None for name in ("number", "upper"))
        if low is not None and (high is None or high > low):
            yield Quantity(match.start(), match.end(), low, high, SHARE_UNIT[match["of"]], False, True)
    for match in TENTH.finditer(folded) if "成" in folded else ():
        yield Quantity(match.start(), match.end(), worth(match["number"]) * 10 + (5 if match["half"] else 0), None, "%", False, True)


MONEY = frozenset({"元", "万元", "亿元", "%"})


def chinese(folded: str) -> Iterator[Quantity]:
    """Quantities in Chinese digits, only where a thing is counted.

    >>> [(found.value, found.unit) for found in chinese("组建两个紧密型医共体,明确一名副市长,提出一个思路")]
    [(2.0, '个'), (1.0, '名')]
    """
    for match in CHINESE.finditer(folded):
        numeral, unit, rest = match["number"], match["unit"], folded[match.end() : match.end() + 20]
        if numeral[0] in "百千" and len(numeral) == 1:
            continue
        single = numeral == "一" and not match["upper"]
        measured = unit in {"年", "周", "天", "小时", "分钟", "平方米", "公里", "亩", "%", "个百分点", "万元", "亿元", "元", "人次", "倍", "个工作日", "个小时", "个月"}
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
    for match in FRACTION.finditer(folded) if "分之" in folded else ():
        yield Quantity(match.start(), match.end(), round(worth(match["high"]) / worth(match["low"]), 6), None, "", False, True)
    for match in DOUBLING.finditer(folded) if "番" in folded else ():
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
