"""Parts: some hundred pages measured together, the unit of work, of restart and of the cache.

A part is cut where the hash of a page's name says so, not after every so many pages: a page that
comes or goes changes one part and leaves all others, and their cache entries, as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pandas as pd

from yigai import clean, coding, corpus, deadline, facts, passages, places, store
from yigai.corpus import Document

#: Pages in a part on average: large enough for one call to pay, small enough to repeat after a change.
PAGES = 64
#: Card fields that stand in the documents table, each with a column ``<field>_evidence``.
CARD_FIELDS = (
    "title", "publisher", "genre", "level", "province", "city", "county", "adcode",
    "published", "issued", "doc_no",
)  # fmt: skip
#: Rooms whose code and data decide what a page measures as; their hash is part of the cache key.
ROOMS = ("clean", "coding", "corpus", "data", "facts", "passages", "places", "deadline.py", "parts.py")
#: Packages whose version decides it too.
PACKAGES = ("jieba", "opencc", "pandas", "pyahocorasick", "pyarrow", "pypinyin")
#: Seconds each page of a part may take on average before its pages are measured one by one.
USUAL_SECONDS = 1.0
UNKNOWN = "unknown"

Tables = dict[str, pd.DataFrame]
Measure = Callable[[Sequence[Document]], Tables]


@dataclass(frozen=True)
class Part:
    """Pages measured together, in the order of their names."""

    documents: tuple[Document, ...]

    @cached_property
    def key(self) -> str:
        """The hash of the pages, of what is given about them, and of the code that measures them."""
        pages = (f"{d.doc}\0{d.file}\0{d.sha256}\0{sorted(d.given.items())}\0{d.overrides}" for d in self.documents)
        # The limit is in it because a page that was stopped may pass when more time is allowed.
        made_by = f"{code_version(ROOMS)} {deadline.page_seconds():g}"
        return store.sha256("\n".join([made_by, *pages]).encode("utf-8", "surrogatepass"))

    def tables(self) -> Tables:
        """Every per-page table of the part, from the cache where they are."""
        return store.cached(self.key, self._measure)

    def table(self, name: str) -> pd.DataFrame:
        """One table of the part, from the cache where it is."""
        return store.cached_table(self.key, name, self._measure)

    def keep(self, tables: Sequence[Tables]) -> None:
        """Keep in the cache, as the tables of this part, those of its pages measured one by one."""
        store.cached(self.key, lambda: _together(tables))

    def _measure(self) -> Tables:
        return measure(self.documents)


def cut(documents: Sequence[Document]) -> list[Part]:
    """The documents in the order of their names, cut into parts of about PAGES pages."""
    parts: list[Part] = []
    begun: list[Document] = []
    for document in sorted(documents, key=lambda page: page.doc):
        begun.append(document)
        if _ends_part(document.doc):
            parts.append(Part(tuple(begun)))
            begun = []
    return [*parts, Part(tuple(begun))] if begun else parts


def _ends_part(doc: str) -> bool:
    return int(hashlib.sha256(doc.encode()).hexdigest()[:8], 16) % PAGES == 0


@cache
def code_version(rooms: tuple[str, ...]) -> str:
    """The hash of the code and data in ``rooms`` of the package, and of the packages they stand on."""
    package = Path(str(files("yigai")))
    hashed = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    for room in rooms:
        inside = [package / room] if room.endswith(".py") else sorted((package / room).rglob("*"))
        for path in inside:
            if path.is_file() and not {"__pycache__", "fonts"} & set(path.parts):
                hashed.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return hashed.hexdigest()


def measure(documents: Sequence[Document]) -> Tables:
    """Every per-page table of some documents; a pure function of the pages.

    A page on which the measuring stops with an error, or takes longer than ``deadline`` allows,
    is set aside in the table ``rejected`` with the reason, and the others are measured: one page
    must not sink a corpus.
    """
    return _surely(_measured, documents)


def cleaned(documents: Sequence[Document]) -> Tables:
    """The tables documents, edits, rejected and texts (doc, text) of some pages, as :func:`measure`."""
    return _surely(_cleaned, documents)


def _surely(make: Measure, documents: Sequence[Document]) -> Tables:
    allowed = deadline.page_seconds()
    try:
        with deadline.after(allowed + USUAL_SECONDS * (len(documents) - 1)):
            return make(documents)
    except deadline.OutOfTime:
        reason = f"more than {allowed:g} s of computing, the limit for one page"
        remedy = "leave the page out or split it, or set YIGAI_PAGE_SECONDS to more seconds"
    except Exception as problem:
        reason = f"measuring it stopped with {type(problem).__name__}: {problem}"
        remedy = REPORT
    if len(documents) == 1:
        return aside(documents[0], reason, remedy, make=make)
    return _together([_surely(make, [document]) for document in documents])


def _together(single: Sequence[Tables]) -> Tables:
    return {name: joined([tables[name] for tables in single]) for name in single[0]}


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The tables one below the other; empty ones, whose columns have no type, do not count."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled or list(tables[:1]), ignore_index=True)


REPORT = "report the page to the authors of yigai; the others were measured"


def aside(document: Document, reason: str, remedy: str = REPORT, *, make: Measure | None = None) -> Tables:
    """The tables of a page that cannot be measured: empty, but for a row in ``rejected``."""
    empty = {name: table.iloc[:0] for name, table in (make or _measured)([_EMPTY]).items()}
    row = {"file": document.file, "reason": " ".join(reason.split())[:300], "remedy": remedy}
    return empty | {"rejected": pd.DataFrame([row])}


_EMPTY = Document("", "", "", "", "空", {})


def _measured(documents: Sequence[Document]) -> Tables:
    cleaned = {document.doc: clean.text(document.raw, overrides=document.overrides) for document in documents}
    cards = {d.doc: corpus.card_of(cleaned[d.doc], given=d.given) for d in documents}
    published = {doc: card.issued.value or card.published.value for doc, card in cards.items()}
    sentences = _each(passages.table, cleaned)
    return {
        "documents": pd.DataFrame([_row(d, cleaned[d.doc], cards[d.doc]) for d in documents]),
        "edits": _each(clean.edits_table, cleaned),
        "sentences": sentences,
        "flagged": _each(flagged, cleaned),
        "codes": coding.table(sentences),
        "indicators": facts.indicator_table(sentences, published=published),
        "duties": facts.duties(sentences),
        "timeline": facts.timeline(sentences, published=published),
        "programmes": facts.programmes(sentences),
        "institutions": facts.institutions(sentences),
        "checks": facts.checks(sentences),
        "rejected": pd.DataFrame(columns=["file", "reason", "remedy"], dtype="str"),
    }


def _cleaned(documents: Sequence[Document]) -> Tables:
    cleaned = {document.doc: clean.text(document.raw, overrides=document.overrides) for document in documents}
    cards = {d.doc: corpus.card_of(cleaned[d.doc], given=d.given) for d in documents}
    return {
        "documents": pd.DataFrame([_row(d, cleaned[d.doc], cards[d.doc]) for d in documents]),
        "edits": _each(clean.edits_table, cleaned),
        "texts": pd.DataFrame([(doc, text.text) for doc, text in cleaned.items()], columns=["doc", "text"]),
        "rejected": pd.DataFrame(columns=["file", "reason", "remedy"], dtype="str"),
    }


def _each(
    make: Callable[[str, clean.Cleaned], pd.DataFrame], cleaned: dict[str, clean.Cleaned]
) -> pd.DataFrame:
    return pd.concat([make(doc, text) for doc, text in cleaned.items()], ignore_index=True)


def flagged(doc: str, cleaned: clean.Cleaned) -> pd.DataFrame:
    """Where the cleaning was unsure and left the text as it was: doc, start, end in the clean text."""
    unsure = [edit for edit in cleaned.edits if edit.status == "flagged"]
    spans = [cleaned.to_clean(edit.start, edit.end) for edit in unsure]
    rows = [(doc, *span) for span in spans if span]
    return pd.DataFrame(rows, columns=["doc", "start", "end"]).astype({"start": int, "end": int})


def _row(document: Document, cleaned: clean.Cleaned, card: corpus.Card) -> dict[str, object]:
    row: dict[str, object] = {"doc": document.doc, "file": document.file, "sha256": document.sha256}
    fields = {name: getattr(card, name) for name in CARD_FIELDS}
    row |= {name: value.value for name, value in fields.items()}
    row["region"] = places.slug(card.province.value) if card.province.value else UNKNOWN
    row["year"] = card.year.value
    row["encoding"] = document.encoding
    row["chars_raw"] = len(document.raw)
    row["chars_clean"] = len(cleaned.text)
    row["flags"] = ";".join(sorted({flag.kind for flag in cleaned.flags}))
    row |= {f"{name}_evidence": value.evidence for name, value in fields.items()}
    return row
