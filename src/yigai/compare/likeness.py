"""Likeness of cases and of words: cosine, Ochiai coefficient, dendrogram and co-word network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse

from yigai.compare.comparability import allows
from yigai.compare.logodds import Counted, counts

MOST_DOCUMENTS = 4000
SIMILARITY = ["a", "b", "basis", "similarity", "low", "high", "features", "shared"]


def word_weights(tokens_by_doc: Mapping[str, Sequence[str]]) -> Counted:
    """TF-IDF of every document over its tokens (smooth idf, unit length).

    >>> word_weights({"a": ["医改", "医保"], "b": ["医改"]}).matrix.toarray().round(3).tolist()
    [[0.815, 0.58], [0.0, 1.0]]
    """
    counted = counts(tokens_by_doc)
    present = np.asarray(counted.matrix.getnnz(axis=0))
    idf = np.log((1 + len(counted.docs)) / (1 + present)) + 1
    weights = sparse.csr_matrix(counted.matrix @ sparse.diags(idf))
    return Counted(counted.docs, counted.terms, unit_rows(weights))


def share_weights(profile: pd.DataFrame) -> Counted:
    """The case shares of a profile, cases × labels."""
    cases = profile[profile["unit"] == "case"]
    table = cases.pivot(index="name", columns="label", values="share").sort_index()
    return Counted(tuple(table.index), tuple(table.columns), sparse.csr_matrix(table.to_numpy()))


def similarity(
    weights: Counted,
    units: Mapping[str, str],
    gate: pd.DataFrame,
    *,
    basis: str = "words",
    resamples: int = 500,
    random_state: int = 0,
) -> pd.DataFrame:
    """Likeness of every pair of units (cases or regions), with intervals only where the gate allows.

    `weights`: one row a document (word_weights, share_weights); `units`: document → case or region.
    The likeness of two units is the mean cosine over all pairs of their documents: of two cases
    simply their cosine. (The cosine of mean vectors would grow with the number of documents, and
    every resample would fall below it.) Intervals: percentiles over resamples of whole documents
    within each unit; of more than 4,000 documents an even share of each unit is taken.
    `features`: features either unit has, `shared`: both.
    Columns: a, b, basis, similarity, low, high, features, shared.
    """
    labels, members = _members(weights, units)
    gram = cosine(weights.matrix[[place for rows in members for place in rows]])
    seen = _mean_cosine(gram, members, [np.ones(len(rows)) for rows in members])
    low, high = _bounds(gram, members, labels, gate, resamples, random_state)
    there = mean_vectors(weights.matrix, members) > 0
    table = [
        (labels[i], labels[j], basis, round(float(seen[i, j]), 6), low[i, j], high[i, j],
         int((there[i] | there[j]).sum()), int((there[i] & there[j]).sum()))
        for i, j in combinations(range(len(labels)), 2)
    ]  # fmt: skip
    return pd.DataFrame(table, columns=SIMILARITY)


def cosine(vectors: np.ndarray | sparse.csr_matrix) -> np.ndarray:
    """Cosine of every pair of rows; a row of zeros is like nothing.

    >>> cosine(np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 0.0]])).round(3).tolist()
    [[1.0, 0.707, 0.0], [0.707, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    unit = unit_rows(sparse.csr_matrix(vectors))
    return (unit @ unit.T).toarray()


def unit_rows(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The same rows at length one; a row of zeros stays zero."""
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1)) @ rows)


def ochiai(presence: pd.DataFrame) -> pd.DataFrame:
    """Ochiai coefficient of every pair of columns: shared rows / √(rows of one × rows of the other).

    `presence`: units (passages, documents) × terms, zero where absent. The coefficient the field
    uses for co-word matrices (Ochiai 1957).

    >>> ochiai(pd.DataFrame({"医保": [1, 1, 0, 0], "支付": [1, 1, 1, 1]})).loc["医保", "支付"].item()
    0.707107
    """
    there = (presence.to_numpy() > 0).astype(float)
    together = there.T @ there
    own = np.sqrt(np.diag(together))
    scale = np.outer(own, own)
    values = np.divide(together, scale, out=np.zeros_like(together), where=scale > 0)
    return pd.DataFrame(values.round(6), index=presence.columns, columns=presence.columns)


@dataclass(frozen=True)
class Tree:
    """A dendrogram: merges as scipy gives them (left, right, height, size) and leaves in order."""

    merges: np.ndarray
    leaves: tuple[str, ...]
    labels: tuple[str, ...]


def dendrogram(likeness: pd.DataFrame) -> Tree:
    """Average-linkage tree over a square likeness in 0 … 1; height is 1 − likeness.

    Rows are sorted by name first, so that ties are broken the same way on every run. One row or
    none is a tree without merges: in short pages hardly a word stands in two passages.
    """
    from scipy.cluster import hierarchy  # takes a third of a second, and only the trees need it
    from scipy.spatial.distance import squareform

    named = sorted(likeness.index)
    if len(named) < 2:
        return Tree(np.empty((0, 4)), tuple(named), tuple(named))
    values = likeness.loc[named, named].to_numpy(dtype=float)
    distance = np.clip(1 - (values + values.T) / 2, 0, None).round(6)
    np.fill_diagonal(distance, 0)
    merges = hierarchy.linkage(squareform(distance, checks=False), method="average").round(6)
    order = hierarchy.leaves_list(merges)
    return Tree(merges, tuple(named[place] for place in order), tuple(named))


def square(pairs: pd.DataFrame) -> pd.DataFrame:
    """A similarity table as a symmetric matrix with ones on the diagonal.

    >>> square(pd.DataFrame({"a": ["甲"], "b": ["乙"], "similarity": [0.2]})).loc["乙", "甲"].item()
    0.2
    """
    names = pd.Index(sorted({*pairs["a"], *pairs["b"]}))
    values = np.eye(len(names))
    one, other = names.get_indexer(pairs["a"]), names.get_indexer(pairs["b"])
    values[one, other] = values[other, one] = pairs["similarity"]
    return pd.DataFrame(values, index=names, columns=names)


def side_by_side(*tables: pd.DataFrame) -> pd.DataFrame:
    """Several similarity tables, one column each basis. Columns: a, b, then the bases; closest first."""
    bases = [str(table["basis"].iloc[0]) for table in tables if len(table)]
    stacked = pd.concat(tables, ignore_index=True)
    wide = stacked.pivot(index=["a", "b"], columns="basis", values="similarity")[bases]
    ordered = wide.reset_index().sort_values([bases[0], "a", "b"], ascending=[False, True, True])
    return ordered.rename_axis(columns=None).reset_index(drop=True)


def closest(pairs: pd.DataFrame) -> tuple[str, str]:
    """The two units most alike; ties by name."""
    first = pairs.sort_values(["similarity", "a", "b"], ascending=[False, True, True]).iloc[0]
    return str(first["a"]), str(first["b"])


def presence(
    tokens_by_unit: Mapping[str, Sequence[str]], *, n_terms: int = 40, min_units: int = 2
) -> pd.DataFrame:
    """Which unit holds which of the most widespread terms: units × terms, 0 or 1.

    Terms by number of units, ties by name; at least `min_units` units each.
    """
    sets = {unit: set(tokens) for unit, tokens in sorted(tokens_by_unit.items())}
    spread = Counter(term for terms in sets.values() for term in terms)
    wide = sorted((t for t, c in spread.items() if c >= min_units), key=lambda t: (-spread[t], t))[
        :n_terms
    ]
    cells = [[int(term in terms) for term in wide] for terms in sets.values()]
    return pd.DataFrame(cells, index=list(sets), columns=wide)


def cowords(present: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """Pairs of terms that stand in the same unit at least `least` times.

    Columns: a, b, together (units with both), units_a, units_b, ochiai; strongest first.
    """
    there = (present.to_numpy() > 0).astype(int)
    together = there.T @ there
    names = list(present.columns)
    rows = [
        (*sorted((names[i], names[j])), int(together[i, j]), i, j)
        for i, j in combinations(range(len(names)), 2)
        if together[i, j] >= least
    ]
    table = pd.DataFrame(rows, columns=["a", "b", "together", "i", "j"])
    own = np.diag(together)
    place = {name: at for at, name in enumerate(names)}
    table["units_a"] = [int(own[place[a]]) for a in table["a"]]
    table["units_b"] = [int(own[place[b]]) for b in table["b"]]
    table["ochiai"] = (table["together"] / (table["units_a"] * table["units_b"]) ** 0.5).round(6)
    ordered = table.sort_values(
        ["ochiai", "together", "a", "b"], ascending=[False, False, True, True]
    )
    return ordered.drop(columns=["i", "j"]).reset_index(drop=True)


def _members(weights: Counted, units: Mapping[str, str]) -> tuple[list[str], list[list[int]]]:
    """The units in order of name, and the rows of each; an even share where there are too many."""
    placed = [(units[doc], place) for place, doc in enumerate(weights.docs) if doc in units]
    labels = sorted({label for label, _ in placed})
    each = max(2, MOST_DOCUMENTS // max(len(labels), 1))
    return labels, [[place for label, place in placed if label == name][:each] for name in labels]


def _mean_cosine(
    gram: np.ndarray, members: Sequence[Sequence[int]], times: Sequence[np.ndarray]
) -> np.ndarray:
    """Mean cosine between the documents of two units; rows of `gram` in the order of `members`."""
    share = np.zeros((len(members), len(gram)))
    at = 0
    for unit, drawn in enumerate(times):
        share[unit, at : at + len(drawn)] = drawn / drawn.sum()
        at += len(drawn)
    return share @ gram @ share.T


def _bounds(
    gram: np.ndarray,
    members: Sequence[Sequence[int]],
    labels: Sequence[str],
    gate: pd.DataFrame,
    resamples: int,
    random_state: int,
) -> tuple[np.ndarray, np.ndarray]:
    nothing = np.full((len(labels), len(labels)), np.nan)
    open_to = [allows(gate, "similarity interval", region=label) for label in labels]
    if not any(open_to):
        return nothing, nothing
    rng = np.random.default_rng(random_state)
    sizes = [len(rows) for rows in members]
    drawn = [
        _mean_cosine(gram, members, [rng.multinomial(n, [1 / n] * n) for n in sizes])
        for _ in range(resamples)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0).round(6)
    both = np.outer(open_to, open_to)
    return np.where(both, low, np.nan), np.where(both, high, np.nan)


def mean_vectors(matrix: sparse.csr_matrix, members: Sequence[Sequence[int]]) -> np.ndarray:
    """Mean vector of each unit over its rows."""
    rows = np.repeat(np.arange(len(members)), [len(m) for m in members])
    columns = np.asarray([place for m in members for place in m], dtype=int)
    values = np.asarray([1 / len(m) for m in members for _ in m])
    mean = sparse.csr_matrix((values, (rows, columns)), shape=(len(members), matrix.shape[0]))
    return (mean @ matrix).toarray()
