import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yigai.corpus.html import text_of_html, visible_lines

BODY = "".join(
    f"<p>{number}、为深化医药卫生体制改革,建立健全分级诊疗制度,结合我市实际,推进紧密型县域医共体建设,提升基层服务能力。</p>"
    for number in "一二三四五六"
)
PAGE = f"""<!DOCTYPE html><html><head><title>医共体建设方案_某市政府网</title><script>var a="<p>脚本</p>";</script></head><body>
<div class=nav><ul><li><a href=/>首页</a></li><li><a>成都</a></li><li><a>绵阳</a></li></ul></div>
<h1>医共体建设方案</h1><div>发布时间:2024-02-22 来源:市卫健委 字体:大 中 小</div><div class=content>{BODY}</div>
<div class=related><ul><li>相关链接一</li><li>相关链接二</li></ul></div>
<div class=footer>主办单位:某市人民政府 政府网站标识码1403000002 晋ICP备05000001号</div></body></html>"""


def test_main_text_stays_and_furniture_that_proves_stays():
    lines = text_of_html(PAGE).split("\n")
    assert lines[0] == "医共体建设方案"
    assert sum("县域医共体建设" in line for line in lines) == 6
    assert any("2024-02-22" in line for line in lines)
    assert "标识码1403000002" in lines[-1]
    assert not any("脚本" in line or line in ("成都", "绵阳") for line in lines)


HOSTILE = {
    "deep nesting": "<div>" * 100_000 + "正文" + "</div>" * 100_000,
    "unclosed tags": "<p>" * 200_000 + "正文",
    "angle brackets": "<" * 300_000 + "正文",
    "unclosed comments": "<!--" * 100_000 + "正文",
    "unclosed scripts": "<script>" * 1 + "x" * 10 + "<p>正文",
    "long attributes": "<a href='" + "x" * 1_000_000 + "'>正文</a>",
    "quotes without end": '<a title="' * 50_000 + "正文",
    "entities": "&amp;" * 200_000 + "正文",
    "spaces": " " * 1_000_000 + "正文",
    "cells": "<td>" * 200_000 + "正文",
    "bangs": "<!" * 200_000 + "正文",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_pages_keep_their_text_in_linear_time(name):
    begin = time.process_time()
    assert "正文" in text_of_html(HOSTILE[name])
    assert time.process_time() - begin < 8


def test_numeric_entities_give_no_surrogates():
    text = "\n".join(visible_lines("<p>&#xD800;&#0;&#x4e2d;&nbsp;文</p>"))
    assert text.encode()
    assert "中" in text


@given(st.text(alphabet="<>/!-pdiv\"'=正文 &#;x", max_size=200))
def test_any_page_gives_text(page):
    assert isinstance(text_of_html(page), str)
