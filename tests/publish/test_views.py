"""What the comparing pages show: few words, the right links, nothing for what is not there."""

import pytest

from yigai.publish import build, cases, glances, material, provinces, sheets, views
from yigai.publish.words import Pair


@pytest.fixture(scope="module")
def read(run):
    return material.read(run)


@pytest.fixture(scope="module")
def found(read):
    return cases.cases(read)


@pytest.fixture(scope="module")
def to(read, found):
    return build._addresses(read, found)


def test_a_large_corpus_is_shown_by_region(read, found, to):
    many = [one for one in found for _ in range(5)]
    coded = {doc: cases.coded(rows) for doc, rows in read.of("codes").items()}
    seen = glances.glance(many, coded, to)
    assert seen["by_region"] and [column["name"].en for column in seen["columns"]] == ["Hunan", "Liaoning", "Sichuan"]
    assert glances.glance(found, coded, to)["by_region"] is False


def test_a_repost_has_no_column(read, found, to):
    from dataclasses import replace

    seen = glances.glance([found[0], replace(found[1], repost_of="000")], {}, to)
    assert len(seen["columns"]) == 1


def test_the_verdict_speaks_of_statements(read):
    import pandas as pd

    rows = [("verdict", "cases are compared, not provinces", "refuse", ""), ("statement: regional finding", "refused", "refuse", ""), ("statement: case comparison", "allowed", "pass", "")]
    gate = pd.DataFrame(rows, columns=["check", "finding", "severity", "detail"])
    said = views.verdict(material.Material({"gate": gate}, {}, {}, {}))
    assert said["words"].zh == "比较的是案例，而非省份"
    assert [pair.zh for pair in said["refused"]] == ["关于某省的任何结论"] and len(said["allowed"]) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"comparator": ">=", "value": 90.0, "unit": "%"}, "≥ 90%"),
        ({"comparator": "=", "value": 7346.47, "unit": "万元"}, "7346.47 万元"),
        ({"comparator": "~", "value": 40000.0, "unit": "平方米"}, "≈ 40000 平方米"),
        ({"comparator": "<=", "value": 1.5, "value_max": 2.5, "unit": ""}, "≤ 1.5–2.5"),
        ({"comparator": "=", "value": float("nan"), "unit": "家"}, " 家"),
    ],
)
def test_amounts_read_as_printed(row, expected):
    assert views.amount(row) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("利州区", "Lizhou District"), ("资兴市", "Zixing"), ("内蒙古自治区", "Inner Mongolia"), ("陕西省", "Shaanxi"),
        ("恩施土家族苗族自治州", "Enshitujiazumiaozu Autonomous Prefecture"), ("Yangquan", "Yangquan"), ("", ""),
    ],
)  # fmt: skip
def test_places_have_an_english_name(name, expected):
    assert provinces.place(name).en == expected


def test_tiles_do_not_overlap_and_hold_every_province():
    assert len({(column, row) for *_, column, row in provinces.TILES}) == len(provinces.TILES) == 34
    assert len({slug for slug, *_ in provinces.TILES}) == 34


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        pytest.param("003", (), "../cases/003.html", id="a document leads to its case"),
        pytest.param("利州区 2021", (), "../cases/000.html", id="a label leads to its case"),
        pytest.param("2025年前住院率不低于90%。", (), "../evidence/003.html#s-2-3", id="a sentence leads to its place"),
        pytest.param("2025年前住院率不低于...", (), "../evidence/003.html#s-2-3", id="a sentence cut short too"),
        pytest.param("县域内就诊率达到90%以上", ("004",), "../evidence/004.html#s-3-3", id="a clause, in the document of its row"),
        pytest.param("医共体", (), "", id="a word leads nowhere"),
        pytest.param("这句话哪里都没有出现", (), "", id="unknown words lead nowhere"),
    ],
)
def test_cells_of_notebooks_lead_to_their_quotes(read, found, to, text, row, expected):
    assert sheets.FromPage(sheets.Finder(read, to, found), "notebooks/a.html").quoted(text, row) == expected


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (("003",), "PAY 打包付费", "cases/003.html#d-PAY"), (("PAY",), "资兴市", "cases/003.html#d-PAY"), (("PAY",), "不明", ""),
        (("0", "利州区 2021", "ORG"), "count", "cases/000.html#d-ORG"), (("000",), "achieved", "cases/000.html"),
        (("0", "资兴市", "打包付费"), "log_odds", "evidence/003.html#s-2-2"), (("003",), "pinyin", "evidence/003.html"),
        (("004",), "PAY", "cases/004.html"), (("其他",), "n", ""), (("000", "003"), "cosine", ""),
    ],
)  # fmt: skip
def test_counts_lead_to_what_they_count(read, found, to, row, column, expected):
    assert sheets.Finder(read, to, found).count(row, column) == expected


def test_the_quote_of_the_matrix_comes_first():
    quotes = [{"text": "甲。"}, {"text": "乙建成。"}]
    led = cases.led(quotes, [{"dimension": "ORG", "statement": "建成"}], "ORG")
    assert [one["text"] for one in led] == ["乙建成。", "甲。"]
    assert cases.led([{"text": "甲。"}], [{"dimension": "ORG", "statement": ""}], "ORG") == [{"text": "甲。"}]


def test_unknown_values_stay_themselves():
    from yigai.publish import words

    assert words.value("genre", "诗") == Pair("诗", "诗")
    assert words.edit_kind("slip+新") == Pair("byte slip + 新", "字节错位、新")
