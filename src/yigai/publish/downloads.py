"""What readers take away: every published table as CSV, Parquet and Excel, described and checksummed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from yigai import store
from yigai.publish import columns, spreadsheet
from yigai.publish.material import Material

#: Above this many cells no Excel file is made: it takes minutes to write and to open.
EXCEL_CELLS = 2_000_000
_TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}


def files(material: Material) -> Iterable[tuple[str, bytes]]:
    """Every file of the data page by its path; all texts are masked as on the pages."""
    made: dict[str, bytes] = {}
    for name, table in material.tables.items():
        made[f"data/{name}.csv"] = store.csv_bytes(table)
        made[f"data/{name}.parquet"] = store.parquet_bytes(table)
        if has_excel(table):
            made[f"data/{name}.xlsx"] = spreadsheet.workbook(name, table)
    made["data/manifest.json"] = _json(material.manifest)
    made["data/datapackage.json"] = _json(package(material, made))
    sums = "".join(f"{store.sha256(data)}  {path.removeprefix('data/')}\n" for path, data in sorted(made.items()))
    made["data/SHA256SUMS"] = sums.encode()
    return made.items()


def has_excel(table: pd.DataFrame) -> bool:
    """Whether a table is small enough for a spreadsheet."""
    return table.shape[0] * max(table.shape[1], 1) <= EXCEL_CELLS


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
