"""The gate as a table, log-odds as a forest, crosswalks, reuse and sensitivity as bars and dots."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from yigai.plot import canvas, palette
from yigai.plot.compare.grids import attention

FORESTS = 32  # panels of words at most
PANELS = 8  # more panels side by side are a heat map


def gate(table: pd.DataFrame) -> Figure:
    """The gate, two lines a check: severity by colour and word, finding, and what it means below.

    Two short lines and not one long: on a telephone a long one is too small to read.
    """
    rows = table.astype(str).to_dict("records")
    tall = [0.42 if row["detail"] else 0.24 for row in rows]
    fig, axes = canvas.figure(6.4, 0.7 + sum(tall))
    axes.set_xlim(0, 64)
    axes.set_ylim(sum(tall), -0.1)
    axes.set_axis_off()
    for row, top in zip(rows, np.cumsum([0.0, *tall]), strict=False):
        _gate_line(axes, float(top), {str(key): value for key, value in row.items()})
    axes.set_title("Comparability gate 可比性检验")
    found = table.loc[table["check"] == "verdict", "finding"]
    return canvas.caption(fig, f"Verdict: {found.iloc[-1]}." if len(found) else "")


def forest(table: pd.DataFrame, *, note: str = "") -> Figure:
    """Log-odds of each region's typical words with intervals, a panel a region; G² and counts beside.

    `table` from compare.top; hollow marks: all occurrences in one document. Without intervals
    (gate refused) only points are drawn.
    """
    regions = sorted(table["region"].unique())
    left_out, regions = len(regions[FORESTS:]), regions[:FORESTS]
    across = min(2 if len(regions) <= 6 else 4, len(regions)) or 1
    down = -(-len(regions) // across) or 1
    tallest = int(table["region"].value_counts().max()) if len(table) else 1
    fig, grid = canvas.figure(
        (4.6 if across < 3 else 3.3) * across,
        0.9 + down * (0.55 + 0.21 * tallest),
        rows=down,
        columns=across,
        squeeze=False,
    )
    colours = palette.cases(regions)
    ends = [name for name in ("log_odds", "high", "high_documents") if name in table]
    reach = float(np.nanmax(table[ends].to_numpy(dtype=float))) if len(table) else 1.0
    for place, axes in enumerate(grid.flat):
        if place >= len(regions):
            axes.set_axis_off()
            continue
        own = table[table["region"] == regions[place]]
        _forest_panel(axes, own.reset_index(drop=True), colours[regions[place]], reach)
        axes.set_title(canvas.short(regions[place], 40))
        axes.set_ylim(tallest - 0.4, -0.6)
    lead = (
        "Weighted log-odds against all others, informative Dirichlet prior (Monroe et al. 2008). "
        "Ordered by log-odds over their standard error. Right: occurrences / documents. "
        "Hollow: one document only."
    )
    if table["low"].notna().any():
        lead += " Lines: 95 % intervals; thin grey: over resampled documents."
    else:
        lead += " Intervals are withheld by the gate."
    if left_out:
        lead += f" First {FORESTS}; {left_out} more in the table."
    return canvas.caption(fig, f"{lead} {note}")


def crosswalk(
    profile: pd.DataFrame,
    names: Mapping[str, str],
    *,
    unit: str = "case",
    labels: Mapping[str, str] | None = None,
    title: str = "Crosswalk 对照框架",
    note: str = "",
) -> Figure:
    """Shares of the groups of another frame, a panel a unit, bars in the order of the frame."""
    own = profile[(profile["unit"] == unit) & (profile["label"] != "")]
    if own["name"].nunique() > PANELS:
        return attention(own, names, unit=unit, labels=labels, title=title, note=note)
    groups, units = list(dict.fromkeys(own["label"])), list(dict.fromkeys(own["name"]))
    fig, axes = canvas.figure(max(6.5, 2.2 + 1.2 * len(units)), 1.5 + 0.3 * len(groups), columns=max(len(units), 1),
                              sharey=True, squeeze=False)  # fmt: skip
    colours = palette.cases(units)
    top = max(0.05, float(own["share"].max())) * 1.32
    for panel, name in zip(axes.flat, units, strict=False):
        values = own[own["name"] == name].set_index("label")["share"].reindex(groups).fillna(0)
        panel.barh(range(len(groups)), values, color=colours[name], height=0.66)
        for y, value in enumerate(values):
            panel.text(value + top * 0.02, y, f"{100 * value:.0f}", va="center", fontsize=7)
        panel.set_xlim(0, top)
        panel.set_title(_two_lines(names.get(name, name)), fontsize=8)
        _bare(panel)
    shown = [
        canvas.short((labels or {}).get(group, group).replace("_", " "), 26) for group in groups
    ]
    axes.flat[0].set_yticks(range(len(groups)), shown, fontsize=7.8)
    axes.flat[0].invert_yaxis()
    fig.suptitle(title, x=0.01, ha="left", fontsize=10.5)
    return canvas.caption(fig, f"Share of coded sentences, %; the same codes regrouped. {note}")


def reuse(table: pd.DataFrame, names: Mapping[str, str], *, note: str = "") -> Figure:
    """Per document the share of characters shared with the parent document, adapted, and local."""
    ordered = table.sort_values(["share_local", "doc"], kind="stable").reset_index(drop=True)
    fig, axes = canvas.figure(7.0, 1.3 + 0.3 * len(ordered))
    middle = (1 - ordered["share_shared"] - ordered["share_local"]).clip(lower=0)
    left = np.zeros(len(ordered))
    parts = (("shared 照搬", ordered["share_shared"], palette.VERMILION), ("adapted 改写", middle, palette.ORANGE),
             ("local 本地", ordered["share_local"], palette.GREEN))  # fmt: skip
    for label, values, colour in parts:
        axes.barh(range(len(ordered)), values, left=left, color=colour, height=0.66, label=label)
        left = left + values.to_numpy()
    axes.set_yticks(
        range(len(ordered)), [names.get(doc, doc) for doc in ordered["doc"]], fontsize=7.8
    )
    axes.set_xlim(0, 1)
    fig.legend(loc="outside upper right", ncols=3, fontsize=7.5)
    axes.set_title("Shared with the parent document 与上级文件重合")
    return canvas.caption(fig, f"Share of characters of body sentences. {note}")


def sensitivity(table: pd.DataFrame, *, note: str = "") -> Figure:
    """Conclusions × settings: full where the conclusion of the baseline holds, hollow where it flips.

    `table` from compare.sensitivity: factor, setting, conclusion, value, baseline, holds.
    """
    settings = list(dict.fromkeys(table["setting"]))
    conclusions = list(dict.fromkeys(table["conclusion"]))
    fig, axes = canvas.figure(3.6 + 0.42 * len(settings), 2.3 + 0.27 * len(conclusions))
    place = {name: x for x, name in enumerate(settings)}
    row = {name: y for y, name in enumerate(conclusions)}
    looks = {
        "yes": ("o", palette.BLUE, palette.BLUE),
        "no": ("X", palette.PAPER, palette.VERMILION),
    }
    for answer, (marker, face, edge) in looks.items():
        part = table[table["holds"] == answer]
        axes.scatter(part["setting"].map(place), part["conclusion"].map(row), marker=marker, s=34,
                     facecolor=face, edgecolor=edge, linewidth=1.1, label={"yes": "holds 成立", "no": "flips 改变"}[answer])  # fmt: skip
    axes.set_xticks(range(len(settings)), [canvas.short(s, 36) for s in settings], rotation=60, ha="right",
                    rotation_mode="anchor", fontsize=7.2)  # fmt: skip
    axes.set_yticks(
        range(len(conclusions)), [canvas.short(c, 46) for c in conclusions], fontsize=7.5
    )
    axes.set_xlim(-0.6, len(settings) - 0.4)
    axes.set_ylim(len(conclusions) - 0.4, -0.6)
    axes.grid(color=palette.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    _bare(axes, keep_ticks=True)
    fig.legend(loc="outside upper right", ncols=2, fontsize=7.5)
    axes.set_title("Which conclusions hold throughout 稳健性")
    return canvas.caption(
        fig, f"First column: the baseline; no mark: not applicable in that setting. {note}"
    )


def _gate_line(axes: Axes, top: float, row: Mapping[str, str]) -> None:
    severity, y = row["severity"], top + 0.12
    colour = palette.severity(severity)
    wide = 44 if row["check"] == "verdict" else 22
    axes.axhline(top, color=palette.PALE, linewidth=0.7)
    axes.text(0.6, y, f"{severity} {palette.SEVERITY_ZH.get(severity, '')}", va="center", fontsize=7.6,
              color=palette.ink_on(colour), bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.6})  # fmt: skip
    axes.text(11, y, canvas.short(row["check"], 42), va="center", fontsize=8.6)
    axes.text(36, y, canvas.short(row["finding"], wide), va="center", fontsize=8.6)
    axes.text(11, y + 0.19, canvas.short(row["detail"], 112), va="center", fontsize=7.4, color=palette.GREY)


def _forest_panel(axes: Axes, own: pd.DataFrame, colour: str, reach: float) -> None:
    for y, row in enumerate(own.to_dict("records")):
        if not np.isnan(row.get("low_documents", np.nan)):
            ends = [row["low_documents"], row["high_documents"]]
            axes.plot(ends, [y, y], color=palette.GREY, linewidth=0.6, marker="|", markersize=4)
        if not np.isnan(row["low"]):
            axes.plot(
                [row["low"], row["high"]],
                [y, y],
                color=colour,
                linewidth=1.3,
                solid_capstyle="round",
            )
        face = palette.PAPER if row["one_document"] else colour
        axes.plot(
            row["log_odds"],
            y,
            marker="o",
            markersize=5,
            markerfacecolor=face,
            markeredgecolor=colour,
        )
        axes.text(1.02, y, f"{row['count']} / {row['documents']}", transform=axes.get_yaxis_transform(),
                  va="center", fontsize=6.8, color=palette.GREY)  # fmt: skip
    axes.axvline(0, color=palette.GREY, linewidth=0.8)
    axes.set_yticks(range(len(own)), [canvas.short(term, 20) for term in own["term"]], fontsize=8)
    lows = own[[name for name in ("low", "low_documents") if name in own]].min(axis=1).dropna()
    axes.set_xlim(min(-0.25, float(lows.min()) * 1.05 if len(lows) else 0), reach * 1.08)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=7)


def _bare(axes: Axes, *, keep_ticks: bool = False) -> None:
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    if not keep_ticks:
        axes.set_xticks([])


def _two_lines(name: str) -> str:
    return "\n".join(canvas.short(part, 16) for part in name.split(" ", 1))
