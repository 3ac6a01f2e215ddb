"""Keyness: which words tell a region from the others, for any number of regions.

Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
"Fightin' Words", Political Analysis 16:372-403, eq. 16 and 22), and beside it the log-likelihood
ratio G² (Dunning 1993, Computational Linguistics 19:61-74) that corpus linguists expect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse, special

COLUMNS = [
    "region", "term", "log_odds", "low", "high", "z", "q", "documents", "count", "one_document",
    "p", "g2", "dispersion", "documents_rest", "count_rest", "tokens", "tokens_rest", "prior",
    "prior_total", "eligible",
]  # fmt: skip
NO_REGION = ("", "unknown")


@dataclass(frozen=True)
class Counted:
    """Token counts: one row a document, one column a term, both in sorted order."""

    docs: tuple[str, ...]
    terms: tuple[str, ...]
    matrix: sparse.csr_matrix


def counts(tokens_by_doc: Mapping[str, Sequence[str]]) -> Counted:
    """Count the tokens of every document.

    >>> counted = counts({"b": ["医改"], "a": ["医改", "医保", "医改"]})
    >>> counted.docs, counted.terms, counted.matrix.toarray().tolist()
    (('a', 'b'), ('医保', '医改'), [[1.0, 2.0], [0.0, 1.0]])
    """
    docs = sorted(tokens_by_doc)
    flat = [token for doc in docs for token in tokens_by_doc[doc]]
    codes, terms = pd.factorize(np.asarray(flat, dtype=object), sort=True)
    rows = np.repeat(np.arange(len(docs)), [len(tokens_by_doc[doc]) for doc in docs])
    matrix = sparse.coo_matrix((np.ones(len(flat)), (rows, codes)), shape=(len(docs), len(terms)))
    return Counted(tuple(docs), tuple(terms), matrix.tocsr())


def log_odds(
    count: np.ndarray,
    total: float,
    rest: np.ndarray,
    total_rest: float,
    prior: np.ndarray,
    *,
    prior_total: float | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Difference of log-odds and its standard error, term by term (Monroe et al. 2008, eq. 16, 22).

    ``prior`` holds the pseudo-counts of each term, added to both sides, and ``prior_total`` their
    sum where only some terms are given; the variance is their approximation 1/(y_i + α) + 1/(y_j + α).

    >>> delta, error = log_odds(np.array([3, 7]), 10, np.array([1, 9]), 10, np.array([0.5, 0.5]))
    >>> delta.round(6).tolist(), error.round(6).tolist()
    ([1.083687, -1.083687], [0.9759, 0.488463])
    """
    everything = prior.sum() if prior_total is None else prior_total
    odds = (count + prior) / (total + everything - count - prior)
    odds_rest = (rest + prior) / (total_rest + everything - rest - prior)
    return np.log(odds) - np.log(odds_rest), np.sqrt(1 / (count + prior) + 1 / (rest + prior))


def g2(count: np.ndarray, total: float, rest: np.ndarray, total_rest: float) -> np.ndarray:
    """Log-likelihood ratio of the 2 × 2 table of a term, signed: negative when rarer than elsewhere.

    >>> round(float(g2(np.array([30.0]), 1000, np.array([10.0]), 1000)[0]), 4)
    10.669
    """
    observed = np.stack([count, total - count, rest, total_rest - rest])
    share = (count + rest) / (total + total_rest)
    expected = np.stack(
        [total * share, total * (1 - share), total_rest * share, total_rest * (1 - share)]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    return 2 * terms.sum(axis=0) * np.where(count / total >= rest / total_rest, 1.0, -1.0)


def dispersion(matrix: sparse.csr_matrix) -> np.ndarray:
    """Gries' deviation of proportions of every term over the documents given, normed to 0 … 1.

    0: spread as evenly as the documents are long; 1: all in the smallest one (Gries 2008; Lijffijt
    and Gries 2012). nan for an absent term or fewer than two documents.
    """
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    kept = matrix[lengths > 0]
    expected = lengths[lengths > 0] / max(lengths.sum(), 1)
    if kept.shape[0] < 2:
        return np.full(matrix.shape[1], np.nan)
    cells = kept.tocoo()
    totals = np.asarray(kept.sum(axis=0)).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        here = cells.data / totals[cells.col]
        extra = np.abs(here - expected[cells.row]) - expected[cells.row]
        deviation = (np.bincount(cells.col, extra, minlength=matrix.shape[1]) + 1) / 2
        return np.where(totals > 0, deviation / (1 - expected.min()), np.nan)


def benjamini_hochberg(p: Iterable[float]) -> np.ndarray:
    """Adjusted p values (q) of a family of tests (Benjamini and Hochberg 1995); nan stays nan and is not counted.

    >>> benjamini_hochberg([0.01, 0.04, 0.03, float("nan")]).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    values = np.asarray(list(p), dtype=float)
    tested = np.flatnonzero(~np.isnan(values))
    ranked = tested[np.argsort(values[tested], kind="stable")]
    scaled = values[ranked] * len(ranked) / np.arange(1, len(ranked) + 1)
    adjusted = np.full(len(values), np.nan)
    adjusted[ranked] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def keyness(
    tokens_by_doc: Mapping[str, Sequence[str]],
    region_of_doc: Mapping[str, str],
    *,
    prior_total: float | None = None,
    background: Mapping[str, float] | None = None,
    min_count: int = 5,
    min_documents: int = 2,
    level: float = 0.95,
) -> pd.DataFrame:
    """Each region against all others: one row a region and term.

    The prior of a term is ``prior_total`` × its share in ``background`` (term counts; default: the
    whole corpus); ``prior_total`` defaults to the length of a mean document, so that a region
    outweighs the prior as soon as it has more text than one document. The pseudo-counts used
    stand in the columns prior and prior_total. ``q`` corrects over all regions and terms that are
    eligible: ``min_count`` occurrences in ``min_documents`` documents of the corpus, a filter that
    does not look at regions. ``one_document``: all occurrences in the region are in one document.
    Documents without a region ('', 'unknown') are left out. Nothing is rounded.

    >>> table = keyness({"a": ["医改", "医保"], "b": ["医改"]}, {"a": "hunan", "b": "shanxi"})
    >>> print(table.loc[:1, ["region", "term", "count", "count_rest"]].to_string(index=False))
    region term  count  count_rest
     hunan   医保      1           0
     hunan   医改      1           1
    """
    counted, of = placed(tokens_by_doc, region_of_doc)
    return keyness_of(
        counted, of, prior_total=prior_total, background=background,
        min_count=min_count, min_documents=min_documents, level=level,
    )  # fmt: skip


def keyness_of(
    counted: Counted,
    of: Sequence[str],
    *,
    prior_total: float | None = None,
    background: Mapping[str, float] | None = None,
    min_count: int = 5,
    min_documents: int = 2,
    level: float = 0.95,
) -> pd.DataFrame:
    """The table of keyness from documents that are counted already; ``of`` names the region of each."""
    regions = sorted(set(of))
    if len(regions) < 2 or len(counted.terms) < 2:  # one word alone has no odds
        return pd.DataFrame(columns=COLUMNS)
    prior = prior_counts(counted, prior_total, background)
    eligible = eligible_terms(counted, min_count, min_documents)
    inside = [np.asarray([name == region for name in of]) for region in regions]
    found = [
        _contrast(counted, here, ~here, prior, eligible, level).assign(region=region)
        for region, here in zip(regions, inside, strict=True)
    ]
    return _tested(pd.concat(found, ignore_index=True))[COLUMNS]


def pairwise(
    tokens_by_doc: Mapping[str, Sequence[str]],
    region_of_doc: Mapping[str, str],
    *,
    pairs: Sequence[tuple[str, str]] = (),
    prior_total: float | None = None,
    background: Mapping[str, float] | None = None,
    min_count: int = 5,
    min_documents: int = 2,
    level: float = 0.95,
) -> pd.DataFrame:
    """Each region against each other one (or the named pairs): the columns of keyness and `other`."""
    counted, of = placed(tokens_by_doc, region_of_doc)
    wanted = list(pairs) or list(combinations(sorted(set(of)), 2))
    if not wanted or len(counted.terms) < 2:
        return pd.DataFrame(columns=["region", "other", *COLUMNS[1:]])
    prior = prior_counts(counted, prior_total, background)
    eligible = eligible_terms(counted, min_count, min_documents)
    found = []
    for region, other in wanted:
        here, there = (np.asarray([name == side for name in of]) for side in (region, other))
        contrast = _contrast(counted, here, there, prior, eligible, level)
        found.append(contrast.assign(region=region, other=other))
    return _tested(pd.concat(found, ignore_index=True))[["region", "other", *COLUMNS[1:]]]


def placed(
    tokens_by_doc: Mapping[str, Sequence[str]], region_of_doc: Mapping[str, str]
) -> tuple[Counted, list[str]]:
    """Counts of the documents that have a region, and the region of each, in the same order."""
    kept = {
        doc: tokens
        for doc, tokens in tokens_by_doc.items()
        if region_of_doc.get(doc, "") not in NO_REGION
    }
    counted = counts(kept)
    return counted, [region_of_doc[doc] for doc in counted.docs]


def prior_counts(
    counted: Counted, total: float | None, background: Mapping[str, float] | None
) -> np.ndarray:
    """Pseudo-counts of every term; a term the background lacks gets the smallest share it has."""
    corpus = np.asarray(counted.matrix.sum(axis=0)).ravel()
    if background is None:
        shares = corpus
    else:
        least = min(value for value in background.values() if value > 0)
        shares = np.asarray(
            [background.get(term, 0) or least for term in counted.terms], dtype=float
        )
    mean_length = corpus.sum() / max(len(counted.docs), 1)
    return shares / shares.sum() * (mean_length if total is None else total)


def eligible_terms(counted: Counted, min_count: int, min_documents: int) -> np.ndarray:
    """Which terms are frequent and widespread enough to be tested, whatever their region."""
    total = np.asarray(counted.matrix.sum(axis=0)).ravel()
    return (total >= min_count) & (counted.matrix.getnnz(axis=0) >= min_documents)


def _contrast(
    counted: Counted,
    here: np.ndarray,
    there: np.ndarray,
    prior: np.ndarray,
    eligible: np.ndarray,
    level: float,
) -> pd.DataFrame:
    """One side against another: a row for each term that the side has, or that is eligible."""
    mine, others = counted.matrix[here], counted.matrix[there]
    count, rest = (np.asarray(side.sum(axis=0)).ravel() for side in (mine, others))
    total, total_rest = count.sum(), rest.sum()
    delta, error = log_odds(count, total, rest, total_rest, prior)
    margin = special.ndtri((1 + level) / 2) * error
    documents = mine.getnnz(axis=0)
    table = pd.DataFrame(
        {
            "term": counted.terms, "log_odds": delta, "low": delta - margin, "high": delta + margin,
            "z": delta / error, "p": 2 * special.ndtr(-np.abs(delta / error)),
            "g2": g2(count, total, rest, total_rest), "dispersion": dispersion(mine),
            "documents": documents, "documents_rest": others.getnnz(axis=0),
            "count": count.astype(int), "count_rest": rest.astype(int),
            "tokens": int(total), "tokens_rest": int(total_rest),
            "prior": prior, "prior_total": prior.sum(),
            "one_document": documents == 1, "eligible": eligible,
        }
    )  # fmt: skip
    return table[(count > 0) | (eligible & (rest > 0))]


def _tested(table: pd.DataFrame) -> pd.DataFrame:
    q = benjamini_hochberg(table["p"].where(table["eligible"]))
    # Rounded only to order: the last bits of z differ between processors, names break the ties.
    order = table.assign(q=q, strength=-table["z"].round(9))
    keys = [name for name in ("region", "other", "strength", "term") if name in order]
    return order.sort_values(keys, kind="stable", ignore_index=True).drop(columns="strength")
