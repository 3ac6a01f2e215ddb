from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yigai import clean, corpus
from yigai.corpus.card import Card

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = "为深化医药卫生体制改革,推进紧密型县域医共体建设,提升基层医疗卫生服务能力,结合我市实际,制定本方案。"

# (claim, page, field, value)
CASES = [
    (
        "a number on a line of its own",
        "绵竹市人民政府办公室关于印发医共体方案的通知\n竹府办发〔2021〕15号\n各镇人民政府:\n"
        + BODY,
        "doc_no",
        "竹府办发〔2021〕15号",
    ),
    (
        "a number in square brackets",
        "关于印发医共体方案的通知\n川卫发[2019]3号\n各市州卫生健康委:\n" + BODY,
        "doc_no",
        "川卫发[2019]3号",
    ),
    (
        "a number in heavy brackets",
        "关于印发医共体方案的通知\n文号:皖卫【2020】8号\n" + BODY,
        "doc_no",
        "皖卫【2020】8号",
    ),
    (
        "a labelled number",
        "方案\n发文字号: | 阳政发〔2024〕3号 | 发布日期: | 2024-02-29 |\n" + BODY,
        "doc_no",
        "阳政发〔2024〕3号",
    ),
    (
        "a cited number is not the document's own",
        "关于做好医保工作的通知\n根据《实施意见》(国办发〔2021〕18号)要求," + BODY,
        "doc_no",
        "",
    ),
    (
        "a day of publication in the pipe table",
        "方案\n成文日期: | 2024-02-22 |\n发布日期: | 2024-02-29 |\n" + BODY,
        "published",
        "2024-02-29",
    ),
    (
        "a day of issue in the pipe table",
        "方案\n成文日期: | 2024-02-22 |\n发布日期: | 2024-02-29 |\n" + BODY,
        "issued",
        "2024-02-22",
    ),
    (
        "a day with its time below the title",
        "我市医改取得实效\n2023-10-26 13:52:35 来自:某新闻网 编辑:王云\n" + BODY,
        "published",
        "2023-10-26",
    ),
    (
        "a day below the signature",
        "关于印发方案的通知\n各县区人民政府:\n" + BODY + "\n阳泉市人民政府\n2024年2月22日",
        "issued",
        "2024-02-22",
    ),
    (
        "a day in Chinese numerals",
        "关于印发方案的通知\n各县区人民政府:\n" + BODY + "\n阳泉市人民政府\n二〇一六年十二月五日",
        "issued",
        "2016-12-05",
    ),
    (
        "a day without a year stays unknown",
        "我市医改取得实效\n12月13日,在工地上,施工人员正抓紧时间。" + BODY,
        "published",
        "",
    ),
    (
        "a regulation's last wording",
        "某市急救医疗服务条例\n2016年7月29日 市人民代表大会常务委员会第三十一次会议通过\n2020年5月14日 市人民代表大会常务委员会第二十一次会议修正\n第一章 总则\n第一条 "
        + BODY,
        "issued",
        "2020-05-14",
    ),
    (
        "a report's day",
        "政府工作报告\n2025年1月13日在河北省第十四届人民代表大会第三次会议上\n各位代表:\n" + BODY,
        "issued",
        "2025-01-13",
    ),
    (
        "a year inferred from what is past",
        "资兴市医改纪实\n项目预计2023年春节前完成,2023年7月前投入使用。仅2022年就投入7000万元。"
        + BODY,
        "year",
        "2022",
    ),
    (
        "what was made public on a day does not date the page",
        "资兴市医改纪实\n国家卫生健康委2025年2月15日公布的数据显示,试点已经推开。" + BODY,
        "issued",
        "",
    ),
    (
        "a meeting told of in a sentence does not date the page",
        "资兴市医改纪实\n2024年5月24日,在全市卫生工作会议上,市长强调要抓好落实。" + BODY,
        "issued",
        "",
    ),
    (
        "a regulation promulgated in a sentence",
        "某市急救医疗服务条例\n《某市急救医疗服务条例》已由市人大常委会于2020年5月14日通过,现予公布,自2020年9月1日起施行。\n第一章 总则",
        "issued",
        "2020-05-14",
    ),
    (
        "the date a site prints below the title",
        "我市部署医共体建设\n2019-05-24\n5月23日下午,我市召开会议," + BODY,
        "published",
        "2019-05-24",
    ),
    (
        "the date a site prints is no day of issue",
        "我市部署医共体建设\n2019-05-24\n5月23日下午,我市召开会议," + BODY,
        "issued",
        "",
    ),
    (
        "a date in brackets below the title is that of the document",
        "某市医疗卫生工作报告\n(2019年5月24日)\n" + BODY,
        "issued",
        "2019-05-24",
    ),
    (
        "the time beside a place is that of an event",
        "发布会文字实录\n时 间:2019年6月26日\n地 点:某市\n主持人:某某\n" + BODY,
        "published",
        "",
    ),
    (
        "the year of the document's own number",
        "关于印发医共体方案的通知\n川卫发〔2019〕3号\n各市州卫生健康委:\n2018年全省推开。" + BODY,
        "year",
        "2019",
    ),
    ("a list of what was done", "市卫生健康委2023年绩效任务完成情况\n" + BODY, "genre", "report"),
    (
        "a notice about what was done is no report",
        "关于2023年任务完成情况的通报\n各县区:\n" + BODY,
        "genre",
        "notice",
    ),
    ("a meeting named last", "市政协重点提案“三见面”协商会\n" + BODY, "genre", "meeting report"),
    ("a visit", "某县政协调研县域医共体建设工作\n" + BODY, "genre", "meeting report"),
    ("a study", "某县医共体建设调研报告\n" + BODY, "genre", "report"),
    ("no year where none is said", "资兴市医改纪实\n" + BODY, "year", ""),
    (
        "the issuer's line",
        "方案\n发文机关: | 阳泉市人民政府 | 成文日期: | 2024-02-22 |\n" + BODY,
        "publisher",
        "阳泉市人民政府",
    ),
    (
        "the source line",
        "我市医改取得实效\n2023-10-26 来源:营口日报 编辑:某某\n" + BODY,
        "publisher",
        "营口日报",
    ),
    (
        "the signature",
        "关于印发方案的通知\n各县区人民政府:\n" + BODY + "\n阳泉市人民政府\n2024年2月22日",
        "publisher",
        "阳泉市人民政府",
    ),
    (
        "an appeal to name the source is no source",
        "资兴市医改纪实\n"
        + BODY
        + "\n版权声明:如需转载请注明出处。部分内容收集于网络,如有不妥请联系删除",
        "publisher",
        "",
    ),
    ("a reply by its salutation", "关于第36号建议的函\n黄某某代表:\n" + BODY, "genre", "reply"),
    ("a reply by its title", "关于市政协六届一次会议第12号提案的答复\n" + BODY, "genre", "reply"),
    (
        "a plan sent out by a notice",
        "关于印发深化医改实施方案的通知\n各县区:\n" + BODY,
        "genre",
        "plan",
    ),
    (
        "rules sent out by a notice",
        "关于印发医保基金管理办法的通知\n各县区:\n" + BODY,
        "genre",
        "regulation",
    ),
    ("a plain notice", "关于召开全市卫生健康工作会议的通知\n各县区:\n" + BODY, "genre", "notice"),
    ("a report to the congress", "2025年某省政府工作报告\n各位代表:\n" + BODY, "genre", "report"),
    (
        "a congress is not addressed as a deputy",
        "政府工作报告\n各位代表:\n" + BODY,
        "genre",
        "report",
    ),
    ("an interpretation", "《深化医改实施方案》政策解读\n" + BODY, "genre", "interpretation"),
    (
        "a meeting",
        "全市医改工作推进会召开\n会议指出,要推进改革。会议强调,要抓好落实。会上,各县交流。",
        "genre",
        "meeting report",
    ),
    (
        "a question in the title",
        "医共体改革的目标是什么\n日前,本报记者采访了市卫健委。" + BODY,
        "genre",
        "Q&A news",
    ),
    (
        "an author's headline with 如何 is no reader's question",
        "县域医共体改革样本:小马如何拉大车\n本报记者 某某\n“负债很重。”院长回忆。" + BODY,
        "genre",
        "feature",
    ),
    (
        "a question after a colon with its mark stays one",
        "医保政策:异地就医如何备案?\n日前,本报记者采访了市医保局。" + BODY,
        "genre",
        "Q&A news",
    ),
    (
        "a text that opens with somebody's words",
        "医共体让群众就医更便利\n“真是太方便了,不用再跑县城了。”近日,村民某某说起就医的变化。"
        + BODY,
        "genre",
        "feature",
    ),
    (
        "a term in quotation marks is nobody's words",
        "医共体让群众就医更便利\n“十四五”时期,本报记者获悉," + BODY,
        "genre",
        "news",
    ),
    ("a feature", "春风化雨惠民生——某市综合医改工作纪实\n" + BODY, "genre", "feature"),
    ("news", "我市远程会诊覆盖全部乡镇\n本报讯 记者从市卫健委获悉," + BODY, "genre", "news"),
    ("a township", "阳泉市平定县巨城镇人民政府2023年工作总结\n" + BODY, "level", "township"),
    (
        "an opinion on hospitals of towns is of the city",
        "阳泉市人民政府关于加强乡镇卫生院建设的意见\n" + BODY,
        "level",
        "prefecture",
    ),
    (
        "a heading amid a text names no issuer",
        "关于加强社区卫生服务的意见\n" + BODY + "各单位抓好落实。\n" * 8 + "（一）落实国务院部署\n" + "加强领导。\n" * 12,
        "level",
        "unknown",
    ),
    (
        "a national paper",
        "国务院办公厅关于推进医联体建设的指导意见\n各省、自治区、直辖市人民政府:\n" + BODY,
        "level",
        "national",
    ),
    (
        "a speech at a meeting",
        "在2024年全市卫生健康工作会议上的讲话\n同志们：\n今天召开全市卫生健康工作会议。下面，我讲三点意见。",
        "genre",
        "meeting report",
    ),
    (
        "a report given at a meeting",
        "在2024年全省卫生健康工作会议上的报告\n同志们：\n下面，我作工作报告。",
        "genre",
        "report",
    ),
    (
        "the record of a press conference",
        "医共体建设吹风会情况实录\n主持人：\n大家好。\n新华社记者：\n有哪些举措？\n王某：\n谢谢提问。",
        "genre",
        "Q&A news",
    ),
    (
        "an account of practice",
        "尤溪县：“六个强化”推进医共体建设\n尤溪县坚持以人民健康为中心,取得明显成效。主要做法如下：\n一、强化领导\n成立领导小组。",
        "genre",
        "report",
    ),
    (
        "an arrangement of work is a plan",
        "关于印发2014年全市深化医改主要工作安排的通知\n各县区人民政府:\n" + BODY,
        "genre",
        "plan",
    ),
    (
        "arrangements for a holiday are a notice",
        "关于2024年春节放假安排的通知\n各科室：\n现将放假安排通知如下。",
        "genre",
        "notice",
    ),
    (
        "a title that begins with who speaks goes on below",
        "绵阳市卫生健康委员会\n关于公布2023年临床特色科室名单的通知\n各县（市、区）卫生健康局：\n现将名单予以公布。",
        "title",
        "绵阳市卫生健康委员会关于公布2023年临床特色科室名单的通知",
    ),
    (
        "and is a notice",
        "绵阳市卫生健康委员会\n关于公布2023年临床特色科室名单的通知\n各县（市、区）卫生健康局：\n现将名单予以公布。",
        "genre",
        "notice",
    ),
    (
        "a national body mentioned in passing gives no level",
        "分级诊疗的意义\n分级诊疗是指按照疾病的轻重缓急分级，不同级别的机构承担不同疾病的治疗，国务院办公厅曾印发指导意见。",
        "level",
        "unknown",
    ),
    (
        "a national body that acts in the opening is national",
        "人均预期寿命达78.6岁\n近日，国家卫生健康委发布《2023年我国卫生健康事业发展统计公报》，预期寿命达到78.6岁。",
        "level",
        "national",
    ),
    (
        "a page that says 全县 again and again is of a county, though of which is unknown",
        "卫生健康工作回顾\n全县卫生健康系统扎实工作。在县委领导下，全县参保率提高，我县医改取得成效。",
        "level",
        "county",
    ),
    (
        "a township's hospital by its issuer, whatever county it is in",
        "玉田镇中心卫生院开展义诊活动\n发布时间：2023-09-12 信息来源：玉田镇人民政府\n9月10日，玉田镇中心卫生院走进社区开展义诊。",
        "level",
        "township",
    ),
    (
        "the day of publication before that of the file",
        "索引号：0024/2023 公开日期：2023-04-22\n某省卫生健康委关于印发工作要点的通知\n发布日期：2023-04-25 17:10\n各市卫生健康委：\n"
        + BODY,
        "published",
        "2023-04-25",
    ),
    (
        "a date with its source below the title",
        "一图读懂 | 规划纲要卫生健康任务\n2026-03-17 08:51 来源：健康报\n3月12日，大会表决通过规划纲要。",
        "published",
        "2026-03-17",
    ),
    (
        "a labelled number that was taken for text",
        "“十四五”国民健康规划\n发文号：国办发〔2022〕11号\n各省、自治区、直辖市人民政府：\n现印发给你们。",
        "doc_no",
        "国办发〔2022〕11号",
    ),
]


@pytest.mark.parametrize(("claim", "page", "name", "value"), CASES, ids=[case[0] for case in CASES])
def test_a_field_is_read(claim, page, name, value):
    assert getattr(corpus.card(page), name).value == value


def test_a_year_taken_from_the_text_says_that_it_is_a_guess():
    year = corpus.card("资兴市医改纪实\n仅2022年就投入7000万元。" + BODY).year
    assert (year.value, year.rule[:13]) == ("2022", "inferred year")
    assert year.confidence < 0.5


def test_cited_documents_carry_their_numbers_once():
    page = "关于印发方案的通知\n根据《关于促进社会办医的意见》(国办发〔2019〕42号)和《医疗质量管理办法》,又据《医疗质量管理办法》,打造《健康之声》栏目。"
    assert [field.value for field in corpus.card(page).cited] == [
        "《关于促进社会办医的意见》（国办发〔2019〕42号）",
        "《医疗质量管理办法》",
    ]


SEED_CARDS = {
    "000": {
        "county": "利州区",
        "adcode": "510802",
        "genre": "reply",
        "level": "county",
        "published": "2021-12-08",
        "publisher": "区卫生健康局",
    },
    "001": {
        "province": "四川省",
        "city": "",
        "adcode": "510000",
        "genre": "meeting report",
        "level": "province",
        "published": "2023-10-26",
    },
    "002": {
        "city": "营口市",
        "adcode": "210800",
        "genre": "Q&A news",
        "level": "prefecture",
        "published": "2019-12-26",
        "publisher": "营口之窗",
    },
    "003": {
        "province": "湖南省",
        "city": "郴州市",
        "county": "资兴市",
        "adcode": "431081",
        "genre": "feature",
        "published": "",
        "year": "2021",
        "publisher": "园区产业招商",
        "title": "医改春风惠民生——资兴市深入推进综合医疗改革工作纪实",
    },
    "004": {
        "province": "山西省",
        "city": "阳泉市",
        "county": "",
        "adcode": "140300",
        "genre": "plan",
        "level": "prefecture",
        "published": "2024-02-29",
        "issued": "2024-02-22",
        "doc_no": "阳政发〔2024〕3号",
        "publisher": "阳泉市人民政府",
    },
}


@pytest.mark.parametrize("number", list(SEED_CARDS))
def test_the_seed_pages_have_their_cards_and_evidence(number):
    page = next(SEEDS.glob(f"{number}_*.txt")).read_bytes().decode()
    card = corpus.card(page)
    assert {name: getattr(card, name).value for name in SEED_CARDS[number]} == SEED_CARDS[number]
    check_evidence(card, page)
    assert card.region.code == SEED_CARDS[number]["adcode"]


def check_evidence(card, page):
    for field in fields(Card):
        value = getattr(card, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            assert one.evidence == (page[one.start : one.end] if one.start >= 0 else "")
            assert one.value or not one.evidence


def test_injected_words_are_never_evidence():
    page = next(SEEDS.glob("000_*.txt")).read_bytes().decode()
    card = corpus.card(page)
    assert "5108020014" in card.county.evidence
    assert card.county.rule == "site code"


def test_given_fields_win_and_replace_the_whole_path():
    cleaned = clean.text("资兴市深入推进综合医改\n" + BODY)
    card = corpus.card_of(
        cleaned,
        {"province": "四川省", "county": "利州区", "published": "2020-01-02", "title": "另题"},
    )
    assert (card.city.value, card.adcode.value, card.level.value) == ("广元市", "510802", "county")
    assert (card.published.value, card.year.value, card.title.value, card.title.rule) == (
        "2020-01-02",
        "2020",
        "另题",
        "sources.csv",
    )


def test_a_given_region_that_is_none_changes_nothing():
    cleaned = clean.text("资兴市深入推进综合医改\n近年来,资兴市推进医改。")
    assert corpus.card_of(cleaned, {"region": "NA", "province": "Zhejang"}).adcode.value == "431081"


@pytest.mark.parametrize("page", ["", "\n", "a", "。", "\u3000", "<p>", "?" * 500])
def test_a_page_without_text_has_an_empty_card(page):
    card = corpus.card(page)
    assert card.region is None
    assert card.province.value == ""


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="资兴市阳泉卫健委关于印发通知〔2024〕3号。,\n:来源发布日期2024-02年月日《》()",
        max_size=120,
    )
)
def test_evidence_always_quotes_the_raw_page(page):
    check_evidence(corpus.card(page), page)
