"""Every rule by its cases: what it mends, and what it must leave alone."""

import json
from pathlib import Path

import pytest

from yigai import clean

CASES = Path(__file__).parent / "cases"
ALL = [
    pytest.param(case, id=f"{path.stem}: {case['says']}",
                 marks=[pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else [])
    for path in sorted(CASES.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]  # fmt: skip


def lines(text):
    return "\n".join(text) if isinstance(text, list) else text


@pytest.mark.parametrize("case", ALL)
def test_case(case):
    cleaned = clean.text(lines(case["in"]))
    assert cleaned.text == lines(case.get("out", case["in"]))
    for kind in case.get("flags", []):
        assert kind in {f.kind for f in cleaned.flags} | {e.kind for e in cleaned.edits if e.status != "applied"}


OFFICIAL = json.loads((CASES / "official.json").read_text(encoding="utf-8"))
ABOVE, BELOW_TITLE = "首页 > 政务公开 > 通知公告", "发布时间：2024-05-01 10:20 来源：甲市政府网 浏览次数：23次 字号：[大 中 小]"
BELOW = (
    "扫一扫在手机打开当前页", "上一篇：甲市召开卫生健康工作会议", "下一篇：没有了", "主办单位：甲市人民政府 版权所有", "湘ICP备12345678号-1 湘公网安备 43010502000123号",
)  # fmt: skip


@pytest.mark.parametrize("case", OFFICIAL, ids=[case["says"] for case in OFFICIAL])
def test_an_official_text_comes_whole_off_a_page(case):
    title, *body = case["in"]
    cleaned = clean.text(lines([ABOVE, title, BELOW_TITLE, *body, *BELOW]))
    assert cleaned.text.split("\n") == [line for line in case["in"] if line not in case.get("lost on a page", ())]
