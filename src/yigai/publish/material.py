"""What the site is made of: tables, texts, notebooks and the manifest, read once and made safe.

Safe means: private names and phone numbers masked everywhere by the same decisions, control
characters and lone surrogates shown as U+FFFD, no path of the building machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from yigai.publish import parallel
from yigai.publish.columns import TABLES

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
    names: Mapping[str, str]

    @cached_property
    def mapping(self) -> parallel.Mapping:
        """Positions of the clean text in the raw text."""
        return parallel.Mapping(self.changes)


@dataclass(frozen=True)
class Material:
    """Everything the pages show; all texts are already safe and masked."""

    tables: Mapping[str, pd.DataFrame]
    pages: Mapping[str, Page]
    notebooks: Mapping[str, Mapping[str, Any]]
    manifest: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)
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
        return _renamed(without_paths(safe(text)), self.names)


def read(out: Path) -> Material:
    """Read a finished run from ``out``.

    Raises FileNotFoundError when the run left no documents table.
    """
    found = {path.stem: pd.read_parquet(path) for path in sorted((out / "tables").glob("*.parquet"))}
    if "documents" not in found:
        raise FileNotFoundError(f"{out / 'tables'}: no documents table there; run the notebooks first")
    order = [name for name in TABLES if name in found] + [name for name in found if name not in TABLES]
    tables = {name: _safe_table(found[name]) for name in order}
    edits = _by_doc(tables.get("edits", pd.DataFrame()))
    docs = [str(doc) for doc in tables["documents"]["doc"]]
    pages = {doc: _page(out, doc, edits.get(doc, [])) for doc in docs}
    names = _all_names(pages.values())
    masked = {name: _masked_table(name, table, pages, names) for name, table in tables.items()}
    return Material(masked, pages, _notebooks(out), _manifest(out), names)


@lru_cache(maxsize=100_000)
def _mask(text: str) -> str:
    from yigai import privacy

    return privacy.mask(text) if len(text) > 1 else text


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def _by_doc(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(table):
        found.setdefault(str(row["doc"]), []).append(row)
    return found


def _safe_table(table: pd.DataFrame) -> pd.DataFrame:
    return _mapped(table, safe)


def _mapped(table: pd.DataFrame, change: Any) -> pd.DataFrame:
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name].dtype)]
    columns: dict[str, pd.Series] = {}
    for name in map(str, texts):
        values = table[name].tolist()
        known = {value: change(value) for value in dict.fromkeys(values) if isinstance(value, str)}
        if any(value != changed for value, changed in known.items()):
            new = [known.get(value, value) if isinstance(value, str) else value for value in values]
            columns[name] = pd.Series(new, index=table.index, dtype=table[name].dtype)
    return table.assign(**columns)


def _page(out: Path, doc: str, edits: list[dict[str, Any]]) -> Page:
    clean = safe(_text(out / "clean", doc))
    raw = safe(_text(out / "raw", doc))
    applied = [edit for edit in edits if edit.get("applied", True)]
    changed = parallel.changes(applied)
    replayed = parallel.replay(raw, applied)
    replays = bool(raw) and replayed.rstrip("\n") == clean.rstrip("\n")
    clean = replayed if replays else clean  # the file may end in one more line end
    masked_clean = _mask(clean)
    masked_raw = _mask(raw)
    if replays:
        masked_raw = _carried(clean, masked_clean, masked_raw, parallel.Mapping(changed))
    names = _names(clean, masked_clean) | _names(raw, masked_raw)
    hidden = tuple(replace(change, evidence=_renamed(_mask(change.evidence), names)) for change in changed)
    flagged = tuple(_masked_edit(edit, names) for edit in edits if not edit.get("applied", True))
    return Page(doc, masked_raw, masked_clean, hidden, flagged, replays, names)


def _masked_edit(edit: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {key: _renamed(_mask(value), names) if isinstance(value, str) else value for key, value in edit.items()}


def _text(folder: Path, doc: str) -> str:
    path = folder / f"{doc}.txt"
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return file.read().removeprefix("\ufeff")


def _masked_spans(text: str, masked: str) -> list[tuple[int, int]]:
    if text == masked or len(text) != len(masked):
        return []
    spots = [at for at, (a, b) in enumerate(zip(text, masked, strict=True)) if a != b]
    edges = [0, *(at for at, (a, b) in enumerate(pairwise(spots), 1) if b != a + 1), len(spots)]
    return [(spots[first], spots[last - 1] + 1) for first, last in pairwise(edges)]


def _carried(clean: str, masked_clean: str, masked_raw: str, mapping: parallel.Mapping) -> str:
    """The raw text with the same words masked as in the clean text, whatever script they are in."""
    spots = list(masked_raw)
    for start, end in _masked_spans(clean, masked_clean):
        raw_start, raw_end = mapping.raw_span(start, end)
        for at in range(raw_start, raw_end):
            if not spots[at].isspace():
                spots[at] = "×"
    return "".join(spots)


WHOLE_NUMBER = 7


def _names(clean: str, masked: str) -> dict[str, str]:
    """What was masked, with the character before it, to find the same words in other texts."""
    found = {}
    for start, end in _masked_spans(clean, masked):
        while end < len(clean) and clean[end - 1].isdigit() and clean[end].isdigit():
            end += 1
        while start > 0 and clean[start].isdigit() and clean[start - 1].isdigit():
            start -= 1
        if not clean[start].isdigit() and start > 0 and clean[start - 1].isalpha():
            start -= 1
        piece = clean[start:end]
        # The 021 of a number printed as 400 0123 021 (seed 003) also stands in 2021: pieces are no numbers.
        if len(piece) > 1 and not (piece.isdigit() and len(piece) < WHOLE_NUMBER):
            found[piece] = masked[start:end]
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _all_names(pages: Iterable[Page]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for page in pages:
        joined |= page.names
    return dict(sorted(joined.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for name, masked in names.items():
        if name in text:
            text = text.replace(name, masked)
    return text


def _masked_table(
    name: str, table: pd.DataFrame, pages: Mapping[str, Page], names: Mapping[str, str]
) -> pd.DataFrame:
    """A table whose texts are masked: words of a page as on that page, others by themselves."""
    kept = table[[column for column in ("doc", "file", "sha256", "adcode", "doc_no") if column in table]]
    if name == "edits":
        table = _masked_edits(table, pages)
    if name == "sentences":
        table = _masked_sentences(table, pages)
    masked = _mapped(table.drop(columns=kept.columns), _mask)
    renamed = _renamed_rows(masked, table["doc"], pages) if "doc" in table else _mapped(masked, lambda text: _renamed(text, names))
    return renamed.assign(**{str(column): kept[column] for column in kept})[list(table.columns)]


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


def _renamed_rows(table: pd.DataFrame, docs: pd.Series, pages: Mapping[str, Page]) -> pd.DataFrame:
    """A table in which each row has the names of its own page masked."""
    naming = {doc: page.names for doc, page in pages.items() if page.names}
    inside = [at for at, doc in enumerate(docs) if doc in naming]
    columns = {}
    for name in table:
        values = table[name].tolist()
        for at in inside:
            if isinstance(values[at], str):
                values[at] = _renamed(values[at], naming[docs.iloc[at]])
        columns[str(name)] = pd.Series(values, index=table.index, dtype=table[name].dtype)
    return table.assign(**columns)


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
