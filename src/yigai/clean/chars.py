"""Characters and the few classes of them that cleaning asks about."""

from __future__ import annotations

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ"
IS_HAN = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}]{{1,4096}}")

# The reverse of the folding U+FF01-FF5E -> ASCII, for the marks that official text sets full-width.
WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
NARROW = {wide: narrow for narrow, wide in WIDE.items()}


# Line ends of other systems, each one character long here (the \r of \r\n is a blank at the end of its line).
LINE_END = re.compile("[\r\x0b\x0c\x85\u2028\u2029](?!\n)")


def han_count(text: str) -> int:
    """Number of Chinese characters.

    >>> han_count("全市5个县")
    4
    """
    return sum(map(len, HAN_RUN.findall(text)))


def bare(text: str) -> str:
    """Only the letters, digits and Chinese characters, for comparing two wordings.

    >>> bare("关于“医改” 的通知!")
    '关于医改的通知'
    """
    return re.sub(r"[\W_]", "", text)
