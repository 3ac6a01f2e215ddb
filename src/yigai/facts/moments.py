"""Moments: dates and periods as printed, normalised to 2025, 2021-11, 2021-01..11, 2019..2020 or 2018.. (since)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

HAN_MONTHS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}
Y = r"(?:19|20)\d{2}"
# A year that is only the base of a comparison dates nothing.
BASE = re.compile(r"(?:(?<![占对])比|较|相比|相较于?|同比|对比|以|高于|低于)$")
BASE_AFTER = re.compile(r"^(?:的)?(?:基础上|水平上|基数|相比|比较)")
TITLE = re.compile(r"《[^《》]{1,80}》|[〔\[][^〕\]]{4}[〕\]]\d{0,5}号?")


@dataclass(frozen=True)
class Moment:
    """A time expression: its place, its normal form, and whether it looks ahead, back or at a period."""

    start: int
    end: int
    text: str
    when: str
    kind: str  # deadline, cut-off, since, period, point, base


@dataclass(frozen=True)
class Clock:
    """What relative words mean in a document: its year and month, 0 when unknown."""

    year: int = 0
    month: int = 0


Reading = Callable[[re.Match[str], Clock], tuple[str, str]]


def _month(year: str | int, month: str | int) -> str:
    return f"{int(year)}-{int(month):02d}"


def _span(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    return f"{match['from']}..{match['to']}", "period"


def _months(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    return f"{_month(match['y1'], match['m1'])}..{int(match['m2']):02d}", "period"


def _bare_months(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    if not clock.year:
        return "", "period"
    year = clock.year - (1 if match["whose"] in ("去年", "上年") else 0)
    return f"{_month(year, match['b1'])}..{int(match['b2']):02d}", "period"


def _halves(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    last = {"上半年": "01..06", "下半年": "07..12", "前三季度": "01..09", "一季度": "01..03", "第一季度": "01..03", "二季度": "04..06", "三季度": "07..09", "四季度": "10..12"}
    year = match["y2"] or (str(clock.year) if clock.year else "")
    return (f"{year}-{last[match['half']]}" if year else ""), "period"


def _kind(match: re.Match[str]) -> str:
    lead, tail = match["lead"] or "", match["tail"] or ""
    if lead in ("截至", "截止", "截止到", "截至到"):
        return "cut-off"
    if tail in ("以来", "起", "开始", "后") or lead in ("自", "从"):
        return "since"
    if "前" in tail or lead in ("到", "至", "力争到", "确保到"):
        return "deadline"
    return "point"


def _dated(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    year = match["year"]
    kind = _kind(match)
    when = year
    if match["month"]:
        when = _month(year, match["month"])
        if match["day"]:
            when += f"-{int(match['day']):02d}"
    elif match["edge"] in ("底", "末", "年底", "年末"):
        when = f"{year}-12"
    elif match["edge"] in ("初",):
        when = f"{year}-01"
    return (when + ".." if kind == "since" else when), kind


def _bare_month(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    kind = _kind(match)
    if not clock.year:
        return "", kind
    when = _month(clock.year, match["bmonth"])
    if match["bday"]:
        when += f"-{int(match['bday']):02d}"
    return (when + ".." if kind == "since" else when), kind


SHIFTS = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "今年以来": 0, "去年": -1, "上年": -1, "上一年": -1, "过去一年": 0, "一年来": 0, "明年": 1, "前年": -2, "全年": 0}


def _relative(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    word, edge = match["relative"], match["redge"] or ""
    kind = "deadline" if "前" in edge else "point"
    if not clock.year:
        return "", kind
    year = clock.year + SHIFTS[word]
    return (f"{year}-12" if edge[:1] in "底末" and edge else str(year)), kind


def _year_end(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    return (f"{clock.year}-12" if clock.year else ""), "deadline"


PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十": 2001}


def _plan_period(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    first = PLANS[match["plan"] or match["bareplan"]]
    if match["pedge"] in ("末", "期末"):
        return str(first + 4), "deadline"
    return f"{first}..{first + 4}", "period"


# New Year's Day of the lunar calendar: 2022年春节前 is before 1 February.
FESTIVAL = {2018: "02-16", 2019: "02-05", 2020: "01-25", 2021: "02-12", 2022: "02-01", 2023: "01-22", 2024: "02-10", 2025: "01-29", 2026: "02-17", 2027: "02-06", 2028: "01-26", 2029: "02-13", 2030: "02-03"}


def _festival(match: re.Match[str], clock: Clock) -> tuple[str, str]:
    year = int(match["fyear"])
    kind = {"前": "deadline", "后": "since"}.get(match["side"] or "", "point")
    when = f"{year}-{FESTIVAL[year]}" if year in FESTIVAL else f"{year}-02"
    return (when + ".." if kind == "since" else when), kind


LEAD = r"(?P<lead>力争到|确保到|截止到|截至到|截至|截止|(?<![降升增减高加低延推短缩长落])[到至]|自|从)?"
TAIL = r"(?P<tail>以前|之前|前|以来|起|开始|以后|后)?"
READINGS: tuple[tuple[str, str, Reading], ...] = (
    ("months", rf"(?P<y1>{Y})年(?P<m1>\d{{1,2}})月?(?:-|~|至|到)(?P<m2>\d{{1,2}})月(?:份|底)?", _months),
    ("span", rf"(?P<from>{Y})年?(?:-{{1,2}}|~|至|到)(?P<to>{Y})年?", _span),
    ("bare months", r"(?P<whose>今年|去年|上年)?(?<![\d.])(?P<b1>\d{1,2})月?(?:-|~|至|到)(?P<b2>\d{1,2})月(?:份|底)?", _bare_months),
    ("festival", rf"(?P<fyear>{Y})年(?:新春|春节)(?:之|以)?(?P<side>前|后)?", _festival),
    ("half", rf"(?:(?P<y2>{Y})年|今年)?(?P<half>上半年|下半年|前三季度|第?一季度|二季度|三季度|四季度)", _halves),
    ("dated", rf"{LEAD}(?P<year>{Y})年度?(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日|份|底|末|初)?|(?P<edge>年?底|年?末|初))?{TAIL}", _dated),
    ("plan", r"(?<!第)(?:“(?P<plan>十[一二三四五]?)五”|(?P<bareplan>十[一二三四五])五(?=规划|时期|期间|以来|期?末))(?:规划)?(?:时期|期间|以来)?(?P<pedge>期?末)?", _plan_period),
    ("month", rf"{LEAD.replace('lead', 'lead')}(?<!\d)(?P<bmonth>\d{{1,2}})月(?!度)(?:(?P<bday>\d{{1,2}})日|份|底|末|初)?{TAIL}", _bare_month),
    ("relative", r"(?P<relative>今年以来|本年度|今年|本年|去年|上一年|上年|过去一年|一年来|明年|前年|当年(?!价格))(?P<redge>年?底前?|年?末|前)?", _relative),
    ("year end", r"(?<!\d)(?<!年)年底前|(?<![\d年半一二两三四五六七八九十数几])年内", _year_end),
)  # fmt: skip
COMPILED = tuple((name, re.compile(pattern), reading) for name, pattern, reading in READINGS)


# Most sentences name no time: one look decides before eight patterns do.
SIGN = re.compile(r"[年月季五\d]")
ANY = re.compile(r"\d{4}|\d月|[今去明前本当上]年|年底|年内|上一年|季度|半年|年来|过去一年|五”|十[一二三四]?五(?:规划|时期|期间|以来|期?末)")


@lru_cache(maxsize=4096)
def find(folded: str, clock: Clock = Clock()) -> tuple[Moment, ...]:
    """The moments of a folded text, in order, the longest reading first; titles of documents and bases of comparison left out.

    >>> [(found.when, found.kind) for found in find("到2025年,较2020年提高;2021年1-11月,截至2023年底")]
    [('2025', 'deadline'), ('2021-01..11', 'period'), ('2023-12', 'cut-off')]
    """
    if not SIGN.search(folded) or not ANY.search(folded):
        return ()
    taken = [match.span() for match in TITLE.finditer(folded)]  # disjoint and in order, so one look decides
    found: list[Moment] = []
    for _, pattern, reading in COMPILED:
        for match in pattern.finditer(folded):
            start, end = match.span()
            place = bisect_left(taken, (start, end))
            if (place and taken[place - 1][1] > start) or (place < len(taken) and taken[place][0] < end):
                continue
            taken.insert(place, (start, end))
            when, kind = reading(match, clock)
            base = BASE.search(folded[max(0, start - 4) : start]) or BASE_AFTER.match(folded[end : end + 6])
            if kind == "since" and folded.startswith("的", end):  # 从2015年的29.3%: the year of a level
                when, kind = when.removesuffix(".."), "point"
            if not base:
                found.append(Moment(start, end, match[0], when, kind))
    return tuple(to_date(sorted(found, key=lambda one: one.start)))


def to_date(found: list[Moment]) -> list[Moment]:
    """Moments with 截至11月底,今年 read as January to November.

    >>> [one.when for one in find("截至11月底,今年占比达68.23%", Clock(2021))]
    ['2021-11', '2021-01..11']
    """
    out: list[Moment] = []
    for moment in found:
        cut = out[-1] if out else None
        if cut and cut.kind == "cut-off" and len(cut.when) == 7 and moment.text.startswith(("今年", "全年")) and moment.when == cut.when[:4]:
            moment = replace(moment, when=f"{moment.when}-01..{cut.when[5:]}", kind="cut-off")
        out.append(moment)
    return out


def opening(found: Sequence[Moment], folded: str) -> str:
    """The deadline that opens a list (到2020年,…), or ''.

    >>> text = "目标就是到2020年,每个乡镇有1所卫生院。"
    >>> opening(find(text), text)
    '2020'
    """
    heads = [moment.when for moment in found if moment.kind == "deadline" and moment.when and folded[moment.end : moment.end + 1] in (",", ":")]
    return heads[-1] if heads else ""


CLAUSE_END = re.compile(r"[,。;:!?]")
# 年底前要出台方案,我们也会把11个市纳入: who speaks begins anew, without the date (seed 001).
ANEW = re.compile(r"[,;](?:我们|我[局委省市县区州])(?:也|还|又|另)")


def governing(moments: Sequence[Moment], position: int, folded: str = "") -> Moment | None:
    """The last moment printed before a position, which dates what stands there; 自2014年成立 dates only its own clause.

    >>> governing(find("到2025年,就诊率达到90%"), 12).when
    '2025'
    >>> text = "自2014年10月成立医联体,成员4家"
    >>> governing(find(text), 18, text) is None
    True
    """
    for moment in reversed([moment for moment in moments if moment.end <= position]):
        own_clause = moment.kind != "since" or moment.text[-1:] in "来起始后" or not CLAUSE_END.search(folded, moment.end, position)
        between = folded[moment.end : position]
        if between.count(")") > between.count("("):  # 81.4%(2019年为72.9%): dates its bracket alone
            continue
        if own_clause and not ANEW.search(folded, moment.end, position):
            return moment
    return None
