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
from scipy import sparse, stats

from yigai import places

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
    count: np.ndarray, total: float, rest: np.ndarray, total_rest: float, prior: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Difference of log-odds and its standard error, term by term (Monroe et al. 2008, eq. 16, 22).

    ``prior`` holds the pseudo-counts of each term, added to both sides; the variance is their
    approximation 1/(y_i + α) + 1/(y_j + α).

    >>> delta, error = log_odds(np.array([3, 7]), 10, np.array([1, 9]), 10, np.array([0.5, 0.5]))
    >>> delta.round(6).tolist(), error.round(6).tolist()
    ([1.083687, -1.083687], [0.9759, 0.488463])
    """
    everything = prior.sum()
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
    counted, of = _placed(tokens_by_doc, region_of_doc)
    regions = sorted(set(of))
    if len(regions) < 2 or len(counted.terms) < 2:  # one word alone has no odds
        return pd.DataFrame(columns=COLUMNS)
    prior = _prior(counted, prior_total, background)
    eligible = _eligible(counted, min_count, min_documents)
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
    counted, of = _placed(tokens_by_doc, region_of_doc)
    wanted = list(pairs) or list(combinations(sorted(set(of)), 2))
    if not wanted or len(counted.terms) < 2:
        return pd.DataFrame(columns=["region", "other", *COLUMNS[1:]])
    prior = _prior(counted, prior_total, background)
    eligible = _eligible(counted, min_count, min_documents)
    found = []
    for region, other in wanted:
        here, there = (np.asarray([name == side for name in of]) for side in (region, other))
        contrast = _contrast(counted, here, there, prior, eligible, level)
        found.append(contrast.assign(region=region, other=other))
    return _tested(pd.concat(found, ignore_index=True))[["region", "other", *COLUMNS[1:]]]


def without_places(tokens_by_doc: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same tokens without names of places: they tell where a page is from, not what it says.

    Leave them in where the question is who writes about whom.

    >>> without_places({"a": ["资兴市", "医共体", "四川"]})
    {'a': ['医共体']}
    """
    words = {token for tokens in tokens_by_doc.values() for token in tokens}
    named = {word for word in words if places.named(word)}
    return {doc: [t for t in tokens if t not in named] for doc, tokens in tokens_by_doc.items()}


def top(table: pd.DataFrame, n: int = 10) -> pd.DataFrame:
    """The n terms most typical of each region: eligible ones in several documents first.

    Where a region has only terms of one document (a region of one page), these are shown, marked.
    """
    typical = table[table["log_odds"] > 0]
    rank = typical.assign(
        weak=typical["one_document"] | ~typical["eligible"],
        strength=-(typical["log_odds"] / _error(typical)).round(9),
    )
    ordered = rank.sort_values(["region", "weak", "strength", "term"], kind="stable")
    return (
        ordered.groupby("region", sort=True)
        .head(n)
        .drop(columns=["weak", "strength"])
        .reset_index(drop=True)
    )


def both_ends(table: pd.DataFrame, n: int = 10) -> pd.DataFrame:
    """The n most typical words of either side of each pair of a pairwise table."""
    strength = (table["log_odds"] / _error(table)).round(9)
    ordered = table.assign(strength=strength).sort_values(
        ["region", "other", "strength", "term"], ascending=[True, True, False, True], kind="stable"
    )
    pairs = ordered.groupby(["region", "other"], sort=True)
    ends = pd.concat([pairs.head(n), pairs.tail(n)]).drop(columns="strength")
    return ends[~ends.index.duplicated()].sort_index().reset_index(drop=True)


def typical(
    tokens_by_doc: Mapping[str, Sequence[str]],
    region_of_doc: Mapping[str, str],
    names: Sequence[str],
) -> dict[str, str]:
    """The first word of `top(keyness(…))` for the regions named, without making the table.

    >>> typical({"a": ["医改"] * 3 + ["医保"], "b": ["医保"]}, {"a": "hunan", "b": "shanxi"}, ["hunan"])
    {'hunan': '医改'}
    """
    counted, of = _placed(tokens_by_doc, region_of_doc)
    prior, eligible = _prior(counted, None, None), _eligible(counted, 5, 2)
    found = {}
    for name in sorted(set(names) & set(of)) if len(set(of)) > 1 and len(counted.terms) > 1 else ():
        here = np.asarray([region == name for region in of])
        mine, others = counted.matrix[here], counted.matrix[~here]
        count, rest = (np.asarray(side.sum(axis=0)).ravel() for side in (mine, others))
        delta, error = log_odds(count, count.sum(), rest, rest.sum(), prior)
        weak = ~eligible | (mine.getnnz(axis=0) == 1)
        order = np.lexsort((-(delta / error).round(9), weak | (count == 0), delta <= 0))
        found[name] = counted.terms[int(order[0])]
    return found


def quotes(
    table: pd.DataFrame, sentences: pd.DataFrame, region_of_doc: Mapping[str, str], *, n: int = 2
) -> pd.DataFrame:
    """The same rows with `quotes`: up to n sentences of the region that hold the term, shortest first.

    Each ends with its document and sentence number, so that a word can be read where it stands.
    """
    placed = sentences.assign(
        region=sentences["doc"].map(region_of_doc), width=sentences["text"].str.len()
    )
    ordered = placed.sort_values(["width", "doc", "sentence"], kind="stable")
    by_region = {
        name: list(zip(g["text"], g["doc"], g["sentence"], strict=True))
        for name, g in ordered.groupby("region")
    }
    cells = [
        " ‖ ".join(_holding(by_region.get(region, []), term, n))
        for region, term in zip(table["region"], table["term"], strict=True)
    ]
    return table.assign(quotes=cells)


def _holding(rows: Sequence[tuple[str, str, int]], term: str, n: int) -> list[str]:
    found: list[str] = []
    for text, doc, number in rows:
        if term in text:
            found.append(f"{text} [{doc} #{number}]")
            if len(found) == n:
                break
    return found


def _error(table: pd.DataFrame) -> pd.Series:
    return (
        1 / (table["count"] + table["prior"]) + 1 / (table["count_rest"] + table["prior"])
    ) ** 0.5


def _placed(
    tokens_by_doc: Mapping[str, Sequence[str]], region_of_doc: Mapping[str, str]
) -> tuple[Counted, list[str]]:
    kept = {
        doc: tokens
        for doc, tokens in tokens_by_doc.items()
        if region_of_doc.get(doc, "") not in NO_REGION
    }
    counted = counts(kept)
    return counted, [region_of_doc[doc] for doc in counted.docs]


def _prior(
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


def _eligible(counted: Counted, min_count: int, min_documents: int) -> np.ndarray:
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
    margin = stats.norm.ppf((1 + level) / 2) * error
    documents = mine.getnnz(axis=0)
    table = pd.DataFrame(
        {
            "term": counted.terms, "log_odds": delta, "low": delta - margin, "high": delta + margin,
            "z": delta / error, "p": 2 * stats.norm.sf(np.abs(delta / error)),
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
