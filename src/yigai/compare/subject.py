"""Subject: which sentences speak of health care at all.

A government work report speaks of steel, grain and hospitals; coded whole, its “reform model”
would be made of sentences about banks. The gate warns, and `scope` narrows what is compared.
"""

from __future__ import annotations

import re

import pandas as pd

from yigai import topics

SCOPES = ("all", "health")
# 健康 alone is also said of markets (促进市场健康发展), so these uses do not count.
_HEALTH = re.compile(
    r"医|药|病|诊|疗|卫生|康复|护理|疾控|防疫|疫情|患者|妇幼|健康(?!发展|成长|有序|运行|稳定|持续)"
)
_CLAUSE = re.compile(r"[，；。！？,;!?]")


def speaks_of_health(text: str) -> bool:
    """Whether at least a quarter of the clauses of a sentence name anything of health care.

    A list of twenty building sites with one hospital among them is not about health care.

    >>> speaks_of_health("推进县域医共体建设。"), speaks_of_health("促进房地产市场健康发展。")
    (True, False)
    >>> speaks_of_health("修建高速，扩建电厂，改造灌区，建设机场，新开医院。")
    False
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    named = sum(bool(_HEALTH.search(clause)) for clause in clauses)
    return 4 * named >= len(clauses) > 0


def scope(sentences: pd.DataFrame, name: str) -> pd.DataFrame:
    """The sentences of a scope: `all`, or `health`, the ones that speak of health care.

    Raises KeyError with the known scopes for any other.
    """
    if name not in SCOPES:
        raise KeyError(f"no scope {name!r}; known: {', '.join(SCOPES)}")
    if name == "all":
        return sentences
    return sentences[sentences["text"].map(speaks_of_health)].reset_index(drop=True)


def within(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table with doc and sentence (codes) whose sentence is among those given."""
    keys = sentences[["doc", "sentence"]].drop_duplicates()
    return table.merge(keys, on=["doc", "sentence"], how="inner", validate="many_to_one")


def words(sentences: pd.DataFrame, *by: str) -> dict[str, list[str]]:
    """The content words of the body sentences of each document, or of each (doc, passage).

    `by` names further columns of the unit; its name is then `doc#passage`.
    """
    body = sentences[sentences["kind"] == "body"]
    joined = body.groupby(["doc", *by])["text"].agg("\n".join)
    keys = joined.index.to_frame(index=False).astype(str).agg("#".join, axis=1)
    return {str(key): topics.tokens(text) for key, text in zip(keys, joined, strict=True)}
