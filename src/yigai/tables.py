"""The per-page tables of a corpus, put together from its parts when asked for, or passed on piece by piece."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import pandas as pd
import pyarrow as pa
from pyarrow import compute

from yigai import coding, corpus, store
from yigai.parts import MEASURED, NAMES, TOLD, Part, Stage, joined

#: Tables that show every page; the others leave reposts out, which would count one text twice.
ALL_PAGES = ("documents", "edits", "texts", "rejected")
#: What parts hold for the machine alone.
INNER = ("texts", "prints")
#: The stage that makes a table, where it is not the first.
STAGE_OF: dict[str, Stage] = {"matrix": TOLD, "synopses": TOLD}


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of the documents in ``documents`` (with repost_of), each read from the parts when asked for."""

    def __init__(self, parts: Sequence[Part], documents: pd.DataFrame, rejected: pd.DataFrame) -> None:
        self._parts = parts
        self._made = {"documents": documents, "rejected": rejected}
        self._docs = frozenset(documents["doc"])
        self._kept = frozenset(documents.loc[documents["repost_of"] == "", "doc"])

    @classmethod
    def of(cls, parts: Sequence[Part], rejected: pd.DataFrame) -> Tables:
        """The tables of all pages of the parts, and of what was ``rejected`` before."""
        refused = joined([rejected, *(found.to_pandas() for part in parts if len(found := part.columns("rejected")))])
        documents = _frame([part.columns("documents") for part in parts])
        check_accounted(parts, len(rejected), len(documents) + len(refused))
        return cls(
            parts,
            documents.assign(repost_of=repost_of(parts, list(documents["doc"]))),
            refused.sort_values("file", kind="stable", ignore_index=True),
        )

    @property
    def parts(self) -> Sequence[Part]:
        """The parts that hold the documents."""
        return self._parts

    def only(self, docs: Collection[str]) -> Tables:
        """The same tables of some documents only; what was rejected stays."""
        wanted = frozenset(docs)
        documents = self["documents"]
        held = [part for part in self._parts if any(page.doc in wanted for page in part.documents)]
        return Tables(held, documents[documents["doc"].isin(wanted)].reset_index(drop=True), self["rejected"])

    def pieces(self, name: str) -> Iterator[pa.Table]:
        """The table ``name`` part by part, in order; the matrix dimension by dimension."""
        found = (self._piece(part, name) for part in self._parts)
        yield from _by_dimension(list(found)) if name == "matrix" else found

    def _piece(self, part: Part, name: str) -> pa.Table:
        wanted = self._docs if name in ALL_PAGES else self._kept
        whole = STAGE_OF.get(name, MEASURED).columns(part, name)
        mine = [page.doc for page in part.documents if page.doc in wanted]
        if len(mine) == len(part.documents):
            return whole
        return whole.filter(compute.is_in(whole["doc"].cast(pa.string()), pa.array(mine, pa.string())))

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table ``name``; KeyError for a name that no part has."""
        if name not in NAMES:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = _frame(list(self.pieces(name)))
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a table of that name; asking does not make it."""
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        """The names of the tables."""
        return (name for name in NAMES if name not in INNER)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(NAMES) - len(INNER)


def check_accounted(parts: Sequence[Part], rejected: int, told: int) -> None:
    """Refuse tables in which a page of the parts, or one that was ``rejected`` before, is missing or stands twice.

    Raises store.Environment: only a cache that somebody else has written can do so.
    """
    read = sum(len(part.documents) for part in parts) + rejected
    if told != read:
        raise store.Environment(f"{store.cache_folder()}: tells of {told} pages, {read} were read; remove it and run again")


def _frame(pieces: Sequence[pa.Table]) -> pd.DataFrame:
    """The pieces as one data frame; empty ones, whose columns have no type, do not count."""
    filled = [piece for piece in pieces if len(piece)]
    if not filled:
        return pieces[0].to_pandas()
    return pa.concat_tables([piece.cast(filled[0].schema) for piece in filled]).to_pandas()


def _by_dimension(pieces: Sequence[pa.Table]) -> Iterator[pa.Table]:
    """The matrix has all documents of a dimension together, a part all dimensions of its documents."""
    for dimension in coding.codebook().dimensions:
        for piece in pieces:
            yield piece.filter(compute.equal(piece["dimension"], pa.scalar(dimension.key, piece.schema.field("dimension").type)))


def repost_of(parts: Sequence[Part], names: Sequence[str]) -> list[str]:
    """The document each document repeats (转载), '' for one that is kept."""
    prints = [one for part in parts for one in part.columns("prints")["print"].to_pylist()]
    groups = corpus.reposts(_Texts(parts, names), prints)
    rows = list(zip(groups["position"], groups["group"], groups["kept"], strict=True))
    keeper = {group: names[position] for position, group, kept in rows if kept}
    repeats = {position: keeper[group] for position, group, kept in rows if not kept}
    return [repeats.get(position, "") for position in range(len(names))]


class _Texts(Sequence[str]):
    """The sentences of each document as one text, read when it is looked at, the last parts kept."""

    def __init__(self, parts: Sequence[Part], names: Sequence[str]) -> None:
        part_of = {page.doc: part for part in parts for page in part.documents}
        self._place = [(part_of[doc], doc) for doc in names]
        self._sentences = lru_cache(maxsize=64)(lambda part: part.columns("sentences").select(["doc", "text"]))

    def __len__(self) -> int:
        return len(self._place)

    def __getitem__(self, position: int) -> str:  # type: ignore[override]
        part, doc = self._place[position]
        sentences = self._sentences(part)
        return "".join(sentences.filter(compute.equal(sentences["doc"], doc))["text"].to_pylist())


class Held(dict[str, pd.DataFrame]):
    """Tables of few documents, held as data frames; see :class:`Tables`."""

    def only(self, docs: Collection[str]) -> Held:
        """The same tables of some documents only; what was rejected stays."""
        return Held({
            name: table if name == "rejected" else table[table["doc"].isin(docs)].reset_index(drop=True)
            for name, table in self.items()
        })  # fmt: skip

    def pieces(self, name: str) -> Iterator[pa.Table]:
        """The table ``name`` in one piece."""
        yield pa.Table.from_pandas(self[name], preserve_index=False)
