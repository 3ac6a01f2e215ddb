"""The coder's worksheet: sentences out to a person as CSV, their codes back in, checked."""

from __future__ import annotations

from io import StringIO

import pandas as pd

from yigai.coding.codebook import codebook

COLUMNS = ("unit", "doc", "sentence", "heading_path", "text", "dimensions", "instruments", "status", "note")
FILLED = ("dimensions", "instruments", "status")
_FORMULA = ("=", "+", "-", "@", "\t")


def blank(sentences: pd.DataFrame, *, n: int = 100, random_state: int = 0) -> pd.DataFrame:
    """A worksheet for one coder: n body sentences drawn at random, in reading order, codes empty.

    Columns: unit, doc, sentence, heading_path, text, dimensions, instruments, status, note.
    """
    body = sentences[sentences["kind"] == "body"]
    drawn = body.sample(n=min(n, len(body)), random_state=random_state).sort_index()
    units = [f"{doc}.{number}" for doc, number in zip(drawn["doc"], drawn["sentence"], strict=True)]
    kept = drawn[["doc", "sentence", "heading_path", "text"]].astype(str)
    return kept.assign(unit=units, dimensions="", instruments="", status="", note="")[
        list(COLUMNS)
    ].reset_index(drop=True)


def to_csv(sheet: pd.DataFrame) -> str:
    """The worksheet as CSV text that Excel opens in the right encoding and runs no formula from."""
    safe = sheet.map(lambda cell: f"'{cell}" if str(cell).startswith(_FORMULA) else cell)
    return "\ufeff" + safe.to_csv(index=False, lineterminator="\n")


def from_csv(text: str) -> pd.DataFrame:
    """A filled worksheet read back; ValueError names the unit and the code that the book lacks."""
    raw = pd.read_csv(StringIO(text.removeprefix("\ufeff")), dtype=str, keep_default_na=False)
    lacking = [name for name in ("unit", *FILLED) if name not in raw.columns]
    if lacking:
        raise ValueError(f"worksheet: columns missing: {', '.join(lacking)}")
    sheet = raw.map(lambda cell: cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell)
    tidy = {name: [_tidy(cell) for cell in sheet[name]] for name in FILLED}
    filled = sheet.assign(**tidy)
    check_worksheet(filled)
    return filled


def _tidy(cell: str) -> str:
    """Codes as written by hand (spaces, full-width or other separators) in the form of the book.

    >>> _tidy(" org； FIN,CAP ")
    'ORG;FIN;CAP'
    """
    for mark in "；，,、 /":
        cell = cell.replace(mark, ";")
    parts = dict.fromkeys(filter(None, cell.split(";")))
    return ";".join(part.upper() if len(part) <= 3 else part.lower() for part in parts)


def check_worksheet(filled: pd.DataFrame) -> None:
    """Every code is one of the codebook and every unit stands once, else ValueError."""
    book = codebook()
    valid = {
        "dimensions": {item.key for item in book.dimensions},
        "instruments": {item.key for item in book.instruments},
        "status": {item.key for item in book.statuses},
    }
    twice = filled.loc[filled["unit"].duplicated(), "unit"]
    if len(twice):
        raise ValueError(f"worksheet: unit {twice.iloc[0]} stands twice")
    for name, codes in valid.items():
        for unit, cell in zip(filled["unit"], filled[name], strict=True):
            unknown = sorted(set(filter(None, cell.split(";"))) - codes)
            if unknown:
                raise ValueError(
                    f"worksheet: unit {unit}: {unknown[0]!r} is no code of {name}; "
                    f"valid: {', '.join(sorted(codes))}"
                )
