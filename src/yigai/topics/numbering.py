"""Numbering: texts to the numbers of their content words; Arrow counts tokens, Python sees each kind of token once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yigai.topics.words import beyond, content, engine, lettered, pieces, recut, tokens

Ids = npt.NDArray[np.int32]
# stands in no text that rjieba cuts: `beyond` gives texts that hold it to jieba itself
SEAM = "\0"
_DROPPED, _SEVERAL = -1, -2


class Numbered(NamedTuple):
    """One row a content word that stands in a text: which text, which word; and the words by number."""

    rows: Ids
    ids: Ids
    words: list[str]


class Stream(NamedTuple):
    """The tokens of all texts one after another: text of each, kind of each, and the token of each kind."""

    rows: Ids
    kinds: Ids
    tokens: list[str]


def numbered(texts: Sequence[str]) -> Numbered:
    """Content words of the texts, numbered as they come; within a text in no order.

    >>> numbered(["分级诊疗率达3.5%，分级诊疗", "完善PCR"]).words
    ['分级诊疗', '率达', 'PCR']
    """
    made = engine()
    apart = [at for at, text in enumerate(texts) if made is None or beyond(text)]
    number: dict[str, int] = {}
    found = [_stood({at: tokens(texts[at]) for at in apart}, number)]
    if made is not None:
        left_out = frozenset(apart)
        cut = made.cut
        stream = _stream(["" if at in left_out else SEAM.join(cut(text, True)) for at, text in enumerate(texts)])
        found += _content(stream, made.has_word, number)
    rows, ids = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return Numbered(rows, ids, list(number))


def _stream(joined: Sequence[str]) -> Stream:
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = pc.split_pattern(pa.array(joined, pa.large_string()), SEAM)
    coded = parts.flatten().dictionary_encode()
    rows = np.repeat(np.arange(len(joined), dtype=np.int32), np.diff(parts.offsets.to_numpy()))
    return Stream(rows, coded.indices.to_numpy(), coded.dictionary.to_pylist())


def _content(stream: Stream, known: Callable[[str], bool], number: dict[str, int]) -> list[tuple[Ids, Ids]]:
    """Rows and numbers of the content words, those of Latin runs, which jieba cuts otherwise, apart."""
    fresh = [pieces(token, known=known) for token in stream.tokens]
    own = [_alone(cut or [token], number) for token, cut in zip(stream.tokens, fresh, strict=True)]
    ids = np.array(own, np.int32)[stream.kinds]
    mended: dict[int, list[str]] = defaultdict(list)
    for begin, end in _runs(stream, np.array([bool(cut) for cut in fresh]), ids):
        run = [stream.tokens[kind] for kind in stream.kinds[begin:end].tolist()]
        mended[int(stream.rows[begin])] += filter(content, recut(run))
        ids[begin:end] = _DROPPED
    keep = ids >= 0
    return [(stream.rows[keep], ids[keep]), _stood(mended, number)]


def _alone(cut: Sequence[str], number: dict[str, int]) -> int:
    """Number of a token without loose neighbours, as jieba cuts it: mostly one word or none."""
    words = list(filter(content, cut))
    if len(words) > 1:
        return _SEVERAL
    return number.setdefault(words[0], len(number)) if words else _DROPPED


def _runs(stream: Stream, loose: npt.NDArray[np.bool_], ids: Ids) -> list[tuple[int, int]]:
    """Spans of loose neighbours in one text that hold a letter, and of single tokens that are several words."""
    at = np.flatnonzero(loose[stream.kinds])
    if not len(at):
        return []
    breaks = (np.diff(at) != 1) | (np.diff(stream.rows[at]) != 0)
    first = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    begin, end = at[first], at[np.concatenate([first[1:], [len(at)]]) - 1] + 1
    letters = np.array([lettered(token) is not None for token in stream.tokens], bool)
    asked = np.logical_or.reduceat(letters[stream.kinds[at]], first) & ((end - begin > 1) | (ids[begin] == _SEVERAL))
    return list(zip(begin[asked].tolist(), end[asked].tolist(), strict=True))


def _stood(words: dict[int, list[str]], number: dict[str, int]) -> tuple[Ids, Ids]:
    """Rows and numbers of words given by row."""
    rows = [row for row, own in words.items() for _ in own]
    ids = [number.setdefault(word, len(number)) for own in words.values() for word in own]
    return np.array(rows, np.int32), np.array(ids, np.int32)
