"""Pages of an earlier build, taken again while everything they are made of is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from yigai import store
from yigai.code import code_version

#: Packages that turn templates, prose and code into pages; those that measure are named by the code's version.
PACKAGES = ("jinja2", "markupsafe", "mistune", "pygments")

Files = list[tuple[str, bytes]]


def key(made_of: object) -> str:
    """The name under which pages made of some values are kept: equal values, shown in full by ``repr``, give equal names."""
    return store.sha256(f"{_made_by()}\n{made_of!r}".encode("utf-8", "surrogatepass"))


def files(name: str, make: Callable[[], Iterable[tuple[str, bytes]]]) -> Files:
    """The files (path, bytes) that are kept under ``name``, or else those of ``make()``."""
    table = store.cached(name, lambda: {"files": pd.DataFrame(list(make()), columns=["path", "data"])})["files"]
    return list(zip(table["path"], table["data"], strict=True))


def table(name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The table that is kept under ``name``, or else that of ``make()``."""
    return store.cached(name, lambda: {"table": make()})["table"]


@cache
def _made_by() -> str:
    """The version of all code and of the packages that print."""
    rooms = (path.name for path in Path(__file__).parents[1].iterdir())
    named = tuple(sorted(name for name in rooms if not name.startswith((".", "__pycache__"))))
    return f"pages {code_version(named)} " + " ".join(f"{name} {version(name)}" for name in PACKAGES)
