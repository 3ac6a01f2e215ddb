"""A crawled HTML page to lines of visible text: main text by trafilatura, furniture kept as evidence."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape

TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})((?:[^<>\"']|\"[^\"<>]{0,8000}\"|'[^'<>]{0,8000}'){0,400})>"
)
#: The beginning of a tag, what may end it, and how many in a page may be sought to their end and have none.
NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
TAG_MARK = re.compile("[\"'<>]")
BROKEN = 50
UNSEEN = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "textarea",
    "select",
    "head",
)
CELL = frozenset({"td", "th"})
BLOCKS = (
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section table tbody thead title tr ul"
)
BLOCK = frozenset(BLOCKS.split())
TITLE = re.compile(r"<(title|h1)\b[^<>]{0,400}>(.{1,400}?)</\1\s{0,4}>", re.IGNORECASE | re.DOTALL)
# What the card reads outside the main text: who runs the site, when and by whom the page was published.
FURNITURE = re.compile(
    "标识码|公网安备|ICP|备案|主办|承办|版权|来源|发布|日期|时间|索引号|索 ?引 ?号|文号|发文|成文|机构|编辑|作者|责任|浏览|"
    "標識碼|公網安備|備案|主辦|來源|發布|時間|發文|機構|編輯|[12][0-9]{3}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}"
)
HUGE = 3_000_000  # characters beyond which the extractor is not asked


def pieces(page: str) -> Iterator[tuple[str, str]]:
    """Cut a page into text and tag names in one pass, whatever is nested or left open.

    >>> list(pieces("<p>通知<b>全文<"))
    [('tag', 'p'), ('text', '通知'), ('tag', 'b'), ('text', '全文'), ('text', '<')]
    """
    at, size = 0, len(page)
    missing: set[str] = set()
    broken = 0
    while at < size:
        less = page.find("<", at)
        if less < 0:
            yield "text", page[at:]
            return
        if less > at:
            yield "text", page[at:less]
        if page.startswith("<!--", less):
            end = -1 if "-->" in missing else page.find("-->", less)
            missing |= {"-->"} if end < 0 else set()
            at = end + 3 if end >= 0 else less + 4
            continue
        tag = TAG.match(page, less)
        end = tag.end() if tag else -1
        if tag is None and broken < BROKEN and (tag := NAME.match(page, less)):
            end = end_of_tag(page, tag.end())
            broken += end < 0
        if tag is None or end < 0:
            skip = page.find(">", less, less + 2000) if page[less + 1 : less + 2] in "!?/" else -1
            if skip < 0:
                yield "text", page[less : less + 1]
            at = skip + 1 if skip >= 0 else less + 1
            continue
        name, at = tag[2].lower(), end
        if not tag[1] and name in UNSEEN and name not in missing:
            close = re.compile(f"</{name}", re.IGNORECASE).search(page, at)
            missing |= set() if close else {name}
            at = close.start() if close else at
        yield "tag", name


def end_of_tag(page: str, at: int) -> int:
    """Find the end of a tag that is too long for one pattern, as one that holds a picture is; -1 where there is none.

    >>> end_of_tag('<img src="a>b">通知', 4), end_of_tag("<a <b>", 2)
    (15, -1)
    """
    while mark := TAG_MARK.search(page, at):
        if mark[0] == ">":
            return mark.end()
        at = page.find(mark[0], mark.end()) + 1 if mark[0] != "<" else 0
        if not at:
            break
    return -1


def visible_lines(page: str) -> list[str]:
    r"""Give the text a reader sees, one block a line, the cells of a table row divided by |.

    >>> visible_lines("<table><tr><td>发文机关:</td><td>阳泉市人民政府</td></tr></table><p>各县区&nbsp;人民政府<script>x</script>:")
    ['发文机关: | 阳泉市人民政府', '各县区\xa0人民政府:']
    """
    parts: list[str] = []
    for kind, value in pieces(page):
        if kind == "text":
            parts.append(re.sub(r"[ \t\r\n\f]{1,10000}", " ", unescape(value)))
        elif value in CELL:
            parts.append("\x1f")
        elif value in BLOCK:
            parts.append("\n")
    lines = (
        re.sub(r" ?\x1f[ \x1f]{0,400}", " | ", line).strip(" |")
        for line in "".join(parts).split("\n")
    )
    return [re.sub(r" {2,1000}", " ", line) for line in lines if line.strip("\xa0 ")]


def title_of(page: str) -> str:
    """Read the first headline, or the title of the window without the name of the site."""
    found: dict[str, str] = {}
    for match in TITLE.finditer(page[:200_000]):
        text = " ".join(visible_lines(match[2]))
        if text:
            found.setdefault(match[1].lower(), text)
    return (
        found.get("h1")
        or re.split(r"\s?[-_|–—]\s?(?=[^-_|–—]{2,20}$)", found.get("title", ""))[0].strip()
    )


def main_text(page: str) -> list[str]:
    """Ask trafilatura for the main text; nothing where it finds none or the page is hostile."""
    if len(page) > HUGE or page.count("<") > 60_000:
        return []
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(
            page, include_comments=False, include_tables=True, favor_recall=True
        )
    except Exception:  # third-party parser on hostile input: its failure only costs the hint
        return []
    return (found or "").split("\n")


def key(line: str) -> str:
    """Reduce a line to its characters, for comparing two extractors."""
    return re.sub(r"[\s|\-*#\xa0]", "", line)


def text_of_html(page: str) -> str:
    """Give title, furniture that names publisher and dates, main text and footer, in the page's order.

    >>> print(text_of_html("<h1>通知</h1><ul><li>首页<li>机构</ul><p>来源:市卫健委</p>"))
    通知
    首页
    机构
    来源:市卫健委
    """
    lines = visible_lines(page)
    wanted = {key(line) for line in main_text(page) if key(line)}
    total = sum(map(len, wanted))
    matched = (
        [
            key(line) in wanted
            or (
                len(key(line)) > 12
                and any(key(line) in other for other in wanted if len(other) > 200)
            )
            for line in lines
        ]
        if len(lines) < 20_000
        else []
    )
    body = sum(len(key(line)) for line, hit in zip(lines, matched, strict=False) if hit)
    title = title_of(page)
    if total < 60 or body < total * 0.5:
        chosen = lines  # the extractor found nothing or disagrees: the line roles decide
    else:
        first, last = matched.index(True), len(matched) - 1 - matched[::-1].index(True)
        chosen = [
            line
            for position, (line, hit) in enumerate(zip(lines, matched, strict=True))
            if hit
            or (first <= position <= last and len(line) > 20)
            or (len(line) < 400 and FURNITURE.search(line))
        ]
    chosen = [line for line in chosen if key(line) != key(title)]
    return "\n".join([title, *chosen] if title else chosen)


MARKS = (
    (re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\n]{1,500}\)"), r"\1"),
    (re.compile(r"(?m)^#{1,6}[ \t]{1,8}"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}(?:[-*_][ \t]?){3,80}$"), ""),
    (re.compile(r"\*\*([^*\n]{1,400})\*\*"), r"\1"),
)


def text_of_markdown(page: str) -> str:
    r"""Take the marks of Markdown out: headings, emphasis, links, comments.

    >>> text_of_markdown("# 济南市湿地保护条例\n<!-- INFO END -->\n**第一条** 见[全文](http://x)")
    '济南市湿地保护条例\n\n第一条 见全文'
    """
    page = without_comments(page)
    for mark, plain in MARKS:
        page = mark.sub(plain, page)
    return page


def without_comments(page: str) -> str:
    """Take comments out; one that is never closed is text.

    >>> without_comments("通知<!-- 1 --><!-- 2 -->全文<!--")
    '通知全文<!--'
    """
    kept, at = [], 0
    while (start := page.find("<!--", at)) >= 0 and (end := page.find("-->", start)) >= 0:
        kept.append(page[at:start])
        at = end + 3
    return "".join([*kept, page[at:]])
