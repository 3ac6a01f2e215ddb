"""Naming: what a number measures or counts, read from the words between its neighbours."""

from __future__ import annotations

import re
from functools import lru_cache

from yigai.facts import names
from yigai.facts.units import PLACES, TIMES, Quantity

CLAUSE = re.compile(r"[,。;:!?\n]")
MARKS = ",。;:!?\n"
# No clause is longer; what is, is a list without marks and is read from its near end.
REACH = 600
RATE_UNITS = ("%", "‰", "个百分点", "倍", "番")


RATE_TAIL = re.compile(r"(?:住院|门诊|就诊|诊疗|规范|使用金额)?(?:报销比例|支付比例|比例|占比|满意度)$|(?<=机构|医院|生院|中心|域内|居民|患者|人群|人口|儿童|年人)[\u4e00-\u9fff]{2,6}率$|[\u4e00-\u9fff]{2}率$")


def rate_shared(name: str, previous: str) -> str:
    """The name of a share whose rate the number before it has named (比例为90%,县级医院为75%).

    >>> rate_shared("县级医院", "基层医疗机构住院报销比例"), rate_shared("县级医院", "民营医院"), rate_shared("乡镇", "县域内就诊率")
    ('县级医院住院报销比例', '县级医院', '乡镇就诊率')
    """
    tail = RATE_TAIL.search(previous[-10:])
    return f"{name}{tail[0]}" if tail and name and name not in previous else name


@lru_cache(maxsize=256)  # a row asks three times for its own clause
def clause_of(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a span begins and ends.

    >>> clause_of("到2025年,就诊率达到90%,外转率下降", 12, 15)
    (7, 15)
    """
    first = max(folded.rfind(mark, max(0, start - REACH), start) for mark in MARKS) + 1
    first = max(first, start - REACH, 0)
    after = CLAUSE.search(folded, end)
    return first, after.start() if after else len(folded)


def per_period(unit: str, before: str) -> str:
    """The unit with the period or the population it is counted per.

    >>> per_period("元", "岗位补助每月"), per_period("名", "每万人口拥有全科医生达到"), per_period("次", "每季度至少召开")
    ('元/月', '名/万人', '次/季度')
    """
    if "/" in unit or "每" not in before:
        return unit
    people = re.search(r"每(?P<size>10万|十万|万|千|百)(?:名|个|位)?(?:常住人口|人口|人|居民|老年人|服务人口)[^,。;%每]{0,40}$", before)
    if people and not unit.endswith(RATE_UNITS):
        return f"{unit}/{people['size']}人"
    period = re.search(r"每(?:个|一)?(?P<period>人次|年|月|季度|周|天|日|次)(?:每?[人户名])?[^,。;年月%]{0,10}$", before)
    if period and not unit.endswith(RATE_UNITS):
        person = re.search(r"每[人户名](?!次[^,。;]*$)(?:每[年月])?[^,。;%]{0,8}$", before) if period["period"] != "人次" else None
        return f"{unit}/{person[0][1]}·{period['period']}" if person else f"{unit}/{period['period']}"
    return unit


RATE_NOUN = re.compile(r"率|比|度|水平|增|升|涨|降|减|占|覆盖|参保|幅|强度|指数|%|达到|设立|提供|能够|留|完成")


def rate_above(before: str) -> str:
    """The rate a preceding clause names and leaves without a number.

    >>> rate_above("2022年,12个先行市县域内住院率,")
    '县域内住院率'
    """
    clauses = [clause for clause in CLAUSE.split(before) if clause]
    if not clauses or not re.search(r"(?:率|占比|比例|比重|满意度)$", clauses[-1]):
        return ""
    return re.split(r"(?<!\d)\d{1,9}(?:个|家|所)?[\u4e00-\u9fff]{0,3}?[市县区州](?=[\u4e00-\u9fff]{3})", names.left_phrase(clauses[-1]))[-1]


NOT_A_NOUN = re.compile(r"^(?:以上|以下|以内|左右|和|与|及|或|以及|等|中(?![医药央小学国西职青])|内|里|的?(?:提高|提升|增加|增长|扩大|降低?|下降|减|上升|压缩|缩短|调整|增至|升至|涨)|支援|支持|帮助|台阶|大关|并|且|用于|投入|到|至|以来|已|将|均|都|全部|进入|纳入)")


def counted_after(after: str) -> bool:
    """Whether the thing counted stands after the number.

    >>> counted_after("三甲医院建立了"), counted_after(",总投资"), counted_after("等举措")
    (True, False, False)
    """
    starts = re.match(r"^的?[\u4e00-\u9fff“(A-Za-z]", after) is not None
    return starts and NOT_A_NOUN.match(after) is None and len(names.right_phrase(after)) >= 1


def name_of(before: str, quantity: Quantity, after: str, previous: str) -> str:
    """The name of what a quantity measures: the noun after a classifier, else the phrase before the number.

    `before` and `after` reach to the neighbouring numbers or marks; '' when the next number must tell.
    """
    unit = quantity.unit
    share = unit in ("%", "‰")
    if share and SHARE_OF.match(after):
        clause = re.split(r"[,。;:!?\n]", SHARE_OF.sub("", after))[0][:30]
        return f"{names.CLOSING.sub('', clause)}比例"
    if share and not names.left_phrase(before) and SPENT_AFTER.match(after):
        return f"{re.split(r'[,。;:!?]', after)[0][:24]}比例"
    standard = STANDARD.match(after)
    if standard:
        return f"{standard['what']}比例" if share else standard["what"]
    paid_for = PAYMENT.match(after) if unit.endswith("元") else None
    if paid_for:
        return paid_for["what"]
    phrase = names.left_phrase(before)
    if phrase.endswith(NETWORKS) and AMONG.match(after):
        return f"{phrase}成员单位"
    change = names.CHANGE.search(before)
    if share and re.match(r"^[\u4e00-\u9fff]", after) and NOT_A_NOUN.match(after) is None and (not phrase or phrase.endswith(("覆盖", "惠及", "带动"))):
        return f"{phrase}{re.split(r'[,。;:!?]', after)[0][:32]}"
    if share and re.search(r"[^比]占(?:了|到|约|近|超过?)?$", before) and phrase and not names.GENERIC.match(phrase):
        return f"{phrase}占比"
    if unit.endswith(RATE_UNITS) or (change and not counted_after(after)):
        return measured_name(before, change, after, previous)
    if unit in TIMES and after.startswith("时间"):
        return f"{re.sub('[要需花]{1,3}$', '', phrase)}时间"
    if unit in PLACES:
        return f"{unit}{names.right_phrase(after)}" if counted_after(after) else unit
    if after.startswith("的") and SIZE.search(phrase):  # 设置床位500张的新院区
        return phrase
    if counted_after(after) and not (phrase and unit.endswith(MEASURES)) and not (unit.endswith("元") and SPENT_ON.search(before)):
        counted = names.right_phrase(after)
        paid = PAID.search(before) if unit.endswith("元") else None
        counted = f"{paid['who']}{counted}" if paid else counted
        return counted.split("的")[0] if REACHING.search(before) else counted
    if LEVEL_REACHED.search(before) and names.GENERIC.match(phrase or "增长"):
        return previous
    if names.GENERIC.match(phrase) and previous:
        return f"{MEASURE_NOUN.sub('', previous)}{phrase}"
    if after == DEFERRED:
        return ""
    if quantity.unit.endswith("元") and (not phrase or re.search(r"(?:^|[^\u4e00-\u9fff])(?:拿出|投入|统筹|安排|争取|筹集|下达)$", before)):
        spent = names.right_phrase(re.sub(r"^(?:用于|投入到?|支持)", "", after)) if re.match(r"^(?:用于|投入|支持)", after) else ""
        return f"投入{spent}资金" if spent else phrase or previous or "投入资金"
    if unit.endswith("元") and SPENT_ON.search(before):
        return phrase or "投资"
    return f"{phrase}资金" if unit.endswith("元") and re.search(r"(?:安排|拿出|筹集|下达|统筹)$", phrase) else phrase or previous


# 东西片区医联体28家中,11家为成员 counts what belongs to the alliances (seed 000).
NETWORKS = ("医联体", "医共体", "医疗集团", "联合体", "共同体", "联盟")
AMONG = re.compile(r"^(?:成员|单位|中(?=[,、有]|$))")
# 落实在岗乡村医生每月1000元岗位补助: an allowance belongs to who gets it.
PAID = re.compile(r"(?:落实|给予|发放|对|为|向|^)(?P<who>[\u4e00-\u9fff]{0,6}?(?:医生|村医|医师|护士|人员|居民|教师|老年人|患者|职工))每[年月人][年月]?$")
SPENT_ON = re.compile(r"(?:总投资|投资)(?:约|达|近|超过?|额)?$")  # 拟投资2.3亿元新建门诊楼 is an investment, not a building
REACHING = re.compile(r"(?:覆盖|涉及|辐射|惠及|联通)(?:了|全市|全县|全区|辖区)?$")  # 覆盖13个乡镇的影像中心 counts townships
LEVEL_REACHED = re.compile(r"(?:增长|增加|提高|提升|上升|扩大|降低?|下降|减少|压缩|缩短|升|增|减|涨)(?:到|至)了?(?:(?:19|20)\d\d年?的)?$")
SPENT_AFTER = re.compile(r"^(?:用于|来自|投向|分配给|留给)[\u4e00-\u9fff]{2}")  # 其中70%用于乡镇卫生院
SIZE = re.compile(r"(?:床位|病床|面积|占地|投资|编制)$")
# 项目总建筑面积…,总投资…: both belong to the project.
MEASURE_NOUN = re.compile(r"(?:总建筑面积|建筑面积|总面积|占地面积|总投资|总规模|总数|总量|床位规模|床位数)$")
# 43条、16条具体举措 and 6.1万户14.2万名监测对象: the noun stands once, after the last number.
NUMBERLESS = re.compile(r"^(?:、|和|与)?$")
MEASURES = ("平方米", "公里", "亩", "吨", "立方米", "公顷", "千瓦", "千瓦时", "斤", "米")
DEFERRED = "\u2026"
SHARE_OF = re.compile(r"^以?上?的(?!增长|速度|比例|目标|增速|水平|股权|资金|税率|利率|降幅|涨幅|标准|要求|任务)(?=[\u4e00-\u9fff])")


def measured_name(before: str, change: re.Match[str] | None, after: str, previous: str) -> str:
    """The name of a rate: its noun, with the verb of change when only the change is measured.

    >>> measured_name("住院患者人均费用降低", names.CHANGE.search("住院患者人均费用降低"), "", "")
    '住院患者人均费用降低'
    """
    noun = names.left_phrase(before[: change.start()] if change else before)
    verb = re.sub(r"^(?:分别|均|约|又|累计|平均)", "", change["verb"]) if change else ""
    phrase = f"{noun}{verb}"
    if not noun or names.GENERIC.match(phrase):
        if not phrase and previous:
            return previous
        stem = re.sub(r"占(?!比).{2,20}$|(?:增长|下降|提高|降低)$", "", previous) or previous
        return f"{stem}{phrase}" if previous else phrase or names.right_phrase(after)
    return phrase


# 按每签约居民10元支付签约服务费: what is paid follows the verb.
PAYMENT = re.compile(r"^(?:支付|发放|收取|缴纳|拨付|给予)(?P<what>[\u4e00-\u9fff]{2,12}?(?:费用?|补助|补贴|奖励|津贴|资金|经费|押金))(?=[,。;、]|$)")
STANDARD = re.compile(r"^的?(?:标准|比例)(?:给予|安排|拨付|落实|核定|发放|予以|支付|配备|设置|配置|建设|筹集)(?P<what>[\u4e00-\u9fff]{2,16}?)(?=[,。;、]|$)")


BASE_ONLY = re.compile(r"^(?:同?比|较|与|比上年|较上年|同比)?$")


def listed_nouns(listed: str) -> list[str]:
    """The nouns of an enumeration, a head shared at the end given to each short one.

    >>> listed_nouns("厦门、福州机场旅客吞吐量"), listed_nouns("孕产妇死亡率、婴儿死亡率")
    (['厦门机场旅客吞吐量', '福州机场旅客吞吐量'], ['孕产妇死亡率', '婴儿死亡率'])
    """
    nouns = [names.left_phrase(noun) or ("" if BASE_ONLY.match(noun) else noun) for noun in re.split(r"、|和(?!谐)|与|及", names.TIME_WORDS.sub("", listed)) if noun]
    last = nouns[-1] if nouns else ""
    lengths = [len(noun) for noun in nouns[:-1]]
    if lengths and len(set(lengths)) == 1 and lengths[0] <= 4 and len(last) >= lengths[0] + 3:
        tail = last[lengths[0] :]
        return [f"{noun}{tail}" for noun in nouns[:-1]] + [last]
    return nouns
