"""Numerals: what a printed number is worth, in Arabic and in Chinese digits."""

from __future__ import annotations

from functools import lru_cache

CHINESE_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
STEPS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

# Same length on both sides: offsets into the folded text hold in the printed one.
WIDE = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "\u3000": " ", "\u00a0": " ", "\u2003": " ", "％": "%", "～": "~", "—": "-", "–": "-", "－": "-",
    "㎡": "㎡", "﹪": "%", "ʻ": "'",
}  # fmt: skip
FOLD = str.maketrans(WIDE)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text with half-width signs, of the same length.

    >>> fold("达到９０％，约１．６亿元")
    '达到90%,约1.6亿元'
    """
    return text.translate(FOLD)


def chinese(numeral: str) -> float:
    """The worth of a number in Chinese digits.

    >>> chinese("二十八"), chinese("两千三百"), chinese("十二"), chinese("三万")
    (28.0, 2300.0, 12.0, 30000.0)
    """
    total, section, digit = 0, 0, 0
    for sign in numeral:
        if sign in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[sign]
        elif sign in STEPS:
            section += (digit or 1) * STEPS[sign]
            digit = 0
        elif sign in MYRIADS:
            total += (section + digit or 1) * MYRIADS[sign]
            section, digit = 0, 0
    return float(total + section + digit)


def worth(numeral: str) -> float:
    """The worth of a printed number, Arabic (grouped or not) or Chinese.

    >>> worth("7346.47"), worth("12,500"), worth("十八"), worth("零点二")
    (7346.47, 12500.0, 18.0, 0.2)
    """
    if numeral[0].isdigit():
        return float(numeral.replace(",", "").replace(" ", ""))
    if numeral.startswith("零点"):
        return float("0." + "".join(str(CHINESE_DIGITS[sign]) for sign in numeral[2:]))
    return chinese(numeral)
