"""What the researcher says of the files: sources.csv beside them, and the extra columns of tables."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from yigai import clean, places
from yigai.corpus import files
from yigai.corpus.document import BadInput, Limits, Refused, fields_of

TEXT_COLUMNS = (
    "text",
    "content",
    "正文",
    "内容",
    "全文",
    "body",
    "文本",
    "正文内容",
    "文章内容",
    "fulltext",
    "full_text",
    "article",
    "maintext",
    "raw",
    "raw_text",
    "paragraph",
    "政策文本",
    "政策内容",
    "文本内容",
)
# The names under which card fields stand in tables of researchers.
COLUMNS = {
    **{
        name: name
        for name in (
            "title",
            "publisher",
            "genre",
            "level",
            "province",
            "city",
            "county",
            "adcode",
            "published",
            "issued",
            "doc_no",
            "url",
            "region",
        )
    },
    "标题": "title",
    "题名": "title",
    "题目": "title",
    "政策名称": "title",
    "文件名称": "title",
    "headline": "title",
    "发布机构": "publisher",
    "发文机关": "publisher",
    "发布单位": "publisher",
    "来源": "publisher",
    "source": "publisher",
    "发文单位": "publisher",
    "site": "publisher",
    "文种": "genre",
    "体裁": "genre",
    "级别": "level",
    "层级": "level",
    "省": "province",
    "省份": "province",
    "市": "city",
    "城市": "city",
    "地市": "city",
    "县": "county",
    "区县": "county",
    "县区": "county",
    "行政区划代码": "adcode",
    "区划代码": "adcode",
    "code": "adcode",
    "地区": "region",
    "地域": "region",
    "date": "published",
    "日期": "published",
    "发布日期": "published",
    "发布时间": "published",
    "pubdate": "published",
    "publish_date": "published",
    "published_at": "published",
    "成文日期": "issued",
    "发文日期": "issued",
    "issue_date": "issued",
    "文号": "doc_no",
    "发文字号": "doc_no",
    "链接": "url",
    "网址": "url",
    "link": "url",
}
DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-./年](?:0?[1-9]|1[0-2])(?:[-./月](?:0?[1-9]|[12][0-9]|3[01])日?)?月?)?年?(?:[ T].{0,30})?"
)


def sources_of(path: Path) -> dict[str, dict[str, str]]:
    """Read sources.csv: file -> the fields given for it; a value that cannot be one raises BadInput."""
    if not path.is_file():
        return {}
    try:
        rows = list(files.csv_rows(path.read_bytes(), Limits()))
    except (Refused, OSError) as error:
        reason = error.reason if isinstance(error, Refused) else "cannot be read"
        raise BadInput(
            f"{path.name}: {reason}; save it as CSV in UTF-8 with a column file"
        ) from None
    if rows and not any("file" in row for row in rows):
        raise BadInput(
            f"{path.name}: no column named file among {', '.join(rows[0])}; add it, with the file's name in each row"
        )
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 2):
        name = row.get("file", "").strip().replace("\\", "/").removeprefix("./")
        if name:
            known = {
                key: COLUMNS[key.strip().lower()] for key in row if key.strip().lower() in COLUMNS
            }
            found[name] = checked_fields(fields_of(row, known), f"{path.name}: line {number}")
    return found


def checked_fields(given: dict[str, str], where: str) -> dict[str, str]:
    """Refuse a province, code or date that cannot be one: an override must not fail in silence."""
    if name := given.get("province", ""):
        try:
            given = {**given, "province": places.province(name).name}
        except KeyError as error:
            raise BadInput(f"{where}: province {error.args[0]}") from None
    if (code := given.get("adcode", "")) and places.by_code(code) is None:
        raise BadInput(
            f"{where}: adcode {code!r} is no administrative code; leave the cell empty if unknown"
        )
    for column in ("published", "issued"):
        if (day := given.get(column, "")) and not DATE.fullmatch(day):
            raise BadInput(
                f"{where}: {column} {day!r} is no date; write 2024-02-22, 2024-02 or 2024"
            )
    return given


def overrides_of(file: Path) -> tuple[clean.Override, ...]:
    """Read overrides.csv beside the pages: page, start, end, decision (keep, replace), after, reason.

    ``page`` is the SHA-256 of the raw text or its beginning. Raises BadInput for a table that does not
    say this.
    """
    if not file.is_file():
        return ()
    try:
        return clean.overrides(pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig"))
    except (ValueError, KeyError, AttributeError) as problem:
        raise BadInput(f"{file}: {problem}; columns are page, start, end, decision, after, reason") from None
