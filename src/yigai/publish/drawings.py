"""A drawing as part of the page: real text in the site's font, in the language of the edition.

Only elements and attributes that draw come through, each written anew and escaped; a drawing
that holds anything else (a raster, a foreign object) is shown as a picture file instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup, escape

from yigai.publish import sayings

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use", "clipPath"}
#: Said elsewhere on the page, or set once for all drawings in the style sheet.
_LEFT_OUT = {"title", "desc", "metadata", "style"}
_GEOMETRY = {
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height", "points", "transform",
}  # fmt: skip
_PAINT = {
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "font-size", "font-weight", "font-style", "text-anchor",
}  # fmt: skip
_VALUE = re.compile(r"[-+#%.,()\w\s]{0,2000000}")
_ID = re.compile(r"[A-Za-z][\w.-]{0,80}")
_LOCAL = re.compile(r"url\(#([A-Za-z][\w.-]{0,80})\)")
_MOVED = re.compile(r"translate\((-?[\d.]{1,12})[ ,](-?[\d.]{1,12})\)")
#: Width of a Latin letter in parts of its size; a Chinese one is as wide as high.
LATIN = 0.56
#: CSS pixels of a point, so that nine-point letters are read as nine points.
PIXELS = 4 / 3
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


@dataclass(frozen=True)
class Drawing:
    """A drawing ready for a page: its markup, its width in pixels, its title and its caption."""

    html: Markup
    width: int
    title: str
    caption: str


def drawing(svg: str, lang: str, mask: Callable[[str], str]) -> Drawing | None:
    """A drawing in one language with its words masked; None for one that only a picture can show.

    >>> drawing('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text onload="x()">目标</text></svg>', "zh", str).html
    Markup('<svg viewBox="0 0 9 9" width="12" height="12" role="img" aria-label=""><text>目标</text></svg>')
    >>> drawing('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="x"/></svg>', "zh", str) is None
    True
    """
    try:
        root = etree.fromstring(svg.encode("utf-8", "replace"), _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None
    box = _box(root)
    if root.tag != f"{_SVG}svg" or box is None or not _only_draws(root):
        return None
    caption, bottom = _taken_caption(root, lang)
    x, y, width, height = box
    height = min(height, bottom - y) if bottom else height
    left, right = _reach(root, lang)
    x, width = min(x, left), max(x + width, right) - min(x, left)
    title, _, _ = (root.findtext(f"{_SVG}title") or "").partition(" · ")
    title = sayings.said(mask(" ".join(title.split())), lang)
    body = "".join(_written(child, lang, mask) for child in root)
    head = f'<svg viewBox="{x:g} {y:g} {width:g} {height:g}" width="{width * PIXELS:.0f}" height="{height * PIXELS:.0f}" role="img"'
    html = Markup(f'{head} aria-label="{escape(title)}">{body}</svg>')
    return Drawing(html, round(width * PIXELS), title, mask(caption))


def _box(root: etree._Element) -> tuple[float, float, float, float] | None:
    try:
        x, y, width, height = (float(part) for part in root.get("viewBox", "").split()[:4])
    except ValueError:
        return None
    return (x, y, width, height) if 0 < width < 20_000 and 0 < height < 200_000 else None


def _only_draws(root: etree._Element) -> bool:
    names = (element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "" for element in root.iterdescendants(f"{_SVG}*"))
    return all(name in _SHAPES | _LEFT_OUT for name in names)


def _taken_caption(root: etree._Element, lang: str) -> tuple[str, float]:
    """The caption, taken out of the drawing, and where the drawing ends without it (0: no caption)."""
    for group in root.iter(f"{_SVG}g"):
        first = group.find(f"{_SVG}text")
        if group.get("class") != "caption" or first is None:
            continue
        parent = group.getparent()
        said = sayings.said(group.get(f"data-{lang}") or group.get("data-en", ""), lang)
        top = _spot(first)[1] - 12
        if parent is not None and top > 0:
            parent.remove(group)
            return said, top
    return "", 0.0


def _spot(element: etree._Element) -> tuple[float, float]:
    """Where a text stands; (0, 0) for one that is turned."""
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if moved:
        return float(moved[1]), float(moved[2])
    return (0.0, 0.0) if element.get("transform") else (_number(element.get("x")), _number(element.get("y")))


def _number(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 0.0


def _reach(root: etree._Element, lang: str) -> tuple[float, float]:
    """How far left and right the words reach: a translated label may be longer than the drawn one."""
    left, right = 0.0, 0.0
    for element in root.iter(f"{_SVG}text"):
        at, down = _spot(element)
        if not (at or down):
            continue
        given = dict(_kept(element))
        letters = sayings.said(element.text or "", lang)
        width = _number(given.get("font-size")) * sum(1 if ord(letter) > 0x2E7F else LATIN for letter in letters)
        share = {"end": 1.0, "middle": 0.5}.get(given.get("text-anchor", ""), 0.0)
        left, right = min(left, at - width * share - 2), max(right, at + width * (1 - share) + 2)
    return left, right


def _written(element: etree._Element, lang: str, mask: Callable[[str], str]) -> str:
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if name not in _SHAPES:
        return ""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in _kept(element))
    inside = "".join(_written(child, lang, mask) for child in element)
    said = escape(sayings.said(mask(element.text), lang)) if name in {"text", "tspan"} and element.text else ""
    return f"<{name}{attributes}>{said}{inside}</{name}>" if said or inside or name != "g" else ""


def _kept(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes that draw; a style is taken apart, since the page allows none."""
    given = {str(key).rpartition("}")[2]: value for key, value in element.attrib.items()}
    declared = (part.partition(":") for part in given.pop("style", "").split(";"))
    given |= {key.strip(): value.strip() for key, _, value in declared}
    for key, value in given.items():
        local = _LOCAL.fullmatch(value)
        if (key in _GEOMETRY or key in _PAINT) and _VALUE.fullmatch(value) and not value.lower().lstrip().startswith("url"):
            yield key, value.removesuffix("px") if key == "font-size" else value
        elif (key == "id" and _ID.fullmatch(value)) or (key == "clip-path" and local) or (key == "href" and value.startswith("#") and _ID.fullmatch(value[1:])):
            yield key, value
