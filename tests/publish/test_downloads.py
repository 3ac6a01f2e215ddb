"""Downloads: complete, described, checksummed, harmless in a spreadsheet, equal from run to run."""

import hashlib
import io
import json

import openpyxl
import pandas as pd
import pytest

from yigai.publish import columns, spreadsheet


def test_every_table_comes_in_three_forms(run, site):
    names = {path.stem for path in (run / "tables").glob("*.parquet")}
    for suffix in ("csv", "parquet", "xlsx"):
        assert {path.stem for path in (site / "data").glob(f"*.{suffix}")} == names


def test_checksums_hold(site):
    for line in (site / "data/SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((site / "data" / name).read_bytes()).hexdigest() == digest


def test_datapackage_describes_every_column(site):
    package = json.loads((site / "data/datapackage.json").read_text())
    for resource in package["resources"]:
        header = pd.read_csv(site / "data" / resource["path"], encoding="utf-8-sig", nrows=0)
        assert [field["name"] for field in resource["schema"]["fields"]] == list(header.columns)
        assert all(field["description"] for field in resource["schema"]["fields"] if field["name"] != "repost_of" and field["name"] != "year")


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "<b>", "a\x00b", "x" * 40_000])
def test_no_text_becomes_a_formula(text):
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook("t", pd.DataFrame({"城市": [text]}))))
    cell = book.active["A2"]
    assert cell.data_type == "s" and len(cell.value) <= 32_767


def test_numbers_stay_numbers_and_gaps_stay_gaps():
    table = pd.DataFrame({"n": [1.5, None], "b": [True, False], "i": pd.array([1, None], dtype="Int64")})
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook("t", table)))
    assert [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)] == [[1.5, True, 1], [None, False, None]]


QUOTE = "到2025年底前，县域医共体建设的组织管理、投入保障、人事编制、薪酬待遇、医保支付等政策进一步完善。"


@pytest.fixture(scope="module")
def book():
    table = pd.DataFrame({"doc": ["003", "004"], "value": [90.0, 55.0], "unit": ["%", "%"], "quote": [QUOTE, "两行\n引文"]})
    return openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook("indicators", table)))


def test_the_head_is_bold_frozen_and_filters(book):
    shown = book["indicators"]
    assert all(cell.font.bold for cell in shown[1]) and not any(cell.font.bold for cell in shown[2])
    assert (shown.freeze_panes, shown.auto_filter.ref) == ("A2", "A1:D3")


@pytest.mark.parametrize(("column", "low", "high"), [("A", 8, 12), ("C", 8, 12), ("D", 60, 60)], ids=["name", "sign", "long quote"])
def test_columns_are_as_wide_as_their_texts(book, column, low, high):
    assert low <= book["indicators"].column_dimensions[column].width <= high


@pytest.mark.parametrize(("place", "wrapped"), [("D2", True), ("D3", True), ("A2", False), ("B2", False), ("A1", False)])
def test_long_texts_and_lines_are_wrapped_and_short_ones_not(book, place, wrapped):
    assert bool(book["indicators"][place].alignment.wrap_text) is wrapped
    assert book["indicators"][place].alignment.vertical == "top"


def test_a_second_sheet_explains_every_column(book):
    assert book.sheetnames == ["indicators", "columns 字段"]
    rows = [[cell.value for cell in row] for row in book["columns 字段"].iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["doc", "value", "unit", "quote"]
    title, meaning = columns.COLUMNS["quote"]
    assert rows[3] == ["quote", title.en, title.zh, meaning.en, meaning.zh]


def test_a_table_without_rows_or_columns_still_opens():
    for table in (pd.DataFrame({"doc": []}), pd.DataFrame()):
        book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook("rejected", table)))
        assert book.active.max_row == 1


def test_the_same_table_gives_the_same_bytes():
    table = pd.DataFrame({"quote": [QUOTE]})
    assert spreadsheet.workbook("t", table) == spreadsheet.workbook("t", table)
