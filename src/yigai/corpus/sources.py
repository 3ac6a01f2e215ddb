"""What the researcher says of the files: sources.csv beside them, and the extra columns of tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from yigai import clean, places
from yigai.corpus import files, walk
from yigai.corpus.card import given_place
from yigai.corpus.columns import COLUMNS
from yigai.corpus.document import BadInput, Limits, Refused
from yigai.corpus.genre import LABELS

SOURCES = "sources.csv"
OVERRIDES = "overrides.csv"
DAY = re.compile(
    r"((?:19|20)[0-9]{2})(?:[-./年](0?[1-9]|1[0-2])(?:[-./月](3[01]|[12][0-9]|0?[1-9])日?)?月?)?年?(?:[ T].{0,30})?"
)
#: Cells that say nothing.
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", "unknown", "未知", "无", "-", "—"})
GENRES = {name: name for name in LABELS} | {label: name for name, label in LABELS.items()}
LEVELS = {
    name: level
    for level, names in {
        "national": "national 国家 国家级 中央",
        "province": "province provincial 省 省级",
        "prefecture": "prefecture 市 市级 地市级",
        "county": "county 县 县级 区县级",
        "township": "township 乡镇 乡级 乡镇级",
    }.items()
    for name in names.split()
}
#: Fields of which every value is known to be one or none.
CERTAIN = ("province ", "adcode ", "published ", "issued ")
PLACE = ("adcode", "province", "city", "county", "region")


def sources_of(folder: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Read sources.csv: file -> the fields given for it, and what was remarked.

    A province, code or date that cannot be one raises BadInput; what else is not understood is remarked.
    """
    file = folder / SOURCES
    if not present(file):
        return {}, []
    limits = Limits()
    try:
        with walk.opened(file, folder, limits.unpacked_bytes, "keep only rows of files that are there") as stream:
            rows = list(files.csv_rows(stream, limits))
    except Refused as error:
        raise BadInput(f"{SOURCES}: {error.reason}; save it as CSV in UTF-8 with a column file") from None
    if unclosed := [row[""] for row in rows if isinstance(row, files.Unreadable)]:
        raise BadInput(f"{SOURCES}: {unclosed[0]}; close it")
    if rows and not any("file" in row for row in rows):
        raise BadInput(
            f"{SOURCES}: no column named file among its {len(rows[0])} columns; add it, with the file's name in each row"
        )
    found: dict[str, dict[str, str]] = {}
    remarks: list[str] = []
    for number, row in enumerate(rows, 2):
        name = file_key(row.get("file", ""))
        fields, problems = fields_of(row)
        if sure := [problem for problem in problems if problem.startswith(CERTAIN)]:
            raise BadInput(f"{SOURCES}: line {number}: {sure[0]}")
        remarks += [f"{SOURCES}: line {number}: {problem}" for problem in problems]
        if name and found.setdefault(name, fields) != fields:
            raise BadInput(f"{SOURCES}: line {number}: {name} was given other values above; keep one of the rows")
    return found, remarks


def present(file: Path) -> bool:
    """Tell whether something has the name of a table beside the pages, be it no file."""
    try:
        return file.is_symlink() or file.exists()
    except OSError:
        return False


def file_key(name: str) -> str:
    r"""Write the name of a file as it stands in the corpus.

    >>> file_key(" .\\sub\\a.txt ")
    'sub/a.txt'
    """
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/").removeprefix("./"))


def fields_of(row: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Keep the cells that say something of a field of the card, and tell which say what cannot be.

    >>> fields_of({"地区": "山西", "日期": "2024/2/31", "genre": "方案规划", "x": "1", "标题": "NA"})
    ({'region': '山西', 'genre': 'plan'}, ["published '2024/2/31' is no date; write 2024-02-22, 2024-02 or 2024"])
    """
    said = {
        COLUMNS[name.strip().lower()]: " ".join(value.split())
        for name, value in row.items()
        if name.strip().lower() in COLUMNS and value and value.strip().lower() not in NOTHING
    }
    given: dict[str, str] = {}
    problems: list[str] = []
    for name, value in said.items():
        try:
            given[name] = READERS[name](value) if name in READERS else value
        except ValueError as problem:
            problems.append(f"{name} {problem}")
    named = {name: given[name] for name in PLACE if name in given}
    if named and given_place(named) is None:
        problems.append(
            f"no place or several are called {' '.join(named.values())[:60]!r}; write province, city and county, or adcode"
        )
        given = {name: value for name, value in given.items() if name not in PLACE}
    return given, problems


def province(name: str) -> str:
    """Read the name of a province; ValueError with the valid ones."""
    try:
        return places.province(name).name
    except KeyError as problem:
        raise ValueError(problem.args[0]) from None


def adcode(code: str) -> str:
    """Read an administrative code, also one that Excel made a number; ValueError where there is no such."""
    code = re.sub(r"\.0$", "", code)
    if not code.isascii() or places.by_code(code) is None:
        raise ValueError(f"{code[:40]!r} is no administrative code; leave the cell empty if unknown")
    return code


def day(text: str) -> str:
    """Write a date, a month or a year in the way of ISO 8601; ValueError for any other text.

    >>> day("2024年2月3日"), day("2024/2"), day("2024-02-03 10:00:00")
    ('2024-02-03', '2024-02', '2024-02-03')
    """
    match = DAY.fullmatch(text)
    parts = [int(part) for part in match.groups() if part] if match else []
    try:
        if not parts:
            raise ValueError(text)
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no date; write 2024-02-22, 2024-02 or 2024") from None
    return "-".join(f"{part:02d}" for part in parts)


def one_of(names: Mapping[str, str], text: str) -> str:
    """Read a value of a fixed list; ValueError with the list."""
    if text.lower() not in names:
        raise ValueError(f"{text[:40]!r} is none of {', '.join(dict.fromkeys(names.values()))}")
    return names[text.lower()]


READERS = {
    "province": province,
    "adcode": adcode,
    "published": day,
    "issued": day,
    "genre": lambda text: one_of({name.lower(): value for name, value in GENRES.items()}, text),
    "level": lambda text: one_of(LEVELS, text),
}


def overrides_of(folder: Path) -> tuple[clean.Override, ...]:
    """Read overrides.csv beside the pages: page, start, end, decision (keep, replace), after, reason.

    ``page`` is the SHA-256 of the raw text or its beginning. Raises BadInput for a table that does not
    say this.
    """
    file = folder / OVERRIDES
    if not present(file):
        return ()
    says = "columns are page, start, end, decision, after, reason"
    try:
        with walk.opened(file, folder, Limits().unpacked_bytes, says) as stream:
            table = pd.read_csv(stream, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        decisions = clean.overrides(table)
        if any(not 0 <= one.start <= one.end for one in decisions):
            raise ValueError("start and end must be 0 or more, start before end")
    except Refused as refused:
        raise BadInput(f"{OVERRIDES}: {refused.reason}; {refused.remedy}") from None
    except KeyError as problem:
        raise BadInput(f"{OVERRIDES}: no column {problem.args[0]}; {says}") from None
    except (ValueError, AttributeError, OverflowError) as problem:
        raise BadInput(f"{OVERRIDES}: {problem}; {says}") from None
    return decisions
