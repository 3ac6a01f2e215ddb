import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yigai import places

FOUND = [
    ("a path", "四川省广元市利州区人民政府", ["四川省", "广元市", "利州区"]),
    ("traditional script", "遼寧省營口市衛生健康委", ["辽宁省", "营口市"]),
    ("short names", "资兴政府主导,利州卫生健康", ["资兴", "利州"]),
    ("a list of prefectures", "和阿坝、甘孜、凉山三州", ["阿坝", "甘孜", "凉山"]),
    ("a word that is a city, with its suffix", "甘肃省合作市藏医院", ["甘肃省", "合作市"]),
    ("a common word beside its province", "陕西安康、海南东方", ["陕西", "安康", "海南", "东方"]),
    ("neighbours do not merge", "山西安泽县与河南西华县", ["山西", "安泽县", "河南", "西华县"]),
    ("Hainan district is not the province", "乌海市海南区医院", ["乌海市", "海南区"]),
    ("county of one character", "到理县、茂县巡诊", ["理县", "茂县"]),
    (
        "generic districts beside their city",
        "阳泉城区、矿区、郊区",
        ["阳泉", "城区", "矿区", "郊区"],
    ),
    ("area words take the short name", "双城区域医疗中心与利州区域", ["利州"]),
]
SPARED = [
    "统筹资源,加强合作,互助前进,扩大开放",
    "督促城区、矿区、高新区推进",
    "在中卫生系统",
    "吸引投资兴建医院",
    "建设健康县域和示范县",
    "推广安全用药",
    "提高要求",
    "学会理事会",
    "交通海运",
    "长江西岸",
    "太行山东麓",
    "市内乡镇卫生院",
    "建成县级医共体",
    "医疗信息县乡联通",
    "新乡村建设",
    "打通县乡道路",
    "走和平发展道路",
    "长治久安",
    "老城区改造与新城区建设",
    "确保定期随访",
    "公开原则",
]


@pytest.mark.parametrize(("claim", "text", "names"), FOUND, ids=[case[0] for case in FOUND])
def test_places_are_found(claim, text, names):
    assert [mention.text for mention in places.mentions(text)] == names


@pytest.mark.parametrize("text", [*SPARED, "北京路", "到南京西路"])
def test_other_words_are_spared(text):
    assert places.mentions(text) == []


def test_a_list_narrows_generic_names_to_one_city():
    found = places.mentions("阳泉城区、矿区、郊区")
    assert [[place.code for place in mention.candidates] for mention in found[1:]] == [
        ["140302"],
        ["140303"],
        ["140311"],
    ]


@given(st.text(alphabet="阳泉市中区城县山西安康州广元利〔,、 a1", max_size=60))
def test_mentions_are_ordered_disjoint_and_quote_the_text(text):
    found = places.mentions(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(
        mention.text == text[mention.start : mention.end] and mention.candidates
        for mention in found
    )


@given(st.text(max_size=200))
def test_folding_never_moves_a_position(text):
    assert len(places.folded(text)) == len(text)
