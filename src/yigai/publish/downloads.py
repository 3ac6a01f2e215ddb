"""What readers take away: every published table as CSV, Parquet and Excel, described and checksummed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from yigai import store
from yigai.publish import columns
from yigai.publish.material import Material

#: Above this many cells no Excel file is made: it takes minutes to write and to open.
EXCEL_CELLS = 300_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}


def files(material: Material) -> Iterable[tuple[str, bytes]]:
    """Every file of the data page by its path; all texts are masked as on the pages."""
    made: dict[str, bytes] = {}
    for name, table in material.tables.items():
        made[f"data/{name}.csv"] = store.csv_bytes(table)
        made[f"data/{name}.parquet"] = store.parquet_bytes(table)
        if has_excel(table):
            made[f"data/{name}.xlsx"] = workbook(name, table)
    made["data/manifest.json"] = _json(material.manifest)
    made["data/datapackage.json"] = _json(package(material, made))
    sums = "".join(f"{store.sha256(data)}  {path.removeprefix('data/')}\n" for path, data in sorted(made.items()))
    made["data/SHA256SUMS"] = sums.encode()
    return made.items()


def has_excel(table: pd.DataFrame) -> bool:
    """Whether a table is small enough for a spreadsheet."""
    return table.shape[0] * max(table.shape[1], 1) <= EXCEL_CELLS


def workbook(name: str, table: pd.DataFrame) -> bytes:
    """A table as an Excel workbook with equal bytes from run to run; no cell is ever a formula."""
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_text_cell(sheet, str(column)) for column in table.columns])
    for row in table.itertuples(index=False, name=None):
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return _undated(buffer.getvalue())


def _cell(sheet: Any, value: object) -> object:
    if isinstance(value, str):
        return _text_cell(sheet, value)
    if value is None or value != value or value is pd.NA:
        return None
    return value.item() if hasattr(value, "item") else value


def _text_cell(sheet: Any, value: str) -> object:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _ILLEGAL.sub("\ufffd", value)[:32_767])
    cell.data_type = "s"  # else a text that begins with = is written as a formula
    return cell


def _undated(data: bytes) -> bytes:
    """An archive with its entries in order and without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def package(material: Material, made: Mapping[str, bytes]) -> dict[str, Any]:
    """The Frictionless description of the data: one resource per CSV, its columns explained."""
    return {
        "profile": "tabular-data-package",
        "name": "yigai",
        "title": "Local health-care reform models, compared sentence by sentence",
        "version": str(material.manifest.get("yigai", "")),
        "resources": [
            _resource(name, table, made[f"data/{name}.csv"]) for name, table in material.tables.items()
        ],
    }


def _resource(name: str, table: pd.DataFrame, data: bytes) -> dict[str, Any]:
    known = columns.TABLES.get(name)
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "description": known.en if known else "",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{store.sha256(data)}",
        "schema": {"fields": [_field(str(column), table[column]) for column in table]},
    }


def _field(name: str, values: pd.Series) -> dict[str, str]:
    kind = _TYPES.get(getattr(values.dtype, "kind", "O"), "string")
    described = columns.meaning(name)
    return {"name": name, "type": kind, "title": columns.heading(name).en, "description": described.en, "description_zh": described.zh}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")
