"""Contract tables of topics, agreement with the coded dimensions, and alignment with a previous run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from yigai import passages, places
from yigai.topics.lasting import matched
from yigai.topics.model import Topics, cluster

if TYPE_CHECKING:
    import pandas as pd

ALIKE = 0.35  # cosine of two topics' centres from which they count as one topic that went on


def of_sentences(
    sentences: pd.DataFrame, n_topics: int | None = None, random_state: int = 0, *,
    flagged: pd.DataFrame | None = None,
) -> tuple[Topics, pd.DataFrame]:  # fmt: skip
    """Topics of the passages of a corpus (contract table `sentences`), and the passages they stand in.

    Only body sentences count: no headings, duty lines, background or boilerplate. Names of places are left
    out, for they say where a passage is from, not what it is about. `flagged` (doc, start, end in the
    clean text) names spans left out of the vocabulary.
    """
    found = passages.bodies(sentences)
    exclude = _exclude(sentences, found, flagged) if flagged is not None and len(flagged) else ()
    model = cluster(found["text"].tolist(), n_topics, random_state, documents=found["doc"].tolist(),
                    exclude=exclude, omit=places.named)  # fmt: skip
    return model, found


def _exclude(sentences: pd.DataFrame, found: pd.DataFrame, flagged: pd.DataFrame) -> list[list[tuple[int, int]]]:
    """Flagged spans of the clean text as spans of the joined body of each passage."""
    body = sentences[sentences["kind"] == "body"]
    flags = {doc: list(zip(rows["start"], rows["end"], strict=True)) for doc, rows in flagged.groupby("doc")}
    spans: list[list[tuple[int, int]]] = []
    pieces = dict(list(body.groupby(["doc", "passage"], sort=False)))
    for doc, number in zip(found["doc"], found["passage"], strict=True):
        inside, at = [], 0
        for start, end in zip(pieces[doc, number]["start"], pieces[doc, number]["end"], strict=True):
            inside += [(at + max(a, start) - start, at + min(b, end) - start)
                       for a, b in flags.get(doc, ()) if a < end and b > start]  # fmt: skip
            at += end - start
        spans.append(inside)
    return spans


def table(model: Topics, documents: Sequence[str] | None = None) -> pd.DataFrame:
    """Contract table `topics`: topic, size, label, terms, stability, documents, verdict, nearest.

    `topic` is the lasting id (see `align`); `documents` counts the documents of each topic.
    """
    import pandas as pd

    counts = model.documents if documents is None else _documents(model, documents)
    whole = model.verdict if model.n_topics == 1 else ""
    return pd.DataFrame({
        "topic": list(model.ids), "size": list(model.sizes), "label": list(model.names),
        "terms": [";".join(words) for words in model.terms], "stability": model.stability.round(6),
        "documents": list(counts), "verdict": [whole or verdict for verdict in model.verdicts],
        "nearest": [";".join(map(str, one)) for one in model.nearest],
    })  # fmt: skip


def _documents(model: Topics, documents: Sequence[str]) -> list[int]:
    return [len({doc for doc, topic in zip(documents, model.labels, strict=True) if topic == t})
            for t in range(model.n_topics)]  # fmt: skip


def passage_topics(model: Topics, found: pd.DataFrame) -> pd.DataFrame:
    """Contract table `passage_topics`: doc, passage, topic (-1: no shared word), similarity."""
    ids = np.array([*model.ids, -1])
    return found[["doc", "passage"]].assign(topic=ids[model.labels], similarity=model.similarity.round(6))


def by_document(model: Topics, documents: Sequence[str]) -> pd.DataFrame:
    """Topics × documents: texts of each document in each topic; rows topics, columns documents."""
    import pandas as pd

    ids = np.array([*model.ids, -1])
    return pd.crosstab(pd.Series(ids[model.labels], name="topic"), pd.Series(list(documents), name="doc"))


def quotes(model: Topics, found: pd.DataFrame, *, size: int = 5) -> pd.DataFrame:
    """The passages nearest to each topic's centre, quoted: topic, label, rank, doc, passage, similarity, text."""
    import pandas as pd

    rows = [
        (model.ids[topic], model.names[topic], rank + 1, found["doc"].iloc[i], found["passage"].iloc[i],
         float(model.similarity[i]), found["text"].iloc[i])
        for topic, nearest in enumerate(model.nearest) for rank, i in enumerate(nearest[:size])
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["topic", "label", "rank", "doc", "passage", "similarity", "text"])


def main_dimensions(found: pd.DataFrame, sentences: pd.DataFrame, codes: pd.DataFrame) -> list[str]:
    """The dimension most sentences of each passage were coded with, ties by name; '' where none was."""
    passage_of = sentences[["doc", "passage", "sentence"]]
    votes = codes[["doc", "sentence", "dimensions"]].merge(passage_of, on=["doc", "sentence"], validate="m:1")
    single = votes.assign(dimension=votes["dimensions"].fillna("").str.split(";")).explode("dimension")
    single["dimension"] = single["dimension"].str.split(".").str[0]
    counted = single[single["dimension"] != ""].groupby(["doc", "passage", "dimension"]).size().reset_index(name="votes")
    first = counted.sort_values(["votes", "dimension"], ascending=[False, True]).drop_duplicates(["doc", "passage"])
    merged = found[["doc", "passage"]].merge(first, on=["doc", "passage"], how="left", validate="1:1")
    return merged["dimension"].fillna("").tolist()


def agreement(model: Topics, dimensions: Sequence[str]) -> dict[str, float]:
    """How well topics and coded dimensions agree: adjusted Rand index, normalised mutual information, texts compared.

    `dimensions` gives the dimension of each text, '' where none was coded; those texts are left out.
    """
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    pairs = [(d, int(t)) for d, t in zip(dimensions, model.labels, strict=True) if d and t >= 0]
    if len(pairs) < 2:
        return {"rand": float("nan"), "mutual_information": float("nan"), "texts": len(pairs)}
    coded, found = zip(*pairs, strict=True)
    return {"rand": round(float(adjusted_rand_score(coded, found)), 6),
            "mutual_information": round(float(normalized_mutual_info_score(coded, found)), 6),
            "texts": len(pairs)}  # fmt: skip


def alike(old: Topics, new: Topics) -> pd.DataFrame:
    """Cosine of every old with every new topic's centre; rows old, columns new ids."""
    import pandas as pd

    def cosine(a: dict[str, float], b: dict[str, float]) -> float:
        norm = np.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
        return float(sum(a[word] * b[word] for word in sorted(a.keys() & b.keys())) / norm) if norm else 0.0

    return pd.DataFrame(
        [[cosine(a, b) for b in new.centres] for a in old.centres], index=list(old.ids), columns=list(new.ids)
    ).round(6)


def align(old: Topics, new: Topics) -> Topics:
    """The new topics with the ids of the old ones they continue; the rest take ids never used before.

    One-to-one assignment of greatest total cosine (Kuhn 1955); pairs below 0.35 are not the same topic.
    """
    taken = matched(old.ids, alike(old, new).to_numpy(), least=ALIKE)
    fresh = iter(range(max(old.ids, default=-1) + 1, max(old.ids, default=-1) + 1 + new.n_topics))
    return replace(new, ids=tuple(taken[t] if t in taken else next(fresh) for t in range(new.n_topics)))


def difference(old: Topics, new: Topics) -> pd.DataFrame:
    """What became of the topics, new ids already aligned: topic, status (kept, new, gone), similarity, old and new label, size and verdict."""
    import pandas as pd

    likeness = alike(old, new).to_numpy(dtype=float)
    before = {i: n for n, i in enumerate(old.ids)}
    after = {i: n for n, i in enumerate(new.ids)}
    rows = []
    for i in sorted(before.keys() | after.keys()):
        a, b = before.get(i), after.get(i)
        status = "kept" if a is not None and b is not None else "new" if a is None else "gone"
        rows.append((
            i, status, float(likeness[a, b]) if a is not None and b is not None else float("nan"),
            *(("", 0, "") if a is None else (old.names[a], old.sizes[a], old.verdicts[a])),
            *(("", 0, "") if b is None else (new.names[b], new.sizes[b], new.verdicts[b])),
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=["topic", "status", "similarity", "label_before", "size_before",
                                       "verdict_before", "label", "size", "verdict"])  # fmt: skip
