"""Limits that the user of a run sets with ``-p``: how long one page, and one cell of a notebook, may compute."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from yigai import deadline

#: Each limit with the variable that hands it to workers and kernels, and its usual value.
LIMITS: dict[str, tuple[str, int | float]] = {
    "page_seconds": ("YIGAI_PAGE_SECONDS", deadline.PAGE_SECONDS),
    "cell_seconds": ("YIGAI_CELL_SECONDS", 3600),
}


def cell_seconds() -> int:
    """The seconds one cell of a notebook may take before its notebook is stopped."""
    name, usual = LIMITS["cell_seconds"]
    given = os.environ.get(name, "")
    return int(given) if given.isdecimal() and int(given) else int(usual)


def parted(parameters: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parameters that notebooks take, and the limits among them.

    >>> parted({"n_topics": 5, "page_seconds": 2.0})
    ({'n_topics': 5}, {'page_seconds': 2.0})
    """
    limited = {name: value for name, value in parameters.items() if name in LIMITS}
    return {name: value for name, value in parameters.items() if name not in LIMITS}, limited


@contextmanager
def held(limited: Mapping[str, int | float]) -> Iterator[None]:
    """Hold the limits in this process and in those it starts, as long as the block lasts."""
    before = {LIMITS[name][0]: os.environ.get(LIMITS[name][0]) for name in limited}
    os.environ.update({LIMITS[name][0]: f"{value}" for name, value in limited.items()})
    try:
        yield
    finally:
        for variable, value in before.items():
            os.environ.pop(variable) if value is None else os.environ.__setitem__(variable, value)
