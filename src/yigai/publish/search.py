"""The search index: bigrams of every sentence, cut into small scripts that a page loads as it needs.

Pagefind was considered and left out: it loads modules and WebAssembly over HTTP, so
it finds nothing when the site is opened from a disk; it returns pages, where a reader wants the
sentence; and its WebAssembly asks for a weaker content security policy. A bigram of characters
needs no dictionary: 医共体 is found as 医共 and 共体 in one sentence, then checked in its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Sentences in one text shard, and postings in one bigram shard (about 30 kB each).
SENTENCES_A_SHARD = 200
POSTINGS_A_SHARD = 12_000
FOLDER = "assets/search"


@dataclass(frozen=True)
class Entry:
    """One sentence to find: its words, the number of its document, and its anchor."""

    text: str
    document: int
    href: str


def normal(text: str) -> str:
    """``text`` as it is compared: lower case, half-width, without white space.

    >>> normal("DRG 付费，2025")
    'drg付费,2025'
    """
    folded = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return "".join(folded.lower().split())


def bigrams(text: str) -> list[str]:
    """The different pairs of neighbouring characters of a normal text, in order.

    >>> bigrams("医共体")
    ['医共', '共体']
    """
    return list(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def shard_of(pair: str, shards: int) -> int:
    """The shard that holds a bigram; the page computes the same from UTF-16 units."""
    units = pair.encode("utf-16-le", "surrogatepass")
    value = 0
    for at in range(0, len(units), 2):
        value = (value * 31 + units[at] + 256 * units[at + 1]) % 65521
    return value % shards


def scripts(entries: Sequence[Entry], documents: Sequence[tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    """The scripts of the index by path: ``m.js`` (what there is), ``t<n>.js`` (texts), ``b<n>.js`` (bigrams)."""
    postings: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for pair in bigrams(normal(entry.text)):
            postings.setdefault(pair, []).append(number)
    total = sum(map(len, postings.values()))
    shards = max(1, -(-total // POSTINGS_A_SHARD))
    yield f"{FOLDER}/m.js", _script("m", {"n": len(entries), "a": SENTENCES_A_SHARD, "b": shards, "d": documents})
    for at in range(0, len(entries), SENTENCES_A_SHARD):
        part = [(entry.text, entry.document, entry.href) for entry in entries[at : at + SENTENCES_A_SHARD]]
        yield f"{FOLDER}/t{at // SENTENCES_A_SHARD}.js", _script(f"t{at // SENTENCES_A_SHARD}", part)
    boxes: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for pair in sorted(postings):
        boxes[shard_of(pair, shards)][pair] = _steps(postings[pair])
    for number, box in enumerate(boxes):
        yield f"{FOLDER}/b{number}.js", _script(f"b{number}", box)


def _steps(numbers: Sequence[int]) -> list[int]:
    """Ascending numbers as the first and the differences, which are shorter to write.

    >>> _steps([3, 5, 6])
    [3, 2, 1]
    """
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


def _script(name: str, value: object) -> str:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'yigai.take("{name}",{data});\n'
