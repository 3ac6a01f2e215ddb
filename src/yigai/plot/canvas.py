"""The canvas of every figure: shipped Chinese font, one style, a caption, SVG with fixed bytes.

A figure is made without pyplot, so no window, no global state and no second copy appears in a
notebook; text stays text, measured in the shipped font, so a page can search it and say it in its language.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import textwrap
import weakref
from html import escape
from importlib import resources
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from yigai.plot import palette

FAMILY = "Noto Sans SC yigai"
#: Fonts of the same widths, and those of the systems, for a drawing that is opened alone.
FALLBACKS = f"'{FAMILY}','Yigai Sans','Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
RULES: dict[str, Any] = {
    "font.family": [FAMILY],
    "font.size": 9.0,
    "axes.titlesize": 10.5,
    "axes.titleweight": "normal",
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "axes.edgecolor": palette.GREY,
    "axes.labelcolor": palette.INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": palette.INK,
    "xtick.color": palette.INK,
    "ytick.color": palette.INK,
    "legend.frameon": False,
    "figure.facecolor": palette.PAPER,
    "figure.dpi": 96.0,
    "savefig.dpi": 96.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "yigai",
    "image.cmap": palette.SEQUENTIAL,
    "text.parse_math": False,  # a lone $ in a crawled page must not be read as a formula
}


@functools.cache
def font_path() -> str:
    """Path of the shipped font, registered with matplotlib on the first call."""
    with resources.as_file(
        resources.files("yigai") / "data" / "fonts" / "NotoSansSC-subset.otf"
    ) as path:
        font_manager.fontManager.addfont(path)
        return str(path)


def style() -> None:
    """Put the shipped font and the house rules in force, and show figures as SVG in notebooks."""
    font_path()
    for name, value in RULES.items():
        mpl.rcParams[name] = value  # type: ignore[index]
    _show_as_svg()


def figure(
    width: float = 8.0,
    height: float = 4.0,
    *,
    rows: int = 1,
    columns: int = 1,
    **options: Any,
) -> tuple[Figure, Any]:
    """A figure (inches) and its axes, laid out so that nothing overlaps; one axes, or an array of them.

    >>> fig, axes = figure(4, 2)
    >>> axes.set_title("县域医共体").get_text()
    '县域医共体'
    """
    style()
    fig = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(fig)
    return fig, fig.subplots(rows, columns, **options)


def caption(fig: Figure, text: str, *, zh: str = "") -> Figure:
    """The same figure with a wrapped caption under it: what is shown, n, status, verdict of the gate.

    ``zh`` is the caption of the Chinese edition; the site prints either as text below the drawing.

    >>> fig, _ = figure(4, 2)
    >>> caption(fig, "n = 5 documents").get_supxlabel()
    'n = 5 documents'
    """
    columns = max(30, int(fig.get_figwidth() * 15.5))
    lines = [line for part in text.split("\n") for line in _wrapped(part, columns)]
    label = fig.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=7.8, color=palette.GREY)
    label.set_gid("caption")
    _CAPTIONS[fig] = (text, zh)
    return fig


def nothing(title: str, note: str = "") -> Figure:
    """The figure of an empty table: its title, and the words that there is nothing to draw.

    >>> nothing("Dendrogram").axes[0].texts[0].get_text()
    'nothing to draw 无可绘制'
    """
    fig, axes = figure(7.2, 1.3)
    axes.set_axis_off()
    axes.set_title(title)
    axes.text(0, 0.5, "nothing to draw 无可绘制", va="center", color=palette.GREY, transform=axes.transAxes)
    return caption(fig, note) if note else fig


#: The captions of figures in both languages, before they were wrapped.
_CAPTIONS: weakref.WeakKeyDictionary[Figure, tuple[str, str]] = weakref.WeakKeyDictionary()


def png(fig: Figure) -> bytes:
    """The figure as a PNG, without the version of the software in its metadata."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=144, metadata={"Software": None})
    return buffer.getvalue()


def svg(fig: Figure) -> str:
    """The figure as SVG whose bytes depend on nothing but the figure: no date, no random ids.

    Coordinates are rounded to hundredths of a point: their last bits differ between processors.

    >>> fig, _ = figure(4, 2)
    >>> svg(fig) == svg(fig)
    True
    """
    buffer = io.StringIO()
    only_title = {"Date": None, "Creator": None, "Format": None, "Type": None, "Title": said(fig)}
    fig.savefig(buffer, format="svg", metadata=only_title)
    drawing = "\n".join(line.lstrip() for line in buffer.getvalue().splitlines())
    bare = _METADATA.sub("", drawing[drawing.index("<svg ") :])  # no prologue: goes into a page
    return _own_ids(_lettered(_rounded(_named_caption(bare, *_CAPTIONS.get(fig, ("", ""))))))


def columns_of(text: str) -> int:
    """Width of a text in Latin columns: a Chinese character takes two.

    >>> columns_of("医改 2020")
    9
    """
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def short(text: str, columns: int) -> str:
    """A text cut to a width in columns, the cut marked with an ellipsis.

    >>> short("县域医疗卫生共同体", 10)
    '县域医疗…'
    """
    if columns_of(text) <= columns:
        return text
    width, kept = 0, []
    for character in text:
        width += columns_of(character)
        if width > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def folded(text: str, columns: int, *, lines: int = 2) -> str:
    r"""A text over a few lines of a width in columns, cut with an ellipsis where it is longer.

    >>> folded("县域医疗卫生共同体建设", 10, lines=2)
    '县域医疗卫\n生共同体…'
    """
    kept = [""]
    for character in text:
        full = columns_of(kept[-1] + character) > columns and character not in _NEVER_FIRST
        if full and len(kept) < lines:
            kept.append("")
        kept[-1] += character
    return "\n".join([*kept[:-1], short(kept[-1], columns)])


def _wrapped(text: str, columns: int) -> list[str]:
    if columns_of(text) == len(text):
        return textwrap.wrap(text, columns) or [""]
    lines, line = [], ""
    for piece in re.findall(r"[ -~\u00a0-\u2e7f]{1,200}|[^ -~\u00a0-\u2e7f]", text):
        for part in re.findall(r"\S{1,200}\s{0,9}|\s{1,9}", piece):
            if line and columns_of(line + part.rstrip()) > columns:
                lines.append(line.rstrip())
                line = ""
            line += part
    return [*lines, line.rstrip()] if line else lines or [""]


_NEVER_FIRST = "，、。；：？！）”』》%"  # marks that may not begin a line

_NUMBER = re.compile(r"-?\d{1,9}\.\d{1,12}")
_GEOMETRY = re.compile(r'( (?:d|x|y|x1|x2|y1|y2|width|height|points)=")([^"]{1,2000000})(")')
_MOVED = re.compile(r"(?:translate|rotate)\([^)]{1,60}\)")
_UNTURNED = re.compile(r' transform="rotate\(-?0 [^)]{1,60}\)"')
_FAMILY = f"; font-family: '{FAMILY}'"
_METADATA = re.compile(r"<metadata>\n[^\v]{0,4000}?</metadata>\n")
_IDENTIFIER = re.compile(r' id="([A-Za-z][\w.\-]{0,80})"')
_REFERENCE = re.compile(r'((?:url\(|href=")#)([A-Za-z][\w.\-]{0,80})')


def _rounded(source: str) -> str:
    """Coordinates to hundredths of a point; a turn by nothing is left out."""

    def hundredths(match: re.Match[str]) -> str:
        return f"{round(float(match.group()), 2) + 0.0:g}"  # + 0.0 turns -0 into 0

    def geometry(match: re.Match[str]) -> str:
        return match[1] + _NUMBER.sub(hundredths, match[2]).replace("\n", "") + match[3]

    moved = _MOVED.sub(lambda match: _NUMBER.sub(hundredths, match.group()), _UNTURNED.sub("", source))
    return _GEOMETRY.sub(geometry, moved)


def _lettered(source: str) -> str:
    """The family of the letters once, on top, with what to use where it is not at hand."""
    return source.replace(_FAMILY, "").replace("<svg ", f'<svg font-family="{FALLBACKS}" ', 1)


def _named_caption(source: str, en: str, zh: str) -> str:
    """The caption's group by a class, with its unwrapped words in both languages."""
    spoken = f'<g class="caption" data-en="{escape(en)}" data-zh="{escape(zh)}">'
    return source.replace('<g id="caption">', spoken)


def _own_ids(source: str) -> str:
    """Number the ids that are referred to, under a prefix from the content: unique on a page."""
    order = {name: "" for _, name in _REFERENCE.findall(source)}
    order = {name: f"i{place}" for place, name in enumerate(order)}

    def kept(match: re.Match[str]) -> str:
        return f' id="{order[match[1]]}"' if match[1] in order else ""

    bare = _REFERENCE.sub(lambda m: m[1] + order[m[2]], _IDENTIFIER.sub(kept, source))
    prefix = "f" + hashlib.sha256(bare.encode()).hexdigest()[:8]
    named = _IDENTIFIER.sub(lambda m: f' id="{prefix}{m[1]}"', bare)
    return _REFERENCE.sub(lambda m: m[1] + prefix + m[2], named)


def _show_as_svg() -> None:
    """In a notebook, show figures as our SVG; anywhere else do nothing."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return
    formatters = shell.display_formatter.formatters
    formatters["image/svg+xml"].for_type(Figure, svg)
    formatters["text/plain"].for_type(Figure, _words)


def said(fig: Figure) -> str:
    """What a reader without pictures gets: the titles and the caption."""
    titles = [axes.get_title(loc="left") for axes in fig.axes]
    text = " · ".join(filter(None, [fig.get_suptitle(), *titles, fig.get_supxlabel()]))
    return text.replace("\n", " ")


def _words(fig: Figure, printer: Any, cycle: bool) -> None:
    printer.text("Figure: " + said(fig))
