"""How firmly topics stand: resample whole documents, cluster again, and see which topics come back.

The measure is the Jaccard similarity of a topic with its best match in each resample (Hennig 2007,
"Cluster-wise assessment of cluster stability"), beside the adjusted Rand index of the whole partition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from yigai.topics.partition import Labels, Space, cut, embeddings, unit

STABLE = 0.75  # Hennig's threshold of a valid, stable cluster
SHARE = 0.8  # of the documents, in each resample
_GRAPH = ((10, (4,)),)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one number of topics: Jaccard of each topic, adjusted Rand index, resamples behind both."""

    jaccard: npt.NDArray[np.float64]
    rand: float
    resamples: int

    @property
    def stable(self) -> int:
        """Topics that come back."""
        return int((self.jaccard >= STABLE).sum())


def blocks_of(documents: Sequence[str] | None, n: int) -> npt.NDArray[np.int64]:
    """Number of the document each text belongs to; every text its own document where nothing is said."""
    if documents is None:
        return np.arange(n)
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(doc, len(seen)) for doc in documents], np.int64)


def draws(blocks: npt.NDArray[np.int64], *, times: int, seed: int) -> Iterator[npt.NDArray[np.int64]]:
    """Positions of the texts whose document was drawn, `times` draws of a share of the documents.

    With fewer than five documents dropping one of them drops too much, so texts are drawn instead.
    """
    if blocks.max(initial=0) < 4:
        blocks = np.arange(len(blocks))
    count = int(blocks.max()) + 1
    random = np.random.default_rng(seed)
    for _ in range(times):
        drawn = random.permutation(count)[: max(2, round(SHARE * count))]
        yield np.flatnonzero(np.isin(blocks, drawn))


def quick(related: Space, counts: Sequence[int]) -> dict[int, Labels]:
    """One plain partition for each number of topics: one graph, one width; all share the embedding."""
    embedded = embeddings(related, max(counts), _GRAPH)[0]
    return {k: cut(unit(embedded[:, : max(2, k)]), k, seed=0, starts=4) for k in counts if k < len(related)}


def jaccards(labels: Labels, again: Labels, k: int) -> npt.NDArray[np.float64]:
    """For each of k topics the Jaccard similarity with its best match; NaN where the resample holds none of it.

    >>> jaccards(np.array([0, 0, 1, 1]), np.array([5, 5, 5, 2]), 2).tolist()
    [0.6666666666666666, 0.5]
    """
    _, other = np.unique(again, return_inverse=True)
    both = np.zeros((k, int(other.max()) + 1))
    np.add.at(both, (labels, other), 1)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    best = (both / np.maximum(union, 1)).max(axis=1)
    return np.where(both.sum(axis=1) > 0, best, np.nan)


def standings(
    related: Space, whole: dict[int, Labels], blocks: npt.NDArray[np.int64], *, times: int = 10, seed: int = 0
) -> dict[int, Standing]:
    """Standing of each partition of the whole corpus in `times` resamples of its documents."""
    from sklearn.metrics import adjusted_rand_score
    from threadpoolctl import threadpool_limits

    found: dict[int, list[npt.NDArray[np.float64]]] = {k: [] for k in whole}
    rand: dict[int, list[float]] = {k: [] for k in whole}
    with threadpool_limits(1):
        for drawn in draws(blocks, times=times, seed=seed):
            for k, again in quick(related.part(drawn), list(whole)).items():
                found[k].append(jaccards(whole[k][drawn], again, k))
                rand[k].append(adjusted_rand_score(whole[k][drawn], again))
    return {
        k: Standing(_means(np.vstack(rows)), float(np.mean(rand[k])), len(rows))
        for k, rows in found.items()
        if rows
    }


def _means(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Mean of each column over the resamples that hold the topic; 0 where none does."""
    held = ~np.isnan(rows)
    return np.where(held, rows, 0).sum(axis=0) / np.maximum(held.sum(axis=0), 1)
