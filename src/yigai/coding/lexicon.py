"""The codebook compiled: one automaton for every word, and frames of word classes.

A cue is a word (``总医院``) or a frame: word classes in order with the largest gap between
them, all inside one clause. ``建设|新建 ~14 医院|中心`` reads: one of the verbs, then within
fourteen characters one of the nouns. ``<build>`` names a class of the codebook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import ahocorasick

from yigai.coding.codebook import Codebook, codebook

STRONG, WEAK = 2, 1  # a code fires at 2: one strong cue, or two different weak ones
MASK = 0
_GAP = re.compile(r" ~(\d+)(\+?) ")


@dataclass(frozen=True)
class Frame:
    """A sequence of word classes: `classes` in order, at most `gaps` characters between them."""

    target: str
    weight: int
    cue: str
    classes: tuple[str, ...]
    gaps: tuple[int, ...]
    crosses: tuple[bool, ...]
    needs: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """What the scanner needs: the automaton, frames by the class they end in, and roles by word."""

    automaton: ahocorasick.Automaton  # word -> (length, roles, classes)
    frames: dict[str, dict[str, tuple[Frame, ...]]]  # by the last and the first class of the frame


def is_frame(cue: str) -> bool:
    """Whether a cue is a frame of word classes and not one word.

    >>> is_frame("建设 ~8 医院"), is_frame("总医院")
    (True, False)
    """
    return " ~" in cue or cue.startswith("#")


def frame(target: str, weight: int, cue: str) -> Frame:
    """A frame from its notation in the codebook.

    >>> frame("CAP", STRONG, "建设|新建 ~14 <facility>").classes
    ('建设|新建', '<facility>')
    """
    pieces = _GAP.split(cue)
    return Frame(
        target, weight, cue,
        tuple(pieces[::3]),
        tuple(int(gap) for gap in pieces[1::3]),
        tuple(bool(mark) for mark in pieces[2::3]),
        frozenset(pieces[::3]),
    )  # fmt: skip


def _targets(book: Codebook) -> list[tuple[str, int, str]]:
    """Every (code, weight, cue) of the codebook, masks included."""
    rows: list[tuple[str, int, str]] = []
    for dimension in book.dimensions:
        rows += [(dimension.key, MASK, cue) for cue in dimension.mask]
        for code in dimension.codes:
            rows += [(dimension.key, STRONG, cue) for cue in code.strong]
            rows += [(dimension.key, WEAK, cue) for cue in code.weak]
    for instrument in book.instruments:
        rows += [(instrument.key, MASK, cue) for cue in instrument.mask]
        rows += [(instrument.key, STRONG, cue) for cue in instrument.cues]
    for status in book.statuses:
        rows += [(status.key, MASK, cue) for cue in status.mask]
        rows += [(status.key, STRONG, cue) for cue in status.strong]
        rows += [(status.key, WEAK, cue) for cue in status.weak]
        rows += [("told", STRONG, cue) for cue in status.told]
    for step in book.tightness:
        rows += [(f"tight{step['step']}", STRONG, cue) for cue in step["cues"]]
        rows += [(f"tight{step['step']}", MASK, cue) for cue in step.get("mask", ())]
    rows += [("hedge", STRONG, cue) for cue in book.hedges]
    rows += [("hedge", MASK, cue) for cue in book.hedge_mask]
    return rows


def _expand(part: str, book: Codebook) -> tuple[str, ...]:
    """The words of a cue or class part: alternatives split, named classes filled in."""
    words: list[str] = []
    for item in part.split("|"):
        if item.startswith("<"):
            for entry in book.classes[item[1:-1]]:
                words += _expand(entry, book)
        elif not item.startswith("#"):  # figures (#money) are found by the scanner
            words.append(item)
    return tuple(words)


def compile_lexicon(book: Codebook) -> Lexicon:
    """The lexicon of a codebook; a class that does not exist is an error here, not a silent miss."""
    roles: dict[str, list[tuple[str, int]]] = {}
    members: dict[str, list[str]] = {}
    frames: dict[str, dict[str, tuple[Frame, ...]]] = {}
    seen: set[str] = set()
    for target, weight, cue in _targets(book):
        if not is_frame(cue):
            for word in _expand(cue, book):
                roles.setdefault(word, []).append((target, weight))
            continue
        made = frame(target, weight, cue)
        ending = frames.setdefault(made.classes[-1], {})
        ending[made.classes[0]] = (*ending.get(made.classes[0], ()), made)
        for part in made.classes:
            if part not in seen:
                seen.add(part)
                for word in _expand(part, book):
                    members.setdefault(word, []).append(part)
    return Lexicon(_automaton(roles, members), frames)


def _automaton(
    roles: dict[str, list[tuple[str, int]]], members: dict[str, list[str]]
) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in sorted({*roles, *members}):
        played = tuple((target, weight, word) for target, weight in dict.fromkeys(roles.get(word, ())))
        automaton.add_word(word, (len(word), played, tuple(members.get(word, ()))))
    automaton.make_automaton()
    return automaton


@cache
def lexicon() -> Lexicon:
    """The lexicon of the shipped codebook, compiled once."""
    return compile_lexicon(codebook())


@cache
def weights() -> dict[tuple[str, str], int]:
    """Weight of every (code, cue) of the shipped codebook, single words spelt out."""
    book = codebook()
    return {
        (target, word): weight
        for target, weight, cue in _targets(book)
        for word in ((cue,) if is_frame(cue) else _expand(cue, book))
    }
