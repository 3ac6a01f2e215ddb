"""Pages made of the project's own prose, and the way from a cell of a notebook to its quote."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from yigai.publish import markup, notebook, sanitize
from yigai.publish.addresses import Addresses, anchor, relative, slug
from yigai.publish.cases import Case, coded
from yigai.publish.leaf import Leaf
from yigai.publish.material import Material
from yigai.publish.words import EDIT_KINDS, LANGUAGES, Pair, dimensions

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A shorter text of a cell is a word, not a quote, unless it is a whole sentence.
SHORTEST_QUOTE = 6
#: The methodology file that lists the others.
INDEX = "index"
#: A Chinese text of a cell up to this length is a term, which may be looked up in the case of its row.
LONGEST_TERM = 12
#: Columns that count what cleaning did.
_OF_CLEANING = {*EDIT_KINDS, "chars_raw", "chars_clean", "furniture", "applied", "flagged", "refused", "slip+script"}
#: Up to so many documents, words of a row that names no document are looked for in all of them.
SMALL_CORPUS = 40


class Finder:
    """Finds the page that the words of a table cell come from."""

    def __init__(self, run: Material, to: Addresses, found: Sequence[Case]) -> None:
        self._to = to
        self._docs = {one.doc: one.doc for one in found} | {f"{one.place.zh} {one.year}".strip(): one.doc for one in found}
        self._sentences: dict[str, str] = {}
        for row in run.records("sentences"):
            self._sentences.setdefault(str(row["text"]), to.evidence(str(row["doc"]), anchor(row["passage"], row["sentence"])))
        self._sorted = sorted(self._sentences)
        self._coded = {(doc, code) for doc, rows in run.of("codes").items() for code in coded(rows)}

    def quote(self, text: str, row: Sequence[str]) -> str:
        """The sentence or the case that a cell names; '' for none."""
        if text in self._docs:
            return self._to.case(self._docs[text])
        return self._quote(text, row) if len(_CHINESE.findall(text[:40])) >= SHORTEST_QUOTE else ""

    def count(self, row: Sequence[str], column: str) -> str:
        """What a number counts: a case's sentences on a dimension, its sentence with a term, its edits, or the case."""
        docs = {self._docs[name] for name in (*row, column) if name in self._docs}
        if len(docs) != 1:
            return ""
        doc = docs.pop()
        code = next((name.split()[0] for name in (*row, column) if name.split() and name.split()[0] in dimensions()), "")
        if code:
            return self._to.case(doc, f"d-{code}" if (doc, code) in self._coded else "")
        return self._using(doc, row) or (self._to.evidence(doc) if column in _OF_CLEANING else self._to.case(doc))

    def _using(self, doc: str, row: Sequence[str]) -> str:
        words_of = [name for name in row if name not in self._docs and 2 <= len(name) <= LONGEST_TERM and _CHINESE.match(name)]
        found = (self._to.indexes[doc].quoting(word) for word in words_of[:1])
        return next((self._to.sentence({"doc": doc, **sentence}) for sentence in found if sentence), "")

    def _quote(self, text: str, row: Sequence[str]) -> str:
        if text in self._sentences:
            return self._sentences[text]
        stem = text.removesuffix("...").removesuffix("…").rstrip()
        at = bisect_left(self._sorted, stem)
        if at < len(self._sorted) and self._sorted[at].startswith(stem):
            return self._sentences[self._sorted[at]]
        return self._inside(stem, [self._docs[cell] for cell in row if cell in self._docs])

    def _inside(self, stem: str, named: Sequence[str]) -> str:
        """The sentence that holds the words: in the documents the row names, else in a small corpus."""
        docs = named or (list(self._to.slugs) if len(self._to.slugs) <= SMALL_CORPUS else [])
        found = ((doc, self._to.indexes[doc].quoting(stem)) for doc in docs)
        return next((self._to.sentence({"doc": doc, **row}) for doc, row in found if row), "")


@dataclass(frozen=True)
class FromPage:
    """A finder whose links start from one page."""

    finder: Finder
    page: str

    def quoted(self, text: str, row: Sequence[str]) -> str:
        """The link to the sentence or the case that a cell names."""
        return self._link(self.finder.quote(text, row))

    def counted(self, row: Sequence[str], column: str) -> str:
        """The link to what a number counts."""
        return self._link(self.finder.count(row, column))

    def _link(self, target: str) -> str:
        return relative(target, self.page) if target else ""


def methodology_folder() -> Path:
    """The folder of the methodology pages in the checkout."""
    return Path(__file__).resolve().parents[3] / "docs" / "methodology"


def methodology_pages() -> dict[str, str]:
    """The page of each Markdown file of docs/methodology by its stem."""
    folder = methodology_folder()
    stems = sorted(path.stem for path in folder.glob("*.md")) if folder.is_dir() else []
    return {stem: f"methodology/{slug(stem.lower())}.html" for stem in stems if not stem.endswith(".zh")}


def prose_pages(run: Material) -> dict[str, str]:
    """Where the notebooks and the methodology files stand on the site, by the stem of their file."""
    own = {name: f"notebooks/{slug(name)}.html" for name in run.notebooks if not name.startswith("region_")}
    regions = {name: f"regions/{name.removeprefix('region_')}.html" for name in run.notebooks if name.startswith("region_")}
    return own | regions | methodology_pages()


def methodology_leaves(known: Mapping[str, str]) -> Iterator[Leaf]:
    """A page per Markdown file of docs/methodology; ``x.zh.md`` is the Chinese edition of ``x.md``, ``index.md`` their list."""
    folder = methodology_folder()
    found = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))} if folder.is_dir() else {}
    entries = []
    front: dict[str, Any] = {"html": {}, "outline": {}}
    for name, path in methodology_pages().items():
        drawn = {lang: _prose(found.get(f"{name}.{lang}", found[name]), known, path) for lang in LANGUAGES}
        title = Pair(drawn["en"][0] or name, drawn["zh"][0] or name)
        shows = {"html": {lang: drawn[lang][1] for lang in LANGUAGES}, "outline": {lang: drawn[lang][2] for lang in LANGUAGES}}
        if name == INDEX:
            front = shows
        else:
            entries.append((path, title))
            yield Leaf(path, "prose.html", title, title, shows)
    unlisted = [(path, title) for path, title in entries if Path(path).name not in str(front["html"])]
    yield Leaf(
        "methodology/index.html", "methodology.html", Pair("Methods", "方法"),
        Pair("How the texts were cleaned, coded and compared", "文本如何清洗、编码与比较"), {"list": unlisted, **front},
    )  # fmt: skip


def _prose(source: str, known: Mapping[str, str], page: str) -> tuple[str, Markup, list[tuple[int, str, str]]]:
    html = markup.with_links(sanitize.prose_html(str(notebook.markdown()(source))), known, page)
    title, rest = markup.first_heading(html)
    outline = markup.Outline()
    return title, Markup(markup.fragment(rest, outline, markup.NoFinder())), outline.entries
