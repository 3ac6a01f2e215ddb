"""Dendrogram and co-word network, drawn without a random start so that they never move."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from yigai.plot import canvas, palette


class Merged(Protocol):
    """What is drawn of a dendrogram: compare.Tree."""

    merges: np.ndarray
    leaves: tuple[str, ...]
    labels: tuple[str, ...]


def tree(
    merged: Merged, *, title: str = "Dendrogram (Ochiai, average linkage) 聚类树", note: str = ""
) -> Figure:
    """A dendrogram, leaves to the left, the height of a merge to the right."""
    leaves = merged.leaves
    if len(leaves) < 2:
        return canvas.nothing(title, note)
    fig, axes = canvas.figure(7.2, 1.3 + 0.22 * len(leaves))
    at = {merged.labels.index(name): (0.0, float(y)) for y, name in enumerate(leaves)}
    for step, (left, right, height, _) in enumerate(merged.merges):
        (x1, y1), (x2, y2) = at[int(left)], at[int(right)]
        axes.plot([x1, height, height, x2], [y1, y1, y2, y2], color=palette.BLUE, linewidth=1.1)
        at[len(leaves) + step] = (float(height), (y1 + y2) / 2)
    axes.set_yticks(range(len(leaves)), [canvas.short(name, 30) for name in leaves], fontsize=7.8)
    axes.set_ylim(len(leaves) - 0.5, -0.5)
    axes.set_xlim(0, max(0.05, float(merged.merges[:, 2].max())) * 1.05)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("1 − likeness 距离", fontsize=8)
    axes.set_title(title)
    return canvas.caption(fig, note) if note else fig


def network(edges: pd.DataFrame, *, most: int = 60, note: str = "") -> Figure:
    """The co-word network: terms that share passages, width by Ochiai, size by passages.

    `edges` from compare.cowords; the `most` strongest are drawn.
    """
    drawn = edges.head(most)
    spread = {
        **dict(zip(drawn["a"], drawn["units_a"], strict=True)),
        **dict(zip(drawn["b"], drawn["units_b"], strict=True)),
    }
    terms = sorted(spread, key=lambda term: (-spread[term], term))
    place = dict(zip(terms, _spring(terms, drawn), strict=True))
    fig, axes = canvas.figure(7.6, 6.0)
    for a, b, weight in zip(drawn["a"], drawn["b"], drawn["ochiai"], strict=True):
        (x1, y1), (x2, y2) = place[a], place[b]
        axes.plot(
            [x1, x2],
            [y1, y2],
            color=palette.SKY,
            linewidth=0.4 + 3.2 * weight,
            alpha=0.75,
            zorder=1,
        )
    largest = max(spread.values(), default=1)
    for term in terms:
        x, y = place[term]
        axes.scatter([x], [y], s=20 + 150 * spread[term] / largest, color=palette.BLUE, zorder=2)
        axes.annotate(term, (x, y), xytext=(0, 6 + 5 * (spread[term] / largest) ** 0.5), textcoords="offset points",
                      ha="center", fontsize=8, zorder=3,
                      # a halo would turn the words into outlines, which no reader can search or select
                      bbox={"facecolor": palette.PAPER, "alpha": 0.75, "edgecolor": "none", "pad": 0.3})  # fmt: skip
    axes.set_axis_off()
    axes.margins(0.08)
    axes.set_title("Co-word network 共词网络")
    lead = (
        "Lines: terms in the same passage, width by Ochiai coefficient; dots: number of passages."
    )
    return canvas.caption(fig, f"{lead} {note}")


def _spring(terms: list[str], edges: pd.DataFrame, *, rounds: int = 300) -> np.ndarray:
    """Places of the terms (Fruchterman and Reingold 1991), from a circle in the order of the terms."""
    size = len(terms)
    if size < 3:
        return np.column_stack([np.arange(size, dtype=float), np.zeros(size)])
    index = {term: at for at, term in enumerate(terms)}
    pull = np.zeros((size, size))
    for a, b, weight in zip(edges["a"], edges["b"], edges["ochiai"], strict=True):
        pull[index[a], index[b]] = pull[index[b], index[a]] = weight
    # The golden angle spreads the common terms over the whole disc, not along one arc.
    turn = np.arange(size) * 2.399963
    places = (
        np.column_stack([np.cos(turn), np.sin(turn)])
        * np.sqrt((np.arange(size) + 1) / size)[:, None]
    )
    ideal = 1.6 / np.sqrt(size)
    for step in range(rounds):
        gap = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.sqrt((gap**2).sum(axis=2)), 1e-3)
        force = ideal**2 / distance**2 - pull * distance / ideal
        push = (gap * force[:, :, None]).sum(axis=1) - 0.6 * places
        length = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-9)
        heat = 0.12 * (1 - step / rounds) + 0.002
        places = places + push / length[:, None] * np.minimum(length, heat)[:, None]
    return places.round(3)
