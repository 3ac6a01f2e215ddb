"""Marks that the figures of this room share: legends of status and role, what a capped figure leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from yigai.plot import palette

ROLE_COLOUR = {
    "lead": palette.BLUE,
    "co-lead": palette.SKY,
    "support": "#D6E6F2",
    "member": "#EEF3F7",
}
ROLE_ZH = {"lead": "牵头", "co-lead": "共同牵头", "support": "配合", "member": "成员", "partner": "合作", "network": "网络"}
#: Printed in a cell, so that a copy in grey loses nothing.
ROLE_LETTER = {"lead": "L", "co-lead": "C", "support": "S", "member": "M"}


def status_legend(axes: Any, present: Iterable[str]) -> None:
    """The legend of the statuses that a figure shows, above its axes."""
    from matplotlib.lines import Line2D

    shown = {name or "no cue" for name in present}
    handles = [
        Line2D([], [], marker="o", ls="", color=colour, markeredgecolor=palette.INK,
               markeredgewidth=0.4, label=f"{name} {palette.STATUS_ZH[name]}")
        for name, colour in palette.STATUS.items()
        if name in shown
    ]  # fmt: skip
    axes.legend(handles=handles, ncols=6, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8)


def counted(number: int, what: str) -> str:
    """A number and what it counts.

    >>> counted(1, "case"), counted(3, "case")
    ('1 case', '3 cases')
    """
    return f"{number} {what}" + ("" if number == 1 else "s")


def left_out(items: Sequence[object], what: str) -> str:
    """What a caption says of what a capped figure does not show; '' when it shows everything.

    >>> left_out([1, 2], "case"), left_out([], "case")
    (' In the table only: 2 more cases.', '')
    """
    return f" In the table only: {counted(len(items), f'more {what}')}." if items else ""


def left_out_zh(items: Sequence[object], what: str) -> str:
    """The same in Chinese.

    >>> left_out_zh([1, 2], "个案例")
    '另有2个案例只列于表中。'
    """
    return f"另有{len(items)}{what}只列于表中。" if items else ""
