"""Figures that may not stand beside others: of some only, of each place, of a class, of a network."""

import pandas as pd
import pytest

from yigai import facts

DATE = {"d": "2023-12-13"}


def rows(*texts):
    listed = [("d", number, 1, "", "body" if number else "heading", text) for number, text in enumerate(("工作纪实", *texts))]
    table = pd.DataFrame(listed, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"])
    return facts.indicator_table(table, published=DATE)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022年，县域内住院率，只有部分市州达到85%以上。", "no: reached by some only"),
        ("该市成为了全国38个健康城市试点市之一。", "no: the size of a class it belongs to"),
        ("全县每个乡镇有1所标准化卫生院。", "no: so many in each place"),
        ("建成医联体（4家乡镇卫生院为成员单位）。", "no: members or partners of a network"),
        ("市医院与省医院等9所三甲医院建立了医联体。", "no: members or partners of a network"),
    ],
    ids=["some", "class", "each", "members", "partners"],
)
def test_a_figure_stands_apart(text, reason):
    assert reason in rows(text)["comparable"].tolist()


@pytest.mark.parametrize(
    "text",
    ["2022年，县域内住院率达到85%。", "部分负担的费用占比达到30%。", "全市建成3家三级医院。", "全市有22家乡镇卫生院。", "每万人口拥有全科医生3名。"],
    ids=["a level", "a partial charge", "built", "stock", "per head"],
)
def test_an_ordinary_figure_does_not(text):
    found = rows(text)
    assert len(found) and not found["comparable"].str.startswith("no: ").any()


def test_what_belongs_to_alliances_is_no_number_of_alliances():
    found = rows("东西片区医联体28家中，11家民营医院为成员。", "全市组建医联体28家。")
    assert found.loc[found["value"] == 28, ["indicator", "normalised"]].values.tolist() == [["东西片区医联体成员单位", "成员单位数"], ["组建医联体", "医联体数"]]


def test_places_that_reach_a_thing_together_are_its_subject():
    found = rows("即2025年前平定县和盂县创建成全国示范县，城区和郊区争取创建为全省先进单位。")
    assert found.loc[found["class"] == "derived", ["subject", "value"]].values.tolist() == [["平定县和盂县", 2.0], ["城区和郊区", 2.0]]


def test_what_a_plan_reports_of_the_past_is_not_of_its_own_year():
    sentences = [("d", 0, 0, "", "heading", "“十四五”卫生健康发展规划"), ("d", 1, 1, "一、发展背景", "body", "户厕普及率达99.9%。")]
    table = pd.DataFrame(sentences, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"])
    found = facts.indicator_table(table, published={"d": "2023-04-03"})
    assert found[["status", "when", "comparable"]].values.tolist() == [["achieved", "", "no: undated"]]
