"""Keyness equals independent implementations, and marks what a reviewer would not accept."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from yigai import compare

WORDS = ("医共体", "医联体", "分级诊疗", "医保", "支付", "总额", "打包", "药品", "人才", "培训")


def fixture(documents=12, regions=3, seed=5):
    rng = np.random.default_rng(seed)
    tokens, region = {}, {}
    for place in range(documents):
        weights = rng.dirichlet(np.ones(len(WORDS)))
        tokens[f"d{place:02d}"] = [
            str(w) for w in rng.choice(WORDS, int(rng.integers(40, 200)), p=weights)
        ]
        region[f"d{place:02d}"] = f"r{place % regions}"
    return tokens, region


def reference(tokens, region, name, word, prior_total):
    """Monroe, Colaresi and Quinn 2008, eq. 16, 20 and 22, written out with plain numbers."""
    here = Counter(t for doc, ts in tokens.items() if region[doc] == name for t in ts)
    there = Counter(t for doc, ts in tokens.items() if region[doc] != name for t in ts)
    every = here + there
    alpha = prior_total * every[word] / sum(every.values())
    y_i, y_j, n_i, n_j = here[word], there[word], sum(here.values()), sum(there.values())
    delta = math.log((y_i + alpha) / (n_i + prior_total - (y_i + alpha)))
    delta -= math.log((y_j + alpha) / (n_j + prior_total - (y_j + alpha)))
    return delta, delta / math.sqrt(1 / (y_i + alpha) + 1 / (y_j + alpha))


@pytest.mark.parametrize("prior_total", [0.5, 10.0, 500.0, None])
def test_log_odds_equal_an_independent_implementation_to_1e_9(prior_total):
    tokens, region = fixture()
    total = prior_total or sum(map(len, tokens.values())) / len(tokens)
    table = compare.keyness(tokens, region, prior_total=prior_total)
    assert len(table) == 3 * len(WORDS)
    for row in table.itertuples():
        delta, z = reference(tokens, region, row.region, row.term, total)
        assert abs(row.log_odds - delta) < 1e-9
        assert abs(row.z - z) < 1e-9
        assert abs((row.high - row.low) / 2 - 1.959963984540054 * row.log_odds / row.z) < 1e-9


def test_prior_and_totals_stand_in_the_table_so_that_anyone_can_recompute():
    table = compare.keyness(*fixture(), prior_total=50)
    assert table.groupby("region")["prior"].sum().round(9).eq(50).all()
    odds = (table["count"] + table["prior"]) / (
        table["tokens"] + 50 - table["count"] - table["prior"]
    )
    rest = (table["count_rest"] + table["prior"]) / (
        table["tokens_rest"] + 50 - table["count_rest"] - table["prior"]
    )
    assert np.allclose(np.log(odds / rest), table["log_odds"], atol=1e-12)


def test_g2_equals_the_log_likelihood_ratio_of_scipy():
    for row in compare.keyness(*fixture()).itertuples():
        cells = [
            [row.count, row.tokens - row.count],
            [row.count_rest, row.tokens_rest - row.count_rest],
        ]
        expected = stats.chi2_contingency(
            cells, correction=False, lambda_="log-likelihood"
        ).statistic
        assert math.isclose(abs(row.g2), expected, rel_tol=1e-9, abs_tol=1e-9)


def test_q_equals_benjamini_hochberg_of_scipy_over_eligible_terms():
    table = compare.keyness(*fixture())
    tested = table[table["eligible"]]
    assert np.allclose(tested["q"], stats.false_discovery_control(tested["p"]))


def test_a_rare_term_has_no_q_and_does_not_weaken_the_others():
    tokens, region = fixture()
    table = compare.keyness({**tokens, "d00": [*tokens["d00"], "独有词"]}, region)
    rare = table[table["term"] == "独有词"]
    assert rare["q"].isna().all() and not rare["eligible"].any()
    assert table["q"].notna().sum() == 3 * len(WORDS)


def test_dispersion_equals_gries_dp_written_out():
    tokens, region = fixture()
    for row in compare.keyness(tokens, region).itertuples():
        docs = [doc for doc in tokens if region[doc] == row.region]
        total = sum(len(tokens[doc]) for doc in docs)
        shares = [len(tokens[doc]) / total for doc in docs]
        here = [tokens[doc].count(row.term) / row.count for doc in docs]
        dp = sum(abs(a - b) for a, b in zip(here, shares, strict=True)) / 2
        assert math.isclose(row.dispersion, dp / (1 - min(shares)), rel_tol=1e-9)


def test_a_term_of_one_document_is_marked_and_ranked_after_the_others():
    tokens, region = fixture()
    spam = {**tokens, "d00": [*tokens["d00"], *["推广词"] * 60], "d01": [*tokens["d01"], "推广词"]}
    table = compare.keyness(spam, region)
    marked = table[(table["term"] == "推广词") & (table["region"] == "r0")]
    assert marked["one_document"].all() and marked["documents"].tolist() == [1]
    assert compare.top(table, 3).query("region == 'r0'")["term"].tolist().count("推广词") == 0


def test_pairwise_of_two_regions_equals_one_against_the_rest():
    tokens, region = fixture(regions=2)
    one = compare.keyness(tokens, region).query("region == 'r0'").reset_index(drop=True)
    pair = compare.pairwise(tokens, region)
    assert np.allclose(one["log_odds"], pair["log_odds"]) and (pair["other"] == "r1").all()


def test_pairs_of_three_regions_are_three():
    pairs = compare.pairwise(*fixture())[["region", "other"]].drop_duplicates()
    assert pairs.to_numpy().tolist() == [["r0", "r1"], ["r0", "r2"], ["r1", "r2"]]


def test_order_of_documents_does_not_change_a_byte():
    tokens, region = fixture()
    backwards = {doc: tokens[doc][::-1] for doc in reversed(tokens)}
    assert compare.keyness(tokens, region).to_csv() == compare.keyness(backwards, region).to_csv()


def test_documents_without_a_region_are_left_out():
    tokens, region = fixture()
    extra = compare.keyness({**tokens, "x": ["噪声"] * 9}, {**region, "x": "unknown"})
    assert extra.to_csv() == compare.keyness(tokens, region).to_csv()


def test_one_region_is_no_comparison():
    tokens, region = fixture()
    assert compare.keyness(tokens, dict.fromkeys(region, "hunan")).empty


def test_columns_of_the_contract():
    wanted = [
        "region",
        "term",
        "log_odds",
        "low",
        "high",
        "z",
        "q",
        "documents",
        "count",
        "one_document",
    ]
    assert list(compare.keyness(*fixture()).columns)[: len(wanted)] == wanted


def test_quotes_come_from_the_region_and_name_their_place():
    sentences = pd.DataFrame(
        {"doc": ["a", "b"], "sentence": [3, 4], "text": ["推进医共体建设。", "医共体在外地。"]}
    )
    table = pd.DataFrame({"region": ["hunan"], "term": ["医共体"]})
    quoted = compare.quotes(table, sentences, {"a": "hunan", "b": "shanxi"})
    assert quoted.loc[0, "quotes"] == "推进医共体建设。 [a #3]"


def test_withheld_intervals_are_empty_and_the_ranking_stays():
    case = pd.DataFrame({"doc": ["a", "b"], "region": ["r0", "r1"], "genre": ["plan", "news"]})
    gate = compare.gate(case, pd.DataFrame({"doc": ["a"], "text": ["医改。"]}))
    table = compare.keyness(*fixture())
    held = compare.withhold(table, gate, "keyness interval")
    assert held[["low", "high", "z", "p", "q"]].isna().all().all()
    assert held["log_odds"].equals(table["log_odds"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=2, max_size=6))
def test_log_odds_of_two_sides_mirror_each_other(texts):
    tokens = {f"d{place}": text for place, text in enumerate(texts)}
    region = {doc: "ab"[place % 2] for place, doc in enumerate(tokens)}
    table = compare.keyness(tokens, region, min_count=1, min_documents=1)
    sides = table.pivot(index="term", columns="region", values="log_odds")
    if len(sides) > 1:  # with one word there is no odds to speak of
        assert np.allclose(sides["a"], -sides["b"], atol=1e-9)


def sound_gate():
    documents = pd.DataFrame(
        {"doc": [f"d{n:02d}" for n in range(12)], "region": [f"r{n % 3}" for n in range(12)],
         "genre": "plan", "level": "county", "year": "2023", "chars_clean": 900}
    )  # fmt: skip
    return compare.gate(documents, pd.DataFrame({"doc": ["d00"], "text": ["推进医改。"]}))


def test_document_intervals_hold_the_estimate_and_repeat():
    tokens, region = fixture()
    table = compare.keyness(tokens, region)
    first, second = (
        compare.document_intervals(table, tokens, region, sound_gate()) for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, second)
    inside = (first["low_documents"] <= first["log_odds"]) & (
        first["log_odds"] <= first["high_documents"]
    )
    assert inside.mean() > 0.95


def test_a_burst_of_one_document_has_a_wide_document_interval():
    tokens, region = fixture()
    burst = {**tokens, "d00": [*tokens["d00"], *["成串词"] * 40], "d03": [*tokens["d03"], "成串词"]}
    table = compare.keyness(burst, region)
    row = (
        compare.document_intervals(table, burst, region, sound_gate())
        .query("term == '成串词' and region == 'r0'")
        .iloc[0]
    )
    assert row["low"] > 1 > row["low_documents"]


def test_alike_pages_have_no_typical_word_and_no_interval():
    tokens = {"a": ["医改", "医保"], "b": ["医改", "医保"]}
    table = compare.top(compare.keyness(tokens, {"a": "a", "b": "b"}))
    found = compare.document_intervals(table, tokens, {"a": "a", "b": "b"}, sound_gate())
    assert found.empty and [*found.columns[-2:]] == ["low_documents", "high_documents"]


def test_document_intervals_are_withheld_where_the_gate_refuses():
    tokens, region = fixture()
    case = pd.DataFrame({"doc": ["a", "b"], "region": ["r0", "r1"], "genre": ["plan", "news"]})
    gate = compare.gate(case, pd.DataFrame({"doc": ["a"], "text": ["医改。"]}))
    table = compare.document_intervals(compare.keyness(tokens, region), tokens, region, gate)
    assert table[["low_documents", "high_documents"]].isna().all().all()
