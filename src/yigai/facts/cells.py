"""Cells: tables printed one cell a line, or one row a line with bars: name, unit, figures under the years of the head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from yigai.facts.comparators import sign
from yigai.facts.indicators import Amount, Indicator, Setting, judged
from yigai.facts.moments import Moment
from yigai.facts.naming import per_period
from yigai.facts.numerals import fold, worth
from yigai.facts.quantities import MYRIAD, UNIT

FIGURE = re.compile(rf"(?P<before>≥|≤|>=|<=|>|<|约|达到|不低于|不超过)?\s?(?P<number>\d{{1,9}}(?:,\d{{3}}){{0,3}}(?:\.\d{{1,4}})?)\s?(?P<unit>(?:{MYRIAD})?(?:{UNIT})|1?/10万)?(?P<after>以上|以下|以内|左右)?$")
UNIT_CELL = re.compile(rf"[((]?(?P<unit>(?:{MYRIAD})?(?:{UNIT})(?:/[\u4e00-\u9fff]{{1,3}})?|1?/10万)[))]?$")
YEAR_CELL = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?:末|底)?(?P<said>[\u4e00-\u9fff()]{0,8})$")
NAME_CELL = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z\d()、“”—-]{2,32}?)(?:\((?P<unit>[^()]{1,8})\))?$")
AIM = re.compile(r"目标|规划|预期|计划")
LONGEST = 34


@dataclass(frozen=True)
class Row:
    """What the cells read so far say of the next figure."""

    name: str = ""
    unit: str = ""
    column: int = 0
    years: list[tuple[str, bool]] = field(default_factory=list)


def is_cell(text: str) -> bool:
    """Whether a sentence is as short and unmarked as a cell.

    >>> is_cell("人均预期寿命"), is_cell("79.5"), is_cell("加强领导。")
    (True, True, False)
    """
    return 0 < len(text) <= LONGEST and not re.search(r"[。;:!?,]", text)


CELL = re.compile(r"[^|\t]{1,400}")


def cells(text: str) -> list[tuple[int, str]]:
    """The cells of a line with their places; the line itself where no bars divide it.

    >>> cells("床位数 | 张 | 7.0"), cells("床位数")
    ([(0, '床位数'), (6, '张'), (10, '7.0')], [(0, '床位数')])
    """
    found = ((match.start() + len(match[0]) - len(match[0].lstrip()), match[0].strip()) for match in CELL.finditer(text))
    return [(start, cell) for start, cell in found if cell]


def read_cells(rows: Sequence[tuple[dict[str, object], Setting]]) -> Iterator[tuple[int, Indicator]]:
    """The figures of tables flattened to lines, each with the position of its sentence."""
    state = Row()
    for position, (record, setting) in enumerate(rows):
        text = fold(str(record["text"]))
        for start, cell in cells(text):
            said = YEAR_CELL.match(cell) or (UNIT_CELL.match(cell) and not state.unit)
            figure = FIGURE.match(cell) if state.name and not said else None
            if figure:
                found = _figure(str(record["text"]), start, figure, state, setting)
                state = replace(state, column=state.column + 1)
                if found:
                    yield position, found
            else:
                state = after(cell, state)


def after(cell: str, state: Row) -> Row:
    """What is known after a cell that is no figure.

    >>> after("人均预期寿命", Row()).name, after("岁", Row("人均预期寿命")).unit, after("加强领导。", Row("人均预期寿命")).name
    ('人均预期寿命', '岁', '')
    """
    if not is_cell(cell):
        return Row()
    year, unit, name = YEAR_CELL.match(cell), UNIT_CELL.match(cell), NAME_CELL.match(cell)
    if year:
        known = [] if state.column else state.years
        return Row("", "", 0, [*known, (year["year"], AIM.search(year["said"]) is not None)])
    if unit and state.name:
        return Row(state.name, unit["unit"].removeprefix("1"), 0, state.years)
    if name and not cell.isdigit():
        head = UNIT_CELL.match(name["unit"] or "")
        return Row(name["name"], head["unit"].removeprefix("1") if head else "", 0, state.years)
    return Row("", "", 0, state.years)


def _figure(text: str, start: int, figure: re.Match[str], state: Row, setting: Setting) -> Indicator | None:
    unit = (figure["unit"] or state.unit).removeprefix("1")
    if not state.name or not unit:
        return None
    when, aimed = state.years[state.column] if state.column < len(state.years) else ("", False)
    last = len(state.years) > 1 and when == max(year for year, _ in state.years)
    moment = Moment(0, 0, when, when, "deadline" if aimed or last else "point") if when else None
    comparator = sign(figure["before"] or "", figure["after"] or "")
    amount = Amount(state.name, comparator, worth(figure["number"]), None, per_period(unit, state.name))
    span = (start + figure.start("number"), start + figure.end("number"))
    return judged(text, fold(text), span, moment, setting, amount)
