"""An executed notebook as a page: prose, code folded away, outputs by an allow-list of types."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from yigai.publish import drawings, markup, sanitize, sayings

#: Output types in order of preference; every other type (scripts, widgets, PDF) is left out.
MIMES = ("image/svg+xml", "image/png", "text/html", "text/markdown", "text/plain")
_ANSI = re.compile(r"\x1b\[[0-9;]{0,40}[A-Za-z]|\ufffd\[[0-9;]{1,40}m")
_OBJECT = re.compile(r"<[\w.]{1,80}(?: [^<>]{0,200})?(?: at 0x[0-9a-f]{4,16})?>")


@dataclass(frozen=True)
class Figure:
    """A picture of a notebook: its file on the site and its size."""

    path: str
    data: bytes
    width: int
    height: int


@dataclass
class Sheet:
    """A notebook in one language: its title, its blocks and the figures they show."""

    title: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    outline: markup.Outline = field(default_factory=markup.Outline)
    lang: str = "en"
    drawn: int = 0


def sheet(
    book: Mapping[str, Any], lang: str, mask: Callable[[str], str], find: markup.Finder, link: Callable[[str], str] = str
) -> Sheet:
    """The page of an executed notebook in one language.

    A cell tagged ``lang-en`` or ``lang-zh`` stands in that edition only. ``mask`` cleans words
    that came from documents, ``find`` leads a cell of a table to its quote, ``link`` sets the links
    of the prose right.
    """
    page = Sheet("", lang=lang)
    for cell in _cells_in(book, lang):
        source = _joined(cell.get("source", ""))
        if cell.get("cell_type") == "markdown":
            _add_prose(page, source, find, link)
        elif cell.get("cell_type") == "code":
            _add_code(page, cell, source, mask, find)
    return page


def _cells_in(book: Mapping[str, Any], lang: str) -> Iterable[Mapping[str, Any]]:
    for cell in book.get("cells", []):
        tags = {str(tag) for tag in cell.get("metadata", {}).get("tags", [])}
        languages = {tag for tag in tags if tag.startswith("lang-")}
        if not languages or f"lang-{lang}" in languages:
            yield cell


def _joined(source: Any) -> str:
    return "".join(str(line) for line in source) if isinstance(source, list) else str(source)


def _add_prose(page: Sheet, source: str, find: markup.Finder, link: Callable[[str], str]) -> None:
    html = link(sanitize.prose_html(str(markdown()(source))))
    if not page.title:
        page.title, html = markup.first_heading(html)
    page.blocks.append({"kind": "prose", "html": Markup(markup.fragment(html, page.outline, find, page.lang))})


@cache
def markdown() -> Any:
    """The Markdown reader of nbconvert, without its sanitizer: what it gives is cleaned here."""
    import mistune

    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "footnotes", "def_list"])


def _add_code(
    page: Sheet, cell: Mapping[str, Any], source: str, mask: Callable[[str], str], find: markup.Finder
) -> None:
    tags = cell.get("metadata", {}).get("tags", [])
    shown = [shown for output in cell.get("outputs", []) if (shown := _output(page, output, mask, find))]
    kind = "parameters" if {"parameters", "injected-parameters"} & set(tags) else "code"
    if source.strip() or shown:
        page.blocks.append({"kind": kind, "source": Markup(highlighted(mask(source))), "outputs": shown})


def _output(
    page: Sheet, output: Mapping[str, Any], mask: Callable[[str], str], find: markup.Finder
) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":  # warnings on stderr name folders of the building machine
        words = _joined(output.get("text", "")) if output.get("name") == "stdout" else ""
        return {"kind": "text", "text": _said_by_line(mask(_ANSI.sub("", words)).rstrip(), page.lang)} if words.strip() else None
    if kind == "error":
        return {"kind": "text", "text": mask(f"{output.get('ename')}: {output.get('evalue')}")}
    data = output.get("data", {})
    for mime in MIMES:
        if mime in data and (shown := _SHOW[mime](page, _joined(data[mime]), mask, find)):
            return shown
    return None


def _said_by_line(text: str, lang: str) -> str:
    return "\n".join(sayings.said(line, lang) for line in text.split("\n"))


def _svg(page: Sheet, text: str, mask: Callable[[str], str], find: markup.Finder) -> dict[str, Any] | None:
    drawn = drawings.drawing(text, page.lang, mask)
    if drawn is not None:
        page.drawn += 1
        return {"kind": "drawing", "drawing": drawn, "number": page.drawn}
    data = sanitize.drawing(text)
    if data is None:
        return None
    size = re.search(r'viewBox="[-\d.]{1,20} [-\d.]{1,20} ([\d.]{1,20}) ([\d.]{1,20})"', text[:2000])
    width, height = (round(float(size[1])), round(float(size[2]))) if size else (640, 400)
    return _figure(page, data, "svg", (width, height), "")


def _png(page: Sheet, text: str, mask: Callable[[str], str], find: markup.Finder) -> dict[str, Any] | None:
    data = sanitize.picture(text)
    if data is None or len(data) < 33:
        return None
    return _figure(page, data, "png", sanitize.png_size(data), "")


def _figure(page: Sheet, data: bytes, suffix: str, size: tuple[int, int], title: str) -> dict[str, Any]:
    path = f"assets/figures/{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"
    page.figures.append(Figure(path, data, *size))
    page.drawn += 1
    above = page.outline.entries[-1][1] if page.outline.entries else page.title
    return {
        "kind": "figure", "path": path, "width": size[0], "height": size[1],
        "title": title, "above": above, "number": page.drawn,
    }  # fmt: skip


def _html(page: Sheet, text: str, mask: Callable[[str], str], find: markup.Finder) -> dict[str, Any] | None:
    html = markup.map_text(sanitize.output_html(text), mask)
    finished = markup.fragment(html, page.outline, find, page.lang)
    return {"kind": "html", "html": Markup(finished)} if finished.strip() else None


def _prose(page: Sheet, text: str, mask: Callable[[str], str], find: markup.Finder) -> dict[str, Any] | None:
    # words of documents may stand in here, so it is cleaned as an output, not as our prose
    return _html(page, str(markdown()(text)), mask, find)


def _plain(page: Sheet, text: str, mask: Callable[[str], str], find: markup.Finder) -> dict[str, Any] | None:
    if not text.strip() or _OBJECT.fullmatch(text.strip()):
        return None
    return {"kind": "text", "text": mask(_ANSI.sub("", text)).rstrip()}


_SHOW: dict[str, Callable[..., dict[str, Any] | None]] = {
    "image/svg+xml": _svg, "image/png": _png, "text/html": _html, "text/markdown": _prose, "text/plain": _plain,
}  # fmt: skip


def highlighted(source: str) -> str:
    """Python source with classes for its parts, every character escaped."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    if not source.strip():
        return ""
    if source.lstrip().startswith("%%"):
        return str(escape(source))
    return str(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))
