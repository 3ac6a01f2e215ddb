"""What a corpus is made of: documents, what was refused and why, and the limits of reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from yigai.clean import Override


class BadInput(ValueError):
    """Input that cannot be used; the message is one line: file, reason, remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class Refused(Exception):
    """One file or row that cannot be used: a reason and a remedy, the run goes on."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)
        self.reason, self.remedy = reason, remedy


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read; a limit that bites says so in the table of rejected files."""

    files: int = 2_000_000
    file_bytes: int = 2_000_000_000
    characters: int = 2_000_000  # of one document
    unpacked_bytes: int = 1_000_000_000  # of one .docx or .xlsx
    unpacked_ratio: int = 200
    pages: int = 3_000  # of one .pdf


@dataclass(frozen=True, slots=True)
class Document:
    """One page as found: its name, where it came from, its text, and what sources.csv says of it."""

    doc: str
    file: str
    sha256: str
    encoding: str
    raw: str
    given: dict[str, str] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()  # a reader's decisions about spans of the page, from overrides.csv


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents in the order of their names, and the table of what was refused."""

    documents: tuple[Document, ...]
    rejected: pd.DataFrame
    notes: tuple[str, ...] = ()


REJECTED = ("file", "reason", "remedy")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


def rejected_table(rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Give the table of refused files, also when it is empty."""
    return pd.DataFrame(list(rows), columns=list(REJECTED), dtype="str")


def safe_name(stem: str) -> str:
    """Make a file's stem safe as a file name and in an address: no path parts, no leading dot.

    >>> safe_name("../../etc/通知 (1)"), safe_name("阳泉市.方案"), safe_name("..."), safe_name("NUL")
    ('etc_通知_1', '阳泉市.方案', 'document', 'NUL_')
    """
    plain = unicodedata.normalize("NFC", stem)
    kept = re.sub(r"[^\w.-]|\.(?=\.)", "_", plain)
    slim = re.sub(r"_{2,100}", "_", kept).strip("._-")
    while len(slim.encode()) > 150:
        slim = slim[:-1]
    slim = slim or "document"
    return slim + "_" if slim.split(".")[0].lower() in RESERVED else slim


def unique_names(stems: Iterable[str]) -> list[str]:
    """Number the names that would fall together, upper and lower case alike, in their order.

    >>> unique_names(["a", "A", "b", "a-2", "a"])
    ['a', 'A-2', 'b', 'a-2-2', 'a-3']
    """
    taken: set[str] = set()
    names = []
    for stem in stems:
        name, count = stem, 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem}-{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def fields_of(row: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Keep the cells whose column is a known field, under the field's name; empty cells say nothing."""
    empty = {"", "na", "n/a", "nan", "null", "none", "unknown", "未知", "无", "-", "—"}
    return {
        known[name]: value.strip()
        for name, value in row.items()
        if name in known and value and value.strip().lower() not in empty
    }
