"""One page before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yigai.publish.words import Pair


@dataclass(frozen=True)
class Leaf:
    """One page before it is printed: where it stands, what it is called, what its template shows."""

    path: str
    template: str
    title: Pair
    description: Pair
    shows: Mapping[str, Any] = field(default_factory=dict)
