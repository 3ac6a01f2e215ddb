"""Tables as the lines of a CSV file that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
from pyarrow import compute

#: What makes a spreadsheet treat a cell as a formula (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The same behind blanks that a spreadsheet drops (linear: RE2).
FORMULA = f"^[\\s\u3000\u00a0\ufeff\u200b]{{0,100}}[{re.escape(''.join(FORMULA_STARTS))}]"


def csv_bytes(table: pd.DataFrame) -> bytes:
    r"""The CSV file of ``table`` as bytes, safe to open in a spreadsheet.

    >>> csv_bytes(pd.DataFrame({"城市": ["=1+1", "营口"], "n": [-1, 2]})).decode("utf-8-sig")
    "城市,n\n'=1+1,-1\n营口,2\n"
    """
    columns = pa.Table.from_pandas(table, preserve_index=False)
    return csv_head(columns.column_names) + csv_rows(columns)


def csv_head(names: Sequence[str]) -> bytes:
    """The mark of UTF-8 and the line of column names."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(names)
    return b"\xef\xbb\xbf" + line.getvalue().encode()


def csv_rows(columns: pa.Table) -> bytes:
    """The rows of a table as the lines of a CSV file: cells are quoted where they must be, formulas disarmed."""
    if not columns.num_rows:
        return b""
    cells = [_cells(column.combine_chunks()) for column in columns.columns]
    if len(cells) == 1:  # an empty line would be no row
        cells = [compute.if_else(compute.equal(cells[0], ""), _text('""'), cells[0])]
    lines = compute.binary_join_element_wise(*cells, _text(","))
    ended = compute.binary_join_element_wise(lines, _text("\n"), _text(""))
    offsets = memoryview(ended.buffers()[1]).cast("q")
    return memoryview(ended.buffers()[2])[offsets[ended.offset] : offsets[ended.offset + len(ended)]].tobytes()


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())


def _cells(column: pa.Array) -> pa.Array:
    """The cells of a column as they stand in a CSV file; numbers are written as pandas writes them."""
    kind = column.type
    if pa.types.is_boolean(kind):
        shown = compute.if_else(column, "True", "False")
    elif pa.types.is_floating(kind):
        shown = pa.array([None if cell is None or cell != cell else repr(cell) for cell in column.to_pylist()], pa.string())
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        shown = _quoted(column.cast(pa.large_string()))
    else:
        shown = column.cast(pa.string())
    return compute.fill_null(shown.cast(pa.large_string()), "")


def _quoted(texts: pa.Array) -> pa.Array:
    formula = compute.match_substring_regex(texts, FORMULA)
    if compute.any(formula).as_py():
        texts = compute.if_else(formula, compute.binary_join_element_wise(_text("'"), texts, _text("")), texts)
    special = compute.match_substring_regex(texts, r'[,"\n\r]')
    if compute.any(special).as_py():
        doubled = compute.replace_substring(texts, '"', '""')
        wrapped = compute.binary_join_element_wise(_text('"'), doubled, _text('"'), _text(""))
        texts = compute.if_else(special, wrapped, texts)
    return texts
