"""Cleaning and cutting into sentences stay linear on the worst shapes of a page, and line ends of any system are line ends."""

import time

import pytest

from yigai import clean, passages

# one shape a rule: what it looks for, again and again, or what it nearly finds
SHAPES = (
    "医", "医a", "（", "（(", "）", "醫(yī)", "医(yi", "?", "医?", "?,", "医?!?2月", "1", "201410月", "（一）\n", "（一）医改。\n", " ", "医 ",
    "医,", "，", "医,改:革;\n", "醫疗a1，", "看著說", "\n", "深化医改工作\n", "请扫码\n", "“", "“”\"", "<p>", "<", "&nbsp;", "# ", "医*", "金豪体育投注:",
    "金豪娱乐城_金豪体育投注【官网首页】\n", "四川省", "，。", "电话:13800138000\n", "2020-01-02 10:00\n", "来源:本网 时间:2020-01-02\n", "http://a.cn/",
    "a@", "1,200", "医改\r", "关于深化医改的通知\n", "头部医院", "医zui大", "医:", "医|", "（责任单位：市卫健委）", "各县人民政府:\n", "四个阶段：一是", "版权所有\n",
    "金豪棋牌app下载", "【金豪娱乐】官网", "官网", "> 医改 ", "下载-", "某下载-", "经由过程鼎新轨制", "&amp;", "推荐阅读\n", "深化医药卫生体制改革是全面深化改革的重\n",
)  # fmt: skip
SMALL, TIMES, ALLOWED = 4_000, 4, 9.0  # four times as long may take nine times as long; a square takes sixteen


def seconds(work, text):
    """The least CPU time of three runs."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        work(text)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize("work", [clean.text, passages.split], ids=["clean", "passages"])
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_page_and_no_faster(work, shape):
    small, large = (shape * (n // len(shape)) for n in (SMALL, SMALL * TIMES))
    work(shape * 3)
    assert seconds(work, large) <= ALLOWED * seconds(work, small) + 0.05


PAGE = "首页 > 正文\n某市医改工作方案\n来源:本网 时间:2020-01-02\n深化医改,保障群众健康。\n\n推进改革。\n上一篇:无"


ENDS = {"Windows": "\r\n", "old Mac": "\r", "line separator": "\u2028", "next line": "\x85", "blank before": " \n", "blanks on both sides": "\t\n  "}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_line_ends_of_other_systems_part_lines(end):
    raw = PAGE.replace("\n", end)
    cleaned = clean.text(raw)
    assert cleaned.text == clean.text(PAGE).text
    assert [line.role for line in cleaned.lines] == [line.role for line in clean.text(PAGE).lines]
    assert cleaned.raw() == raw


def test_a_heading_that_holds_a_word_of_navigation_stays():
    body = "第五十一条 提供便利和优惠服务。\n无障碍环境\n第五十二条 将无障碍环境建设纳入规划。"
    page = f"某省残疾人保障办法\n{body}"
    assert clean.text(page).text == page
    assert "无障碍浏览" not in clean.text(f"首页 | 无障碍浏览\n{page}\n无障碍浏览\n上一篇：无").text
