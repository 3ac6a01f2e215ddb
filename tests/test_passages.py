"""passages: sentences, headings, kinds, exact offsets."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yigai import passages
from yigai.passages.outline import level
from yigai.passages.sentences import spans

CUTS = {
    "ends at the four marks": ("建成。推进；为何？好！止", ["建成。", "推进；", "为何？", "好！", "止"]),
    "half-width marks end too": ("建成中心;推进转诊!为何?止", ["建成中心;", "推进转诊!", "为何?", "止"]),
    "a decimal point ends nothing": ("投资1.6亿元，占3.5%。", ["投资1.6亿元，占3.5%。"]),
    "brackets hold their marks": ("建成（一期。二期）中心。完", ["建成（一期。二期）中心。", "完"]),
    "titles hold their marks": ("印发《健康是什么？》一书。", ["印发《健康是什么？》一书。"]),
    "an orphan bracket holds nothing": ("建成（一期。二期中心。", ["建成（一期。", "二期中心。"]),
    "a closing quote stays": ("“方便多了。”他说。", ["“方便多了。”", "他说。"]),
    "a straight quote stays": ('"方便多了。"他说。', ['"方便多了。"', "他说。"]),
    "a slogan goes on": ("喊出“健康中国！”的口号。", ["喊出“健康中国！”的口号。"]),
    "a duty bracket stands alone": (
        "推进转诊（责任单位：卫健委）。建成中心。",
        ["推进转诊", "（责任单位：卫健委）。", "建成中心。"],
    ),
    "marks in a duty bracket hold": (
        "推进转诊。（责任单位：卫健委。首位牵头）下一步",
        ["推进转诊。", "（责任单位：卫健委。首位牵头）", "下一步"],
    ),
    "another bracket stays inside": ("覆盖县（市、区）。", ["覆盖县（市、区）。"]),
}


@pytest.mark.parametrize(("text", "expected"), CUTS.values(), ids=CUTS)
def test_sentence_ends(text, expected):
    assert [text[a:b] for a, b in spans(text)] == expected


LEVELS = {
    "第二章 医疗服务": 1, "第十条 为了": 3, "一、总体要求": 4, "（十二）监管": 5, "(二)监管": 5, "3.优化": 6,
    "3、优化": 6, "（3）优化": 7, "①优化": 7, "二是提能力": 8, "1.6亿元": None, "2025年": None, "三要素": None,
    "一定要": None, "第一人民医院": None, "十分重要": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "rank"), LEVELS.items())
def test_item_numbers_have_ranks(text, rank):
    assert level(text) == rank


PLAN = """某市医改实施方案
各县（区）人民政府，市直有关单位：
《某市医改实施方案》已经市人民政府同意，现印发给你们，请认真遵照执行。
某市人民政府
2024年2月22日
（此件公开发布）
一、总体要求
以健康为中心，深化改革；到2025年，体系健全。
二、工作任务
（一）优化资源配置，推进能力现代化
1.优化医疗资源布局。以“健康某市”建设为总抓手，组建医共体。（责任单位：市卫健委、市财政局）
2.到2025年建成3个中心。全部投入使用。
3.推进一体化改革。一是促整合。建立医共体。二是各县要立足优势学科，强化核心能力建设，发展特色专科。
（二）加强监管
健全多元化监管体系。（市医保局、市卫健委按职责分别牵头负责）"""


def rows(text):
    return [(s.kind, s.heading_path, s.text) for s in passages.split(text)]


def test_a_plan_is_a_tree():
    found = rows(PLAN)
    kinds = {text: kind for kind, _, text in found}
    paths = {text: path for _, path, text in found}
    assert kinds["各县（区）人民政府，市直有关单位："] == "background"
    assert {kinds[t] for t in ("某市人民政府", "2024年2月22日", "（此件公开发布）")} == {"boilerplate"}
    assert kinds["1.优化医疗资源布局。"] == "heading"
    assert kinds["2.到2025年建成3个中心。"] == "body"
    assert kinds["（责任单位：市卫健委、市财政局）"] == "duty"
    assert kinds["（市医保局、市卫健委按职责分别牵头负责）"] == "duty"
    under = "二、工作任务/（一）优化资源配置，推进能力现代化"
    assert paths["以“健康某市”建设为总抓手，组建医共体。"] == f"{under}/1.优化医疗资源布局"
    assert paths["全部投入使用。"] == under
    assert paths["建立医共体。"] == f"{under}/3.推进一体化改革/一是促整合"
    assert kinds["二是各县要立足优势学科，强化核心能力建设，发展特色专科。"] == "body"
    assert paths["健全多元化监管体系。"] == "二、工作任务/（二）加强监管"


def test_a_regulation_lists_items_and_articles():
    found = rows("某省条例\n第一章 总则\n第一条 为了保障健康，制定本条例。\n第二条 下列机构适用：\n"
                 "（一）医院；\n（二）乡镇卫生院。\n第二章 服务\n第三条 机构应当公开价格。")  # fmt: skip
    assert [k for k, _, _ in found] == ["heading", "heading", "body", "body", "body", "body", "heading", "body"]
    assert found[5][1] == "第一章 总则/第二条"
    assert found[-1][1] == "第二章 服务/第三条"


KINDS = {
    "salutation": ("background", "复函\n黄某代表：\n我区成立了医联体。"),
    "thanks": ("background", "复函\n首先感谢您对我区工作的关心和支持。\n我区成立了医联体。"),
    "proposal restated": ("background", "复函\n您提出的“关于看病难的建议”，由我局办理，我局高度重视。\n我区成立了医联体。"),
    "only the speaker": ("background", "报道\n“方便多了。”12月12日，正在接受复查的69岁患者何某说。\n完成。"),
    "byline": ("boilerplate", "报道\n满意度达92.01%。（李某某 王 李）"),
    "reporter's credit": ("boilerplate", "报道\n来源：某报\n建成了医共体。"),
    "order to obey": ("boilerplate", "通知\n方案已经同意，现印发给你们，请认真贯彻执行。\n全文。"),
    "lead unit line": ("duty", "方案\n1.推进转诊。建立机制。\n牵头单位：市卫健委"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), KINDS.values(), ids=KINDS)
def test_kinds(kind, text):
    assert kind in [s.kind for s in passages.split(text)][1:]


SPARED = {
    "speech with content": "院长介绍说，项目建成后将健全服务体系。",
    "an institution in brackets": "建成区域中心（第二人民医院）。",
    "responsibility as policy": "落实医疗机构责任，强化部门监管。",
    "a report's thanks to staff": "广大医务人员作出贡献，群众纷纷感谢。",
    "printing a document": "市政府印发了医改方案，成立了领导小组。",
}


@pytest.mark.parametrize("text", SPARED.values(), ids=SPARED)
def test_content_stays_body(text):
    assert [s.kind for s in passages.split(f"报道\n{text}\n全文完结。")][1] == "body"


def test_the_last_item_of_a_list_is_no_heading():
    found = rows("某省条例\n第一条 应当公开：\n（一）价格；\n（二）其他信息。\n公开应当及时。")
    assert [k for k, _, _ in found][1:] == ["body"] * 4


def test_markdown_headings_keep_their_rank():
    assert rows("# 条例\n## 第一章 总则\n第一条 制定本条例。\n## 第二章 服务\n第二条 应当公开。")[-1][1] == "第二章 服务/第二条"


def test_bare_headings_nest_and_end():
    found = rows("新闻\n导语一句。\n变化\n一批项目推进 优势凸显\n各地推动。\n举措\n建立机制。")
    assert [p for _, p, _ in found] == ["", "", "变化", "变化/一批项目推进 优势凸显", "变化/一批项目推进 优势凸显",
                                        "举措", "举措"]  # fmt: skip


def test_a_bare_sentence_is_body():
    assert rows("推进医共体建设。") == [("body", "", "推进医共体建设。")]


ALPHABET = st.text(st.sampled_from("一二、1.（）()“”\"《》。；！？;!?：，责任单位是第条 章\u3000\n\t医院a%"), max_size=80)


@settings(max_examples=400, deadline=None)
@given(ALPHABET)
def test_offsets_are_exact_and_nothing_is_lost(text):
    found = passages.split(text)
    covered = set()
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    for s in found:
        assert text[s.start : s.end] == s.text
        assert s.text == s.text.strip()
        assert s.text
        assert s.kind in passages.KINDS
        covered.update(range(s.start, s.end))
    assert all(i in covered for i, sign in enumerate(text) if not sign.isspace())
    assert [s.sentence for s in found] == list(range(1, len(found) + 1))


ODD = {
    "decimals are a tree": ("规划\n1 规划背景\n1.1 发展基础\n全市有床位5000张。\n1.2 面临形势\n人口老龄化加快。", "人口老龄化加快。", "body", "1 规划背景/1.2 面临形势"),
    "an amount is no item": ("规划\n一、背景\n投入增长。\n1.6 亿元资金到位。", "1.6 亿元资金到位。", "body", "一、背景"),
    "a list without stops is no row of headings": ("十件实事\n一、新建门诊楼\n二、培训村医200名\n三、开通远程会诊", "二、培训村医200名", "body", ""),
    "two headings with text under them stay": ("方案\n一、目标\n到2025年建成。\n二、任务\n加强领导。", "二、任务", "heading", "二、任务"),
    "the second line of a title opens nothing": ("医改春风\n——某县纪实\n体制破冰\n如今，全县结成一家。", "体制破冰", "heading", "体制破冰"),
    "no heading among the cells of a table": ("指标\n岁\n78.2\n79.5\n约束性\n说明：来自统计局。", "约束性", "body", ""),
    "attachments go on": ("通知\n请执行。\n附件：1.任务分工表\n2.考核指标\n某市人民政府\n2023年5月6日", "2.考核指标", "boilerplate", ""),
    "what an attachment numbers is its text": ("通知\n请执行。\n附件1：重点任务\n1.年内建成6个医共体。\n2.年内落地9批集采。", "2.年内落地9批集采。", "body", ""),
    "a list of attachments begins with its first": ("通知\n请执行。\n附件：\n1.任务分工表\n2.考核指标", "2.考核指标", "boilerplate", ""),
    "how a regulation was passed": ("急救条例\n（2022年6月28日某市人大常委会通过）\n第一条 为了急救，制定本条例。", "（2022年6月28日某市人大常委会通过）", "boilerplate", ""),
}  # fmt: skip


def test_no_number_is_cut_where_a_sentence_is_too_long():
    found = [text for _, _, text in rows("目录\n" + "甲" * 1990 + "，投入1,200万元" + "乙" * 1000)]
    assert "投入1,200万元" + "乙" * 1000 in found


@pytest.mark.parametrize(("text", "sentence", "kind", "path"), ODD.values(), ids=ODD)
def test_odd_layouts(text, sentence, kind, path):
    assert [(k, p) for k, p, t in rows(text) if t == sentence] == [(kind, path)]
