"""Texts to a sparse TF-IDF matrix: token ids by `factorize`, rows by CSR, no Python loop over the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from yigai.topics.words import tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Word counts of the texts (rows) over the sorted vocabulary (columns)."""

    counts: csr_matrix
    words: tuple[str, ...]


def without(text: str, spans: Sequence[Span]) -> str:
    r"""The text with flagged spans blanked, so that their words stay out of the vocabulary.

    >>> without("医共体某某医院", [(3, 5)])
    '医共体\n\n医院'
    """
    for start, end in spans:
        text = text[:start] + "\n" * (min(end, len(text)) - start) + text[end:]
    return text


def of_tokens(lists: Sequence[Sequence[str]]) -> Vectors:
    """Counts from token lists, one list a text; columns sorted by word.

    >>> of_tokens([["转诊", "医保"], ["转诊", "转诊"]]).counts.toarray().tolist()
    [[1.0, 1.0], [0.0, 2.0]]
    """
    import pandas as pd
    from scipy.sparse import csr_matrix

    flat = np.array(list(chain.from_iterable(lists)), dtype=object)
    ids, found = pd.factorize(flat)
    order = np.argsort(found.astype(str)) if len(found) else np.empty(0, np.int64)
    rank = np.empty(len(found), np.int32)
    rank[order] = np.arange(len(found), dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)])
    columns = rank[ids] if len(ids) else np.empty(0, np.int32)
    counts = csr_matrix((np.ones(len(ids)), columns, ends), shape=(len(lists), len(found)))
    counts.sum_duplicates()
    return Vectors(counts, tuple(str(found[i]) for i in order))


def count(texts: Sequence[str], *, exclude: Sequence[Sequence[Span]] = ()) -> Vectors:
    """Content words of the texts counted; `exclude` gives, text by text, the flagged spans to leave out."""
    spared = [without(text, spans) for text, spans in zip(texts, exclude, strict=True)] if exclude else texts
    return of_tokens([tokens(text) for text in spared])


def omitting(vectors: Vectors, omit: Callable[[str], object]) -> Vectors:
    """The counts without the words that `omit` names.

    >>> omitting(of_tokens([["四川", "转诊"]]), {"四川"}.__contains__).words
    ('转诊',)
    """
    keep = [i for i, word in enumerate(vectors.words) if not omit(word)]
    return Vectors(vectors.counts[:, keep].tocsr(), tuple(vectors.words[i] for i in keep))


def kept(vectors: Vectors, *, least: int = 2, most: float = 0.5) -> Vectors:
    """Words that stand in at least `least` texts and at most the share `most` of them.

    In a small corpus a share means little: a word goes for being common only from 20 texts on.
    """
    n = vectors.counts.shape[0]
    texts = np.bincount(vectors.counts.indices, minlength=len(vectors.words))
    keep = np.flatnonzero((texts >= least) & ((texts <= most * n) | (n < 20)))
    return Vectors(vectors.counts[:, keep].tocsr(), tuple(vectors.words[i] for i in keep))


def tfidf(vectors: Vectors) -> csr_matrix:
    """TF-IDF with logarithmic counts, smoothed document frequency and rows of length one (Salton and Buckley 1988).

    The same numbers as `TfidfTransformer(sublinear_tf=True)` of scikit-learn, without its checks.
    """
    from scipy.sparse import diags

    weighted = vectors.counts.astype(np.float64)
    n = weighted.shape[0]
    texts = np.bincount(weighted.indices, minlength=weighted.shape[1])
    weighted.data = 1 + np.log(weighted.data)
    weighted.data *= (np.log((1 + n) / (1 + texts)) + 1)[weighted.indices]
    lengths: npt.NDArray[np.float64] = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1))).ravel()
    return (diags(1 / np.where(lengths > 0, lengths, 1)) @ weighted).tocsr()
