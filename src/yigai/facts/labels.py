"""Labels: the words of a synopsis in both languages, in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class Both(NamedTuple):
    """The same words in English and in Chinese."""

    en: str
    zh: str


ENTRIES: dict[str, Both] = {
    "form": Both("Form", "组织形式"),
    "tightness": Both("Tightness", "紧密度"),
    "leaders": Both("Leadership", "组织领导"),
    "members": Both("Members and partners", "成员与合作单位"),
    "money": Both("Money", "资金"),
    "payment": Both("Insurance payment", "医保支付"),
    "incentives": Both("Assessment, reward, exit", "考核、奖励与退出"),
    "phases": Both("Phases", "阶段"),
    "calendar": Both("Calendar", "日程"),
    "indicators": Both("Indicators", "指标"),
    "duties": Both("Responsible units", "责任单位"),
    "slogans": Both("Programmes and slogans", "工程与口号"),
    "checks": Both("Consistency", "文本自洽"),
}
STEPS: tuple[Both, ...] = (
    Both("no cue matched", "未检出"),
    Both("loose cooperation", "松散协作"),
    Both("shared resources", "资源共享与互认"),
    Both("unified management", "统一管理"),
    Both("shared interest", "利益共同体"),
)
PILOT = Both(" (a pilot)", "（试点）")
NAMED_TIGHT = Both(" (the form is called tight, nothing shared is described)", "（称紧密型，未见共享内容）")
ROLES: dict[str, Both] = {
    "lead": Both("led by", "牵头："),
    "member": Both("members", "成员："),
    "partner": Both("partners", "合作："),
    "network": Both("networks", "网络："),
}
VERDICTS: dict[str, Both] = {"agrees": Both("agrees", "一致"), "differs": Both("differs", "不一致")}
SIGNS = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", ">": "> ", "<": "< "}
NOT_EXPANDED = Both("not expanded in the text", "文中未展开")
UNDATED = Both("undated", "未注明日期")
# The checks' English names begin with one of these; what follows is the text's own words.
_CHECKS: tuple[Both, ...] = (
    Both("sum of the lists: ", "各列表合计："),
    Both("names listed for ", "所列名称："),
    Both("sum of ", "合计："),
    Both("announced ", "所称"),
)
Row = Mapping[Any, Any]
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def check(name: str) -> Both:
    """The name of a consistency check in both languages.

    >>> check("names listed for 六统一").zh, check("sum of 民营医院: 6+5").zh
    ('所列名称：六统一', '合计：民营医院：6+5')
    """
    for start in _CHECKS:
        if name.startswith(start.en):
            return Both(name, start.zh + name.removeprefix(start.en).replace(": ", "："))
    return Both(name, name)


def amount(row: Row) -> str:
    """A figure as it is read: comparator, value or range, unit.

    >>> amount({"comparator": ">=", "value": 90.0, "value_max": None, "unit": "%"})
    '≥ 90%'
    >>> amount({"comparator": "=", "value": "5", "value_max": "10", "unit": "名/年"})
    '5–10 名/年'
    >>> amount({"comparator": ">=", "value": 1.6, "value_max": None, "unit": "1:x"})
    '≥ 1:1.6'
    """
    most = str(row["value_max"])
    high = "" if most in ("", "None", "nan") else f"–{float(most):.10g}"
    if row["unit"] == "1:x":
        return f"{SIGNS.get(row['comparator'], '')}1:{float(row['value']):.10g}"
    unit = row["unit"] if row["unit"] in ("%", "‰") else f" {row['unit']}"
    return f"{SIGNS.get(row['comparator'], '')}{float(row['value']):.10g}{high}{unit}".rstrip()


def moment(when: str) -> Both:
    """A ``when`` of the tables as it is read.

    >>> moment("2014-10.."), moment("2021-01..11").zh, moment("2024-06").zh, moment("").en
    (Both(en='from 2014-10', zh='2014年10月起'), '2021年1月至11月', '2024年6月', 'undated')
    """
    start, dots, end = when.partition("..")
    if not when:
        return UNDATED
    if not dots:
        return Both(when, _date(when))
    if start and end:
        return Both(f"{start} to {end}", f"{_date(start)}至{_date(end)}")
    return Both(f"from {start}", f"{_date(start)}起") if start else Both(f"by {end}", f"到{_date(end)}")


def _date(printed: str) -> str:
    if printed.isdigit() and len(printed) <= 2:
        return f"{int(printed)}月"
    found = _DATE.fullmatch(printed)
    if not found:
        return printed
    parts = zip(found.groups(), "年月日", strict=True)
    return "".join(f"{int(number)}{sign}" for number, sign in parts if number)
