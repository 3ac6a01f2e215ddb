"""`cluster`: texts to topics with words, nearest texts and a stability certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from yigai.topics import describe, vectors
from yigai.topics.panel import NO_NUMBER, TEXTS, Panel, panel
from yigai.topics.partition import canonical, consensus, space
from yigai.topics.resample import STABLE, Standing, blocks_of, standings

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

WHOLE = 5000  # texts clustered together; beyond, a sample is, and the rest follows its centres
VERDICTS = ("stable", "unstable", "one document")


class BadTopics(ValueError):
    """A request no corpus can answer; the message names the remedy."""


@dataclass(frozen=True, eq=False)
class Topics:
    """Topics of a list of texts; topic 0 is the largest, ties go to the one that comes first.

    labels: topic of each text, -1 without a shared word. terms: heaviest words of each topic (c-TF-IDF).
    similarity: cosine of each text with its topic's centre. nearest: positions of the five nearest texts.
    stability: mean Jaccard similarity of each topic with its best match in resamples of whole documents;
    rand: adjusted Rand index of the whole partition there. documents: documents in each topic.
    verdicts: stable, unstable or one document. verdict: of the number of topics. panel: every number tried.
    """

    labels: Labels
    terms: tuple[tuple[str, ...], ...]
    similarity: Floats
    nearest: tuple[tuple[int, ...], ...]
    stability: Floats
    rand: float
    documents: tuple[int, ...]
    verdicts: tuple[str, ...]
    verdict: str
    panel: pd.DataFrame
    centres: tuple[dict[str, float], ...]
    ids: tuple[int, ...]

    @property
    def n_topics(self) -> int:
        """How many topics there are."""
        return len(self.terms)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Texts in each topic."""
        return tuple(int((self.labels == topic).sum()) for topic in range(self.n_topics))

    @property
    def names(self) -> tuple[str, ...]:
        """Label of each topic: its three heaviest words."""
        return tuple("、".join(words[:3]) for words in self.terms)


def cluster(
    texts: Sequence[str],
    n_topics: int | None = None,
    random_state: int = 0,
    *,
    documents: Sequence[str] | None = None,
    exclude: Sequence[Sequence[vectors.Span]] = (),
    omit: Callable[[str], object] | None = None,
) -> Topics:
    """Topics of the texts; `n_topics` None or 0 lets the panel decide, which may refuse.

    The partition does not depend on `random_state`, on the order of the texts or on the number of threads;
    `random_state` draws the resamples behind stability. `documents` names the document of each text, so
    that whole documents are resampled; `exclude` gives, text by text, the flagged spans to leave out.
    With "no stable number of topics" as verdict all texts form the one topic 0.
    Raises BadTopics for no texts, or more topics than texts with words.

    >>> texts = ["医保支付改革，按病种付费", "医保支付，按病种付费试点", "家庭医生签约，双向转诊", "双向转诊，家庭医生团队"]
    >>> cluster(texts, n_topics=2).labels.tolist()
    [0, 0, 1, 1]
    """
    texts = list(texts)
    counted = vectors.count(texts, exclude=exclude)
    counted = vectors.omitting(counted, omit) if omit else counted
    order = _canonical_order(counted)
    kept = vectors.kept(vectors.Vectors(counted.counts[order], counted.words), least=min(2, len(texts)))
    inside = np.flatnonzero(np.diff(kept.counts.indptr))
    _check(len(texts), len(inside), n_topics)
    worded = vectors.Vectors(kept.counts[inside], kept.words)
    named = list(documents) if documents is not None else []
    blocks = blocks_of([named[i] for i in order[inside]] if named else None, len(inside))
    model = _fit(worded, blocks, n_topics or 0, random_state)
    return _in_order(model, order[inside], len(texts))


def _check(n: int, worded: int, n_topics: int | None) -> None:
    """Refuse what cannot be clustered, with the remedy."""
    if n == 0:
        raise BadTopics("no texts to cluster: give at least one")
    if n_topics is not None and n_topics < 0:
        raise BadTopics(f"{n_topics} topics asked for: give a positive number, or None to let the panel decide")
    if n_topics and n_topics > max(worded, 1):
        raise BadTopics(
            f"{n_topics} topics asked of {n} texts, of which {worded} share a word with another: "
            f"ask for at most {max(worded, 1)}, or None to let the panel decide"
        )


def _canonical_order(counted: vectors.Vectors) -> npt.NDArray[np.int64]:
    """Order of the texts by their content, so that the order in which they come does not matter."""
    counts = counted.counts
    ends = counts.indptr
    keys = [
        (counts.indices[a:b].tobytes(), counts.data[a:b].tobytes()) for a, b in pairwise(ends)
    ]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)


def _sample(n: int, size: int) -> npt.NDArray[np.int64]:
    """Positions of at most `size` texts, drawn once and for all."""
    return np.sort(np.random.default_rng(0).permutation(n)[:size]) if n > size else np.arange(n)


def _fit(worded: vectors.Vectors, blocks: npt.NDArray[np.int64], k: int, seed: int) -> Topics:
    """Topics of texts that all have words, in canonical order."""
    n = worded.counts.shape[0]
    matrix = vectors.tfidf(worded)
    if not n:
        nothing = Standing(np.zeros(0), 0.0, 0)
        verdict = f"{NO_NUMBER}: no two texts share a word"
        return _described(worded, matrix, np.zeros(0, np.int64), 0, blocks, nothing, verdict, None)
    tried = _number(worded, matrix, blocks, seed) if not k else None
    k = k or (tried.chosen if tried else 0)
    labels = partition(worded, k) if k > 1 and n > 1 else np.zeros(n, np.int64)
    k = int(labels.max(initial=-1)) + 1
    standing = _standing(matrix, labels, k, blocks, seed)
    verdict = tried.verdict if tried else f"{k} topics as asked"
    return _described(worded, matrix, labels, k, blocks, standing, verdict, tried)


def _number(worded: vectors.Vectors, matrix: csr_matrix, blocks: npt.NDArray[np.int64], seed: int) -> Panel:
    some = _sample(matrix.shape[0], TEXTS)
    return panel(vectors.Vectors(worded.counts[some], worded.words), space(matrix[some]), blocks[some], seed=seed)


def partition(worded: vectors.Vectors, k: int) -> Labels:
    """Consensus partition; beyond WHOLE texts of a sample, whose centres the rest follows."""
    n = worded.counts.shape[0]
    some = _sample(n, WHOLE)
    labels = consensus((vectors.tfidf(worded, weighting)[some] for weighting in vectors.WEIGHTINGS), min(k, len(some)))
    if len(some) == n:
        return canonical(labels)
    matrix = vectors.tfidf(worded)
    everywhere = np.full(n, -1, np.int64)
    everywhere[some] = labels
    for _ in range(3):
        follow = np.asarray(matrix @ describe.centres(matrix, everywhere, k).T).argmax(axis=1)
        everywhere = follow.astype(np.int64)
        everywhere[some] = labels
    return canonical(everywhere)


def _standing(matrix: csr_matrix, labels: Labels, k: int, blocks: npt.NDArray[np.int64], seed: int) -> Standing:
    """Certificate of the partition, on a sample where the corpus is large."""
    some = _sample(matrix.shape[0], TEXTS)
    if k < 2 or len(some) <= k + 2:
        return Standing(np.zeros(k), 0.0, 0)
    found = standings(space(matrix[some]), {k: labels[some]}, blocks[some], times=20, seed=seed)
    return found.get(k, Standing(np.zeros(k), 0.0, 0))


def _described(
    worded: vectors.Vectors, matrix: csr_matrix, labels: Labels, k: int, blocks: npt.NDArray[np.int64],
    standing: Standing, verdict: str, tried: Panel | None,
) -> Topics:  # fmt: skip
    import pandas as pd

    near = describe.nearness(matrix, labels, k)
    documents = tuple(len(np.unique(blocks[labels == topic])) for topic in range(k))
    heavy = describe.centres(matrix, labels, k) if k else np.zeros((0, 0))
    return Topics(
        labels=labels, terms=describe.terms(worded, labels, k), similarity=np.round(near, 6),
        nearest=describe.nearest(labels, near, k), stability=np.round(standing.jaccard, 6),
        rand=round(standing.rand, 6), documents=documents,
        verdicts=tuple(map(verdict_of, standing.jaccard, documents)), verdict=verdict,
        panel=tried.table if tried else pd.DataFrame(), ids=tuple(range(k)),
        centres=tuple({worded.words[i]: round(float(row[i]), 6) for i in np.argsort(-row, kind="stable")[:50]
                       if row[i] > 0} for row in heavy),
    )  # fmt: skip


def verdict_of(jaccard: float, documents: int) -> str:
    """Verdict on one topic.

    >>> verdict_of(0.9, 3), verdict_of(0.5, 3), verdict_of(0.9, 1)
    ('stable', 'unstable', 'one document')
    """
    if documents == 1:
        return "one document"
    return "stable" if jaccard >= STABLE else "unstable"


def _in_order(model: Topics, positions: npt.NDArray[np.int64], n: int) -> Topics:
    """The model told of the texts as they came: labels, similarities and positions; topics renumbered."""
    labels, similarity = np.full(n, -1, np.int64), np.zeros(n)
    labels[positions], similarity[positions] = model.labels, model.similarity
    if not model.n_topics:
        return replace(model, labels=labels, similarity=similarity)
    order = _by_size(labels, model.n_topics)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return replace(
        model, labels=np.where(labels >= 0, rank[labels], -1), similarity=similarity,
        terms=tuple(model.terms[t] for t in order), stability=model.stability[order],
        nearest=tuple(tuple(int(positions[i]) for i in model.nearest[t]) for t in order),
        documents=tuple(model.documents[t] for t in order), verdicts=tuple(model.verdicts[t] for t in order),
        centres=tuple(model.centres[t] for t in order),
    )  # fmt: skip


def _by_size(labels: Labels, k: int) -> npt.NDArray[np.int64]:
    """Topics by size, ties by the first text."""
    sizes = np.bincount(labels[labels >= 0], minlength=k)
    first = np.array([int(np.flatnonzero(labels == topic)[0]) for topic in range(k)])
    return np.lexsort((first, -sizes))
