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
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
import pandas as pd

PIECE, BANDS, ROWS_A_BAND, SAMPLE, AGREEING = 7, 16, 4, 16, 3
SAME, HELD, FULL, SHORT = 0.8, 0.9, 0.95, 60
COLUMNS = {"position": "int64", "group": "int64", "kept": "bool", "similarity": "float64"}
PiecesOf = Callable[[int], np.ndarray]


def reposts(texts: Sequence[str]) -> pd.DataFrame:
    """Give the pages that repeat another: position, group, kept, similarity to the page kept.

    >>> page = "为深化医药卫生体制改革,建立健全分级诊疗制度,结合我市实际,制定本方案。" * 3
    >>> reposts([page, "另一篇完全不同的文章。" * 9, "转载:" + page])[["position", "kept"]].values.tolist()
    [[0, True], [2, False]]
    """
    plain = [re.sub(r"[\W_]{1,10000}", "", text) for text in texts]
    pieces_of = lru_cache(maxsize=512)(lambda position: pieces(plain[position]))
    parent = list(range(len(texts)))
    for one, other in candidates(plain):
        low, high = root(parent, one), root(parent, other)
        if low != high and alike(plain[one], plain[other], pieces_of(one), pieces_of(other))[0]:
            parent[max(low, high)] = min(low, high)
    groups: dict[int, list[int]] = {}
    for position in range(len(texts)):
        groups.setdefault(root(parent, position), []).append(position)
    repeated = [members for members in groups.values() if len(members) > 1]
    rows = [
        row
        for number, members in enumerate(repeated, 1)
        for row in group_rows(number, members, plain, pieces_of)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def pieces(text: str) -> np.ndarray:
    """Hash the overlapping pieces of a text, each once, in order of the hash."""
    if len(text) < PIECE:
        return np.array([zlib.crc32(text.encode())] if text else [], dtype=np.uint64)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
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


def candidates(plain: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair each text with the first one that shares a band of its signature or three of its least pieces.

    The least pieces (a bottom-k sketch) also find a cut-off copy, whose signature differs.
    """
    seen: dict[int, int] = {}
    for position, text in enumerate(plain):
        if not text:
            continue
        strong, weak = keys_of(text)
        partners = {seen[key] for key in strong if key in seen}
        common = Counter(seen[key] for key in weak if key in seen)
        partners |= {partner for partner, count in common.items() if count >= AGREEING}
        yield from ((partner, position) for partner in sorted(partners))
        for key in (*strong, *weak):
            seen.setdefault(key, position)


def keys_of(text: str) -> tuple[list[int], list[int]]:
    """Give what proves likeness at once, the text and the bands of its signature, and what does so only in number."""
    strong, weak = [named(b"whole", text.encode())], []
    if len(text) >= SHORT:
        found = pieces(text)
        signed = signature(found).reshape(BANDS, ROWS_A_BAND)
        strong += [named(b"band%d" % number, band.tobytes()) for number, band in enumerate(signed)]
        weak = [named(b"piece", int(value).to_bytes(8, "little")) for value in found[:SAMPLE]]
    return strong, weak


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
