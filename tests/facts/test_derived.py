"""Derived rows and dates: what words imply, and what they do not."""

import pandas as pd
import pytest

from yigai import facts

COLUMNS = ["doc", "passage", "sentence", "heading_path", "kind", "text"]


def rows(text, *, published="2023-10-26"):
    sentences = pd.DataFrame([("d", 1, 1, "", "heading", "工作方案"), ("d", 2, 1, "", "body", text)], columns=COLUMNS)
    found = facts.indicator_table(sentences, published={"d": published})
    return list(zip(found["class"], found["comparator"], found["value"], found["unit"], strict=True))


DERIVED = {
    "all is 100 %": ("全县卫生院全部接入远程会诊中心。", ("derived", "=", 100.0, "%")),
    "full cover is 100 %": ("实现基层中医馆建设全覆盖。", ("derived", "=", 100.0, "%")),
    "members by kind add up": ("医共体包含3家公立医院、甲镇卫生院等5家基层机构。", ("derived", "=", 8.0, "家")),
    "things in quotes under one roof": ("实行“人员、药品、财务”统一管理。", ("derived", "=", 3.0, "项")),
    "a numbered group": ("建设急诊急救“五大中心”。", ("derived", "=", 5.0, "个")),
    "a composite name": ("打造“一院一平台三中心”。", ("derived", "=", 3.0, "个")),
    "the span of a programme": ("开展医疗质量三年行动。", ("derived", "=", 3.0, "年")),
    "tiers of a network": ("健全县乡村三级医疗服务网络。", ("derived", "=", 3.0, "级")),
    "years at the bottom": ("连续两年考核末位的退出名单。", ("derived", "=", 2.0, "年")),
    "named hospitals reach one thing": ("力争资兴市人民医院、桂阳县中医医院达到三级医院水平。", ("derived", "=", 2.0, "家")),
    "a sum of figures with nouns": ("打造“1+3+N”（1核+3极+N专科医院）的格局。", ("derived", "=", 3.0, "个")),
    "towns named one by one": ("加强甲县大河镇、小河镇和乙县上山乡中心卫生院建设。", ("derived", "=", 3.0, "个")),
    "networks by their leaders": ("组建以县医院为龙头的第一医共体和以县中医院为龙头的第二医共体。", ("derived", "=", 2.0, "个")),
    "not below an average": ("乡村医生收入不得低于当地农民平均收入水平。", ("derived", ">=", 100.0, "%")),
    "a deadline is its last day": ("2024年6月底前建成市级分院。", ("date", "<=", 20240630.0, "date")),
    "a feast is a day": ("2024年春节前完成主体工程。", ("date", "<=", 20240210.0, "date")),
    "an event is its day": ("10月20日，全市医改推进会召开。", ("date", "=", 20231020.0, "date")),
    "a start is its first day": ("从2024年开始，全市将开展示范县创建工作。", ("date", ">=", 20240101.0, "date")),
}


@pytest.mark.parametrize(("text", "row"), DERIVED.values(), ids=DERIVED.keys())
def test_a_row_is_implied(text, row):
    assert row in rows(text)


NOT_IMPLIED = {
    "a pattern of bare figures": "打造“1+3+N”的格局。",
    "an open list of towns": "加强大河镇、小河镇、上山乡等中心卫生院建设。",
    "one network by its leader": "组建以县医院为龙头的第一医共体。",
    "below no average": "收入不低于上年。",
    "kinds of towns": "加强中心乡镇和偏远乡镇卫生院建设。",
    "全部 without a verb of reaching": "全部责任由单位承担。",
    "a share stands by itself": "95%的卫生院全部建成中医馆。",
    "counts of different things": "新增3家医院、5家企业。",
    "grades of hospitals": "二级医院和三级医院的服务网络。",
    "a total is printed": "医共体包含8家成员单位：3家公立医院、5家卫生院。",
    "a formula of doctrine": "坚决做到“两个维护”，增强“四个意识”。",
    "the name of a prize": "入选全国十大考古新发现。",
    "a span that names no programme": "高质量完成三年行动目标任务。",
    "健全 and 覆盖 side by side": "健全覆盖城乡的服务体系。",
    "half a year is no deadline": "半年内未开工建设的项目用地。",
    "a regulation cites another's day": "1991年5月30日市政府发布的《节水办法》同时废止。",
    "a plan period": "“十四五”期间持续推进。",
    "named areas that reach nothing": "资兴市和桂阳县开展调研。",
    "a date that only opens a scene": "10月20日，记者在医院看到。",
}


@pytest.mark.parametrize("text", NOT_IMPLIED.values(), ids=NOT_IMPLIED.keys())
def test_nothing_is_implied(text):
    assert [row for row in rows(text) if row[0] in ("derived", "date")] == []


FLOORS = {"人员收入不低于当地平均工资水平。": "rule", "到2025年，就诊率不低于全省平均水平。": "target", "就诊率已不低于全省平均水平。": "achieved"}


@pytest.mark.parametrize(("text", "status"), FLOORS.items())
def test_a_floor_at_an_average_is_a_rule_unless_reached_or_aimed_at(text, status):
    sentences = pd.DataFrame([("d", 1, 1, "", "body", text)], columns=COLUMNS)
    assert facts.indicator_table(sentences)["status"].tolist() == [status]


def test_bare_sentences_hold_printed_numbers_only():
    table = facts.indicators(["2025年前建成五大中心，5家卫生院全部接入。"])
    assert table[["class", "value", "unit"]].values.tolist() == [["hard", 5.0, "家"]]


def test_a_number_that_carries_its_date_gives_no_second_row():
    assert rows("2025年前建成6个重点专科。") == [("hard", "=", 6.0, "个")]


def test_what_was_said_before_is_not_listed_again():
    text = "实施“强医”三年行动。深入推进“强医”三年行动。"
    assert len(rows(text)) == 1


def test_a_patient_tells_an_anecdote():
    assert rows("“以前看一次病要两天时间。现在方便多了。”") == [("anecdote", "=", 2.0, "天")]
