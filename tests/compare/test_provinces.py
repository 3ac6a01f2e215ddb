"""The gate on whole corpora of provinces: a sound one is allowed and its findings printed, others are refused by name."""

import random

import pandas as pd
import pytest

from yigai import compare

PROVINCES = [f"province{n:02}" for n in range(31)]
COMMON = ["医院", "患者", "卫生", "服务", "机构", "建设", "改革", "完善", "健康", "管理", "体系", "保障", "基层", "能力", "制度", "工作", "推进", "落实", "水平", "质量"]
OWN = ["医共体", "按病种付费", "双向转诊", "家庭医生", "远程医疗", "中医药"]


def corpus(provinces, *, each, genre=lambda number: "plan", year=lambda number: "2024"):
    """Documents and sentences: each province has a word of its own, said twice in ten words."""
    draw = random.Random(1)
    documents, sentences = [], []
    for number, province in enumerate(provinces):
        for copy in range(each):
            doc = f"{province}_{copy}"
            documents.append((doc, province, genre(number), "province", year(number), 2000))
            for at in range(20):
                said = [draw.choice(COMMON) for _ in range(8)] + [OWN[number % len(OWN)]] * 2
                sentences.append((doc, at, at, "body", "，".join(draw.sample(said, len(said)))))
    return (
        pd.DataFrame(documents, columns=["doc", "region", "genre", "level", "year", "chars_clean"]),
        pd.DataFrame(sentences, columns=["doc", "passage", "sentence", "kind", "text"]),
    )


def findings(documents, sentences):
    """The gate, and the typical words with what the gate leaves of their intervals."""
    gate = compare.gate(documents, sentences)
    units = compare.units(documents, gate)
    table = compare.keyness(compare.words(sentences), units)
    return gate, compare.top(compare.withhold(table, gate, "keyness interval"), 1)


def refused(gate):
    return set(gate.loc[gate["severity"] == "refuse", "check"])


def test_a_sound_corpus_of_31_provinces_gives_regional_findings_with_intervals():
    gate, typical = findings(*corpus(PROVINCES, each=3))
    assert refused(gate) == set()
    assert compare.allows(gate, "regional finding", region="province00")
    assert compare.verdict(gate) == "regions may be compared, with intervals"
    assert typical["region"].tolist() == PROVINCES
    assert typical["term"].tolist() == [OWN[n % len(OWN)] for n in range(31)]
    assert (typical["low"] > 0).all() and (typical["q"] < 0.05).all() and not typical["one_document"].any()


def test_shares_of_31_provinces_carry_intervals():
    documents, sentences = corpus(PROVINCES, each=3)
    marked = sentences[["doc", "sentence"]].rename(columns={"sentence": "item"})
    marked = marked.assign(label=["GOV" if item < 5 + hash_free(doc) else "PAY" for doc, item in marked.to_numpy()])
    profile = compare.profiles(marked, documents, compare.gate(documents, sentences), resamples=100)
    regions = profile[profile["unit"] == "region"]
    assert len(regions) == 62 and regions["low"].notna().all()
    assert ((regions["low"] <= regions["share"]) & (regions["share"] <= regions["high"])).all()


def hash_free(doc):
    """A small number from the name of a document, the same in every process."""
    return sum(map(ord, doc)) % 7


def test_provinces_of_one_document_stand_side_by_side_without_intervals():
    gate, typical = findings(*corpus(PROVINCES, each=1))
    alone = {f"region: {name}" for name in PROVINCES}
    statements = {f"statement: {name}" for name in
                  ("share interval", "keyness interval", "similarity interval", "regional finding")}  # fmt: skip
    assert refused(gate) == {"documents per region", *alone, *statements}
    assert compare.unit(gate) == "region"
    assert typical["low"].isna().all() and typical["q"].isna().all()


def test_one_single_document_among_sound_provinces_is_refused_alone():
    documents, sentences = corpus(PROVINCES, each=3)
    fewer = documents[~documents["doc"].isin(["province07_1", "province07_2"])]
    gate, typical = findings(fewer, sentences[sentences["doc"].isin(fewer["doc"])])
    assert refused(gate) == {"region: province07"}
    assert not compare.allows(gate, "regional finding", region="province07")
    assert typical.set_index("region")["low"].isna().loc[lambda empty: empty].index.tolist() == ["province07"]


@pytest.mark.parametrize(
    ("other", "check"),
    [
        ({"genre": lambda number: ("plan", "report", "reply", "news")[number % 4]}, "region × genre"),
        ({"genre": lambda number: f"genre {number}"}, "region × genre"),
        ({"year": lambda number: str(1990 + number)}, "region × year"),
    ],
    ids=["four genres, one a province", "every province its own genre", "every province its own year"],
)
def test_where_region_is_another_name_for_genre_or_year_only_cases_are_compared(other, check):
    documents, sentences = corpus(PROVINCES, each=3, **other)
    gate, typical = findings(documents, sentences)
    assert check in refused(gate)
    assert compare.verdict(gate) == "cases are compared, not provinces"
    assert set(typical["region"]).isdisjoint(PROVINCES) and typical["low"].isna().all()
