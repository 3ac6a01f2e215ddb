"""Where each page of the site stands and how pages point to each other: stable, ASCII, relative."""

from __future__ import annotations

import hashlib
import posixpath
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


def slug(name: str) -> str:
    """A file name made of ``name``: itself when plain, else its ASCII part and a short hash.

    >>> slug("000_c649d17d4e1b9085"), slug("../醫改"), slug("A")
    ('000_c649d17d4e1b9085', 'x-f2606312', 'a-559aead0')
    """
    if _PLAIN.fullmatch(name):
        return name
    stem = re.sub(r"[^a-z0-9_-]{1,200}", "-", name.lower()).strip("-_")[:40] or "x"
    return f"{stem}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def relative(target: str, page: str) -> str:
    """The link from ``page`` to ``target``, both given from the top of the site.

    >>> relative("cases/003.html#d-PAY", "zh/index.html")
    '../cases/003.html#d-PAY'
    """
    path, mark, anchor = target.partition("#")
    return f"#{anchor}" if path == page and mark else _between(path, posixpath.dirname(page)) + mark + anchor


@lru_cache(maxsize=65_536)
def _between(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")


def in_language(path: str, lang: str) -> str:
    """The place of a page in one edition: English on top, Chinese under ``zh/``."""
    return path if lang == "en" else f"{lang}/{path}"


def anchor(passage: object, sentence: object) -> str:
    """The anchor of a sentence in its evidence page: ``s-<passage>-<sentence>``."""
    return f"s-{passage}-{sentence}"


_SPOT = re.compile(r"(?:.{0,200}/)?([\w-]{1,120}?)(?:-\d{1,3})?\.html#[sp]-(\d{1,6})(?:-(\d{1,6}))?")


def reference(target: str) -> str:
    """A link to a sentence as it is cited on paper: the document, its passage and sentence; '' for any other link.

    >>> reference("evidence/002_43a03a91c867fa6d.html#s-4-7"), reference("cases/003.html")
    ('002_43a03a91c867fa6d 4.7', '')
    """
    found = _SPOT.fullmatch(target)
    return f"{found[1]} {'.'.join(filter(None, found.groups()[1:]))}" if found else ""


def _folded(text: str) -> str:
    """``text`` of the same length with half-width marks: extractors may quote either width."""
    return text.translate(_HALF_WIDTH)


@dataclass(frozen=True)
class Index:
    """The sentences of one document, to find the one that a quote or a position stands in."""

    clean: str
    sentences: Sequence[Mapping[str, object]]
    _starts: list[int] = field(init=False, repr=False)
    _texts: dict[str, int] = field(init=False, repr=False)
    _clean: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = sorted(self.sentences, key=lambda row: int(str(row["start"])))
        object.__setattr__(self, "sentences", order)
        object.__setattr__(self, "_starts", [int(str(row["start"])) for row in order])
        texts: dict[str, int] = {}
        for number, row in enumerate(order):
            texts.setdefault(_folded(str(row["text"])), number)
        object.__setattr__(self, "_texts", texts)
        object.__setattr__(self, "_clean", _folded(self.clean))

    def at(self, position: int) -> Mapping[str, object] | None:
        """The sentence that covers a position of the clean text, or the nearest before it."""
        number = bisect_right(self._starts, position) - 1
        return self.sentences[number] if number >= 0 else None

    def quoting(self, quote: str) -> Mapping[str, object] | None:
        """The sentence that is or contains ``quote``, None when the document has no such words."""
        wanted = _folded(quote.strip().removesuffix("…").removesuffix("...").strip())
        if not wanted:
            return None
        if wanted in self._texts:
            return self.sentences[self._texts[wanted]]
        position = self._clean.find(wanted)
        return self.at(position) if position >= 0 else None


@dataclass(frozen=True)
class Addresses:
    """The pages of documents, and the sentences that quotes lead to.

    ``parts`` holds the number of the evidence page of every anchor, ``passages`` the passage of
    every sentence (a sentence's number counts through its document).
    """

    slugs: Mapping[str, str]
    indexes: Mapping[str, Index]
    parts: Mapping[tuple[str, str], int]
    passages: Mapping[tuple[str, str], str]

    def case(self, doc: str, at: str = "") -> str:
        """The page of a case, and a place on it."""
        return f"cases/{self.slugs[doc]}.html" + (f"#{at}" if at else "")

    def evidence(self, doc: str, at: str = "") -> str:
        """The evidence page that holds the anchor ``at`` of a document."""
        part = self.parts.get((doc, at), 1)
        number = f"-{part}" if part > 1 else ""
        return f"evidence/{self.slugs[doc]}{number}.html" + (f"#{at}" if at else "")

    def sentence(self, row: Mapping[str, object]) -> str:
        """The place of the sentence that a table row was read from; '' when none is found.

        A row says so by passage and sentence, else by its start in the clean text, else by its quote.
        """
        doc = str(row.get("doc", ""))
        if doc not in self.indexes:
            return ""
        found = self._numbered(doc, row) or self._placed(doc, row) or self._quoted(doc, row)
        return self.evidence(doc, anchor(found["passage"], found["sentence"])) if found else ""

    def _numbered(self, doc: str, row: Mapping[str, object]) -> Mapping[str, object] | None:
        number = str(row.get("sentence", ""))
        passage = self.passages.get((doc, number))
        return {"passage": passage, "sentence": number} if passage is not None else None

    def _placed(self, doc: str, row: Mapping[str, object]) -> Mapping[str, object] | None:
        start = row.get("start")
        if start is None or str(start) in {"", "nan", "<NA>"} or int(float(str(start))) < 0:
            return None
        return self.indexes[doc].at(int(float(str(start))))

    def _quoted(self, doc: str, row: Mapping[str, object]) -> Mapping[str, object] | None:
        for column in ("quote", "text", "task", "statement", "context", "name"):
            text = row.get(column)
            if isinstance(text, str) and (found := self.indexes[doc].quoting(text)):
                return found
        return None
