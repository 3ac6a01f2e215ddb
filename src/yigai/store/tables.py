"""Tables as files: Parquet (exact) and CSV (for spreadsheets), whole or piece by piece."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from yigai.store.files import whole_file, write_bytes
from yigai.store.lines import csv_bytes, csv_head, csv_rows

#: Parquet compression; fixed, because the bytes of a table must not depend on a default.
COMPRESSION: Literal["zstd"] = "zstd"
#: Rows of a table that is written piece by piece that are held at a time, and stand in one row group.
BLOCK = 2**17
#: Rows of which the lines of a CSV file are made at a time: as text they take many times their room.
LINES = 2**13


def write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write ``table`` as ``name.parquet`` (exact) and ``name.csv`` (for spreadsheets).

    The CSV is UTF-8 with BOM; a text cell that a spreadsheet would run as a formula gets a
    leading apostrophe there, and only there.
    """
    write_bytes(folder / f"{name}.parquet", parquet_bytes(table))
    write_bytes(folder / f"{name}.csv", csv_bytes(table))


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """The Parquet file of ``table`` as bytes; equal tables give equal bytes."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False, compression=COMPRESSION)
    return buffer.getvalue()


def write_pieces(folder: Path, name: str, pieces: Iterable[pa.Table]) -> int:
    """Write a table that comes piece by piece as :func:`write_table` does, holding few pieces; returns its rows.

    Pieces without rows, whose columns have no type, do not count.
    """
    blank: pa.Table | None = None
    rows = 0
    with ExitStack() as stack:
        writer: Any = None
        for block in _blocks(pieces):
            if not len(block):
                blank = block
                continue
            if writer is None:
                text = stack.enter_context(whole_file(folder / f"{name}.csv"))
                text.write(csv_head(block.column_names))
                exact = stack.enter_context(whole_file(folder / f"{name}.parquet"))
                writer = stack.enter_context(parquet.ParquetWriter(exact, block.schema, compression=COMPRESSION))
            alike = block.cast(writer.schema)
            writer.write_table(alike)
            for at in range(0, len(alike), LINES):
                text.write(csv_rows(alike.slice(at, LINES)))
            rows += len(block)
            pa.default_memory_pool().release_unused()
    if not rows and blank is not None:
        write_table(folder, name, blank.to_pandas())
    return rows


def _blocks(pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The pieces gathered to blocks of about BLOCK rows, one row group each; one empty piece if all are."""
    held: list[pa.Table] = []
    blank: pa.Table | None = None
    for piece in pieces:
        blank = piece if blank is None else blank
        if len(piece):
            held.append(piece if not held else piece.cast(held[0].schema))
        if sum(map(len, held)) >= BLOCK:
            yield pa.concat_tables(held).combine_chunks()
            held = []
    if held:
        yield pa.concat_tables(held).combine_chunks()
    if blank is not None:
        yield blank.slice(0, 0)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """The table ``name`` as it was written (from Parquet, so types and NA-like texts survive)."""
    return pd.read_parquet(folder / f"{name}.parquet")
