"""Indicators: who promised or reached how much of what, by when, with which status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from yigai.facts import comparators, families, moments, names, statuses
from yigai.facts.moments import Clock
from yigai.facts.numerals import fold
from yigai.facts.quantities import PLACES, Quantity, find

COLUMNS = (
    "doc", "subject", "indicator", "comparator", "value", "value_max", "unit", "when", "status", "hedge", "quote",
    "start", "end", "raw_start", "raw_end", "family", "normalised", "comparable", "dated", "context",
)  # fmt: skip
CLAUSE = re.compile(r"[,。;:!?\n]")
JOINED = re.compile(r"^[^\d,。;:]{0,16}?(?:和|与|及|、|以及|或)[^\d,。;:]{0,4}$")
RATE_UNITS = ("%", "‰", "个百分点", "倍", "番")


@dataclass(frozen=True)
class Setting:
    """What a document says around a sentence: its clock, the date and the status that hold by default."""

    clock: Clock = field(default_factory=Clock)
    when: str = ""
    when_kind: str = ""
    status: str = ""
    subject: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Indicator:
    """One row of the indicators table, without the document's columns."""

    subject: str
    indicator: str
    comparator: str
    value: float
    value_max: float | None
    unit: str
    when: str
    status: str
    hedge: str
    quote: str
    start: int
    end: int
    family: str
    normalised: str
    comparable: str
    dated: str


RATE_NOUN = re.compile(r"率|比|度|水平|增|升|涨|降|减|占|覆盖|参保|幅|强度|指数|%|达到|设立|提供|能够|留|完成")


def rate_above(before: str) -> str:
    """The rate a preceding clause names and leaves without a number.

    >>> rate_above("2022年,12个先行市县域内住院率,")
    '县域内住院率'
    """
    clauses = [clause for clause in CLAUSE.split(before) if clause]
    if not clauses or not re.search(r"(?:率|占比|比例|比重|满意度)$", clauses[-1]):
        return ""
    return re.split(r"\d+(?:个|家|所)?[\u4e00-\u9fff]{0,3}?[市县区州](?=[\u4e00-\u9fff]{3})", names.left_phrase(clauses[-1]))[-1]


def clause_of(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a span begins and ends.

    >>> clause_of("到2025年,就诊率达到90%,外转率下降", 12, 15)
    (7, 15)
    """
    first = max((match.end() for match in CLAUSE.finditer(folded, 0, start)), default=0)
    after = CLAUSE.search(folded, end)
    return first, after.start() if after else len(folded)


def per_period(unit: str, before: str) -> str:
    """The unit with the period or the population it is counted per.

    >>> per_period("元", "岗位补助每月"), per_period("名", "每万人口拥有全科医生达到"), per_period("次", "每季度至少召开")
    ('元/月', '名/万人', '次/季度')
    """
    if "/" in unit:
        return unit
    people = re.search(r"每(?P<size>10万|十万|万|千|百)(?:名|个|位)?(?:常住人口|人口|人|居民|老年人|服务人口)[^,。;%]{0,16}$", before)
    if people and not unit.endswith(RATE_UNITS):
        return f"{unit}/{people['size']}人"
    period = re.search(r"每(?:个|一)?(?P<period>人次|年|月|季度|周|天|日|次)(?:每?[人户名])?[^,。;年月%]{0,10}$", before)
    if period and "每" in before and not unit.endswith(RATE_UNITS):
        person = re.search(r"每[人户名](?!次[^,。;]*$)(?:每[年月])?[^,。;%]{0,8}$", before) if period["period"] != "人次" else None
        return f"{unit}/{person[0][1]}·{period['period']}" if person else f"{unit}/{period['period']}"
    return unit


NOT_A_NOUN = re.compile(r"^(?:以上|以下|以内|左右|和|与|及|或|以及|等|中(?![医药央小学国西职青])|内|里|的?(?:提高|提升|增加|增长|扩大|降低?|下降|减|上升|压缩|缩短|调整)|支援|台阶|大关|并|且|用于|投入|到|至|以来|已|将|均|都|全部|进入|纳入)")


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
    standard = STANDARD.match(after)
    if standard and unit.endswith("元"):
        return standard["what"]
    phrase = names.left_phrase(before)
    change = names.CHANGE.search(before)
    if share and re.match(r"^[\u4e00-\u9fff]", after) and NOT_A_NOUN.match(after) is None and (not phrase or phrase.endswith(("覆盖", "惠及", "带动"))):
        return f"{phrase}{re.split(r'[,。;:!?、]', after)[0][:24]}"
    if unit.endswith(RATE_UNITS) or (change and not counted_after(after)):
        return measured_name(before, change, after, previous)
    if unit in PLACES:
        return f"{unit}{names.right_phrase(after)}" if counted_after(after) else unit
    if counted_after(after) and not (phrase and unit.endswith(MEASURES)):
        return names.right_phrase(after)
    if names.GENERIC.match(phrase) and previous:
        return f"{previous}{phrase}"
    if after == DEFERRED:
        return ""
    if quantity.unit.endswith("元") and (not phrase or re.search(r"(?:^|[^\u4e00-\u9fff])(?:拿出|投入|统筹|安排|争取|筹集|下达)$", before)):
        spent = names.right_phrase(re.sub(r"^(?:用于|投入到?|支持)", "", after)) if re.match(r"^(?:用于|投入|支持)", after) else ""
        return f"{spent}资金" if spent else phrase or previous
    return phrase or previous


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
        return f"{previous}{phrase}" if previous else phrase or names.right_phrase(after)
    return phrase


STANDARD = re.compile(r"^的?标准(?:给予|安排|拨付|落实|核定|发放|予以|支付)?(?P<what>[\u4e00-\u9fff]{2,16}?)(?=[,。;、]|$)")


def _sign(folded: str, quantity: Quantity, inherited: str) -> str:
    if quantity.value_max is not None:
        return "="
    before = folded[max(0, quantity.start - 24) : quantity.start]
    own = comparators.sign(before, folded[quantity.end :][:4], about=quantity.about)
    return inherited if own == "=" and inherited else own


def ahead_of(when: str, kind: str, clock: Clock) -> str:
    """Whether a date lies ahead of the document: 'future', 'planned' (ahead, but no deadline), 'past' or '' when it cannot be told.

    >>> ahead_of("2025", "deadline", Clock(2024)), ahead_of("2021", "", Clock(2021)), ahead_of("2020", "point", Clock(2021))
    ('future', '', 'past')
    """
    year = re.search(r"(\d{4})(?!.*\d{4})", when)
    if kind == "cut-off":
        return "past"
    if year and clock.year:
        month = re.search(r"^\d{4}-(\d{2})(?:-\d{2})?$", when)
        same = int(year[1]) == clock.year
        if same and month and clock.month and kind == "point":
            return "past" if int(month[1]) <= clock.month else "future"
        later = int(year[1]) > clock.year
        if same:
            return "future" if kind == "deadline" else ""
        return "past" if not later else "future" if kind in ("", "deadline") else "planned"
    if kind == "deadline":
        return "future"
    return "past" if year and kind in ("since", "point") and int(year[1]) < 2025 and not clock.year else ""


def read(text: str, setting: Setting = Setting()) -> list[Indicator]:
    """The indicators of one sentence.

    >>> [(row.indicator, row.comparator, row.value, row.unit, row.when, row.status) for row in read("到2025年培养不少于4名指导老师和8名继承人")]
    [('指导老师', '>=', 4.0, '名', '2025', 'target'), ('继承人', '>=', 8.0, '名', '2025', 'target')]
    """
    folded = fold(text)
    quantities = find(folded)
    if not quantities:
        return []
    dates = moments.find(folded, setting.clock)
    rows: list[Indicator] = []
    sign, previous, last = "", "", 0
    bounds = [*(quantity.start for quantity in quantities[1:]), len(folded)]
    for position, (quantity, bound) in enumerate(zip(quantities, bounds, strict=True)):
        joined = position > 0 and JOINED.match(folded[last : quantity.start]) is not None
        sign = _sign(folded, quantity, sign if joined else "")
        row = _row(text, folded, quantity, dates, setting, sign, (last, bound), previous)
        previous = row.indicator or previous
        rows.append(row)
        last = quantity.end + comparators.tail(folded[quantity.end : quantity.end + 3])
    return shared(folded, quantities, deferred(rows))


def deferred(rows: list[Indicator]) -> list[Indicator]:
    """Rows without a name take the name of the next row."""
    out, name = [], ""
    for row in reversed(rows):
        out.append(row if row.indicator or not name else renamed(row, name, row))
        name = row.indicator or name
    return out[::-1]


def _row(text: str, folded: str, quantity: Quantity, dates: Sequence[moments.Moment], setting: Setting, sign: str, reach: tuple[int, int], previous: str) -> Indicator:
    first, stop = clause_of(folded, quantity.start, quantity.end)
    after_at = quantity.end + comparators.tail(folded[quantity.end : quantity.end + 3])
    after = re.sub(r"^(?:[((][^()()]{1,6}[))]|\d{1,3}周?岁及?以[上下]的?)", "", folded[after_at : min(reach[1], after_at + 48)])
    shared_noun = NUMBERLESS.match(after) and (not after or re.match(rf"[\d.]+[万亿]?{re.escape(quantity.unit[-1:])}", folded[reach[1] :]))
    if reach[1] < len(folded) and shared_noun and not quantity.unit.endswith(RATE_UNITS):
        after = DEFERRED
    name = name_of(folded[max(first, reach[0]) : quantity.start], quantity, after, previous)
    if quantity.unit in ("%", "‰") and not RATE_NOUN.search(name):
        name = rate_above(folded[:first]) or name
    moment = moments.governing(dates, quantity.start, folded)
    when, kind = (moment.when, moment.kind) if moment and moment.when else (setting.when, setting.when_kind)
    clause = folded[first:stop]
    status = statuses.status(folded, (first, stop), quantity.end, ahead=ahead_of(when, kind, setting.clock), default=setting.status)
    value = quantity.value
    before = folded[max(0, quantity.start - 12) : quantity.start]
    if names.FALL.search(before) and quantity.unit.endswith(("%", "‰", "个百分点")) and sign in ("=", "~"):
        value = -value
    unit = per_period(quantity.unit, folded[first : quantity.start])
    kin, normalised = families.family(name, unit)
    dated = "sentence" if moment and moment.when else setting.when_kind or ("heading" if setting.when else "")
    if not when and setting.as_of:  # as of the document: comparable only with care, so it is said
        when, dated = setting.as_of, "document"
    return Indicator(
        subject=names.scope(folded[: quantity.start]) or setting.subject, indicator=name, comparator=sign,
        value=value, value_max=quantity.value_max, unit=unit, when=when, status=status, hedge=statuses.hedge(clause),
        quote=text[first:stop].strip(), start=first, end=stop, family=kin, normalised=normalised,
        comparable=comparable(status, when, dated), dated=dated,
    )  # fmt: skip


def comparable(status: str, when: str, dated: str) -> str:
    """Why a figure may or may not stand beside another of its family.

    >>> comparable("target", "2025", "sentence"), comparable("plan", "2024", "document"), comparable("achieved", "", "")
    ('with other targets for 2025', 'no: undated, as of the document (2024)', 'no: undated')
    """
    if status == "background":
        return "no: background"
    if not when:
        return "no: undated"
    if dated == "document" and status != "achieved":
        return f"no: undated, as of the document ({when})"
    return f"with other {'achieved figures' if status == 'achieved' else status + 's'} for {when}"


LISTED = re.compile(r"(?P<nouns>[^,。;:]{2,60}?)(?P<each>分别|均|各)(?P<verb>[^,。;:]{0,16})$")


def shared(folded: str, quantities: Sequence[Quantity], rows: list[Indicator]) -> list[Indicator]:
    """Rows whose nouns and numbers are listed apart (A、B分别增长x和y), each number with its own noun."""
    out, done = list(rows), 0
    for position, quantity in enumerate(quantities):
        first, _ = clause_of(folded, quantity.start, quantity.end)
        listed = LISTED.search(folded, first, quantity.start)
        if position < done or not listed or re.search(r"\d[%‰个家所名项万亿]", listed["verb"]):
            continue
        nouns = listed_nouns(listed["nouns"])
        stop = re.search(r"[。;]|[,](?!\d)", folded[quantity.end :])
        limit = quantity.end + stop.start() if stop else len(folded)
        members = [other for other in range(position, len(quantities)) if quantities[other].start < limit]
        if len(nouns) < 2 or len(members) % len(nouns):
            continue
        verb = re.sub(r"(?:控制在|控制|保持在|稳定在|达到|达|为|到|至|超过|突破|约|近|超|从|由|是)*$", "", names.TIME_WORDS.sub("", listed["verb"]))
        verb = "" if verb in ("的", "从", "由") else verb
        for order, other in enumerate(members):
            out[other] = renamed(out[other], f"{nouns[order % len(nouns)]}{verb}", rows[position] if order < len(nouns) else out[other])
        done = members[-1] + 1
    return out


def listed_nouns(listed: str) -> list[str]:
    """The nouns of an enumeration, a head shared at the end given to each short one.

    >>> listed_nouns("厦门、福州机场旅客吞吐量"), listed_nouns("孕产妇死亡率、婴儿死亡率")
    (['厦门机场旅客吞吐量', '福州机场旅客吞吐量'], ['孕产妇死亡率', '婴儿死亡率'])
    """
    nouns = [names.left_phrase(noun) or noun for noun in re.split(r"、|和(?!谐)|与|及", names.TIME_WORDS.sub("", listed)) if noun]
    last = nouns[-1] if nouns else ""
    lengths = [len(noun) for noun in nouns[:-1]]
    if lengths and len(set(lengths)) == 1 and lengths[0] <= 4 and len(last) >= lengths[0] + 3:
        tail = last[lengths[0] :]
        return [f"{noun}{tail}" for noun in nouns[:-1]] + [last]
    return nouns


def renamed(row: Indicator, name: str, head: Indicator) -> Indicator:
    """The row under another name, with the sign of the number it is listed with."""
    kin, normalised = families.family(name, row.unit)
    value = -abs(row.value) if head.value < 0 else row.value
    sign = head.comparator if row.comparator == "=" else row.comparator
    return replace(row, indicator=name, family=kin, normalised=normalised, value=value, comparator=sign)


def frame(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """Rows as the contract's table, numbers as floats."""
    table = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return table.astype({"value": "float64", "value_max": "float64", "start": "int64", "end": "int64", "raw_start": "int64", "raw_end": "int64"})


def indicators(texts: Sequence[str]) -> pd.DataFrame:
    """The indicators of bare sentences: one row a number, `doc` the position of the text.

    >>> indicators(["到2025年,县域内就诊率达到90%以上。"])[["indicator", "comparator", "value", "unit", "when", "status"]].values.tolist()
    [['县域内就诊率', '>=', 90.0, '%', '2025', 'target']]
    """
    return frame(
        {"doc": str(position), **vars(row), "raw_start": row.start, "raw_end": row.end, "context": text}
        for position, text in enumerate(texts)
        for row in read(text)
    )
