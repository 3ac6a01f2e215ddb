"""Parts: some hundred pages measured together, the unit of work, of restart and of the cache.

A part is cut where the hash of a page's name says so, not after every so many pages: a page that
comes or goes changes one part and leaves all others, and their cache entries, as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise

import pandas as pd
import pyarrow as pa

from yigai import code, coding, deadline, facts, store
from yigai.code import code_version
from yigai.corpus import Document
from yigai.measuring import UNKNOWN as UNKNOWN
from yigai.measuring import Tables, cleaned_alone
from yigai.measuring import joined as joined
from yigai.measuring import measured as _measured

#: Pages in a part on average: large enough for one call to pay, small enough to repeat after a change.
PAGES = 64
#: Rooms whose code and data decide what a page measures as; their hash is part of the cache key.
ROOMS = (
    "clean", "coding", "compare/subject.py", "corpus", "data", "facts", "passages", "places",
    "deadline.py", "measuring.py", "parts.py",
)  # fmt: skip
#: Seconds each page of a part may take on average before its pages are measured one by one.
USUAL_SECONDS = 1.0
#: The tables of a part; texts and prints are for the machine alone, matrix and synopses a stage of their own.
NAMES = (
    "documents", "edits", "sentences", "flagged", "codes", "indicators", "duties", "timeline", "programmes",
    "institutions", "checks", "texts", "prints", "rejected", "matrix", "synopses",
)  # fmt: skip

Measure = Callable[[Sequence[Document]], Tables]


@dataclass(frozen=True)
class Laid:
    """Where the texts of pages lie that are too many to be held: a file, and begin and length for each document."""

    file: str
    spans: Mapping[str, tuple[int, int]]

    def of(self, documents: Sequence[Document]) -> Laid:
        """The same, for some documents only."""
        return Laid(self.file, {page.doc: self.spans[page.doc] for page in documents})

    def texts(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with their texts."""
        found = []
        with open(self.file, "rb") as file:
            for page in documents:
                begin, length = self.spans[page.doc]
                file.seek(begin)
                found.append(replace(page, raw=file.read(length).decode("utf-8", "surrogatepass")))
        return found


@dataclass(frozen=True, eq=False)
class Part:
    """Pages measured together, in the order of their names; the texts of many lie in a file."""

    documents: tuple[Document, ...]
    laid: Laid | None = None

    def whole(self) -> tuple[Document, ...]:
        """The documents with their texts."""
        return tuple(self.laid.texts(self.documents)) if self.laid else self.documents

    @cached_property
    def key(self) -> str:
        """The hash of the pages, of what is given about them, and of the code that measures them."""
        pages = (f"{d.doc}\0{d.file}\0{d.sha256}\0{sorted(d.given.items())}\0{d.overrides}" for d in self.documents)
        # The limit is in it because a page that was stopped may pass when more time is allowed.
        made_by = f"{code_version(ROOMS)} {deadline.page_seconds():g}"
        return store.sha256("\n".join([made_by, *pages]).encode("utf-8", "surrogatepass"))

    def tables(self) -> Tables:
        """Every per-page table of the part, from the cache where they are."""
        return MEASURED.tables(self)

    def table(self, name: str) -> pd.DataFrame:
        """One table of the part, from the cache where it is."""
        return MEASURED.table(self, name)

    def columns(self, name: str) -> pa.Table:
        """One table of the part as Arrow columns, which cost a fraction of a data frame's time and memory."""
        return MEASURED.columns(self, name)


@dataclass(frozen=True)
class Stage:
    """One thing that is made of every part and kept in the cache: of its ``pages``, or of the ``part`` measured before."""

    name: str
    pages: Measure | None = None
    part: Callable[[Part], Tables] | None = None
    rooms: tuple[str, ...] = ()

    def key(self, part: Part) -> str:
        """The name under which the results of this stage are kept; plain measuring has the part's own."""
        made_by = code_version(self.rooms) if self.rooms else ""
        return store.sha256(f"{self.name} {made_by} {part.key}".encode()) if self.name else part.key

    def make(self, part: Part) -> Tables:
        """The tables of the stage, computed; raises code.Edited where they would be kept under a wrong name."""
        made = self.part(part) if self.part else _surely(self.pages or _measured, part.whole())
        code.check((*ROOMS, *self.rooms))
        return made

    def keep(self, part: Part) -> None:
        """Make the tables of the stage and keep them, where they are not kept yet."""
        if not store.is_cached(self.key(part)):
            written = {name: store.parquet_bytes(table) for name, table in self.make(part).items()}
            with suppress(store.Environment):  # a cache that cannot be written costs time, never a result
                store.keep_bytes(self.key(part), written)

    def tables(self, part: Part) -> Tables:
        """The tables of the stage, from the cache where they are."""
        return code.passing(partial(store.cached, self.key(part), partial(self.make, part)))

    def table(self, part: Part, name: str) -> pd.DataFrame:
        """One table of the stage, from the cache where it is."""
        return code.passing(partial(store.cached_table, self.key(part), name, partial(self.make, part)))

    def columns(self, part: Part, name: str) -> pa.Table:
        """One table of the stage as Arrow columns, from the cache where it is."""
        return code.passing(partial(store.cached_columns, self.key(part), name, partial(self.make, part)))

    def keep_single(self, part: Part, single: Sequence[Tables]) -> None:
        """Keep as the tables of ``part`` those of its pages, made one by one."""
        store.cached(self.key(part), lambda: _together(single))


def cut(documents: Sequence[Document], laid: Laid | None = None) -> list[Part]:
    """The documents in the order of their names, cut into parts of about PAGES pages.

    A stretch that grew twice as long is cut where likelier ends are: no worker shall still be at it
    when the others are done.
    """
    ordered = sorted(documents, key=lambda page: page.doc)
    stretches = [
        short
        for long in _ended(ordered, PAGES)
        for short in (_ended(long, max(PAGES // 2, 1)) if len(long) > 2 * PAGES else [long])
    ]
    return [Part(tuple(pages), laid.of(pages) if laid else None) for pages in stretches]


def _ended(documents: Sequence[Document], one_in: int) -> list[Sequence[Document]]:
    """The documents cut after each of which the hash of the name says so, one in so many."""
    ends = [at for at, page in enumerate(documents, 1) if _lot(page.doc) % one_in == 0]
    bounds = sorted({0, *ends, len(documents)})
    return [documents[begin:end] for begin, end in pairwise(bounds)]


def _lot(doc: str) -> int:
    return int(hashlib.sha256(doc.encode()).hexdigest()[:8], 16)


def measure(documents: Sequence[Document]) -> Tables:
    """Every per-page table of some documents; a pure function of the pages.

    A page on which the measuring stops with an error, or takes longer than ``deadline`` allows,
    is set aside in the table ``rejected`` with the reason, and the others are measured: one page
    must not sink a corpus.
    """
    return _surely(_measured, documents)


def _surely(make: Measure, documents: Sequence[Document]) -> Tables:
    allowed = deadline.page_seconds()
    try:
        with deadline.after(allowed + USUAL_SECONDS * (len(documents) - 1)):
            return make(documents)
    except deadline.OutOfTime:
        reason = f"more than {allowed:g} s of computing, the limit for one page"
        remedy = "leave the page out or split it, or allow more with -p page_seconds N (YIGAI_PAGE_SECONDS)"
    except Exception as problem:
        reason = f"measuring it stopped with {type(problem).__name__}: {problem}"
        remedy = REPORT
    if len(documents) == 1:
        return aside(documents[0], reason, remedy, make=make)
    return _together([_surely(make, [document]) for document in documents])


def _together(single: Sequence[Tables]) -> Tables:
    return {name: joined([tables[name] for tables in single]) for name in single[0]}


REPORT = "report the page to the authors of yigai; the others were measured"


def aside(document: Document, reason: str, remedy: str = REPORT, *, make: Measure | None = None) -> Tables:
    """The tables of a page that cannot be measured: empty, but for a row in ``rejected``."""
    empty = {name: table.iloc[:0] for name, table in (make or _measured)([_EMPTY]).items()}
    row = {"file": document.file, "reason": " ".join(reason.split())[:300], "remedy": remedy}
    return empty | {"rejected": pd.DataFrame([row])}


_EMPTY = Document("", "", "", "", "空", {})


#: Everything that follows from a page alone; and cleaning alone.
MEASURED = Stage("", _measured)
CLEANED = Stage("cleaned", cleaned_alone)


def _told(part: Part) -> Tables:
    """The tables matrix and synopses, document by document."""
    measured = part.tables()
    matrix = coding.matrix(measured["codes"], measured["sentences"], measured["documents"])
    return {
        "matrix": matrix.sort_values("doc", kind="stable", ignore_index=True),
        "synopses": facts.synopses(measured, measured["documents"]["doc"]),
    }


#: What each document says, told from its measured tables.
TOLD = Stage("told", part=_told, rooms=("coding", "facts"))
