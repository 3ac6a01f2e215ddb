"""HTML fragments after cleaning: headings in order and with anchors, tables that scroll and link."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from lxml import html as lxml_html
from lxml.html import HtmlElement

from yigai.publish import columns, sayings, words
from yigai.publish.addresses import reference, relative


class Finder(Protocol):
    """What knows where the words and the numbers of a table come from; every answer may be ''."""

    def quoted(self, text: str, row: Sequence[str]) -> str:
        """The place that a cell's words come from, given its whole row."""

    def counted(self, row: Sequence[str], column: str) -> str:
        """The place that shows what a number counts, given its row and the name of its column."""


class NoFinder:
    """Finds nothing: for prose, whose tables quote no document."""

    def quoted(self, text: str, row: Sequence[str]) -> str:
        """Nothing."""
        return ""

    def counted(self, row: Sequence[str], column: str) -> str:
        """Nothing."""
        return ""


#: A longer text gets a column wide enough to read on a phone.
LONG_TEXT = 14
_NUMBER = re.compile(r"[<>=≥≤~约]{0,2}\s?[-+−]?\d[\d,]{0,20}(?:\.\d{1,12})?\s?[%‰]?(?:e[-+]?\d{1,3})?")
#: A table becomes cards on a phone when it has a text of this length and not more columns than this.
QUOTE, MOST_IN_CARD = 24, 7
#: Columns whose cells are words of the pages.
QUOTING = {"title", "publisher", "text", "quote", "statement", "before", "after", "left", "right", "term", "words", "province", "city", "county"}
#: What pandas prints for a missing value.
MISSING = {"NaN", "NaT", "<NA>", "None", "nan"}
_SHAPE = re.compile(r"(\d{1,9}) rows × (\d{1,4}) columns")
_NOT_ID = re.compile(r"[^\w-]{1,80}")


@dataclass
class Outline:
    """The headings of a page as it is put together: keeps levels in order and anchors unique."""

    level: int = 1
    used: dict[str, int] = field(default_factory=dict)
    entries: list[tuple[int, str, str]] = field(default_factory=list)

    def place(self, heading: HtmlElement) -> None:
        """Set level and anchor of one heading, and enter it."""
        wanted = max(int(heading.tag[1]), 2)
        self.level = min(wanted, self.level + 1)
        heading.tag = f"h{self.level}"
        text = heading.text_content().strip()
        stem = _NOT_ID.sub("-", text.lower()).strip("-")[:60] or "section"
        self.used[stem] = self.used.get(stem, 0) + 1
        anchor = f"h-{stem}" + (f"-{self.used[stem]}" if self.used[stem] > 1 else "")
        heading.set("id", anchor)
        self.entries.append((self.level, text, anchor))


def fragment(html: str, outline: Outline, find: Finder, lang: str = "en") -> str:
    """A cleaned fragment with ordered headings, scrolling tables, and cells that lead to their quotes.

    In the Chinese edition the headings of columns and the values of controlled ones are Chinese.
    """
    if not html.strip():
        return ""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        outline.place(heading)
    for table in list(root.iter("table")):
        _finish_table(table, find)
        _keep_own_twin(table, lang)
        _in_language(table, lang)
    as_cards(root)
    if lang == "zh":
        for note in root.iter("p"):
            if not len(note) and note.text:
                note.text = _SHAPE.sub(r"\1 行 × \2 列", note.text)
    return _inner(root)


def first_heading(html: str) -> tuple[str, str]:
    """The text of a leading ``h1`` and the fragment without it; ('', html) when there is none."""
    if "<h1" not in html:
        return "", html
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    heading = root.find("h1")
    if heading is None:
        return "", html
    text = heading.text_content().strip()
    heading.drop_tree()
    return text, _inner(root)


def with_links(html: str, known: Mapping[str, str], page: str) -> str:
    """Prose whose links to notebooks and Markdown files lead to their pages; a link to no page is only words.

    >>> with_links('<a href="../x/02_topics.ipynb#a">题</a>', {"02_topics": "notebooks/02_topics.html"}, "regions/a.html")
    '<a href="../notebooks/02_topics.html">题</a>'
    >>> with_links('<a href="gone.md">题</a>', {}, "regions/a.html")
    '题'
    """
    if "<a " not in html:
        return html
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for link in list(root.iter("a")):
        target = link.get("href", "")
        stem = PurePosixPath(target.partition("#")[0]).stem
        if stem in known and not target.startswith("https:"):
            link.attrib.clear()
            link.set("href", relative(known[stem], page))
        elif not target.startswith("https:"):
            link.drop_tag()
    return _inner(root)


def text_of(html: str) -> str:
    """The words of a fragment."""
    return lxml_html.fragment_fromstring(html, create_parent="div").text_content() if html.strip() else ""


def map_text(html: str, change: Callable[[str], str]) -> str:
    """``html`` with ``change`` applied to its words, never to its tags."""
    if not html.strip():
        return html
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text = change(element.text) if element.text else element.text
            element.tail = change(element.tail) if element.tail else element.tail
    return _inner(root)


def _inner(root: HtmlElement) -> str:
    from markupsafe import escape

    parts = [str(escape(root.text or ""))]
    parts += [lxml_html.tostring(child, encoding="unicode") for child in root]
    return "".join(parts)


def _finish_table(table: HtmlElement, find: Finder) -> None:
    _without_numbering(table)
    for cell in table.iter("th"):
        inside_head = cell.getparent().getparent().tag == "thead"
        if not cell.text_content().strip():
            cell.tag = "td"
        else:
            cell.set("scope", "col" if inside_head else "row")
    rows = list(table.iter("tr"))
    names = [cell.text_content().strip() for cell in rows[0]] if rows else []
    for row in rows:
        if row.getparent().tag != "thead":
            _link_row(row, names, find)
    frame = lxml_html.Element("div", {"class": "wide", "tabindex": "0"})
    parent = table.getparent()
    parent.replace(table, frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)


def _without_numbering(table: HtmlElement) -> None:
    """Leave out the column of row numbers that pandas puts first, and say a missing value by a dash."""
    rows = [row for row in table.iter("tr") if len(row)]
    numbers = [row[0].text_content().strip() for row in rows if row.getparent().tag != "thead" and row[0].tag == "th"]
    told = [number for number in numbers if number not in {"...", "…"}]
    named = any(row[0].text_content().strip() for row in rows if row.getparent().tag == "thead")
    if told and told[0] == "0" and all(number.isdigit() for number in told) and not named:
        for row in rows:
            row[0].drop_tree()
    for cell in table.iter("td"):
        if not len(cell) and (cell.text or "").strip() in MISSING:
            cell.text = "–"


def as_cards(root: HtmlElement) -> None:
    """Tables of quotes as cards on a phone: each cell carries the name of its column."""
    for table in root.iter("table"):
        rows = [row for row in table.iter("tr") if len(row)]
        heads = [row for row in rows if row.getparent().tag == "thead"]
        long = (len(cell.text_content()) for cell in table.iter("td") if cell.get("class") == "t")
        if len(heads) != 1 or len(heads[0]) > MOST_IN_CARD or max(long, default=0) < QUOTE:
            continue
        table.set("class", "cards-on-phone")
        names = [cell.text_content().strip() for cell in heads[0]]
        for row in rows[1:]:
            for name, cell in zip(names, row, strict=False):
                if name:
                    cell.set("data-label", name)


def _keep_own_twin(table: HtmlElement, lang: str) -> None:
    """Of a column and its Chinese twin (``x``, ``x_zh``) the one that speaks the language of the edition, under the name of the first."""
    rows = list(table.iter("tr"))
    names = [cell.text_content().strip() for cell in rows[0]] if rows else []
    twins = [(names.index(name), names.index(f"{name}_zh")) for name in names if f"{name}_zh" in names]
    gone = sorted((own if lang == "zh" else twin for own, twin in twins), reverse=True)
    for own, twin in twins:
        rows[0][twin].text = rows[0][own].text
    for row in rows:
        for place in gone:
            if len(row) == len(names):
                row[place].drop_tree()


def _in_language(table: HtmlElement, lang: str) -> None:
    """Headings of columns and controlled words of cells in the language of the edition; quotes stay as they are."""
    rows = list(table.iter("tr"))
    names = [cell.text_content().strip() for cell in rows[0]] if rows else []
    for row in rows:
        head = row.getparent().tag == "thead"
        for place, cell in enumerate(row):
            holder = cell[0] if len(cell) == 1 and cell[0].tag == "a" and not (cell.text or "").strip() else cell
            text = (holder.text or "").strip()
            if text and not len(holder):
                column = names[place] if place < len(names) and not head else ""
                holder.text = _translated(text, column, head or text.endswith("_evidence"), lang)


def _translated(text: str, column: str, head: bool, lang: str) -> str:
    if column in QUOTING - {"statement"}:
        return text
    known = words.value("status", text) if text in words.STATUSES else columns.heading(text) if head else words.value(column, text)
    if lang == "zh":
        return known.zh if known.zh != text else sayings.said(text, "zh")
    return text if head or column in QUOTING else sayings.in_english(text)


def _link_row(row: HtmlElement, names: Sequence[str], find: Finder) -> None:
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    texts = [cell.text_content().strip() for cell in cells]
    links = [find.quoted(text, texts) for text in texts]
    quotes = {link for link in links if "#s-" in link}
    for place, (cell, text, link) in enumerate(zip(cells, texts, links, strict=True)):
        number = _NUMBER.fullmatch(text)
        if len(text) > LONG_TEXT and (" " in text or not text.isascii()):
            cell.set("class", "t")
        if number:
            cell.set("class", "n")
            link = next(iter(quotes)) if len(quotes) == 1 and cell.tag == "td" else ""
            if not link and cell.tag == "td" and text.strip("0.%") and place < len(names):
                link = find.counted(texts, names[place])
        if link and not len(cell):
            inner = lxml_html.Element("a", {"href": link} | ({"data-ref": said} if (said := reference(link)) else {}))
            if text.isascii() and not number:
                inner.set("class", "doc")
            inner.text, cell.text = cell.text, None
            cell.append(inner)
