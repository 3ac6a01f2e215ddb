"""Indicators: who promised or reached how much of what, by when, with which status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

import pandas as pd

from yigai.facts import comparators, families, moments, names, statuses
from yigai.facts.moments import Clock
from yigai.facts.numerals import fold
from yigai.facts.quantities import Quantity, find

COLUMNS = (
    "doc", "subject", "indicator", "comparator", "value", "value_max", "unit", "when", "status", "hedge", "quote",
    "start", "end", "raw_start", "raw_end", "family", "normalised", "comparable", "context",
)  # fmt: skip
CLAUSE = re.compile(r"[,。;:!?\n]")
JOINED = re.compile(r"^[^\d,。;:]{0,16}?(?:和|与|及|、|以及|或)[^\d,。;:]{0,4}$")
RATE_UNITS = ("%", "‰", "个百分点", "倍", "番")


@dataclass(frozen=True)
class Setting:
    """What a document says around a sentence: its clock, the date and the status that hold by default."""

    clock: Clock = field(default_factory=Clock)
    when: str = ""
    status: str = ""
    subject: str = ""


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
    if people:
        return f"{unit}/{people['size']}人"
    period = re.search(r"每(?:个|一)?(?P<period>年|月|季度|周|天|日|次)(?:每?[人户名])?[^,。;年月%]{0,10}$", before)
    if period and "每" in before and not unit.endswith(RATE_UNITS):
        person = re.search(r"每[人户名](?:每[年月])?[^,。;%]{0,8}$", before)
        return f"{unit}/{person[0][1]}·{period['period']}" if person else f"{unit}/{period['period']}"
    return unit


def counted_after(quantity: Quantity, after: str) -> bool:
    """Whether the thing counted stands after the number."""
    if not re.match(r"^的?[\u4e00-\u9fff“(A-Za-z]", after) or re.match(r"^(?:以上|以下|左右|以内|和|与|及|或|以及|中|内|里|的?(?:提高|提升|增加|增长|降|减|上升|扩大)|并|且|用于|投入|到|至|,)", after):
        return False
    return len(names.right_phrase(after)) >= 1


def name_of(folded: str, quantity: Quantity, left: int, after_at: int, previous: str) -> str:
    """The name of what a quantity measures: the noun after a classifier, else the phrase before the number."""
    before, after = folded[left : quantity.start], folded[after_at : after_at + 48]
    unit = quantity.unit
    if unit in ("%", "‰") and after.startswith("的"):
        share = re.split(r"[,。;:!?、\n]", after[1:])[0][:30]
        if not re.match(r"(?:增长|速度|比例|目标|增速|水平|股权|资金|税率|利率|降幅|涨幅)", share):
            return f"{share}比例"
    phrase = names.left_phrase(before)
    change = names.CHANGE.search(before)
    if unit.endswith(RATE_UNITS) or (change and not counted_after(quantity, after)):
        return measured_name(phrase, change, after, previous)
    if counted_after(quantity, after):
        return names.right_phrase(after)
    if names.GENERIC.match(phrase) and previous:
        return f"{previous}{phrase}"
    return phrase or previous


def measured_name(phrase: str, change: re.Match[str] | None, after: str, previous: str) -> str:
    """The name of a rate: its noun, with the verb of change when only the change is measured."""
    if change:
        verb = re.sub(r"^(?:分别|均|约|又|累计|平均)", "", change["verb"])
        noun = names.strip_edges(phrase[: phrase.rfind(verb)] if verb in phrase else phrase)
        phrase = f"{noun}{verb}"
    if not phrase or names.GENERIC.match(phrase):
        return f"{previous}{phrase}" if previous else phrase or names.right_phrase(after)
    return phrase


def _sign(folded: str, quantity: Quantity, inherited: str) -> str:
    before = folded[max(0, quantity.start - 16) : quantity.start]
    own = comparators.sign(before, folded[quantity.end :][:4], about=quantity.about)
    return inherited if own == "=" and inherited else own


def _ahead(when: str, moment: moments.Moment | None, clock: Clock) -> str:
    year = re.search(r"(\d{4})(?!.*\d{4})", when)
    if moment and moment.kind == "cut-off":
        return "past"
    if year and clock.year:
        return "future" if int(year[1]) > clock.year else "past" if int(year[1]) < clock.year else ""
    if moment and moment.kind == "deadline":
        return "future"
    return "past" if year and moment and moment.kind in ("since", "point") and int(year[1]) < 2026 and not clock.year else ""


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
    for position, quantity in enumerate(quantities):
        joined = position > 0 and JOINED.match(folded[last : quantity.start]) is not None
        sign = _sign(folded, quantity, sign if joined else "")
        row = _row(text, folded, quantity, dates, setting, sign, last, previous)
        previous = row.indicator or previous
        rows.append(row)
        last = quantity.end + comparators.tail(folded[quantity.end : quantity.end + 3])
    return shared(folded, quantities, rows)


def _row(text: str, folded: str, quantity: Quantity, dates: list[moments.Moment], setting: Setting, sign: str, last: int, previous: str) -> Indicator:
    first, stop = clause_of(folded, quantity.start, quantity.end)
    left = max(first, last)
    after_at = quantity.end + comparators.tail(folded[quantity.end : quantity.end + 3])
    name = name_of(folded, quantity, left, after_at, previous)
    moment = moments.governing(dates, quantity.start)
    when = moment.when if moment and moment.when else setting.when
    clause = folded[first:stop]
    status = statuses.status(clause, folded, ahead=_ahead(when, moment, setting.clock), default=setting.status)
    value = quantity.value
    before = folded[max(0, quantity.start - 12) : quantity.start]
    if names.FALL.search(before) and quantity.unit.endswith(("%", "‰", "个百分点")) and sign in ("=", "~"):
        value = -value
    if sign == "=" and status in ("target", "plan") and re.search(r"(?:达到|达)[^,。;]{0,4}$", before):
        sign = ">="
    unit = per_period(quantity.unit, folded[first : quantity.start])
    kin, normalised = families.family(name, unit)
    if not when and status == "achieved" and setting.clock.year:
        when = str(setting.clock.year)
    return Indicator(
        subject=names.scope(folded[: quantity.start]) or setting.subject, indicator=name, comparator=sign,
        value=value, value_max=quantity.value_max, unit=unit, when=when, status=status, hedge=statuses.hedge(clause),
        quote=text[first:stop].strip(), start=first, end=stop, family=kin, normalised=normalised,
        comparable=comparable(status, when, unit),
    )  # fmt: skip


def comparable(status: str, when: str, unit: str) -> str:
    """Why a figure may or may not stand beside another of its family.

    >>> comparable("target", "2025", "%"), comparable("achieved", "", "%")
    ('with other targets for 2025 only', 'no: undated')
    """
    if not when:
        return "no: undated"
    return f"with other {'figures' if status == 'achieved' else status + 's'} for {when} only"


def shared(folded: str, quantities: Sequence[Quantity], rows: list[Indicator]) -> list[Indicator]:
    """Rows whose nouns and numbers are listed apart (A、B分别增长x和y), each number with its own noun."""
    out = list(rows)
    for position, quantity in enumerate(quantities):
        before = folded[: quantity.start]
        first, _ = clause_of(folded, quantity.start, quantity.end)
        listed = re.search(r"(?P<nouns>[^,。;:\d]{2,60}?)(?P<verb>(?:分别|均|各)[^,。;:\d、]{0,12})$", before[first:])
        if not listed:
            continue
        nouns = [names.left_phrase(noun) for noun in re.split(r"、|和(?!谐)|与|及", listed["nouns"]) if noun]
        verb = re.sub(r"^(?:分别|均|各)|(?:达到|达|为|到|至|超过|约|近|超)*$", "", listed["verb"])
        numbers = [other for other in range(position, min(position + len(nouns), len(quantities))) if "," not in folded[quantity.end : quantities[other].start]]
        if len(nouns) == len(numbers) and len(nouns) > 1:
            for other, noun in zip(numbers, nouns, strict=True):
                out[other] = renamed(out[other], f"{noun}{verb}", rows[position])
    return out


def renamed(row: Indicator, name: str, head: Indicator) -> Indicator:
    """The row under another name, with the sign of the number it is listed with."""
    kin, normalised = families.family(name, row.unit)
    value = -abs(row.value) if head.value < 0 else row.value
    sign = head.comparator if row.comparator == "=" else row.comparator
    return Indicator(**{**asdict(row), "indicator": name, "family": kin, "normalised": normalised, "value": value, "comparator": sign})


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
        {"doc": str(position), **asdict(row), "raw_start": row.start, "raw_end": row.end, "context": text}
        for position, text in enumerate(texts)
        for row in read(text)
    )
