"""Layout: line ends, indentation, blank lines, invisible characters, remains of mark-up."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from yigai.clean.chars import HAN, LINE_END
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffc]{1,4096}")
_BLANK = " \t\r\n\u3000\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\x0b\x0c\x85\u2028\u2029"
_NBSP = re.compile("[\xa0\u2000-\u200a\t]+")
# A page stored twice was encoded twice: &amp;ldquo; and &amp;amp;nbsp; are one sign each.
_ENTITY = re.compile(r"&(?:amp;){0,4}([A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_TAG = re.compile(r"</?(?:p|br|div|span|li|ul|dd|dt|dl|rt|s|b|i|u|em|strong|font|a|td|tr|table|tbody|blockquote|acronym|h[1-6]|center|img|section|o:p)(?:\s[^<>\n]{0,300})?/?>", re.I)
_COMMENT = re.compile(r"<!--[^<>\n]{0,200}-->")
_HEADING = re.compile(r"(?m)^#{1,6} (?=\S)")
# A space beside a full-width mark is the width of a folded one (`%。 (李秉鈞`, seed 003).
_MARK = "。，、；：？！”）》】"
# the space first: it is rare, what stands before it is not
_BESIDE = re.compile(
    rf"[ \u3000](?:(?<=[{_MARK}].)[ \u3000]*(?=[{HAN}0-9（(“《【])|(?<=[{HAN}0-9%].)[ \u3000]*(?=[{_MARK}]))"
)


def _removals(pattern: re.Pattern[str], text: str, rule: str) -> Iterator[Change]:
    for m in pattern.finditer(text):
        yield Change(m.start(), m.end(), "", "layout", rule, 0.999)


def invisible(draft: Draft) -> Iterator[Change]:
    """Control characters and zero-width characters."""
    return _removals(_INVISIBLE, draft.text, "invisible")


def entities(draft: Draft) -> Iterator[Change]:
    """HTML entities that were never decoded."""
    if "&" not in draft.text:
        return
    for m in _ENTITY.finditer(draft.text):
        sign = html.unescape(f"&{m[1]};" if m[1].startswith("#") or f"{m[1]};" in html5 else f"&{m[1].lower()};")
        if len(sign) == 1:
            yield Change(m.start(), m.end(), " " if sign.isspace() else sign, "layout", "entity", 0.99)


def markup(draft: Draft) -> Iterator[Change]:
    """HTML tags, comments and Markdown heading marks left in the text."""
    if "<" in draft.text:
        yield from _removals(_COMMENT, draft.text, "markup")
        yield from _removals(_TAG, draft.text, "markup")
    if "# " in draft.text:
        yield from _removals(_HEADING, draft.text, "markup")


def breaks(draft: Draft) -> Iterator[Change]:
    """Line ends, indentation and blank lines: one paragraph a line."""
    text = LINE_END.sub("\n", draft.text)
    done = at = 0
    for line in text.split("\n"):
        kept = line.strip(_BLANK)
        if kept:
            start = at + line.index(kept)
            gap = "\n" if done else ""
            if draft.text[done:start] != gap:
                yield Change(done, start, gap, "layout", "line_break", 0.999)
            done = start + len(kept)
        at += len(line) + 1
    if done < len(text):
        yield Change(done, len(text), "", "layout", "line_break", 0.999)


def spaces(draft: Draft) -> Iterator[Change]:
    """No-break and other odd spaces inside lines, and spaces beside full-width marks."""
    for m in _NBSP.finditer(draft.text):
        yield Change(m.start(), m.end(), " ", "layout", "space", 0.99)


def beside_marks(draft: Draft) -> Iterator[Change]:
    """Spaces beside full-width marks."""
    return _removals(_BESIDE, draft.text, "space_beside_mark")
