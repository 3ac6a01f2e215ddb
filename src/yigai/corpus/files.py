"""Office files and tables to text: Word, PDF, Excel, CSV, JSON lines, Parquet, each within limits."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from yigai.corpus.decode import CONTROL, text_of
from yigai.corpus.document import Limits, Refused

Row = dict[str, str]
ENDS = tuple("。!?;:！？；：」”)）")


def checked_archive(data: bytes, limits: Limits) -> None:
    """Refuse an archive that unpacks to too much or brings its own entities (XXE)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(
            f"not a readable Office file ({error})", "open it in Office and save it again"
        ) from None
    size = sum(member.file_size for member in members)
    if size > limits.unpacked_bytes or size > limits.unpacked_ratio * max(len(data), 50_000):
        raise Refused(
            f"unpacks from {len(data):,} to {size:,} bytes, more than the limit",
            "check where the file is from; Limits.unpacked_ratio raises the limit",
        )
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            try:
                head = archive.open(member).read(4096)
            except (
                zipfile.BadZipFile,
                RuntimeError,
                NotImplementedError,
                OSError,
                ValueError,
            ) as error:
                raise Refused(
                    f"a part cannot be read ({error})", "save it again without a password"
                ) from None
            if (
                b"<!DOCTYPE" in head
                or b"<!ENTITY" in head
                or "<!DOCTYPE".encode("utf-16-le") in head
            ):
                raise Refused(
                    "its XML declares entities, which Office never writes",
                    "save it again in Office",
                )


def docx_text(data: bytes, limits: Limits) -> str:
    """Read paragraphs and tables of a Word file in order, cells divided by |."""
    checked_archive(data, limits)
    import docx
    from docx.table import Table

    try:
        body = docx.Document(io.BytesIO(data)).iter_inner_content()
        lines = []
        for part in body:
            if isinstance(part, Table):
                lines += [
                    " | ".join(dict.fromkeys(cell.text.replace("\n", " ") for cell in row.cells))
                    for row in part.rows
                ]
            else:
                lines.append(part.text)
    except Exception as error:  # any of the parser's own errors means the same to the reader
        raise Refused(
            f"Word file not readable ({type(error).__name__})", "open it in Word and save it again"
        ) from None
    return "\n".join(line for line in lines if line.strip())


def pdf_text(data: bytes, limits: Limits) -> str:
    """Read the text layer of a PDF and join the lines its layout has broken."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise Refused("the PDF is locked by a password", "save it without a password")
            if len(reader.pages) > limits.pages:
                raise Refused(
                    f"the PDF has {len(reader.pages)} pages, more than {limits.pages}",
                    "split it, or raise Limits.pages",
                )
            lines = [
                line for page in reader.pages for line in (page.extract_text() or "").split("\n")
            ]
    except Refused:
        raise
    except Exception as error:  # pypdf raises many kinds on damaged files
        raise Refused(
            f"PDF not readable ({type(error).__name__})", "open it and print it to PDF again"
        ) from None
    if not any(line.strip() for line in lines):
        raise Refused("the PDF has no text layer (scanned pages)", "run OCR on it first")
    return "\n".join(unwrapped(lines))


def unwrapped(lines: list[str]) -> list[str]:
    """Join a full line that ends within a sentence with the next one.

    >>> unwrapped(["为深化医药卫生体制改革,建立健全分级诊疗", "制度,制定本方案。", "一、总体要求"])
    ['为深化医药卫生体制改革,建立健全分级诊疗制度,制定本方案。', '一、总体要求']
    """
    full = max((len(line.strip()) for line in lines), default=0) * 0.8
    joined: list[str] = []
    broken = False
    for line in (line.strip() for line in lines):
        if not line or re.fullmatch(r"[-—–\s]{0,4}[0-9]{1,4}[-—–\s]{0,4}", line):
            continue
        if broken:
            joined[-1] += line
        else:
            joined.append(line)
        broken = len(line) >= full and not line.endswith(ENDS)
    return joined


def csv_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    """Read a CSV file whatever divides its cells; every cell is text, an empty one stays ''."""
    text, _ = text_of(data)
    head = text[:4096].split("\n")[0]
    divider = max(",;\t|", key=head.count)
    csv.field_size_limit(max(131_072, limits.characters * 4))
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
        names = [name.strip() for name in next(table)]
        for cells in table:
            if cells:
                yield dict(zip(names, cells, strict=False))
    except (csv.Error, StopIteration) as error:
        raise Refused(
            f"not a readable CSV table ({error})", "save it again as CSV in UTF-8"
        ) from None


def xlsx_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    """Read the first sheet of an Excel file: the values, never the formulas."""
    checked_archive(data, limits)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True
            ).worksheets[0]
            sheet.reset_dimensions()  # a sheet may claim a million rows of 16,384 cells
            rows = (
                [("" if cell is None else str(cell)) for cell in row]
                for row in sheet.iter_rows(values_only=True)
            )
            names = [name.strip() for name in next(rows, [])]
            table = [dict(zip(names, row, strict=False)) for row in rows if any(row)]
    except Exception as error:  # openpyxl raises many kinds on damaged files
        raise Refused(
            f"Excel file not readable ({type(error).__name__})",
            "open it in Excel and save it again",
        ) from None
    yield from table


def jsonl_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    """Read JSON lines; a line that is no object is refused by its number."""
    text, _ = text_of(data)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        yield (
            as_text(value)
            if isinstance(value, dict)
            else {"": f"line {number} is not a JSON object"}
        )


def parquet_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    """Read a Parquet table row group by row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(io.BytesIO(data))
        size = sum(
            table.metadata.row_group(group).total_byte_size for group in range(table.num_row_groups)
        )
        if size > limits.unpacked_bytes:
            raise Refused(
                f"unpacks to {size:,} bytes, more than the limit",
                "split the table, or raise Limits.unpacked_bytes",
            )
        for batch in table.iter_batches(batch_size=1000):
            for row in batch.to_pylist():
                yield as_text(row)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused(
            f"Parquet file not readable ({type(error).__name__})", "write it again"
        ) from None


def as_text(row: Mapping[str, Any]) -> Row:
    """Give every cell as text without lone surrogates; None is an empty cell."""
    return {
        str(name).strip(): CONTROL.sub("", str(value))
        for name, value in row.items()
        if value is not None and not isinstance(value, dict | list)
    }


ROWS = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".xlsx": xlsx_rows,
    ".jsonl": jsonl_rows,
    ".ndjson": jsonl_rows,
    ".parquet": parquet_rows,
}
OFFICE = {".docx": docx_text, ".pdf": pdf_text}
