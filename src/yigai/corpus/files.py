"""Tables to rows: CSV, Excel, JSON lines and Parquet, row by row, every cell as text."""

from __future__ import annotations

import csv
import io
import json
import math
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

from yigai import deadline
from yigai.corpus.columns import COLUMNS, TEXT_COLUMNS
from yigai.corpus.decode import CONTROL, table_of, text_of
from yigai.corpus.document import Limits, Refused
from yigai.corpus.office import checked_archive, too_slow

Row = dict[str, str]
#: Up to so many bytes the encoding of a whole table is judged; of a larger one that of its beginning.
WHOLE = 64_000_000
#: Stands after the last line of a CSV file: within a cell there, a quotation mark was never closed.
END = "\x1eend of table\x1e"
#: Rows of a Parquet file that are unpacked at once.
BATCH = 64


class Unreadable(dict[str, str]):
    """A row that cannot be used; its only cell is the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__({"": reason})


def lines_of(stream: BinaryIO) -> TextIO:
    """Open a table as text, in the encoding of its beginning where it is too large to be judged whole."""
    head = stream.read(WHOLE)
    if len(head) < WHOLE:
        return io.StringIO(table_of(head)[0], newline="")
    whole = head[: head.rfind(b"\n", len(head) - 1_000_000) + 1] or head
    encoding = table_of(whole)[1].split(",")[0]
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding.split(" ")[0], errors="replace", newline="")


def csv_rows(stream: BinaryIO, limits: Limits) -> Iterator[Row]:
    """Read a CSV file whatever divides its cells; every cell is text, an empty one stays ''."""
    text = lines_of(stream)
    head = text.readline(65_536)
    text.seek(0)
    divider = max(",;\t|", key=head.count)
    # Set for the whole process, but never below what csv itself allows.
    csv.field_size_limit(max(131_072, limits.characters * 4))
    try:
        table = csv.reader(ended(text), delimiter=divider)
        names = checked_names(next(table), limits)
        texts = dict.fromkeys((name for name in names if name.lower() in TEXT_COLUMNS), "")
        begun = table.line_num + 1
        for cells in table:
            if cells == [END]:
                return
            if cells and cells[-1].endswith(END):
                yield Unreadable(f"a quotation mark opened in line {begun} is never closed, the rest of the file stands in it")
                return
            if cells:
                yield texts | dict(zip(names, cells, strict=False))
            begun = table.line_num + 1
    except (csv.Error, StopIteration) as error:
        raise Refused(f"not a readable CSV table ({error})", "save it again as CSV in UTF-8") from None


def ended(text: TextIO) -> Iterator[str]:
    """Give the lines of a table and a mark after the last one."""
    yield from text
    yield END


def checked_names(names: Sequence[object], limits: Limits) -> list[str]:
    """Write the names of columns; refuse too many, and two columns that mean the text or the same field."""
    written = ["" if name is None else str(name).strip().removeprefix("\ufeff") for name in names]
    if len(written) > limits.columns:
        raise Refused(f"{len(written):,} columns, more than the limit", "keep the columns that are needed, or raise Limits.columns")
    for name, times in Counter(written).items():
        if times > 1 and (name.lower() in TEXT_COLUMNS or name.lower() in COLUMNS):
            raise Refused(f"two columns are called {name!r}", "rename one of them")
    return written


def xlsx_rows(stream: BinaryIO, limits: Limits) -> Iterator[Row]:
    """Read the first sheet of an Excel file: the values, never the formulas."""
    data = stream.read()
    checked_archive(data, limits)
    import openpyxl

    try:
        with warnings.catch_warnings(), deadline.after(limits.seconds):
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # a sheet may claim a million rows of 16,384 cells
            rows = sheet.iter_rows(values_only=True)
            names = checked_names(next(rows, ()), limits)
    except (Exception, deadline.OutOfTime) as error:  # openpyxl raises many kinds on damaged files
        raise not_excel(error, limits) from None
    while True:
        try:
            with warnings.catch_warnings(), deadline.after(limits.seconds):
                warnings.simplefilter("ignore")
                row = next(rows, None)
        except (Exception, deadline.OutOfTime) as error:
            raise not_excel(error, limits) from None
        if row is None:
            return
        if any(cell not in (None, "") for cell in row):
            yield as_text(dict(zip(names, row, strict=False)))


def not_excel(error: BaseException, limits: Limits) -> Refused:
    """Say why an Excel file gives no rows."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, deadline.OutOfTime):
        return too_slow(limits)
    return Refused(f"Excel file not readable ({type(error).__name__})", "open it in Excel and save it again")


def jsonl_rows(stream: BinaryIO, limits: Limits) -> Iterator[Row]:
    """Read JSON lines; a line that is no object is refused by its number."""
    longest = limits.characters * 8
    text = lines_of(stream)
    for number, line in enumerate(iter(lambda: text.readline(longest), ""), 1):
        if len(line) == longest and not line.endswith("\n"):
            raise Refused(f"line {number} is longer than {longest:,} characters", "write one object a line, or raise Limits.characters")
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        yield as_text(value) if isinstance(value, dict) else Unreadable(f"line {number} is not a JSON object")


def parquet_rows(stream: BinaryIO, limits: Limits) -> Iterator[Row]:
    """Read a Parquet table row group by row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(stream)
        checked_names(table.schema_arrow.names, limits)
        groups = (table.metadata.row_group(group) for group in range(table.num_row_groups))
        if (size := max((group.total_byte_size for group in groups), default=0)) > limits.unpacked_bytes:
            raise Refused(
                f"a row group unpacks to {size:,} bytes, more than the limit",
                "write smaller row groups, or raise Limits.unpacked_bytes",
            )
        plain = [name for name, kind in zip(table.schema_arrow.names, table.schema_arrow.types, strict=True) if not pa.types.is_nested(kind)]
        said = [name for name in plain if name.strip().lower() in COLUMNS or name.strip().lower() in TEXT_COLUMNS]
        for batch in table.iter_batches(batch_size=BATCH, columns=said or plain):
            yield from map(as_text, batch.to_pylist())
    except (pa.ArrowException, OSError, ValueError, KeyError, NotImplementedError, OverflowError) as error:
        raise Refused(f"Parquet file not readable ({type(error).__name__})", "write it again") from None


def as_text(row: Mapping[Any, Any]) -> Row:
    r"""Give every cell as text without lone surrogates; None, a list, and what is no number are empty cells.

    >>> as_text({"text": "通知\ud800", "n": 5, "x": None, "y": [1], "z": float("nan"), "raw": "阳泉市人民政府".encode("gbk")})
    {'text': '通知', 'n': '5', 'x': '', 'y': '', 'z': '', 'raw': '阳泉市人民政府'}
    """
    return {str(name).strip(): cell_text(cell) if is_said(name, cell) else "" for name, cell in row.items()}


def is_said(name: object, cell: object) -> bool:
    """Tell whether a cell can say what its column is for: a number is no text of a page."""
    return isinstance(cell, str | bytes) or str(name).strip().lower() not in TEXT_COLUMNS


def cell_text(cell: object) -> str:
    """Write a cell as text."""
    if cell is None or isinstance(cell, dict | list) or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bytes):
        try:
            return text_of(cell)[0]
        except Refused:
            return ""
    try:
        return CONTROL.sub("", str(cell))
    except ValueError:  # a whole number of more than 4,300 figures
        return ""


ROWS = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".xlsx": xlsx_rows,
    ".jsonl": jsonl_rows,
    ".ndjson": jsonl_rows,
    ".parquet": parquet_rows,
}
