"""Key words: the most typical ones, their quotes, and how far they rest on few documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from yigai import places
from yigai.compare.comparability import allows
from yigai.compare.logodds import eligible_terms, log_odds, placed, prior_counts


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
    counted, of = placed(tokens_by_doc, region_of_doc)
    prior, eligible = prior_counts(counted, None, None), eligible_terms(counted, 5, 2)
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


def document_intervals(
    table: pd.DataFrame,
    tokens_by_doc: Mapping[str, Sequence[str]],
    region_of_doc: Mapping[str, str],
    gate: pd.DataFrame,
    *,
    resamples: int = 500,
    random_state: int = 0,
) -> pd.DataFrame:
    """The same rows with low_documents and high_documents: intervals over resampled whole documents.

    Words come in bursts, so intervals that treat tokens as independent are too narrow; these hold
    the prior fixed and draw documents anew within every region (2.5th to 97.5th percentile). A word
    whose interval reaches zero rests on few documents. Empty where the gate refuses.
    """
    open_to = np.asarray(
        [allows(gate, "keyness interval", region=name) for name in table["region"]], dtype=bool
    )
    if not open_to.any():
        return table.assign(low_documents=np.nan, high_documents=np.nan)
    counted, of = placed(tokens_by_doc, region_of_doc)
    regions, terms = sorted(set(of)), list(dict.fromkeys(table["term"]))
    place_of = {term: place for place, term in enumerate(counted.terms)}
    own = counted.matrix[:, [place_of[term] for term in terms]].toarray()
    lengths = np.asarray(counted.matrix.sum(axis=1)).ravel()
    inside = np.asarray([[name == region for name in of] for region in regions], dtype=float)
    prior = (
        table.drop_duplicates("term").set_index("term")["prior"].loc[terms].to_numpy(dtype=float)
    )
    rng = np.random.default_rng(random_state)
    rows = [regions.index(name) for name in table["region"]]
    cells = [terms.index(term) for term in table["term"]]
    drawn = np.empty((resamples, len(table)))
    for turn in range(resamples):
        weights = sum(
            rng.multinomial(int(n), side / n) * side for side in inside for n in [side.sum()]
        )
        count, total = (inside * weights) @ own, (inside * weights) @ lengths
        delta, _ = log_odds(
            count, total[:, None], count.sum(axis=0) - count, (total.sum() - total)[:, None],
            prior, prior_total=float(table["prior_total"].iloc[0]),
        )  # fmt: skip
        drawn[turn] = delta[rows, cells]
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return table.assign(
        low_documents=np.where(open_to, low, np.nan), high_documents=np.where(open_to, high, np.nan)
    )


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
