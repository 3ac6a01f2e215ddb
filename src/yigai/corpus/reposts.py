"""Pages that repeat another page (转载): groups of near duplicates, one kept in each.

Policy, fixed and tested: the page kept is the fullest one; among pages that hold at least 95 % of the
characters of the fullest, the first in order (callers pass pages in the order of their names). Two pages
repeat each other when at least 80 % of their 7-character pieces are the same, or when one page holds at
least 90 % of the other's (a cut-off or framed copy). Texts below 60 characters repeat only when equal.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

PIECE, BANDS, ROWS_A_BAND, SAMPLE, AGREEING = 7, 16, 4, 16, 3
SAME, HELD, FULL, SHORT = 0.8, 0.9, 0.95, 60
COLUMNS = {"position": "int64", "group": "int64", "kept": "bool", "similarity": "float64"}
#: One piece in so many is in the sketch, and from so many pieces on a sketch is believed.
SKETCHED, ENOUGH = np.uint64(64), 24
Keys = npt.NDArray[np.uint64]
PiecesOf = Callable[[int], np.ndarray]


def reposts(texts: Sequence[str], prints: Sequence[bytes] = ()) -> pd.DataFrame:
    """Give the pages that repeat another: position, group, kept, similarity to the page kept.

    ``prints`` are the fingerprints of the texts where they are known already (see :func:`fingerprint`);
    with them only texts that may repeat another are looked at.

    >>> page = "为深化医药卫生体制改革,建立健全分级诊疗制度,结合我市实际,制定本方案。" * 3
    >>> reposts([page, "另一篇完全不同的文章。" * 9, "转载:" + page])[["position", "kept"]].values.tolist()
    [[0, True], [2, False]]
    """
    known = [Print.of(one) for one in (prints or map(fingerprint, texts))]
    plain = _Plain(texts)
    pieces_of = lru_cache(maxsize=512)(lambda position: pieces(plain[position]))
    parent = list(range(len(known)))
    for one, other in candidates(known):
        low, high = root(parent, one), root(parent, other)
        if low == high or not may_repeat(known[one].sketch, known[other].sketch):
            continue
        if alike(plain[one], plain[other], pieces_of(one), pieces_of(other))[0]:
            parent[max(low, high)] = min(low, high)
    groups: dict[int, list[int]] = {}
    for position in range(len(known)):
        groups.setdefault(root(parent, position), []).append(position)
    repeated = [members for members in groups.values() if len(members) > 1]
    rows = [
        row
        for number, members in enumerate(repeated, 1)
        for row in group_rows(number, members, plain, pieces_of)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


class _Plain(Sequence[str]):
    """The texts without marks and spaces, each made when it is looked at, the last ones kept."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._made = lru_cache(maxsize=512)(lambda position: bare(texts[position]))

    def __getitem__(self, position: int) -> str:  # type: ignore[override]
        return self._made(position)

    def __len__(self) -> int:
        return len(self._texts)


def bare(text: str) -> str:
    """Leave the letters, signs and figures of a text: marks and spaces differ from site to site."""
    return re.sub(r"[\W_]{1,10000}", "", text)


class Print(NamedTuple):
    """What is compared of a page before its text is: see :func:`fingerprint`."""

    strong: Keys
    weak: Keys
    sketch: Keys

    @classmethod
    def of(cls, kept: bytes) -> Print:
        """Read a fingerprint back from its bytes."""
        if not kept:
            return cls(*([np.empty(0, np.uint64)] * 3))
        numbers = np.frombuffer(kept, np.uint64)
        strong, weak = int(numbers[0]), int(numbers[1])
        return cls(*np.split(numbers[2:], [strong, strong + weak]))


def fingerprint(text: str) -> bytes:
    """Give the fingerprint of a text: what proves likeness at once, what does so in number, and a sketch.

    The text itself and the bands of its signature; its least pieces, which also find a cut-off copy,
    whose signature differs; the pieces whose hash ends in six zero bits, a fair sample of all of them.
    """
    plain = bare(text)
    if not plain:
        return b""
    strong, weak, sketch = [named(b"whole", plain.encode("utf-8", "surrogatepass"))], [], np.empty(0, np.uint64)
    if len(plain) >= SHORT:
        found = pieces(plain)
        signed = signature(found).reshape(BANDS, ROWS_A_BAND)
        strong += [named(b"band%d" % number, band.tobytes()) for number, band in enumerate(signed)]
        weak = [named(b"piece", int(value).to_bytes(8, "little")) for value in found[:SAMPLE]]
        sketch = found[found % SKETCHED == 0]
    head = np.array([len(strong), len(weak), *strong, *weak], np.uint64)
    return head.tobytes() + sketch.tobytes()


def may_repeat(one: Keys, other: Keys) -> bool:
    """Whether two pages may be alike, by their sketches: no where these share less than half.

    Pages that repeat share at least 0.8 of the smaller one's pieces; that a sketch of ENOUGH pieces
    then shows less than half has a chance below one in a million.
    """
    if min(len(one), len(other)) < ENOUGH:
        return True
    return 2 * len(np.intersect1d(one, other, assume_unique=True)) >= min(len(one), len(other))


def pieces(text: str) -> np.ndarray:
    """Hash the overlapping pieces of a text, each once, in order of the hash."""
    if len(text) < PIECE:
        return np.array([zlib.crc32(text.encode("utf-8", "surrogatepass"))] if text else [], dtype=np.uint64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    hashed = np.zeros(len(codes) - PIECE + 1, dtype=np.uint64)
    for offset in range(PIECE):
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + codes[
            offset : len(codes) - PIECE + 1 + offset
        ] * np.uint64(0xC2B2AE3D27D4EB4F)
        hashed ^= hashed >> np.uint64(29)
    return np.unique(hashed)


@cache
def seeds() -> np.ndarray:
    """Give the odd multipliers of the hash functions, the same in every process."""
    drawn = np.random.default_rng(0).integers(
        1, 2**63, size=(BANDS * ROWS_A_BAND, 1), dtype=np.uint64
    )
    return drawn | np.uint64(1)


def signature(found: np.ndarray) -> np.ndarray:
    """Give the MinHash signature (Broder 1997): the least value under each of 64 hash functions."""
    return ((found[None, :] * seeds()) >> np.uint64(11)).min(axis=1)


def candidates(known: Sequence[Print]) -> Iterator[tuple[int, int]]:
    """Pair each text with the first one that shares a band of its signature or three of its least pieces."""
    pairs = [_firsts([one.strong for one in known], 1), _firsts([one.weak for one in known], AGREEING)]
    found = np.unique(np.concatenate(pairs), axis=0)
    yield from ((int(partner), int(position)) for position, partner in found)


def _firsts(keys: Sequence[Keys], least: int) -> np.ndarray:
    """Rows of (position, partner): the partner is the first to hold ``least`` keys of the text at the position."""
    positions = np.repeat(np.arange(len(keys)), [len(one) for one in keys])
    _, first, place = np.unique(np.concatenate([np.empty(0, np.uint64), *keys]), return_index=True, return_inverse=True)
    partners = positions[first][place.ravel()] if len(positions) else positions
    pairs = np.column_stack([positions, partners])[partners < positions]
    found, times = np.unique(pairs, axis=0, return_counts=True)
    return found[times >= least]


def named(kind: bytes, value: bytes) -> int:
    """Give a key of 64 bits, the same in every process."""
    return int.from_bytes(hashlib.blake2b(value, digest_size=8, person=kind).digest(), "little")


def root(parent: list[int], position: int) -> int:
    """Find the first member of a group, shortening the way."""
    while parent[position] != position:
        parent[position] = parent[parent[position]]
        position = parent[position]
    return position


def alike(one: str, other: str, first: np.ndarray, second: np.ndarray) -> tuple[bool, float]:
    """Compare two texts by their pieces: Jaccard similarity, or how much of the shorter the longer holds."""
    if one == other:
        return True, 1.0
    if min(len(one), len(other)) < SHORT:
        return False, 0.0
    shared = len(np.intersect1d(first, second, assume_unique=True))
    jaccard = shared / (len(first) + len(second) - shared)
    held = shared / min(len(first), len(second))
    return jaccard >= SAME or held >= HELD, round(max(jaccard, held if held >= HELD else 0.0), 6)


def group_rows(
    number: int, members: list[int], plain: Sequence[str], pieces_of: PiecesOf
) -> Iterator[tuple[int, int, bool, float]]:
    """Write a group: the page kept and how far each other page is the same."""
    longest = max(len(plain[position]) for position in members)
    keeper = next(position for position in members if len(plain[position]) >= FULL * longest)
    for position in members:
        similarity = alike(plain[keeper], plain[position], pieces_of(keeper), pieces_of(position))[
            1
        ]
        yield position, number, position == keeper, 1.0 if position == keeper else similarity
