"""What the site is made of: tables, texts, notebooks and the manifest, read once and made safe.

Safe means: private names and phone numbers masked everywhere by the same decisions, control
characters and lone surrogates shown as U+FFFD, no path of the building machine.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from yigai import store
from yigai.publish import bounds, kept, masking, parallel, provinces
from yigai.publish.columns import TABLES
from yigai.publish.masking import NOBODY, Names

#: Documents whose names are looked for together, on average.
GROUP = 64
#: Characters that a page must never carry: controls, bidirectional overrides, surrogates.
_UNSAFE = dict.fromkeys(
    [
        *range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F),
        *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF,
    ],
    "\ufffd",
)
#: Absolute paths of the three families of systems, as they leak into warnings and parameters.
_PATH = re.compile(
    r"(?<![\w.:/<])(?:file://)?/(?:home|root|Users|work|tmp|var|private|mnt|media|opt|srv|usr)/[^\s\"'<>|]{0,300}"
    r"|\b[A-Za-z]:\\{1,2}[^\s\"'<>|]{1,300}"
)


def safe(text: str) -> str:
    r"""``text`` of the same length without characters that break or bend a page.

    >>> safe("医\x00改\u202e")
    '医�改�'
    """
    return text.translate(_UNSAFE)


def without_paths(text: str) -> str:
    """``text`` with each absolute path cut down to its last name.

    >>> without_paths("corpus = '/home/li/项目/pages'")
    "corpus = 'pages'"
    """
    return _PATH.sub(lambda found: re.split(r"[/\\]", found[0].rstrip("/\\"))[-1], text)


@dataclass(frozen=True)
class Page:
    """One crawled page in its two states, masked, with the ledger that joins them."""

    doc: str
    raw: str
    clean: str
    changes: tuple[parallel.Change, ...]
    flagged: tuple[Mapping[str, Any], ...]
    replays: bool
    names: Names

    @cached_property
    def mapping(self) -> parallel.Mapping:
        """Positions of the clean text in the raw text."""
        return parallel.Mapping(self.changes)


@dataclass(frozen=True)
class Whole:
    """All documents of a run that is too large to be shown whole, counted and streamed, never held."""

    folder: Path
    documents: int
    regions: Mapping[str, int]
    sentences: Mapping[str, int]
    tallies: Mapping[tuple[str, str], Counter[str]]
    names: Mapping[str, Names]
    everyone: Names

    @property
    def given(self) -> bool:
        """Whether the downloads hold the rows of all documents."""
        return self.documents <= bounds.WHOLE

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        return bounds.rows(self.folder / f"{name}.parquet")

    def batches(self, name: str) -> Iterator[pd.DataFrame]:
        """A table, masked, some thousands of rows at a time."""
        for part in bounds.batches(self.folder / f"{name}.parquet"):
            yield masking.table(masking.mapped(part, safe), self.names, self.everyone)


@dataclass(frozen=True)
class Material:
    """Everything the pages show; all texts are already safe and masked.

    ``tables`` and ``pages`` hold the documents that are shown; ``whole`` speaks of the others where
    there are more.
    """

    tables: Mapping[str, pd.DataFrame]
    pages: Mapping[str, Page]
    notebooks: Mapping[str, Mapping[str, Any]]
    manifest: Mapping[str, Any]
    names: Names = NOBODY
    whole: Whole | None = None
    _records: dict[str, list[dict[str, Any]]] = field(default_factory=dict, repr=False)

    def table(self, name: str) -> pd.DataFrame:
        """A table of the contract; an empty one when the run did not make it."""
        return self.tables.get(name, pd.DataFrame())

    def records(self, name: str) -> list[dict[str, Any]]:
        """The rows of a table as dictionaries, in order."""
        if name not in self._records:
            self._records[name] = _rows(self.table(name))
        return self._records[name]

    def of(self, name: str) -> dict[str, list[dict[str, Any]]]:
        """The rows of a table by document."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.records(name):
            found.setdefault(str(row.get("doc", "")), []).append(row)
        return found

    def masked(self, text: str) -> str:
        """A text that is not of one document, with every name masked that any document masks."""
        return self.names.masked(without_paths(safe(text)))

    def total(self, name: str) -> int:
        """How many rows a table of the run has, shown or not."""
        return self.whole.rows(name) if self.whole and name in self.tables else len(self.table(name))

    def tally(self, name: str, column: str) -> Counter[str]:
        """How many rows of a table of the run, shown or not, have each value of a column; none without the column."""
        if column not in self.table(name):
            return Counter()
        if self.whole:
            return bounds.tally(self.whole.folder / f"{name}.parquet", column)
        return Counter(self.table(name)[column].astype(str))


def read(out: Path) -> Material:
    """Read a finished run from ``out``.

    Raises FileNotFoundError when the run left no documents table.
    """
    tables = out / "tables"
    if not (tables / "documents.parquet").exists():
        raise FileNotFoundError(f"{tables}: no documents table there; run the notebooks first")
    documents = pd.read_parquet(tables / "documents.parquet")
    docs = bounds.chosen(out, documents)
    some = len(docs) < len(documents)
    found = bounds.held(tables)
    stems = [path.stem for path in sorted(found.glob("*.parquet"))]
    order = [name for name in TABLES if name in stems] + [name for name in stems if name not in TABLES]
    read_some = partial(bounds.of, docs=docs) if some and found == tables else pd.read_parquet
    held = {name: masking.mapped(read_some(found / f"{name}.parquet"), safe) for name in order}
    edits = _by_doc(held.get("edits", pd.DataFrame()))
    pages = {doc: _page(out, doc, edits.get(doc, [])) for doc in docs}
    whole = _whole(out, documents, pages) if some else None
    names = whole.everyone if whole else masking.joined(page.names for page in pages.values())
    masked = {name: _masked_table(name, table, pages, names) for name, table in held.items()}
    return Material(masked, pages, _notebooks(out), _manifest(out), names, whole)


def _whole(out: Path, documents: pd.DataFrame, pages: Mapping[str, Page]) -> Whole:
    """What the pages say of all documents; the texts of those not shown are read one by one for their names."""
    docs = [str(doc) for doc in documents["doc"]]
    regions = documents["province"].where(documents["province"].astype(bool), documents["region"]) if "region" in documents else documents["province"]
    slugs = [known[0] if (known := provinces.province(str(region))) else "unknown" for region in regions]
    region_of = dict(zip(docs, slugs, strict=True))
    looked_up = docs if len(docs) <= bounds.WHOLE else pages
    unseen = _names_unseen(out, [doc for doc in looked_up if doc not in pages])
    names = {doc: pages[doc].names if doc in pages else unseen.get(doc, NOBODY) for doc in looked_up}
    named = {doc: found for doc, found in names.items() if found.words}
    counted = bounds.sentences(out / "tables")
    sentences = Counter[str]()
    for doc, slug in region_of.items():
        sentences[slug] += counted[doc]
    return Whole(
        out / "tables", len(docs), Counter(slugs), sentences, bounds.tallies(out / "tables", region_of), named,
        masking.joined(named.values()),
    )  # fmt: skip


def _names_unseen(out: Path, docs: Sequence[str]) -> dict[str, Names]:
    """The names that each of some documents masks, group by group: a changed text is looked through with its group."""
    groups: dict[int, list[str]] = {}
    power = (len(docs) // GROUP).bit_length()  # so that a page more or less leaves the groups as they were
    for doc in docs:
        groups.setdefault(int(store.sha256(doc.encode("utf-8", "surrogatepass"))[:8], 16) % 2**power, []).append(doc)
    found: dict[str, dict[str, str]] = {}
    for _, group in sorted(groups.items()):
        texts = [(doc, _bytes(out / "clean", doc), _bytes(out / "raw", doc)) for doc in group]
        key = kept.key([(doc, store.sha256(clean), store.sha256(raw)) for doc, clean, raw in texts])
        rows = kept.table(key, partial(_names_in, texts))
        for doc, word, mask in zip(rows["doc"], rows["word"], rows["mask"], strict=True):
            found.setdefault(doc, {})[word] = mask
    return {doc: masking.ordered(words) for doc, words in found.items()}


def _names_in(texts: Sequence[tuple[str, bytes, bytes]]) -> pd.DataFrame:
    named = [
        (doc, word, mask)
        for doc, *states in texts
        for text in map(safe, map(_decoded, states))
        for word, mask in masking.names(text, masking.unkept(text)).words.items()
    ]
    return pd.DataFrame(named, columns=["doc", "word", "mask"], dtype=str)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def _by_doc(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(table):
        found.setdefault(str(row["doc"]), []).append(row)
    return found


def _page(out: Path, doc: str, edits: list[dict[str, Any]]) -> Page:
    clean = safe(_text(out / "clean", doc))
    raw = safe(_text(out / "raw", doc))
    applied = [edit for edit in edits if edit.get("applied", True)]
    changed = parallel.changes(applied)
    replayed = parallel.replay(raw, applied)
    replays = bool(raw) and replayed.rstrip("\n") == clean.rstrip("\n")
    clean = replayed if replays else clean  # the file may end in one more line end
    masked_clean = masking.unkept(clean)
    masked_raw = masking.unkept(raw)
    if replays:
        masked_raw = _carried(clean, masked_clean, masked_raw, parallel.Mapping(changed))
    names = masking.ordered({**masking.names(clean, masked_clean).words, **masking.names(raw, masked_raw).words})
    hidden = tuple(replace(change, evidence=names.masked(masking.mask(change.evidence))) for change in changed)
    flagged = tuple(_masked_edit(edit, names) for edit in edits if not edit.get("applied", True))
    return Page(doc, masked_raw, masked_clean, hidden, flagged, replays, names)


def _masked_edit(edit: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {key: names.masked(masking.mask(value)) if isinstance(value, str) else value for key, value in edit.items()}


def _text(folder: Path, doc: str) -> str:
    return _decoded(_bytes(folder, doc))


def _bytes(folder: Path, doc: str) -> bytes:
    path = folder / f"{doc}.txt"
    return path.read_bytes() if path.is_file() else b""


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def _carried(clean: str, masked_clean: str, masked_raw: str, mapping: parallel.Mapping) -> str:
    """The raw text with the same words masked as in the clean text, whatever script they are in."""
    spots = list(masked_raw)
    for start, end in masking.spans(clean, masked_clean):
        raw_start, raw_end = mapping.raw_span(start, end)
        for at in range(raw_start, raw_end):
            if not spots[at].isspace():
                spots[at] = "×"
    return "".join(spots)


def _masked_table(name: str, table: pd.DataFrame, pages: Mapping[str, Page], names: Names) -> pd.DataFrame:
    """A table whose texts are masked: words of a page as on that page, others by themselves."""
    shown = _FROM_PAGE[name](table, pages) if name in _FROM_PAGE else table
    return masking.table(shown, {doc: page.names for doc, page in pages.items()}, names)


def _masked_sentences(table: pd.DataFrame, pages: Mapping[str, Page]) -> pd.DataFrame:
    spans = zip(table["doc"], table["start"], table["end"], table["text"], strict=True)
    cut = [pages[doc].clean[int(start) : int(end)] if doc in pages and pages[doc].clean else text for doc, start, end, text in spans]
    return table.assign(text=pd.Series(cut, index=table.index, dtype=table["text"].dtype))


def _masked_edits(table: pd.DataFrame, pages: Mapping[str, Page]) -> pd.DataFrame:
    after = {
        (doc, change.start, change.end): page.clean[change.clean_start : change.clean_end]
        for doc, page in pages.items()
        if page.replays
        for change in page.changes
    }
    spans = list(zip(table["doc"], table["start"].astype(int), table["end"].astype(int), strict=True))
    applied = table["applied"] if "applied" in table else [True] * len(table)
    known = [doc in pages and pages[doc].replays for doc, _, _ in spans]
    return table.assign(
        before=[
            pages[doc].raw[start:end] if inside else text
            for (doc, start, end), inside, text in zip(spans, known, table["before"], strict=True)
        ],
        after=[
            after.get(span, text) if made and inside else text
            for span, made, inside, text in zip(spans, applied, known, table["after"], strict=True)
        ],
    )


_FROM_PAGE = {"edits": _masked_edits, "sentences": _masked_sentences}


def _notebooks(out: Path) -> dict[str, Mapping[str, Any]]:
    return {
        path.stem: json.loads(path.read_text("utf-8", "replace"))
        for path in sorted((out / "notebooks").glob("*.ipynb"))
    }


def _manifest(out: Path) -> Mapping[str, Any]:
    path = out / "manifest.json"
    if not path.is_file():
        return {}
    loaded = json.loads(without_paths(safe(path.read_text("utf-8", "replace"))))
    return loaded if isinstance(loaded, dict) else {}
