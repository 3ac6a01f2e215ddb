"""What no page shows: private names and telephone numbers, by one decision for a page and all its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import pandas as pd

#: A shorter run of digits is a piece of a number, which also stands in years.
WHOLE_NUMBER = 7
#: Up to so many names each is looked for; more are looked up by their first two characters.
FEW = 60
#: Columns that join tables, and official numbers: never masked.
KEPT = ("doc", "file", "sha256", "adcode", "doc_no")


@dataclass(frozen=True)
class Names:
    """What was masked somewhere, with what stands in its place, longest first."""

    words: Mapping[str, str]

    def masked(self, text: str) -> str:
        """The text with each of the names masked.

        >>> Names({"何庆光": "何××"}).masked("记者何庆光")
        '记者何××'
        """
        for name in self.words if len(self.words) <= FEW else self._starting_in(text):
            if name in text:
                text = text.replace(name, self.words[name])
        return text

    def _starting_in(self, text: str) -> list[str]:
        pairs = {text[at : at + 2] for at in range(len(text) - 1)}
        found = [name for pair in pairs & self._heads.keys() for name in self._heads[pair]]
        return sorted(found, key=lambda name: (-len(name), name))

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        heads: dict[str, list[str]] = {}
        for name in self.words:
            heads.setdefault(name[:2], []).append(name)
        return heads


NOBODY = Names({})


def joined(found: Iterable[Names]) -> Names:
    """All names of several pages."""
    words: dict[str, str] = {}
    for names in found:
        words |= names.words
    return ordered(words)


def ordered(words: Mapping[str, str]) -> Names:
    """Names with the longest first, so that a longer one is not cut by a shorter one."""
    return Names(dict(sorted(words.items(), key=lambda pair: (-len(pair[0]), pair[0]))))


def unkept(text: str) -> str:
    """A whole page masked, of the same length; not remembered, since no page comes twice."""
    from yigai import privacy

    return privacy.mask(text) if len(text) > 1 else text


@lru_cache(maxsize=100_000)
def mask(text: str) -> str:
    """The text of a cell masked by itself, of the same length."""
    return unkept(text)


def spans(text: str, masked: str) -> list[tuple[int, int]]:
    """Where a masked text differs.

    >>> spans("找何庆光说", "找何××说")
    [(2, 4)]
    """
    if text == masked or len(text) != len(masked):
        return []
    spots = [at for at, (a, b) in enumerate(zip(text, masked, strict=True)) if a != b]
    edges = [0, *(at for at, (a, b) in enumerate(pairwise(spots), 1) if b != a + 1), len(spots)]
    return [(spots[first], spots[last - 1] + 1) for first, last in pairwise(edges)]


def names(clean: str, masked: str) -> Names:
    """What was masked, with the character before it, to find the same words in other texts."""
    found = {}
    for start, end in spans(clean, masked):
        while end < len(clean) and clean[end - 1].isdigit() and clean[end].isdigit():
            end += 1
        while start > 0 and clean[start].isdigit() and clean[start - 1].isdigit():
            start -= 1
        if not clean[start].isdigit() and start > 0 and clean[start - 1].isalpha():
            start -= 1
        piece = clean[start:end]
        # The 021 of a number printed as 400 0123 021 (seed 003) also stands in 2021: pieces are no numbers.
        if len(piece) > 1 and not (piece.isdigit() and len(piece) < WHOLE_NUMBER):
            found[piece] = masked[start:end]
    return ordered(found)


def mapped(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """A table with each different text changed once."""
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name].dtype)]
    columns: dict[str, pd.Series] = {}
    for name in map(str, texts):
        values = table[name].tolist()
        known = {value: change(value) for value in dict.fromkeys(values) if isinstance(value, str)}
        if any(value != changed for value, changed in known.items()):
            new = [known.get(value, value) if isinstance(value, str) else value for value in values]
            columns[name] = pd.Series(new, index=table.index, dtype=table[name].dtype)
    return table.assign(**columns)


def table(given: pd.DataFrame, of_doc: Mapping[Any, Names], everyone: Names) -> pd.DataFrame:
    """A table whose texts are masked: each by itself, then by the names of its page, or of all pages."""
    kept = given[[column for column in KEPT if column in given]]
    masked = mapped(given.drop(columns=kept.columns), mask)
    renamed = _by_page(masked, given["doc"], of_doc) if "doc" in given else mapped(masked, everyone.masked)
    return renamed.assign(**{str(column): kept[column] for column in kept})[list(given.columns)]


def _by_page(given: pd.DataFrame, docs: pd.Series, of_doc: Mapping[Any, Names]) -> pd.DataFrame:
    known = (of_doc.get(doc, NOBODY) for doc in docs)
    naming = [found if found.words else None for found in known]
    inside = [at for at, found in enumerate(naming) if found]
    columns = {}
    for name in given:
        values = given[name].tolist()
        for at in inside:
            here = naming[at]
            if here and isinstance(values[at], str):
                values[at] = here.masked(values[at])
        columns[str(name)] = pd.Series(values, index=given.index, dtype=given[name].dtype)
    return given.assign(**columns)
