"""Local figures beside those of a made-up national document: same kind and unit, or nothing at all."""

from functools import cache

import pandas as pd
import pytest

from yigai import clean, facts, passages, run

NATIONAL = """关于推进县域医共体建设的指导意见
到2025年，县域内就诊率达到90%以上。
到2025年，每万人口全科医生数达到3名。
到2030年，每万人口全科医生数达到5名。
到2025年，村卫生室能够提供中医药服务的比例达到80%以上。
"""
NORTH = """甲县实施方案
到2025年，县域内就诊率达到92%以上。
到2025年，县域内住院率达到85%以上。
到2030年，每万人口全科医生数达到4名。
"""
SOUTH = """乙县工作总结
2023年，县域内就诊率达到88%。
建成省级临床重点专科2个。
"""


@cache
def indicators():
    pages = {"national": NATIONAL, "north": NORTH, "south": SOUTH}
    sentences = [passages.table(doc, clean.text(text)) for doc, text in pages.items()]
    return facts.indicator_table(pd.concat(sentences, ignore_index=True))


def beside(doc, name, when=""):
    table = facts.benchmark(indicators(), indicators(), "national")
    rows = table[(table["doc"] == doc) & table["indicator"].str.contains(name) & table["when"].str.startswith(when)]
    assert len(rows) == 1
    return rows.iloc[0]


CASES = [
    ("north", "就诊率", "", "≥ 90%", "comparable"),
    ("north", "全科医生", "2030", "5 名/万人", "comparable"),
    ("south", "就诊率", "", "≥ 90%", "no: status and year differ"),
]


@pytest.mark.parametrize(("doc", "name", "when", "amount", "verdict"), CASES)
def test_the_parents_figure_stands_beside(doc, name, when, amount, verdict):
    row = beside(doc, name, when)
    assert row["benchmark"].endswith(amount)
    assert row["benchmark_verdict"] == verdict
    assert row["benchmark_quote"] in NATIONAL


@pytest.mark.parametrize(("doc", "name"), [("north", "住院率"), ("south", "重点专科")])
def test_a_figure_of_another_kind_has_none_beside_it(doc, name):
    row = beside(doc, name)
    assert row["benchmark"] == facts.beside.NO_FIGURE
    assert row["benchmark_quote"] == ""


VERDICTS = [("national", "就诊率", "comparable"), ("north", "就诊率", "comparable"), ("south", "就诊率", "no: status differs")]


@pytest.mark.parametrize(("doc", "name", "verdict"), VERDICTS)
def test_two_figures_compare_whatever_a_third_document_says(doc, name, verdict):
    table = facts.side_by_side(indicators())
    assert list(table.loc[(table["doc"] == doc) & table["indicator"].str.contains(name), "verdict"]) == [verdict]


def test_the_parent_is_not_a_local_document():
    table = facts.benchmark(indicators(), indicators(), "national")
    assert set(table["doc"]) == {"north", "south"}


def test_without_a_parent_the_column_says_so():
    table = facts.benchmark(indicators(), indicators())
    assert set(table["benchmark"]) == {facts.beside.NO_PARENT}
    assert len(table) == len(indicators())


def test_an_unknown_parent_names_the_documents_there_are():
    with pytest.raises(ValueError, match="national, north, south"):
        facts.benchmark(indicators(), indicators(), "nation")


def test_the_notebook_takes_the_parent_as_a_parameter(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    pages = tmp_path / "pages"
    pages.mkdir()
    for doc, text in {"national": NATIONAL, "north": NORTH, "south": SOUTH}.items():
        (pages / f"{doc}.txt").write_text(text, encoding="utf-8")
    task = run.Task(run.notebooks_folder() / "03_models.ipynb", "03_models", (("corpus", str(pages)), ("parent", "national")))
    run.execute([task], tmp_path / "out", lambda name, seconds: None)
    book = (tmp_path / "out" / "03_models.ipynb").read_text(encoding="utf-8")
    assert "parent: national" in book
    assert "no: status and year differ" in book
    assert facts.NO_PARENT not in book
