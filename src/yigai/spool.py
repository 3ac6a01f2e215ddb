"""Pages read and waiting to be measured: few are held in memory, the texts of many lie in a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, NamedTuple, overload

import pandas as pd

from yigai import corpus, store
from yigai.clean import Override
from yigai.corpus import Document, Rejected
from yigai.corpus.document import rejected_table
from yigai.corpus.read import nothing_usable
from yigai.parts import Laid, Part, cut

try:
    import fcntl
except ImportError:  # Windows: the files of killed runs stay there
    fcntl = None  # type: ignore[assignment]

#: Pages held in memory; with one more, the texts of all go into a file.
FEW = 1000
PREFIX = ".pages-"


class Found(NamedTuple):
    """What a path holds: its parts, what was rejected and why, and remarks."""

    parts: list[Part]
    rejected: pd.DataFrame
    notes: tuple[str, ...]


def read(path: Path | str) -> Found:
    """The pages of a folder or file, in parts, in the order of their names.

    Raises corpus.BadInput when nothing can be used, store.Environment when there is no space for the texts.
    """
    documents: list[Document] = []
    rejected: list[Rejected] = []
    spool: _Spool | None = None
    reading = corpus.stream(path)
    for page in reading:
        if isinstance(page, Rejected):
            rejected.append(page)
            continue
        if spool is None and len(documents) == FEW:
            spool = _Spool()
            documents = [spool.laid_down(one) for one in documents]
        documents.append(spool.laid_down(page) if spool else page)
    if not documents:
        raise corpus.BadInput(nothing_usable(Path(path), sorted(rejected)))
    return Found(cut(documents, spool.laid() if spool else None), rejected_table(sorted(rejected)), reading.notes)


class _Spool:
    """A file of texts in the cache, gone when this process is."""

    def __init__(self) -> None:
        _sweep()
        try:
            self._file = tempfile.NamedTemporaryFile(prefix=PREFIX, dir=store.cache_folder())  # noqa: SIM115
        except OSError as problem:
            raise _full(problem) from problem
        _held(self._file)
        _OPEN.append(self._file)
        self._spans: dict[str, tuple[int, int]] = {}
        self._end = 0

    def laid_down(self, page: Document) -> Document:
        """The page without its text, which is in the file now."""
        data = store.encoded(page.raw)
        try:
            self._file.write(data)
        except OSError as problem:
            raise _full(problem) from problem
        self._spans[page.doc] = (self._end, len(data))
        self._end += len(data)
        return replace(page, raw="")

    def laid(self) -> Laid:
        """Where the texts lie."""
        try:
            self._file.flush()
        except OSError as problem:
            raise _full(problem) from problem
        return Laid(self._file.name, self._spans)


#: Files of this process; each is removed when it is closed, at the end.
_OPEN: list[object] = []


def _full(problem: OSError) -> store.Environment:
    return store.Environment(
        f"{store.cache_folder()}: {problem.strerror}; free some space, or set YIGAI_CACHE to a folder with space"
    )


def _held(file: IO[bytes]) -> None:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep() -> None:
    """Remove the files of runs that were killed: nobody holds them."""
    for left in sorted(store.cache_folder().glob(f"{PREFIX}*")) if fcntl else []:
        with suppress(OSError), open(left, "rb") as file:
            _held(file)
            os.unlink(left)


class Pages(Sequence[Document]):
    """The pages of some parts, each read when it is looked at."""

    def __init__(self, parts: Sequence[Part], docs: Collection[str]) -> None:
        self._parts, self._docs = parts, frozenset(docs)

    def only(self, docs: Collection[str]) -> Pages:
        """The same pages, of some documents only."""
        return Pages(self._parts, self._docs & frozenset(docs))

    def decided(self) -> list[tuple[str, tuple[Override, ...]]]:
        """The documents with spans that a reader decided about, and the decisions; no text is read."""
        pages = (page for part in self._parts for page in part.documents)
        return [(page.doc, page.overrides) for page in pages if page.overrides and page.doc in self._docs]

    def __iter__(self) -> Iterator[Document]:
        """The pages in order, a part in memory at a time."""
        for part in self._parts:
            wanted = [page.doc in self._docs for page in part.documents]
            if any(wanted):
                yield from (page for page, kept in zip(part.whole(), wanted, strict=True) if kept)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._docs)

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Document]: ...
    def __getitem__(self, at: int | slice) -> Document | Sequence[Document]:
        """One page, or some, by position."""
        return tuple(self)[at]
