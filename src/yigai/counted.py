"""Counted words of a part: each passage by word, kept like its tables, so that no corpus is cut into words twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from yigai import passages
from yigai.parts import Part, Stage
from yigai.topics import placing, vectors

#: Rooms that decide which words a text has.
ROOMS = ("topics", "data/lexicon", "counted.py")


@dataclass(frozen=True)
class Counted:
    """Counts of words (columns) in passages (rows) with the passages' names: doc, passage."""

    passages: pd.DataFrame
    words: tuple[str, ...]
    counts: sparse.csr_matrix


def certain(sentences: pd.DataFrame, flagged: pd.DataFrame) -> pd.DataFrame:
    """The sentences with every flagged span blanked: nothing unsure enters a vocabulary."""
    unsure = {doc: list(zip(g["start"], g["end"], strict=True)) for doc, g in flagged.groupby("doc")}
    rows = zip(*(sentences[name] for name in ("doc", "text", "start")), strict=True)
    return sentences.assign(text=[blanked(text, start, unsure.get(doc, ())) for doc, text, start in rows])


def blanked(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """``text``, which stands at ``offset``, with ``spans`` of its document turned into blanks.

    >>> blanked("临床重点？？平建设", 10, [(14, 17)])
    '临床重点   建设'
    """
    for start, end in spans:
        left, right = max(start - offset, 0), min(end - offset, len(text))
        if left < right:
            text = text[:left] + " " * (right - left) + text[right:]
    return text


def of(part: Part) -> Counted:
    """The counts of a part, from the cache where they are."""
    kept = WORDS.tables(part)
    cells, words, rows = kept["cells"], kept["words"]["word"], kept["passages"]
    counts = sparse.csr_matrix(
        (cells["count"].to_numpy(np.float64), (cells["row"].to_numpy(), cells["column"].to_numpy())),
        shape=(len(rows), len(words)),
    )
    return Counted(rows, tuple(words), counts)


def _tables(part: Part) -> dict[str, pd.DataFrame]:
    bodies = passages.bodies(certain(part.table("sentences"), part.table("flagged")))
    counted = vectors.count(list(bodies["text"]))
    cells = counted.counts.tocoo()
    numbers = {"row": cells.row, "column": cells.col, "count": cells.data}
    return {
        "passages": bodies[["doc", "passage"]],
        "words": pd.DataFrame({"word": list(counted.words)}, dtype="str"),
        "cells": pd.DataFrame({name: values.astype(np.int32) for name, values in numbers.items()}),
    }


#: Each passage of a part by word.
WORDS = Stage("words", part=_tables, rooms=ROOMS)


def by_document(parts: Sequence[Part], docs: Sequence[str]) -> tuple[tuple[str, ...], sparse.csr_matrix]:
    """The words of all parts in order, and how often each of ``docs`` (rows, in their order) has each."""
    row_of = {doc: row for row, doc in enumerate(docs)}
    number: dict[str, int] = {}
    cells: list[sparse.coo_matrix] = []
    for part in parts:
        one = of(part)
        rows = np.array([row_of.get(doc, -1) for doc in one.passages["doc"]], dtype=np.int64)
        column = np.array([number.setdefault(word, len(number)) for word in one.words], dtype=np.int64)
        cells.append(_summed(one.counts, rows, column, (len(docs), len(number))))
    order = sorted(number, key=number.__getitem__)
    ranked = sorted(range(len(order)), key=order.__getitem__)
    whole = _stacked(cells, (len(docs), len(order)))
    used = _used(whole, ranked)
    return tuple(order[at] for at in used), whole[:, used].tocsr()


def _used(whole: sparse.csr_matrix, ranked: Sequence[int]) -> np.ndarray:
    present = whole.getnnz(axis=0)
    return np.array([at for at in ranked if present[at]], dtype=np.int64)


def _summed(
    counts: sparse.csr_matrix, rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]
) -> sparse.coo_matrix:
    """Passages summed to documents, one cell a document and word."""
    cells = counts.tocoo()
    inside = rows[cells.row] >= 0
    placed = (rows[cells.row[inside]], columns[cells.col[inside]])
    summed = sparse.coo_matrix((cells.data[inside], placed), shape=shape)
    summed.sum_duplicates()
    return summed


def _stacked(cells: Sequence[sparse.coo_matrix], shape: tuple[int, int]) -> sparse.csr_matrix:
    def gathered(name: str) -> np.ndarray:
        return np.concatenate([np.empty(0, np.int32), *(getattr(one, name).astype(np.int32) for one in cells)])

    counts = gathered("data").astype(np.float64)
    return sparse.csr_matrix((counts, (gathered("row"), gathered("col"))), shape=shape)


def placed(
    parts: Sequence[Part], docs: Collection[str], fitted: Mapping[str, pd.DataFrame], bodies: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables topics and passage_topics of a corpus whose topics were fitted on some of its documents.

    ``fitted`` are the two tables of those documents, ``bodies`` their passages in the same order; the
    passages of the other ``docs`` go to the topic with the nearest centre.
    """
    ids = [int(topic) for topic in fitted["topics"]["topic"]]
    known = fitted["passage_topics"]
    labels = known["topic"].map({topic: at for at, topic in enumerate(ids)} | {-1: -1}).to_numpy().astype(np.int64)
    into = placing.centres(list(bodies["text"]), labels, len(ids))
    rest = frozenset(docs) - frozenset(known["doc"])
    others = [_placed(of(part), rest, np.array([*ids, -1]), into) for part in parts]
    found = pd.concat([known, *others], ignore_index=True).sort_values(["doc", "passage"], kind="stable", ignore_index=True)
    told = found.assign(similarity=found["similarity"].round(6))
    return {"topics": _retold(fitted["topics"], known, told), "passage_topics": told}


def _placed(one: Counted, docs: Collection[str], ids: np.ndarray, into: placing.Centres) -> pd.DataFrame:
    inside = np.array([doc in docs for doc in one.passages["doc"]], dtype=bool)
    topic, similarity = placing.place(into, one.words, one.counts[inside])
    return one.passages[inside].assign(topic=ids[topic], similarity=similarity)


def _retold(fitted: pd.DataFrame, known: pd.DataFrame, passage_topics: pd.DataFrame) -> pd.DataFrame:
    """The topics with the passages and documents of the whole corpus counted."""
    by_topic = passage_topics.groupby("topic")
    size, documents = by_topic.size(), by_topic["doc"].nunique()
    # Only of the documents shown: as tuples, the passages of 100,000 documents take half a gigabyte.
    fitted_on = passage_topics.loc[passage_topics["doc"].isin(known["doc"].unique()), ["doc", "passage"]]
    names = list(zip(known["doc"], known["passage"], strict=True))
    row_of = dict(zip(zip(fitted_on["doc"], fitted_on["passage"], strict=True), fitted_on.index, strict=True))
    nearest = [";".join(str(row_of[names[int(at)]]) for at in cell.split(";") if at) for cell in fitted["nearest"]]
    return fitted.assign(
        size=[int(size.get(topic, 0)) for topic in fitted["topic"]],
        documents=[int(documents.get(topic, 0)) for topic in fitted["topic"]],
        nearest=nearest,
    )
