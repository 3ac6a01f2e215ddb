"""Heat maps: evidence by status, attention, likeness of cases, instruments by dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from yigai import privacy
from yigai.coding import NO_CUE
from yigai.plot import canvas, palette

WHITE_TO_BLUE = LinearSegmentedColormap.from_list("white to blue", [palette.PAPER, palette.BLUE])
ROOMY, MOST = 12, 60  # columns with text in their cells; columns drawn at all


def matrix(
    table: pd.DataFrame,
    case_names: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
    note: str = "",
) -> Figure:
    """The evidence matrix: dimensions × cases, coloured by status, the statement cut to fit.

    `table`: dimension, doc, statement, status (the matrix table); `case_names`: doc → name.
    """
    labels = labels or {}
    rows = list(dict.fromkeys(table["dimension"]))
    docs = [doc for doc in dict.fromkeys(table["doc"]) if doc in case_names]
    left_out, docs = docs[MOST:], docs[:MOST]
    each = 1.75 if len(docs) <= ROOMY else 0.24
    fig, axes = canvas.figure(max(7.5, 2.6 + each * len(docs)), 1.6 + 0.42 * len(rows))
    cells = table.set_index(["dimension", "doc"])[["statement", "status"]]
    for y, row in enumerate(rows):
        for x, doc in enumerate(docs):
            said, status = (str(cell) for cell in cells.loc[(row, doc)])
            said = privacy.mask(said)  # nobody can mask a drawn name afterwards
            _evidence(axes, x, y, said if len(docs) <= ROOMY else "", _status(said, status))
    _frame(axes, [case_names[doc] for doc in docs], [_named(row, labels) for row in rows])
    axes.set_title("Evidence matrix 证据矩阵")
    shown = [
        name
        for name in palette.STATUS
        if name in set(map(_status, table["statement"], table["status"]))
    ]
    patches = [
        Patch(facecolor=palette.STATUS[name], edgecolor=palette.GREY, linewidth=0.5,
              label=f"{name} {palette.STATUS_ZH[name]}")
        for name in shown
    ]  # fmt: skip
    fig.legend(handles=patches, loc="outside upper right", ncols=len(patches), fontsize=7.5)
    lead = "One statement a cell, the best evidenced; “no cue” is not absence."
    return canvas.caption(fig, f"{lead}{_cut(left_out)} {note}")


def attention(
    profile: pd.DataFrame,
    names: Mapping[str, str],
    *,
    unit: str = "case",
    labels: Mapping[str, str] | None = None,
    title: str = "Attention by dimension 各维度关注度",
    note: str = "",
) -> Figure:
    """Share of coded sentences (or passages) per label and unit, with n; intervals where there are any.

    `profile` from compare.profiles; `names`: what to call each unit (doc → name).
    """
    own = profile[profile["unit"] == unit]
    if own.empty:
        return canvas.nothing(title, note)
    order = list(
        own.groupby("label")["share"].mean().sort_values(ascending=False, kind="stable").index
    )
    columns = list(dict.fromkeys(own["name"]))
    left_out, columns = columns[MOST:], columns[:MOST]
    roomy = len(columns) <= ROOMY
    share = own.pivot(index="label", columns="name", values="share").loc[order, columns]
    low, high = (
        own.pivot(index="label", columns="name", values=v).loc[order, columns]
        for v in ("low", "high")
    )
    n = own.drop_duplicates("name").set_index("name")["n"]
    fig, axes = canvas.figure(
        max(6.5, 2.8 + (0.95 if roomy else 0.26) * len(columns)), 1.7 + 0.34 * len(order)
    )
    texts = [
        [
            ""
            if not roomy
            else _percent(*(part.to_numpy(float)[y, x] for part in (share, low, high)))
            for x in range(len(columns))
        ]
        for y in range(len(order))
    ]
    _heat(axes, share.to_numpy(), texts, top=max(0.5, float(share.to_numpy().max(initial=0))))
    gap = "\n" if roomy else ", "
    heads = [f"{canvas.short(names.get(name, name), 18)}{gap}n = {n[name]}" for name in columns]
    _frame(axes, heads, [_named(row, labels or {}) for row in order])
    axes.set_title(title)
    lead = (
        "Share of a unit's coded items with the label, %; an item may carry several. n: coded items. "
        "–: no cue matched, which is not absence."
    )
    if low.notna().to_numpy().any():
        lead += " In brackets: 95 % interval over resampled documents."
    return canvas.caption(fig, f"{lead}{_cut(left_out)} {note}")


def likeness(
    square: pd.DataFrame,
    *,
    pairs: pd.DataFrame | None = None,
    title: str = "Likeness (cosine) 相似度",
    note: str = "",
) -> Figure:
    """Symmetric heat map of a likeness in 0 … 1, with its numbers and, from `pairs`, intervals."""
    if square.empty:
        return canvas.nothing(title, note)
    names, left_out = list(square.index)[:MOST], list(square.index)[MOST:]
    square = square.loc[names, names]
    roomy = len(names) <= ROOMY
    values = square.to_numpy(dtype=float).copy()
    np.fill_diagonal(values, np.nan)
    texts = [
        [("" if x == y or not roomy else f"{values[y, x]:.2f}") for x in range(len(names))]
        for y in range(len(names))
    ]
    for a, b, low, high in _intervals(pairs) if roomy else []:
        y, x = names.index(a), names.index(b)
        for one, two in ((x, y), (y, x)):
            texts[one][two] += f"\n[{low:.2f}, {high:.2f}]"
    across, down = (0.8, 0.55) if roomy else (0.26, 0.24)
    fig, axes = canvas.figure(
        max(5.0, 2.2 + across * len(names)), max(3.4, 1.9 + down * len(names))
    )
    _heat(axes, values, texts, top=max(0.3, float(np.nanmax(values, initial=0))))
    _frame(axes, [_folded(name) for name in names], names)
    axes.set_title(title)
    return canvas.caption(
        fig,
        f"0: nothing in common, 1: the same mix; shaded up to the closest pair.{_cut(left_out)} {note}",
    )


def crosstab(
    table: pd.DataFrame, *, labels: Mapping[str, str] | None = None, note: str = ""
) -> Figure:
    """Instruments × dimensions: counts of sentences; small cells in grey, not to be read as a pattern."""
    title = "Policy instruments × dimensions 政策工具 × 维度"
    if table.empty:
        return canvas.nothing(title, note)
    labels = labels or {}
    counts = table.pivot(index="instrument", columns="dimension", values="count")
    rows, columns = (
        list(dict.fromkeys(table["instrument"])),
        list(dict.fromkeys(table["dimension"])),
    )
    counts = counts.loc[rows, columns]
    small = (
        table.pivot(index="instrument", columns="dimension", values="small")
        .loc[rows, columns]
        .to_numpy(bool)
    )
    values = np.where(small, np.nan, counts.to_numpy(dtype=float))
    texts = [[str(c) if c else "" for c in line] for line in counts.to_numpy()]
    fig, axes = canvas.figure(max(7.0, 2.8 + 0.5 * len(columns)), 1.9 + 0.27 * len(rows))
    _heat(
        axes,
        values,
        texts,
        top=max(1.0, float(counts.to_numpy().max(initial=0))),
        grey=small & (counts.to_numpy() > 0),
    )
    _frame(axes, columns, [_named(row, labels) for row in rows])
    axes.set_title(title)
    lead = "Sentences in which both fire; grey: fewer than 5 sentences or one document."
    return canvas.caption(fig, f"{lead} {note}")


def _status(statement: str, status: str) -> str:
    return "no cue" if statement == NO_CUE else status or "background"


def _evidence(axes: Axes, x: int, y: int, statement: str, status: str) -> None:
    colour = palette.status(status)
    axes.add_patch(_rectangle(x, y, colour))
    if not statement:
        return
    text = (
        f"no cue {palette.STATUS_ZH['no cue']}" if status == "no cue" else canvas.folded(statement, 27, lines=2)
    )
    ink = palette.GREY if status == "no cue" else palette.ink_on(colour)
    axes.text(x, y, text, ha="center", va="center", fontsize=6.8, color=ink)


def _rectangle(x: int, y: int, colour: str):  # noqa: ANN202
    from matplotlib.patches import Rectangle

    return Rectangle(
        (x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor=palette.PAPER, linewidth=1.5
    )


def _heat(
    axes: Axes,
    values: np.ndarray,
    texts: Sequence[Sequence[str]],
    *,
    top: float,
    grey: np.ndarray | None = None,
) -> None:
    # Rectangles, not an image: an image inside an SVG is a PNG that sanitisers drop.
    for y, line in enumerate(texts):
        for x, text in enumerate(line):
            shaded = grey is not None and bool(grey[y, x])
            known = not np.isnan(values[y, x])
            behind = to_hex(WHITE_TO_BLUE(values[y, x] / top)) if known else palette.PAPER
            axes.add_patch(_rectangle(x, y, palette.PALE if shaded else behind))
            ink = palette.GREY if shaded else palette.ink_on(behind)
            if text:
                axes.text(x, y, text, ha="center", va="center", fontsize=7.2, color=ink)


def _frame(axes: Axes, columns: Sequence[str], rows: Sequence[str]) -> None:
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    narrow = len(columns) > 14
    axes.set_xticks(range(len(columns)), [c.replace("\n", " ") if narrow else c for c in columns],
                    fontsize=7.2 if narrow else 7.8, rotation=60 if narrow else 0,
                    ha="right" if narrow else "center", rotation_mode="anchor" if narrow else "default")  # fmt: skip
    axes.set_yticks(range(len(rows)), rows, fontsize=7.8)
    axes.tick_params(length=0, top=False, bottom=False, labeltop=False, labelbottom=True)
    axes.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=palette.PAPER, linewidth=1.2)
    axes.tick_params(which="minor", length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _percent(share: float, low: float, high: float) -> str:
    if np.isnan(share) or share == 0:
        return "–"
    text = f"{100 * share:.0f}"
    return text if np.isnan(low) else f"{text}\n[{100 * low:.0f}–{100 * high:.0f}]"


def _cut(left_out: Sequence[str]) -> str:
    return f" First {MOST}; {len(left_out)} more in the table." if left_out else ""


def _named(key: str, labels: Mapping[str, str]) -> str:
    return f"{key} {canvas.short(labels[key], 44)}" if key in labels else canvas.short(key, 30)


def _folded(name: str) -> str:
    return "\n".join(canvas.short(part, 14) for part in name.split(" ", 1))


def _intervals(pairs: pd.DataFrame | None) -> list[tuple[str, str, float, float]]:
    if pairs is None:
        return []
    known = pairs[pairs["low"].notna()]
    return list(zip(known["a"], known["b"], known["low"], known["high"], strict=True))
