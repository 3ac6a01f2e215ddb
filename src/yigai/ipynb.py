"""Notebook files: the library that reads and writes them, imported when it is needed, without what nobody here needs."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any

#: jsonschema takes it, where it can, to check addresses; its 39 grammars cost every process a second of computing.
GRAMMARS = "rfc3987_syntax"


@cache
def nbformat() -> Any:
    """The library nbformat."""
    there = sys.modules.setdefault(GRAMMARS, None)  # type: ignore[arg-type]
    try:
        return import_module("nbformat")
    finally:
        if there is None:
            del sys.modules[GRAMMARS]
