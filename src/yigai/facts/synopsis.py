"""Synopsis: one page a case: form, leaders, members, money, calendar, indicators, slogans, each with status and quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

COLUMNS = ("doc", "entry", "statement", "status", "quote")
NO_CUE = "no cue matched"
ENTRIES = ("form", "leaders", "members", "money", "calendar", "indicators", "duties", "slogans", "checks")
FORM = re.compile(r"医联体|医共体|医疗集团|专科联盟|医疗联合体|共同体|共建|协作网|一体化|城市医疗集团|县域综合改革")
LEADERS = re.compile(r"(?:任|为|担任)[^,。;]{0,8}(?:组长|主任)|领导小组|双组长|牵头医院|专班|委员会")
MONEY = re.compile(r"元$|元/")
Tables = Mapping[str, pd.DataFrame]


Statement = tuple[str, str, str]


def _own(tables: Tables, name: str, doc: str) -> list[dict[str, str]]:
    table = tables.get(name)
    if table is None or table.empty:
        return []
    own = table[table["doc"] == doc]
    return [{str(column): "" if pd.isna(value) else str(value) for column, value in row.items()} for row in own.to_dict("records")]


def _sentences(tables: Tables, doc: str, cue: re.Pattern[str], limit: int) -> Iterator[Statement]:
    status = {row["sentence"]: row["status"] for row in _own(tables, "codes", doc)}
    body = [row for row in _own(tables, "sentences", doc) if row["kind"] == "body"]
    richest = sorted(body, key=lambda row: -len(cue.findall(row["text"])))  # stable: equal ones keep the text's order
    for row in richest[:limit]:
        for found in list(dict.fromkeys(match[0] for match in cue.finditer(row["text"])))[:3]:
            yield found, status.get(row["sentence"], ""), row["text"]


def _indicators(tables: Tables, doc: str, *, money: bool) -> Iterator[Statement]:
    for row in _own(tables, "indicators", doc):
        if (MONEY.search(row["unit"]) is not None) == money:
            high = f"-{float(row['value_max']):g}" if row["value_max"] else ""
            amount = f"{row['comparator']} {float(row['value']):g}{high} {row['unit']}"
            yield f"{row['indicator']} {amount} ({row['when'] or 'undated'})", row["status"], row["quote"]


def _calendar(tables: Tables, doc: str) -> Iterator[Statement]:
    for row in sorted(_own(tables, "timeline", doc), key=lambda row: row["when"]):
        yield f"{row['when']}: {row['what']}", row["status"], row["quote"]


def _members(tables: Tables, doc: str) -> Iterator[Statement]:
    for row in _own(tables, "institutions", doc):
        yield f"{row['role']}: {row['count']} {row['name']} ({row['network']})", "", row["quote"]


def _duties(tables: Tables, doc: str) -> Iterator[Statement]:
    rows = _own(tables, "duties", doc)
    tasks = len({row["task"] for row in rows})
    led: dict[str, list[str]] = {}
    for row in rows:
        if row["role"] in ("lead", "co-lead"):
            led.setdefault(row["unit"], []).append(row["task"])
    for unit, own in sorted(led.items(), key=lambda one: (-len(one[1]), one[0]))[:5]:
        yield f"{unit} leads {len(own)} of {tasks} tasks", "", "；".join(own[:3])


def _slogans(tables: Tables, doc: str) -> Iterator[Statement]:
    for row in _own(tables, "programmes", doc):
        yield f"{row['name']}: {row['expansion'] or 'not expanded in the text'}", "", row["quote"]


def _checks(tables: Tables, doc: str) -> Iterator[Statement]:
    for row in _own(tables, "checks", doc):
        yield f"{row['check']}: announced {float(row['announced']):g}, found {float(row['found']):g}, {row['verdict']}", "", row["quote"]


def entries(tables: Tables, doc: str) -> Iterator[tuple[str, list[Statement]]]:
    """Each entry of a synopsis with its statements, in the order of ENTRIES."""
    yield "form", list(_sentences(tables, doc, FORM, 3))
    yield "leaders", list(_sentences(tables, doc, LEADERS, 3))
    yield "members", list(_members(tables, doc))
    yield "money", list(_indicators(tables, doc, money=True))
    yield "calendar", list(_calendar(tables, doc))
    yield "indicators", list(_indicators(tables, doc, money=False))
    yield "duties", list(_duties(tables, doc))
    yield "slogans", list(_slogans(tables, doc))
    yield "checks", list(_checks(tables, doc))


def synopsis(tables: Tables, doc: str) -> pd.DataFrame:
    """One page about one document: entry, statement, status, quote; an entry nothing fired says 'no cue matched'.

    `tables` holds the contract's sentences, indicators, duties, timeline, programmes, institutions (and, where made,
    codes and checks).
    """
    rows = [
        {"doc": doc, "entry": entry, "statement": statement, "status": status, "quote": quote}
        for entry, found in entries(tables, doc)
        for statement, status, quote in (found or [(NO_CUE, "", "")])
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
