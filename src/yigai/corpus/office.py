"""Word and PDF files to text, each within limits of size, pages, nesting and time."""

from __future__ import annotations

import io
import logging
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import IO

from yigai import deadline
from yigai.corpus.document import Limits, Refused

ENDS = tuple("。!?;:！？；：」”)）")
#: An XML part is looked at so far for entities of its own; Office writes its first element within a few hundred.
HEAD = 1_000_000
# Word's elements that stand for a character, and those whose text is not the reader's.
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
UNREAD = frozenset({"Fallback", "del", "moveFrom", "instrText", "pPr"})


def checked_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open an archive; refuse one that unpacks to too much or brings its own entities (XXE)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if data.startswith(b"\xd0\xcf\x11\xe0"):  # Office puts a file with a password into an OLE container
            raise Refused("locked by a password, or an old Office file", "save it again without a password") from None
        raise Refused(f"not a readable Office file ({error})", "open it in Office and save it again") from None
    size = sum(member.file_size for member in members)
    if size > limits.unpacked_bytes or size > limits.unpacked_ratio * max(len(data), 50_000):
        raise Refused(
            f"unpacks from {len(data):,} to {size:,} bytes, more than the limit",
            "check where the file is from; Limits.unpacked_ratio raises the limit",
        )
    if len(members) > limits.members:
        raise Refused(f"{len(members):,} parts, more than the limit", "check where the file is from, or raise Limits.members")
    for member in members:
        check_member(archive, member)
    return archive


def check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a part that cannot be read or that declares entities."""
    if not member.filename.lower().endswith((".xml", ".rels")):
        return
    try:
        with archive.open(member) as part:
            head = part.read(HEAD)
    except Exception as error:  # zipfile raises as many kinds as there are ways to break an archive
        reason = f"a part cannot be read ({type(error).__name__})"
        raise Refused(reason, "save it again without a password") from None
    wide = ("<!DOCTYPE".encode(code) for code in ("utf-16-le", "utf-16-be"))
    if any(mark in head for mark in (b"<!DOCTYPE", b"<!ENTITY", *wide)):
        raise Refused("its XML declares entities, which Office never writes", "save it again in Office")


def docx_text(data: bytes, limits: Limits) -> str:
    """Read paragraphs and tables of a Word file in order, cells divided by |."""
    archive = checked_archive(data, limits)
    lines: list[str] = []
    size = 0
    try:
        with deadline.after(limits.seconds), archive.open(main_part(archive)) as part:
            for line in word_lines(part):
                lines.append(line)
                size += len(line)
                if size > limits.characters:
                    raise Refused(
                        f"more than the limit of {limits.characters:,} characters",
                        "split it into one file a page, or raise Limits.characters",
                    )
    except deadline.OutOfTime:
        raise too_slow(limits) from None
    except Refused:
        raise
    except Exception as error:  # any of the parser's own errors means the same to the reader
        reason = f"Word file not readable ({type(error).__name__})"
        raise Refused(reason, "open it in Word and save it again") from None
    return "\n".join(line for line in lines if line.strip())


def too_slow(limits: Limits) -> Refused:
    """Say that the time for reading one page is over."""
    reason = f"reading it takes more than {limits.seconds:g} s of computing, the limit for one page"
    return Refused(reason, "save its text as .txt, or raise Limits.seconds")


def main_part(archive: zipfile.ZipFile) -> str:
    """Name the part of a Word file that holds the text."""
    found = [name for name in archive.namelist() if re.fullmatch(r"word/document[0-9]{0,3}\.xml", name)]
    if not found:
        raise Refused("a zip archive without a Word document in it", "open it in Word and save it again")
    return min(found, key=len)


def word_lines(part: IO[bytes]) -> Iterator[str]:
    """Give a line for each paragraph outside tables and for each row of a table.

    Read as a stream, and not as a document: a cell that claims to span a thousand million columns,
    or a megabyte of empty runs, costs nothing.
    """
    from lxml import etree

    paragraphs: list[list[str]] = []
    rows: list[list[list[str]]] = []
    unread = 0
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for event, node in etree.iterparse(part, events=("start", "end"), **options):
        if not isinstance(node.tag, str):
            continue
        name = node.tag.rpartition("}")[2]
        if name in UNREAD:
            unread += 1 if event == "start" else -1
        elif event == "start":
            if name == "p":
                paragraphs.append([])
            elif name == "tr":
                rows.append([])
            elif name == "tc" and rows:
                rows[-1].append([])
        elif name == "t" and paragraphs and not unread:
            paragraphs[-1].append(node.text or "")
        elif name in SIGNS and paragraphs and not unread:
            paragraphs[-1].append(SIGNS[name])
        elif name in ("p", "tr"):
            line = "".join(paragraphs.pop()) if name == "p" else row_of(rows.pop())
            if rows and rows[-1]:
                rows[-1][-1].append(line.replace("\n", " "))
            else:
                yield line
            forget(node)


def row_of(cells: list[list[str]]) -> str:
    """Write a row of a table, its cells divided by |."""
    written = [" ".join(part for part in cell if part.strip()) for cell in cells]
    return " | ".join(written) if any(written) else ""


def forget(node: object) -> None:
    """Drop what was read from memory."""
    node.clear()  # type: ignore[attr-defined]
    while node.getprevious() is not None:  # type: ignore[attr-defined]
        del node.getparent()[0]  # type: ignore[attr-defined]


def pdf_text(data: bytes, limits: Limits) -> str:
    """Read the text layer of a PDF and join the lines its layout has broken."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), deadline.after(limits.seconds):
            warnings.simplefilter("ignore")
            lines = pdf_lines(pypdf.PdfReader(io.BytesIO(data)), limits)
    except Refused:
        raise
    except deadline.OutOfTime:
        raise too_slow(limits) from None
    except Exception as error:  # pypdf raises many kinds on damaged files
        reason = f"PDF not readable ({type(error).__name__})"
        raise Refused(reason, "open it and print it to PDF again") from None
    if not any(line.strip() for line in lines):
        raise Refused("the PDF has no text layer (scanned pages)", "run OCR on it first")
    return "\n".join(unwrapped(lines))


def pdf_lines(reader: object, limits: Limits) -> list[str]:
    """Give the lines of the text layer, page by page."""
    if reader.is_encrypted and not reader.decrypt(""):  # type: ignore[attr-defined]
        raise Refused("the PDF is locked by a password", "save it without a password")
    count = len(reader.pages)  # type: ignore[attr-defined]
    if count > limits.pages:
        raise Refused(f"the PDF has {count} pages, more than {limits.pages}", "split it, or raise Limits.pages")
    lines: list[str] = []
    size = 0
    for page in reader.pages:  # type: ignore[attr-defined]
        text = page.extract_text() or ""
        lines += text.split("\n")
        size += len(text)
        if size > limits.characters * 2:  # spaces and page numbers are still among them
            raise Refused(f"more than the limit of {limits.characters:,} characters", "split it, or raise Limits.characters")
    return lines


def unwrapped(lines: list[str]) -> list[str]:
    """Join a full line that ends within a sentence with the next one.

    >>> unwrapped(["为深化医药卫生体制改革,建立健全分级诊疗", "制度,制定本方案。", "一、总体要求"])
    ['为深化医药卫生体制改革,建立健全分级诊疗制度,制定本方案。', '一、总体要求']
    """
    full = max((len(line.strip()) for line in lines), default=0) * 0.8
    joined: list[list[str]] = []
    broken = False
    for line in (line.strip() for line in lines):
        if not line or re.fullmatch(r"[-—–\s]{0,4}[0-9]{1,4}[-—–\s]{0,4}", line):
            continue
        if broken:
            joined[-1].append(line)
        else:
            joined.append([line])
        broken = len(line) >= full and not line.endswith(ENDS)
    return ["".join(parts) for parts in joined]


OFFICE = {".docx": docx_text, ".pdf": pdf_text}
