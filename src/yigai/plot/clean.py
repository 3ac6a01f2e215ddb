"""Figures of the cleaning: dirt by kind, before and after, the ablation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from yigai.plot import canvas, palette

_ROWS = 24


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    """Rows of a table as named tuples."""
    return table.itertuples()


def dirt(kinds: pd.DataFrame, names: dict[str, str]) -> Any:
    """How many edits of each kind each document needed (``kinds``: documents x kinds, counts)."""
    fig, axes = canvas.figure(8.6, 1.2 + 0.42 * len(kinds))
    shown = kinds.clip(lower=0)
    edges = [[place - 0.5 for place in range(count + 1)] for count in (len(kinds.columns), len(kinds))]
    axes.pcolormesh(*edges, shown.to_numpy() ** 0.35, cmap="Blues", edgecolor="none")
    axes.invert_yaxis()
    for row, values in enumerate(shown.to_numpy()):
        for column, value in enumerate(values):
            dark = value**0.35 > 0.6 * float(shown.to_numpy().max()) ** 0.35
            axes.text(column, row, f"{value}" if value else "·", ha="center", va="center", fontsize=8,
                      color=palette.PAPER if dark else palette.INK)  # fmt: skip
    axes.set_xticks(range(len(kinds.columns)), list(kinds.columns), rotation=35, ha="right")
    axes.set_yticks(range(len(kinds)), [names.get(doc, doc) for doc in kinds.index])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return canvas.caption(fig, "Applied edits of each kind (pieces of dirt, not characters); darker means more.")


def before_after(examples: pd.DataFrame) -> Any:
    """Raw wording (left) and clean wording (right) of some edits, the changed piece in colour."""
    from matplotlib.offsetbox import AnchoredOffsetbox, HPacker, TextArea

    shown = examples.head(_ROWS)
    fig, axes = canvas.figure(9.4, 0.6 + 0.3 * len(shown))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(shown) - 0.4, -0.8)

    def phrase(x: float, y: float, parts: list[tuple[str, str]]) -> None:
        areas: list[Any] = [TextArea(text, textprops={"color": colour, "fontsize": 8.5}) for text, colour in parts if text]
        box = AnchoredOffsetbox("center left", child=HPacker(children=areas, pad=0, sep=0, align="baseline"), pad=0,
                                frameon=False, bbox_to_anchor=(x, y), bbox_transform=axes.transData)  # fmt: skip
        axes.add_artist(box)

    for y, row in enumerate(_rows(shown)):
        axes.text(0, y, canvas.short(row.doc.partition("_")[0], 7), fontsize=7.5, color=palette.GREY, va="center")
        axes.text(0.06, y, row.kind, fontsize=7.5, color=palette.GREY, va="center")
        phrase(0.17, y, [(row.left, palette.INK), (canvas.short(row.before, 30) or "–", palette.VERMILION), (row.right, palette.INK)])
        phrase(0.63, y, [(row.left, palette.GREY), (canvas.short(row.after, 30) or "–", palette.GREEN), (row.right, palette.GREY)])
    axes.text(0.17, -0.8, "raw page", fontsize=9)
    axes.text(0.63, -0.8, "after the edit", fontsize=9)
    return canvas.caption(fig, "One edit a line; words beside it as in the raw page; – stands for nothing.")


def ablation(effects: pd.DataFrame, names: dict[str, str]) -> Any:
    """How alike two pages look when a rule is left out, beside their likeness when all are used."""
    shown = effects[effects["change"].abs() >= 0.005].head(_ROWS)
    fig, axes = canvas.figure(9.0, 1.1 + 0.42 * max(1, len(shown)))
    for y, row in enumerate(_rows(shown)):
        axes.plot([row.clean, row.cosine], [y, y], color=palette.GREY, lw=1.4, zorder=1)
        axes.scatter([row.clean], [y], color=palette.GREEN, s=34, zorder=2, marker="o")
        axes.scatter([row.cosine], [y], color=palette.VERMILION, s=40, zorder=2, marker="D")
        label = f"{names.get(row.a, row.a)} | {names.get(row.b, row.b)}"
        axes.text(1.02, y, f"{label}\n{canvas.short(row.tokens, 60)}", fontsize=7, va="center", transform=axes.get_yaxis_transform())
    axes.set_yticks(range(len(shown)), list(shown["variant"]))
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(0, max(0.7, float(shown["cosine"].max() if len(shown) else 0.7) + 0.05))
    axes.set_xlabel("TF-IDF cosine of the pair that changes most")
    axes.grid(axis="x", color=palette.PALE)
    return canvas.caption(
        fig,
        "Circle: all rules; diamond: raw pages, or one rule left out. Right: the pair, and the words that make the difference with what each adds to the cosine.",
    )
