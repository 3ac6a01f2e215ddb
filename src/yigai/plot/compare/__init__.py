"""Figures of the comparison: each takes a table and a note of the gate, and returns a Figure.

The note (`compare.note(gate, documents)`) stands under every figure, so that a figure cut out of
its page still says on how many documents it rests and what may be concluded from it.
"""

from yigai.plot.compare.grids import attention, crosstab, likeness, matrix
from yigai.plot.compare.lines import crosswalk, forest, gate, reuse, sensitivity
from yigai.plot.compare.trees import network, tree

__all__ = [
    "attention",
    "crosstab",
    "crosswalk",
    "forest",
    "gate",
    "likeness",
    "matrix",
    "network",
    "reuse",
    "sensitivity",
    "tree",
]
