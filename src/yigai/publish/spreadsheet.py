"""A table as an Excel workbook to read in: no formula, equal bytes from run to run.

The first sheet holds the table (bold frozen head with filters, columns as wide as their texts,
long texts wrapped), the second says in both languages what each column means.

openpyxl writes the same in twenty times the time, stamps the hour into every file and turns a
text that begins with = into a formula.
"""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
from markupsafe import escape

from yigai.publish import columns

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
#: In characters of Latin script, of which a Chinese one counts two.
_NARROWEST, _WIDEST = 8, 60
_WIDE = re.compile("[\u1100-\u115f\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003fffd]")
_PLAIN, _HEADING, _WRAPPED = "", ' s="1"', ' s="2"'
DICTIONARY = "columns 字段"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TOP = '<alignment vertical="top"/>'
_WRAP = '<alignment vertical="top" wrapText="1"/>'
# cellXfs in the order of _PLAIN, _HEADING, _WRAPPED; all aligned at the top, for rows grow where a text is wrapped
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3">'
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_TOP}</xf>'
    f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{_TOP}</xf>'
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_WRAP}</xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FIXED = (
    (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/></Types>',
    ),
    (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    ),
    ("xl/styles.xml", _STYLES),
)


def workbook(name: str, table: pd.DataFrame) -> bytes:
    """The bytes of an ``.xlsx`` file: the table, and on a second sheet what its columns mean.

    >>> workbook("城市", pd.DataFrame({"城市": ["=1+1"]}))[:2]
    b'PK'
    """
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{_text(name)[:31]}" sheetId="1" r:id="rId1"/><sheet name="{DICTIONARY}" sheetId="2" r:id="rId2"/></sheets></workbook>'
    )
    sheets = (("xl/worksheets/sheet1.xml", sheet(table)), ("xl/worksheets/sheet2.xml", sheet(dictionary(table))))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, content in (*_FIXED, ("xl/workbook.xml", book), *sheets):
            archive.writestr(_entry(path), _HEAD + content)
    return buffer.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def dictionary(table: pd.DataFrame) -> pd.DataFrame:
    """What each column of ``table`` is called and means, in both languages.

    >>> dictionary(pd.DataFrame({"quote": ["原文"]})).loc[0, ["column", "中文"]].tolist()
    ['quote', '引文']
    """
    names = [str(name) for name in table.columns]
    rows = [(name, columns.heading(name), columns.meaning(name)) for name in names]
    return pd.DataFrame(
        [(name, title.en, title.zh, meaning.en, meaning.zh) for name, title, meaning in rows],
        columns=["column", "English", "中文", "meaning", "含义"],
    )


def sheet(table: pd.DataFrame) -> str:
    """The XML of a sheet.

    >>> "<f>" in sheet(pd.DataFrame({"城市": ["=1+1"], "n": [2]}))
    False
    """
    names = [str(name) for name in table.columns]
    values = [table[name].tolist() for name in table.columns]
    head = "".join(_cell(name, _HEADING) for name in names)
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in zip(*values, strict=True))
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    widths = "".join(_column(number, [name, *column]) for number, (name, column) in enumerate(zip(names, values, strict=True), 1))
    cols = f"<cols>{widths}</cols>" if names else ""
    filters = f'<autoFilter ref="A1:{_letters(len(names))}{len(table) + 1}"/>' if names else ""
    return f'<worksheet xmlns="{_MAIN}">{view}{cols}<sheetData><row>{head}</row>{body}</sheetData>{filters}</worksheet>'


def _column(number: int, cells: list[object]) -> str:
    """The width of a column; the head needs three more for the arrow of its filter."""
    width = max(_width(str(cells[0])) + 3, _NARROWEST, *map(_width, map(str, cells[1:])))
    return f'<col min="{number}" max="{number}" width="{min(width + 1, _WIDEST)}" customWidth="1"/>'


def _width(text: str) -> int:
    """How wide the first line of a text is, as far as that matters.

    >>> _width("医共体3个"), _width("医" * 99) >= _WIDEST
    (9, True)
    """
    line = text[:_WIDEST].partition("\n")[0]
    return len(line) + len(_WIDE.findall(line))


def _letters(number: int) -> str:
    """The name of a column of a sheet.

    >>> _letters(1), _letters(26), _letters(27), _letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    rest, letter = divmod(number - 1, 26)
    return (_letters(rest) if rest else "") + chr(ord("A") + letter)


def _cell(value: object, style: str = "") -> str:
    if value is None or value is pd.NA:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)) and value == value and abs(value) != float("inf"):
        return f"<c><v>{value!r}</v></c>"
    if value != value:
        return "<c/>"
    text = str(value)[:_LONGEST_CELL]
    style = style or (_WRAPPED if "\n" in text or _width(text) >= _WIDEST else _PLAIN)
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{_text(text)}</t></is></c>'


def _text(value: str) -> str:
    return str(escape(_ILLEGAL.sub("\ufffd", value)))
