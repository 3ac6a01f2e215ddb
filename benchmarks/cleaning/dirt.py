"""Each kind of dirt by its real mechanism (CLEANING: the five seeds and pages like them)."""

import re
from functools import cache
from random import Random

import opencc
from pypinyin import Style, pinyin

from benchmarks.cleaning import slip_dirt
from benchmarks.cleaning.cells import Cell, Page, inserted, lines, merged, replaced, touched

FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# A naive table has one traditional form a character; the ambiguous ones stay as they are.
S2T = opencc.OpenCC("s2t")
AMBIGUOUS = frozenset("后云布范于制斗采并么里系台干面松谷余只冲志表才丑向朱升吁回出几千刮划卷姜家折")


@cache
def traditional_form(char: str) -> str:
    """Return the one form of a naive table.

    >>> [traditional_form(c) for c in "专后医"]
    ['專', '后', '醫']
    """
    if char in AMBIGUOUS or not "一" <= char <= "龥":
        return char
    form = S2T.convert(char)
    return form if len(form) == 1 and form.encode("gbk", "ignore") else char


def fold_width(cells: Page, rng: Random) -> Page:
    """Fold U+FF01-FF5E and U+3000 to ASCII, and nothing else: it was not NFKC."""
    return tuple(touched(cell, cell.dirty.translate(FOLD), "width") for cell in cells)


def write_traditional(cells: Page, rng: Random) -> Page:
    """Convert character by character."""
    return tuple(
        touched(c, "".join(traditional_form(x) for x in c.dirty), "script" if len(c.dirty) == 1 else c.kinds[0])
        for c in cells
    )


def note_pinyin(cells: Page, rng: Random) -> Page:
    """Annotate some of the converted characters, each always or never."""
    converted = sorted({cell.dirty for cell in cells if cell.kinds == ("script",)})
    noted = {char: reading(char) for char in converted if rng.random() < 0.45}
    return tuple(
        touched(c, f"{c.dirty}({noted[c.dirty]})", "pinyin") if c.kinds == ("script",) and c.dirty in noted else c
        for c in cells
    )


@cache
def reading(char: str) -> str:
    """Return the first reading of a character with its tone mark."""
    return pinyin(char, style=Style.TONE)[0][0]


def slip_bytes(cells: Page, rng: Random) -> Page:
    """Cut the GBK bytes of some lines at a mark found across a character border."""
    return slip_lines(cells, rng, share=0.6, most=4)


def slip_everywhere(cells: Page, rng: Random) -> Page:
    """Cut the GBK bytes of every line that offers a border."""
    return slip_lines(cells, rng, share=1.0, most=40)


def slip_lines(cells: Page, rng: Random, *, share: float, most: int) -> Page:
    """Cut a share of the lines once each."""
    out: list[Cell] = []
    left = most
    for line in lines(cells):
        slipped = slip_line(line, rng) if left and rng.random() < share else None
        left -= slipped is not None
        out += slipped or line
    return tuple(out)


def slip_line(line: Page, rng: Random) -> Page | None:
    """Return the line with one cut, or nothing when no border offers one."""
    looks = [cell.dirty.rstrip("\n") for cell in line]
    text = "".join(looks)
    if not text or not all(char.encode("gbk", "ignore") for char in text):
        return None
    places = [p for p in slip_dirt.borders(text) if p[1] in slip_dirt.MARKS[:3]]
    if not places:
        return None
    damaged = slip_dirt.slip(text, *rng.choice(places))
    head = common(looks, damaged)
    tail = common([look[::-1] for look in reversed(looks[head:])], damaged[len("".join(looks[:head])) :][::-1])
    stop = len(line) - tail
    middle = damaged[len("".join(looks[:head])) : len(damaged) - len("".join(looks[stop:]))]
    if not 0 < stop - head <= 24:
        return None
    return (*line[:head], merged(line[head:stop], middle, "slip"), *line[stop:])


def common(looks: list[str], text: str) -> int:
    """Return how many cells a text starts with."""
    at = count = 0
    for look in looks:
        if not text.startswith(look, at):
            break
        at += len(look)
        count += 1
    return count


def swap_words(cells: Page, rng: Random) -> Page:
    """Apply an advertising-law filter: 第一 and 最 are forbidden words."""
    return replaced(replaced(cells, "第一", "头部", "swap"), "最", "蕞", "swap")


def lose_years(cells: Page, rng: Random) -> Page:
    """Drop every 年 between a year and a month."""
    text = "".join(cell.dirty if len(cell.dirty) == 1 else "\0" for cell in cells)
    out: list[Cell] = []
    at = 0
    for m in re.finditer(r"\d{4}年(?=\d{1,2}月)", text):
        out += cells[at : m.start()]
        out.append(merged(cells[m.start() : m.end()], m[0][:-1], "year"))
        at = m.end()
    return (*out, *cells[at:])


def damage_quotes(cells: Page, rng: Random) -> Page:
    """Turn one mark of a pair into its twin or into an ASCII quote."""
    ends = [i for i, cell in enumerate(cells) if cell.dirty == "”" == cell.clean]
    chosen = {i: rng.choice(("“", '"')) for i in rng.sample(ends, min(2, len(ends)))}
    return tuple(touched(c, chosen[i], "quotes") if i in chosen else c for i, c in enumerate(cells))


def double_marks(cells: Page, rng: Random) -> Page:
    """Print a comma twice, or a comma before the full stop."""
    marks = [i for i, cell in enumerate(cells) if cell.dirty == cell.clean and cell.clean in ("，", "。")]
    chosen = set(rng.sample(marks, min(3, len(marks))))
    return tuple(touched(c, "，" + c.dirty, "doubled") if i in chosen else c for i, c in enumerate(cells))


def indent(cells: Page, rng: Random) -> Page:
    """Put indents and blank lines of various makes between paragraphs."""
    out: list[Cell] = []
    for line in lines(cells):
        out.append(inserted(rng.choice(("　　", "\u00a0\u00a0", "    ", "\t", "")), "layout"))
        out += line
        out.append(inserted(rng.choice(("\n", " \n", "\u00a0\n\n", "")), "layout"))
    return tuple(cell for cell in out if cell.clean or cell.dirty)


def fill_slots(cells: Page, name: str, brand: str) -> Page:
    """Overwrite a place name by an injected brand, wherever the rule matched its string."""
    return replaced(cells, name, brand, "place")
