"""Ablation: what the pages seem to have in common when one rule of cleaning is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from yigai.clean.ledger import Cleaned
from yigai.clean.pipeline import RULES, Rule, text

if TYPE_CHECKING:
    import pandas as pd

RAW, FULL = "raw pages", "all rules"
_WORD = re.compile(r"\b\w\w+\b")  # scikit-learn's own pattern
_SHOWN = 6


@cache
def _segmenter() -> Any:
    import rjieba

    return rjieba


def words(page: str) -> list[str]:
    """The words the plain recipe counts: jieba's, joined by spaces and read by `TfidfVectorizer` as it comes.

    >>> words("醫(yī)療，深化医改2024年")
    ['深化', '医改', '2024']
    """
    found: list[str] = _WORD.findall(" ".join(_segmenter().cut(page, True)).lower())
    return found


def variants(raws: Mapping[str, str], *, rules: Sequence[tuple[str, Rule]] = RULES) -> dict[str, dict[str, str]]:
    """The texts of the pages raw, clean, and clean but for one rule: variant -> document -> text."""
    out = {RAW: dict(raws), FULL: {doc: text(raw, rules=rules).text for doc, raw in raws.items()}}
    for name, _ in rules:
        fewer = tuple(r for r in rules if r[0] != name)
        out[f"without {name}"] = {doc: text(raw, rules=fewer).text for doc, raw in raws.items()}
    return out


def similarity(cleaned: Mapping[str, Cleaned], *, rules: Sequence[tuple[str, Rule]] = RULES) -> pd.DataFrame:
    """TF-IDF cosine of every pair of pages in every variant, and the words that make the difference.

    Columns: variant, a, b, cosine, change (against all rules), tokens (the words that add most to the
    change, with what each adds). Words are weighed once over all variants' documents of one variant,
    smoothed as scikit-learn does by default.
    """
    import pandas as pd

    raws = {doc: cleaned[doc].raw() for doc in sorted(cleaned)}
    shared = {name: _products(pages) for name, pages in variants(raws, rules=rules).items()}
    rows = []
    for name, pairs in shared.items():
        for pair, products in pairs.items():
            base = shared[FULL][pair]
            cosine, clean = sum(products.values()), sum(base.values())
            rows.append((name, *pair, round(cosine, 6), round(cosine - clean, 6), _responsible(products, base)))
    return pd.DataFrame(rows, columns=["variant", "a", "b", "cosine", "change", "tokens"])


def _products(pages: Mapping[str, str]) -> dict[tuple[str, str], dict[str, float]]:
    """For each pair of pages, what each word adds to their cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    docs = sorted(pages)
    vectorizer = TfidfVectorizer(analyzer=words)
    matrix = vectorizer.fit_transform([pages[doc] for doc in docs])
    names = vectorizer.get_feature_names_out()
    out = {}
    for i, j in combinations(range(len(docs)), 2):
        row = matrix[i].multiply(matrix[j]).tocoo()
        out[docs[i], docs[j]] = {str(names[c]): float(v) for c, v in zip(row.coords[-1], row.data, strict=True)}
    return out


def _responsible(products: Mapping[str, float], base: Mapping[str, float]) -> str:
    """The words that add most to a change of cosine, the largest first."""
    gains = {w: v - base.get(w, 0.0) for w, v in products.items()}
    ranked = sorted(gains.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{w} {v:.2f}" for w, v in ranked[:_SHOWN] if v >= 0.005)


def effects(similar: pd.DataFrame) -> pd.DataFrame:
    """For each variant the pair it changes most: variant, a, b, clean, cosine, change, tokens; largest first."""
    clean = similar[similar["variant"] == FULL][["a", "b", "cosine"]].rename(columns={"cosine": "clean"})
    both = similar[similar["variant"] != FULL].merge(clean, on=["a", "b"], validate="many_to_one")
    size = both["change"].abs()
    most = both.assign(size=size).sort_values(["size", "a", "b"], ascending=[False, True, True], kind="stable")
    first = most.drop_duplicates("variant")
    return first[["variant", "a", "b", "clean", "cosine", "change", "tokens"]].reset_index(drop=True)
