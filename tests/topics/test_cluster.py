"""cluster: finds what is planted, refuses what is shuffled, moves with nothing but the texts."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from yigai import topics
from yigai.topics import panel, resample, vectors
from yigai.topics.partition import canonical

_spec = importlib.util.spec_from_file_location("corpora", Path(__file__).parent / "conftest.py")
corpora = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(corpora)

PAY = ["医保支付改革，按病种付费，医保基金结余", "按病种付费试点，医保支付", "医保支付方式，医保基金"]
REFER = ["家庭医生签约，双向转诊", "双向转诊，家庭医生团队，基层首诊", "基层首诊，双向转诊，家庭医生"]


@pytest.mark.parametrize("k", [3, 6])
def test_planted_topics_come_back(planted, k):
    texts, truth = planted(k, seed=k)
    found = topics.cluster(texts)
    assert found.n_topics == k
    assert adjusted_rand_score(truth, found.labels) > 0.95
    assert set(found.verdicts) == {"stable"}
    assert found.panel.loc[found.panel["chosen"], "topics"].tolist() == [k]


def test_a_shuffled_corpus_is_refused(planted):
    texts, _ = planted(4, seed=1)
    found = topics.cluster(corpora.shuffle(texts))
    assert found.verdict.startswith("no stable number of topics")
    assert found.n_topics == 1
    assert set(found.labels) == {0}


def test_shuffled_texts_of_unlike_length_are_refused():
    random = np.random.default_rng(0)
    terms = sorted(t for t in topics.lexicon() if t.isalpha())[:300]
    texts = ["，".join(random.choice(terms, random.integers(5, 300))) for _ in range(80)]
    assert topics.cluster(texts).verdict.startswith("no stable number of topics")


def test_labels_depend_on_the_texts_alone(planted):
    texts, _ = planted(4, texts=60, seed=2)
    whole = topics.cluster(texts, 4)
    assert topics.cluster(texts, 4, random_state=7).labels.tolist() == whole.labels.tolist()
    order = np.random.default_rng(0).permutation(len(texts))
    turned = topics.cluster([texts[i] for i in order], 4)
    assert adjusted_rand_score(whole.labels[order], turned.labels) == 1.0


def test_topics_are_numbered_by_size():
    found = topics.cluster([*PAY, *REFER, "医保支付，按病种付费"], 2)
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 1, 0]
    assert found.sizes == (4, 3)
    assert "按病种付费" in found.terms[0]
    assert canonical(np.array([2, 2, 0, 0])).tolist() == [0, 0, 1, 1]


def test_a_text_without_shared_words_has_no_topic():
    found = topics.cluster([*PAY, *REFER, "2024年。", ""], 2)
    assert found.labels.tolist()[-2:] == [-1, -1]
    assert found.similarity.tolist()[-2:] == [0.0, 0.0]


BAD = {
    "more topics than texts": ([*PAY], 9, "9 topics asked of 3 texts"),
    "no texts": ([], None, "no texts"),
    "a negative number": ([*PAY], -1, "positive number"),
}


@pytest.mark.parametrize(("texts", "k", "message"), BAD.values(), ids=BAD)
def test_impossible_requests_name_the_remedy(texts, k, message):
    with pytest.raises(topics.BadTopics, match=message):
        topics.cluster(texts, k)


EDGES = {"one text": [PAY[0]], "equal texts": [PAY[0]] * 12, "two texts": PAY[:2], "no words": ["。", "1"]}


@pytest.mark.parametrize("texts", EDGES.values(), ids=EDGES)
def test_tiny_corpora_get_an_answer(texts):
    found = topics.cluster(texts)
    assert len(found.labels) == len(texts)
    assert found.verdict.startswith("no stable number of topics")


def test_a_topic_of_one_document_says_so(planted):
    texts, truth = planted(3, texts=60, seed=3)
    documents = ["a" if topic == 0 else f"d{n % 9}" for n, topic in enumerate(truth)]
    found = topics.cluster(texts, 3, documents=documents)
    lone = int(np.bincount(found.labels[truth == 0]).argmax())
    assert found.verdicts[lone] == "one document"
    assert found.documents[lone] == 1


def test_flagged_spans_stay_out():
    texts = [f"某某专区{n}，{text}" for n, text in enumerate(PAY + REFER)]
    found = topics.cluster(texts, 2, exclude=[[(0, 4)]] * len(texts))
    assert all("专区" not in word for words in found.terms for word in words)


def test_tfidf_is_scikit_learns():
    from sklearn.feature_extraction.text import TfidfVectorizer

    lists = [topics.tokens(text) for text in PAY + REFER]
    theirs = TfidfVectorizer(analyzer=lambda tokens: tokens, sublinear_tf=True).fit(lists)
    ours = vectors.of_tokens(lists)
    assert list(ours.words) == sorted(theirs.vocabulary_)
    assert np.allclose(vectors.tfidf(ours).toarray(), theirs.transform(lists).toarray())


def test_jaccard_is_one_for_a_topic_that_comes_back():
    assert resample.jaccards(np.array([0, 0, 1, 1]), np.array([3, 3, 8, 8]), 2).tolist() == [1.0, 1.0]
    assert np.isnan(resample.jaccards(np.array([0, 0]), np.array([1, 1]), 2)[1])


def test_the_plateau_prefers_more_returning_topics():
    def standing(*jaccard):
        return resample.Standing(np.array(jaccard), 1.0, 10)

    assert panel.choose({2: standing(1, 1), 3: standing(1, 1, 0.97), 4: standing(1, 1, 0.5, 0.5)}) == 3
    assert panel.choose({5: standing(1, 1, 1, 1, 1), 6: standing(1, 1, 1, 1, 1, 0.85)}) == 5
    assert panel.choose({2: standing(0.6, 0.6)}) == 0
