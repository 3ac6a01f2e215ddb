"""Clusters by consensus over smoothed neighbour graphs: deterministic, whatever the start or the order of the texts.

Short passages on one topic share few words, but they share neighbours. Each text is therefore replaced by
the mean of its neighbourhood (graph smoothing; Zhang et al. 2019, "Attributed graph clustering via adaptive
graph convolution"), the smoothed texts are embedded in their leading directions (latent semantic analysis), KMeans cuts the embedding, and many cuts over several weightings and graphs vote (evidence accumulation;
Fred and Jain 2005). On ten news classes this beats KMeans, NMF, LDA and SVD with KMeans; see benchmarks/topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Graphs = Sequence[tuple[int, tuple[int, ...]]]

# neighbours, and steps of smoothing, of the graphs that vote; one alone is right for one length of text only
GRAPHS = ((6, (4,)), (10, (2, 4)), (15, (2, 4)))
WIDTHS = (1.0, 1.5, 2.0)  # dimensions of the embedding, as a multiple of the number of topics
STARTS = 3
RANK = 200  # of the matrix that is smoothed: a tenth of the time of the full one, and the same partitions
EXACT = 1500  # texts up to which the cosines are decomposed exactly, in less time than their matrix approximately
_BLOCK = 512


@dataclass(frozen=True, eq=False)
class Space:
    """Texts in relation: their cosines, and coordinates that nearly reproduce them."""

    cosines: Floats
    coordinates: Floats

    def part(self, drawn: npt.NDArray[np.int64]) -> Space:
        """The same relations among the texts drawn."""
        return Space(self.cosines[np.ix_(drawn, drawn)], self.coordinates[drawn])

    def __len__(self) -> int:
        return len(self.cosines)


def space(matrix: csr_matrix) -> Space:
    """Relations of the texts whose TF-IDF rows are given."""
    from sklearn.utils.extmath import randomized_svd
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        cosines = np.asarray((matrix @ matrix.T).todense())
        if matrix.shape[0] <= EXACT or matrix.shape[1] <= RANK:
            values, vectors = np.linalg.eigh(cosines)
            return Space(cosines, (vectors * np.sqrt(np.maximum(values, 0)))[:, -RANK:])
        left, values, _ = randomized_svd(matrix, RANK, n_iter=4, random_state=0)
        return Space(cosines, left * values)


def nearest(cosines: Floats, size: int) -> npt.NDArray[np.int64]:
    """Positions of the `size` texts nearest to each, nearest first, ties by position; never the text itself."""
    n = len(cosines)
    found = []
    for begin in range(0, n, _BLOCK):
        rows = -np.round(cosines[begin : begin + _BLOCK], 9)
        rows[np.arange(len(rows)), np.arange(begin, begin + len(rows))] = 9
        found.append(np.argsort(rows, axis=1, kind="stable")[:, : min(size, n - 1)])
    return np.vstack(found)


def graph(cosines: Floats, near: npt.NDArray[np.int64]) -> csr_matrix:
    """Row-stochastic graph of neighbours weighted by cosine, each text its own nearest neighbour."""
    from scipy.sparse import csr_matrix, diags

    n, size = near.shape
    rows = np.repeat(np.arange(n), size)
    weights = np.maximum(cosines[rows, near.ravel()], 0)
    linked = csr_matrix((weights, (rows, near.ravel())), shape=(n, n))
    linked = (linked + linked.T) / 2
    linked = linked + diags(linked.max(axis=1).toarray().ravel() + 1e-6)
    return (diags(1 / np.asarray(linked.sum(axis=1)).ravel()) @ linked).tocsr()


# Kernels of linear algebra differ in the 15th digit, an eigenvector by that over the gap to its neighbour: what
# is rounded after such a step must be coarse against the difference, and nothing may be rounded before it.
DIGITS = 5
# Texts that stand alone have equal eigenvalues, among which a processor turns as it likes: weighing each text a
# little less than the one before it parts them.
PARTED = 1e-3


def embedding(smoothed: Floats, width: int) -> Floats:
    """Smoothed texts, as unit rows, in their leading directions (latent semantic analysis)."""
    rows = unit(smoothed)
    weighed = rows * (1 - PARTED * np.arange(len(rows)) / len(rows))[:, None]
    _, directions = np.linalg.eigh(weighed.T @ weighed)
    leading = directions[:, ::-1][:, :width]
    largest = leading[np.abs(leading).round(DIGITS).argmax(axis=0), np.arange(leading.shape[1])]
    return np.round(rows @ (leading * np.where(largest < 0, -1, 1)), DIGITS)


def unit(rows: Floats) -> Floats:
    """Rows of length one; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(length > 1e-12, length, 1)


def cut(embedded: Floats, k: int, *, seed: int, starts: int = STARTS) -> Labels:
    """The best of a few KMeans cuts of the embedded texts (unit rows), ties to the first.

    Written out, because distances have to be rounded before they are compared: texts said alike are as near to
    one centre as to another, and there the last bit, which differs between processors, would decide.

    >>> cut(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]), 2, seed=0).tolist() in ([0, 1, 0], [1, 0, 1])
    True
    """
    random = np.random.default_rng(seed)
    tries = [_settled(embedded, _seeded(embedded, k, random)) for _ in range(starts)]
    return min(tries, key=lambda tried: tried[1])[0]


def _apart(rows: Floats, centres: Floats) -> Floats:
    """Squared distance of each unit row from each centre, less one, rounded."""
    return np.round((centres * centres).sum(axis=1) - 2 * (rows @ centres.T), 9)


def _seeded(rows: Floats, k: int, random: np.random.Generator) -> Floats:
    """First centres: texts drawn one by one, far ones likelier, the best of a few each time (Arthur and Vassilvitskii 2007)."""
    chosen = [int(random.integers(len(rows)))]
    near = _apart(rows, rows[chosen])[:, 0] + 1
    for _ in range(1, k):
        reach = np.cumsum(np.maximum(near, 0).round(9))
        drawn = np.searchsorted(reach.round(6), random.random(2 + int(np.log(k))) * reach[-1]).clip(max=len(rows) - 1)
        nearer = np.minimum(near[:, None], _apart(rows, rows[drawn]) + 1)
        best = int(nearer.sum(axis=0).round(6).argmin())
        chosen.append(int(drawn[best]))
        near = nearer[:, best]
    return rows[chosen]


def _settled(rows: Floats, centres: Floats, *, rounds: int = 100) -> tuple[Labels, float]:
    """Labels once no text changes its centre (Lloyd 1982), and the sum of distances; an empty topic stays where it is."""
    labels = np.full(len(rows), -1, np.int64)
    for _ in range(rounds):
        apart = _apart(rows, centres)
        nearest_centre = apart.argmin(axis=1)
        if np.array_equal(nearest_centre, labels):
            break
        labels = nearest_centre
        member = np.eye(len(centres))[labels]
        size = member.sum(axis=0)[:, None]
        centres = np.where(size > 0, member.T @ rows / np.maximum(size, 1), centres)
    return labels, round(float(apart[np.arange(len(rows)), labels].sum()), 6)


def embeddings(related: Space, width: int, graphs: Graphs = GRAPHS) -> list[Floats]:
    """One embedding for each graph and number of steps, wide enough for every cut."""
    near = nearest(related.cosines, max(size for size, _ in graphs))
    found = []
    for size, steps in graphs:
        walk = graph(related.cosines, near[:, :size])
        smoothed = related.coordinates
        for step in range(1, max(steps) + 1):
            smoothed = walk @ smoothed
            if step in steps:
                found.append(embedding(smoothed, width))
    return found


def votes(related: Space, k: int, *, first: int = 0) -> Iterator[Labels]:
    """Cuts of every embedding at every width; the starts are fixed, for a start is no property of the texts."""
    for order, embedded in enumerate(embeddings(related, round(max(WIDTHS) * k))):
        for step, width in enumerate(WIDTHS):
            rows = unit(embedded[:, : max(2, round(width * k))])
            for start in range(2):
                yield cut(rows, k, seed=first + 100 * order + 10 * step + start)


def agreed(cuts: Sequence[Labels], k: int) -> Labels:
    """The partition most cuts agree on: average linkage on the share of cuts that part two texts."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    n = len(cuts[0])
    together = np.zeros((n, n), dtype=np.float32)
    for labels in cuts:
        member = np.eye(int(labels.max()) + 1, dtype=np.float32)[labels]
        together += member @ member.T
    apart = 1 - together / len(cuts)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(np.round(apart, 6), checks=False), "average")
    return fcluster(tree, k, "maxclust").astype(np.int64) - 1


def canonical(labels: Labels) -> Labels:
    """Labels numbered by size, ties by the smallest member.

    >>> canonical(np.array([7, 3, 3, 9])).tolist()
    [1, 0, 0, 2]
    """
    values, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(values))
    return rank[np.searchsorted(values, labels)]


def consensus(matrices: Iterable[csr_matrix], k: int) -> Labels:
    """Partition of the texts into k groups by the vote of all cuts, on one thread so that bits do not move.

    `matrices` are the rows of the same texts under several weightings, each of which votes.
    """
    from threadpoolctl import threadpool_limits

    cuts: list[Labels] = []
    with threadpool_limits(1):
        for order, matrix in enumerate(matrices):
            if k < 2 or k >= matrix.shape[0]:
                return np.arange(matrix.shape[0], dtype=np.int64) if k > 1 else np.zeros(matrix.shape[0], np.int64)
            cuts += votes(space(matrix), k, first=1000 * order)
        return agreed(cuts, k)
