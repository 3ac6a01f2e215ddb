"""Character model of official Chinese: how likely is this character after those three?

The table holds character n-grams (orders 1 to 4) counted on local regulations, government work
reports, the seed pages and jieba's dictionary, smoothed after Witten and Bell (1991). It is built by
``benchmarks/cleaning/train_char_model.py``; only derived counts are shipped.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

ORDER = 4
BITS = 13  # 8,191 symbols: every character met, and one for all others
SCALE = 12.0  # a quantised step is 1/12 nat
UNKNOWN = 0
DIGIT, LATIN, NEWLINE = "0", "a", "\n"
# Marks the pages fold to ASCII; the model knows them by their official width.
WIDE = str.maketrans(",;:?!()", "，；：？！（）")


@dataclass(frozen=True, eq=False)
class CharModel:
    """Symbols, smoothed log probabilities and back-off weights of the n-grams."""

    symbols: dict[str, int]
    logp: dict[int, float]
    backoff: dict[int, float]
    simplified: dict[int, str]
    simplified_only: frozenset[str]

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the symbols of `text`: simplified script, full-width marks, digits and Latin as classes."""
        return tuple(self.symbol(char) for char in text)

    def symbol(self, char: str) -> int:
        """Return the symbol of one character, `UNKNOWN` when the table never met it."""
        return self.symbols.get(classed(char.translate(self.simplified)), UNKNOWN)

    def score(self, history: tuple[int, ...], symbol: int) -> float:
        """Return the natural log probability of `symbol` after `history` (its last three count)."""
        context = history[-(ORDER - 1) :]
        penalty = 0.0
        while True:
            found = self.logp.get(pack((*context, symbol)))
            if found is not None:
                return penalty + found
            if not context:
                return penalty + self.logp[pack((UNKNOWN,))]
            penalty += self.backoff.get(pack(context), 0.0)
            context = context[1:]


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
    )
