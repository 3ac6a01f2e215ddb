"""A folder or a file to a corpus: every file is kept or refused with a reason, none is lost."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from yigai import deadline
from yigai.clean import Override
from yigai.corpus import files, walk
from yigai.corpus.columns import TEXT_COLUMNS
from yigai.corpus.decode import CONTROL, text_of
from yigai.corpus.document import (
    BadInput,
    Corpus,
    Document,
    Limits,
    Names,
    Refused,
    Rejected,
    rejected_table,
    safe_name,
)
from yigai.corpus.html import text_of_html, text_of_markdown
from yigai.corpus.office import OFFICE, too_slow
from yigai.corpus.sources import SOURCES, fields_of, overrides_of, sources_of

PAGES = frozenset({".txt", ".md", ".html", ".htm", ".xhtml"})
MARKUP = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
OLD_OFFICE = frozenset({".doc", ".xls", ".wps", ".ppt", ".pptx", ".rtf", ".odt"})
#: At most so many kinds of remarks are noted; the rest is counted.
NOTES = 20


class Reading:
    """The pages of a path one by one, in the order of their files; what was remarked is in ``notes`` at the end.

    Only names are held, never texts: a corpus of any size is read in the memory of its largest page.
    """

    def __init__(self, path: Path | str, limits: Limits | None = None) -> None:
        self._top = Path(path)
        self._limits = limits or Limits()
        folder = walk.folder_of(self._top)
        self._sources, self._said = sources_of(folder)
        self._overrides = overrides_of(folder)
        self._unused = set(self._sources)
        self._remarks: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Document | Rejected]:
        """Give each page, or why it is none."""
        names = Names()
        for entry in walk.inside(self._top, self._limits):
            if isinstance(entry, Rejected):
                yield entry
                continue
            given = self._given(entry)
            try:
                for page in self._pages(entry):
                    yield page if isinstance(page, Rejected) else self._named(page, given, names)
            except Refused as refused:
                yield Rejected(entry.name, refused.reason, refused.remedy)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over: rows of sources.csv without a page, values of tables that cannot be."""
        found = [f"{SOURCES}: no page of the name {walk.printable(name)}" for name in sorted(self._unused)]
        found += self._said
        found += [f"{remark}; {times} rows" for remark, times in sorted(self._remarks.items())]
        return (*found[:NOTES], *([f"and {len(found) - NOTES} more remarks"] if len(found) > NOTES else []))

    def _given(self, entry: walk.Entry) -> dict[str, str]:
        whole = unicodedata.normalize("NFC", entry.name)
        name = whole if whole in self._sources else PurePosixPath(whole).name
        self._unused.discard(name)
        return self._sources.get(name, {})

    def _named(self, page: Document, given: dict[str, str], names: Names) -> Document:
        return Document(
            names.take(safe_name(page.doc)),
            page.file,
            page.sha256,
            page.encoding,
            page.raw,
            {**page.given, **given},
            decided(page.raw, self._overrides),
        )

    def _pages(self, entry: walk.Entry) -> Iterator[Document | Rejected]:
        """Give the page of a file, or one page for each row of a table."""
        kind = entry.path.suffix.lower()
        with suppress(OSError):
            if entry.path.is_symlink() and self._top.is_dir():
                walk.check_link(entry.path, self._top)
        if kind in OLD_OFFICE:
            raise Refused(f"{kind} files are not read", "save it as .docx, .xlsx, .pdf or .txt")
        if kind in files.ROWS:
            yield from self._rows(entry, kind)
        elif kind in PAGES or kind in OFFICE:
            yield self._page(entry, kind)
        else:
            raise Refused(
                f"{walk.printable(kind) or 'nameless'} files are not read",
                "use .txt .html .md .docx .pdf .csv .xlsx .parquet .jsonl",
            )

    def _page(self, entry: walk.Entry, kind: str) -> Document:
        limits = self._limits
        allowed = min(limits.characters * 8 if kind in PAGES else limits.office_bytes, limits.file_bytes)
        remedy = "split it into one file a page, or raise Limits.characters (Limits.office_bytes)"
        data = walk.content(entry.path, self._top, allowed, remedy)
        if not data:
            raise Refused("the file is empty", "leave it out, or fetch the page again")
        if kind in OFFICE:
            raw, encoding = CONTROL.sub("", OFFICE[kind](data, limits)), kind[1:]
        else:
            raw, encoding = text_of(data)
            raw = plain(raw, kind, limits)
        digest = hashlib.sha256(data).hexdigest()
        return Document(entry.path.stem, entry.name, digest, encoding, checked(raw, limits))

    def _rows(self, entry: walk.Entry, kind: str) -> Iterator[Document | Rejected]:
        """Give one page for each row, named after the file and the row: stem-000001."""
        allowed = self._limits.file_bytes if kind != ".xlsx" else self._limits.office_bytes
        remedy = "split the table, or raise Limits.file_bytes (Limits.office_bytes for Excel)"
        with walk.opened(entry.path, self._top, allowed, remedy) as stream:
            number = 0
            try:
                for row in files.ROWS[kind](stream, self._limits):
                    if number == 0 and kind not in LINES:
                        text_column(row)  # a table has the same columns in every row
                    number += 1
                    yield self._row(entry, number, row)
            except Refused as refused:
                if number == 0:
                    raise
                reason = f"{refused.reason}; the rows from here on were not read"
                yield Rejected(f"{entry.name}#{number + 1}", reason, refused.remedy)
            if number == 0:
                raise Refused("a table without rows", "leave it out, or add rows")

    def _row(self, entry: walk.Entry, number: int, row: files.Row) -> Document | Rejected:
        where = f"{entry.name}#{number}"
        if isinstance(row, files.Unreadable):
            return Rejected(where, row[""], "mend the line, or leave it out")
        given, problems = fields_of(row)
        self._remarks.update(f"{entry.name}: {problem}" for problem in problems)
        try:
            raw = joined(given.get("title", ""), CONTROL.sub("", row[text_column(row)]), self._limits)
            raw = checked(raw, self._limits)
        except Refused as refused:
            return Rejected(where, refused.reason, refused.remedy)
        digest = hashlib.sha256(raw.encode()).hexdigest()
        return Document(f"{entry.path.stem}-{number:06d}", where, digest, entry.path.suffix[1:].lower(), raw, given)


def stream(path: Path | str, *, limits: Limits | None = None) -> Reading:
    """Read every page under a folder, or the pages of one file, one by one: Document or Rejected.

    Raises BadInput, one line of file, reason and remedy, for a path or a sources.csv that cannot be used.
    """
    return Reading(path, limits)


def read(path: Path | str, *, limits: Limits | None = None) -> Corpus:
    """Read every page under a folder, or the pages of one file, in the order of their names.

    Raises BadInput, one line of file, reason and remedy, when nothing can be used.
    """
    reading = stream(path, limits=limits)
    kept: list[Document] = []
    rejected: list[Rejected] = []
    for page in reading:
        if isinstance(page, Document):
            kept.append(page)
        else:
            rejected.append(page)
    if not kept:
        raise BadInput(nothing_usable(Path(path), rejected))
    kept.sort(key=lambda document: document.doc)
    return Corpus(tuple(kept), rejected_table(sorted(rejected)), reading.notes)


def decided(raw: str, overrides: tuple[Override, ...]) -> tuple[Override, ...]:
    """Pick the decisions that name this page."""
    if not overrides:
        return ()
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    return tuple(one for one in overrides if one.page and digest.startswith(one.page.lower()))


def nothing_usable(top: Path, rejected: list[Rejected]) -> str:
    """Say in one line why a path gives no page."""
    if not rejected:
        return f"{top}: no pages here; put .txt, .html, .md, .docx, .pdf or tables (.csv .xlsx .parquet .jsonl) into it"
    name, reason, remedy = rejected[0]
    more = f" (and {len(rejected) - 1} more files refused)" if len(rejected) > 1 else ""
    return f"{top}: none of its pages can be used; {name}: {reason}; {remedy}{more}"


def plain(raw: str, kind: str, limits: Limits) -> str:
    """Take the marks of HTML or Markdown out of a page."""
    if kind == ".md":
        return text_of_markdown(raw)
    if kind not in MARKUP:
        return raw
    try:
        with deadline.after(limits.seconds):
            return CONTROL.sub("", text_of_html(raw))
    except deadline.OutOfTime:
        raise too_slow(limits) from None


def checked(raw: str, limits: Limits) -> str:
    """Refuse a page without a letter or figure, or beyond the limit of characters."""
    if len(raw) > limits.characters:
        raise Refused(
            f"{len(raw):,} characters, more than the limit of {limits.characters:,}",
            "split it into one file a page, or raise Limits.characters",
        )
    if not any(map(str.isalnum, raw)):
        raise Refused("no text in it", "leave it out, or fetch the page again")
    return raw


def text_column(row: files.Row) -> str:
    """Name the column of texts; raises Refused where there is none."""
    if isinstance(row, files.Unreadable):
        return ""
    names = {key.strip().lower(): key for key in row}
    column = next((names[key] for key in TEXT_COLUMNS if key in names), None)
    if column is None:
        among = ", ".join(repr(name[:40]) for name in list(row)[:8])
        raise Refused(f"no column of texts among {among}", f"name it text (or {', '.join(TEXT_COLUMNS[1:5])})")
    return column


def joined(title: str, text: str, limits: Limits) -> str:
    r"""Put the title before the text unless the text already begins with it.

    >>> joined("通知", "通知 各县区", Limits()), joined("通知", "各县区", Limits())
    ('通知 各县区', '通知\n各县区')
    """
    if not text.strip():
        return ""
    if text.count("</") > 2 and "<" in text[:2000]:
        text = plain(text, ".html", limits)
    elif text.lstrip().startswith("# "):
        text = text_of_markdown(text)
    return text if not title or text.lstrip().startswith(title) else f"{title}\n{text}"
