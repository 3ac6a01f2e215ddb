"""What a topic is about: its words, its label, its nearest passages, a word in its context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from yigai.topics.vectors import Vectors

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


def by_topic(vectors: Vectors, labels: Labels, k: int) -> Floats:
    """Word counts summed over the texts of each topic (topics × words)."""
    from scipy.sparse import csr_matrix

    inside = np.flatnonzero(labels >= 0)
    member = csr_matrix((np.ones(len(inside)), (labels[inside], inside)), shape=(k, len(labels)))
    return np.asarray((member @ vectors.counts).todense())


def weights(summed: Floats) -> Floats:
    """Class-based TF-IDF of each word in each topic (Grootendorst 2022, BERTopic, eq. 2).

    >>> weights(np.array([[3.0, 1.0], [0.0, 1.0]])).round(3).tolist()
    [[0.455, 0.203], [0.0, 0.811]]
    """
    if not summed.size:
        return summed
    share = summed / np.maximum(summed.sum(axis=1, keepdims=True), 1)
    return share * np.log1p(summed.sum(axis=1).mean() / np.maximum(summed.sum(axis=0), 1))


def terms(vectors: Vectors, labels: Labels, k: int, *, size: int = 10) -> tuple[tuple[str, ...], ...]:
    """The `size` heaviest words of each topic, ties by word."""
    heavy = np.round(weights(by_topic(vectors, labels, k)), 12)
    order = np.argsort(-heavy, axis=1, kind="stable")[:, :size]
    return tuple(tuple(vectors.words[i] for i in row if heavy[t, i] > 0) for t, row in enumerate(order))


def centres(matrix: csr_matrix, labels: Labels, k: int) -> Floats:
    """Mean TF-IDF row of each topic, of length one."""
    from scipy.sparse import csr_matrix

    inside = np.flatnonzero(labels >= 0)
    member = csr_matrix((np.ones(len(inside)), (labels[inside], inside)), shape=(k, len(labels)))
    mean = np.asarray((member @ matrix).todense())
    length = np.linalg.norm(mean, axis=1, keepdims=True)
    return mean / np.where(length > 0, length, 1)


def nearness(matrix: csr_matrix, labels: Labels, k: int) -> Floats:
    """Cosine of each text with the centre of its topic; 0 for a text without topic."""
    if not k:
        return np.zeros(len(labels))
    near = matrix @ centres(matrix, labels, k).T
    return np.where(labels >= 0, near[np.arange(len(labels)), np.maximum(labels, 0)], 0.0)


def nearest(labels: Labels, near: Floats, k: int, *, size: int = 5) -> tuple[tuple[int, ...], ...]:
    """Positions of the `size` texts nearest to the centre of each topic, nearest first."""
    found = []
    for topic in range(k):
        inside = np.flatnonzero(labels == topic)
        order = np.argsort(-np.round(near[inside], 9), kind="stable")[:size]
        found.append(tuple(int(i) for i in inside[order]))
    return tuple(found)


def concordance(term: str, sentences: pd.DataFrame | Iterable[str], *, width: int = 20) -> pd.DataFrame:
    """A term in its context: one row an occurrence, with doc and sentence where the table has them.

    Columns: doc, sentence, left, term, right, start (in the sentence), and raw_start, raw_end if known.

    >>> concordance("转诊", ["完善双向转诊机制。"])[["left", "term", "right"]].values.tolist()
    [['完善双向', '转诊', '机制。']]
    """
    import pandas as pd

    table = sentences if isinstance(sentences, pd.DataFrame) else pd.DataFrame({"text": list(sentences)})
    has_raw = "raw_start" in table.columns
    rows: list[tuple[object, ...]] = []
    for n, row in enumerate(table.to_dict("records")):
        text, at = str(row["text"]), -1
        while term and (at := text.find(term, at + 1)) >= 0:
            rows.append((row.get("doc", ""), row.get("sentence", n), text[max(0, at - width) : at], term,
                         text[at + len(term) : at + len(term) + width], at,
                         *((row["raw_start"], row["raw_end"]) if has_raw else ())))  # fmt: skip
    columns = ["doc", "sentence", "left", "term", "right", "start", *(["raw_start", "raw_end"] if has_raw else [])]
    return pd.DataFrame(rows, columns=columns)


def coherence(vectors: Vectors, words: Sequence[Sequence[str]]) -> float:
    """Mean normalised pointwise mutual information of the topics' words over the texts (Bouma 2009).

    One pseudo-text, in which the words stand independently, is added: pairs never seen together
    do not fall to minus one in a small corpus.
    """
    index = {word: n for n, word in enumerate(vectors.words)}
    n = vectors.counts.shape[0]
    means = []
    for topic in words:
        columns = [index[word] for word in topic]
        present = (vectors.counts[:, columns] > 0).astype(np.float64)
        together = np.asarray((present.T @ present).todense())
        alone = np.diag(together) / n
        chance = np.outer(alone, alone)
        joint = (together + chance) / (n + 1)
        scores = np.log(joint / chance) / -np.log(np.minimum(joint, 1 - 1e-12))
        if len(columns) > 1:
            means.append(float(scores[np.triu_indices(len(columns), 1)].mean()))
    return float(np.mean(means)) if means else 0.0


def exclusivity(vectors: Vectors, labels: Labels, k: int, words: Sequence[Sequence[str]]) -> float:
    """Mean share of a topic's words that fall into that topic, topics counted as equally large (Bischof 2012)."""
    summed = by_topic(vectors, labels, k)
    share = summed / np.maximum(summed.sum(axis=1, keepdims=True), 1)
    share /= np.maximum(share.sum(axis=0, keepdims=True), 1e-12)
    index = {word: n for n, word in enumerate(vectors.words)}
    own = [share[topic, index[word]] for topic, chosen in enumerate(words) for word in chosen]
    return float(np.mean(own)) if own else 0.0
