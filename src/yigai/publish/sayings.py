"""What the run says in English (gate, figures, captions), said in the language of the edition.

The tables of a run are English; most labels of figures carry both languages in one string. Whole
sayings are looked up first, then sayings with a number or a name in them, then sentence by sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from yigai.publish import provinces
from yigai.publish.words import Pair

#: Whole sayings; where an English label is too short to be told in words, its Chinese twin.
PAIRS = {
    "cases are compared, not provinces": "比较的是案例，而非省份",
    "documents of regions stand side by side, without intervals": "各地区文档并列展示，不作区间",
    "regions may be compared, with intervals": "地区可以比较，并附区间",
    "a region has too few documents to resample": "某地区文档过少，无法重抽样",
    "fewer than 2 are no comparison, fewer than 10 are cases": "少于2份无从比较，少于10份只是案例",
    "one document: a case, not a region; add documents of this region or leave it out": "仅一份文档：是案例而非地区；请补充该地区文档或略去",
    "share of documents with a like one (genre, level, year ± 1) in another region": "在其他地区有同类文档（体裁、层级、年份±1）者的占比",
    "share of sentences that stand word for word in two regions; see the template check": "逐字见于两个地区的句子占比；见模板检查",
    "share of body sentences that speak of health care; below 0.30 set scope = health": "正文中谈及医疗卫生的句子占比；低于0.30时请设 scope = health",
    "no text": "无文本", "no characters to compare": "无字符可比", "a region without text": "某地区无文本",
    "not computed": "未计算", "fewer than two regions": "不足两个地区",
    "True": "是", "False": "否", "yes": "是", "no": "否", "agrees": "一致", "differs": "不一致", "holds": "成立", "undated": "未注日期", "date": "日期", "derived": "推算", "network": "网络", "document": "文档", "sentence": "句子", "deadline": "期限", "other": "其他", "adapted": "改写", "shared": "照搬", "local": "本地",
    "the page is traditional as a whole": "全页为繁体", "traditional": "繁体", "folded": "被折为半角", "verified_note": "经核验的注音",
    "line_break": "换行", "injected_string": "植入字串", "markup": "标记残留", "gbk_bytes": "GBK 字节", "gbk_bytes+traditional": "GBK 字节与繁体",
    "first": "首处", "year": "年份", "direction": "方向", "superlative": "最高级", "space_beside_mark": "标点旁空格", "none": "无", "applied": "已改",
    "flagged": "存疑", "all rules": "全部规则", "unfinished list": "列举未完", "lost names": "人名缺失", "truncated end": "结尾残缺",
    "given names are missing and cannot be recovered": "人名缺失且无从恢复", "not comparable": "不可比", "no partner": "无可比对象", "partner": "协作方",
    "status differs": "状态不同", "year differs": "年份不同", "unit differs": "单位不同", "family": "同类", "hospitals": "医院数", "beds": "床位数",
    "general practitioners": "全科医生", "county medical communities": "县域医共体", "admissions within the county, share": "县域内住院率",
    "visits within the county, share": "县域内就诊率", "genre is reply": "体裁为复函", "genre is meeting report": "体裁为会议报道",
    "genre is Q&A news": "体裁为问答新闻", "genre is feature": "体裁为专题报道", "issued by a government or its office": "由政府或其办公室印发",
    "holds throughout": "始终成立", "depends": "视设定而定", "pair": "成对", "form": "整合形式", "tightness": "紧密程度", "leaders": "牵头单位",
    "members": "成员", "money": "资金", "incentives": "激励", "phases": "阶段", "calendar": "时间安排", "indicators": "指标", "duties": "任务分工",
    "slogans": "提法", "checks": "自洽核对", "stop words": "停用词", "lexicon": "词典", "cleaning": "清洗", "length": "篇幅", "topics": "主题数",
    "one page left out": "去掉一页", "unit": "分析单位", "the document": "该文档", "title": "标题", "publisher": "发布机构", "genre": "体裁", "level": "层级",
    "province": "省", "city": "地市", "county": "县", "adcode": "行政区划代码", "published": "发布日期", "issued": "成文日期", "doc_no": "文号",
    "reply": "建议复函", "meeting report": "会议报道", "Q&A news": "问答新闻", "feature": "专题报道", "prefecture": "地市级", "stable": "稳定",
    "unstable": "不稳定", "one document": "仅一份文档", "pass": "通过", "warn": "须谨慎", "refuse": "不支持", "supply": "供给型", "demand": "需求型",
    "environment": "环境型", "every page as long as the shortest": "各页截至最短页长度", "without the 20 commonest words": "不含最常见20词",
    "character pairs, no lexicon": "字对（不用词典）",
    "allowed": "允许", "refused": "拒绝", "unknown": "不明",
    "documents": "文档数", "regions": "地区数", "documents per region": "每地区文档数", "like documents": "同类文档",
    "largest document": "最大文档占比", "repeated sentences": "重复句", "subject": "主题相关性", "verdict": "结论", "template": "模板",
    "region × genre": "地区 × 体裁", "region × level": "地区 × 层级", "region × year": "地区 × 年份", "region × length": "地区 × 篇幅",
    "statement: case comparison": "陈述：案例比较", "statement: regional contrast": "陈述：地区对比",
    "statement: share interval": "陈述：占比区间", "statement: keyness interval": "陈述：特征词区间",
    "statement: similarity interval": "陈述：相似度区间", "statement: regional finding": "陈述：地区结论",
    "script": "字形", "width": "全半角", "pinyin": "注音", "layout": "版式", "place": "地名", "meta": "页面信息", "nav": "导航", "promo": "推广",
    "slip": "字节错位", "swap": "换词", "spam": "垃圾内容", "footer": "页脚", "lost": "缺字", "quote": "引号",
    "slip+script": "错位与字形", "furniture": "页面框架", "raw page": "原始页面", "after the edit": "改动之后", "raw pages": "原始页面",
    "TF-IDF cosine of the pair that changes most": "变化最大的一对的 TF-IDF 余弦",
    "Applied edits of each kind (pieces of dirt, not characters); darker means more.": "各类已应用改动（污染处数，非字符数）；色深者多。",
    "no cue matched": "未检出", "no cue matched (未检出)": "未检出", "loose cooperation": "松散协作", "shared resources": "资源共享", "unified management": "统一管理",
    "shared interest": "利益共享", "lead": "牵头", "co-lead": "共同牵头", "support": "配合", "member": "成员",
    "achieved": "已实现", "target": "目标", "plan": "计划", "rule": "规定", "background": "背景", "no cue": "未检出",
    "financing": "筹资", "information": "信息", "leadership governance": "领导与治理", "medical products": "药品器械",
    "service delivery": "服务提供", "workforce": "人力", "behaviour persuasion": "行为劝导", "organisation": "组织", "payment": "支付",
    "regulation": "监管", "authority": "权威", "nodality": "信息枢纽", "treasure": "财力",
    "service": "服务", "responsibility": "责任", "interest": "利益", "management": "管理",
    "baseline": "基准", "stop words kept": "保留停用词", "reform terms only": "仅改革词语", "passages, not sentences": "按段落而非句子",
    "pages uncleaned": "未清洗网页", "closest pair, by words": "按词最近的一对", "least alike pair, by words": "按词最远的一对",
    "closest pair, by dimensions": "按维度最近的一对", "closest pair, by topics": "按主题最近的一对", "most achieved": "已实现最多者",
    "One statement a cell, the best evidenced; “no cue” is not absence.": "每格一条证据最充分的陈述；未检出不等于没有。",
    "Share of a unit's coded items with the label, %; an item may carry several.": "各单位带有该标签的编码项占比（%）；一项可有多个标签。",
    "n: coded items.": "n：编码项数。", "–: no cue matched, which is not absence.": "–：未检出，不等于没有。",
    "The step a text gives evidence for, not the step a place has reached: a plan is coloured as a plan.": "所示为文本可证之级，而非该地已达之级；计划以计划之色标出。",
    "Sentences in which both fire; grey: fewer than 5 sentences or one document.": "两者同时出现的句数；灰色：不足5句或仅一份文档。",
    "Weighted log-odds against all others, informative Dirichlet prior (Monroe et al. 2008).": "相对其余各方的加权对数几率比，信息狄利克雷先验（Monroe 等，2008）。",
    "Ordered by log-odds over their standard error.": "按对数几率比与标准误之比排序。", "Right: occurrences / documents.": "右侧：出现次数／文档数。",
    "Hollow: one document only.": "空心：仅一份文档。", "Intervals are withheld by the gate.": "区间按可比性检验不予给出。",
    "Share of coded sentences, %; the same codes regrouped.": "编码句占比（%）；同一编码的另一种归组。",
    "0: nothing in common, 1: the same mix; shaded up to the closest pair.": "0：毫无共同，1：构成相同；颜色以最近的一对为最深。",
    "Lines: terms in the same passage, width by Ochiai coefficient; dots: number of passages.": "连线：同段共现，线宽为 Ochiai 系数；圆点：段落数。",
    "Share of characters of body sentences.": "正文句子的字符占比。",
    "First column: the baseline; no mark: not applicable in that setting.": "首列为基准；无标记者在该设定下不适用。",
    "Circle: all rules; diamond: raw pages, or one rule left out.": "圆：全部规则；菱形：原始页面或少用一条规则。",
    "Right: the pair, and the words that make the difference with what each adds to the cosine.": "右侧：该对文档，以及造成差别的词与各自对余弦的贡献。",
    "Right: the pair, and the words that make the difference, with what each adds to the cosine.": "右侧：该对文档，以及造成差别的词与各自对余弦的贡献。",
    "One edit a line; words beside it as in the raw page; – stands for nothing.": "每行一处改动；两侧文字同原始页面；– 表示空。",
    "one mark a date and status.": "同日期同状态合为一点。", "size of a point: tasks of the unit;": "点的大小：该单位任务数；",
    "width of a line: tasks two units share;": "线宽：两单位共担的任务数；",
}  # fmt: skip
#: Sayings with a number or a name in them.
FORMS = tuple(
    (re.compile(form), chinese)
    for form, chinese in (
        (r"(\d+) documents?", r"\1 份文档"),
        (r"(\d+) to (\d+)", r"\1 至 \2"),
        (r"(\d+) of (\d+) documents without a known region are le.{0,30}", r"\2 份文档中有 \1 份地区不明，不计入地区"),
        (r"(\d+) of (\d+) regions have (\d+) or more documents; inter.{0,30}", r"\2 个地区中有 \1 个具备 \3 份以上文档；区间由文档重抽样得出"),
        (r"overlap of the genres of a region with the others, mean over regions; (\d+) in all", r"各地区体裁与其他地区的重合度均值；共 \1 种"),
        (r"overlap of the levels of a region with the others, mean over regions; (\d+) in all", r"各地区层级与其他地区的重合度均值；共 \1 级"),
        (r"overlap of the years of a region with the others, mean over regions; (\d+) in all", r"各地区年份与其他地区的重合度均值；共 \1 年"),
        (r"(overlap of the .{1,80} in all), (\d+)% unknown", r"{1}，\2% 不明"),
        (r"share of all characters in (.{1,80})", r"占全部字符的比例，文档 \1"),
        (r"n = (\d+) documents, (\d+) regions\.", r"n = \1 份文档，\2 个地区。"),
        (r"n = (\d+) tasks, (\d+) units;", r"n = \1 项任务，\2 个单位；"),
        (r"n = (\d+) tasks;", r"n = \1 项任务；"),
        (r"n = (\d+) passages\.", r"n = \1 个段落。"),
        (r"n = (\d+) dated statements;", r"n = \1 条有日期的陈述；"),
        (r"(.{1,24}) is a reading of (.{1,4})", r"\1 是“\2”的读音"),
        (r"slot before (.{1,20}); the page has no (.{1,20}) left", r"“\1”之前的空位；页内已无“\2”"),
        (r"site code: (.{1,24}); filing number: (.{1,60}); (.{1,24}) survives (\d+) times without its suffix; (.{1,300})", r"网站标识码：\1；备案号：\2；“\3”不带后缀仍出现 \4 次等"),
        (r"depends on (.{1,60})", "取决于{1*}"),
        (r"announced (.{1,40})", r"自述：\1"),
        (r"names listed for (.{1,40})", r"“\1”所列名目"),
        (r"sum of the lists: (.{1,80})", r"各列表之和：\1"),
        (r"sum of (.{1,80})", r"求和：\1"),
        (r"with other achieved figures for (.{1,40})", r"可与 \1 其他已实现数字比较"),
        (r"with other targets for (.{1,40})", r"可与 \1 其他目标比较"),
        (r"with other plans for (.{1,40})", r"可与 \1 其他计划比较"),
        (r"with other rules for (.{1,40})", r"可与 \1 其他规定比较"),
        (r"no: undated, as of the document \((.{1,20})\)", r"否：未注日期，以文档日期（\1）计"),
        (r"(\d+) in = (\d+) kept \+ (\d+) rejected \+ (\d+) duplicates", r"输入 \1 = 采用 \2 + 拒收 \3 + 重复 \4"),
        (r"step (\d) of (\d): (.{1,40})", "第 {1} 级（共 {2} 级）：{3}"),
        (r"(.{1,60}) \((\d+) passages, (.{1,20})\)", "{1}（{2} 个段落，{3}）"),
        (r"(.{1,200}) \((\d+) characters, ([0-9a-f]{8})\)", r"\1（\2 字，\3）"),
        (r"(achieved|target|plan|rule|background|no cue|pass|warn|refuse): ([^.]{1,400})", "{1}：{2}"),
        (r"(\d+) topics\; plateau ([\d, ]{1,40})\.", r"\1 个主题；并列最稳 \2。"),
        (r"status: plan\.", r"状态：计划。"),
        (r"(\d+) topics", r"\1 个主题"),
        (r"without rule (.{1,40})", "不用规则：{1}"),
        (r"without (.{1,40})", "不含{1}"),
        (r"leading dimension: (.{1,40})", "首要维度：{1}"),
        (r"most typical word: (.{1,40})", "最典型的词：{1}"),
        (r"region: (.{1,40})", "地区：{1}"),
        (r"because of (.{1,400})", "因为：{1*}"),
        (r"refused by (.{1,400})", "被拒，因：{1*}"),
        (r"but mind (.{1,400})", "但须留意：{1*}"),
        (r"Gate: (.{1,200})\.", "可比性检验：{1}。"),
        (r"Verdict: (.{1,200})\.", "结论：{1}。"),
        (r"median length of a document, longest region \((.{1,40})\) over shortest \((.{1,40})\)", "文档篇幅中位数：最长地区（{1}）与最短地区（{2}）之比"),
    )
)
#: Sayings with numbers of which only the beginning may be shown.
BEGINNINGS = {
    "overlap of the genres": "各地区体裁与其他地区的重合度……", "overlap of the levels": "各地区层级与其他地区的重合度……",
    "overlap of the years": "各地区年份与其他地区的重合度……", "median length of a document": "文档篇幅中位数之比……",
    "share of all characters": "占全部字符的比例……",
}  # fmt: skip
_LISTING = ("because of ", "refused by ", "but mind ", "depends on ")
#: Short English names of the codes, for labels that must not be longer than their Chinese ones.
CODES = {
    "ORG": "Integration", "GOV": "Governance", "REF": "Referral", "PAY": "Payment", "FIN": "Finance", "CAP": "Capacity",
    "HRH": "Workforce", "ICT": "Digital", "PHI": "Public health", "EVA": "Assessment", "TCM": "Chinese medicine",
    "LTC": "Elderly care", "SOC": "Private sector", "BEN": "Benefit", "SH": "People", "SF": "Funds", "SI": "Facilities",
    "ST": "Information", "SA": "Allocation", "EG": "Goals", "EO": "Leadership", "ER": "Rules", "EE": "Evaluation",
    "EI": "Incentives", "EP": "Publicity", "DI": "Payment, price", "DP": "Purchasing", "DT": "Pilots", "DS": "Private actors",
    "DC": "Cooperation", "DU": "Patient guidance",
}  # fmt: skip
_CODED = re.compile(r"([A-Z]{2,3}) ([\u4e00-\u9fff].{0,60})")
_BOTH = re.compile(r"([^\u4e00-\u9fff.;]{0,120}[A-Za-z)’”][^\u4e00-\u9fff.;]{0,3}) ([\u4e00-\u9fff][^.;。；]{0,80})")
_CASE = re.compile(r"([\u4e00-\u9fff]{2,12}[省市区县州盟旗])( \d{4})?")
_KIND = re.compile(r" (?:District|County|Banner|Prefecture|League)$")
_SENTENCE = re.compile(r"(?<=[.。；])(?<!et al\.) ")
_CLAUSE = re.compile(r"(?<=[;；]) ")
_CUT = re.compile(r"(?:\.\.\.|…)$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_SLOT = re.compile(r"\{(\d)(\*?)\}")


@lru_cache(maxsize=20_000)
def said(text: str, lang: str) -> str:
    """Words of the run in one language; what is not known there stays itself.

    >>> said("Evidence matrix 证据矩阵", "zh"), said("Evidence matrix 证据矩阵", "en"), said("ORG 组织整合形式", "en")
    ('证据矩阵', 'Evidence matrix', 'ORG Integration')
    >>> said("because of region × genre, like documents", "zh"), said("利州区 2021", "en")
    ('因为：地区 × 体裁、同类文档', 'Lizhou 2021')
    """
    return _in_chinese(text) if lang == "zh" else _in_english(text)


def pair(text: str) -> Pair:
    """Words of the run in both languages.

    >>> pair("5 documents").zh
    '5 份文档'
    """
    return Pair(said(text, "en"), said(text, "zh"))


def in_english(text: str) -> str:
    """A label of a table without its Chinese twin; a place, a name or a quote stays itself.

    >>> in_english("no cue matched (未检出)"), in_english("PAY 三医联动"), in_english("利州区 2021")
    ('no cue matched', 'PAY Payment', '利州区 2021')
    """
    if text == "no cue matched (未检出)":
        return "no cue matched"
    return text if _CASE.fullmatch(text) else _in_english(text) if _CODED.fullmatch(text) or _BOTH.fullmatch(text) else text


def _in_chinese(text: str) -> str:
    known = _known(text)
    if known:
        return known
    both = _BOTH.fullmatch(text)
    if both and not _CODED.fullmatch(text):
        return both[2]
    for division in (_SENTENCE, _CLAUSE):
        parts = list(dict.fromkeys(division.split(text)))
        if len(parts) > 1:
            said_parts = [_in_chinese(part) for part in parts]
            return "".join(part if _CHINESE.search(part) else f"{part} " for part in dict.fromkeys(said_parts)).strip()
    return text


def _known(text: str) -> str:
    if text in PAIRS:
        return PAIRS[text]
    if _CUT.search(text) and (text.startswith(_LISTING) or not _formed(text)):
        return _known_cut(_CUT.sub("", text).rstrip())
    found = provinces.province(text) if text.isascii() and text else None
    return found[1].zh if found else _formed(text)


def _formed(text: str) -> str:
    matches = ((form.fullmatch(text), chinese) for form, chinese in FORMS)
    found, chinese = next(((match, chinese) for match, chinese in matches if match), (None, ""))
    return _expanded(found, chinese) if found else ""


def _expanded(found: re.Match[str], chinese: str) -> str:
    return _SLOT.sub(lambda slot: _filled(found[int(slot[1])], slot[2]), found.expand(chinese))


def _known_cut(stem: str) -> str:
    """What a saying means of which a table or a figure shows the beginning only."""
    whole = [chinese for english, chinese in PAIRS.items() if len(stem) > 12 and english.startswith(stem)]
    if len(whole) == 1:
        return whole[0]
    if stem.startswith(_LISTING):
        return f"{_formed(stem.rpartition(', ')[0])}……"
    begun = [chinese for beginning, chinese in BEGINNINGS.items() if len(stem) > 12 and stem.startswith(beginning)]
    return begun[0] if begun else ""


def _filled(words: str, several: str) -> str:
    return "、".join(said(part, "zh") for part in words.split(", ")) if several else said(words, "zh")


def _in_english(text: str) -> str:
    coded = _CODED.fullmatch(text)
    if coded and coded[1] in CODES:
        return f"{coded[1]} {CODES[coded[1]]}"
    case = _CASE.fullmatch(text)
    if case:
        return _KIND.sub("", provinces.place(case[1]).en) + (case[2] or "")
    both = _BOTH.fullmatch(text)
    if both and ":" not in text and not text.startswith("without "):
        return both[1]
    parts = _SENTENCE.split(text)
    return " ".join(part for part in parts if _LATIN.search(part) or not _CHINESE.search(part)) if len(parts) > 1 else text
