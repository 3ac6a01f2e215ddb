"""Timeline: what happened or is to happen, when, with its status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from yigai.facts import moments, statuses
from yigai.facts.indicators import Setting
from yigai.facts.naming import clause_of
from yigai.facts.numerals import fold
from yigai.facts.pieces import pieces
from yigai.facts.settings import documents, settings

COLUMNS = ("doc", "when", "what", "status", "quote", "kind")
WANTED = ("doc", "passage", "heading_path", "kind", "text")
READ_KINDS = ("body", "background", "")


def what_at(folded: str, moment: moments.Moment) -> tuple[int, int]:
    """The span of what a moment dates: its own clause, or the next one when the moment stands alone before a comma.

    >>> text = "到2020年,县域就诊率达到90%以上,外转率下降"
    >>> start, end = what_at(text, moments.find(text)[0])
    >>> text[start:end]
    '县域就诊率达到90%以上'
    """
    first, stop = clause_of(folded, moment.start, moment.end)
    rest = folded[moment.end : stop].strip()
    if len(rest) >= 2 or stop >= len(folded) - 1:
        return (moment.end, stop) if len(rest) >= 2 else (first, stop)
    return next_clause(folded, stop)


def next_clause(folded: str, stop: int) -> tuple[int, int]:
    """The span of the clause after the mark at `stop`."""
    start = min(stop + 1, len(folded))
    return start, clause_of(folded, start, start)[1]


# 5月23日下午,在收听会议后,我市召开…; 从2023年起,按照…的原则,建设…: what is said comes after.
CIRCUMSTANCE = re.compile(r"^[\s,、在于起]*(?:(?:清晨|早上|[上中下]午|晚上|傍晚)$|(?:按照|依照|根据|结合|围绕|遵循|本着|针对|随着|为了|为(?:进一步|深入|贯彻|推动|推进|加快|切实|更好|全面|落实))[^\d%]*$|[^\d%]{0,40}(?:之际|期间|现场|工地上|会议上|会后|过程中)$)")
NAME_ONLY = re.compile(r"^[^,。;:]{0,30}(?:率|占比|比例|比重|费用|人次|满意度)$")


def told_by(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span of what is really said: past circumstances of time, place and principle, and with its predicate.

    >>> text = "从2023年起,按照布局合理的原则,重点加强卫生院建设"
    >>> start, end = told_by(text, (8, 17))
    >>> text[start:end]
    '重点加强卫生院建设'
    """
    for _ in range(3):
        if span[1] >= len(folded) or folded[span[1]] not in ",:" or not CIRCUMSTANCE.search(folded[span[0] : span[1]]):
            break
        span = next_clause(folded, span[1])
    if NAME_ONLY.match(folded[span[0] : span[1]]) and folded[span[1] : span[1] + 1] == ",":
        return span[0], next_clause(folded, span[1])[1]
    return span


def timeline(sentences: pd.DataFrame, *, published: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The dated statements of a table of sentences, in the order of the text.

    >>> rows = [("d", 1, 1, "", "heading", "方案"), ("d", 2, 1, "", "body", "力争在2030年前达到三级水平。")]
    >>> timeline(pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))[["when", "what", "status"]].values.tolist()
    [['2030', '达到三级水平', 'target']]
    """
    return pd.DataFrame(
        [row for doc, own in documents(sentences, WANTED).items() for row in _document(doc, own, (published or {}).get(doc, ""))],
        columns=list(COLUMNS),
    )


def _document(doc: str, sentences: Sequence[dict[str, object]], published: str) -> Iterator[dict[str, str]]:
    """The rows of a document; what it says twice of one date is one row."""
    told: set[tuple[str, str]] = set()
    for row in _every(doc, sentences, published):
        if (row["when"], row["what"]) not in told:
            told.add((row["when"], row["what"]))
            yield row


def _every(doc: str, sentences: Sequence[dict[str, object]], published: str) -> Iterator[dict[str, str]]:
    for row, setting in settings(sentences, published):
        if row["kind"] not in READ_KINDS:
            continue
        whole = str(row["text"])
        if not moments.ANY.search(fold(whole)):
            continue
        for begin, finish in pieces(fold(whole)):
            yield from _dated(doc, whole[begin:finish], setting)


# 2020年的目标如何 asks, 12月12日…患者说 only says who spoke.
# 以…为指导 and 是…的关键之年 are the preambles of every plan.
NO_EVENT = re.compile(r"(?:如何|是什么|怎么样?|哪些|说|表示|介绍道?|告诉记者|要求是|[上中下]午|^工作)$|以.{2,40}为指导|^是.{2,80}(?:时期|阶段|之年|一年|关键期|窗口期)$")


PARTED = re.compile(r"^,$")  # 3月28日,2017年全国会议召开: the day says it, the year is of the name
# 通报了2016年医改工作进展情况, 2月15日公布的数据显示: the date belongs to the noun.
NOUN_ONLY = re.compile(r"^(?:公布|发布)?的?[\u4e00-\u9fff]{0,16}(?:情况|工作|任务|要点|计划|方案|数据|显示)$")


def later(dates: Sequence[moments.Moment], at: int, folded: str) -> moments.Moment:
    """The last of the dates that 和 joins to one (2015年2月和2016年5月,确定了两批省份): the event stands after it."""
    while at + 1 < len(dates) and folded[dates[at].end : dates[at + 1].start] in ("和", "、", "及", "与"):
        at += 1
    return dates[at]


def _dated(doc: str, text: str, setting: Setting) -> Iterator[dict[str, str]]:
    folded = fold(text)
    dates = moments.find(folded, setting.clock)
    spans = [told_by(folded, what_at(folded, later(dates, at, folded))) for at in range(len(dates))]
    for at, (moment, (start, end)) in enumerate(zip(dates, spans, strict=True)):
        dated_before = any(folded[earlier[0] : moment.start].strip(",在于 ") == "" and earlier[0] <= moment.start for earlier in spans[:at])
        if not moment.when or (dated_before and dates[at - 1].kind != "cut-off" and PARTED.search(folded[dates[at - 1].end : moment.start])):
            continue
        first, _ = clause_of(folded, moment.start, moment.end)
        ahead = statuses.ahead_of(moment.when, moment.kind, setting.clock)
        if moment.kind == "since" and setting.status == "plan":  # 从2023年起,…加强建设 in a plan of 2024 goes on
            ahead = ""
        status = statuses.status(folded, (first, end), end, ahead=ahead, default=setting.status)
        what = re.sub(r"^[,、:;的在将就\s]+", "", text[start:end].strip())
        again = any(other.start > moment.start and what.startswith(other.text) for other in dates)  # 截至11月底,今年…: the later date tells more
        of_noun = moment.kind == "point" and moment.start > first and NOUN_ONLY.match(what)
        if NO_EVENT.search(what) or of_noun or (again and moment.kind == "cut-off"):
            continue
        yield {"doc": doc, "when": moment.when, "what": what, "status": status, "quote": text[first:end].strip(), "kind": moment.kind}
