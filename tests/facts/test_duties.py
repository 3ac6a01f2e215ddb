"""Duties: who leads, shares the lead, supports or is a member, in the printed forms of official plans."""

import pandas as pd
import pytest

from yigai import facts
from yigai.facts.duties import roles

LINES = {
    "the first named leads": ("责任单位：市卫健委、市财政局、市人社局", [("市卫健委", "lead"), ("市财政局", "support"), ("市人社局", "support")]),
    "leads by own duty share": ("责任单位：市发展改革委、市财政局按职责分别牵头负责", [("市发展改革委", "co-lead"), ("市财政局", "co-lead")]),
    "support after shared leads": ("责任单位：市委编办、市人社局按职责分别牵头，市卫健委配合", [("市委编办", "co-lead"), ("市人社局", "co-lead"), ("市卫健委", "support")]),
    "one unit leads alone": ("责任单位：市卫健委", [("市卫健委", "lead")]),
    "a note after the list is no unit": ("责任单位：市卫健委、市财政局。以下除特别注明外，排名第一位的为牵头单位", [("市卫健委", "lead"), ("市财政局", "support")]),
    "labelled leads and support": ("牵头单位：市卫健委；配合单位：市财政局、市医保局", [("市卫健委", "lead"), ("市财政局", "support"), ("市医保局", "support")]),
    "labelled leads, responsible and support": ("牵头单位：省医保局，责任单位：省卫生健康委、省财政厅", [("省医保局", "lead"), ("省卫生健康委", "support"), ("省财政厅", "support")]),
    "a lead by its verb": ("市卫生健康委牵头，市医保局、市财政局按职责分工负责", [("市卫生健康委", "lead"), ("市医保局", "support"), ("市财政局", "support")]),
    "all by division of labour": ("省卫生健康委、省医保局按职责分工负责", [("省卫生健康委", "co-lead"), ("省医保局", "co-lead")]),
    "members of a leading group": ("责任单位：市中医药工作领导小组各成员单位", [("市中医药工作领导小组各成员单位", "member")]),
    "a unit that acts with others leads": ("省卫生健康委会同省发展改革委、省财政厅负责", [("省卫生健康委", "lead"), ("省发展改革委", "support"), ("省财政厅", "support")]),
    "a mark of lists after the verb": ("市卫生健康局牵头、市医疗保障局配合", [("市卫生健康局", "lead"), ("市医疗保障局", "support")]),
    "a note on the order is no unit": ("省卫生计生委负责，省编办参与。注：排在首位的部门为牵头部门，下同", [("省卫生计生委", "lead"), ("省编办", "support")]),
    "a term is no unit": ("牵头单位：市卫生健康委，配合单位：市财政局，完成时限：2024年12月底", [("市卫生健康委", "lead"), ("市财政局", "support")]),
    "a comma inside brackets does not split": ("责任单位：市卫健委，各县（市、区）人民政府", [("市卫健委", "lead"), ("各县(市、区)人民政府", "support")]),
}


@pytest.mark.parametrize(("line", "units"), LINES.values(), ids=LINES.keys())
def test_a_line_of_duty_is_read(line, units):
    assert [(duty.unit, duty.role) for duty in roles(line)] == units


def table(*rows):
    return pd.DataFrame([("d", *row) for row in rows], columns=["doc", "passage", "sentence", "heading_path", "kind", "text"])


def units_of(*texts):
    found = facts.duties(table(*[(at, at, "二、任务", "body", text) for at, text in enumerate(texts)]))
    return list(zip(found["task"], found["unit"], found["role"], strict=True))


def test_a_bracket_of_units_at_the_end_is_a_line_of_duty():
    assert units_of("（三）完善医保支付。推进总额付费。（市医保局、市卫生健康委）") == [("完善医保支付", "市医保局", "lead"), ("完善医保支付", "市卫生健康委", "support")]


def test_other_brackets_and_areas_hold_units():
    assert units_of("加强领导。［市卫生健康委牵头，市财政局配合］")[0][1:] == ("市卫生健康委", "lead")
    assert [row[1] for row in units_of("加强领导。（市卫生健康委、各旗区人民政府，康巴什区按职责分工负责）")] == ["市卫生健康委", "各旗区人民政府", "康巴什区"]


def test_a_line_of_its_own_belongs_to_the_task_above():
    assert units_of("1.加强领导。压实责任。", "责任单位：市卫健委") == [("加强领导", "市卫健委", "lead")]


@pytest.mark.parametrize(
    "text",
    ["建立多学科联合门诊（MDT）。", "打造“1+2+N”（1核+2翼+N大专科医院）。", "各县（市、区）要落实责任。", "做好疾病诊治（详见附件）。", "在两地试点（平定县、盂县）。", "健全责任制，明确责任单位。"],
)
def test_other_brackets_are_no_lines_of_duty(text):
    assert units_of(text) == []
