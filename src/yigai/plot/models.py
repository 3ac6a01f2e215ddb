"""Figures of what each reform model consists of: calendar, responsibilities, tightness, units."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from yigai.plot import canvas, palette

_MOMENT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
ROLE_MARK = {"lead": "●", "co-lead": "◐", "support": "○", "member": "·"}
ROLE_COLOUR = {
    "lead": palette.BLUE,
    "co-lead": palette.SKY,
    "support": "#D6E6F2",
    "member": "#EEF3F7",
}
MOST_ROWS = 40


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


def calendar(timeline: pd.DataFrame, names: dict[str, str]) -> Any:
    """Dated statements of each case along the years, coloured by status.

    ``timeline`` has doc, when, what, status; ``names`` gives each document its label.
    """
    dated = timeline.assign(at=timeline["when"].map(moment)).dropna(subset=["at"])
    shown = dated.drop_duplicates(["doc", "when", "status"]).sort_values(
        ["doc", "at"], kind="stable"
    )
    docs = [doc for doc in names if doc in set(shown["doc"])]
    fig, axes = canvas.figure(8.6, 1.4 + 0.75 * max(1, len(docs)))
    for row, doc in enumerate(docs):
        events = shown[shown["doc"] == doc]
        axes.hlines(row, events["at"].min(), events["at"].max(), color=palette.PALE, lw=5, zorder=1)
        for status, group in events.groupby("status", sort=True):
            axes.scatter(
                group["at"], [row] * len(group), s=46, zorder=2, label=status,
                color=palette.status(str(status)), edgecolor=palette.INK, linewidth=0.4,
            )  # fmt: skip
    axes.set_yticks(range(len(docs)), [names[doc] for doc in docs])
    axes.set_ylim(len(docs) - 0.4, -0.6)
    axes.xaxis.set_major_locator(_whole_years())
    axes.grid(axis="x", color=palette.PALE)
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    _status_legend(axes, set(shown["status"]))
    return canvas.caption(fig, f"n = {len(dated)} dated statements; one mark a date and status.")


def _whole_years() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True, nbins=12)


def _status_legend(axes: Any, present: set[str]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], marker="o", ls="", color=colour, markeredgecolor=palette.INK,
               markeredgewidth=0.4, label=f"{name} {palette.STATUS_ZH[name]}")
        for name, colour in palette.STATUS.items()
        if name in present
    ]  # fmt: skip
    axes.legend(handles=handles, ncols=5, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8)


def responsibilities(duties: pd.DataFrame) -> Any:
    """The responsibility matrix: tasks by units, the role in each cell.

    ``duties`` has task, unit, role. The units with the most tasks come first.
    """
    units = list(duties["unit"].value_counts(sort=True).index[:24])
    tasks = list(dict.fromkeys(duties["task"]))[:MOST_ROWS]
    fig, axes = canvas.figure(8.8, 1.6 + 0.25 * max(4, len(tasks)))
    drawn = duties[duties["unit"].isin(units) & duties["task"].isin(tasks)]
    for unit, task, role in zip(drawn["unit"], drawn["task"], drawn["role"], strict=True):
        axes.add_patch(_cell(units.index(unit), tasks.index(task), ROLE_COLOUR.get(role, palette.PALE)))
    axes.set_xlim(-0.5, max(1, len(units)) - 0.5)
    axes.set_ylim(max(1, len(tasks)) - 0.5, -0.5)
    labels = [canvas.short(unit, 24) for unit in units]
    axes.set_xticks(range(len(units)), labels, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(range(len(tasks)), [canvas.short(task, 34) for task in tasks], fontsize=8)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    _role_legend(axes, list(dict.fromkeys(duties["role"])))
    note = f"n = {duties['task'].nunique()} tasks, {duties['unit'].nunique()} units; status: plan."
    return canvas.caption(fig, note)


def _cell(x: float, y: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.44, y - 0.42), 0.88, 0.84, facecolor=colour, edgecolor="none")


def _role_legend(axes: Any, roles: list[str]) -> None:
    from matplotlib.patches import Patch

    known = [role for role in ROLE_COLOUR if role in roles]
    handles = [Patch(facecolor=ROLE_COLOUR[role], label=role) for role in known]
    axes.legend(handles=handles, ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8)


def ladder(tightness: pd.DataFrame, names: dict[str, str]) -> Any:
    """The tightness ladder: the highest step each text gives evidence for, coloured by status.

    ``tightness`` has doc, step, label, status.
    """
    steps = ("no cue matched\n未检出", "loose cooperation\n松散协作", "shared resources\n资源共享",
             "unified management\n统一管理", "shared interest\n利益共享")  # fmt: skip
    fig, axes = canvas.figure(8.2, 1.5 + 0.42 * max(2, len(tightness)))
    for y, (step, status) in enumerate(zip(tightness["step"], tightness["status"], strict=True)):
        axes.barh(y, step, color=palette.status(status), height=0.55, edgecolor="none")
        axes.plot(step, y, "o", color=palette.INK, ms=4)
    axes.set_yticks(range(len(tightness)), [names.get(doc, doc) for doc in tightness["doc"]])
    axes.set_ylim(len(tightness) - 0.5, -0.5)
    axes.set_xticks(range(5), steps, fontsize=8)
    axes.set_xlim(-0.3, 4.3)
    _status_legend(axes, set(tightness["status"]))
    return canvas.caption(
        fig,
        "The step a text gives evidence for, not the step a place has reached: a plan is coloured as a plan.",
    )


def unit_network(duties: pd.DataFrame) -> Any:
    """Units that share tasks, on a circle; a line's width is the number of shared tasks."""
    shared = co_tasks(duties)
    units = list(duties["unit"].value_counts().index[:16])
    angle = {u: 2 * math.pi * k / max(1, len(units)) for k, u in enumerate(sorted(units))}
    fig, axes = canvas.figure(8.2, 5.4)
    top = max(shared["tasks"], default=1)
    drawn = shared[shared["one"].isin(units) & shared["other"].isin(units)]
    for one, other, tasks in zip(drawn["one"], drawn["other"], drawn["tasks"], strict=True):
        xs = [math.cos(angle[one]), math.cos(angle[other])]
        ys = [math.sin(angle[one]), math.sin(angle[other])]
        axes.plot(xs, ys, color=palette.BLUE, lw=0.4 + 4 * tasks / top, alpha=0.35, zorder=1)
    counts = duties["unit"].value_counts()
    for unit, at in angle.items():
        x, y = math.cos(at), math.sin(at)
        axes.scatter([x], [y], s=20 + 14 * int(counts[unit]), color=palette.ORANGE, zorder=2)
        axes.text(x * 1.12, y * 1.12, canvas.short(unit, 24), ha="left" if x > 0.02 else "right" if x < -0.02 else "center",
                  va="center", fontsize=8.5)  # fmt: skip
    axes.set_xlim(-2.05, 2.05)
    axes.set_ylim(-1.35, 1.35)
    axes.set_aspect("equal")
    axes.axis("off")
    return canvas.caption(fig, f"n = {duties['task'].nunique()} tasks; size of a point: tasks of the unit; "
                               "width of a line: tasks two units share; status: plan.")  # fmt: skip


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
