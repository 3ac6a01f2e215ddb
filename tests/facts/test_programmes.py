"""Programmes, institutions, checks and the calendar on small texts."""

import pandas as pd
import pytest

from yigai import facts


def table(*texts, doc="d"):
    rows = [(doc, at, at, "", "body", text) for at, text in enumerate(texts)]
    return pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"])


def names(*texts):
    found = facts.programmes(table(*texts))
    return list(zip(found["name"], found["expanded"], strict=True))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("打造“1+2+N”的公立医院格局。", "1+2+N"),
        ("实行“一兼两管三统一”的管理模式。", "一兼两管三统一"),
        ("印发“大病不出村”两年行动计划。", "大病不出村"),
        ("深化委市共建机制。", "委市共建"),
        ("推进临床服务五大中心建设。", "五大中心"),
        ("形成“能者上、平者让、庸者下”的用人机制。", "能者上、平者让、庸者下"),
    ],
)
def test_a_programme_is_named(text, name):
    assert name in [found for found, _ in names(text)]


@pytest.mark.parametrize("text", ["他说：“我很满意。”", "落实《“健康中国2030”规划》。", "“十四五”期间持续推进。", "推进分级诊疗制度建设。"])
def test_other_quotes_are_no_programmes(text):
    assert names(text) == []


def test_a_bracket_expands_a_name():
    assert facts.programmes(table("打造“三医”（医疗、医保、医药）协同样板。"))["expansion"].tolist() == ["医疗、医保、医药"]


def test_a_definition_elsewhere_in_the_document_expands_a_name():
    found = facts.programmes(table("实施“大病不出村”行动计划。", "所谓大病不出村，就是大病在村里能治好。"))
    assert found["expansion"].tolist() == ["大病在村里能治好"]


def test_an_expansion_never_crosses_documents():
    both = pd.concat([table("实行人员、财务、药品“三统一”。", doc="a"), table("落实“三统一”要求。", doc="b")], ignore_index=True)
    assert facts.programmes(both)[["doc", "expanded"]].values.tolist() == [["a", "yes"], ["b", "no"]]


def test_a_list_of_another_length_expands_nothing():
    assert names("实行人员、财务“三统一”。") == [("三统一", "no")]


def verdicts(*texts):
    found = facts.checks(table(*texts))
    return list(zip(found["announced"], found["found"], found["verdict"], strict=True))


def test_announced_phases_are_counted():
    assert verdicts("工作分为三个阶段：一是启动阶段，二是实施阶段，三是总结阶段。") == [(3.0, 3.0, "agrees")]


def test_a_missing_phase_differs():
    assert verdicts("工作分为四个阶段：一是启动阶段，二是实施阶段。") == [(4.0, 2.0, "differs")]


def test_a_total_is_compared_with_the_lists():
    assert verdicts("甲片区（3家医院、4家卫生院为成员）和乙片区（2家医院、5家卫生院为成员）。", "医联体15家中，5家医院为成员。") == [
        (15.0, 14.0, "differs"),
        (5.0, 5.0, "agrees"),
    ]


def test_nothing_announced_gives_no_check():
    assert verdicts("推进分级诊疗，建立3家医院。") == []


def roles(text):
    found = facts.institutions(table(text))
    return list(zip(found["name"], found["role"], found["count"], strict=True))


def test_a_network_has_its_lead_and_members():
    assert roles("组建以县人民医院为牵头医院的医共体（12家乡镇卫生院为成员单位）。") == [("县人民医院", "lead", "1"), ("乡镇卫生院", "member", "12")]


def test_two_networks_have_two_leads():
    found = roles("组建以县人民医院、县中医院为龙头的两个紧密型医共体。")
    assert [row[:2] for row in found if row[1] == "lead"] == [("县人民医院", "lead"), ("县中医院", "lead")]


def test_a_hospital_that_takes_the_lead_is_one():
    assert ("市人民医院", "lead", "1") in roles("组建由市人民医院牵头的医疗集团。")
    assert roles("由市财政局牵头推进医共体建设。") == []


def test_names_are_counted_against_the_number_after_them():
    assert verdicts("省卫健委和德阳、绵阳、广元3市签约。") == [(3.0, 3.0, "agrees")]
    assert verdicts("平定县人民医院、盂县人民医院3个中心。") == [(3.0, 2.0, "differs")]
    assert verdicts("新建医院、卫生院3个。") == []


def test_a_quote_keeps_the_signs_of_the_page():
    quote = facts.checks(table("工作分为三个阶段：一是启动，二是实施。"))["quote"].item()
    assert quote == "三个阶段："


def test_questions_and_speakers_are_no_events():
    assert facts.timeline(table("2020年的目标如何。", "12月12日，正在复查的患者说。"), published={"d": "2021-12-13"}).empty


def test_partners_are_linked():
    assert roles("区中医院联通市中医院。") == [("市中医院", "partner", "1")]


NETWORKS = {
    "成立县人民医院医共体和区中医院医共体。": ["县人民医院医共体", "区中医院医共体"],
    "和平区人民医院医共体投入运行。": ["和平区人民医院医共体"],
    "形成2大纵向医联体。": ["纵向医联体"],
    "深化公立医院医疗集团改革。": [],
    "推动三级医院医联体建设。": [],
}


@pytest.mark.parametrize(("text", "names"), NETWORKS.items())
def test_a_network_is_named_after_a_hospital_that_has_a_name(text, names):
    assert [name for name, role, _ in roles(text) if role == "network"] == names


def test_a_purpose_leads_no_network():
    assert roles("以人民健康为核心推进医共体建设。") == []


def test_the_calendar_reads_deadlines_and_events():
    found = facts.timeline(table("实施方案", "2024年6月底前，建成市级分院。", "2023年已建成总院。"), published={"d": "2023-10-26"})
    assert found[["when", "what", "status"]].values.tolist() == [["2024-06", "建成市级分院", "target"], ["2023", "已建成总院", "achieved"]]


def test_relative_dates_need_the_document():
    text = "今年新建3个中心，年底前投用。"
    assert facts.timeline(table("工作方案", text), published={"d": "2023-05-01"})["when"].tolist() == ["2023", "2023-12"]


@pytest.mark.parametrize("unit", ["1", "一", "(", "“", "年", "、", "1+", "20", "，约", "每"])
def test_hostile_repetition_stays_quick(unit):
    import time

    sentence = table(unit * 4000)
    started = time.process_time()
    for function in (facts.indicator_table, facts.duties, facts.timeline, facts.programmes, facts.institutions, facts.checks):
        function(sentence)
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("从2023年起，按照布局合理、服务可及的原则，重点加强中心卫生院建设。", ["重点加强中心卫生院建设"]),
        ("5月23日下午，在收听收看全省电视电话会后，我市随即召开会议。", ["我市随即召开会议"]),
        ("2022年，各市县域内住院率，只有部分达到85%以上。", ["各市县域内住院率，只有部分达到85%以上"]),
        ("截至11月底，今年基层诊疗人次占比达68.23%。", ["基层诊疗人次占比达68.23%"]),
        ("2023年，市卫生健康委以新时代思想为指导，全面落实决策部署。", []),
        ("2023年全市卫生健康工作的总体要求是：加快打造健康共同体。", []),
        ("“十四五”时期，是深化改革的关键时期。", []),
        ("10月20日，省卫生健康委印发运行机制。", ["省卫生健康委印发运行机制"]),
        ("2015年2月和2016年5月，国务院先后确定了两批省份。", ["国务院先后确定了两批省份", "国务院先后确定了两批省份"]),
        ("3月28日，2017年全国医改会议在京召开。", ["2017年全国医改会议在京召开"]),
        ("李斌通报了2016年医改工作进展情况，从3个方面安排了2017年全国医改工作。", []),
        ("2014年，为我市擘画了宏伟蓝图，2021年建成新院。", ["为我市擘画了宏伟蓝图", "建成新院"]),
        ("2024年6月底前，按照30%的比例完成配备。", ["按照30%的比例完成配备"]),
    ],
    ids=["principle", "half a day and a meeting", "a name without its predicate", "two dates of one clause", "guidance", "demand", "preamble", "an event", "two dates, one event", "a year in a name", "dates of nouns", "for whom", "a share is no circumstance"],
)
def test_the_calendar_says_what_happened(text, what):
    assert facts.timeline(table(text), published={"d": "2023-12-13"})["what"].tolist() == what


def test_an_event_told_twice_is_one_row():
    found = facts.timeline(table("我区自2014年10月成立了医联体。", "我区自2014年10月成立了医联体。"), published={"d": "2021-06-01"})
    assert found["what"].tolist() == ["成立了医联体"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("成立调配中心、信息中心等八大支撑平台。", []),
        ("打造五大共享中心，包括检验中心、影像中心、心电中心、病理中心、供应中心及七大运营管理中心。", []),
        ("在17个县（市、区）开展“四融一共”和美乡村建设。", []),
        ("严格落实党员、干部“八小时以外”行为清单。", []),
        ("抓好健康教育、人才引进、体系完善等“三大工程”落实。", ["agrees"]),
        ("抓好健康教育、人才引进、体系完善“四大工程”落实。", ["differs"]),
    ],
    ids=["an open list", "one more of the list", "a bracket of kinds", "hours", "closed by its number", "one is missing"],
)
def test_only_a_closed_list_can_differ(text, verdicts):
    assert facts.checks(table(text))["verdict"].tolist() == verdicts


@pytest.mark.parametrize(
    ("text", "name", "expansion"),
    [
        ("坚持“目标引领、过程控制、考核激励”工作理念和“不在上游、就是下游”的卓越意识，突出实绩。", "目标引领、过程控制、考核激励", "目标引领、过程控制、考核激励"),
        ("打造五大共享中心，包括检验中心、影像中心、心电中心、病理中心、供应中心及七大运营管理中心。", "五大共享中心", "检验中心、影像中心、心电中心、病理中心、供应中心"),
        ("围绕医疗救治、急诊急救、人才培训、技术指导、公共卫生等五大中心开展建设。", "五大中心", "医疗救治、急诊急救、人才培训、技术指导、公共卫生"),
    ],
    ids=["a motto says itself", "without the next group", "without the verb"],
)
def test_an_expansion_is_the_list_of_its_own_name(text, name, expansion):
    found = facts.programmes(table(text))
    assert dict(zip(found["name"], found["expansion"], strict=True))[name] == expansion


def networks(*texts):
    found = facts.institutions(table(*texts))
    return found[["name", "network", "role", "count"]].values.tolist()


def test_a_network_keeps_the_side_it_lies_on():
    assert networks("东西片区医联体28家中，11家民营医院为成员。") == [["民营医院", "东西片区医联体", "member", "11"]]


def test_networks_that_are_named_are_not_counted_again():
    named = "组建了甲市医疗集团和乙市人民医院两个紧密型医共体。"
    assert [row[0] for row in networks(named, "2个医共体先后推行了结果互认。")] == ["甲市医疗集团", "乙市人民医院"]
    assert networks("2个医共体先后推行了结果互认。") == [["医共体", "医共体", "network", "2"]]


def test_cooperation_without_an_alliance_joins_none():
    found = networks("市内医院与省医院等9所三甲医院建立了专科联盟，与1家省外医院建立了技术合作关系。")
    assert ["省外医院", "技术合作关系", "partner", "1"] in found
    assert ["三甲医院", "专科联盟", "partner", "9"] in found


def test_hospitals_at_the_head_of_networks_are_no_networks():
    assert networks("县中医医院成为两家紧密型医共体龙头医院之一。") == [["紧密型医共体龙头医院", "紧密型医共体", "lead", "2"]]
    assert [row[2] for row in networks("全县组建两个紧密型医共体。")] == ["network"]


def test_an_expansion_ends_with_its_bracket():
    found = facts.programmes(table("在“两项制度”上实现突破（“两项制度”是指：分级诊疗制度、综合监管制度），把任务抓好。"))
    assert found["expansion"].tolist() == ["分级诊疗制度、综合监管制度"]


NETWORKS = {
    "a network named after its hospital": ("甲县人民医院医共体打造共享中心。", ("甲县人民医院医共体", "医共体", "network", "1")),
    "big ones are counted": ("推进2大纵向医联体和8个横向医共体发展。", ("纵向医联体", "纵向医联体", "network", "2")),
    "members of a platform": ("将21家乡镇卫生院接入县人民医院远程会诊平台。", ("乡镇卫生院", "远程会诊平台", "member", "21")),
}


@pytest.mark.parametrize(("text", "row"), NETWORKS.values(), ids=NETWORKS.keys())
def test_a_network_is_read(text, row):
    table = facts.institutions(pd.DataFrame([("d", 1, 1, "", "body", text)], columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))
    assert row in list(zip(table["name"], table["network"], table["role"], table["count"], strict=True))


@pytest.mark.parametrize("text", ["县人民医院开展远程会诊。", "五大中心和八大平台建成运行。"], ids=["a hospital alone", "centres are no network"])
def test_no_network_is_read(text):
    table = facts.institutions(pd.DataFrame([("d", 1, 1, "", "body", text)], columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))
    assert table.empty
