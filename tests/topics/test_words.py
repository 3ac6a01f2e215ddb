"""words: the lexicon stands whole, jieba and its fast twin agree, stop words say why."""

import math
import os
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yigai import topics
from yigai.topics import vectors, words

CARRIERS = ("{}", "推进{}建设", "完善{}制度，", "我市{}的做法", "对{}进行考核", "以{}为重点", "在{}方面", "和{}等")
# what jieba's own dictionary cuts to pieces
REFORM = ["医共体", "医联体", "分级诊疗", "双向转诊", "家庭医生", "基层首诊", "急慢分治", "上下联动", "三医联动", "六统一", "大病不出县", "县域医共体", "紧密型", "专科联盟", "医养结合", "带量采购", "两票制", "按病种付费", "总额预算", "结余留用", "超支不补", "长期护理保险", "远程会诊", "互联互通", "全科医生", "乡镇卫生院", "村卫生室", "社区卫生服务中心", "县管乡用", "健康档案"]


def test_every_term_stands_whole_alone_and_in_context():
    broken = [
        (term, carrier) for term in words.lexicon() for carrier in CARRIERS
        if term not in words.segment(carrier.format(term))
    ]  # fmt: skip
    assert broken == []


@pytest.mark.parametrize("term", REFORM)
def test_reform_terms_are_tokens(term):
    assert topics.tokens(f"我省推进{term}工作，成效明显。").count(term) == 1


NEIGHBOURS = {
    "a term does not swallow its neighbour": ("加强中医院建设", "中医院"),
    "以上 is not torn": ("三级以上转为常态", "以上"),
    "a longer term wins": ("建设紧密型县域医共体", "紧密型县域医共体"),
    "other words stay": ("国家税务总局发布公告", "国家税务总局"),
}


@pytest.mark.parametrize(("text", "token"), NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_neighbours_are_spared(text, token):
    assert token in words.segment(text)


REAL = {
    "numbers and dates": "2024年3月29日，投资1.6亿元，占68.23%，比2023-10-26多12,345.60元。",
    "addresses and marks": "见http://www.a-b.gov.cn/x_1?y=2&z=3%20，邮箱a.b@c.cn，电话0839-2398127。",
    "Latin words": "开展MDT、DRG/DIP付费，5G+远程医疗，P2+实验室，C++，B超，T恤，卡拉OK。",
    "lexicon terms with signs": "发展互联网+医疗健康，互联网+护理服务，“互联网+家庭医生”。",
    "full-width signs": "２０２４年ＡＢＣ，100％。",
    "white space": "标题\r\n\t 正文\n\n　　段落",
    "rare characters": "㐀𠀀镇卫生院，龦村，.𠀀",
    "half a surrogate pair": "推进\ud800医共体建设\udfff，PCR",
    "a near tie": "大连石化（西中岛）炼化一体化",
}  # fmt: skip


@pytest.mark.parametrize("text", REAL.values(), ids=REAL)
def test_fast_tokens_are_jiebas(text):
    assert words.segment(text) == words.reference(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("医共体改革分级诊疗，。 \n3.5%+-#&_aB卫生院的"), max_size=24))
@example("生生生生医")
def test_tokens_give_the_text_back(text):
    fast, slow = words.segment(text), words.reference(text)
    assert "".join(fast) == "".join(slow) == text
    assert fast == slow or likelihood(fast) == pytest.approx(likelihood(slow), abs=1e-9, rel=0)


def likelihood(tokens):
    """How likely jieba's model of unknown words finds a cut: log probabilities of its states, added up."""
    from jieba.finalseg import MIN_FLOAT, emit_P, trans_P

    states = "".join("S" if len(token) == 1 else f"B{'M' * (len(token) - 2)}E" for token in tokens)
    follows = (trans_P[state].get(after, MIN_FLOAT) for state, after in pairwise(states))
    shows = (emit_P[state].get(sign, MIN_FLOAT) for state, sign in zip(states, "".join(tokens), strict=True))
    return math.fsum([*follows, *shows])


def test_another_cut_is_no_tie():
    assert likelihood(["生生生", "生医"]) == pytest.approx(likelihood(["生生", "生生医"]), abs=1e-9, rel=0)
    assert likelihood(["双向", "转诊"]) != pytest.approx(likelihood(["双", "向转诊"]), abs=1e-3, rel=0)


def test_the_dictionary_total_is_the_one_of_jieba():
    import jieba

    tokenizer = jieba.Tokenizer()
    known = tokenizer.gen_pfdict(tokenizer.get_dict_file())[0]
    excess = int((words._DATA / "jieba_total_excess.txt").read_text())
    assert excess == sum(known.get(term, 0) for term in words.lexicon())


def test_stop_words_say_why_and_are_no_terms():
    assert all(words.stop_words().values())
    assert not words.stop_words().keys() & words.lexicon().keys()
    assert len(words.lexicon()) >= 400


def test_tokens_are_content():
    assert topics.tokens("我县于2021年安排7346.47万元，用于PCR实验室等第三批项目。") == ["PCR", "实验室"]
    assert topics.tokens("") == []


RUNS = ("PCR+DRG占3.5%-4.2%，5G+医疗", "IPv6、CT/MRI与X-ray检查", "DRG，DRG。C++、e-mail: a@b.c", "㐀医PCR", "\ud800医共体\udc00PCR", "", "2024-02-29 T+0 1a a_b-c.d+e%f&g#h")


def test_numbered_words_are_the_tokens():
    index = words.Index()
    for text in RUNS * 2:
        assert [index.words()[i] for i in index.ids(text)] == words.tokens(text)
        assert words.tokens(text) == [token for token in words.reference(text) if words.is_content(token)]


@pytest.mark.parametrize("workers", [2, 3, 9])
def test_counts_do_not_depend_on_the_number_of_processes(workers):
    texts = [*RUNS, "推进紧密型县域医共体建设", "完善分级诊疗制度，PCR"]
    alone, shared = vectors.count(texts), vectors.count(texts, workers=workers)
    assert shared.words == alone.words
    assert (shared.counts != alone.counts).nnz == 0


def test_a_killed_process_loses_nothing(monkeypatch):
    monkeypatch.setattr(vectors, "_report", lambda to, share: os._exit(9))
    monkeypatch.setattr(vectors, "_may_fork", lambda: sys.platform == "linux")
    texts = ["推进紧密型县域医共体建设", "完善分级诊疗制度"]
    assert vectors.count(texts, workers=2).words == vectors.count(texts).words


def test_no_texts_no_processes():
    assert vectors.count([], workers=4).words == ()
