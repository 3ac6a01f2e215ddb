"""Calendars: when each case says that something happened or is to happen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from yigai import privacy
from yigai.plot import canvas, palette
from yigai.plot.models.marks import counted, left_out, left_out_zh, status_legend

MOST_CASES, MOST_STATEMENTS = 60, 45
_MOMENT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_NEAR = 0.12  # years within which two marks would lie on each other


def moment(when: str) -> float | None:
    """A ``when`` of the tables as a decimal year; None without a year.

    >>> moment("2025"), moment("2024-07"), moment("")
    (2025.0, 2024.5, None)
    """
    found = _MOMENT.search(when)
    if not found:
        return None
    month, day = int(found[2] or 1), int(found[3] or 1)
    return int(found[1]) + (month - 1) / 12 + (day - 1) / 372


def _dated(timeline: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    known = timeline[timeline["doc"].isin(names)]
    order = {doc: place for place, doc in enumerate(names)}
    dated = known.assign(at=known["when"].map(moment), case=known["doc"].map(order))
    return dated.dropna(subset=["at"]).sort_values(["case", "at"], kind="stable")


def calendar(
    timeline: pd.DataFrame, names: Mapping[str, str], *, note: str = ""
) -> Any:
    """Dated statements of each case along the years, coloured by status; marks of one time are stacked.

    ``timeline`` has doc, when, what, status; ``names`` gives each document its label.
    """
    dated = _dated(timeline, names).drop_duplicates(["doc", "when", "status"])
    docs = list(dict.fromkeys(dated["doc"]))
    hidden, docs = docs[MOST_CASES:], docs[:MOST_CASES]
    tall, size, step = (0.75, 6.5, 0.16) if len(docs) < 20 else (0.34, 4.5, 0.21)
    fig, axes = canvas.figure(8.6, 1.4 + tall * max(1, len(docs)))
    for row, doc in enumerate(docs):
        events = dated[dated["doc"] == doc]
        axes.hlines(row, events["at"].min(), events["at"].max(), color=palette.PALE, lw=5, zorder=1)
        for at, height, status in zip(events["at"], _stacked(list(events["at"])), events["status"], strict=True):
            axes.plot(at, row - step * height, "o", ms=size, color=palette.status(str(status)),
                      markeredgecolor=palette.INK, markeredgewidth=0.4, zorder=2)  # fmt: skip
    axes.set_yticks(range(len(docs)), [names[doc] for doc in docs])
    axes.set_ylim(max(1, len(docs)) - 0.4, -0.6)
    _years(axes)
    shown = dated[dated["doc"].isin(docs)]
    status_legend(axes, shown["status"])
    lead = f"n = {counted(len(timeline), 'dated statement')} of {counted(len(docs), 'case')}; one mark a date and status."
    lead_zh = f"n = {len(timeline)}条有日期的陈述，{len(docs)}个案例；每个日期与状态一个标记。"
    return canvas.caption(
        fig, f"{lead}{left_out(hidden, 'case')} {note}", zh=f"{lead_zh}{left_out_zh(hidden, '个案例')} {note}"
    )


def _stacked(moments: list[float]) -> list[int]:
    """How many steps high each mark stands: one for every mark of about its time before it.

    >>> _stacked([2020.0, 2020.05, 2021.0])
    [0, 1, 0]
    """
    heights, run, last = [], 0, float("-inf")
    for at in moments:
        run = (run + 1) % 4 if at - last < _NEAR else 0
        last = at
        heights.append(run)
    return heights


def gantt(
    timeline: pd.DataFrame, names: Mapping[str, str], *, note: str = ""
) -> Any:
    """What is to happen by when: one bar a target or plan, from the case's first date to its own.

    ``timeline`` has doc, when, what, status. What is reported as done is left to `calendar`.
    """
    dated = _dated(timeline, names)
    ahead = dated[dated["status"].isin(["target", "plan", "rule"])].drop_duplicates(["doc", "when", "what"])
    rows = ahead.to_dict("records")
    hidden, rows = rows[MOST_STATEMENTS:], rows[:MOST_STATEMENTS]
    begins = dated.groupby("doc")["at"].min()
    fig, axes = canvas.figure(8.8, 1.3 + 0.24 * max(3, len(rows)))
    for y, row in enumerate(rows):
        begin = min(float(begins[row["doc"]]), row["at"] - 0.08)
        axes.barh(y, row["at"] - begin, left=begin, height=0.5, color=palette.status(row["status"]), alpha=0.45)
        axes.plot(row["at"], y, "D", ms=5, color=palette.status(row["status"]), markeredgecolor=palette.INK, markeredgewidth=0.4)
    axes.set_yticks(range(len(rows)), [_task(row, names) for row in rows], fontsize=8)
    axes.set_ylim(max(1, len(rows)) - 0.4, -0.6)
    axes.set_xlim(left=axes.get_xlim()[0] - 0.3)  # bars stick to the frame, which would halve the first diamond
    _years(axes)
    status_legend(axes, [row["status"] for row in rows])
    lead = (
        f"n = {len(ahead)} dated targets and plans of {counted(ahead['doc'].nunique(), 'case')}. The diamond is the date in "
        "the text; a bar begins at the first date the same text names, not at a start it announces."
    )
    lead_zh = f"n = {len(ahead)}条有日期的目标与计划，{ahead['doc'].nunique()}个案例。菱形为文中日期；横条自该文本所载最早日期画起，并非文中所称起点。"
    return canvas.caption(
        fig, f"{lead}{left_out(hidden, 'statement')} {note}", zh=f"{lead_zh}{left_out_zh(hidden, '条')} {note}"
    )


def _task(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    # nobody can mask a drawn name afterwards
    return f"{canvas.short(privacy.mask(str(row['what'])), 46)}  {names[row['doc']]}"


def _years(axes: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.grid(axis="x", color=palette.PALE)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
