"""Colours: one place where every figure finds the colour of a status, a case and a verdict.

The hues are those of Okabe and Ito (2008), which readers with any common form of colour-blindness
tell apart; each status also keeps its letter, so that print in grey loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, BLACK = "#0072B2", "#D55E00", "#CC79A7", "#000000"
INK, GREY, PALE, PAPER = "#222222", "#767676", "#EDEDED", "#FFFFFF"

STATUS: dict[str, str] = {
    "achieved": GREEN,
    "target": ORANGE,
    "plan": SKY,
    "rule": PURPLE,
    "background": "#BDBDBD",
    "no cue": "#F7F7F7",
}
STATUS_ZH: dict[str, str] = {
    "achieved": "已实现",
    "target": "目标",
    "plan": "计划",
    "rule": "规则",
    "background": "背景",
    "no cue": "未检出",
}
SEVERITY: dict[str, str] = {"pass": GREEN, "warn": ORANGE, "refuse": VERMILION}
SEVERITY_ZH: dict[str, str] = {"pass": "通过", "warn": "留意", "refuse": "拒绝"}

_CASE_CYCLE: tuple[str, ...] = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, "#7A5C00", GREY)
_MARKERS: tuple[str, ...] = ("o", "s", "^", "D", "v", "P", "X", "*")

SEQUENTIAL = "cividis"  # made to look the same with and without red-green vision


def status(name: str) -> str:
    """Colour of a status; an unknown status is drawn like background.

    >>> status("achieved")
    '#009E73'
    """
    return STATUS.get(name, STATUS["background"])


def severity(name: str) -> str:
    """Colour of a severity of the gate (pass, warn, refuse).

    >>> severity("refuse")
    '#D55E00'
    """
    return SEVERITY.get(name, GREY)


def cases(names: Iterable[str]) -> dict[str, str]:
    """Colour of every case, given in sorted order, so that a case keeps its colour in all figures.

    >>> cases(["003", "000"])
    {'000': '#0072B2', '003': '#D55E00'}
    """
    return {
        name: _CASE_CYCLE[place % len(_CASE_CYCLE)] for place, name in enumerate(sorted(set(names)))
    }


def markers(names: Iterable[str]) -> dict[str, str]:
    """Marker of every case: beyond eight cases colours repeat, colour with marker only after 64.

    >>> markers(["003", "000"])
    {'000': 'o', '003': 's'}
    """
    ordered = sorted(set(names))
    return {
        name: _MARKERS[(place + place // len(_CASE_CYCLE)) % len(_MARKERS)]
        for place, name in enumerate(ordered)
    }


def ink_on(background: str) -> str:
    """Black or white, whichever is legible on a background (WCAG relative luminance).

    >>> ink_on("#0072B2"), ink_on("#F0E442")
    ('#FFFFFF', '#222222')
    """
    channels = [int(background[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if luminance > 0.30 else PAPER
