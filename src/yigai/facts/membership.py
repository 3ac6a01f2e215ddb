"""Membership: who belongs to a case: parties by name, leads, members by kind, partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yigai import places
from yigai.facts import labels
from yigai.facts.case import Case, Row, Said
from yigai.facts.labels import Both
from yigai.facts.numerals import fold, worth

PARTIES = re.compile(r"(?P<names>(?:[\u4e00-\u9fff]{2,12}、){2,40}[\u4e00-\u9fff]{2,12}?)等?(?P<count>\d{1,3}|[二三四五六七八九十]{1,3})个?(?P<kind>市|州|县|区|旗|省)(?![\u4e00-\u9fff]{0,3}级)")
JOINTS = "和与同由在含括把对将"  # a list begins after the last of these


def parties(text: str) -> Iterator[tuple[list[str], int, str]]:
    """Places that are listed before their number: names, announced number, kind.

    >>> list(parties("省卫健委和攀枝花、泸州、德阳3市人民政府签订协议"))
    [(['攀枝花', '泸州', '德阳'], 3, '市')]
    >>> list(parties("加强儿科、产科、急诊3个专科建设"))
    []
    """
    for match in PARTIES.finditer(text):
        names = match["names"].split("、")
        first = names[0] if places.named(names[0]) else re.split(f"[{JOINTS}]", names[0])[-1]
        known = [name for name in (first, *names[1:]) if places.named(name)]
        if len(known) * 2 > len(names):
            yield [first, *names[1:]], int(worth(match["count"])), match["kind"]


def members(case: Case) -> Iterator[Said]:
    """Who belongs to it: places that are parties, each network's lead, its members by kind, partners."""
    for row in case.sentences:
        for names, count, kind in parties(row["text"]):
            listed = "、".join(names)
            words = Both(f"{count} {kind} ({len(names)} named): {listed}", f"{count}{kind}（列名{len(names)}个）：{listed}")
            yield Said(words, row["status"], row["text"])
    rows = case.told("institutions")
    for network, role in dict.fromkeys((row["network"], row["role"]) for row in rows):
        own = [row for row in rows if (row["network"], row["role"]) == (network, role)]
        yield Said(_belonging(network, role, own), _status(case, own), own[0]["quote"])
    yield from _together(case, rows)


def _status(case: Case, rows: Sequence[Row]) -> str:
    """The status of the clause that counts the members; of the sentence where none does."""
    counts = {float(row["count"] or 1) for row in rows} - {1.0}
    sentence = fold(rows[0]["quote"])
    told = (one for one in case.told("indicators") if float(one["value"]) in counts and fold(one["quote"]) in sentence)
    return next((one["status"] for one in told), case.status_of(rows[0]["quote"]))


def _belonging(network: str, role: str, rows: Sequence[Row]) -> Both:
    kinds = list(_grouped(rows))
    counted = [count for _, count, _ in kinds if count > 1]
    total = sum(counted)
    summed = Both(f" ({total} in all)", f"（合计{total}家）") if len(counted) > 1 else Both("", "")
    label = labels.ROLES.get(role, Both(role, role + "："))
    unit = "个" if role == "network" else "家"
    english = ", ".join((name if count == 1 else f"{count} {name}") + _among(names, count).en for name, count, names in kinds)
    chinese = "、".join((name if count == 1 else f"{name}{count}{unit}") + _among(names, count).zh for name, count, names in kinds)
    return Both(f"{network}: {label.en} {english}{summed.en}", f"{network}：{label.zh}{chinese}{summed.zh}")


def _grouped(rows: Sequence[Row]) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Kinds with their counts, each with the names that its sentence lists before the count (甲、乙2家公立医院)."""
    waiting: list[Row] = []
    for row in rows:
        count = int(float(row["count"] or 1))
        if count == 1:
            waiting.append(row)
            continue
        own = [one for one in waiting if one["quote"] == row["quote"]][-count:]
        yield from ((one["name"], 1, ()) for one in waiting if one not in own)
        yield row["name"], count, tuple(one["name"] for one in own)
        waiting = []
    yield from ((one["name"], 1, ()) for one in waiting)


def _among(names: tuple[str, ...], count: int) -> Both:
    if not names:
        return Both("", "")
    every = len(names) == count
    return Both(f" ({'' if every else 'among them '}{', '.join(names)})", f"（{'' if every else '含'}{'、'.join(names)}）")


def _together(case: Case, rows: Sequence[Row]) -> Iterator[Said]:
    """The members of all networks that have a lead, added up by kind: derived, not printed in the text."""
    led = list(dict.fromkeys(row["network"] for row in rows if row["role"] == "lead"))
    own = [row for row in rows if row["network"] in led and row["role"] == "member"]
    if len({row["network"] for row in own}) < 2:
        return
    totals: dict[str, int] = {}
    for row in own:
        totals[row["name"]] = totals.get(row["name"], 0) + int(float(row["count"] or 1))
    everyone = sum(totals.values())
    english = ", ".join(f"{count} {name}" for name, count in totals.items())
    chinese = "、".join(f"{name}{count}家" for name, count in totals.items())
    words = Both(f"added up over {len(led)} networks: {english} ({everyone} in all)", f"{len(led)}个网络相加：{chinese}（合计{everyone}家）")
    yield Said(words, case.status_of(own[0]["quote"]), own[0]["quote"])
