"""Words of the run in the language of the edition: known ones are said, quotes and unknown ones stay."""

import re

import pandas as pd
import pytest

from yigai import compare
from yigai.publish import sayings

CHINESE = {
    "1 of 4 regions have 2 or more documents; intervals resample documents": "4 个地区中有 1 个具备 2 份以上文档；区间由文档重抽样得出",
    "1 of 4 regions have 2 or more documents; inter...": "4 个地区中有 1 个具备 2 份以上文档；区间由文档重抽样得出",
    "refused by region × genre, like documents, reg...": "被拒，因：地区 × 体裁、同类文档……",
    "region: hunan": "地区：湖南",
    "refused by region × genre, like documents": "被拒，因：地区 × 体裁、同类文档",
    "median length of a document, longest region (shanxi) over shortest (hunan)": "文档篇幅中位数：最长地区（山西）与最短地区（湖南）之比",
    "n = 5 documents, 4 regions. Gate: cases are compared, not provinces.": "n = 5 份文档，4 个地区。可比性检验：比较的是案例，而非省份。",
    "Likeness on words 词的相似度": "词的相似度",
    "yī is a reading of 医": "yī 是“医”的读音",
    "hunan | 1 of 5 documents": "湖南；5 份文档中的 1 份",
    "cases are compared, not provinces | regional finding allowed: False": "比较的是案例，而非省份；是否允许地区结论：否",
    "5 pages restored from their ledgers, 5 unchanged by a second cleaning": "5 页由账本复原，5 页再次清洗不变",
    "without the 20 commonest …": "不含最常见20词",
    "no parent document supplied (未提供上级文件)": "未提供上级文件",
    "stop words kept; pages uncleaned; without rule swaps": "保留停用词；未清洗网页；不用规则：换词",
    "利州区 2021 ~ 四川省 2023 (depends)": "利州区 2021 ~ 四川省 2023（视设定而定）",
    "5 in = 5 kept + 0 rejected + 0 duplicates": "输入 5 = 采用 5 + 拒收 0 + 重复 0",
}
KEPT = ["推进医共体打包付费。", "DRG付费覆盖90%以上医院。", "利州区 2021", "a saying nobody has translated", ""]


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_a_known_saying_is_said_in_chinese(text, expected):
    assert sayings.said(text, "zh") == expected


@pytest.mark.parametrize("text", KEPT)
def test_quotes_and_unknown_words_stay(text):
    assert sayings.said(text, "zh") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("achieved 已实现", "achieved"), ("PAY 三医联动与医保支付", "PAY Payment"), ("资兴市 2021", "Zixing 2021"), ("n = 5. 未检出不等于没有。", "n = 5."), ("推进医改。", "推进医改。"), ("大病不出县", "大病不出县"), ("先行市", "先行市"), ("without 利州区 2021", "without Lizhou 2021"), ("利州区 2021 ~ 四川省 2023 (depends)", "Lizhou 2021 ~ Sichuan 2023 (depends)")],
)
def test_english_figures_have_no_chinese_labels(text, expected):
    assert sayings.said(text, "en") == expected


def gates():
    rows = [("a", "plan", "county", "hunan", "2020", 900), ("b", "news", "county", "shanxi", "2021", 30), ("c", "plan", "city", "hunan", "2020", 50)]
    names = ["doc", "genre", "level", "region", "year", "chars_clean"]
    said = pd.DataFrame([("a", "推进医改。"), ("b", "推进医改。"), ("c", "医院。")], columns=["doc", "text"])
    for count in (1, 2, 3):
        yield compare.gate(pd.DataFrame(rows[:count], columns=names), said)
    yield compare.gate(pd.DataFrame([(*row[:3], "unknown", "", *row[5:]) for row in rows], columns=names), said)


def test_whatever_the_gate_says_is_said_in_chinese():
    texts = {text for gate in gates() for name in ("check", "finding", "detail") for text in gate[name]}
    left = {text: sayings.said(text, "zh") for text in texts if re.search("[a-z]{4}", sayings.said(text, "zh").replace("scope = health", ""))}
    assert left == {} and len(texts) > 20
