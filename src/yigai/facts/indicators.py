"""Indicators: who promised or reached how much of what, by when, with which status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from yigai.coding.coder import sound
from yigai.facts import apart, comparators, families, moments, names, naming, statuses
from yigai.facts.moments import Clock
from yigai.facts.naming import RATE_UNITS, clause_of
from yigai.facts.numerals import fold
from yigai.facts.pieces import around, pieces
from yigai.facts.quantities import ANY as COUNTS
from yigai.facts.quantities import find
from yigai.facts.units import Quantity

COLUMNS = (
    "doc", "subject", "indicator", "comparator", "value", "value_max", "unit", "when", "status", "hedge", "quote",
    "start", "end", "raw_start", "raw_end", "family", "normalised", "comparable", "dated", "class", "context",
)  # fmt: skip
JOINED = re.compile(r"^[^\d,。;:]{0,16}?(?:和|与|及|、|以及|或)[^\d,。;:]{0,4}$")


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
    kind: str = "hard"


def _sign(folded: str, quantity: Quantity, inherited: str) -> str:
    if quantity.value_max is not None:
        return "="
    before = folded[max(0, quantity.start - 24) : quantity.start]
    own = comparators.sign(before, folded[quantity.end :][:4], about=quantity.about)
    return inherited if own == "=" and inherited else own


def read(text: str, setting: Setting = Setting()) -> list[Indicator]:
    """The indicators of a sentence, or of several; a deadline that opens a list holds for the sentences after it.

    >>> [(row.indicator, row.comparator, row.value, row.unit, row.when, row.status) for row in read("到2025年培养不少于4名指导老师和8名继承人")]
    [('指导老师', '>=', 4.0, '名', '2025', 'target'), ('继承人', '>=', 8.0, '名', '2025', 'target')]
    """
    folded = fold(text)
    out: list[Indicator] = []
    if not COUNTS.search(folded):
        return out
    for start, end in pieces(folded):
        dates = moments.find(folded[start:end], setting.clock)
        out += [replace(row, start=row.start + start, end=row.end + start) for row in read_one(text[start:end], dates, setting)]
        opening = moments.opening(dates, folded[start:end])
        setting = replace(setting, when=opening, when_kind="deadline") if opening else setting
    return out


def read_one(text: str, dates: Sequence[moments.Moment], setting: Setting) -> list[Indicator]:
    """The indicators of one sentence whose moments are known.

    >>> [row.value for row in read_one("就诊率达到90%以上", (), Setting())]
    [90.0]
    """
    folded = fold(text)
    quantities = find(folded)
    rows: list[Indicator] = []
    sign, previous, last = "", "", 0
    bounds = [*(quantity.start for quantity in quantities[1:]), len(folded)]
    for quantity, bound in zip(quantities, bounds, strict=False):
        joined = bool(rows) and JOINED.match(folded[last : quantity.start]) is not None
        sign = _sign(folded, quantity, sign if joined else "")
        row = _row(text, folded, quantity, dates, setting, sign, (last, bound), previous)
        previous = row.indicator or previous
        rows.append(row)
        last = quantity.end + comparators.tail(folded[quantity.end : quantity.end + 3])
    return shared(folded, quantities, predicated(deferred(rows)))


PREDICATE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:能够?|可以|设立|设置|达到|建成|配备|开展|实现|完成|提供|具备|建有|实行|纳入|拥有).{2,}$")


def predicated(rows: list[Indicator]) -> list[Indicator]:
    """Shares that leave their predicate to the next one (100%的卫生院和70%的卫生室能够提供服务) take it.

    >>> [row.indicator for row in read("100%的乡镇卫生院和70%的村卫生室能够提供中医药服务")]
    ['乡镇卫生院能够提供中医药服务比例', '村卫生室能够提供中医药服务比例']
    """
    out = list(rows)
    for at in range(len(rows) - 2, -1, -1):
        said = PREDICATE.search(out[at + 1].indicator)
        both = rows[at].start == rows[at + 1].start and all(row.unit == "%" and row.indicator.endswith("比例") for row in out[at : at + 2])
        if both and said and not PREDICATE.search(out[at].indicator):
            out[at] = renamed(out[at], f"{out[at].indicator[:-2]}{said[0]}", out[at])
    return out


def deferred(rows: list[Indicator]) -> list[Indicator]:
    """Rows without a name take the name of the next row."""
    out, name = [], ""
    for row in reversed(rows):
        out.append(row if row.indicator or not name else renamed(row, name, row))
        name = row.indicator or name
    return out[::-1]


def _row(text: str, folded: str, quantity: Quantity, dates: Sequence[moments.Moment], setting: Setting, sign: str, reach: tuple[int, int], previous: str) -> Indicator:
    first, _ = clause_of(folded, quantity.start, quantity.end)
    after_at = quantity.end + comparators.tail(folded[quantity.end : quantity.end + 3])
    after = re.sub(r"^(?:[((][^()()]{1,6}[))]|\d{1,3}周?岁及?以[上下]的?)", "", folded[after_at : min(reach[1], after_at + 48)])
    shared_noun = naming.NUMBERLESS.match(after) and (not after or re.match(rf"[\d.]+[万亿]?{re.escape(quantity.unit[-1:])}", folded[reach[1] :]))
    if reach[1] < len(folded) and shared_noun and not quantity.unit.endswith(RATE_UNITS):
        after = naming.DEFERRED
    name = naming.name_of(folded[max(first, reach[0]) : quantity.start], quantity, after, previous)
    if quantity.unit in ("%", "‰") and not naming.RATE_NOUN.search(name):
        rate = naming.rate_above(folded[:first])
        owner = name if re.search(r"(?:机构|医院|中心|院|室|站)$", name) else ""
        name = f"{owner}{rate}" if rate else naming.rate_shared(name, previous)
    name = name or (names.left_phrase(folded[:first].rstrip(",")) if after != naming.DEFERRED else "")
    value = quantity.value
    before = folded[max(0, quantity.start - 12) : quantity.start]
    if names.FALL.search(before) and quantity.unit.endswith(("%", "‰", "个百分点")) and sign in ("=", "~"):
        value = -value
        name = FALLEN.sub("变化", name)  # a fall of -2.48 % would be a rise
    unit = naming.per_period(quantity.unit, folded[first : quantity.start])
    moment = moments.governing(dates, quantity.start, folded)
    return judged(text, folded, (quantity.start, quantity.end), moment, setting, Amount(name, sign, value, quantity.value_max, unit))


FALLEN = re.compile(r"(?:同比|环比|平均|年均|再|[比较]上年)?(?:降低|下降|减少|压减|削减|回落|缩短|压缩|下调|下浮|缩减|缩小|收窄|降|减)$")
SPEECH = re.compile(r"[^“。]{0,20}“(?![^”]{1,16}”)")


@dataclass(frozen=True)
class Amount:
    """What is measured and how much of it, before anything is known of its date and status."""

    indicator: str
    comparator: str
    value: float
    value_max: float | None
    unit: str


def judged(text: str, folded: str, span: tuple[int, int], moment: moments.Moment | None, setting: Setting, amount: Amount) -> Indicator:
    """An amount printed at `span` with its subject, date, status and quote, from its moment, its clause and its document."""
    first, stop = clause_of(folded, *span)
    when, kind = (moment.when, moment.kind) if moment and moment.when else (setting.when, setting.when_kind)
    clause = folded[first:stop]
    status = statuses.status(folded, (first, stop), span[1], ahead=statuses.ahead_of(when, kind, setting.clock), default=setting.status)
    kin, normalised = families.family(amount.indicator, amount.unit)
    dated = "sentence" if moment and moment.when else setting.when_kind or ("heading" if setting.when else "")
    if not when and setting.as_of and status != "background":  # as of the document: comparable only with care, so it is said
        when, dated = setting.as_of, "document"
    return Indicator(
        subject=names.scope(folded[: span[0]]) or setting.subject, **vars(amount), when=when, status=status, hedge=statuses.hedge(clause),
        quote=text[first:stop].strip(), start=first, end=stop, family=kin, normalised=normalised,
        comparable=apart.reason(folded, span, (first, stop), amount.indicator, amount.unit) or comparable(status, when, dated), dated=dated, kind="anecdote" if status == "background" and SPEECH.match(folded) else "hard",
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


LISTED = re.compile(r"(?P<nouns>[^,。;:]{0,60}?)(?P<each>分别|(?<![人日床户])均|各)(?P<verb>[^,。;:]{0,16})$")


def shared(folded: str, quantities: Sequence[Quantity], rows: list[Indicator]) -> list[Indicator]:
    """Rows whose nouns and numbers are listed apart (A、B分别增长x和y), each number with its own noun."""
    out, done = list(rows), 0
    for position, quantity in enumerate(quantities):
        first, _ = clause_of(folded, quantity.start, quantity.end)
        listed = LISTED.search(folded, first, quantity.start)
        if position < done or not listed or re.search(r"\d[%‰个家所名项万亿]", listed["verb"]):
            continue
        nouns = naming.listed_nouns(listed["nouns"])
        before_it = [row.indicator for row in out[max(0, position - 6) : position]]
        stop = re.search(r"[。;]|[,](?!\d)", folded[quantity.end :])
        limit = quantity.end + stop.start() if stop else len(folded)
        members = [other for other in range(position, len(quantities)) if quantities[other].start < limit]
        if not any(nouns) and 1 < len(members) <= len(before_it):
            nouns = before_it[-len(members) :]  # 比2019年分别提高4.2和5.6个百分点: of the two just named
        if len(nouns) < 2 or len(members) % len(nouns):
            continue
        verb = re.sub(r"(?:控制在|控制|保持在|稳定在|达到|达|为|到|至|超过|突破|约|近|超|从|由|是){0,6}$|^[比较](?=[增减下降上提])", "", names.TIME_WORDS.sub("", listed["verb"]))
        verb = "" if verb in ("的", "从", "由") else verb
        tail = comparators.sign("", folded[quantities[members[-1]].end :][:4])  # 分别稳定在80%和70%左右: of both
        for order, other in enumerate(members):
            out[other] = renamed(out[other], f"{nouns[order % len(nouns)]}{verb}", rows[position] if order < len(nouns) else out[other], tail)
        done = members[-1] + 1
    return out


def renamed(row: Indicator, name: str, head: Indicator, tail: str = "=") -> Indicator:
    """The row under another name, with the sign of the number it is listed with."""
    kin, normalised = families.family(name, row.unit)
    value = -abs(row.value) if head.value < 0 else row.value
    sign = next((one for one in (row.comparator, head.comparator, tail) if one != "="), "=")
    return replace(row, indicator=name, family=kin, normalised=normalised, value=value, comparator=sign)


NUMBERS = {"value": "float64", "value_max": "float64", "start": "int64", "end": "int64", "raw_start": "int64", "raw_end": "int64"}


def frame(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """Rows as the contract's table, numbers as floats."""
    listed = [row | {"class": row["kind"]} for row in rows]
    if not listed:
        return pd.DataFrame(columns=list(COLUMNS)).astype(NUMBERS)
    columns = {name: [row[name] for row in listed] for name in COLUMNS}
    return pd.DataFrame({name: np.array(column, NUMBERS[name]) if name in NUMBERS else column for name, column in columns.items()})


def indicators(texts: Sequence[str]) -> pd.DataFrame:
    """The indicators of bare sentences: one row a number, `doc` the position of the text; TypeError for what is no list of texts.

    >>> indicators(["到2025年,县域内就诊率达到90%以上。"])[["indicator", "comparator", "value", "unit", "when", "status"]].values.tolist()
    [['县域内就诊率', '>=', 90.0, '%', '2025', 'target']]
    """
    return frame(
        {"doc": position, **vars(row), "raw_start": row.start, "raw_end": row.end, "context": around(text, row.start, row.end)}
        for position, text in enumerate(sound(texts))
        for row in read(text)
    )
