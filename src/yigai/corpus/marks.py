"""What a page says of itself: title, publisher, dates, document number, the documents it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from yigai.corpus.view import UNKNOWN, Field, Row, View

LABEL = r"\s?[:：]?[\s|]{0,6}"
YEAR = r"((?:19|20)[0-9]{2})"
DAY = re.compile(YEAR + r"\s?[-./年]\s?(1[0-2]|0?[1-9])\s?[-./月]\s?(3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:\s?日)?")
NUMERAL_DAY = re.compile(r"([二一][〇○零O0九八][〇○零O0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
PUBLISHED = re.compile(r"(?:(?:发布|更新|上传|录入|刊登|发表|公开)\s?(?:日期|时间)|(?<![\u4e00-\u9fff])(?:日\s?期|时\s?间))" + LABEL)
ISSUED = re.compile(r"(?:成文|发文|印发|制发|签发|生成|公布)\s?(?:日期|时间)" + LABEL)
NUMBER = (r"[\u4e00-\u9fff]{1,14}(?:函|字|发|办|令|公告|告)?\s?[〔\[【（(﹝［]\s?(?:19|20)[0-9]{2}\s?[〕\]】）)﹞］]\s?(?:第\s?)?[0-9]{1,5}\s?号")
NUMBER_AT = re.compile(NUMBER)
NUMBER_LABEL = re.compile(r"(?:发\s?文\s?字\s?号|文\s?件\s?编\s?号|发\s?文\s?号|文\s?号)" + LABEL + r"([^|\n]{4,40})")
CITED = re.compile(r"《([^《》\n]{2,80}(?:〈[^〈〉\n]{1,60}〉[^《》\n]{0,40})?)》(?:[（(]\s?(" + NUMBER + r")\s?[)）])?")
BARE = re.compile(r"[（(]\s?(" + NUMBER + r")\s?[)）]")
PUBLISHERS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("issuer line", re.compile(r"(?:发文机关|发布机构|发文单位|发布单位|制发机关|发布机关|公开责任部门|公布机关|制定机关)" + LABEL + r"([^\s|]{2,40})"), 0.97),
    ("source line", re.compile(r"(?:信息来源|文章来源|稿件来源|(?<![\u4e00-\u9fff])来\s?源|(?<![\u4e00-\u9fff])来自|(?<![\u4e00-\u9fff])稿源)\s?[:：][\s|]{0,6}([^\s|]{2,30})"), 0.9),
    ("account line", re.compile(r"本文由\s?(?:微信)?(?:公众号)?[:：]?\s?([^\s，。|]{2,24}?)\s?(?:发布|原创|整理)"), 0.85),
    ("account line", re.compile(r"(?:微信)?公众号\s?[:：]\s?([^\s，。|]{2,24})"), 0.7),
)
SPONSOR = re.compile(r"(?:主办单位|主\s?办|主管单位|承办单位)" + LABEL + r"([^\s|]{4,40})")
AGENCY = re.compile(r"^[（(【]?\s?(?:本报讯|([\u4e00-\u9fff]{2,10}?)(?:网讯|报讯|讯))")
BODY_NAME = re.compile(r".{0,26}(?:政府|委员会|局|厅|办公室|委|小组|人大常委会|医院|总工会|部)")
NOT_TITLE = re.compile(r"[。；]|号$|[0-9]{6}$|^[（(]?据|^(?:首页|当前位置|发布|来源|索引|字体)|[:：]$")


def plain_title(view: View) -> Field:
    """Take the line labelled title, or the first short line that is no sentence."""
    rows = view.of("title")
    if rows:
        joined = run_on(view, rows[0])
        return view.field(joined, rows[0].start, rows[0].end, "title line", 0.97)
    for row in view.of("body")[:3]:
        text = row.text.strip()
        if 6 <= len(text) <= 70 and not NOT_TITLE.search(text) and text.count("，") <= 2:
            return view.field(text, row.start, row.end, "first line", 0.7)
    return UNKNOWN


def run_on(view: View, row: Row) -> str:
    """Give the title line without the quotation spaces around it."""
    return " ".join(row.text.split())


def publisher(view: View) -> Field:
    """Read who published: the issuer's line, the source line, the signature, the account, the sponsor."""
    head = {row.start for row in view.rows[:6]}
    furniture = [row for row in view.rows if row.role in ("meta", "footer", "promo") or (row.start in head and len(row.text) < 60)]
    for rule, pattern, confidence in PUBLISHERS:
        for row in furniture:
            if match := pattern.search(row.text):
                value = re.split(r"(?:19|20)[0-9]{2}[年.-]", match[1])[0].strip("：:，,。()（）|")
                if len(value) >= 2 and not PUBLISHED.match(value):
                    return view.field(value, row.start + match.start(1), row.start + match.start(1) + len(value), rule, confidence)
        if rule == "source line" and (signed := signature(view)):
            return signed
    for row in view.of("body")[:2]:
        match = AGENCY.match(row.text)
        if match and match[1]:
            return view.field(match[1], row.start + match.start(1), row.start + match.end(1), "dateline", 0.8)
    for row in furniture:
        if match := SPONSOR.search(row.text):
            return view.field(match[1], row.start + match.start(1), row.start + match.end(1), "sponsor line", 0.6)
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
        match = re.match(r"([^关，：“《\s]{3,30}?(?:政府|委员会|局|厅|办公室|委|人大常委会))关于", row.text)
        if match:
            return view.field(match[1], row.start, row.start + match.end(1), "title", 0.85)
    return UNKNOWN


def iso(match: re.Match[str]) -> str:
    """Write a date as 2024-02-22.

    >>> iso(DAY.search("2024年2月22日"))
    '2024-02-22'
    """
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"


def numeral_iso(match: re.Match[str]) -> str:
    """Write a date in Chinese numerals as 2016-12-05.

    >>> numeral_iso(NUMERAL_DAY.search("二〇一六年十二月五日"))
    '2016-12-05'
    """
    digits = dict(zip("〇○零O0一二三四五六七八九", "00000123456789", strict=True))
    year = "".join(digits[char] for char in match[1])
    return f"{year}-{tens(match[2]):02d}-{tens(match[3]):02d}"


def tens(text: str) -> int:
    """Read a Chinese numeral up to 31.

    >>> tens("十二"), tens("三十一"), tens("五")
    (12, 31, 5)
    """
    head, ten, tail = text.rpartition("十")
    ones = "一二三四五六七八九".find(tail) + 1 if tail else 0
    return ones if not ten else ("一二三".find(head) + 1 if head else 1) * 10 + ones


def day_in(view: View, row: Row, begin: int, rule: str, confidence: float, end: int | None = None) -> Field | None:
    """Read the first date after a place in a line."""
    match = DAY.search(row.text, begin, end if end is not None else len(row.text))
    if match:
        return view.field(iso(match), row.start + match.start(), row.start + match.end(), rule, confidence)
    match = NUMERAL_DAY.search(row.text, begin)
    if match:
        return view.field(numeral_iso(match), row.start + match.start(), row.start + match.end(), rule, confidence)
    return None


def day_line(row: Row) -> bool:
    """Judge whether a line is a date and nothing else."""
    text = row.text.strip("（）() 　")
    return bool(DAY.fullmatch(text) or NUMERAL_DAY.fullmatch(text))


def labelled(view: View, label: re.Pattern[str], rule: str) -> Field | None:
    """Read the date directly after a label."""
    for row in view.rows:
        if row.role == "body" and len(row.text) > 120:
            continue
        for match in label.finditer(row.text):
            if found := day_in(view, row, match.end(), rule, 0.97, match.end() + 16):
                return found
    return None


def published(view: View) -> Field:
    """Read the day of publication: labelled, or the date with a time in the line below the title."""
    for row in view.rows:
        for match in PUBLISHED.finditer(row.text[:400]):
            if row.role != "body" and not ISSUED.match(row.text, match.start()) and (
                    found := day_in(view, row, match.end(), "publication line", 0.97, match.end() + 16)):
                return found
    for row in view.of("meta"):
        if not ISSUED.search(row.text) and (found := day_in(view, row, 0, "line below the title", 0.85)):
            return found
    return UNKNOWN


def issued(view: View) -> Field:
    """Read the day of issue: labelled, below the signature, or the day a regulation was passed."""
    if found := labelled(view, ISSUED, "issue line"):
        return found
    rows = view.of("body")
    for above, row in zip((None, *rows), rows, strict=False):
        if day_line(row) and (above is None or len(above.text) <= 40) and (found := day_in(view, row, 0, "date line", 0.93)):
            return found
    return voted(view) or UNKNOWN


PASSED = re.compile(r"会议.{0,80}?(?:通过|修订|修正|批准|公布)|[^，。]{2,60}(?:会议|大会)上|公布|施行")


def voted(view: View) -> Field | None:
    """Read the day a regulation got its present wording, or a report was given: the last one before the text begins."""
    found = []
    for row in view.rows[:24]:
        if re.match(r"\s{0,4}第一[条章]", row.text):
            break
        if len(row.text) < 400 and PASSED.search(row.text):
            for match in DAY.finditer(row.text):
                if not re.search(r"[自起从]\s?$", row.text[: match.start()]):
                    found.append((iso(match), row.start + match.start(), row.start + match.end()))
    if not found:
        return None
    value, start, end = max(found)
    return view.field(value, start, end, "passed by a session", 0.9)


def year(view: View, issued: Field, published: Field) -> Field:
    """Give the year of a document: of its dates, else the year its text speaks in, marked as inferred.

    A text that names 2021 as past and 2022 as to come, and reports days without a year, is of 2021.
    """
    for dated in (issued, published):
        if dated.value:
            return Field(dated.value[:4], dated.evidence, dated.start, dated.end, dated.rule, dated.confidence)
    for row in view.of("title"):
        if match := re.search(r"(?<![0-9—-])" + YEAR + r"年(?!.{0,3}(?:规划|到|至))(?!代)", row.text):
            return view.field(match[1], row.start + match.start(), row.start + match.end(), "inferred year", 0.85)
    said = list(islice(years_said(view), 500))
    coming = {match[1] for match in said if TO_COME.match(view.text, match.end())}
    past = [match for match in said if match[1] not in coming]
    if not past:
        return UNKNOWN
    last = max(past, key=lambda match: (match[1], -match.start()))
    return view.field(last[1], last.start(), last.end(), "inferred year", 0.7)


SPOKEN_YEAR = re.compile(r"(?<![0-9〔\[（(—–到至前-])" + YEAR + r"年(?![—–-])")
TO_COME = re.compile(r"底?前|[^，。；]{0,12}前|[^，。；]{0,24}(?:将|力争|预计|达到|实现|目标)")


def years_said(view: View) -> Iterator[re.Match[str]]:
    """Find the years in title and body that stand outside 《》."""
    for row in view.of("title", "body"):
        quoted = [match.span() for match in QUOTED.finditer(view.text, row.start, row.end)]
        at = 0
        for match in SPOKEN_YEAR.finditer(view.text, row.start, row.end):
            while at < len(quoted) and quoted[at][1] <= match.start():
                at += 1
            if at == len(quoted) or match.start() < quoted[at][0]:
                yield match


QUOTED = re.compile(r"《[^《》\n]{1,120}》")


def number(view: View) -> Field:
    """Read the document's own number: labelled, or on a line of its own; never one it cites."""
    for row in view.rows:
        if row.role != "body" and (match := NUMBER_LABEL.search(row.text)):
            own = NUMBER_AT.search(match[1]) or re.search(r"\S{2,30}号", match[1])
            if own:
                start = row.start + match.start(1) + own.start()
                return view.field(own[0].strip(), start, start + len(own[0]), "number line", 0.98)
    for row in view.rows[:14]:
        text = row.text.strip("（）() 　")
        if NUMBER_AT.fullmatch(text):
            low = row.text.find(text)
            return view.field(text, row.start + low, row.start + low + len(text), "line of its own", 0.95)
    for row in view.of("title")[:1]:
        match = re.search(r"[（(](" + NUMBER + r")[)）]\s?$", row.text)
        if match:
            return view.field(match[1], row.start + match.start(1), row.start + match.end(1), "title", 0.9)
    return UNKNOWN


DOCUMENT = re.compile(
    r"(?:法|条例|规定|办法|细则|决定|决议|意见|通知|方案|规划|计划|纲要|纲领|标准|规范|指南|公告|批复|报告|规则|制度|章程|目录|指标|清单|办法》?|协议|要点|手册)"
    r"(?:[（(〔][^）)〕]{1,20}[）)〕])?$")


def cited(view: View) -> Iterator[Field]:
    """Find the documents a text names in 《》, each once, with its number where one follows."""
    seen: set[str] = set()
    own = {row.text.strip() for row in view.of("title")}
    for match in CITED.finditer(view.text):
        row = view.row_at(match.start())
        title = match[1].strip()
        if row is None or row.role not in ("title", "body") or title in seen or title in own or not DOCUMENT.search(title):
            continue
        seen.add(title)
        value = f"《{title}》" + (f"（{match[2]}）" if match[2] else "")
        yield view.field(value, match.start(), match.end(), "title in 《》", 0.95)
