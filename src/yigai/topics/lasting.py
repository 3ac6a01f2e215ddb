"""Topic ids that last: topics of a run matched with those of the run before, from the tables of both alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from yigai import passages
from yigai.topics.model import BadTopics

if TYPE_CHECKING:
    import pandas as pd

    from yigai.topics.model import Topics

SAME = 1 / 3  # Jaccard from which two topics count as one that went on: half of each is in the other
Floats = npt.NDArray[np.float64]


def members(passage_topics: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, int]:
    """The topic of each passage by the text of the passage, which outlasts its number and its file name."""
    texts = passages.bodies(sentences)[["doc", "passage", "text"]]
    placed = passage_topics.merge(texts, on=["doc", "passage"], how="inner", validate="one_to_one")
    placed = placed[placed["topic"] >= 0].sort_values(["doc", "passage"], kind="stable")
    return dict(zip(placed["text"][::-1], placed["topic"][::-1], strict=True))  # of equal texts the first counts


def overlap(before: dict[str, int], after: dict[str, int], rows: Sequence[int], columns: Sequence[int]) -> Floats:
    """Jaccard similarity of each topic before (rows) with each after (columns), over the passages both runs hold.

    >>> overlap({"甲": 0, "乙": 0, "丙": 1}, {"甲": 5, "乙": 5, "丁": 6}, [0, 1], [5, 6]).tolist()
    [[1.0, 0.0], [0.0, 0.0]]
    """
    both = sorted(before.keys() & after.keys())
    old, new = np.array([before[text] for text in both]), np.array([after[text] for text in both])
    left = np.array([old == topic for topic in rows]).reshape(len(rows), len(both)).astype(float)
    right = np.array([new == topic for topic in columns]).reshape(len(columns), len(both)).astype(float)
    shared = left @ right.T
    union = left.sum(axis=1)[:, None] + right.sum(axis=1)[None, :] - shared
    return shared / np.maximum(union, 1)


def alike_words(before: Sequence[str], after: Sequence[str]) -> Floats:
    """Jaccard similarity of the words (`;` between them) of each topic before with those of each after.

    >>> alike_words(["医保;支付"], ["支付;转诊;医保", "药品"]).round(2).tolist()
    [[0.67, 0.0]]
    """
    old, new = ([set(words.split(";")) - {""} for words in terms] for terms in (before, after))
    return np.array([[len(a & b) / max(len(a | b), 1) for b in new] for a in old]).reshape(len(old), len(new))


def matched(before: Sequence[int], likeness: Floats, *, least: float = SAME) -> dict[int, int]:
    """Column → id before: the one-to-one matching of greatest total likeness (Kuhn 1955), pairs below `least` left out.

    >>> matched([3, 7], np.array([[0.2, 0.9], [0.1, 0.5]]))
    {1: 3}
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-likeness) if likeness.size else ([], [])
    return {int(c): before[r] for r, c in zip(rows, columns, strict=True) if likeness[r, c] >= least}


def likeness(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> Floats:
    """Likeness of the topics of two runs, each given as its tables topics, passage_topics and sentences.

    Over the passages both runs hold; where either topic has none of these, over its words.
    """
    old, new = (members(run["passage_topics"], run["sentences"]) for run in (before, after))
    rows, columns = (run["topics"]["topic"].astype(int).tolist() for run in (before, after))
    by_passage = overlap(old, new, rows, columns)
    by_words = alike_words(*(run["topics"]["terms"].astype(str).tolist() for run in (before, after)))
    kept = old.keys() & new.keys()
    known = [{found[text] for text in kept} for found in (old, new)]
    blind = np.array([[not (a in known[0] and b in known[1]) for b in columns] for a in rows], dtype=bool)
    return np.where(blind.reshape(by_passage.shape), by_words, by_passage).round(6)


def lasting(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame], *, unused: int) -> list[int]:
    """Id of each topic after, in order: that of the topic before which it continues, else `unused` and up."""
    taken = matched(before["topics"]["topic"].astype(int).tolist(), likeness(before, after))
    fresh = iter(range(unused, unused + len(after["topics"])))
    return [taken[n] if n in taken else next(fresh) for n in range(len(after["topics"]))]


def renamed(model: Topics, ids: Sequence[int]) -> Topics:
    """The same topics under the ids given, one each by size. Raises BadTopics for another number of ids."""
    _check(ids, model.n_topics)
    return replace(model, ids=tuple(ids))


def _check(ids: Sequence[int], number: int) -> None:
    if len(ids) != number or len(set(ids)) != number or min(ids, default=0) < 0:
        raise BadTopics(f"topic_ids: {list(ids)} for {number} topics; give one whole number each, or none")
