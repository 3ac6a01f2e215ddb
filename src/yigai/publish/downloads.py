"""What readers take away: every published table as CSV, Parquet and Excel, described and checksummed.

A table too large to be held goes through the masking some thousands of rows at a time into an
unnamed file, which is then given on as if it were bytes.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import pandas as pd

from yigai import store
from yigai.publish import columns, kept, spreadsheet
from yigai.publish.material import Material

#: Above this many cells no Excel file is made: it takes minutes to write and to open.
EXCEL_CELLS = 250_000
#: Above this many cells a table is not held whole, and above the second number not written as CSV.
HELD_CELLS, CSV_CELLS = 1_000_000, 20_000_000
_TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}
FORMS = ("csv", "parquet")
_BOM = b"\xef\xbb\xbf"


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Every file of the data page by its path; all texts are masked as on the pages."""
    sums, resources = {}, []
    for name, shown in material.tables.items():
        for path, data in _table_files(material, name, shown):
            sums[path] = _sum(data)
            if path.endswith(".csv") or (path.endswith(".parquet") and not has_csv(material, name)):
                resources.append(_resource(path.removeprefix("data/"), shown, len(data), sums[path]))
            yield path, data
    described = {"data/manifest.json": _json(material.manifest), "data/datapackage.json": _json(package(material, resources))}
    yield from described.items()
    sums |= {path: _sum(data) for path, data in described.items()}
    yield "data/SHA256SUMS", "".join(f"{value}  {path.removeprefix('data/')}\n" for path, value in sorted(sums.items())).encode()


def _table_files(material: Material, name: str, shown: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    cells = rows(material, name) * max(shown.shape[1], 1)
    whole = material.whole if material.whole and material.whole.given and "doc" in shown and cells else None
    if whole and cells > HELD_CELLS:
        yield from _streamed(name, whole.batches(name), forms=FORMS if has_csv(material, name) else FORMS[1:])
        return
    table = pd.concat(whole.batches(name), ignore_index=True) if whole else shown
    exact = store.parquet_bytes(table)
    yield f"data/{name}.csv", store.csv_bytes(table)
    yield f"data/{name}.parquet", exact
    if has_excel(material, name):
        path = f"data/{name}.xlsx"
        yield from kept.files(kept.key((path, _sum(exact))), lambda: [(path, spreadsheet.workbook(name, table))])


def _streamed(name: str, parts: Iterator[pd.DataFrame], *, forms: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The CSV and the Parquet file of a table that comes in parts, or the second alone."""
    import pyarrow
    import pyarrow.parquet

    with tempfile.TemporaryFile() as csv, tempfile.TemporaryFile() as parquet:
        writer = None
        for part in parts:
            text = store.csv_bytes(part).removeprefix(_BOM) if "csv" in forms else b""
            csv.write(_BOM + text if writer is None else text.partition(b"\n")[2])
            whole = pyarrow.Table.from_pandas(part, schema=writer.schema if writer else None, preserve_index=False)
            writer = writer or pyarrow.parquet.ParquetWriter(parquet, whole.schema, compression=store.COMPRESSION)
            writer.write_table(whole)
        if writer is not None:
            writer.close()
        if "csv" in forms:
            yield f"data/{name}.csv", _given_on(csv)
        yield f"data/{name}.parquet", _given_on(parquet)


def _given_on(file: IO[bytes]) -> Any:
    file.flush()
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def rows(material: Material, name: str) -> int:
    """How many rows of a table are given away: all of them, or those of the documents shown."""
    return len(material.table(name)) if material.whole and not material.whole.given else material.total(name)


def has_csv(material: Material, name: str) -> bool:
    """Whether a table is small enough for a text file."""
    return rows(material, name) * max(material.table(name).shape[1], 1) <= CSV_CELLS


def has_excel(material: Material, name: str) -> bool:
    """Whether a table is small enough for a spreadsheet."""
    return rows(material, name) * max(material.table(name).shape[1], 1) <= EXCEL_CELLS


def package(material: Material, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The Frictionless description of the data: one resource per CSV, its columns explained."""
    return {
        "profile": "tabular-data-package",
        "name": "yigai",
        "title": "Local health-care reform models, compared sentence by sentence",
        "version": str(material.manifest.get("yigai", "")),
        "resources": list(resources),
    }


def _resource(file: str, table: pd.DataFrame, size: int, checksum: str) -> dict[str, Any]:
    name, _, form = file.partition(".")
    known = columns.TABLES.get(name)
    return {
        "name": name,
        "path": file,
        "profile": "tabular-data-resource",
        "description": known.en if known else "",
        "description_zh": known.zh if known else "",
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{checksum}",
        "schema": {"fields": [_field(str(column), table[column]) for column in table]},
    }


def _field(name: str, values: pd.Series) -> dict[str, str]:
    kind = _TYPES.get(getattr(values.dtype, "kind", "O"), "string")
    described = columns.meaning(name)
    return {"name": name, "type": kind, "title": columns.heading(name).en, "description": described.en, "description_zh": described.zh}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")
