"""How many topics: a panel of every candidate, a plateau, and "no stable number" as an answer.

A number is on the plateau when its topics, and the worst of them, come back in resamples nearly as well as
the best number's do.
Among the plateau the number with most returning topics is chosen. A corpus whose words were shuffled over
its texts shows what chance and the lengths of the texts alone can do: no more than that, and it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from yigai.topics import describe
from yigai.topics.partition import Floats, Space, canonical
from yigai.topics.resample import STABLE, Standing, quick, standings
from yigai.topics.vectors import Vectors, tfidf

if TYPE_CHECKING:
    import pandas as pd

MARGIN = 0.03  # of the best mean Jaccard similarity: within it numbers are as good as each other
WORST = 0.05  # the same for the topic that comes back worst: a topic cut in two without need shows there
MOST = 20  # topics
TEXTS = 1200  # read for the panel; more would only slow it
SHUFFLES = 9
CLEAR = 8.0  # standard deviations above the shuffled corpora
NO_NUMBER = "no stable number of topics"


@dataclass(frozen=True, slots=True)
class Panel:
    """All candidates (table), the number chosen (0: none), and why."""

    table: pd.DataFrame
    chosen: int
    verdict: str
    structure: float


def candidates(n: int) -> list[int]:
    """Numbers worth trying for n texts.

    >>> candidates(30)
    [2, 3, 4, 5, 6, 7]
    """
    return list(range(2, min(MOST, n // 4) + 1))


def _top(cosines: Floats, width: int) -> float:
    """Share of all similarity that the leading directions beyond the first hold."""
    from scipy.linalg import eigh

    n = len(cosines)
    width = min(width, n - 1)
    values = eigh(cosines, eigvals_only=True, subset_by_index=[n - 1 - width, n - 1])
    return float(values[:-1].sum() / n)


def structure(vectors: Vectors, cosines: Floats, *, width: int, seed: int) -> float:
    """How far the corpus stands above the same words shuffled over its texts, in standard deviations."""
    random = np.random.default_rng(seed)
    columns = np.repeat(vectors.counts.indices, vectors.counts.data.astype(np.int64))
    lengths = np.asarray(vectors.counts.sum(axis=1)).ravel().astype(np.int64)
    chance = []
    for _ in range(SHUFFLES):
        shuffled = tfidf(_of_columns(random.permutation(columns), lengths, vectors.words))
        chance.append(_top((shuffled @ shuffled.T).toarray(), width))
    spread = max(float(np.std(chance, ddof=1)), 1e-6)
    return (_top(cosines, width) - float(np.mean(chance))) / spread


def _of_columns(columns: npt.NDArray[np.int32], lengths: npt.NDArray[np.int64], words: tuple[str, ...]) -> Vectors:
    from scipy.sparse import csr_matrix

    ends = np.concatenate([[0], np.cumsum(lengths)])
    counts = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(lengths), len(words)))
    counts.sum_duplicates()
    return Vectors(counts, words)


def panel(vectors: Vectors, related: Space, blocks: npt.NDArray[np.int64], *, seed: int = 0) -> Panel:
    """Every candidate measured: stability first, coherence and exclusivity beside it."""
    from threadpoolctl import threadpool_limits

    tried = candidates(len(related))
    if not tried:
        return Panel(_table({}, {}, vectors, 0), 0, f"{NO_NUMBER}: too few texts", 0.0)
    with threadpool_limits(1):
        whole = {k: canonical(labels) for k, labels in quick(related, tried).items()}
        standing = standings(related, whole, blocks, seed=seed)
        chosen = choose(standing)
        clear = structure(vectors, related.cosines, width=max(chosen, 4), seed=seed) if chosen else 0.0
        verdict = _verdict(standing, chosen, clear)
        chosen = chosen if not verdict.startswith(NO_NUMBER) else 0
        return Panel(_table(standing, whole, vectors, chosen), chosen, verdict, round(clear, 6))


def plateau(standing: dict[int, Standing]) -> list[int]:
    """Numbers whose topics come back nearly as well as the best number's, on average and at worst."""
    means = {k: float(s.jaccard.mean()) for k, s in standing.items()}
    best = max(means.values(), default=0.0)
    high = {k: float(standing[k].jaccard.min()) for k, mean in means.items() if mean >= max(best - MARGIN, STABLE)}
    worst = max(high.values(), default=0.0)
    return [k for k, least in high.items() if least >= worst - WORST]


def choose(standing: dict[int, Standing]) -> int:
    """The number on the plateau with most topics that come back, ties to the steadier; 0 without a plateau."""
    level = plateau(standing)
    return max(level, key=lambda k: (standing[k].stable, round(standing[k].jaccard.mean(), 6), -k), default=0)


def _verdict(standing: dict[int, Standing], chosen: int, clear: float) -> str:
    if not chosen:
        return f"{NO_NUMBER}: at no number do the topics come back in resamples"
    if clear < CLEAR:
        return f"{NO_NUMBER}: the texts hang together no better than shuffled ones"
    level = plateau(standing)
    return f"{chosen} topics; plateau {', '.join(map(str, level))}"


def _table(standing: dict[int, Standing], whole: dict[int, describe.Labels], vectors: Vectors, chosen: int) -> pd.DataFrame:
    """Columns topics, stability, rand, stable_topics, coherence, exclusivity, plateau, chosen."""
    import pandas as pd

    level = set(plateau(standing))
    rows = []
    for k, s in standing.items():
        words = describe.terms(vectors, whole[k], k)
        rows.append((k, float(s.jaccard.mean()), s.rand, s.stable, describe.coherence(vectors, words),
                     describe.exclusivity(vectors, whole[k], k, words), k in level, k == chosen))  # fmt: skip
    columns = ["topics", "stability", "rand", "stable_topics", "coherence", "exclusivity", "plateau", "chosen"]
    return pd.DataFrame(rows, columns=columns).round(6)
