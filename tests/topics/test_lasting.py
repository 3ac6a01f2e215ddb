"""Topics keep their ids while a corpus grows, change their number only by being new, and never take a lost one's."""

import pandas as pd
import pytest

from yigai import topics
from yigai.topics.lasting import alike_words, matched, overlap


def tables(placed, terms):
    """A run in miniature: `placed` is passage text → topic, `terms` topic → words."""
    rows = [("d", n, n, "", "body", text, 0, len(text)) for n, text in enumerate(placed)]
    names = ["doc", "passage", "sentence", "heading_path", "kind", "text", "start", "end"]
    return {
        "sentences": pd.DataFrame(rows, columns=names),
        "passage_topics": pd.DataFrame(
            {"doc": "d", "passage": range(len(placed)), "topic": list(placed.values()), "similarity": 1.0}
        ),
        "topics": pd.DataFrame({"topic": list(terms), "terms": list(terms.values())}),
    }


BEFORE = tables({"医保支付": 0, "按病种付费": 0, "双向转诊": 3, "家庭医生": 3}, {0: "医保;支付", 3: "转诊;签约"})


@pytest.mark.parametrize(
    ("after", "ids"),
    [
        (BEFORE, [0, 3]),
        (tables({"双向转诊": 0, "家庭医生": 0, "医保支付": 1, "按病种付费": 1}, {0: "a", 1: "b"}), [3, 0]),
        (tables({"双向转诊": 0, "家庭医生": 0, "远程医疗": 1, "互联网诊疗": 1}, {0: "a", 1: "b"}), [3, 7]),
        (tables({"新的一段": 0, "又一段": 0}, {0: "支付;医保"}), [0]),
        (tables({"新的一段": 0, "又一段": 0}, {0: "药品;采购"}), [7]),
        (tables({"医保支付": 0, "按病种付费": 1, "双向转诊": 2, "家庭医生": 2}, {0: "a", 1: "b", 2: "c"}), [0, 7, 3]),
    ],
    ids=["nothing changed", "sizes swapped", "one lost, one new", "all pages new, same words",
         "all pages new, other words", "one split in two"],
)  # fmt: skip
def test_a_topic_that_goes_on_keeps_its_id(after, ids):
    assert topics.lasting(BEFORE, after, unused=7) == ids


def test_new_pages_do_not_weaken_the_match_of_the_old_ones():
    grown = {"医保支付": 0, "按病种付费": 0, "双向转诊": 1} | {f"新段{n}": 0 for n in range(50)}
    assert topics.lasting(BEFORE, tables(grown, {0: "a", 1: "b"}), unused=7) == [0, 3]


def test_a_topic_of_which_a_third_stays_is_another():
    third = tables({"医保支付": 0, "双向转诊": 0, "家庭医生": 1}, {0: "a", 1: "b"})
    assert overlap({"医保支付": 0}, {"医保支付": 0, "新": 1}, [0], [0, 1]).tolist() == [[1.0, 0.0]]
    assert 0 in topics.lasting(BEFORE, third, unused=7)
    assert matched([4], alike_words(["a;b;c;d"], ["d;e;f;g"])) == {}


def test_ids_given_to_a_model_are_those_of_its_tables(planted):
    texts, _ = planted(3, texts=60)
    model = topics.cluster(texts, 3)
    found = pd.DataFrame({"doc": [str(n) for n in range(60)], "passage": 0, "text": texts})
    named = topics.renamed(model, [4, 0, 9])
    assert topics.table(named)["topic"].tolist() == [4, 0, 9]
    assert topics.table(named).drop(columns="topic").equals(topics.table(model).drop(columns="topic"))
    ids = topics.passage_topics(model, found)["topic"].map({0: 4, 1: 0, 2: 9, -1: -1})
    assert topics.passage_topics(named, found)["topic"].tolist() == ids.tolist()


@pytest.mark.parametrize("ids", [[1, 2], [1, 1, 2], [-1, 0, 1]], ids=["too few", "twice", "negative"])
def test_ids_that_do_not_fit_are_refused(ids, planted):
    texts, _ = planted(3, texts=60)
    with pytest.raises(topics.BadTopics, match="topic_ids"):
        topics.renamed(topics.cluster(texts, 3), ids)
