"""Downloads: complete, described, checksummed, harmless in a spreadsheet, equal from run to run."""

import hashlib
import io
import json

import openpyxl
import pandas as pd
import pytest

from yigai.publish import spreadsheet


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
