"""Ties between institutions: how tight they are, and who is tied to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from yigai.facts.labels import STEPS
from yigai.plot import canvas, palette
from yigai.plot.models.marks import ROLE_ZH, counted, left_out, left_out_zh, status_legend

MOST_CASES, MOST_INSTITUTIONS = 60, 60
End = tuple[str, str, str]
LINE = {"lead": (palette.VERMILION, "-"), "member": (palette.BLUE, "-"), "network": (palette.INK, ":"), "partner": (palette.GREEN, "--")}


def ladder(
    tightness: pd.DataFrame, names: Mapping[str, str], *, note: str = ""
) -> Any:
    """The tightness ladder: the highest step each text gives evidence for, coloured by status.

    ``tightness`` has doc, step, label, status.
    """
    rows = tightness[tightness["doc"].isin(names)].to_dict("records")
    hidden, rows = rows[MOST_CASES:], rows[:MOST_CASES]
    fig, axes = canvas.figure(9.6, 1.6 + (0.42 if len(rows) < 20 else 0.24) * max(2, len(rows)))
    for y, row in enumerate(rows):
        status = row["status"] or "no cue"
        axes.barh(y, row["step"], color=palette.status(status), height=0.55, edgecolor="none")
        axes.plot(row["step"], y, "o", color=palette.status(status), markeredgecolor=palette.INK, ms=5)
    axes.set_yticks(range(len(rows)), [names[row["doc"]] for row in rows])
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    axes.set_xticks(range(5), [f"{step.en} {step.zh}" for step in STEPS], fontsize=7.2)
    axes.set_xlim(-0.3, 4.3)
    status_legend(axes, [row["status"] for row in rows])
    lead = (
        f"n = {len(rows) + len(hidden)} cases. The highest step a text gives evidence for, not the step a place has reached: "
        "a plan is coloured as a plan. “No cue matched” is not absence."
    )
    lead_zh = f"n = {len(rows) + len(hidden)}个案例。文本有证据的最高一级，并非当地已达到的一级；计划按计划着色。未检出不等于没有。"
    return canvas.caption(
        fig, f"{lead}{left_out(hidden, 'case')} {note}", zh=f"{lead_zh}{left_out_zh(hidden, '个案例')} {note}"
    )


def institution_links(institutions: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The table behind the institution network: case, hub, institution, role, count, quote.

    A hub is the network or institution the others belong to; the networks themselves hang on the
    case. A link named twice stands once, with the larger count.

    >>> rows = [("a", "甲医院", "东片区医联体", "lead", "1", "q"), ("a", "医共体", "医共体", "network", "2", "q")]
    >>> table = pd.DataFrame(rows, columns=["doc", "name", "network", "role", "count", "quote"])
    >>> institution_links(table, {"a": "甲县 2021"})[["hub", "institution", "role", "count"]].values.tolist()
    [['东片区医联体', '甲医院', 'lead', 1], ['甲县 2021', '医共体', 'network', 2]]
    """
    known = institutions[institutions["doc"].isin(names)]
    cases = known["doc"].map(dict(names))
    counts = pd.to_numeric(known["count"]).fillna(1).astype(int)
    own = known.assign(case=cases, hub=known["network"].mask(known["role"] == "network", cases), count=counts)
    ranked = own.assign(place=range(len(own))).sort_values(["count", "place"], ascending=[False, True])
    links = ranked.drop_duplicates(["case", "hub", "name", "role"]).sort_values("place")
    return links.rename(columns={"name": "institution"})[["case", "hub", "institution", "role", "count", "quote"]].reset_index(drop=True)


def institution_network(
    institutions: pd.DataFrame, names: Mapping[str, str], *, note: str = ""
) -> Any:
    """Who is tied to whom: hubs left, institutions right, a line a tie; kinds that are only counted say how many.

    ``institutions`` has doc, name, network, role, count, quote; `institution_links` is the table behind it.
    """
    links = institution_links(institutions, names)
    ends = [_end(row) for row in links.to_dict("records")]
    every = list(dict.fromkeys(ends))
    hidden, drawn = every[MOST_INSTITUTIONS:], every[:MOST_INSTITUTIONS]
    rows = [(row, end) for row, end in zip(links.to_dict("records"), ends, strict=True) if end in set(drawn)]
    right, left, headings = _heights(rows)
    bottom = max([*right.values(), *left.values()], default=1.0)
    fig, axes = canvas.figure(8.8, 1.4 + 0.235 * (bottom + 1))
    for row, end in rows:
        colour, dash = LINE.get(row["role"], (palette.GREY, "-"))
        axes.plot([0, 1], [left[row["case"], row["hub"]], right[end]], color=colour, ls=dash, lw=1.1, alpha=0.75, zorder=1)
    for (_, hub), y in left.items():
        axes.plot(0, y, "s", ms=5, color=palette.INK, zorder=2)
        axes.text(-0.03, y, canvas.short(hub, 30), ha="right", va="center", fontsize=8.5)
    counts = {end: row["count"] for row, end in rows}
    for end, y in right.items():
        size = 4 + min(counts[end], 40) ** 0.5
        axes.plot(1, y, "o", ms=size, color=palette.ORANGE, markeredgecolor=palette.INK, markeredgewidth=0.4, zorder=2)
        times = f" ×{counts[end]}" if counts[end] > 1 else ""
        axes.text(1.03, y, canvas.short(end[1], 34) + times, ha="left", va="center", fontsize=8.5)
    for case, y in headings.items():
        axes.text(-0.95, y, case, ha="left", va="center", fontsize=9.5, color=palette.GREY)
        axes.axhline(y - 0.6, color=palette.PALE, lw=0.8)
    axes.set_xlim(-0.97, 1.97)
    axes.set_ylim(bottom + 0.7, -1.8)
    axes.axis("off")
    _tie_legend(axes, {row["role"] for row, _ in rows})
    return _tied_caption(fig, links, hidden, note, names)


def _end(row: Mapping[Any, Any]) -> End:
    """The point a tie ends in: a named institution is one of its case, a counted kind one of its hub."""
    return (row["case"], row["institution"], row["hub"] if row["count"] > 1 else "")


def _heights(rows: list[tuple[dict[Any, Any], End]]) -> tuple[dict[End, float], dict[tuple[str, str], float], dict[str, float]]:
    """Where institutions, hubs and the headings of cases stand: one block of rows a case."""
    right: dict[End, float] = {}
    left: dict[tuple[str, str], float] = {}
    headings: dict[str, float] = {}
    top = 0.0
    for case in dict.fromkeys(row["case"] for row, _ in rows):
        own = [(row["hub"], end) for row, end in rows if row["case"] == case]
        ends = list(dict.fromkeys(end for _, end in own))
        headings[case] = top - 1
        right |= {end: top + place for place, end in enumerate(ends)}
        middle = {hub: [right[end] for other, end in own if other == hub] for hub, _ in own}
        order = sorted(middle, key=lambda hub: (sum(middle[hub]) / len(middle[hub]), hub))
        bottom = top + max(len(ends), len(order)) - 1
        last = top - 1
        for place, hub in enumerate(order):
            wanted = sum(middle[hub]) / len(middle[hub])
            last = min(max(wanted, last + 1), bottom - (len(order) - 1 - place))
            left[case, hub] = last
        top = bottom + 3
    return right, left, headings


def _tie_legend(axes: Any, roles: set[str]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=colour, ls=dash, lw=1.4, label=f"{role} {ROLE_ZH[role]}")
        for role, (colour, dash) in LINE.items()
        if role in roles
    ]
    axes.legend(handles=handles, ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8)


def _tied_caption(fig: Any, links: pd.DataFrame, hidden: list[End], note: str, names: Mapping[str, str]) -> Any:
    silent = len(names) - links["case"].nunique()
    lead = (
        f"n = {counted(len(links), 'tie')} of {counted(links['case'].nunique(), 'case')}; in {counted(silent, 'case')} no cue matched, which is not absence. "
        "×n: institutions that are counted, not named. Names as printed in each text; status: as reported or planned there."
    )
    lead_zh = f"n = {len(links)}条联系，{links['case'].nunique()}个案例；{silent}个案例未检出，不等于没有。×n：只计数、未列名的机构。名称照各文本原文；状态以各文本为准。"
    return canvas.caption(
        fig, f"{lead}{left_out(hidden, 'institution')} {note}", zh=f"{lead_zh}{left_out_zh(hidden, '家机构')} {note}"
    )
