"""Wording: lost 年, words a filter swapped, doubled marks, masked words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean.chars import HAN
from yigai.clean.draft import Draft
from yigai.clean.ledger import FLAGGED, REFUSED, Change

# 201410月 (seed 000): a year and a month in one number can have no other reading.
_YEAR_MONTH = re.compile(r"(?:19|20)\d{2}(1[0-2]|0?[1-9])月")
_YEAR_ALONE = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?=(?:底|初|以来|以前|以后|之前|之后|起|末|度|期间|上半年|下半年|第[一二三四]季度|春节))")


def lost_years(draft: Draft) -> Iterator[Change]:
    """年 between year and month; after other years only where the page has no 年 at all."""
    text = draft.text
    for m in _YEAR_MONTH.finditer(text):
        if not (m.start() and text[m.start() - 1] in "0123456789."):
            year, month = m[0][:4], m[1]
            yield Change(m.start(1), m.start(1), "年", "lost", "year", 0.99, f"{m[0]} is {year}年{month}月")
    if len(text) < 200 or draft.says("年"):
        return
    for m in _YEAR_ALONE.finditer(text):
        yield Change(m.end(1), m.end(1), "年", "lost", "year", 0.9, "the page has no 年 of its own")


# Advertising filters replace superlatives: 第一 by 头部, 最 by a rare sign of the same sound (seed 003).
_FIRST_SLOT = re.compile(
    "头部(?=(?:人民|中医|中西医|附属|临床|妇幼|中心|综合)?医院|副?组长|副?书记|责任人|责任|时间|名|批|次|位|条|章|款|项|届|轮|类|步|期|阶段|季度|产业|大|线|要务|资源|动力|生产力|要义|"
    "目标|梯队|方阵|站|课|关|个|台|份|例|家(?!公司|企业)|所|座|中学|小学|中心小学|幼儿园|实验|高级中学|党支部|支部|村民|季|信号|标准|选择|考量|议题|议程|政治|民生|战略|引擎|窗口|速度|现场|粒|把|道防线|道|艘|颗|代|版|集|卷|部分|学期|学历|学位|师|军|任|届|审|系列|"
    "监管|检察|税务|分局|支队|大队|中队|被告|作者|顺位|印象|反应|视角|手|眼|天|夜|年|月|周|层|级|至第|到第|、第|和第|或第|，第)"
    "|(?<=[列居占获为是夺争创国省市县区界球业名])头部(?=[。，、；！”])|(?<=安全|质量|生命|健康|诚信|效益|人民|党建|服务|预防|防控)头部(?=[。，、；！”至]|的(?:原则|理念|方针|宗旨|思想|意识))"
)
_FIRST_SPARED = re.compile(
    "头部(?:企业|公司|平台|主播|品牌|机构|效应|券商|厂商|客户|玩家|房企|网红|达人|账号|商家|产品|项目|基金|银行|险企|影视|作品|内容|院校|城市群"
    "|外伤|损伤|创伤|受伤|受创|CT|ＣＴ|MRI|核磁|检查|手术|位置|动作|疼痛|肿瘤|放疗|按摩|供血|撞击|撞伤|流血|出血|伤|受|被|着地|以|朝|向|姿|运动|冷敷|热敷|护具|防护|保暖|毛发|皮肤|血管|神经|影像|扫描|B超|多)"
)
# Signs of the sound zuì that filters put for 最. 蕞 is no word of modern text; the others only in a slot.
_MOST = re.compile("蕞(?!尔)|[醉罪嘴](?=(?:大|高|多|快|好|低|新|强|优|佳|美|先进|重要|突出|严格|严厉|完善|便捷|有力|全面|主要|根本|终|后|近|初|为)[的化级限值终程地初])")
_OTHER_FIRST = re.compile("(?<![A-Za-z])[dD][iIī][一1]|第[①壹](?=[名批次位个条])|弟一(?=[名批次位大书人])")


def swaps(draft: Draft) -> Iterator[Change]:
    """第一 and 最 restored in slots that demand them, in pages with none of their own left."""
    text = draft.text
    if "头部" in text:
        yield from _firsts(text)
    for m in _MOST.finditer(text) if any(sign in text for sign in "蕞醉罪嘴") else ():
        if m[0] == "蕞" or not draft.says("最"):
            yield Change(m.start(), m.end(), "最", "swap", "superlative", 0.99 if m[0] == "蕞" else 0.9, f"{m[0]} for 最 before {text[m.end() : m.end() + 2]}")
    for m in _OTHER_FIRST.finditer(text) if any(sign in text for sign in ("d", "D", "第①", "第壹", "弟一")) else ():
        yield Change(m.start(), m.end(), "第一", "swap", "first", 0.9, f"{m[0]} has the sound of 第一")


def _firsts(text: str) -> Iterator[Change]:
    own = "第一" in text
    slots = {m.start(): m for m in _FIRST_SLOT.finditer(text)}
    for m in re.finditer("头部", text):
        after = text[m.end() : m.end() + 4]
        if m.start() in slots and not own:
            yield Change(m.start(), m.end(), "第一", "swap", "first", 0.98, f"slot before {after}; the page has no 第一 left")
        elif m.start() in slots:
            yield Change(m.start(), m.end(), "第一", "swap", "first", 0.5, "the page has 第一 of its own", REFUSED)
        elif slots and not own and not _FIRST_SPARED.match(text, m.start()):
            yield Change(m.start(), m.end(), "第一", "swap", "first", 0.6, f"no sure slot before {after}", FLAGGED)


# A filter's other way: one syllable of a superlative spelt out, as in zui大, di一, guo家级, shou个.
_SPELT = re.compile(
    f"(?<![A-Za-z])(?:zui(?=[大高好新佳低快优强先美多近终后])|[dD]i(?=[一1])|shou(?=[个家例次批创])|guo(?=家级)|du(?=家)|wei(?=一)|ding(?=[级尖])"
    f"|(?<=第)yi(?=[{HAN}])|(?<=唯)yi(?=[{HAN}])|(?<=国)jia(?=级)|(?<=顶)ji(?![A-Za-z])|(?<=最)da(?=[{HAN}])|(?<=最)gao(?=[{HAN}]))"
)
_SPELT_WORDS = ("zui", "di", "Di", "dI", "DI", "shou", "guo", "du", "wei", "ding", "第yi", "唯yi", "国jia", "顶ji", "最da", "最gao")
_AMID_HAN = re.compile(rf"[A-Za-z](?:(?<=[{HAN}].)|(?<=\A.))[A-Za-z]{{1,3}}[{HAN}]")
_SYLLABLE = {
    "zui": "最", "di": "第", "shou": "首", "guo": "国", "du": "独", "wei": "唯", "ding": "顶", "yi": "一", "jia": "家",
    "ji": "级", "da": "大", "gao": "高",
}  # fmt: skip


def spelt(draft: Draft) -> Iterator[Change]:
    """Syllables of superlatives that a filter spelt in Latin letters."""
    text = draft.text
    for m in _SPELT.finditer(text) if any(s in text for s in _SPELT_WORDS) and _AMID_HAN.search(text) else ():
        yield Change(m.start(), m.end(), _SYLLABLE[m[0].lower()], "swap", "spelt", 0.93, f"{m[0]} is the sound of {_SYLLABLE[m[0].lower()]}")


_DOUBLED = re.compile("([，,。；;：:、])[，,。；;：:、]{1,3}")
_STRONGEST = "。；;：:，,、"


def doubled_marks(draft: Draft) -> Iterator[Change]:
    """Two marks where one belongs: the stronger of them stays.

    A run of three full stops is an ellipsis and stays.
    """
    text = draft.text
    for m in _DOUBLED.finditer(text):
        run = m[0]
        if set(run) == {"。"} and len(run) >= 3:
            continue
        keep = min(run, key=_STRONGEST.index)
        yield Change(m.start(), m.end(), keep, "mark", "doubled", 0.95, f"{run} is one mark")


_MASKED = re.compile(rf"(?<=[{HAN}])\*{{1,4}}(?=[{HAN}])")


def masked_words(draft: Draft) -> Iterator[Change]:
    """Words of which a filter left asterisks; what stood there is not known."""
    for m in _MASKED.finditer(draft.text) if "*" in draft.text else ():
        yield Change(m.start(), m.end(), m[0], "masked", "asterisks", 0.3, draft.text[max(0, m.start() - 6) : m.end() + 6], FLAGGED)
