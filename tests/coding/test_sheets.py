"""Sheets are generated from the codebook and the scores, and say when nothing was measured."""

import pandas as pd
import pytest

from yigai import coding


@pytest.fixture
def reference():
    rows = [("ORG;REF", "SA", "plan"), ("ORG", "", "achieved")]
    return pd.DataFrame(rows, columns=["dimensions", "instruments", "status"])


def test_score_counts_hits_sentence_by_sentence(reference):
    coded = reference.assign(dimensions=["ORG", "REF"], status=["plan", "plan"])
    scores = coding.score(reference, coded).set_index(["field", "code"])
    assert scores.loc[("dimensions", "all"), ["n", "coded", "hits"]].tolist() == [3, 2, 1]
    assert scores.loc[("dimensions", "REF"), "hits"] == 0
    assert scores.loc[("status", "all"), "f1"] == 0.5


def test_score_refuses_frames_of_different_length(reference):
    with pytest.raises(ValueError, match="2 reference sentences, 1 coded"):
        coding.score(reference, reference.head(1))


def test_a_page_for_every_dimension_and_family(reference):
    scores = coding.score(reference, reference).assign(set="two sentences")
    pages = coding.sheets(scores)
    assert len(pages) == 14 + 3 + 1 + 1
    assert "| two sentences | 2 | 2 | 1.00 | 1.00 | 1.00 |" in pages["dimension_ORG.md"]
    assert "Not measured" in pages["dimension_TCM.md"]
    for word in ("**Definition.**", "**定义.**", "**Include.**", "**Exclude.**", "**Known errors.**", "**Source.**"):
        assert word in pages["dimension_BEN.md"]


def test_agreement_of_two_readers_stands_beside_the_scores(reference):
    units = reference.assign(unit=["1", "2"])
    agreed = coding.agreement(units, units.assign(dimensions=["ORG", "ORG"]))
    pages = coding.sheets(coding.score(reference, reference).assign(set="two"), agreed=agreed)
    assert "| 2 | 1 | 0 | 0 | 0.00 | 0.00 |" in pages["dimension_REF.md"]
    assert "No human has coded them" in pages["index.md"]
    assert "No human" not in coding.sheets(coding.score(reference, reference).assign(set="two"))["index.md"]


def test_the_chinese_edition_has_the_same_pages_in_chinese(reference):
    scores = coding.score(reference, reference).assign(set="two sentences", set_zh="两句")
    agreed = coding.agreement(reference.assign(unit=["1", "2"]), reference.assign(unit=["1", "2"]))
    english, chinese = (coding.sheets(scores, agreed=agreed, lang=lang) for lang in ("en", "zh"))
    assert [name.removesuffix(".zh.md") for name in chinese] == [name.removesuffix(".md") for name in english]
    page = chinese["dimension_ORG.zh.md"]
    assert page.startswith("# ORG 组织整合形式\n") and "| 两句 | 2 | 2 | 1.00 | 1.00 | 1.00 |" in page
    for word in ("**定义。**", "**包括。**", "**不包括。**", "**已知错误。**", "**来源。**"):
        assert word in chinese["dimension_BEN.zh.md"]
    for name, text in chinese.items():
        assert not any(word in text for word in ("Definition", "Include", "Measured", "two sentences", "Strong")), name
