"""The dates of a page: published, issued, and the year it speaks in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise, zip_longest

from yigai.corpus.view import UNKNOWN, Field, Row, View

LABEL = r"\s?[:：]?[\s|]{0,6}"
YEAR = r"((?:19|20)[0-9]{2})"
DAY = re.compile(
    YEAR + r"\s?[-./年]\s?(1[0-2]|0?[1-9])\s?[-./月]\s?(3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:\s?日)?"
)
NUMERAL_DAY = re.compile(
    r"([二一][〇○零O0九八][〇○零O0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
PUBLISHED = re.compile(
    r"(?:(?:发布|更新|上传|录入|刊登|发表)\s?(?:日期|时间)|(?<![\u4e00-\u9fff])(?:日\s?期|时\s?间))"
    + LABEL
)
OPENED = re.compile(r"公开\s?(?:日期|时间)" + LABEL)
ISSUED = re.compile(r"(?:成文|发文|印发|制发|签发|生成|公布)\s?(?:日期|时间)" + LABEL)


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


def day_in(
    view: View, row: Row, begin: int, rule: str, confidence: float, end: int | None = None
) -> Field | None:
    """Read the first date after a place in a line."""
    match = DAY.search(row.text, begin, end if end is not None else len(row.text))
    if match:
        return view.field(
            iso(match), row.start + match.start(), row.start + match.end(), rule, confidence
        )
    match = NUMERAL_DAY.search(row.text, begin)
    if match:
        return view.field(
            numeral_iso(match), row.start + match.start(), row.start + match.end(), rule, confidence
        )
    return None


def day_line(row: Row) -> bool:
    """Judge whether a line is a date and nothing else."""
    text = row.text.strip("（）() 　")
    return bool(DAY.fullmatch(text) or NUMERAL_DAY.fullmatch(text))


def labelled(view: View, label: re.Pattern[str], rule: str) -> Field | None:
    """Read the date directly after a label; in a line of the text only where a colon or a bar sets it off."""
    for row in view.rows:
        if row.role == "body" and len(row.text) > 120:
            continue
        for match in label.finditer(row.text):
            if row.role == "body" and not re.search(r"[:：|]", match[0]):
                continue
            if found := day_in(view, row, match.end(), rule, 0.97, match.end() + 16):
                return found
    return None


HELD = re.compile(r"^\s{0,4}地\s{0,4}点|[\s|，；]地\s{0,4}点\s?[:：]")
FILED = re.compile(
    r"[（(【]?[^，。；]{0,12}(?:社|网|报)[^，。；0-9]{0,8}" + DAY.pattern + r"\s?(?:电|讯|消息)"
)


def published(view: View) -> Field:
    """Read the day of publication: labelled, in the line below the title, or in the dateline."""
    labels = (PUBLISHED, OPENED)  # 公开日期 beside 发布日期 is that of the file
    by_label = (labelled_page(view, label) for label in labels)
    return (
        next((found for found in by_label if found), None)
        or below_title(view)
        or filed(view)
        or UNKNOWN
    )


def labelled_page(view: View, label: re.Pattern[str]) -> Field | None:
    """Read the date after 发布时间; 时间 beside 地点 is that of an event."""
    for row, below in zip_longest(view.rows, view.rows[1:]):
        for match in label.finditer(row.text[:400]):
            if row.role == "body" and (match.start() > 2 or len(row.text) > 60):
                continue
            event = HELD.search(row.text) or (below and HELD.search(below.text))
            if ISSUED.match(row.text, match.start()) or (event and match[0][0] in "时日"):
                continue
            if found := day_in(view, row, match.end(), "publication line", 0.97, match.end() + 16):
                return found
    return None


def below_title(view: View) -> Field | None:
    """Read the date in the line of furniture, or alone in the line, that follows the title."""
    for row in view.of("meta"):
        if (
            not ISSUED.search(row.text)
            and not PUBLISHED.match(row.text.strip())
            and (found := day_in(view, row, 0, "line below the title", 0.85))
        ):
            return found
    line = page_line(view)
    return day_in(view, line, 0, "line below the title", 0.85) if line else None


def page_line(view: View) -> Row | None:
    """Find the date that a site prints directly below the title: in digits, without brackets, no body or number above it."""
    rows = view.of("title", "body")[:3]
    for above, row in pairwise(rows):
        if above.role == "title" and row.role == "body" and page_day(row.text):
            return row
    return None


def page_day(text: str) -> bool:
    """Judge whether a line is a date as sites print it, with or without the time of day.

    >>> page_day("2019-05-24 10:22"), page_day("（2019年5月24日）"), page_day("二〇一九年五月二十四日")
    (True, False, False)
    """
    match = DAY.match(text.strip())
    return bool(match and CLOCK.fullmatch(text.strip(), match.end()))


CLOCK = re.compile(
    r"[\sT]{0,4}(?:[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?(?:[\s|]{0,4}(?:来源|作者|编辑)[:：][^\s，。]{1,24}){0,3}"
)


def filed(view: View) -> Field | None:
    """Read the day in the dateline that opens a report: 新华社北京2024年3月12日电."""
    for row in view.of("body")[:2]:
        if match := FILED.match(row.text):
            return day_in(view, row, 0, "dateline", 0.85, match.end())
    return None


def issued(view: View) -> Field:
    """Read the day of issue: labelled, below the signature, or the day a regulation was passed."""
    return labelled(view, ISSUED, "issue line") or signed(view) or voted(view) or UNKNOWN


def signed(view: View) -> Field | None:
    """Read the date alone in a line below the title or a signature; in a chronicle only below a signature."""
    rows, printed = view.of("body"), page_line(view)
    lines = [
        (above, row)
        for above, row in zip((None, *rows), rows, strict=False)
        if row != printed and day_line(row) and (above is None or len(above.text) <= 40)
    ]
    for above, row in lines:
        if len(lines) < 4 or above is None or BODY.search(above.text):
            return day_in(view, row, 0, "date line", 0.93)
    return None


BODY = re.compile(
    r"(?:政府|委员会|局|厅|办公室|委|小组|人大常委会|医院|总工会|部|印章?[）)])\s{0,4}$"
)
# What was decided is dated in its history below the title, in the heading of a report, or where it is promulgated;
# a sentence of the text that has a date and 公布 dates what was made public, not the page.
HISTORY = re.compile(r"[（(].{0,400}[）)]|[^，。；]{0,400}|根据.{4,160}(?:修正|修订)(?:》)?[）)]?")
HEADING = re.compile(
    r"(?:[—–-]{1,4}|来源[:：][^，。；]{2,20})?\s{0,2}"
    + DAY.pattern
    + r"[^，；。]{0,24}在[^，；。]{4,60}(?:会议|大会)上[^，；。]{0,40}。?"
)
PROMULGATED = re.compile(r"(?:已由|已经|业经|经).{4,120}通过.{0,40}(?:现|特)?予以?(?:公布|发布)")
PASSED = re.compile(
    r"会议.{0,80}?(?:通过|修订|修正|批准|公布)|[^，。]{2,60}(?:会议|大会)上|(?:公布|施行)(?!的)"
)


def dates_itself(text: str) -> bool:
    """Judge whether a line says when the document itself was passed or given.

    >>> dates_itself("（2016年7月29日市人大常委会第三十一次会议通过）"), dates_itself("国家卫生健康委2025年2月15日公布的数据显示，试点已推开。")
    (True, False)
    """
    if HEADING.fullmatch(text) or PROMULGATED.search(text):
        return True
    begins = DAY.match(text.lstrip("—–-（( 　")) or text.startswith(("（", "(", "根据"))
    return bool(begins and HISTORY.fullmatch(text) and PASSED.search(text))


def voted(view: View) -> Field | None:
    """Read the day a regulation got its present wording, or a report was given: the last one before the text begins."""
    found = []
    for row in view.rows[:24]:
        if re.match(r"\s{0,4}第一[条章]", row.text):
            break
        if len(row.text) < 400 and dates_itself(row.text.strip()):
            for match in DAY.finditer(row.text):
                if not re.search(r"[自起从]\s?$", row.text[: match.start()]):
                    found.append((iso(match), row.start + match.start(), row.start + match.end()))
    if not found:
        return None
    value, start, end = max(found)
    return view.field(value, start, end, "passed by a session", 0.9)


def year(view: View, issued: Field, published: Field, doc_no: Field = UNKNOWN) -> Field:
    """Give the year of a document: of its dates, its number or title, else the year its text speaks in, marked as a guess.

    A text that names 2021 as past and 2022 as to come, and reports days without a year, is of 2021.
    """
    for dated in (issued, published):
        if dated.value:
            return replace(dated, value=dated.value[:4])
    if numbered := re.search(r"(?:19|20)[0-9]{2}", doc_no.value):
        return replace(
            doc_no, value=numbered[0], rule="year of the document number", confidence=0.9
        )
    for row in view.of("title"):
        if match := re.search(
            r"(?<![0-9—-])" + YEAR + r"年(?!.{0,3}(?:规划|到|至))(?!代)", row.text
        ):
            return view.field(
                match[1], row.start + match.start(), row.start + match.end(), "inferred year", 0.85
            )
    said = list(islice(years_said(view), 500))
    coming = {match[1] for match in said if TO_COME.match(view.text, match.end())}
    past = [match for match in said if match[1] not in coming]
    if not past:
        return UNKNOWN
    last = max(past, key=lambda match: (match[1], -match.start()))
    return view.field(
        last[1], last.start(), last.end(), "inferred year, the latest the text names as past", 0.4
    )


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
