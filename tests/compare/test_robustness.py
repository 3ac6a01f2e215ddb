"""Sensitivity: a setting counts only for the conclusions it can touch."""

import pandas as pd
import pytest

from yigai import coding, compare
from yigai.compare.settings import Material

PAGES = {
    "a": [
        "全面推进紧密型县域医共体建设。",
        "实行人员、财务、药品统一管理。",
        "医共体牵头医院已派驻专家30名。",
    ],
    "b": ["推进紧密型县域医共体建设，县乡一体。", "医共体实行统一管理。", "落实双向转诊。"],
    "c": ["发展远程医疗，建设影像中心。", "开展互联网诊疗。", "信息平台实现互联互通。"],
    "d": ["深化医保支付方式改革，实行按病种付费。", "药品集中带量采购。", "医保基金打包支付。"],
}


@pytest.fixture(scope="module")
def table():
    rows = [
        (doc, number // 2, number, "body", text)
        for doc, texts in PAGES.items()
        for number, text in enumerate(texts)
    ]
    sentences = pd.DataFrame(rows, columns=["doc", "passage", "sentence", "kind", "text"])
    sentences = sentences.assign(heading_path="", start=0, end=sentences["text"].str.len())
    units = {doc: f"case {doc}" for doc in PAGES}
    raw = {doc: "\n".join(texts) for doc, texts in PAGES.items()}
    return compare.sensitivity(sentences, coding.table(sentences), units, raw=raw)


def test_the_baseline_agrees_with_itself(table):
    base = table[table["factor"] == "baseline"]
    assert (base["value"] == base["baseline"]).all() and "no" not in set(base["holds"])


def test_the_planted_pair_is_the_closest_by_words(table):
    found = table[
        (table["factor"] == "baseline") & (table["conclusion"] == "closest pair, by words")
    ]
    assert found["value"].tolist() == ["case a ~ case b"]


def test_word_settings_say_nothing_about_codes(table):
    words = table[table["factor"].isin(["stop words", "lexicon"])]
    about_codes = words[words["conclusion"].str.contains("dimension|achieved")]
    assert (about_codes["holds"] == "").all()


def test_leaving_out_a_page_does_not_count_against_conclusions_about_it(table):
    without = table[
        (table["setting"] == "without case a")
        & table["conclusion"].str.contains("case a|closest pair, by words")
    ]
    assert len(without) and (without["holds"] == "").all()


def test_each_conclusion_says_how_often_it_held(table):
    found = compare.steadfast(table)
    assert (found["held"] <= found["of"]).all()
    assert (found["verdict"].eq("holds throughout") == found["held"].eq(found["of"])).all()


def test_same_again(table):
    assert set(table["holds"]) <= {"yes", "no", ""}
    assert list(table.columns) == ["factor", "setting", "conclusion", "value", "baseline", "holds"]


def test_every_decision_of_the_issue_is_in_the_grid(table):
    factors = {"stop words", "lexicon", "unit", "length", "cleaning", "topics", "one page left out"}
    assert set(table["factor"]) == {"baseline", *factors}


@pytest.mark.parametrize(
    ("decided", "name"),
    [
        ({}, ("baseline", "baseline")),
        ({"rules_off": ("all",)}, ("cleaning", "pages uncleaned")),
        ({"leave_out": "a"}, ("one page left out", "without 甲")),
        ({"leave_out": "b"}, ("one page left out", "without b")),
        ({"stop_words": "kept", "other_topics": 4}, ("stop words + topics", "stop words kept + 4 topics")),
    ],
)
def test_a_setting_is_named_by_what_it_changes(decided, name):
    assert compare.Setting(**decided).name({"a": "甲", "b": "乙", "c": "乙"}) == name


@pytest.mark.parametrize("wrong", [{"stop_words": "none"}, {"unit": "words"}, {"rules_off": ("nothing",)}])
def test_an_unknown_decision_is_refused_with_the_known_ones(wrong):
    with pytest.raises(KeyError, match="known: "):
        compare.Setting(**wrong)


def test_several_decisions_at_once_touch_what_each_touches():
    assert compare.Setting(unit="passages", other_topics=4).touches == {"codes", "topics"}
    assert compare.Setting().touches == {"words", "codes", "topics"}


@pytest.mark.parametrize(
    "told, first",
    [(("CAP", "ICT"), "CAP = ICT"), (("CAP", "CAP", "ICT"), "CAP")],
    ids=["equal shares share the first place", "a larger share stands alone"],
)
def test_the_leading_dimension(told, first):
    marked = pd.DataFrame({"doc": "a", "item": [f"s{n}" for n in range(len(told))], "label": told})
    given = Material({"a": ["医院"]}, marked, marked, marked, {"a": "甲"})
    assert compare.conclusions(given, ["甲"])["leading dimension: 甲"] == first
