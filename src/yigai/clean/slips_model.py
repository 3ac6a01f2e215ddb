"""Character model of official Chinese: how likely is this character after those three?

The table holds character n-grams (orders 1 to 4) counted on local regulations, government work
reports, the seed pages and jieba's dictionary, smoothed by discounting (Chen and Goodman 1999). It is built by
``benchmarks/cleaning/train_char_model.py``; only derived counts are shipped.
"""

import itertools
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

ORDER = 4
BITS = 13  # 8,191 symbols: every character met, and one for all others
SCALE = 12.0  # a quantised step is 1/12 nat
UNKNOWN = 0
OWN = 0.15  # weight of the document's own n-grams
DIGIT, LATIN, NEWLINE = "0", "a", "\n"
# Marks the pages fold to ASCII; the model knows them by their official width.
WIDE = str.maketrans(",;:?!()", "，；：？！（）")


Scorer = Callable[[int], float]


@dataclass(frozen=True, eq=False)
class CharModel:
    """Symbols, smoothed log probabilities and back-off weights of the n-grams."""

    symbols: dict[str, int]
    logp: dict[int, float]
    backoff: dict[int, float]
    simplified: dict[int, int]
    simplified_only: frozenset[str]
    known: dict[str, int]

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the symbols of `text`: simplified script, full-width marks, digits and Latin as classes."""
        return tuple(self.symbol(char) for char in text)

    def symbol(self, char: str) -> int:
        """Return the symbol of one character, `UNKNOWN` when the table never met it."""
        found = self.known.get(char)
        if found is None:
            found = self.symbols.get(classed(char.translate(self.simplified)), UNKNOWN)
            self.known[char] = found
        return found

    def contexts(self, history: tuple[int, ...]) -> tuple[tuple[int, float], ...]:
        """Return the packed contexts of a history, longest first, with what backing off to each costs."""
        found = []
        penalty = 0.0
        for cut in range(max(0, len(history) - ORDER + 1), len(history) + 1):
            key = pack(history[cut:])
            found.append((key << BITS, penalty))
            penalty += self.backoff.get(key, 0.0)
        return tuple(found)

    def score(self, contexts: tuple[tuple[int, float], ...], symbol: int) -> float:
        """Return the natural log probability of `symbol` after the history of these contexts."""
        logp = self.logp
        for key, penalty in contexts:
            found = logp.get(key | symbol)
            if found is not None:
                return penalty + found
        return contexts[-1][1] + logp[pack((UNKNOWN,))]


@dataclass(frozen=True, eq=False)
class PageModel:
    """The character model, leaning a little towards what the same document writes elsewhere."""

    general: CharModel
    pairs: Counter[int]
    triples: Counter[int]
    known: dict[tuple[int, ...], Scorer]

    def scorer(self, history: tuple[int, ...]) -> Scorer:
        """Return a function from symbol to log probability after `history`."""
        found = self.known.get(history)
        if found is None:
            found = self.known[history] = self.prepare(history)
        return found

    def prepare(self, history: tuple[int, ...]) -> Scorer:
        """Return the function for a history met for the first time."""
        contexts, score = self.general.contexts(history), self.general.score
        pair = pack(history[-1:]) << BITS
        triple = pack(history[-2:]) << BITS
        pairs, triples = self.pairs, self.triples
        pair_total = pairs[pair] + 5
        triple_total = triples[triple] + 2

        def scored(symbol: int) -> float:
            value = score(contexts, symbol)
            once = pairs.get(pair | symbol, 0) if symbol else 0
            if not once:
                return value
            own = 0.4 * once / pair_total + 0.6 * triples.get(triple | symbol, 0) / triple_total
            return math.log((1 - OWN) * math.exp(value) + OWN * own)

        return scored


def page_model(text: str) -> PageModel:
    """Return the model of one document: the shipped one and the n-grams of its own signs."""
    general = model()
    pairs: Counter[int] = Counter()
    triples: Counter[int] = Counter()
    for line in text.splitlines():
        coded = (general.symbol(NEWLINE), *general.encode(line))
        two = [(1 << BITS | a) << BITS | b for a, b in itertools.pairwise(coded) if a and b]
        three = [
            ((1 << BITS | a) << BITS | b) << BITS | c for a, b, c in zip(coded, coded[1:], coded[2:], strict=False) if a and b and c
        ]
        for grams, keys in ((pairs, two), (triples, three)):
            grams.update(keys)
            grams.update([key >> BITS << BITS for key in keys])
    return PageModel(general, pairs, triples, {})


def classed(char: str) -> str:
    """Return the class a character is counted under: any digit is 0, any Latin letter a.

    >>> [classed(c) for c in "7Ｂ,科"]
    ['0', 'a', '，', '科']
    """
    if char.isascii():
        if char.isdigit():
            return DIGIT
        if char.isalpha():
            return LATIN
        return char.translate(WIDE)
    if "０" <= char <= "９":
        return DIGIT
    if "Ａ" <= char <= "ｚ":
        return LATIN
    return char


def pack(ngram: tuple[int, ...]) -> int:
    """Return one integer for an n-gram; its length is part of it."""
    key = 1
    for symbol in ngram:
        key = key << BITS | symbol
    return key


@cache
def model() -> CharModel:
    """Return the shipped character model, read once, when the first slip is met."""
    path = files("yigai") / "data" / "slips" / "char_model.npz"
    with path.open("rb") as handle, np.load(handle) as table:
        keys = np.cumsum(table["key_steps"].astype(np.int64)).tolist()
        logp = (table["logp"] / -SCALE).tolist()
        contexts = np.cumsum(table["context_steps"].astype(np.int64)).tolist()
        backoff = (table["backoff"] / -SCALE).tolist()
        symbols = {char: i for i, char in enumerate(str(table["symbols"]), start=1)}
        traditional, simplified = str(table["traditional"]), str(table["simplified"])
    return CharModel(
        symbols=symbols,
        logp=dict(zip(keys, logp, strict=True)),
        backoff=dict(zip(contexts, backoff, strict=True)),
        simplified=str.maketrans(traditional, simplified),
        # 后 and 里 are written in both scripts (Big5 has them), 专 and 设 in one
        simplified_only=frozenset(c for c in simplified if not c.encode("big5", "ignore")),
        known={},
    )
