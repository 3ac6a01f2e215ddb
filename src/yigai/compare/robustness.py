"""Sensitivity: which conclusions hold whatever one decides about words, units, cleaning and pages.

A conclusion is a short text such as “closest pair, by words: 甲市 ~ 乙县”. Every setting changes one
decision of the baseline and draws all conclusions again; a conclusion that flips under a
defensible decision is a finding about the decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from yigai import topics
from yigai.compare.keywords import typical
from yigai.compare.likeness import mean_vectors, unit_rows, word_weights
from yigai.compare.logodds import Counted
from yigai.compare.settings import BASELINE, Ground, Material, Setting, grid, material, no_marks
from yigai.compare.shares import topic_marks

COLUMNS = ["factor", "setting", "conclusion", "value", "baseline", "holds"]
UNITS = 8  # conclusions about single units are drawn for the first by name
BASE = Setting()


def sensitivity(
    sentences: pd.DataFrame,
    codes: pd.DataFrame,
    units: Mapping[str, str],
    *,
    raw: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Every conclusion under every setting, drawn here and now; see `judged` for the columns.

    `units`: document → case or region (compare.units). `raw`: the pages before cleaning; with it
    the settings of cleaning are run. A study does the same point by point (`Study.sensitivity`).
    """
    on = ground(sentences, codes, units, raw=raw or {}, topical=partial(_modelled, sentences))
    return judged(on.units, [(setting, drawn(on, setting)) for setting in grid(on)])


def ground(
    sentences: pd.DataFrame, codes: pd.DataFrame, units: Mapping[str, str], *, most: int = 120, **rest: Any
) -> Ground:
    """The corpus conclusions are drawn from; beyond `most` documents an even share of each unit, the first by name."""
    return Ground(sentences, codes, _share_of(units, most), **rest)


def drawn(on: Ground, setting: Setting = BASE) -> pd.DataFrame:
    """The conclusions one setting can draw, '' where it touches nothing they rest on. Columns: conclusion, value."""
    named = sorted(set(on.units.values()))[:UNITS]
    found = conclusions(material(on, setting), named)
    values = [value if rests_on(name) in setting.touches else "" for name, value in found.items()]
    return pd.DataFrame({"conclusion": list(found), "value": values}, dtype=object)


def judged(units: Mapping[str, str], points: Sequence[tuple[Setting, pd.DataFrame]]) -> pd.DataFrame:
    """Every conclusion of every point beside the baseline's, which is the first point.

    Columns: factor, setting, conclusion, value, baseline, holds (yes, no, or '' when a setting
    cannot say).
    """
    expected = dict(zip(points[0][1]["conclusion"], points[0][1]["value"], strict=True))
    rows = [
        (*setting.name(units), name, value, expected[name], _holds(value, expected[name], name, setting, units))
        for setting, found in points
        for name, value in zip(found["conclusion"], found["value"], strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def rests_on(conclusion: str) -> str:
    """What a conclusion is drawn from: words, topics or codes.

    >>> rests_on("closest pair, by topics"), rests_on("most achieved")
    ('topics', 'codes')
    """
    return next((what for what in ("word", "topic") if what in conclusion), "code") + "s"


def steadfast(table: pd.DataFrame) -> pd.DataFrame:
    """One row a conclusion: in how many settings it held, and which turned it.

    Columns: conclusion, baseline, held, of, verdict, turned_by.
    """
    varied = table[(table["factor"] != BASELINE) & (table["holds"] != "")]
    rows = []
    for name, found in varied.groupby("conclusion", sort=False):
        turned = list(found.loc[found["holds"] == "no", "setting"])
        verdict = "depends on " + ", ".join(
            dict.fromkeys(found.loc[found["holds"] == "no", "factor"])
        )
        rows.append(
            (name, found["baseline"].iloc[0], len(found) - len(turned), len(found),
             verdict if turned else "holds throughout", "; ".join(turned))
        )  # fmt: skip
    return pd.DataFrame(
        rows, columns=["conclusion", "baseline", "held", "of", "verdict", "turned_by"]
    )


def conclusions(given: Material, named: Sequence[str]) -> dict[str, str]:
    """Every conclusion drawn from one material, '' where it cannot be drawn."""
    present = set(given.units.values())
    words = word_weights({doc: given.tokens.get(doc, ()) for doc in given.units})
    drawn = {
        "closest pair, by words": _pair(words, given.units, max),
        "least alike pair, by words": _pair(words, given.units, min),
    }
    shares = _share_table(given.marked)
    drawn["closest pair, by dimensions"] = _pair(shares, given.units, max)
    drawn["closest pair, by topics"] = _pair(_share_table(given.topical), given.units, max)
    drawn["most achieved"] = _most(_share_table(given.statuses), given.units, "achieved")
    words_of = typical(given.tokens, given.units, named) if given.words_comparable else {}
    leading = _leading(shares, given.units)
    for name in named:
        drawn[f"leading dimension: {name}"] = leading.get(name, "") if name in present else ""
        drawn[f"most typical word: {name}"] = words_of.get(name, "") if name in present else ""
    return drawn


def _share_of(units: Mapping[str, str], most: int) -> dict[str, str]:
    each = max(2, most // max(len(set(units.values())), 1))
    taken: Counter[str] = Counter()
    kept = {}
    for doc in sorted(units):
        taken[units[doc]] += 1
        if taken[units[doc]] <= each:
            kept[doc] = units[doc]
    return kept


def _holds(value: str, expected: str, conclusion: str, setting: Setting, units: Mapping[str, str]) -> str:
    """Yes or no; '' where the setting cannot draw the conclusion, or left out the page it is about."""
    about_units = conclusion.startswith(("closest", "least", "most achieved"))
    left = {unit for doc, unit in units.items() if doc != setting.leave_out}
    gone = about_units and not left.issuperset(expected.split(" ~ "))
    if not value or not expected or gone:
        return ""
    return "yes" if value == expected else "no"


def _modelled(sentences: pd.DataFrame, number: int) -> pd.DataFrame:
    """The topic of each passage as marks; none where the texts cannot carry that many topics."""
    try:
        model, found = topics.of_sentences(sentences, number)
    except topics.BadTopics:
        return no_marks()
    return topic_marks(topics.passage_topics(model, found))


def _share_table(marked: pd.DataFrame) -> Counted:
    n = marked.groupby("doc")["item"].nunique()
    named = marked[marked["label"] != ""].drop_duplicates(["doc", "item", "label"])
    count = pd.crosstab(named["doc"], named["label"]).reindex(n.index, fill_value=0)
    shares = sparse.csr_matrix(count.div(n, axis=0).to_numpy(dtype=float))
    return Counted(tuple(map(str, n.index)), tuple(map(str, count.columns)), shares)


def _by_unit(weights: Counted, units: Mapping[str, str]) -> tuple[list[str], np.ndarray]:
    """The mean vector of every unit that has a document, rounded so that ties are ties anywhere."""
    placed = [(units[doc], at) for at, doc in enumerate(weights.docs) if doc in units]
    names = sorted({unit for unit, _ in placed})
    members = [[at for unit, at in placed if unit == name] for name in names]
    return names, mean_vectors(weights.matrix, members).round(9)


def _pair(weights: Counted, units: Mapping[str, str], extreme: Callable[..., float]) -> str:
    alone = Counted(weights.docs, weights.terms, unit_rows(weights.matrix))
    names, means = _by_unit(alone, units)
    if len(names) < 3:  # of two units one pair is the closest whatever the data
        return ""
    alike = (means @ means.T).round(9)  # mean cosine over pairs of documents, as in similarity
    pairs = list(combinations(range(len(names)), 2))
    best = extreme(alike[pair] for pair in pairs)
    i, j = next(pair for pair in pairs if alike[pair] == best)
    return f"{names[i]} ~ {names[j]}"


def _most(shares: Counted, units: Mapping[str, str], label: str) -> str:
    names, means = _by_unit(shares, units)
    if label not in shares.terms or len(names) < 2:
        return ""
    return names[int(means[:, shares.terms.index(label)].argmax())]


def _leading(shares: Counted, units: Mapping[str, str]) -> dict[str, str]:
    """The dimension with the largest share of every unit; all of them where several share the first place.

    The page of Lizhou speaks as often of three dimensions: the first by name would be a finding of the alphabet.
    """
    names, means = _by_unit(shares, units)
    return {
        name: " = ".join(term for term, share in zip(shares.terms, row, strict=True) if share == row.max())
        for name, row in zip(names, means, strict=True)
        if row.size and row.max() > 0
    }
