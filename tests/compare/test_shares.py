"""Profiles weigh documents equally, and print intervals only where the gate allows them."""

import pandas as pd
import pytest

from yigai import compare

CODES = pd.DataFrame(
    {
        "doc": ["a", "a", "a", "b", "b"],
        "sentence": [1, 2, 3, 1, 2],
        "kind": ["body", "body", "heading", "body", "body"],
        "dimensions": ["ORG;REF", "ORG", "PAY", "PAY", ""],
        "instruments": ["SI", "", "", "DI", ""],
        "status": ["achieved", "plan", "plan", "target", ""],
        "cues": [
            "ORG:医共体建设@0-5;REF:双向转诊@6-10",
            "ORG:统一管理@0-4",
            "",
            "PAY:打包付费@0-4",
            "",
        ],
    }
)


def documents(*regions):
    return pd.DataFrame(
        {"doc": list("abcdef")[: len(regions)], "region": regions, "genre": "plan", "level": "county",
         "year": "2023", "chars_clean": 3000}
    )  # fmt: skip


def gated(table):
    return compare.gate(table, pd.DataFrame({"doc": table["doc"], "text": "推进医共体建设。"}))


CONFOUNDED = documents("hunan", "shanxi").assign(genre=["plan", "news"])


def test_a_share_is_coded_body_sentences_with_the_label_over_coded_body_sentences():
    table = compare.profiles(compare.marks(CODES), CONFOUNDED, gated(CONFOUNDED))
    share = table.set_index(["name", "label"])["share"]
    assert share["a", "ORG"] == 1.0
    assert share["a", "REF"] == 0.5
    assert share["b", "PAY"] == 1.0
    assert share["a", "PAY"] == 0.0  # the heading is not counted


def test_a_refused_gate_gives_cases_only_and_no_interval():
    table = compare.profiles(compare.marks(CODES), CONFOUNDED, gated(CONFOUNDED))
    assert set(table["unit"]) == {"case"}
    assert table[["low", "high"]].isna().all().all()


def sound():
    table = documents("hunan", "hunan", "hunan", "shanxi", "shanxi", "shanxi")
    sizes = dict(zip("abcdef", (2, 40, 3, 5, 4, 6), strict=True))
    rows = [
        (doc, number, "ORG" if number % (3 if doc in "abc" else 2) == 0 else "PAY")
        for doc, size in sizes.items()
        for number in range(size)
    ]
    return pd.DataFrame(rows, columns=["doc", "item", "label"]), table


def test_a_region_is_the_mean_of_its_documents_not_of_its_sentences():
    marked, table = sound()
    profile = compare.profiles(marked, table, gated(table)).set_index(["unit", "name", "label"])
    shares = [profile.loc[("case", doc, "ORG"), "share"] for doc in "abc"]
    assert profile.loc[("region", "hunan", "ORG"), "share"] == pytest.approx(
        sum(shares) / 3, abs=1e-6
    )


def test_intervals_hold_the_share_and_do_not_change_from_run_to_run():
    marked, table = sound()
    first, second = (compare.profiles(marked, table, gated(table)) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    regions = first[first["unit"] == "region"]
    assert (regions["low"] <= regions["share"]).all() and (
        regions["share"] <= regions["high"]
    ).all()


def test_crosstab_counts_sentences_and_marks_small_cells():
    table = compare.crosstab(CODES).set_index(["instrument", "dimension"])
    assert table.loc[("SI", "ORG"), "count"] == 1
    assert table.loc[("DI", "ORG"), "count"] == 0
    assert table["small"].all()


@pytest.mark.parametrize("view", compare.views())
def test_a_view_regroups_the_same_sentences(view):
    marked = compare.view_marks(CODES, view)
    assert set(zip(marked["doc"], marked["item"], strict=True)) == {("a", 1), ("a", 2), ("b", 1)}


def test_payment_is_financing_for_the_building_blocks_and_integration_is_leadership():
    marked = compare.view_marks(CODES, "who_building_blocks")
    assert sorted(marked.loc[marked["doc"] == "b", "label"]) == ["financing"]
    assert "leadership_governance" in set(marked.loc[marked["doc"] == "a", "label"])


def test_a_sub_code_counts_only_where_its_cue_fired():
    marked = compare.view_marks(CODES, "nhc_four_communities")
    assert "管理共同体" in set(marked.loc[marked["item"] == 2, "label"])  # 统一管理 is ORG.UNI
    assert "管理共同体" not in set(
        marked.loc[(marked["doc"] == "a") & (marked["item"] == 1), "label"]
    )


def test_an_unknown_view_names_the_known_ones():
    with pytest.raises(KeyError, match="hood_nato"):
        compare.view_marks(CODES, "nato")


def test_only_sentences_about_health_are_in_the_scope_of_health():
    sentences = pd.DataFrame(
        {"doc": ["a", "a", "a"], "sentence": [1, 2, 3],
         "text": ["推进分级诊疗。", "粮食总产量稳定。", "促进市场健康发展。"]}
    )  # fmt: skip
    assert compare.scope(sentences, "health")["sentence"].tolist() == [1]
    assert len(compare.scope(sentences, "all")) == 3
    with pytest.raises(KeyError, match="health"):
        compare.scope(sentences, "steel")


def test_words_are_kept_by_document_or_by_passage():
    sentences = pd.DataFrame(
        {"doc": ["a1", "a1", "b1"], "passage": [1, 2, 1], "kind": ["body", "body", "heading"],
         "text": ["推进医共体建设。", "落实双向转诊。", "医保支付"]}
    )  # fmt: skip
    assert compare.words(sentences) == {"a1": ["医共体", "双向转诊"]}
    assert list(compare.words(sentences, "passage")) == ["a1#1", "a1#2"]
