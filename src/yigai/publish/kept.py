"""Pages of an earlier build, taken again while everything they are made of is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.metadata import version

import pandas as pd

from yigai import code, store

#: Packages that turn templates, prose and code into pages; those that measure are named by the code's version.
PACKAGES = ("jinja2", "lxml", "markupsafe", "mistune", "nh3", "pygments")
#: Rooms whose files are read while pages are made: templates are, and may be edited before the last page is.
PRINTING = ("publish", "templates")

Files = list[tuple[str, bytes]]


def key(made_of: object) -> str:
    """The name under which pages made of some values are kept: equal values, shown in full by ``repr``, give equal names."""
    return store.sha256(f"{_made_by()}\n{made_of!r}".encode("utf-8", "surrogatepass"))


def files(name: str, make: Callable[[], Iterable[tuple[str, bytes]]]) -> Files:
    """The files (path, bytes) that are kept under ``name``, or else those of ``make()``."""
    found = table(name, lambda: pd.DataFrame(list(make()), columns=["path", "data"]))
    return list(zip(found["path"], found["data"], strict=True))


def table(name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The table that is kept under ``name``, or else that of ``make()``; of edited code it is kept for this run alone."""
    return code.passing(partial(store.cached, name, partial(_checked, make)))["table"]


def _checked(make: Callable[[], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    made = make()
    code.check(PRINTING)
    return {"table": made}


@cache
def _made_by() -> str:
    """The version of all code and of the packages that print."""
    return f"pages {code.code_version(code.everything())} " + " ".join(f"{name} {version(name)}" for name in PACKAGES)
