"""A page under the hand of the dirt: cells that know what they were, what they look like now, and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Cell:
    """A stretch of text: what stood there, what is shown, and the kinds of dirt that touched it."""

    clean: str
    dirty: str
    kinds: tuple[str, ...] = ()


Page = tuple[Cell, ...]
Dirt = Callable[[Page, Random], Page]


@dataclass(frozen=True)
class TrueEdit:
    """One difference between the page and the text, with offsets in both."""

    kind: str
    start: int
    end: int
    clean_start: int
    clean_end: int
    before: str
    after: str


def page(text: str) -> Page:
    """Return an untouched page, a cell for each sign.

    >>> shown(page("医保")), meant(page("医保"))
    ('医保', '医保')
    """
    return tuple(Cell(char, char) for char in text)


def shown(cells: Page) -> str:
    """Return the page as a crawler finds it."""
    return "".join(cell.dirty for cell in cells)


def meant(cells: Page) -> str:
    """Return the text as it was written."""
    return "".join(cell.clean for cell in cells)


def touched(cell: Cell, dirty: str, kind: str) -> Cell:
    """Return the cell with a new look; untouched when nothing changed."""
    if dirty == cell.dirty:
        return cell
    kinds = cell.kinds if kind in cell.kinds else (*cell.kinds, kind)
    return replace(cell, dirty=dirty, kinds=kinds)


def merged(cells: Page, dirty: str, kind: str) -> Cell:
    """Return several cells as one."""
    return Cell(meant(cells), dirty, (kind,))


def inserted(text: str, kind: str) -> Cell:
    """Return a cell of text that never belonged to the document."""
    return Cell("", text, (kind,))


def lines(cells: Page) -> Iterator[Page]:
    """Yield the cells of each line, its newline last."""
    line: list[Cell] = []
    for cell in cells:
        line.append(cell)
        if cell.dirty.endswith("\n"):
            yield tuple(line)
            line = []
    if line:
        yield tuple(line)


def replaced(cells: Page, word: str, look: str, kind: str) -> Page:
    """Return the page with every occurrence of a word shown as another.

    >>> shown(replaced(page("第一医院"), "第一", "头部", "swap"))
    '头部医院'
    """
    text = "".join(cell.dirty if len(cell.dirty) == 1 else "\0" for cell in cells)
    out: list[Cell] = []
    at = 0
    while (found := text.find(word, at)) >= 0:
        out += cells[at:found]
        out.append(merged(cells[found : found + len(word)], look, kind))
        at = found + len(word)
    return (*out, *cells[at:])


def edits(cells: Page) -> list[TrueEdit]:
    """Return the true edits of a page, one for each cell and kind."""
    found: list[TrueEdit] = []
    at = clean_at = 0
    for cell in cells:
        for kind in cell.kinds:
            found.append(
                TrueEdit(kind, at, at + len(cell.dirty), clean_at, clean_at + len(cell.clean), cell.dirty, cell.clean)
            )
        at += len(cell.dirty)
        clean_at += len(cell.clean)
    return found
