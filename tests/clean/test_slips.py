"""Byte slips: the seeds' own, wild ones, and question marks that must be left alone."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yigai.clean import slips

PAGE = "資興市深化醫藥衛生體制改革，建設緊密型縣域醫共體。12月13日，施工人員正在安裝設備。\n"
NOTED = "資興市深化醫(yī)藥衛(wèi)生體制改革,建設(shè)醫(yī)共體,實(shí)現(xiàn)首診。12月13日,開工。\n"
SURE = "推進臨床重點??平ㄔO、人才隊伍建設。\n"

REPAIRED = [
    pytest.param("", "圍繞臨床重點??平ㄔO、衛生信息化建設等方面", "圍繞臨床重點專科建設、衛生信息化建設等方面", id="cut inside a word"),
    pytest.param(SURE, "做強十大精品???,52個委市共建項目", "做強十大精品專科,52個委市共建項目", id="true mark resynchronises"),
    pytest.param(NOTED, "臨床重點??平ㄔO(shè)、人才隊(duì)伍", "臨床重點專科建設、人才隊(duì)伍", id="glued pinyin note goes with the repair"),
    pytest.param(NOTED, "一來一回要兩天時(shí)間?,F(xiàn)在方便多了", "一來一回要兩天時(shí)間。現在方便多了", id="full stop lost its second byte"),
    pytest.param(NOTED + SURE, "“再也不用來回跑了?!?2月12日,他說。", "“再也不用來回跑了。”12月12日,他說。", id="swallowed digit from another date"),
    pytest.param("", "推進??漆t院建設", "推進專科醫院建設", id="hospital met in the wild"),
    pytest.param(SURE, "“加快推進建設,確保如期建成投入使用?！?/P>", "“加快推進建設,確保如期建成投入使用。”", id="swallowed bracket of a tag"),
    pytest.param("", "宗教團體、宗教院?!⒆诮袒顒訄鏊鶓斠婪ㄞk理", None, id="long shift does not crash"),
]

KEPT = [
    "真的??我不信!!",
    "什么?!你说???",
    "怎么办?(一)",
    "医改怎么改?:专家解读",
    "你好?,真的?;假的?",
    "為什麼????????沒有人管",
    "項目(是否通過?),請說明情況",
    "看病貴?,看病難?,怎么辦?",
    "什么是DRG??有什么用?",
    "啥???,不是吧",
    "當前時間:??????????????????????????????",
]


@pytest.mark.parametrize(("before", "shown", "meant"), REPAIRED)
def test_slip_is_read_back(before, shown, meant):
    text = PAGE + before + shown
    applied = [r for r in slips.repair(text) if r.status == "applied"]
    for repair in sorted(applied, key=lambda r: -r.start):
        text = text[: repair.start] + repair.after + text[repair.end :]
    if meant is not None:
        assert text.endswith(meant)


@pytest.mark.parametrize("line", KEPT)
def test_question_marks_of_a_writer_stay(line):
    assert [r for r in slips.repair(line) if r.status == "applied"] == []
    assert [r for r in slips.repair(PAGE + line) if r.status == "applied"] == []


def test_ambiguous_digit_is_flagged_not_guessed():
    (repair,) = [r for r in slips.repair(PAGE + SURE + "新增臨床重點???00個以上。") if "專科" in str(r.candidates)][1:]
    assert repair.status == "flagged"
    assert len(repair.candidates) > 2


def test_evidence_shows_the_bytes():
    (repair,) = slips.repair(PAGE + SURE)
    assert repair.evidence == "8CA3 BFC6 BDA8 D44F"
    assert (repair.before, repair.after) == ("??平ㄔO", "專科建設")


def test_offsets_belong_to_the_text_passed():
    text = PAGE + SURE
    (repair,) = slips.repair(text)
    assert text[repair.start : repair.end] == repair.before


def test_clean_page_is_passed_by_quickly():
    page = "各县（区）人民政府要加强组织领导，落实工作责任。什么是医共体？请看解读。\n" * 90
    start = time.perf_counter()
    for _ in range(20):
        slips.find(page)
    assert (time.perf_counter() - start) / 20 < 0.005


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="醫院的?!,，。1２年月F(xiàn)\n “”ㄔO", max_size=40))
def test_any_text_is_survived(text):
    found = slips.repair(text)
    assert all(text[r.start : r.end] == r.before for r in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["医(a医(a,?,1" * 300, "?," * 4000, "?!" * 50 + "“医\n" * 90, "？!?，" * 500])
def test_hostile_text_takes_no_time(text):
    start = time.perf_counter()
    slips.repair(text)
    assert time.perf_counter() - start < 3
