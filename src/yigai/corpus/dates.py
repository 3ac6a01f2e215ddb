"""The dates of a page: published, issued, and the year it speaks in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

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
    r"(?:(?:发布|更新|上传|录入|刊登|发表|公开)\s?(?:日期|时间)|(?<![\u4e00-\u9fff])(?:日\s?期|时\s?间))"
    + LABEL
)
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
            if (
                row.role != "body"
                and not ISSUED.match(row.text, match.start())
                and (
                    found := day_in(
                        view, row, match.end(), "publication line", 0.97, match.end() + 16
                    )
                )
            ):
                return found
    for row in view.of("meta"):
        if not ISSUED.search(row.text) and (
            found := day_in(view, row, 0, "line below the title", 0.85)
        ):
            return found
    return UNKNOWN


def issued(view: View) -> Field:
    """Read the day of issue: labelled, below the signature, or the day a regulation was passed."""
    if found := labelled(view, ISSUED, "issue line"):
        return found
    rows = view.of("body")
    for above, row in zip((None, *rows), rows, strict=False):
        if (
            day_line(row)
            and (above is None or len(above.text) <= 40)
            and (found := day_in(view, row, 0, "date line", 0.93))
        ):
            return found
    return voted(view) or UNKNOWN


PASSED = re.compile(
    r"会议.{0,80}?(?:通过|修订|修正|批准|公布)|[^，。]{2,60}(?:会议|大会)上|公布|施行"
)


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
            return Field(
                dated.value[:4],
                dated.evidence,
                dated.start,
                dated.end,
                dated.rule,
                dated.confidence,
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
