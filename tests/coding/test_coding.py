"""What fires and what must not: cases as data, a negative for each positive."""

from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yigai import coding
from yigai.coding.scan import even, scan

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case):
    row = coding.code([case["text"]]).loc[0]
    fired = {*row["dimensions"].split(";"), *row["instruments"].split(";")}
    assert set(case.get("has", ())) <= fired, row["cues"]
    assert not set(case.get("lacks", ())) & fired, row["cues"]
    if "status" in case:
        assert row["status"] == case["status"], row["cues"]


def test_one_row_a_text_in_order():
    texts = ["推进分级诊疗。", "", "培训村医。"]
    coded = coding.code(texts)
    assert coded["text"].tolist() == texts
    assert list(coded.columns) == ["text", "dimensions", "instruments", "status", "hedge", "cues"]
    assert coded.loc[1, "dimensions"] == ""


def test_no_texts_give_an_empty_table():
    assert coding.code([]).shape == (0, 6)


def test_hedges_are_a_field_of_their_own():
    assert coding.code(["鼓励探索医保打包付费，力争实现全覆盖。"]).loc[0, "hedge"] == "鼓励;探索;力争"
    assert coding.code(["实行医保打包付费。"]).loc[0, "hedge"] == ""


@pytest.mark.parametrize("text", ["形成可复制的经验。", "建立可持续的机制。", "群众在家门口就可以看病。", "形成有序就医格局。"])
def test_words_that_only_look_like_hedges_are_none(text):
    assert coding.code([text]).loc[0, "hedge"] == ""


def test_a_named_actor_names_itself_as_the_cue_of_achieved():
    cues = coding.code(["资兴市组建专班。"]).loc[0, "cues"]
    assert "achieved:#actor ~14 <order>|<act>@0-5" in cues.split(";")


def test_every_fired_code_names_its_cue():
    row = coding.code(["建设5个临床重点专科，到位资金17亿元，培训全科医生。"]).loc[0]
    named = {cue.split(":")[0] for cue in row["cues"].split(";")}
    assert {*row["dimensions"].split(";"), *row["instruments"].split(";"), row["status"]} <= named | {"plan"}


def test_cue_offsets_point_into_the_text():
    text = "推进 紧密型县域医共体建设,完善双向转诊制度"
    for hit in scan(text):
        assert 0 <= hit.start <= hit.end <= len(text)
        if " ~" not in hit.cue and not hit.cue.startswith("#"):
            assert even(text)[hit.start : hit.end] == hit.cue


@pytest.fixture
def sentences():
    rows = [
        ("a", 1, "heading", "推进分级诊疗制度建设"),
        ("a", 2, "body", "完善双向转诊制度。"),
        ("a", 3, "duty", "责任单位：市医保局、市财政局"),
        ("a", 4, "body", "天气晴朗。"),
    ]
    return pd.DataFrame(rows, columns=["doc", "sentence", "kind", "text"])


def test_headings_fire_dimensions_never_instruments(sentences):
    codes = coding.table(sentences).set_index("sentence")
    assert codes.loc[1, "dimensions"] == "REF" and codes.loc[1, "instruments"] == ""
    assert codes.loc[2, "instruments"] == "ER"


def test_responsibility_lines_are_never_coded(sentences):
    codes = coding.table(sentences).set_index("sentence")
    assert codes.loc[3, ["dimensions", "instruments", "status"]].tolist() == ["", "", ""]


def test_uncoded_lists_silent_body_sentences_only(sentences):
    assert coding.uncoded(sentences, coding.table(sentences))["sentence"].tolist() == [4]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="医院建设到2025年，。《》“”（）已了培训药品-1.%元\n 您提出的达到以上", max_size=80))
def test_any_text_is_coded_without_error(text):
    row = coding.code([text]).loc[0]
    assert row["status"] in {status.key for status in coding.codebook().statuses}
    for hit in scan(text):
        assert 0 <= hit.start <= hit.end <= len(text)


@given(st.text(max_size=60))
def test_evening_keeps_every_offset(text):
    assert len(even(text)) == len(text)


GOAL = "到2025年，县域医共体建设取得突破，群众满意度达到90%。"


@pytest.mark.parametrize(
    ("second", "passages", "status"),
    [
        ("医疗服务能力明显增强，资源配置均衡性逐步提高。", [1, 1], "target"),
        ("医疗服务能力明显增强，资源配置均衡性逐步提高。", [1, 2], "achieved"),
        ("目前已建成5个区域医疗中心。", [1, 1], "achieved"),
        ("各县应当制定实施细则。", [1, 1], "rule"),
        ("强化人才队伍建设。", [1, 1], "plan"),
    ],
)
def test_a_goal_goes_on_in_its_paragraph_until_something_is_reported_or_ruled(second, passages, status):
    rows = [("a", number, passage, "body", text) for number, (passage, text) in enumerate(zip(passages, (GOAL, second), strict=True))]
    sentences = pd.DataFrame(rows, columns=["doc", "sentence", "passage", "kind", "text"])
    assert coding.table(sentences)["status"].tolist() == ["target", status]


def test_half_a_surrogate_pair_is_a_question_mark_of_the_same_length():
    coded = coding.code(["培训\ud800乡村医生200名。"])
    assert coded.loc[0, "text"] == "培训?乡村医生200名。"
    assert coded.loc[0, "dimensions"] == "HRH"


@pytest.mark.parametrize("texts", ["推进分级诊疗。", [None], ["培训村医。", 3]], ids=["bare_text", "nothing", "number"])
def test_what_is_no_list_of_texts_is_refused(texts):
    with pytest.raises(TypeError):
        coding.code(texts)
