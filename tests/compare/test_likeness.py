"""Likeness, dendrogram and co-words equal what other libraries and plain counting give."""

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from yigai import compare

TEXTS = {
    "a": ["医共体", "医共体", "支付", "人才"],
    "b": ["医共体", "支付", "支付"],
    "c": ["养老", "康复"],
    "d": ["养老", "康复", "人才", "支付"],
}


def gate_of(regions, genres):
    documents = pd.DataFrame(
        {"doc": list(TEXTS), "region": regions, "genre": genres, "level": "county", "year": "2023",
         "chars_clean": 1000}
    )  # fmt: skip
    return compare.gate(documents, pd.DataFrame({"doc": ["a"], "text": ["推进医改。"]}))


REFUSED = gate_of(list("wxyz"), ["plan", "news", "reply", "report"])
ALLOWED = gate_of(["hunan", "shanxi"] * 2, ["plan"] * 4)
CASES = {doc: doc for doc in TEXTS}


def test_tf_idf_equals_scikit_learn():
    ours = compare.word_weights(TEXTS)
    theirs = TfidfVectorizer(analyzer=list).fit_transform(TEXTS.values())
    assert np.allclose(ours.matrix.toarray(), theirs.toarray(), atol=1e-12)


def test_pairs_are_closest_where_words_are_shared():
    pairs = compare.similarity(compare.word_weights(TEXTS), CASES, REFUSED).set_index(["a", "b"])
    assert pairs.loc[("a", "b"), "similarity"] > pairs.loc[("a", "d"), "similarity"] > 0
    assert pairs.loc[("b", "c"), "similarity"] == 0
    assert pairs.loc[("a", "b"), "shared"] == 2


def test_a_refused_gate_withholds_intervals():
    assert compare.similarity(compare.word_weights(TEXTS), CASES, REFUSED)["low"].isna().all()


def test_intervals_of_regions_hold_the_likeness():
    units = dict(zip(TEXTS, ["hunan", "shanxi"] * 2, strict=True))
    row = compare.similarity(compare.word_weights(TEXTS), units, ALLOWED).loc[0]
    assert row["low"] <= row["similarity"] <= row["high"]


def test_likeness_of_regions_is_the_mean_cosine_of_their_documents():
    units = dict(zip(TEXTS, ["hunan", "shanxi"] * 2, strict=True))
    weights = compare.word_weights(TEXTS)
    each = compare.cosine(weights.matrix)
    expected = np.mean([each[i, j] for i in (0, 2) for j in (1, 3)])
    seen = compare.similarity(weights, units, ALLOWED).loc[0, "similarity"]
    assert seen == pytest.approx(expected, abs=1e-6)


def test_ochiai_by_hand():
    present = pd.DataFrame({"甲": [1, 1, 0], "乙": [0, 1, 1], "丙": [0, 0, 0]})
    table = compare.ochiai(present)
    assert table.loc["甲", "乙"] == 0.5
    assert table.loc["甲", "丙"] == 0 and table.loc["甲", "甲"] == 1


def test_dendrogram_joins_the_closest_first_in_any_order():
    square = compare.square(compare.similarity(compare.word_weights(TEXTS), CASES, REFUSED))
    tree = compare.dendrogram(square)
    backwards = compare.dendrogram(square.iloc[::-1, ::-1])
    assert tree.leaves == backwards.leaves and np.array_equal(tree.merges, backwards.merges)
    first = {tree.labels[int(place)] for place in tree.merges[0, :2]}
    assert first in ({"a", "b"}, {"c", "d"})


@pytest.mark.parametrize("leaves", [(), ("a",)])
def test_fewer_than_two_rows_are_a_tree_without_merges(leaves):
    tree = compare.dendrogram(pd.DataFrame(np.eye(len(leaves)), index=leaves, columns=leaves))
    assert tree.leaves == leaves and tree.merges.shape == (0, 4)


def test_words_that_stand_in_one_passage_only_make_no_tree_and_no_network():
    present = compare.presence({"1": ["医保"], "2": ["支付"]})
    assert compare.dendrogram(compare.ochiai(present)).leaves == ()
    assert compare.cowords(present).empty


def test_cowords_count_units_with_both():
    present = compare.presence({"1": ["医保", "支付"], "2": ["医保", "支付"], "3": ["医保"]})
    edges = compare.cowords(present)
    assert edges[["a", "b", "together", "units_a", "units_b"]].to_numpy().tolist() == [
        ["医保", "支付", 2, 3, 2]
    ]
    assert compare.cowords(present, least=3).empty


PARENT = "关于推进医共体建设的意见\n二、各地要全面推进紧密型县域医共体建设，实行人财物统一管理。\n三、到2025年基本建成。"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("各地要全面推进紧密型县域医共体建设，实行人财物统一管理。", "shared"),
        ("我市要全面推进紧密型县域医共体建设，由市中医院和第二医院分别牵头。", "adapted"),
        ("市第一人民医院与省会三甲医院签订合作协议，专家每周坐诊。", "local"),
        ("基本建成。", "local"),
    ],
    ids=["copied", "copied half", "its own", "too short to tell"],
)
def test_template(text, verdict):
    own = pd.DataFrame(
        {"doc": ["a"], "passage": [1], "sentence": [1], "kind": ["body"], "text": [text]}
    )
    traced = compare.template(PARENT, own)
    assert traced.loc[0, "verdict"] == verdict
    assert (traced.loc[0, "parent_quote"] != "") == (verdict != "local")


def test_reuse_adds_up():
    own = pd.DataFrame(
        {"doc": ["a", "a"], "passage": [1, 2], "sentence": [1, 2], "kind": "body",
         "text": ["各地要全面推进紧密型县域医共体建设，实行人财物统一管理。", "专家每周到镇卫生院坐诊，群众很满意。"]}
    )  # fmt: skip
    row = compare.reuse(compare.template(PARENT, own)).loc[0]
    assert (row["shared"], row["adapted"], row["local"], row["sentences"]) == (1, 0, 1, 2)
    assert row["share_shared"] + row["share_local"] == pytest.approx(1, abs=1e-5)
