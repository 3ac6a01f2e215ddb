"""Quotation marks: direction repaired on unbalanced lines only; straight pairs become curved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean.chars import HAN
from yigai.clean.ledger import Change, Draft

_MARK = re.compile('[“”"＂]')
_CHINESE = re.compile(f"[{HAN}]")
_OPENS_AFTER = "（(《〈【：:，,。、；;！？!? \u3000\n“‘—"


def _is_balanced(marks: list[str]) -> bool:
    """Whether curved marks open and close in turn, nesting allowed (seed 000 nests them).

    >>> _is_balanced(list("““””")), _is_balanced(list("““"))
    (True, False)
    """
    depth = 0
    for mark in marks:
        depth += 1 if mark == "“" else -1
        if depth < 0:
            return False
    return depth == 0


def directed(line: str) -> list[tuple[int, str]]:
    """The marks to change, with their right direction; nothing when the line balances.

    >>> directed("实行“六统一“管理"), directed("关于“以下简称“医联体””的复函")
    ([(6, '”')], [])
    """
    found = [(m.start(), m[0]) for m in _MARK.finditer(line)]
    if not found or not _CHINESE.search(line) or _is_balanced([c for _, c in found]):
        return []
    straight = any(c in '"＂' for _, c in found)
    if len(found) % 2 and not straight:
        return []
    wanted = _in_turn(line, found)
    return [(at, new) for (at, old), new in zip(found, wanted, strict=True) if old != new] if wanted else []


def _in_turn(line: str, found: list[tuple[int, str]]) -> list[str]:
    """Opening and closing marks in turn, if an even number and no mark contradicts its neighbours."""
    if len(found) % 2:
        return []
    wanted = ["“" if i % 2 == 0 else "”" for i in range(len(found))]
    changed = sum(old != new for (_, old), new in zip(found, wanted, strict=True) if old in "“”")
    curved = sum(old in "“”" for _, old in found)
    return wanted if changed * 2 <= max(curved, 1) else []


def repairs(draft: Draft) -> Iterator[Change]:
    """Wrongly directed marks, line by line."""
    offset = 0
    for line in draft.text.split("\n"):
        if "“" in line or "”" in line or '"' in line or "＂" in line:
            for at, mark in directed(line):
                yield Change(offset + at, offset + at + 1, mark, "quote", "direction", 0.95, "the line does not balance")
        offset += len(line) + 1
