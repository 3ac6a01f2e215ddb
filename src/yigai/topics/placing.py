"""Placing: texts that a model was not fitted on, given to the topic whose centre is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from yigai import places
from yigai.topics import describe, vectors


@dataclass(frozen=True, eq=False)
class Centres:
    """Centres of topics (rows) over the words of the texts they were fitted on, with the weight of each word."""

    words: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    rows: npt.NDArray[np.float64]


def centres(texts: Sequence[str], labels: npt.NDArray[np.int64], k: int) -> Centres:
    """The centres of ``k`` topics, ``labels`` of the ``texts`` (-1: none); names of places are left out, as in the fit."""
    counted = vectors.omitting(vectors.count(texts), places.named)
    worded = vectors.kept(counted, least=min(2, len(texts)))
    present = np.bincount(worded.counts.indices, minlength=len(worded.words))
    weights = np.log((1 + len(texts)) / (1 + present)) + 1
    rows = describe.centres(vectors.tfidf(worded), labels, k) if k else np.zeros((0, len(worded.words)))
    return Centres(worded.words, weights, rows)


def place(
    into: Centres, words: Sequence[str], counts: sparse.csr_matrix
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Topic (-1: no word in common) and cosine with its centre, of texts counted over ``words``.

    >>> made = Centres(("转诊", "医保"), np.ones(2), np.eye(2))
    >>> place(made, ["医保", "体育"], sparse.csr_matrix([[2.0, 1.0], [0.0, 3.0]]))[0].tolist()
    [1, -1]
    """
    column = {word: at for at, word in enumerate(into.words)}
    known = [at for at, word in enumerate(words) if word in column]
    mine = counts[:, known].tocoo()
    columns = np.array([column[words[at]] for at in known], dtype=np.int64)[mine.col]
    weighted = sparse.csr_matrix(
        ((1 + np.log(mine.data)) * into.weights[columns], (mine.row, columns)),
        shape=(counts.shape[0], len(into.words)),
    )
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1))).ravel()
    cosine = np.round(np.asarray(weighted @ into.rows.T) / np.where(length > 0, length, 1)[:, None], 9)
    if not cosine.shape[1]:
        return np.full(len(length), -1, np.int64), np.zeros(len(length))
    nearest = np.where(length > 0, cosine.argmax(axis=1), -1).astype(np.int64)
    return nearest, np.where(length > 0, cosine.max(axis=1), 0.0)
