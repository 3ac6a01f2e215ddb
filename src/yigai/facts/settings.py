"""Settings: what a document says around a sentence about its date and status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from yigai.facts import moments
from yigai.facts.indicators import Setting
from yigai.facts.moments import Clock
from yigai.facts.numerals import fold

REVIEW = re.compile(r"回顾|成效|成就|完成情况|进展|办理情况|过去|取得|总结|纪实|综述|牢记嘱托|现状|(?:发展|工作|改革)(?:背景|基础)|基本情况|做法|经验")
FORWARD = re.compile(r"目标|任务|安排|计划|重点工作|措施|要求|保障|打算|下一步|今年|展望|规划|方案|意见|思路|举措|部署")
RULEBOOK = re.compile(r"(?:条例|办法|规定|细则|规则|标准)(?:\(.{1,12}\))?$")
YEAR = re.compile(r"(?:19|20)\d\d")
DATED = re.compile(r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{1,2})")
AHEAD_OF = re.compile(r"(?:到|至|预计|力争|争取|计划|将|拟|确保|目标[是为]?)[^,。;]{0,4}$")


AHEAD_AFTER = re.compile(r"^[^。;]{0,30}(?:将|拟|力争|争取)")


def clock_of(texts: list[str], published: str = "") -> Clock:
    """The clock of a document: its date of publication if known, else the latest year it does not look ahead to.

    >>> clock_of(["仅2021年就拿出7346.47万元。", "预计2022年春节前完成。"]).year
    2021
    """
    printed = DATED.search(published)
    if printed:
        return Clock(int(printed["year"]), int(printed["month"]))
    years: list[int] = []
    for text in texts:
        folded = fold(text)
        for moment in moments.find(folded) if YEAR.search(folded) else ():
            later = AHEAD_OF.search(folded[max(0, moment.start - 12) : moment.start]) or AHEAD_AFTER.match(folded[moment.end : moment.end + 40])
            if moment.when and not later and moment.kind in ("point", "cut-off"):
                years.append(int(moment.when[:4]))
    return Clock(max(years)) if years else Clock()


def section_status(heading_path: str, title: str) -> str:
    """The status a section gives to sentences that say nothing themselves; the nearest heading decides.

    >>> section_status("一、2024年工作回顾", "政府工作报告"), section_status("二、重点任务", "实施方案"), section_status("", "条例")
    ('achieved', 'plan', 'rule')
    """
    for heading in reversed([title, *re.split(r"\s{0,20}[>›/|]\s{0,20}", heading_path)]):
        if REVIEW.search(heading):
            return "achieved"
        if RULEBOOK.search(fold(heading).strip()):
            return "rule"
        if FORWARD.search(heading):
            return "plan"
    return ""


def heading_moment(heading_path: str, clock: Clock) -> str:
    """The date a heading gives to what stands under it, or ''.

    >>> heading_moment("一、2024年工作回顾", Clock(2025, 1))
    '2024'
    """
    for heading in reversed(re.split(r"\s{0,20}[>›/|]\s{0,20}", heading_path)):
        found = [moment for moment in moments.find(fold(heading), clock) if moment.when]
        if found:
            return found[-1].when
    return ""


def as_of(clock: Clock, title: str, status: str) -> str:
    """The year a document speaks of when it names none: its own, or for a report of January or February the year before.

    >>> as_of(Clock(2025, 1), "政府工作报告", "achieved"), as_of(Clock(2021, 12), "办理情况的复函", "achieved"), as_of(Clock(), "", "")
    ('2024', '2021', '')
    """
    if not clock.year:
        return ""
    review = status == "achieved" and clock.month in (1, 2) and re.search(r"报告|总结", title)
    return str(clock.year - 1 if review else clock.year)


@lru_cache(maxsize=1024)
def under(heading_path: str, title: str, clock: Clock) -> Setting:
    """The setting of every sentence under one heading.

    >>> under("一、2024年工作回顾", "政府工作报告", Clock(2025, 1)).when
    '2024'
    """
    status = section_status(heading_path, title)
    looking_back = status == "achieved" and section_status("", title) == "plan"  # a plan's review is older than the plan, by an unknown time
    return Setting(clock, heading_moment(heading_path, clock), "", status, as_of="" if looking_back else as_of(clock, title, status))


READ = ("doc", "passage", "heading_path", "kind", "text", "start", "end", "raw_start", "raw_end")


def records(sentences: pd.DataFrame, wanted: Sequence[str] = READ) -> list[dict[str, object]]:
    """The rows of a table as dictionaries of the wanted columns, quicker than row by row."""
    names = [name for name in wanted if name in sentences.columns]
    columns = [sentences[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def documents(sentences: pd.DataFrame, wanted: Sequence[str] = READ) -> dict[str, list[dict[str, object]]]:
    """The rows of each document, in the order in which documents and rows first occur."""
    own: dict[str, list[dict[str, object]]] = {}
    for row in records(sentences, wanted):
        own.setdefault(str(row["doc"]), []).append(row)
    return own


def settings(rows: Sequence[dict[str, object]], published: str = "") -> Iterator[tuple[dict[str, object], Setting]]:
    """Each sentence of one document with its setting; a date that opens a list holds to the end of its passage."""
    clock = clock_of([str(row["text"]) for row in rows], published)
    title = str(rows[0]["text"]) if rows else ""
    passage, carried = None, ""
    for row in rows:
        if row["passage"] != passage:
            passage, carried = row["passage"], ""
        text = str(row["text"])
        setting = under(str(row["heading_path"] or ""), title, clock)
        yield row, replace(setting, when=carried, when_kind="deadline") if carried else setting
        if moments.SIGN.search(text):
            folded = fold(text)
            carried = moments.opening(moments.find(folded, clock), folded) or carried
