"""What a page says of itself: title, publisher, document number, the documents it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yigai.corpus.dates import LABEL, PUBLISHED, day_line
from yigai.corpus.view import UNKNOWN, Field, View

NUMBER = r"[\u4e00-\u9fff]{1,14}(?:函|字|发|办|令|公告|告)?\s?[〔\[【（(﹝［]\s?(?:19|20)[0-9]{2}\s?[〕\]】）)﹞］]\s?(?:第\s?)?[0-9]{1,5}\s?号"
NUMBER_AT = re.compile(NUMBER)
NUMBER_LABEL = re.compile(
    r"(?:发\s?文\s?字\s?号|文\s?件\s?编\s?号|发\s?文\s?号|文\s?号)" + LABEL + r"([^|\n]{4,40})"
)
CITED = re.compile(
    r"《([^《》\n]{2,80}(?:〈[^〈〉\n]{1,60}〉[^《》\n]{0,40})?)》(?:[（(]\s?("
    + NUMBER
    + r")\s?[)）])?"
)
BARE = re.compile(r"[（(]\s?(" + NUMBER + r")\s?[)）]")
PUBLISHERS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    (
        "issuer line",
        re.compile(
            r"(?:发文机关|发布机构|发文单位|发布单位|制发机关|发布机关|公开责任部门|公布机关|制定机关)"
            + LABEL
            + r"([^\s|]{2,40})"
        ),
        0.97,
    ),
    (
        "source line",
        re.compile(
            r"(?:信息来源|文章来源|稿件来源|(?<![\u4e00-\u9fff])来\s?源|(?<![\u4e00-\u9fff])来自|(?<![\u4e00-\u9fff])稿源)\s?[:：][\s|]{0,6}([^\s|]{2,30})"
        ),
        0.9,
    ),
    (
        "account line",
        re.compile(
            r"本文由\s?(?:微信)?(?:公众号)?[:：]?\s?([^\s，。|]{2,24}?)\s?(?:发布|原创|整理)"
        ),
        0.85,
    ),
    ("account line", re.compile(r"(?:微信)?公众号\s?[:：]\s?([^\s，。|]{2,24})"), 0.7),
)
SPONSOR = re.compile(r"(?:主办单位|主\s?办|主管单位|承办单位)" + LABEL + r"([^\s|]{4,40})")
AGENCY = re.compile(r"^[（(【]?\s?(?:本报讯|([\u4e00-\u9fff]{2,10}?)(?:网讯|报讯|讯))")
BODY_NAME = re.compile(r".{0,26}(?:政府|委员会|局|厅|办公室|委|小组|人大常委会|医院|总工会|部)")
NOT_TITLE = re.compile(
    r"[。；]|号$|[0-9]{6}$|^[（(]?据|^(?:首页|当前位置|发布|来源|索引|字体)|[:：]$"
)


def heading(view: View) -> tuple[str, int, int]:
    """Give the title with its span; a line that only names who speaks (某市卫生健康委员会) goes on in the next one."""
    title = next(iter(view.of("title")), None)
    if title is None:
        return "", 0, 0
    below = next((row for row in view.of("title", "body") if row.start > title.start), None)
    first, second = title.text.strip(), below.text.strip() if below else ""
    unfinished = BODY_NAME.fullmatch(first) or first.endswith(("关于", "关于印发"))
    if below and unfinished and len(second) <= 70 and GOES_ON.search(second):
        return first + second, title.start, below.end
    return " ".join(first.split()), title.start, title.end


GOES_ON = re.compile(
    r"^(?:关于|对|印发|转发)|(?:通知|意见|公告|通告|方案|办法|的函|批复|决定|报告)$"
)


def plain_title(view: View) -> Field:
    """Take the line labelled title, or the first short line that is no sentence."""
    title, start, end = heading(view)
    if title:
        return view.field(title, start, end, "title line", 0.97)
    for row in view.of("body")[:3]:
        text = row.text.strip()
        if 6 <= len(text) <= 70 and not NOT_TITLE.search(text) and text.count("，") <= 2:
            return view.field(text, row.start, row.end, "first line", 0.7)
    return UNKNOWN


def publisher(view: View) -> Field:
    """Read who published: the issuer's line, the source line, the signature, the account, the sponsor."""
    head = {row.start for row in view.rows[:6]}
    furniture = [
        row
        for row in view.rows
        if row.role in ("meta", "footer", "promo") or (row.start in head and len(row.text) < 60)
    ]
    for rule, pattern, confidence in PUBLISHERS:
        for row in furniture:
            if match := pattern.search(row.text):
                value = re.split(r"(?:19|20)[0-9]{2}[年.-]", match[1])[0].strip("：:，,。()（）|")
                if len(value) >= 2 and not PUBLISHED.match(value):
                    return view.field(
                        value,
                        row.start + match.start(1),
                        row.start + match.start(1) + len(value),
                        rule,
                        confidence,
                    )
        if rule == "source line" and (signed := signature(view)):
            return signed
    for row in view.of("body")[:2]:
        match = AGENCY.match(row.text)
        if match and match[1]:
            return view.field(
                match[1], row.start + match.start(1), row.start + match.end(1), "dateline", 0.8
            )
    for row in furniture:
        if match := SPONSOR.search(row.text):
            return view.field(
                match[1], row.start + match.start(1), row.start + match.end(1), "sponsor line", 0.6
            )
    return issuer_of_title(view)


def signature(view: View) -> Field | None:
    """Read the body that signs: a short line above a line that is a date."""
    rows = view.of("body")
    for above, below in pairwise(rows):
        text = above.text.strip()
        if len(text) <= 32 and BODY_NAME.fullmatch(text) and day_line(below):
            return view.field(text, above.start, above.end, "signature", 0.93)
    return None


def issuer_of_title(view: View) -> Field:
    """Read the body that the title names before 关于."""
    for row in view.of("title")[:1]:
        match = re.match(
            r"([^关，：“《\s]{3,30}?(?:政府|委员会|局|厅|办公室|委|人大常委会))关于", row.text
        )
        if match:
            return view.field(match[1], row.start, row.start + match.end(1), "title", 0.85)
    return UNKNOWN


def number(view: View) -> Field:
    """Read the document's own number: labelled, or on a line of its own; never one it cites."""
    for row in view.rows:
        match = NUMBER_LABEL.search(row.text)
        if match and (row.role != "body" or (match.start() < 2 and len(row.text) <= 60)):
            own = NUMBER_AT.search(match[1]) or re.search(r"\S{2,30}号", match[1])
            if own:
                start = row.start + match.start(1) + own.start()
                return view.field(own[0].strip(), start, start + len(own[0]), "number line", 0.98)
    for row in view.rows[:14]:
        text = row.text.strip("（）() 　")
        if NUMBER_AT.fullmatch(text):
            low = row.text.find(text)
            return view.field(
                text, row.start + low, row.start + low + len(text), "line of its own", 0.95
            )
    for row in view.of("title")[:1]:
        match = re.search(r"[（(](" + NUMBER + r")[)）]\s?$", row.text)
        if match:
            return view.field(
                match[1], row.start + match.start(1), row.start + match.end(1), "title", 0.9
            )
    return UNKNOWN


DOCUMENT = re.compile(
    r"(?:法|条例|规定|办法|细则|决定|决议|意见|通知|方案|规划|计划|纲要|纲领|标准|规范|指南|公告|批复|报告|规则|制度|章程|目录|指标|清单|办法》?|协议|要点|手册)"
    r"(?:[（(〔][^）)〕]{1,20}[）)〕])?$"
)


def cited(view: View) -> Iterator[Field]:
    """Find the documents a text names in 《》, each once, with its number where one follows."""
    seen: set[str] = set()
    own = {row.text.strip() for row in view.of("title")}
    for match in CITED.finditer(view.text):
        row = view.row_at(match.start())
        title = match[1].strip()
        if (
            row is None
            or row.role not in ("title", "body")
            or title in seen
            or title in own
            or not DOCUMENT.search(title)
        ):
            continue
        seen.add(title)
        value = f"《{title}》" + (f"（{match[2]}）" if match[2] else "")
        yield view.field(value, match.start(), match.end(), "title in 《》", 0.95)
