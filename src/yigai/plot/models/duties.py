"""Duties: who answers for which task, and which units share tasks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from yigai.plot import canvas, palette
from yigai.plot.models.marks import (
    ROLE_COLOUR,
    ROLE_LETTER,
    ROLE_ZH,
    counted,
    left_out,
    left_out_zh,
)

MOST_TASKS, MOST_UNITS, MOST_POINTS = 40, 24, 20
TASK = ["doc", "task_path", "task"]


def responsibilities(
    duties: pd.DataFrame, names: Mapping[str, str] | None = None, *, note: str = ""
) -> Any:
    """The responsibility matrix: tasks by units, the role in each cell.

    ``duties`` has doc, task_path, task, unit, role; the units with most tasks come first. ``names``
    labels the tasks of several documents with their case.
    """
    units, tasks = _by_tasks(duties), list(duties[TASK].drop_duplicates().itertuples(index=False, name=None))
    (hidden_units, units), (hidden, tasks) = (units[MOST_UNITS:], units[:MOST_UNITS]), (tasks[MOST_TASKS:], tasks[:MOST_TASKS])
    fig, axes = canvas.figure(8.8, 1.9 + 0.25 * max(4, len(tasks)))
    x_of, y_of = ({item: place for place, item in enumerate(items)} for items in (units, tasks))
    for *task, unit, role in duties[[*TASK, "unit", "role"]].drop_duplicates().itertuples(index=False, name=None):
        if tuple(task) in y_of and unit in x_of:
            _cell(axes, x_of[unit], y_of[tuple(task)], role)
    axes.set_xlim(-0.5, max(1, len(units)) - 0.5)
    axes.set_ylim(max(1, len(tasks)) - 0.5, -0.5)
    axes.set_xticks(range(len(units)), [canvas.short(unit, 26) for unit in units], rotation=60, ha="right", fontsize=8)
    several = names if names and len({task[0] for task in tasks}) > 1 else {}
    axes.set_yticks(range(len(tasks)), [_task(task, several) for task in tasks], fontsize=8)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    _role_legend(axes, set(duties["role"]))
    lead = f"n = {len(tasks) + len(hidden)} tasks, {len(units) + len(hidden_units)} units of {counted(duties['doc'].nunique(), 'document')}; status: plan."
    lead_zh = f"n = {len(tasks) + len(hidden)}项任务，{len(units) + len(hidden_units)}个单位，{duties['doc'].nunique()}份文件；状态：计划。"
    said = left_out(hidden, "task") + left_out(hidden_units, "unit")
    said_zh = left_out_zh(hidden, "项任务") + left_out_zh(hidden_units, "个单位")
    return canvas.caption(fig, f"{lead}{said} {note}", zh=f"{lead_zh}{said_zh} {note}")


def _by_tasks(duties: pd.DataFrame) -> list[str]:
    """Units by the number of their tasks, ties by name."""
    counts = duties[[*TASK, "unit"]].drop_duplicates()["unit"].value_counts()
    return sorted(counts.index, key=lambda unit: (-int(counts[unit]), unit))


def _task(task: tuple[str, ...], names: Mapping[str, str]) -> str:
    doc, _, words = task
    return f"{canvas.short(words, 34)}  {names[doc]}" if doc in names else canvas.short(words, 34)


def _cell(axes: Any, x: float, y: float, role: str) -> None:
    from matplotlib.patches import Rectangle

    colour = ROLE_COLOUR.get(role, palette.PALE)
    axes.add_patch(Rectangle((x - 0.44, y - 0.42), 0.88, 0.84, facecolor=colour, edgecolor="none"))
    axes.text(x, y, ROLE_LETTER.get(role, ""), ha="center", va="center", fontsize=7, color=palette.ink_on(colour))


def _role_legend(axes: Any, roles: set[str]) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=colour, label=f"{ROLE_LETTER[role]} {role} {ROLE_ZH[role]}")
        for role, colour in ROLE_COLOUR.items()
        if role in roles
    ]
    axes.legend(handles=handles, ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8)


def unit_network(duties: pd.DataFrame, *, note: str = "") -> Any:
    """Units that share tasks, on a circle; a line's width is the number of shared tasks."""
    counts = duties[[*TASK, "unit"]].drop_duplicates()["unit"].value_counts()
    units = _by_tasks(duties)
    hidden, units = units[MOST_POINTS:], units[:MOST_POINTS]
    angle = {unit: math.pi / 2 - 2 * math.pi * place / max(1, len(units)) for place, unit in enumerate(units)}
    fig, axes = canvas.figure(8.2, 5.4)
    shared = co_tasks(duties)
    drawn = shared[shared["one"].isin(units) & shared["other"].isin(units)]
    top = max(drawn["tasks"], default=1)
    for one, other, tasks in zip(drawn["one"], drawn["other"], drawn["tasks"], strict=True):
        xs, ys = ([turn(angle[unit]) for unit in (one, other)] for turn in (math.cos, math.sin))
        axes.plot(xs, ys, color=palette.BLUE, lw=0.4 + 4 * tasks / top, alpha=0.35, zorder=1)
    most = max((int(counts[unit]) for unit in units), default=1)
    for unit, at in angle.items():
        x, y = math.cos(at), math.sin(at)
        axes.scatter([x], [y], s=20 + 280 * int(counts[unit]) / most, color=palette.ORANGE, zorder=2)
        side = "left" if x > 0.02 else "right" if x < -0.02 else "center"
        axes.text(x * 1.12, y * 1.13, f"{canvas.short(unit, 30)} {counts[unit]}", ha=side, va="center", fontsize=8.5)
    axes.set_xlim(-2.2, 2.2)
    axes.set_ylim(-1.3, 1.3)
    axes.set_aspect("equal")
    axes.axis("off")
    total = len(duties[TASK].drop_duplicates())
    lead = (
        f"n = {total} tasks, {len(units) + len(hidden)} units. Size of a point and number: tasks of the unit; width of a line: "
        "tasks two units share. Units of one name in several documents are one point. Status: plan."
    )
    lead_zh = f"n = {total}项任务，{len(units) + len(hidden)}个单位。点的大小与数字：该单位任务数；线宽：两单位共担任务数。不同文件中同名单位合为一点。状态：计划。"
    return canvas.caption(fig, f"{lead}{left_out(hidden, 'unit')} {note}", zh=f"{lead_zh}{left_out_zh(hidden, '个单位')} {note}")


def co_tasks(duties: pd.DataFrame) -> pd.DataFrame:
    """Pairs of units and the number of tasks they share. Columns: one, other, tasks.

    >>> co_tasks(pd.DataFrame({"doc": "a", "task_path": "1", "task": "1", "unit": ["卫健委", "医保局"]}))
         one other  tasks
    0  医保局  卫健委      1
    """
    keys = ["doc", "task_path"]
    pairs = duties[[*keys, "unit"]].drop_duplicates()
    both = pairs.merge(pairs, on=keys, suffixes=("_one", "_other"), validate="many_to_many")
    ordered = both[both["unit_one"] < both["unit_other"]]
    counted = ordered.groupby(["unit_one", "unit_other"]).size().reset_index(name="tasks")
    ranked = counted.sort_values(["tasks", "unit_one", "unit_other"], ascending=[False, True, True])
    return ranked.set_axis(["one", "other", "tasks"], axis=1).reset_index(drop=True)
