"""How much of a run the pages show: every document of a small corpus, a few hundred of a large one.

Pages are made for the documents that the site's quotes refer to and for as many of every region;
the tables hold all documents whatever their number, and the pages say so.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

#: Documents that get a case page and an evidence page.
MOST_CASES = 300
#: Up to so many documents the downloads hold all rows; above, those of the documents shown.
WHOLE = 3_000
#: Passages shown under one topic: their documents are always among those shown.
NEAREST = 8
#: Rows read at a time from a table that is not held whole.
BATCH = 20_000
_NAME = re.compile(r"[\w.-]{1,120}")


def held(tables: Path) -> Path:
    """The folder of the tables that pages are made from: those of the shown documents where the run wrote them."""
    return tables / "shown" if (tables / "shown" / "documents.parquet").exists() else tables


def chosen(out: Path, documents: pd.DataFrame, *, most: int = MOST_CASES) -> tuple[str, ...]:
    """The documents that pages are made for, in the order of their table: those the run chose, else our choice."""
    docs = [str(doc) for doc in documents["doc"]]
    if held(out / "tables") != out / "tables":
        return tuple(str(doc) for doc in pd.read_parquet(held(out / "tables") / "documents.parquet", columns=["doc"])["doc"])
    if len(docs) <= most:
        return tuple(docs)
    wanted = dict.fromkeys([*_nearest(out / "tables"), *_printed(out / "notebooks", set(docs)), *_of_each_region(documents)])
    kept = set([doc for doc in wanted if doc in set(docs)][:most])
    return tuple(doc for doc in docs if doc in kept)


def _nearest(tables: Path) -> Iterator[str]:
    """The documents of the passages nearest to each topic."""
    best: dict[str, list[tuple[float, str]]] = {}
    for rows in batches(tables / "passage_topics.parquet", ["doc", "topic", "similarity"]):
        for doc, topic, similarity in zip(rows["doc"], rows["topic"], rows["similarity"], strict=True):
            heap = best.setdefault(str(topic), [])
            (heapq.heappush if len(heap) < NEAREST else heapq.heappushpop)(heap, (float(similarity), str(doc)))
    for topic in sorted(best):
        yield from (doc for _, doc in sorted(best[topic], reverse=True))


def _printed(notebooks: Path, docs: set[str]) -> Iterator[str]:
    """The documents that a notebook names."""
    for path in sorted(notebooks.glob("*.ipynb")):
        named = dict.fromkeys(_NAME.findall(path.read_text("utf-8", "replace")))
        yield from (name for name in named if name in docs)


def _of_each_region(documents: pd.DataFrame) -> Iterator[str]:
    """All documents, the first of every region before the second of any."""
    regions = documents["region"] if "region" in documents else pd.Series("", index=documents.index)
    turns = Counter[str]()
    order = []
    for place, (doc, region) in enumerate(zip(documents["doc"], regions, strict=True)):
        order.append((turns[str(region)], place, str(doc)))
        turns[str(region)] += 1
    yield from (doc for _, _, doc in sorted(order))


def rows(path: Path) -> int:
    """How many rows a table has, without reading them."""
    import pyarrow.dataset

    return int(pyarrow.dataset.dataset(path, format="parquet").count_rows())


def batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
    """The rows of a table, some thousands at a time; none for a table that is not there."""
    import pyarrow
    import pyarrow.dataset

    if not path.exists():
        return
    found = pyarrow.dataset.dataset(path, format="parquet")
    for batch in found.to_batches(columns=list(columns) if columns else None, batch_size=BATCH, use_threads=False):
        if batch.num_rows:
            yield pyarrow.Table.from_batches([batch]).to_pandas()


def of(path: Path, docs: Sequence[str]) -> pd.DataFrame:
    """The rows of some documents; the whole of a table that has no documents or no rows."""
    import pyarrow.dataset

    found = pyarrow.dataset.dataset(path, format="parquet")
    if "doc" not in found.schema.names or not found.head(1).num_rows:
        return pd.read_parquet(path)
    return pd.read_parquet(path, filters=[("doc", "in", list(docs))])


def tallies(tables: Path, region_of: Mapping[str, str]) -> dict[tuple[str, str], Counter[str]]:
    """How many coded sentences of each status a region has on each dimension, over all documents."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for part in batches(tables / "codes.parquet", ["doc", "dimensions", "status"]):
        for (doc, dimensions, status), count in Counter(_triples(part)).items():
            for code in dict.fromkeys(one.strip().partition(".")[0] for one in dimensions.split(";") if one.strip()):
                found.setdefault((region_of.get(doc, "unknown"), code), Counter())[status or "no cue"] += count
    return found


def _triples(part: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    yield from zip(part["doc"].astype(str), part["dimensions"].fillna(""), part["status"].fillna(""), strict=True)


def sentences(tables: Path) -> Counter[str]:
    """How many sentences each document has."""
    return tally(tables / "sentences.parquet", "doc")


def tally(path: Path, column: str) -> Counter[str]:
    """How many rows of a table have each value of a column."""
    found = Counter[str]()
    for part in batches(path, [column]):
        found.update(part[column].astype(str))
    return found
