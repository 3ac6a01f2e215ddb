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


def _sentences(tables: Tables, doc: str, cue: re.Pattern[str], limit: int) -> Iterator[tuple[str, str, str]]:
    codes = tables.get("codes", pd.DataFrame(columns=["doc", "sentence", "status"]))
    status = {row.sentence: row.status for row in codes[codes["doc"] == doc].itertuples()}
    own = tables["sentences"]
    own = own[(own["doc"] == doc) & (own["kind"] == "body")]
    found = [(len(cue.findall(row.text)), -position, row) for position, row in enumerate(own.itertuples()) if cue.search(row.text)]
    for _, _, row in sorted(found, key=lambda one: (-one[0], -one[1]))[:limit]:
        match = cue.search(row.text)
        yield (match[0] if match else "", str(status.get(row.sentence, "")), row.text)


def _indicators(tables: Tables, doc: str, money: str) -> Iterator[tuple[str, str, str]]:
    own = tables["indicators"]
    own = own[own["doc"] == doc]
    chosen = own[own["unit"].str.contains(MONEY)] if money == "money" else own[~own["unit"].str.contains(MONEY)]
    for row in chosen.itertuples():
        high = f"-{row.value_max:g}" if pd.notna(row.value_max) else ""
        yield f"{row.indicator} {row.comparator} {row.value:g}{high} {row.unit} ({row.when or 'undated'})", row.status, row.quote


def _calendar(tables: Tables, doc: str) -> Iterator[tuple[str, str, str]]:
    own = tables["timeline"]
    for row in own[own["doc"] == doc].sort_values("when", kind="stable").itertuples():
        yield f"{row.when}: {row.what}", row.status, row.quote


def _members(tables: Tables, doc: str) -> Iterator[tuple[str, str, str]]:
    own = tables["institutions"]
    for row in own[own["doc"] == doc].itertuples():
        yield f"{row.role}: {row.count} {row.name} ({row.network})", "", row.quote


def _duties(tables: Tables, doc: str) -> Iterator[tuple[str, str, str]]:
    own = tables["duties"]
    own = own[own["doc"] == doc]
    led = own[own["role"].isin(["lead", "co-lead"])]
    counts = led.groupby("unit", sort=False).size().sort_values(ascending=False, kind="stable")
    for unit, count in counts.head(5).items():
        yield f"{unit} leads {count} of {own['task'].nunique()} tasks", "", "；".join(led.loc[led["unit"] == unit, "task"].head(3))


def _slogans(tables: Tables, doc: str) -> Iterator[tuple[str, str, str]]:
    own = tables["programmes"]
    for row in own[own["doc"] == doc].itertuples():
        yield f"{row.name}: {row.expansion or 'not expanded in the text'}", "", row.quote


def _checks(tables: Tables, doc: str) -> Iterator[tuple[str, str, str]]:
    own = tables.get("checks", pd.DataFrame(columns=["doc"]))
    for row in own[own["doc"] == doc].itertuples():
        yield f"{row.check}: announced {row.announced:g}, found {row.found:g}, {row.verdict}", "", row.quote


def entries(tables: Tables, doc: str) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Each entry of a synopsis with its statements, in the order of ENTRIES."""
    yield "form", list(_sentences(tables, doc, FORM, 3))
    yield "leaders", list(_sentences(tables, doc, LEADERS, 3))
    yield "members", list(_members(tables, doc))
    yield "money", list(_indicators(tables, doc, "money"))
    yield "calendar", list(_calendar(tables, doc))
    yield "indicators", list(_indicators(tables, doc, "other"))
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
