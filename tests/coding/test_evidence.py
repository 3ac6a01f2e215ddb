"""Matrix, ladder, shares: chosen by the stated rule, absent evidence said as such."""

import pandas as pd
import pytest

from yigai import coding
from yigai.coding import evidence

ROWS = [
    ("plan", "heading", "一、推进分级诊疗"),
    ("plan", "body", "各县要积极探索推进分级诊疗、双向转诊和家庭医生签约等有关工作，形成就医新格局。"),
    ("plan", "body", "截至2023年底，县域内就诊率达到91.2%。"),
    ("plan", "body", "组建医共体，实行人、财、物统一管理。"),
    ("plan", "body", "探索医保基金打包付费，结余留用。"),
    ("news", "body", "与省人民医院建立专科联盟和技术合作关系。"),
]


@pytest.fixture
def sentences():
    made = pd.DataFrame(ROWS, columns=["doc", "kind", "text"])
    numbers = range(len(made))
    return made.assign(
        passage=0, sentence=list(numbers), heading_path="", start=[10 * i for i in numbers],
        end=[10 * i + 9 for i in numbers], raw_start=[20 * i for i in numbers], raw_end=[20 * i + 9 for i in numbers],
    )  # fmt: skip


@pytest.fixture
def documents():
    rows = [("plan", "四川省", "广元市", "利州区", "plan", "county", "利州区人民政府", "实施方案"),
            ("news", "湖南省", "", "", "news", "province", "", "医改纪实")]  # fmt: skip
    names = ["doc", "province", "city", "county", "genre", "level", "publisher", "title"]
    return pd.DataFrame(rows, columns=names)


def test_matrix_has_a_cell_for_every_dimension_and_document(sentences, documents):
    matrix = coding.matrix(coding.table(sentences), sentences, documents)
    assert len(matrix) == 14 * 2
    assert list(matrix.columns) == [
        "dimension", "doc", "region", "statement", "status", "quote", "start", "end", "raw_start", "raw_end",
    ]  # fmt: skip


def test_matrix_prefers_the_achieved_figure_to_plan_and_heading(sentences, documents):
    matrix = coding.matrix(coding.table(sentences), sentences, documents)
    cell = matrix[(matrix["dimension"] == "REF") & (matrix["doc"] == "plan")].iloc[0]
    assert cell["status"] == "achieved" and cell["quote"] == ROWS[2][2]
    assert cell["statement"] == "县域内就诊率达到91.2%"
    assert (cell["start"], cell["raw_start"]) == (20, 40)
    assert cell["region"] == "四川省 广元市 利州区"


def test_matrix_says_no_cue_matched_never_absent(sentences, documents):
    matrix = coding.matrix(coding.table(sentences), sentences, documents)
    cell = matrix[(matrix["dimension"] == "TCM") & (matrix["doc"] == "news")].iloc[0]
    assert cell["statement"] == coding.NO_CUE == "no cue matched (未检出)"
    assert cell["start"] == -1


def test_ladder_reports_the_highest_step_with_its_quote(sentences):
    ladder = coding.tightness(coding.table(sentences), sentences).set_index("doc")
    assert ladder.loc["plan", "step"] == 4 and "打包" in ladder.loc["plan", "quote"]
    assert ladder.loc["plan", "status"] == "plan"
    assert ladder.loc["news", "step"] == 1


def test_policy_force_is_read_from_genre_and_issuer(documents):
    assert coding.policy_force(documents)["force"].tolist() == [3, 1]


def test_shares_count_body_sentences_with_n_and_interval(sentences):
    shares = coding.shares(coding.table(sentences))
    row = shares[(shares["doc"] == "plan") & (shares["code"] == "REF")].iloc[0]
    assert (row["hits"], row["n"]) == (2, 4)
    assert row["low"] < row["share"] < row["high"]


def test_cross_table_holds_every_instrument_and_dimension(sentences):
    cross = coding.cross(coding.table(sentences))
    assert cross.shape == (17, 14)
    assert cross.loc["DI", "PAY"] == 1


def test_families_sum_to_one(sentences):
    families = coding.families(coding.table(sentences))
    assert families.groupby("doc")["share"].sum().round(3).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("医共体实行“六统一”管理。", 3),
        ("整合城乡居民医保，实行医保“六统一”。", 0),
        ("医共体设立人力资源、财务等管理中心。", 3),
        ("医共体设有消毒供应中心及七大运营管理中心。", 2),
    ],
    ids=["network_run_as_one", "insurance_schemes_are_no_network", "centres_that_manage", "centres_that_run_are_shared"],
)  # fmt: skip
def test_step_needs_providers_managed_as_one(text, step):
    assert evidence.step(text, "ORG") == step
