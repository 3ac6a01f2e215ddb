"""Quotation marks: direction repaired on unbalanced lines only; straight pairs become curved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yigai.clean.chars import HAN
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

_MARK = re.compile('[“”"＂]')
_CHINESE = re.compile(f"[{HAN}]")
_FLIP, _NESTED, _MISPLACED = 10, 1, 4
_DEPTH = 3


def _is_balanced(marks: Sequence[str]) -> bool:
    """Whether curved marks open and close in turn, nesting allowed (seed 000 nests them).

    >>> _is_balanced("““””"), _is_balanced("““")
    (True, False)
    """
    depth = 0
    for mark in marks:
        depth += {"“": 1, "”": -1}.get(mark, -9)
        if depth < 0:
            return False
    return depth == 0


def directed(line: str) -> list[tuple[int, str]]:
    """The marks to change, with their right direction; nothing when the line balances.

    >>> directed("实行“六统一“管理"), directed("成立“联合体(以下简称“医联体”)”后")
    ([(6, '”')], [])
    """
    found = [(m.start(), m[0]) for m in _MARK.finditer(line)]
    marks = [mark for _, mark in found]
    if len(found) % 2 or len(found) > 400 or not _CHINESE.search(line) or _is_balanced(marks):
        return []
    wanted = _cheapest(line, found)
    flips = sum(old in "“”" and old != new for old, new in zip(marks, wanted, strict=False))
    if not wanted or (flips * 2 > len(found) and not _contradicted(line, found)):
        return []
    return [(at, new) for (at, old), new in zip(found, wanted, strict=True) if old != new]


def _cheapest(line: str, found: Sequence[tuple[int, str]]) -> str:
    """The balanced directions that flip the fewest marks, nest the least, and suit the neighbours."""
    best = {0: (0, "")}
    for at, mark in found:
        step: dict[int, tuple[int, str]] = {}
        for depth, (cost, path) in best.items():
            for new, deeper in (("“", depth + 1), ("”", depth - 1)):
                if 0 <= deeper <= _DEPTH:
                    total = cost + _cost(line, at, mark, new) + _NESTED * (deeper > 1)
                    step[deeper] = min(step.get(deeper, (total, path + new)), (total, path + new))
        best = step
    return best.get(0, (0, ""))[1]


def _contradicted(line: str, found: Sequence[tuple[int, str]]) -> bool:
    """Whether a mark as printed opens before a stop or closes after an opening bracket: 推進”健康中國“。"""
    return any(_cost(line, at, mark, mark) for at, mark in found)


def _cost(line: str, at: int, mark: str, new: str) -> int:
    """What it costs to read one mark in one direction."""
    flip = _FLIP if mark in "“”" and mark != new else 0
    if new == "“":
        return flip + _MISPLACED * (line[at + 1 : at + 2] in tuple("，。、；！？）)》,;"))
    return flip + _MISPLACED * (at == 0 or line[at - 1] in "：:（(《〈【“")


def repairs(draft: Draft) -> Iterator[Change]:
    """Wrongly directed marks, line by line."""
    offset = 0
    for line in draft.text.split("\n"):
        if "“" in line or "”" in line or '"' in line or "＂" in line:
            for at, mark in directed(line):
                yield Change(offset + at, offset + at + 1, mark, "quote", "direction", 0.95, "the line does not balance")
        offset += len(line) + 1
