"""Figures of the topics: how many there are, and which documents speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from yigai.plot import canvas, palette

LINES: tuple[tuple[str, str, str, str], ...] = (
    ("stability", "stability 稳定性", palette.BLUE, "o"),
    ("exclusivity", "exclusivity 专属性", palette.GREY, "s"),
    ("coherence", "coherence 连贯性", palette.ORANGE, "^"),
)
MARK: dict[str, str] = {"stable": "●", "unstable": "○", "one document": "◐"}
VERDICT: dict[str, str] = {"stable": palette.GREEN, "unstable": palette.VERMILION, "one document": palette.ORANGE}


def panel(tried: pd.DataFrame, verdict: str) -> Any:
    """Stability, exclusivity and coherence of every number of topics; the plateau grey, the choice ringed.

    ``tried`` has topics, stability, exclusivity, coherence, plateau, chosen.
    """
    fig, axes = canvas.figure(7.2, 3.2)
    for number in tried.loc[tried["plateau"], "topics"]:
        axes.axvspan(number - 0.5, number + 0.5, color=palette.PALE, zorder=0)
    axes.axhline(0.75, color=palette.GREY, lw=0.7, ls=":")
    for column, label, colour, mark in LINES:
        axes.plot(tried["topics"], tried[column], color=colour, marker=mark, ms=4, lw=1.2, label=label)
    picked = tried[tried["chosen"]]
    axes.scatter(picked["topics"], picked["stability"], s=130, facecolors="none", edgecolors=palette.INK, zorder=5)
    axes.set_xlabel("topics 主题数")
    axes.set_xticks(list(tried["topics"]))
    axes.set_ylim(min([0.0, *tried["coherence"]]) - 0.03, 1.03)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    axes.set_title("How many topics? 有多少主题？")
    return canvas.caption(
        fig, f"{verdict}. Grey: the plateau; ring: the choice; dotted: 0.75, from which a topic counts as stable.",
        zh=f"{_verdict_zh(verdict)}。灰：并列最稳的主题数；圈：所取之数；虚线：0.75，稳定的界线。",
    )  # fmt: skip


def _verdict_zh(verdict: str) -> str:
    """The verdict on the number of topics in Chinese.

    >>> _verdict_zh("3 topics; plateau 2, 3"), _verdict_zh("no stable number of topics: too few texts")
    ('3 个主题；平台 2, 3', '没有稳定的主题数')
    """
    if verdict.startswith("no stable number"):
        return "没有稳定的主题数"
    return verdict.replace(" topics as asked", " 个主题（按要求）").replace(" topics; plateau", " 个主题；平台")


def documents(counts: pd.DataFrame, table: pd.DataFrame, names: Mapping[str, str]) -> Any:
    """Passages of each document in each topic; the verdict of a topic colours its label.

    ``counts`` is topics × documents, ``table`` the topics table, ``names`` a short label of each document.
    """
    shown = table.head(30)
    grid = counts.reindex(shown["topic"]).fillna(0)
    grid = grid[[doc for doc in names if doc in grid.columns]]
    title = "Passages of each document in each topic 各文本在各主题中的段落数"
    if grid.empty:
        return canvas.nothing(title)
    fig, axes = canvas.figure(3.6 + 0.75 * max(2, len(grid.columns)), 1.6 + 0.34 * len(grid))
    axes.pcolormesh(grid.to_numpy(), cmap="Blues", vmin=0, edgecolor="none")
    axes.invert_yaxis()
    darkest = float(grid.to_numpy().max(initial=1))
    for row, values in enumerate(grid.to_numpy()):
        for column, value in enumerate(values):
            if value:
                ink = palette.PAPER if value > 0.6 * darkest else palette.INK
                axes.text(column + 0.5, row + 0.5, f"{value:g}", ha="center", va="center", color=ink, fontsize=8)
    axes.set_xticks([at + 0.5 for at in range(len(grid.columns))], [canvas.short(names[doc], 12) for doc in grid.columns], rotation=20)
    labels = [f"{row.topic}  {canvas.short(str(row.label), 30)} {MARK.get(str(row.verdict), '')}" for row in shown.itertuples()]
    axes.set_yticks([at + 0.5 for at in range(len(labels))], labels)
    for tick, verdict in zip(axes.get_yticklabels(), shown["verdict"], strict=True):
        tick.set_color(VERDICT.get(verdict, palette.INK))
    axes.set_title(title)
    return canvas.caption(
        fig, f"n = {int(grid.to_numpy().sum())} passages. ● stable, ○ unstable, ◐ one document only.",
        zh=f"n = {int(grid.to_numpy().sum())} 个段落。●稳定，○不稳定，◐仅见于一份文本。",
    )  # fmt: skip
