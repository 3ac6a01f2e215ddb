"""Indicators: what is a measurement, what is a name, and the five fields of each."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yigai import facts

HERE = Path(__file__).parent


def cases(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=row["id"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("case", cases("traps.csv"))
def test_a_number_in_a_name_is_no_indicator(case):
    found = facts.indicators([case["text"]])
    assert not (found["value"].abs() == float(case["trap"])).any()


@pytest.mark.parametrize("case", cases("values.csv"))
def test_the_five_fields_are_read(case):
    row = facts.indicators([case["text"]]).iloc[0]
    assert (row["value"], row["unit"]) == (float(case["value"]), case["unit"])
    assert (row["value_max"] == float(case["value_max"])) if case["value_max"] else math.isnan(row["value_max"])
    assert [row[name] for name in ("comparator", "when", "status")] == [case[name] for name in ("comparator", "when", "status")]
    assert case["indicator"] in row["indicator"]


def read(text):
    table = facts.indicators([text])
    return list(zip(table["indicator"], table["comparator"], table["value"], table["unit"], strict=True))


def test_one_floor_governs_both_numbers():
    assert read("到2025年培养不少于4名指导老师和8名继承人") == [("指导老师", ">=", 4.0, "名"), ("继承人", ">=", 8.0, "名")]


def test_a_floor_does_not_pass_a_comma():
    assert [row[1] for row in read("培养不少于4名指导老师，建成3个工作室")] == [">=", "="]


def test_two_indicators_stand_in_one_clause():
    assert read("52个委市共建项目到位资金17亿元") == [("委市共建项目", "=", 52.0, "个"), ("委市共建项目到位资金", "=", 17.0, "亿元")]


def test_listed_nouns_take_their_own_numbers():
    assert [row[0] for row in read("新能源汽车、家电消费分别增长47.3%和13.3%")] == ["新能源汽车增长", "家电消费增长"]


def test_levels_before_and_after_take_their_own_years():
    table = facts.indicators(["婴儿死亡率由2010年的13.1‰降至2014年的8.9‰"])
    assert list(table["when"]) == ["2010", "2014"]


def test_visits_and_admissions_are_two_families():
    table = facts.indicators(["县域内就诊率达到90%，县域内住院率达到85%，县域内住院就诊率91.78%"])
    assert list(table["normalised"]) == ["县域内就诊率", "县域内住院率", "县域内住院率"]
    assert table["family"].nunique() == 2


def test_half_width_and_full_width_read_alike():
    assert read("到2025年,就诊率达到９０％以上") == read("到2025年，就诊率达到90%以上")


def test_a_text_without_numbers_gives_an_empty_table_with_all_columns():
    table = facts.indicators(["健全分级诊疗制度。", ""])
    assert table.empty
    assert {"doc", "subject", "indicator", "raw_end", "context"} <= set(table.columns)


def test_quotes_stand_in_their_texts():
    texts = ["到2025年，每个县办好1-2所县级医院，就诊率达到90%以上。", "总投资约1.6亿元。"]
    table = facts.indicators(texts)
    for row in table.itertuples():
        assert texts[int(row.doc)][row.start : row.end].strip() == row.quote


@settings(deadline=None)  # the first example loads the gazetteer
@given(st.text(alphabet="到2025年一二三十百万亿0.5%个家名，。、“”（）达率以上约-~至的不少于", max_size=60))
def test_any_text_is_read_without_error_and_quotes_hold(text):
    for row in facts.indicators([text]).itertuples():
        assert text[row.start : row.end].strip() == row.quote
        assert row.comparator in ("=", ">=", "<=", "~")
        assert row.status in ("achieved", "plan", "target", "rule", "background")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("到2025年，公立医院床人比不低于1:1.6，医护比达到1∶1.2。", [("公立医院床人比", ">=", 1.6, "1:x"), ("医护比", "=", 1.2, "1:x")]),
        ("会议于上午9:30开始，甲队1:0获胜，比分改写为1:2:3。", []),
    ],
    ids=["ratios", "a clock and a game"],
)
def test_ratios(text, rows):
    found = facts.indicators([text])
    assert found[["indicator", "comparator", "value", "unit"]].apply(tuple, axis=1).tolist() == rows


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("将县妇幼保健院及21家乡镇卫生院接入远程会诊平台，每月会诊2000余例。", "achieved"),
        ("年内将全部接入远程会诊平台，每月会诊2000余例。", "plan"),
        ("将于年底建成3家县级医院。", "plan"),
    ],
    ids=["before its object", "of the future", "a verb of the future"],
)
def test_jiang_before_an_object_is_no_future(text, status):
    assert set(facts.indicators([text])["status"]) == {status}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("卫生院的业务收入从720万元涨到1860万元。", [("卫生院的业务收入", 720.0), ("卫生院的业务收入", 1860.0)]),
        ("紧密型医共体已在全国2188个县推进。", [("县", 2188.0)]),
        ("从3个方面安排了医改工作。", []),
    ],
    ids=["a level reached", "a place alone", "points of a speech"],
)
def test_what_the_number_is_of(text, rows):
    found = facts.indicators([text])
    assert list(zip(found["indicator"], found["value"], strict=True)) == rows


def test_a_context_is_the_text_and_of_a_long_one_the_sentence():
    short, sentence = "新建3家医院。其中1家在建。", "该县新建3家医院。"
    assert set(facts.indicators([short])["context"]) == {short}
    assert facts.indicators(["推进医改。" * 500 + sentence + "推进医改。" * 500])["context"].tolist() == [sentence]
    endless = facts.indicators(["由1%增至" * 1000])["context"]
    assert endless.str.len().max() <= 1200 and len(endless) == 1000


@pytest.mark.parametrize("texts", ["一段文字", ["一段文字", None]], ids=["one text", "no text"])
def test_what_is_no_list_of_texts_is_refused(texts):
    with pytest.raises(TypeError):
        facts.indicators(texts)


def test_a_number_without_end_stays_finite():
    found = facts.indicators(["投入资金" + ",".join(["999"] * 400) + "元"])
    assert found["value"].map(math.isfinite).all()


def test_prices_are_no_date_and_no_name():
    table = facts.indicators(["2023年，次均住院费用10315.8元，按当年价格比上年下降5.0%。"])
    assert list(zip(table["indicator"], table["value"], table["when"], strict=True)) == [("次均住院费用", 10315.8, "2023"), ("次均住院费用变化", -5.0, "2023")]


def test_numbers_apart_belong_to_the_two_just_named():
    assert [row[0] for row in read("床位32.5万张、卫生人员101万人，分别比2020年末增长9.8%、8.8%")][2:] == ["床位增长", "卫生人员增长"]


def test_a_second_share_keeps_the_rate_of_the_first():
    assert [row[0] for row in read("全县医疗机构床位使用率为71.2%，个别乡镇卫生院仅为23.6%")][1] == "个别乡镇卫生院床位使用率"
