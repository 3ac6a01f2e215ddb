"""A table as an Excel workbook: texts and numbers only, no formula, equal bytes from run to run.

openpyxl writes the same in twenty times the time, stamps the hour into every file and turns a
text that begins with = into a formula.
"""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
from markupsafe import escape

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIXED = (
    (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/></Types>',
    ),
    (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
)


def workbook(name: str, table: pd.DataFrame) -> bytes:
    """The bytes of an ``.xlsx`` file with one sheet, its first row frozen.

    >>> workbook("城市", pd.DataFrame({"城市": ["=1+1"]}))[:2]
    b'PK'
    """
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{_text(name)[:31]}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, content in (*_FIXED, ("xl/workbook.xml", book), ("xl/worksheets/sheet1.xml", sheet(table))):
            archive.writestr(_entry(path), _HEAD + content)
    return buffer.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def sheet(table: pd.DataFrame) -> str:
    """The XML of a sheet.

    >>> "<f>" in sheet(pd.DataFrame({"城市": ["=1+1"], "n": [2]}))
    False
    """
    columns = [[str(name), *table[name].tolist()] for name in table.columns]
    rows = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in zip(*columns, strict=True))
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    return f'<worksheet xmlns="{_MAIN}">{view}<sheetData>{rows}</sheetData></worksheet>'


def _cell(value: object) -> str:
    if value is None or value is pd.NA:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)) and value == value and abs(value) != float("inf"):
        return f"<c><v>{value!r}</v></c>"
    if value != value:
        return "<c/>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{_text(str(value)[:_LONGEST_CELL])}</t></is></c>'


def _text(value: str) -> str:
    return str(escape(_ILLEGAL.sub("\ufffd", value)))

