"""What may pass from a notebook or a page of prose to the site: an allow-list, never a block-list."""

from __future__ import annotations

import base64
import binascii
import re
import struct

import nh3
from lxml import etree

_TEXT_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "pre", "code", "em", "strong", "b", "i", "s", "del", "sub", "sup", "small", "kbd", "abbr", "mark", "span", "div",
    "section", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "details", "summary",
}  # fmt: skip
_CELL = {"colspan", "rowspan", "scope"}
_ATTRIBUTES = {"th": _CELL, "td": _CELL, "abbr": {"title"}, "ol": {"start"}}
#: Elements of a drawing that only draw; no script, no foreign content, no animation, no link.
_SVG_TAGS = {
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
    "use", "image", "clipPath", "linearGradient", "radialGradient", "stop", "pattern", "marker", "symbol", "title", "desc", "mask",
}  # fmt: skip
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_PNG = "data:image/png;base64,"
_FAR_URL = re.compile(r"url\s{0,9}\(\s{0,9}['\"]?\s{0,9}(?!#)|@import|expression\s{0,9}\(|javascript:", re.IGNORECASE)


def output_html(html: str) -> str:
    """The HTML of a notebook's output cut down to text and tables: no links, styles, images, scripts.

    >>> output_html('<td onclick="x()">医改<a href="http://spam.example">赌</a><script>x()</script></td>')
    '医改赌'
    >>> output_html('<table><tbody><tr><td style="x">医改</td></tr></tbody></table>')
    '<table><tbody><tr><td>医改</td></tr></tbody></table>'
    """
    return nh3.clean(html, tags=_TEXT_TAGS, attributes=_ATTRIBUTES, link_rel=None)


def prose_html(html: str) -> str:
    """The HTML of the project's own prose: as an output, with links to https and to other pages.

    >>> prose_html('<a href="javascript:x()">医改</a>')
    '<a rel="noopener noreferrer">医改</a>'
    """
    return nh3.clean(
        html,
        tags=_TEXT_TAGS | {"a"},
        attributes={**_ATTRIBUTES, "a": {"href"}},
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )


def drawing(svg: str) -> bytes | None:
    """An SVG with drawing elements and local references only; None when it is no SVG.

    >>> drawing('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><rect/></svg>')
    b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    _keep_drawing(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


def _keep_drawing(root: etree._Element) -> None:
    for element in list(root.iter()):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "style":
            if len(element) or _FAR_URL.search(element.text or "") or "\\" in (element.text or ""):
                _drop(element)
        elif name not in _SVG_TAGS or element.tag != f"{{{_SVG}}}{name}":
            _drop(element)
        elif name == "image":
            _keep_raster(element)
        else:
            _keep_attributes(element)


def _keep_raster(element: etree._Element) -> None:
    """Keep a raster inside a drawing (a heat map) when it is a PNG in the drawing itself, without its metadata."""
    source = element.get("href") or element.get(_XLINK_HREF) or ""
    data = picture(source.removeprefix(_PNG)) if source.startswith(_PNG) else None
    _keep_attributes(element)
    if data is None:
        _drop(element)
    else:
        element.set(_XLINK_HREF, _PNG + base64.b64encode(data).decode())


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)


def _keep_attributes(element: etree._Element) -> None:
    for key, value in list(element.attrib.items()):
        name = etree.QName(key).localname.lower()
        far = name == "href" and not value.startswith("#")
        if name.startswith("on") or far or _FAR_URL.search(value) or (key.startswith("{") and key != _XLINK_HREF):
            del element.attrib[key]


def picture(encoded: str) -> bytes | None:
    """A PNG with the chunks that draw and no others (no text, time or profile); None when it is no PNG."""
    try:
        data = base64.b64decode(encoded, validate=False)
    except (binascii.Error, ValueError):
        return None
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    kept = [data[:8]]
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] in {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height
