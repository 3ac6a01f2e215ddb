"""The run before: read or passed over, its ids kept, each difference one row, nothing changed no row."""

import json

import pandas as pd
import pytest

from benchmarks.faults import forged
from tests.topics.test_lasting import tables
from yigai import earlier, store

MANIFEST = {"parameters": {"n_topics": 2}, "packages": {"numpy": "1"}, "code": "abc", "next_topic": 5}


def run(placed=None, *, terms=None, pages=None, gate="refuse", verdict="holds throughout", statement="推进医改"):
    """The tables of a small run."""
    placed = placed or {"医保支付": 0, "双向转诊": 1}
    terms = terms or {0: "医保;支付", 1: "转诊"}
    pages = pages or {"a": "1111", "b": "2222"}
    made = tables(placed, terms)
    made["topics"] = made["topics"].assign(size=1, label="医保", verdict="stable")
    made["documents"] = pd.DataFrame(
        [(doc, digest * 16, f"标题{doc}", 100) for doc, digest in pages.items()], columns=["doc", "sha256", "title", "chars_clean"]
    )
    made["gate"] = pd.DataFrame(
        [("genre", "0.1", gate), ("statement: case comparison", "allowed", "pass"), ("verdict", "cases", "refuse")],
        columns=["check", "finding", "severity"],
    )
    made["matrix"] = pd.DataFrame([("a", "GOV", "plan", statement)], columns=["doc", "dimension", "status", "statement"])
    made["conclusions"] = pd.DataFrame([("closest pair", "甲 ~ 乙", verdict)], columns=["conclusion", "baseline", "verdict"])
    return made


BEFORE = earlier.Earlier(run(), MANIFEST)


def whats(**other):
    return earlier.changes(BEFORE, run(**other), MANIFEST)["what"].tolist()


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({}, []),
        ({"pages": {"a": "1111", "b": "2222", "c": "3333"}}, ["document new"]),
        ({"pages": {"a": "1111"}}, ["document gone"]),
        ({"pages": {"a": "1111", "b": "4444"}}, ["document changed"]),
        ({"gate": "pass"}, ["gate"]),
        ({"verdict": "depends on lexicon"}, ["conclusion"]),
        ({"statement": "暂无"}, ["statement"]),
        ({"placed": {"医保支付": 0, "双向转诊": 5}, "terms": {0: "医保;支付", 5: "药品"}}, ["topic lost", "topic new"]),
    ],
)  # fmt: skip
def test_each_difference_is_one_row(other, what):
    assert whats(**other) == what


def test_parameters_versions_and_code_are_differences_too():
    now = {"parameters": {"n_topics": 3}, "packages": {"numpy": "2"}, "code": "def"}
    found = earlier.changes(BEFORE, run(), now)
    assert found[["what", "item"]].to_numpy().tolist() == [
        ["parameter", "n_topics"], ["version", "numpy"], ["version", "code of yigai"],
    ]  # fmt: skip


def test_a_first_run_has_no_difference_and_says_why():
    found = earlier.changes(None, run(), MANIFEST)
    assert found.empty and list(found.columns) == earlier.COLUMNS
    assert "No earlier run" in earlier.page(None, found)
    assert "Nothing changed" in earlier.page(BEFORE, found)
    assert earlier.topic_ids(None, run()) == []


def test_an_id_once_lost_is_not_given_again():
    now = run({"药品采购": 0, "双向转诊": 1}, terms={0: "药品", 1: "转诊"})
    assert earlier.topic_ids(BEFORE, now) == [5, 1]
    assert earlier.next_topic(BEFORE, pd.DataFrame({"topic": [5, 1]})) == 6
    assert earlier.next_topic(BEFORE, pd.DataFrame({"topic": [0]})) == 5


def test_the_page_holds_no_markup_of_a_crawled_page():
    found = earlier.changes(BEFORE, run(statement="<script>|x"), MANIFEST)
    assert "<script>" not in earlier.page(BEFORE, found)


@pytest.mark.parametrize("manifest", forged.MANIFESTS.values(), ids=list(forged.MANIFESTS))
def test_a_forged_manifest_is_no_earlier_run(tmp_path, manifest):
    for name, table in run().items():
        store.write_table(tmp_path / "tables", name, table)
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    assert earlier.read(tmp_path) is not None
    (tmp_path / "manifest.json").write_bytes(manifest)
    assert earlier.read(tmp_path) is None


@pytest.mark.parametrize("damage", ["nothing there", "torn table", "no manifest", "other columns"])
def test_a_run_that_cannot_be_read_is_no_earlier_run(tmp_path, damage):
    for name, table in run().items():
        store.write_table(tmp_path / "tables", name, table)
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    assert earlier.read(tmp_path) is not None
    if damage == "nothing there":
        assert earlier.read(tmp_path / "elsewhere") is None
        return
    if damage == "torn table":
        (tmp_path / "tables" / "gate.parquet").write_bytes(b"PAR1")
    if damage == "no manifest":
        (tmp_path / "manifest.json").unlink()
    if damage == "other columns":
        store.write_table(tmp_path / "tables", "gate", pd.DataFrame({"x": [1]}))
    assert earlier.read(tmp_path) is None
