"""Deadlines: by when something is to be done, and when it was done, as rows whose value is the day (20220731 for 2022年7月前)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yigai.facts import names
from yigai.facts.moments import Moment
from yigai.facts.naming import clause_of
from yigai.facts.timeline import told_by, what_at

EVENT = re.compile(r"(?:召开|成立|印发|签[订署约]|发布|启动|出台|挂牌|开业|开诊|投用|投入使用|施行|揭牌|获批|建成|竣工|开工|正式运行)(?!的)")
GOAL = re.compile(r"完成|建[成立]|投入使用|投用|启用|出台|印发|制定|形成|达到|实现|创建|落实|搬迁|开工|竣工|组建|成立|启动|提升|提高|健全|完善|接入|覆盖|评估|取消|运行|推广|全面|开展|普及|优化|解决|消除|推行|巩固|明显|满足|具备|纳入")
DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:\.\.)?$")


@dataclass(frozen=True)
class Dated:
    """A statement that a date belongs to: its span, name, comparator and day."""

    start: int
    end: int
    name: str
    comparator: str
    value: float
    moment: Moment


def day(when: str, *, last: bool) -> float:
    """A date as the number YYYYMMDD, the last or the first day of what is printed; 0 when it is a period.

    >>> day("2022-07", last=True), day("2014-10..", last=False), day("2025", last=True), day("2019..2020", last=True)
    (20220731.0, 20141001.0, 20251231.0, 0.0)
    """
    match = DAY.match(when)
    if not match:
        return 0.0
    year, month = int(match["year"]), int(match["month"] or (12 if last else 1))
    if not 1 <= month <= 12:
        return 0.0
    return float(year * 10000 + month * 100 + int(match["day"] or (monthrange(year, month)[1] if last else 1)))


ARTICLE = re.compile(r"\s|第[一二三四五六七八九十百]+[章条]|(?<=施行)根据")  # 2012年9月1日 施行 第一条
LEFT_OUT = re.compile(r"^(?:[,、:;的在将就要拟\s]|力争|争取|确保|预计|全面完成的)+")


def dated(folded: str, dates: Sequence[Moment], counted: Sequence[tuple[int, int]]) -> Iterator[Dated]:
    """The deadlines and events of a sentence whose own clause counts nothing (what counts carries its date itself)."""
    for moment in dates:
        start, end = told_by(folded, what_at(folded, moment))
        carried = any(low < end and start < high for low, high in counted)
        what = ARTICLE.split(folded[start:end].strip())[0]
        reading = _reading(folded, moment, what) if moment.when and (not carried or moment.kind == "cut-off") and not what.endswith("的") else None
        if reading is None:
            continue
        suffix, comparator, last = reading
        name, value = _name(folded, moment, what) if moment.kind != "cut-off" else "指标", day(moment.when, last=last)
        if name and value:
            yield Dated(start, end, f"{name}{suffix}", comparator, value, moment)


def _reading(folded: str, moment: Moment, what: str) -> tuple[str, str, bool] | None:
    """What a moment says of its clause: suffix of the name, comparator, whether its last day counts."""
    fine = len(moment.when.removesuffix("..")) >= 7
    if moment.kind == "cut-off":
        return ("统计截止时间", "=", True) if fine else None
    if moment.kind == "deadline":
        return ("时限", "<=", True) if GOAL.search(what) else None
    if moment.kind == "since" and moment.text[-1:] in "起始":
        return ("起始时间", ">=", False) if GOAL.search(what) else None
    aimed = re.search(r"(?:力争|争取|确保|计划|拟|预计)在?$", folded[max(0, moment.start - 5) : moment.start])
    if moment.kind == "point" and aimed:
        return ("时限", "<=", True) if GOAL.search(what) else None
    return ("时间", "=", False) if moment.kind in ("point", "since") and fine and EVENT.search(what) else None


OWNER = re.compile(r"(?:医院|院|中心|集团|机构|医联体|医共体|局|委|公司|项目|工程|平台|[\u4e00-\u9fff]{2}[省市县区州])$")


def _name(folded: str, moment: Moment, what: str) -> str:
    """Who and what: the institution before the date in its clause and what follows, at most 60 signs."""
    first, _ = clause_of(folded, moment.start, moment.end)
    owner = re.sub(r"^(?:支持|强化|推动|鼓励|指导|即)", "", names.left_phrase(folded[first : moment.start]))
    return f"{owner if OWNER.search(owner) else ''}{re.sub(r'了|”|“|后$', '', LEFT_OUT.sub('', what))}"[:60]
