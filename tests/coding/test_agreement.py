"""Agreement against fixtures computed by hand."""

import math

import pandas as pd
import pytest

from yigai import coding


def sheet(dimensions, status=None):
    n = len(dimensions)
    return pd.DataFrame(
        {
            "unit": [f"d.{i}" for i in range(n)],
            "dimensions": dimensions,
            "instruments": [""] * n,
            "status": status or ["plan"] * n,
        }
    )


def test_alpha_by_hand():
    # twelve units, two coders; coincidences: o00=18, o01=o10=3 half each way; n=24, n0=18+... by hand:
    first = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    second = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0]
    # n=24, n0=16, n1=8, D_o = 4/24, D_e = 2*16*8/(24*23) -> alpha = 1 - (4/24)/(256/552)
    assert coding.alpha(first, second) == pytest.approx(1 - (4 / 24) / (256 / 552))


def test_alpha_of_krippendorff_2011_nominal_example():
    # Krippendorff (2011), B: a a b b d c c c e d d a / b a b b b c c c e d d d -> alpha .692
    first, second = "aabbdcccedda", "babbbccceddd"
    assert coding.alpha(first, second) == pytest.approx(0.692, abs=5e-4)


def test_kappa_by_hand():
    # 20 both yes, 15 both no, 5 and 10 apart: p_o .7, p_e .5 (textbook example)
    first = [1] * 20 + [1] * 5 + [0] * 10 + [0] * 15
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert coding.kappa(first, second) == pytest.approx(0.4)


def test_perfect_agreement_is_one_and_no_variation_is_undefined():
    assert coding.alpha("abab", "abab") == 1
    assert math.isnan(coding.alpha("aaaa", "aaaa"))
    assert math.isnan(coding.kappa([], []))


def test_units_both_left_empty_do_not_count():
    one = sheet(["ORG", "", "REF", ""])
    two = sheet(["ORG", "", "ORG", "REF"])
    table = coding.agreement(one, two).set_index("code")
    assert table.loc["ORG", "n"] == 3
    assert (table.loc["ORG", "first"], table.loc["ORG", "second"], table.loc["ORG", "both"]) == (1, 2, 1)


def test_status_is_one_nominal_variable():
    one = sheet(["ORG"] * 4, ["plan", "plan", "achieved", "achieved"])
    two = sheet(["ORG"] * 4, ["plan", "achieved", "achieved", "achieved"])
    row = coding.agreement(one, two).query("field == 'status'").iloc[0]
    assert row["alpha"] == pytest.approx(0.533333)
    assert row["kappa"] == pytest.approx(0.5)


@pytest.fixture
def sentences():
    rows = [("a", i, "一、总则", "body", f"=推进第{i}项分级诊疗。") for i in range(9)]
    return pd.DataFrame(rows, columns=["doc", "sentence", "heading_path", "kind", "text"])


def test_worksheet_round_trips_through_csv(sentences):
    blank = coding.worksheet.blank(sentences, n=5)
    again = coding.worksheet.from_csv(coding.worksheet.to_csv(blank))
    pd.testing.assert_frame_equal(again, blank)


def test_worksheet_draws_the_same_units_again(sentences):
    draws = [coding.worksheet.blank(sentences, n=5)["unit"].tolist() for _ in range(2)]
    assert draws[0] == draws[1]


def test_worksheet_csv_runs_no_formula(sentences):
    assert ",'=推进" in coding.worksheet.to_csv(coding.worksheet.blank(sentences, n=2))


def test_codes_written_by_hand_are_tidied(sentences):
    filled = coding.worksheet.blank(sentences, n=1).assign(dimensions="ref； ORG,ref", status="Plan")
    read = coding.worksheet.from_csv(coding.worksheet.to_csv(filled))
    assert read.loc[0, ["dimensions", "status"]].tolist() == ["REF;ORG", "plan"]


def test_unknown_code_names_unit_and_code(sentences):
    filled = coding.worksheet.blank(sentences, n=1).assign(dimensions="ABC")
    with pytest.raises(ValueError, match=r"a\.\d.*'ABC'"):
        coding.worksheet.from_csv(coding.worksheet.to_csv(filled))


def test_missing_column_is_named():
    with pytest.raises(ValueError, match="status"):
        coding.worksheet.from_csv("unit,dimensions,instruments\na.1,ORG,\n")
