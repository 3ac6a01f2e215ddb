"""tables: contract columns, quotes, agreement, alignment of a growing corpus."""

import pandas as pd
import pytest

from yigai import topics

PAY = ["医保支付改革，按病种付费，医保基金结余。", "按病种付费试点，医保支付。", "医保支付方式，医保基金。"]
REFER = ["家庭医生签约，双向转诊。", "双向转诊，家庭医生团队，基层首诊。", "基层首诊，双向转诊，家庭医生。"]
INFO = ["远程会诊，电子病历，信息平台。", "信息平台，远程会诊。", "电子病历，远程会诊，信息平台。", "电子病历，信息平台。"]


@pytest.fixture(scope="module")
def sentences():
    texts = [*PAY, *REFER]
    return pd.DataFrame({
        "doc": ["a", "b", "a", "b", "a", "b"], "passage": [2, 2, 3, 3, 4, 4], "sentence": [2, 2, 3, 3, 4, 4],
        "heading_path": "", "kind": "body", "text": texts, "start": [9, 9, 40, 40, 70, 70],
        "end": [9 + len(texts[0]), 9 + len(texts[1]), 40 + len(texts[2]), 40 + len(texts[3]),
                70 + len(texts[4]), 70 + len(texts[5])],
    })  # fmt: skip


def test_contract_columns(sentences):
    model, found = topics.of_sentences(sentences, 2)
    table = topics.table(model)
    assert list(table.columns)[:7] == ["topic", "size", "label", "terms", "stability", "documents", "verdict"]
    assert table["size"].sum() == 6
    assert table["documents"].tolist() == [2, 2]
    placed = topics.passage_topics(model, found)
    assert list(placed.columns) == ["doc", "passage", "topic", "similarity"]
    assert topics.by_document(model, found["doc"]).to_numpy().sum() == 6


def test_headings_and_duties_are_not_read(sentences):
    more = pd.concat([sentences, sentences.assign(kind="duty", passage=9)])
    assert len(topics.of_sentences(more, 2)[1]) == 6


def test_flagged_spans_of_the_clean_text_stay_out(sentences):
    flagged = pd.DataFrame({"doc": ["a"], "start": [9], "end": [13]})
    model, _ = topics.of_sentences(sentences, 2, flagged=flagged)
    kept, _ = topics.of_sentences(sentences, 2)
    assert len(kept.labels) == len(model.labels)


def test_quotes_are_the_nearest_passages(sentences):
    model, found = topics.of_sentences(sentences, 2)
    quoted = topics.quotes(model, found, size=1)
    assert quoted["rank"].tolist() == [1, 1]
    assert set(quoted["text"]) <= set(found["text"])


def test_concordance_finds_every_occurrence(sentences):
    rows = topics.concordance("双向转诊", sentences)
    assert rows["doc"].tolist() == ["b", "a", "b"]
    assert (rows["left"] + rows["term"] + rows["right"]).iloc[0] == REFER[0]
    assert topics.concordance("没有", sentences).empty


def test_dimensions_agree_or_not(sentences):
    model, found = topics.of_sentences(sentences, 2)
    codes = pd.DataFrame({"doc": sentences["doc"], "sentence": sentences["sentence"],
                          "dimensions": ["PAY", "PAY;ORG", "PAY", "REF", "REF", ""]})  # fmt: skip
    main = topics.main_dimensions(found, sentences, codes)
    scores = topics.agreement(model, main)
    assert scores["texts"] == 5
    assert topics.agreement(model, [""] * 6)["texts"] == 0


def test_topic_ids_survive_a_growing_corpus():
    old = topics.cluster([*PAY, *REFER], 2)
    new = topics.align(old, topics.cluster([*INFO, *PAY, *REFER], 3))
    by_term = {term: i for i, words in zip(new.ids, new.terms, strict=True) for term in words}
    before = {term: i for i, words in zip(old.ids, old.terms, strict=True) for term in words}
    assert by_term["双向转诊"] == before["双向转诊"]
    assert by_term["医保支付"] == before["医保支付"]
    assert by_term["远程会诊"] == 2
    assert topics.difference(old, new)["status"].tolist() == ["kept", "kept", "new"]
    assert topics.difference(new, old)["status"].tolist() == ["kept", "kept", "gone"]
