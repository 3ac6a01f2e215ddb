"""Every regular expression of the package on its worst shapes: `python -m benchmarks.faults.patterns`.

The patterns are found, not listed: those that stand compiled in a module, at any depth of its tuples, maps
and dataclasses, and those written in a call of ``re``. Attacks are read off the pattern itself: what it begins
with, over and over, without what it ends with; and each of its repeated pieces, over and over.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from re import _constants as names  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import yigai
from yigai import deadline

CALLS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
ANCHORED = {"match", "fullmatch"}
SIZES = (65_536, 131_072)
LARGE = 2_097_152
#: Cost of twice the text over cost of the text; and what is too little to be measured, in seconds.
RATIO, NOTHING = 2.5, 0.02
#: Seconds after which an attack has succeeded.
PATIENCE = 5.0
AT_MOST = 40  # pieces that a repeat is unrolled to in a prefix


@dataclass(frozen=True)
class Found:
    """A pattern, the module it stands in, and whether it is tried at the beginning of a text alone."""

    module: str
    source: str
    flags: int
    anchored: bool = False

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, ready to search."""
        return re.compile(self.source, self.flags)


@dataclass(frozen=True)
class Slow:
    """A pattern, the piece that was repeated, and what it cost."""

    found: Found
    piece: str
    seconds: tuple[float, ...]


def patterns() -> list[Found]:
    """Every pattern of texts in the package."""
    found: dict[tuple[str, int], Found] = {}
    used = uses()
    for info in pkgutil.walk_packages(yigai.__path__, "yigai."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in compiled_in([value], 5):
                how = used.get(name, {"search"}) if isinstance(value, re.Pattern) else {"search"}
                add(found, Found(info.name, pattern.pattern, pattern.flags, how <= ANCHORED))
        for pattern, anchored in written_in(Path(str(module.__file__))):
            add(found, Found(info.name, pattern.pattern, pattern.flags, anchored))
    return sorted(found.values(), key=lambda one: (one.module, one.source))


def add(found: dict[tuple[str, int], Found], one: Found) -> None:
    """Keep a pattern once; searched somewhere, it counts as searched."""
    key = (one.source, one.flags)
    if isinstance(one.source, str) and (key not in found or found[key].anchored):
        found[key] = one


def uses() -> dict[str, set[str]]:
    """How each name is called anywhere in the package: ``DAY.search(…)`` gives DAY: {search}."""
    found: dict[str, set[str]] = {}
    for source in Path(yigai.__path__[0]).rglob("*.py"):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in CALLS and isinstance(node.value, (ast.Name, ast.Attribute)):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                found.setdefault(name, set()).add(node.attr)
        handed = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {
            func.value.id for func in called if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
        }
        for name in handed & {name for name in found if name.isupper()}:
            if name not in defined(tree):  # handed on to a function: how it is called there is not known
                found[name].add("search")
    return found


def defined(tree: ast.AST) -> set[str]:
    """The names a module assigns."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def compiled_in(values: Iterable[Any], depth: int) -> Iterator[re.Pattern[Any]]:
    """The patterns among values, and inside them."""
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif depth and isinstance(value, Mapping):
            yield from compiled_in([*value.keys(), *value.values()], depth - 1)
        elif depth and isinstance(value, (tuple, list, frozenset, set)) and len(value) < 5_000:
            yield from compiled_in(value, depth - 1)
        elif depth and is_dataclass(value) and not isinstance(value, type):
            yield from compiled_in([getattr(value, field.name, None) for field in fields(value)], depth - 1)


def written_in(source: Path) -> Iterator[tuple[re.Pattern[str], bool]]:
    """The patterns written as texts in calls of ``re``; f-strings with unknown parts are left out."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS and node.args:
            module, written = node.func.value, getattr(node.args[0], "value", None)
            if isinstance(module, ast.Name) and module.id == "re" and node.func.attr != "compile" and isinstance(written, str):
                yield re.compile(written, flags_of(node)), node.func.attr in ANCHORED


def flags_of(call: ast.Call) -> int:
    """The flags that a call of ``re`` names."""
    named = [node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)]
    return sum({int(getattr(re, name)) for name in named if isinstance(getattr(re, name, None), re.RegexFlag)})


def attacks(found: Found) -> list[str]:
    """The pieces to repeat: beginnings of what matches, and the repeated parts themselves."""
    tree = list(parser.parse(found.source, found.flags))
    pieces = []
    for length in range(1, len(tree) + 1):
        pieces += [sample(tree[:length], 1), sample(tree[:length], AT_MOST)]
    pieces += [sample(body, 1) for body in repeated(tree)]
    pieces += [piece + "\n" for piece in pieces[:4]]
    return list(dict.fromkeys(piece for piece in pieces if piece))


def repeated(tree: Iterable[Any]) -> Iterator[list[Any]]:
    """The bodies of the repeats in a parsed pattern, outer and inner."""
    for kind, value in tree:
        if kind in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
            yield list(value[2])
            yield from repeated(value[2])
        elif kind is names.SUBPATTERN:
            yield from repeated(value[3])
        elif kind is names.BRANCH:
            for branch in value[1]:
                yield from repeated(branch)
        elif kind in (names.ASSERT, names.ASSERT_NOT):
            yield from repeated(value[1])


def sample(tree: Iterable[Any], often: int) -> str:
    """A text that the parts of a pattern match, each repeat unrolled up to ``often`` times."""
    return "".join(one(kind, value, often) for kind, value in tree)


def one(kind: Any, value: Any, often: int) -> str:
    """A text that one part of a pattern matches."""
    if kind is names.LITERAL:
        return chr(value)
    if kind is names.NOT_LITERAL:
        return "医" if value != ord("医") else "改"
    if kind is names.ANY:
        return "医"
    if kind is names.IN:
        return member(value)
    if kind in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
        low, high, body = value
        return sample(body, 1) * min(max(low, often), int(high))
    if kind in (names.SUBPATTERN, names.ATOMIC_GROUP):
        return sample(value[3] if kind is names.SUBPATTERN else value, often)
    if kind is names.BRANCH:
        return sample(value[1][0], often)
    if kind is names.ASSERT and value[0] > 0:
        return sample(value[1], often)
    return ""


def member(choices: list[Any]) -> str:
    """A character of a class."""
    if choices[0][0] is names.NEGATE:
        return next(char for char in "医a1，<\n≈" if not any(holds(char, *choice) for choice in choices[1:]))
    kind, value = choices[0]
    if kind is names.LITERAL:
        return chr(value)
    if kind is names.RANGE:
        return chr(value[0])
    return next(char for char in "1 医，" if holds(char, kind, value))


def holds(char: str, kind: Any, value: Any) -> bool:
    """Tell whether one entry of a class holds a character."""
    if kind is names.LITERAL:
        return ord(char) == value
    if kind is names.RANGE:
        return value[0] <= ord(char) <= value[1]
    digit, space, word = char.isdigit(), char.isspace(), char.isalnum()
    return {
        names.CATEGORY_DIGIT: digit, names.CATEGORY_NOT_DIGIT: not digit, names.CATEGORY_SPACE: space,
        names.CATEGORY_NOT_SPACE: not space, names.CATEGORY_WORD: word, names.CATEGORY_NOT_WORD: not word,
    }[value]  # fmt: skip


def seconds(pattern: re.Pattern[str], text: str, anchored: bool) -> float:
    """The computing time of one pass over a text; PATIENCE where it takes longer."""
    begun = time.process_time()
    try:
        with deadline.after(PATIENCE):
            if anchored:
                pattern.match(text)
            else:
                deque(pattern.finditer(text), 0)
    except deadline.OutOfTime:
        return PATIENCE
    return time.process_time() - begun


def cost(found: Found, piece: str, sizes: Iterable[int]) -> tuple[float, ...]:
    """What texts of these sizes made of a piece cost, the better of two where it matters."""
    pattern = found.compiled
    costs = []
    for size in sizes:
        text = piece * (size // len(piece)) + "\x00"
        spent = seconds(pattern, text, found.anchored)
        costs.append(min(spent, seconds(pattern, text, found.anchored)) if NOTHING < spent < PATIENCE else spent)
        if spent >= PATIENCE:
            break
    return tuple(costs)


def is_slow(costs: tuple[float, ...]) -> bool:
    """Tell growth that is more than linear from noise."""
    pairs = pairwise(costs)
    return costs[-1] >= PATIENCE or any(after > NOTHING and after > RATIO * max(before, NOTHING / 4) for before, after in pairs)


def slow_ones(listed: Iterable[Found], sizes: tuple[int, ...] = SIZES) -> Iterator[Slow]:
    """The patterns on which an attack succeeds, with the worst one."""
    for found in listed:
        tried = [(cost(found, piece, sizes), piece) for piece in attacks(found)]
        bad = [(costs, piece) for costs, piece in tried if is_slow(costs) and is_slow(cost(found, piece, sizes))]
        if bad:
            costs, piece = max(bad, key=lambda pair: (len(pair[0]) < len(sizes), pair[0][-1]))
            yield Slow(found, piece, costs)


def main() -> None:
    """Attack every pattern; exit 1 if one is more than linear."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", action="store_true", help="up to 2 MB instead of 128 kB")
    sizes = tuple(2**n for n in range(16, 22)) if options.parse_args().large else SIZES
    listed = patterns()
    print(f"{len(listed)} patterns, texts of {sizes[0] // 1024} to {sizes[-1] // 1024} kB", flush=True)
    wrong = 0
    for slow in slow_ones(listed, sizes):
        wrong += 1
        costs = ", ".join(f"{spent:.2f}" for spent in slow.seconds)
        print(f"{slow.found.module}: {slow.found.source[:160]!r}\n    on {slow.piece[:60]!r}: {costs} s", flush=True)
    print(f"{wrong} of {len(listed)} patterns are more than linear")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
