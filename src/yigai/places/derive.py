"""How `data/places/places.csv` was made from the two public code lists; run once, by hand.

python -m yigai.places.derive areacodes_history_1981_2024.csv places.csv
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

Row = dict[str, str]
# Successors the list leaves empty although the State Council's orders name them.
ORDERS = {
    "152300": "150500",  # 哲里木盟, now 通辽市
    "152400": "150400",  # 昭乌达盟, now 赤峰市
    "152700": "150600",  # 伊克昭盟, now 鄂尔多斯市
    "320802": "320812",  # 清河区 of 淮安, now in 清江浦区
    "321011": "321003",  # 维扬区, now in 邗江区
    "342200": "341300",  # 宿县地区, now 宿州市
    "512327": "500243",  # 彭水, from Sichuan to Chongqing
    "512329": "500242",  # 酉阳, from Sichuan to Chongqing
    "642100": "640300",  # 银南地区, now 吴忠市
}
COLUMNS = ("code", "name", "province", "city", "since", "until", "successors")


def source_rows(path: Path) -> list[Row]:
    """Read yescallop/areacodes (CC0): one row for each code, name and period."""
    keys = ("code", "province", "city", "name", "level", "state", "since", "until", "new")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.reader(lines)
        next(table)
        return [dict(zip(keys, row, strict=True)) for row in table]


def current_codes(code: str, moves: dict[str, list[str]], current: set[str]) -> Iterator[str]:
    """Follow the changes of a code until codes still in use.

    >>> list(current_codes("432825", {"432825": ["432802"], "432802": ["431081"]}, {"431081"}))
    ['431081']
    """
    seen, waiting = {code}, list(moves.get(code, []))
    while waiting:
        step = waiting.pop(0)
        if step in seen:
            continue
        seen.add(step)
        if step in current:
            yield step
        else:
            waiting += moves.get(step, [])


def targets(cell: str) -> list[str]:
    """Read the codes of a cell such as ``420607[2001];420606``.

    >>> targets("420607[2001];420606")
    ['420607', '420606']
    """
    return re.findall(r"\d{6}", cell)


def bare(name: str) -> str:
    """Strip the kind of unit, so that a county and the city it became share a key.

    >>> bare("马尔康县") == bare("马尔康市")
    True
    """
    return re.sub(r"(?<=..)(?:地区|自治[州县旗]|[市县区盟旗])$", "", name)


def heirs_of(
    row: Row, moves: dict[str, list[str]], by_code: dict[str, Row], promoted: dict
) -> list[str]:
    """Name the units in use today that a unit out of use became."""
    if row["code"] in ORDERS:
        return [ORDERS[row["code"]]]
    heirs = list(current_codes(row["code"], moves, set(by_code)))
    if not heirs and row["state"] == "变更" and row["code"] in by_code:
        heirs = [row["code"]]
    if not heirs:  # the list leaves the new code of 马尔康县 and of every 地区 empty
        heirs = promoted.get((row["province"], row["level"], bare(row["name"])), [])[:1]
    return heirs


def compact(rows: Iterable[Row]) -> list[Row]:
    """Keep every name once for each place it became, the latest period of use."""
    table = list(rows)
    by_code = {row["code"]: row for row in table if row["state"] == "在用"}
    moves = {row["code"]: targets(row["new"]) for row in table if row["state"] != "在用"}
    promoted: dict[tuple[str, ...], list[str]] = {}
    for row in by_code.values():
        key = (row["province"], row["level"], bare(row["name"]))
        promoted.setdefault(key, []).append(row["code"])
    kept: dict[tuple[str, ...], Row] = {}
    for row in table:
        heirs = [] if row["state"] == "在用" else heirs_of(row, moves, by_code, promoted)
        if any(by_code[heir]["name"] == row["name"] for heir in heirs):
            continue  # only the code changed: the name is already there
        slim = {
            **{key: row[key] for key in ("code", "name", "province", "since")},
            "city": "" if row["city"] == "直辖" or row["level"] == "省级" else row["city"],
            "until": "" if row["state"] == "在用" else row["until"],
            "successors": ";".join(heirs),
        }
        key = (row["name"], row["province"], slim["successors"] or row["code"])
        if key not in kept or kept[key]["until"] < slim["until"]:
            kept[key] = slim
    return sorted(kept.values(), key=lambda row: (bool(row["until"]), row["code"], row["name"]))


def main(source: str, goal: str) -> None:
    """Write the compact table."""
    with Path(goal).open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(compact(source_rows(Path(source))))


if __name__ == "__main__":
    main(*sys.argv[1:])
