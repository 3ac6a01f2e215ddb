"""What a corpus is made of: documents, what was refused and why, and the limits of reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

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
    file_bytes: int = 2_000_000_000  # of one table; tables are read row by row
    office_bytes: int = 200_000_000  # of one .docx, .pdf or .xlsx
    characters: int = 2_000_000  # of one document
    unpacked_bytes: int = 1_000_000_000  # of one .docx, .xlsx or .parquet
    unpacked_ratio: int = 200
    members: int = 10_000  # files inside one .docx or .xlsx
    pages: int = 3_000  # of one .pdf
    columns: int = 20_000  # of one table
    seconds: float = 60.0  # of computing, for reading one page


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


class Rejected(NamedTuple):
    """One file or row that gives no page: its name, why, and what the researcher can do."""

    file: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents in the order of their names, and the table of what was refused."""

    documents: tuple[Document, ...]
    rejected: pd.DataFrame
    notes: tuple[str, ...] = ()


RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


def rejected_table(rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Give the table of refused files, also when it is empty."""
    return pd.DataFrame(list(rows), columns=list(Rejected._fields), dtype="str")


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


class Names:
    """Names that are given once: those that would fall together, upper and lower case alike, are numbered.

    >>> names = Names()
    >>> [names.take(stem) for stem in ("a", "A", "b", "a-2", "a")]
    ['a', 'A-2', 'b', 'a-2-2', 'a-3']
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}  # a crawl may hold a hundred thousand files index.html

    def take(self, stem: str) -> str:
        """Give the stem, or the stem with the next free number."""
        folded = unicodedata.normalize("NFC", stem.casefold())
        name, count = stem, self._last.get(folded, 1)
        while unicodedata.normalize("NFC", name.casefold()) in self._taken:
            count += 1
            name = f"{stem}-{count}"
        self._last[folded] = count
        self._taken.add(unicodedata.normalize("NFC", name.casefold()))
        return name
