"""A synopsis: every line of the page, both languages, quotes that are pieces of the text, and silence said as silence."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from yigai import clean, coding, facts, passages
from yigai.facts import entries, labels, membership

SEEDS = Path(__file__).parents[2] / "seeds"

ALLIANCE = """甲县医疗联合体建设情况
2019年3月成立了甲县医疗联合体，建成以甲县人民医院为牵头医院的城东医联体（3家乡镇卫生院、2家民营医院为成员单位）和以甲县中医院为牵头医院的城西医联体（4家乡镇卫生院为成员单位）。
该县成立了县委书记任组长，县长任第一副组长的医改领导小组，群众反映良好，组建工作专班。
省卫健委和攀枝花、泸州、德阳3市人民政府签订战略合作协议。
实行医保基金总额预算、结余留用的打包付费。
对排名靠前的乡镇给予奖励，连续两年排名末位的退出试点。
工作分为三个阶段：一是动员部署阶段，在2020年3月前出台方案。
二是全面推进阶段，在2020年9月前完成组建。
2020年县级财政投入1200万元。
"""
BARE = "通知\n现将有关事项通知如下。\n"


def tables_of(**texts):
    made = [passages.table(doc, clean.text(text)) for doc, text in texts.items()]
    sentences = pd.concat(made, ignore_index=True)
    tables = {"sentences": sentences, "codes": coding.table(sentences), "indicators": facts.indicator_table(sentences)}
    for name in ("duties", "timeline", "programmes", "institutions", "checks"):
        tables[name] = getattr(facts, name)(sentences)
    return tables


@cache
def mini():
    return tables_of(a=ALLIANCE, b=BARE)


@cache
def seeds():
    return tables_of(**{page.name[:3]: page.read_bytes().decode("utf-8") for page in sorted(SEEDS.glob("*.txt"))})


def said(tables, doc, entry):
    page = facts.synopsis(tables, doc)
    return list(page.loc[page["entry"] == entry, "statement"])


EXPECTED = [
    ("leaders", "该县成立了县委书记任组长，县长任第一副组长的医改领导小组"),
    ("leaders", "组建工作专班"),
    ("members", "城东医联体: led by 甲县人民医院"),
    ("members", "城东医联体: members 3 乡镇卫生院, 2 民营医院 (5 in all)"),
    ("members", "added up over 2 networks: 7 乡镇卫生院, 2 民营医院 (9 in all)"),
    ("members", "3 市 (3 named): 攀枝花、泸州、德阳"),
    ("payment", "实行医保基金总额预算、结余留用的打包付费"),
    ("incentives", "对排名靠前的乡镇给予奖励，连续两年排名末位的退出试点"),
    ("phases", "动员部署阶段：在2020年3月前出台方案"),
    ("phases", "全面推进阶段：在2020年9月前完成组建"),
]


@pytest.mark.parametrize(("entry", "statement"), EXPECTED, ids=[f"{e}-{s[:12]}" for e, s in EXPECTED])
def test_the_page_of_an_invented_alliance(entry, statement):
    assert statement in said(mini(), "a", entry)


def test_synopses_of_several_documents_are_those_of_each():
    together = facts.synopses(mini(), ["b", "a"])
    each = [facts.synopsis(mini(), doc) for doc in ("b", "a")]
    pd.testing.assert_frame_equal(together, pd.concat(each, ignore_index=True))
    assert list(facts.synopses(mini(), []).dtypes) == list(together.dtypes)


def test_entries_stand_in_the_order_of_their_labels():
    page = facts.synopsis(mini(), "a")
    assert list(dict.fromkeys(page["entry"])) == list(labels.ENTRIES)
    assert list(dict.fromkeys(page["entry_zh"])) == [both.zh for both in labels.ENTRIES.values()]


def test_silence_is_no_cue_matched_and_never_absence():
    page = facts.synopsis(mini(), "b")
    assert set(page["statement"]) == {coding.NO_CUE}
    assert set(page["statement_zh"]) == {"未检出"}
    assert set(page["quote"]) == {""}


@pytest.mark.parametrize("doc", ["000", "001", "002", "003", "004"])
def test_every_quote_is_a_piece_of_the_clean_text(doc):
    sentences = seeds()["sentences"]
    texts = list(sentences.loc[sentences["doc"] == doc, "text"])
    page = facts.synopsis(seeds(), doc)
    quotes = set(page["quote"]) - {""}
    assert [quote for quote in sorted(quotes) if not any(quote in text for text in texts)] == []
    assert not (page["statement"] != coding.NO_CUE)[page["quote"] == ""].any()


# A scholar's reading of the five cases: what each page must at least say.
READINGS = [
    ("000", "slogans", "一网一平台四中心"), ("000", "members", "(17 in all)"), ("000", "members", "(11 in all)"), ("000", "members", "11 民营医院 (28 in all)"),
    ("001", "members", "12 市 (12 named)"), ("001", "slogans", "六个样板: 打造"), ("001", "incentives", "条件不行就退"), ("001", "incentives", "终止委市共建"),
    ("001", "leaders", "双组长制"), ("001", "calendar", "by 2024-06"),
    ("002", "indicators", "≥ 90% (2020)"), ("002", "phases", "巩固提升阶段"), ("002", "checks", "announced 4, found 3, differs"), ("002", "form", "六统一"),
    ("003", "leaders", "市长任组长"), ("003", "members", "3 公立医院"), ("003", "indicators", "68.23%"), ("003", "money", "7346.47 万元"), ("003", "tightness", "step 3 of 4"),
    ("004", "form", "1+2+N"), ("004", "calendar", "by 2027"), ("004", "calendar", "by 2035"), ("004", "duties", "市卫健委 leads"), ("004", "payment", "打包付费"),
]  # fmt: skip


@pytest.mark.parametrize(("doc", "entry", "words"), READINGS, ids=[f"{d}-{e}-{w[:8]}" for d, e, w in READINGS])
def test_the_reading_of_the_seeds(doc, entry, words):
    assert any(words in statement for statement in said(seeds(), doc, entry))


REPORT = "政府工作报告\n" + "".join(f"新建公路{n}公里，总投资{n}亿元。\n" for n in range(11, 45)) + "县域医共体建设投入财政资金3亿元。\n组建城乡教育共同体5个，给予奖励。\n"


def test_a_report_of_many_subjects_is_read_for_health_care_alone():
    tables = tables_of(r=REPORT)
    assert [one for one in said(tables, "r", "money") if "亿元" in one and " 3 亿元" not in one] == []
    assert any(" 3 亿元" in one for one in said(tables, "r", "money"))
    assert said(tables, "r", "incentives") == [coding.NO_CUE]


PHASES = [("第一阶段（2022年1月至3月）：制定方案。", "第一阶段（2022年1月至3月）：制定方案"), ("二是提升阶段，在6月前完成。", "提升阶段：在6月前完成")]


@pytest.mark.parametrize(("text", "phase"), PHASES)
def test_a_phase_keeps_its_time(text, phase):
    assert said(tables_of(p=f"方案\n{text}\n"), "p", "phases") == [phase]


NO_INCENTIVES = ["确需终止妊娠的，应当经批准。", "不合格药品区为红色。", "通过急救医院的岗前培训和考核。", "经考核合格后方可执业。"]


@pytest.mark.parametrize("text", NO_INCENTIVES)
def test_an_examination_of_persons_or_products_is_no_incentive(text):
    assert said(tables_of(p=f"条例\n{text}\n"), "p", "incentives") == [coding.NO_CUE]


NOT_PARTIES = ["加强儿科、产科、急诊3个专科建设", "涵盖检验、影像、心电、病理5个县级中心", "市卫健委、市财政局、市医保局3个部门"]


@pytest.mark.parametrize("text", NOT_PARTIES)
def test_a_list_of_other_things_is_no_list_of_places(text):
    assert list(membership.parties(text)) == []


NOT_PHASES = ["通过加大学历教育阶段紧缺专业招生", "新阶段卫生健康工作"]


@pytest.mark.parametrize("text", NOT_PHASES)
def test_a_stage_of_something_else_is_no_phase(text):
    assert not entries.PHASE.search(text)


def test_the_statement_of_a_case_in_chinese_has_no_english_words():
    page = facts.synopsis(mini(), "a")
    assert page["statement_zh"].str.contains(r"[A-Za-z]{3}").sum() == 0


CAREFUL = """乙市医疗改革情况
一是组建医联体成员单位间的协作网。
市卫健委组织甲医院与某新区管委会签署合作协议。
甲县开展医共体医保基金总额打包、结余留用试点。
工作分为两个阶段：一是巩固提升阶段，在2020年4月前，落实支持政策。
二是总结阶段，组织召开现场会。
"""


@cache
def careful():
    return tables_of(c=CAREFUL)


def test_names_stand_beside_the_count_that_counts_them():
    line = next(line for line in said(seeds(), "003", "members") if line.startswith("紧密型医共体: members"))
    assert line == "紧密型医共体: members 3 公立医院 (市第一人民医院, 市中医医院, 市第二人民医院), 4 基层医疗卫生机构 (among them 黄草镇中心卫生院) (7 in all)"


def test_a_statement_leaves_its_ordinal_to_the_quote():
    assert "组建医联体成员单位间的协作网" in said(careful(), "c", "form")


def test_an_administration_of_a_zone_leads_no_reform():
    assert not any("管委会" in line for line in said(careful(), "c", "leaders"))


def test_a_phase_says_what_is_done_after_its_time():
    assert said(careful(), "c", "phases") == ["巩固提升阶段：在2020年4月前，落实支持政策", "总结阶段：组织召开现场会"]


def test_a_purpose_is_told_with_what_was_done_for_it():
    page = tables_of(c="合作简讯\n此前，省卫健委与丙市开展三年深度合作，打造委市共建的样板。\n")
    assert "省卫健委与丙市开展三年深度合作，打造委市共建的样板" in said(page, "c", "form")


def test_a_step_that_only_a_pilot_reaches_says_so():
    assert any(line.startswith("step 4") and line.endswith("(a pilot)") for line in said(careful(), "c", "tightness"))
