"""Tables flattened to lines: figures under the years of the head, and lines that only look like tables."""

import pandas as pd
import pytest

from yigai import facts, passages

HEAD = "某市“十四五”卫生健康规划\n主要指标如下表。\n"
COLUMN = HEAD + "序号\n指标\n单位\n2020年\n2025年\n性质\n1\n人均预期寿命\n岁\n78.2\n79.5\n预期性\n2\n孕产妇死亡率\n1/10万\n9.8\n≤9\n预期性\n3\n县域内就诊率（%）\n88.6\n90以上"
BARRED = HEAD + "指标 | 单位 | 2020年 | 2025年目标\n人均预期寿命 | 岁 | 78.2 | 79.5\n孕产妇死亡率 | /10万 | 9.8 | ≤9\n县域内就诊率（%） | 88.6 | 90以上"
ROWS = [
    ("人均预期寿命", "=", 78.2, "岁", "2020", "achieved"),
    ("人均预期寿命", "=", 79.5, "岁", "2025", "target"),
    ("孕产妇死亡率", "=", 9.8, "/10万", "2020", "achieved"),
    ("孕产妇死亡率", "<=", 9.0, "/10万", "2025", "target"),
    ("县域内就诊率", "=", 88.6, "%", "2020", "achieved"),
    ("县域内就诊率", ">=", 90.0, "%", "2025", "target"),
]


def read(text):
    rows = [("d", s.passage, s.sentence, s.heading_path, s.kind, s.text, s.start, s.end, s.start, s.end) for s in passages.split(text)]
    return facts.indicator_table(pd.DataFrame(rows, columns=passages.COLUMNS), published={"d": "2021-12-01"})


@pytest.mark.parametrize("text", [COLUMN, BARRED], ids=["one cell a line", "one row a line"])
def test_the_figures_of_a_table_take_name_unit_and_year(text):
    table = read(text)
    assert list(zip(table["indicator"], table["comparator"], table["value"], table["unit"], table["when"], table["status"], strict=True)) == ROWS
    assert all(text[start:end] == quote for start, end, quote in zip(table["start"], table["end"], table["quote"], strict=True))


@pytest.mark.parametrize(
    "text",
    [HEAD + "第1页\n共8页\n2024\n05\n12", HEAD + "联系电话\n3324567\n邮编\n617000\n门牌\n12"],
    ids=["page numbers and a date", "a telephone and a postcode"],
)
def test_bare_numbers_without_a_unit_are_no_figures(text):
    assert read(text).empty
