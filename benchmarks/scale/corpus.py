"""A corpus of any size from the texts at hand: paragraphs drawn again, figures changed, no two pages alike."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Official texts: those in the repository, and those that stand beside it where they do.
SOURCES = ("benchmarks/cleaning/texts", "seeds", "../shared/data/reports_dev")
#: Characters of a page, the mean length of the pages users bring.
LENGTH = 3000
PLACES = ("阳泉市", "营口市", "资兴市", "绵阳市", "平定县", "利州区", "海城市", "安化县", "长治市", "内江市")


def paragraphs() -> list[str]:
    """The paragraphs of 60 to 900 characters of every text at hand, in order."""
    found = []
    for source in SOURCES:
        for path in sorted((ROOT / source).glob("*.txt")):
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [line.strip() for line in lines if 60 <= len(line.strip()) <= 900]
    return found


def page(number: int, drawn: Sequence[str]) -> str:
    """Page ``number``: a title, then drawn paragraphs, each figure of them changed a little."""
    dice = random.Random(number)
    place = dice.choice(PLACES)
    lines = [f"{place}人民政府关于深化医药卫生体制改革的实施方案（{number}）"]
    while sum(map(len, lines)) < LENGTH:
        lines.append(re.sub(r"\d{2,4}", lambda m: str(int(m[0]) + dice.randrange(9)), dice.choice(drawn)))
    return "\n".join(lines)[: LENGTH + 400]


def pages(count: int) -> Iterator[tuple[str, str]]:
    """``count`` pages with their names; equal calls give equal pages."""
    drawn = paragraphs()
    for number in range(count):
        yield f"page{number:07d}", page(number, drawn)


def write(folder: Path, count: int) -> Path:
    """Write a corpus of ``count`` pages into ``folder``; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(count):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
