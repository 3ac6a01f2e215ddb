"""The ledger's promises, on pages composed of every kind of dirt."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yigai import clean
from yigai.clean.draft import Draft
from yigai.clean.ledger import Spans, replay, undo

PIECES = [
    "深化医药卫生体制改革", "醫(yī)療(liáo)衛(wèi)生", "實(shí)行", "自201410月起", ",", "。", ":", "(", ")", "“", "”", '"', "?", "??",
    "市頭部人民醫院", "头部企业", "进步蕞快", "\xa0", "　", " ", "\n", "\n\n", "\r\n", "一、", "(一)", "第一条 ", "11:20", "1:3", "1,200",
    "上一篇:没有了", "首页 > 正文", "分享到:", "2019-12-26 10:39:00 来源:本网 点击:", "版权所有 蜀ICP备08108490号-1",
    "政府网站标识码5108020014", "金豪体育在线", "金豪体育在线:", "金豪体育在线_金豪投注¥【官网】", "利州区", "卫生健康局", "，，", "**",
    "<p>", "</p>", "&nbsp;", "<!-- x -->", "著眼", "名著", "亳(bó)州", "(MDT)", "http://a.cn/b,c", "\ufeff", "\u200b", "關於", "體係", "的",
    "点击", "微信:abc", "13912345678", "A", "7", "，", "％", "—", "《", "》", "为什么?", "！",
]  # fmt: skip
pages = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
quick = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(pages)
def test_replaying_the_ledger_gives_the_text_and_undoing_it_the_page(raw):
    cleaned = clean.text(raw)
    assert replay(raw, cleaned.edits) == cleaned.text
    assert undo(cleaned.text, cleaned.edits) == raw == cleaned.raw()


@quick
@given(pages)
def test_cleaning_twice_is_cleaning_once(raw):
    once = clean.text(raw).text
    assert clean.text(once).text == once


@quick
@given(pages)
def test_applied_edits_are_sorted_disjoint_and_true_to_the_page(raw):
    end = 0
    for edit in clean.text(raw).applied:
        assert end <= edit.start <= edit.end
        assert raw[edit.start : edit.end] == edit.before != edit.after
        end = edit.end


@quick
@given(pages, st.data())
def test_a_clean_span_and_its_raw_span_find_each_other(raw, data):
    cleaned = clean.text(raw)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    low, high = cleaned.to_raw(start, end)
    assert 0 <= low <= high <= len(raw)
    if end > start:
        back = cleaned.to_clean(low, high)
        assert back is not None and back[0] <= start and end <= back[1]


@quick
@given(pages)
def test_every_line_of_the_page_has_a_role_and_its_span(raw):
    for line in clean.text(raw).lines:
        assert line.role in {"title", "meta", "body", "nav", "spam", "promo", "footer"}
        assert 0 <= line.start <= line.end <= len(raw)


PROSE = (
    "深化医药卫生体制改革是全面深化改革的重要内容，各级各部门要提高政治站位，经由过程鼎新医疗轨制，踊跃推动扶植，年夜幅晋升公共卫生办事程度，"
    "三医联动，医务职员下沉，自201410月起，推进专案建设，頭部重点，"
)
ADVERT = "各级政府应当加鼎星娱乐城官网www.dx99.com强领导，&amp;ldquo;三医&amp;rdquo;联动。"
PARAGRAPH = "坚持以人民健康为中心，健全分级诊疗制度，推动优质医疗资源扩容下沉和区域均衡布局，促进医保医疗医药协同发展。"


@quick
@given(st.integers(56, 62), st.sampled_from(["", "醫療衛生體製關於資訊專案，"]), st.sampled_from(["\n", "\r\n", "\n\n　　"]))
def test_the_ledger_replays_where_many_rules_meet(width, script, end):
    prose = (PROSE + script) * 6 + "健全机制。"
    wrapped = [prose[at : at + width] for at in range(0, len(prose), width)]
    raw = end.join(["甲市医改工作方案_甲市人民政府网", *wrapped, ADVERT, PARAGRAPH, PARAGRAPH, "责编：马丽", "推荐阅读", "某地待遇曝光"])
    cleaned = clean.text(raw)
    assert replay(raw, cleaned.edits) == cleaned.text
    assert undo(cleaned.text, cleaned.edits) == raw
    assert clean.text(cleaned.text).text == cleaned.text
    assert {"wrapped", "advert", "spun", "repeated", "site_name", "entity"} <= {r for e in cleaned.applied for r in e.rule.split("+")}


def test_touching_edits_become_one():
    draft = Draft(raw="醫(yī)療,", text="醫(yī)療,")
    draft = draft.revise([clean.Change(1, 5, "", "pinyin", "p", 0.9), clean.Change(0, 1, "医", "script", "s", 0.9)])
    draft = draft.revise([clean.Change(0, 2, "医药", "wording", "w", 0.5)])
    assert draft.text == "医药,"
    assert [(e.start, e.end, e.before, e.after) for e in draft.edits] == [(0, 6, "醫(yī)療", "医药")]


def test_a_change_back_leaves_no_edit():
    draft = Draft(raw="甲", text="甲").revise([clean.Change(0, 1, "乙", "k", "r", 1.0)])
    assert draft.revise([clean.Change(0, 1, "甲", "k", "r", 1.0)]).edits == ()


def test_removed_text_has_no_clean_span():
    cleaned = clean.text("某市医改方案\n深化医改，保障健康，造福人民。\n上一篇：没有了")
    assert cleaned.to_clean(len(cleaned.raw()) - 3, len(cleaned.raw())) is None


def test_spans_of_an_empty_ledger_are_the_identity():
    assert Spans(()).to_raw(2, 5) == (2, 5) == Spans(()).from_raw(2, 5)


def test_an_override_wins_over_the_machine():
    raw = "患者由市头部人民医院收治，用药合理。"
    start = raw.index("头部")
    kept = clean.text(raw, overrides=[clean.Override("", start, start + 2, None, "as printed")])
    assert "头部人民医院" in kept.text
    assert kept.raw() == raw
    assert "override" in {e.kind for e in kept.edits} or all(e.before != "头部" for e in kept.applied)


def test_an_override_reaches_a_page_that_holds_a_lone_surrogate():
    cleaned = clean.text("医\ud800改", overrides=[clean.Override("", 0, 1, "卫", "test")])
    assert cleaned.text == "卫改"


def test_an_override_of_another_page_is_not_used():
    raw = "患者由市头部人民医院收治，用药合理。"
    assert "第一人民医院" in clean.text(raw, overrides=[clean.Override("0" * 64, 4, 6, "某")]).text


def test_the_ledger_is_a_table():
    table = clean.edits_table("d", clean.text("自201410月起,深化改革。"))
    assert list(table.columns[:9]) == ["doc", "start", "end", "before", "after", "kind", "rule", "confidence", "applied"]
    assert table.kind.tolist() == ["lost", "width"]
