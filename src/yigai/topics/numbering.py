"""Numbering: texts to the numbers of their content words; Arrow counts tokens, Python sees each kind of token once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import compress, count
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
    found: list[tuple[Ids, Ids]] = []
    if made is not None:
        left_out, cut = frozenset(apart), made.cut
        stream = _stream(["" if at in left_out else SEAM.join(cut(text, True)) for at, text in enumerate(texts)])
        found += _content(stream, made.has_word, number)
    found.append(_stood({at: tokens(texts[at]) for at in apart}, number))
    rows, ids = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return Numbered(rows, ids, list(number))


def _stream(joined: Sequence[str]) -> Stream:
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = pc.split_pattern(pa.array(joined, pa.large_string()), SEAM)
    coded = parts.flatten().dictionary_encode()
    rows = np.repeat(np.arange(len(joined), dtype=np.int32), np.diff(parts.offsets.to_numpy()))
    return Stream(rows, coded.indices.to_numpy(), coded.dictionary.to_numpy(zero_copy_only=False).tolist())


def _content(stream: Stream, known: Callable[[str], bool], number: dict[str, int]) -> list[tuple[Ids, Ids]]:
    """Rows and numbers of the content words, those of Latin runs, which jieba cuts otherwise, apart."""
    stands = np.fromiter(map(content, stream.tokens), bool, len(stream.tokens))
    signs = (kind for kind, token in enumerate(stream.tokens) if token.isascii())
    loose = {kind: cut for kind in signs if (cut := pieces(stream.tokens[kind], known=known))}
    stands[list(loose)] = False
    number.update(zip(compress(stream.tokens, stands.tolist()), count(), strict=False))
    own = np.where(stands, np.cumsum(stands, dtype=np.int32) - 1, np.int32(_DROPPED))
    for kind, cut in loose.items():
        own[kind] = _alone(cut, number)
    ids = own[stream.kinds]
    mended: dict[int, list[str]] = defaultdict(list)
    for begin, end in _runs(stream, list(loose), ids):
        run = [stream.tokens[kind] for kind in stream.kinds[begin:end].tolist()]
        mended[int(stream.rows[begin])] += filter(content, recut(run))
        ids[begin:end] = _DROPPED
    keep = ids >= 0
    return [(stream.rows[keep], ids[keep]), _stood(mended, number)]


def _alone(cut: Sequence[str], number: dict[str, int]) -> int:
    """Number of a loose token that stands alone, from the pieces jieba makes of it: mostly one word or none."""
    words = list(filter(content, cut))
    if len(words) > 1:
        return _SEVERAL
    return number.setdefault(words[0], len(number)) if words else _DROPPED


def _runs(stream: Stream, loose: list[int], ids: Ids) -> list[tuple[int, int]]:
    """Spans of neighbours of loose kinds in one text that hold a letter, and of single tokens that are several words."""
    is_loose, letters = np.zeros((2, len(stream.tokens)), bool)
    is_loose[loose] = True
    letters[loose] = [lettered(stream.tokens[kind]) is not None for kind in loose]
    at = np.flatnonzero(is_loose[stream.kinds])
    if not len(at):
        return []
    breaks = (np.diff(at) != 1) | (np.diff(stream.rows[at]) != 0)
    first = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    begin, end = at[first], at[np.concatenate([first[1:], [len(at)]]) - 1] + 1
    asked = np.logical_or.reduceat(letters[stream.kinds[at]], first) & ((end - begin > 1) | (ids[begin] == _SEVERAL))
    return list(zip(begin[asked].tolist(), end[asked].tolist(), strict=True))


def _stood(words: dict[int, list[str]], number: dict[str, int]) -> tuple[Ids, Ids]:
    """Rows and numbers of words given by row."""
    rows = [row for row, own in words.items() for _ in own]
    ids = [number.setdefault(word, len(number)) for own in words.values() for word in own]
    return np.array(rows, np.int32), np.array(ids, np.int32)
