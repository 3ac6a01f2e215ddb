"""A folder or a file to a corpus: every file is kept or refused with a reason, none is lost."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yigai.clean import Override
from yigai.corpus import files
from yigai.corpus.decode import CONTROL, text_of
from yigai.corpus.document import (
    BadInput,
    Corpus,
    Document,
    Limits,
    Refused,
    fields_of,
    rejected_table,
    safe_name,
    unique_names,
)
from yigai.corpus.html import text_of_html, text_of_markdown
from yigai.corpus.sources import COLUMNS, TEXT_COLUMNS, overrides_of, sources_of

PAGES = frozenset({".txt", ".md", ".html", ".htm", ".xhtml"})
MARKUP = frozenset({".html", ".htm", ".xhtml"})
SOURCES = "sources.csv"
OVERRIDES = "overrides.csv"
# What stands beside pages and is none of them.
BESIDE = ("readme", "license", "notice", "sources.csv", "overrides.csv", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of one file before it has its final name."""

    stem: str
    file: str
    sha256: str
    encoding: str
    raw: str
    given: dict[str, str]


def read(path: Path | str, *, limits: Limits | None = None) -> Corpus:
    """Read every page under a folder, or the pages of one file, in the order of their names.

    Raises BadInput, one line of file, reason and remedy, when nothing can be used.
    """
    top = Path(path)
    limits = limits or Limits()
    kept: list[Found] = []
    rejected: list[tuple[str, str, str]] = []
    sources = sources_of(folder_of(top) / SOURCES)
    overrides = overrides_of(folder_of(top) / OVERRIDES)
    for name, file in inside(top, limits):
        given = sources.get(name, sources.get(file.name, {}))
        try:
            for page in pages_of(file, name, top, limits):
                if isinstance(page, Found):
                    kept.append(
                        Found(
                            page.stem,
                            page.file,
                            page.sha256,
                            page.encoding,
                            page.raw,
                            {**page.given, **given},
                        )
                    )
                else:
                    rejected.append(page)
        except Refused as refused:
            rejected.append((name, refused.reason, refused.remedy))
    if not kept:
        raise BadInput(nothing_usable(top, rejected))
    names = unique_names(safe_name(page.stem) for page in kept)
    documents = [
        Document(
            doc,
            page.file,
            page.sha256,
            page.encoding,
            page.raw,
            page.given,
            decided(page.raw, overrides),
        )
        for doc, page in zip(names, kept, strict=True)
    ]
    unused = sorted(
        set(sources)
        - {page.file.split("#")[0] for page in kept}
        - {Path(page.file).name for page in kept}
        - {name for name, _, _ in rejected}
    )
    notes = tuple(f"{SOURCES}: no page of the name {name}" for name in unused)
    return Corpus(
        tuple(sorted(documents, key=lambda document: document.doc)),
        rejected_table(sorted(rejected)),
        notes,
    )


def decided(raw: str, overrides: tuple[Override, ...]) -> tuple[Override, ...]:
    """Pick the decisions that name this page."""
    if not overrides:
        return ()
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    return tuple(one for one in overrides if one.page and digest.startswith(one.page))


def nothing_usable(top: Path, rejected: list[tuple[str, str, str]]) -> str:
    """Say in one line why a path gives no page."""
    if not rejected:
        return f"{top}: no pages here; put .txt, .html, .md, .docx, .pdf or tables (.csv .xlsx .parquet .jsonl) into it"
    name, reason, remedy = rejected[0]
    more = f" (and {len(rejected) - 1} more files refused)" if len(rejected) > 1 else ""
    return f"{top}: none of its pages can be used; {name}: {reason}; {remedy}{more}"


def folder_of(top: Path) -> Path:
    """Give the folder in which sources.csv would stand; raises BadInput for a path that is nothing."""
    try:
        kind = os.stat(top).st_mode
    except (OSError, ValueError) as error:
        why = (
            "permission denied" if isinstance(error, PermissionError) else "no such file or folder"
        )
        raise BadInput(f"{top}: {why}; give the folder or file with the pages") from None
    if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
        raise BadInput(f"{top}: a device, pipe or socket; give a folder or a file")
    return top if stat.S_ISDIR(kind) else top.parent


def inside(top: Path, limits: Limits) -> Iterator[tuple[str, Path]]:
    """Name the files in order of their path within the folder; hidden ones and READMEs are not pages."""
    if top.is_file():
        yield top.name, top
        return
    found: list[tuple[str, Path]] = []
    for folder, folders, names in os.walk(top, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            if not name.startswith((".", "~$")) and not name.lower().startswith(BESIDE):
                file = Path(folder) / name
                found.append((printable(file.relative_to(top).as_posix()), file))
        if len(found) > limits.files:
            raise BadInput(
                f"{top}: more than {limits.files} files; split the folder, or raise Limits.files"
            )
    yield from sorted(found)


def printable(name: str) -> str:
    """Write a file name that is not valid text in a form that can be printed."""
    return CONTROL.sub(
        "?", name.encode("utf-8", "replace").decode("utf-8").replace("\n", " ").replace("\t", " ")
    )


def content(file: Path, top: Path, limits: Limits) -> bytes:
    """Read a regular file inside the folder; devices, pipes and links that lead outside are refused."""
    try:
        if file.is_symlink() and top.is_dir() and not file.resolve().is_relative_to(top.resolve()):
            raise Refused("a link that leads outside the folder", "copy the file into the folder")
        about = file.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Refused("a link to a folder is not followed", "copy the folder")
        if not stat.S_ISREG(about.st_mode):
            raise Refused("a device, pipe or socket, not a file", "remove it from the folder")
        allowed = limits.characters * 8 if file.suffix.lower() in PAGES else limits.file_bytes
        if about.st_size > min(allowed, limits.file_bytes):
            raise Refused(
                f"{about.st_size:,} bytes, more than the limit of {min(allowed, limits.file_bytes):,}",
                "split it into one file a page, or raise Limits.characters",
            )
        handle = os.open(
            file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(handle, "rb") as stream:
            return stream.read()
    except (OSError, ValueError, RuntimeError) as error:
        why = (
            error.strerror
            if isinstance(error, OSError) and error.strerror
            else type(error).__name__
        )
        raise Refused(f"cannot be read ({why})", "check that it exists and may be read") from None


def pages_of(
    file: Path, name: str, top: Path, limits: Limits
) -> Iterator[Found | tuple[str, str, str]]:
    """Give the page of a file, or one page for each row of a table."""
    kind = file.suffix.lower()
    if kind in (".doc", ".xls", ".wps", ".ppt", ".pptx", ".rtf", ".odt"):
        raise Refused(f"{kind} files are not read", "save it as .docx, .xlsx, .pdf or .txt")
    if kind not in PAGES and kind not in files.OFFICE and kind not in files.ROWS:
        raise Refused(
            f"{kind or 'nameless'} files are not read",
            "use .txt .html .md .docx .pdf .csv .xlsx .parquet .jsonl",
        )
    data = content(file, top, limits)
    if not data:
        raise Refused("the file is empty", "leave it out, or fetch the page again")
    digest = hashlib.sha256(data).hexdigest()
    if kind in files.ROWS:
        yield from rows_of(file, name, data, limits)
        return
    if kind in files.OFFICE:
        raw, encoding = CONTROL.sub("", files.OFFICE[kind](data, limits)), kind[1:]
    else:
        raw, encoding = text_of(data)
        raw = (
            text_of_html(raw) if kind in MARKUP else text_of_markdown(raw) if kind == ".md" else raw
        )
    yield Found(file.stem, name, digest, encoding, checked(raw, limits), {})


def checked(raw: str, limits: Limits) -> str:
    """Refuse a page without text or beyond the limit of characters."""
    if not raw.strip():
        raise Refused("no text in it", "leave it out, or fetch the page again")
    if len(raw) > limits.characters:
        raise Refused(
            f"{len(raw):,} characters, more than the limit of {limits.characters:,}",
            "split it into one file a page, or raise Limits.characters",
        )
    return raw


def rows_of(
    file: Path, name: str, data: bytes, limits: Limits
) -> Iterator[Found | tuple[str, str, str]]:
    """Give one page for each row, named after the file and the row: stem-000001."""
    column = ""
    for number, row in enumerate(files.ROWS[file.suffix.lower()](data, limits), 1):
        where = f"{name}#{number}"
        if set(row) == {""}:
            yield where, row[""], "mend the line, or leave it out"
            continue
        names = {key.strip().lower(): key for key in row}
        column = column or next((names[key] for key in TEXT_COLUMNS if key in names), "")
        if not column:
            raise Refused(
                f"no column of texts among {', '.join(map(repr, list(row)[:8]))}",
                f"name it text (or {', '.join(TEXT_COLUMNS[1:5])})",
            )
        known = {key: COLUMNS[key.lower()] for key in row if key.lower() in COLUMNS}
        given = fields_of(row, known)
        try:
            raw = checked(
                joined(given.get("title", ""), CONTROL.sub("", row.get(column) or "")), limits
            )
        except Refused as refused:
            yield where, refused.reason, refused.remedy
            continue
        digest = hashlib.sha256(raw.encode()).hexdigest()
        yield Found(f"{file.stem}-{number:06d}", where, digest, file.suffix[1:].lower(), raw, given)


def joined(title: str, text: str) -> str:
    r"""Put the title before the text unless the text already begins with it.

    >>> joined("通知", "通知 各县区"), joined("通知", "各县区")
    ('通知 各县区', '通知\n各县区')
    """
    if not text.strip():
        return ""
    if text.count("</") > 2 and "<" in text[:2000]:
        text = text_of_html(text)
    elif text.lstrip().startswith("# "):
        text = text_of_markdown(text)
    return text if not title or text.lstrip().startswith(title) else f"{title}\n{text}"
