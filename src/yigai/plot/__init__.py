"""plot: the one room that imports matplotlib; every function takes a table and returns a Figure.

`plot.clean`, `plot.topics`, `plot.models` and `plot.compare` hold the figures of a stage;
`plot.figure`, `plot.caption` and `plot.palette` are what they are made of. Matplotlib is loaded
by the first figure, not by `import yigai`.
"""

from __future__ import annotations

import importlib
from typing import Any

_CANVAS = ("FAMILY", "caption", "figure", "font_path", "png", "short", "style", "svg")
_ROOMS = ("canvas", "clean", "compare", "models", "palette", "topics")

__all__ = [*_CANVAS, *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _CANVAS:
        return getattr(importlib.import_module("yigai.plot.canvas"), name)
    if name in _ROOMS:
        return importlib.import_module(f"yigai.plot.{name}")
    raise AttributeError(f"yigai.plot has no figure room {name!r}; it has {', '.join(__all__)}")
