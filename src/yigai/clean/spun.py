"""Words that a rewriting machine put for common ones (年夜幅 for 大幅), turned back in pages that show its hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

# No mainland official writes these; two different ones show the machine. Each pattern has its own wording.
_SURE: tuple[tuple[str, str], ...] = (
    ("年夜(?=[幅学众力夫病型量会家局批院])", "大"), ("(?<=[强扩最重巨广加伟放])年夜", "大"), ("经由过程", "通过"), ("可以或许", "能够"), ("颁布发表", "宣布"),
    ("(?<!革故)鼎新", "改革"), ("踊跃(?=推[动进行]|开展|摸索|探索|稳妥|共同)", "积极"), ("(?<![双单并])轨制", "制度"),
    ("周全(?=推|实|贯|深|奉|落|加|晋|提|建|笼)", "全面"), ("根蒂根基", "基础"), ("(?<=卫生|居民)康健|康健(?=[委局]|档案|管理|体检)", "健康"), ("(?<!治)州里(?=卫生|医|干|政|党|和|、|街)", "乡镇"),
)  # fmt: skip
# Words of their own elsewhere (七级职员, 谆谆教诲, 带领干部群众): only in a page of that machine, and where the sentence wants the common one.
_SLOTS: tuple[tuple[str, str], ...] = (
    ("扶植", "建设"), ("教诲", "教育"), ("职员", "人员"), ("康健", "健康"), ("今朝", "目前"), ("(?<!不)相干(?!性|断层|光)", "相关"), ("鼎力", "大力"), ("(?<!间盘)凸起", "突出"),
    ("(?<=相关|有关)部分", "部门"), ("(?<=相干)部分", "部门"), ("带领(?=小组|干部|班子|体制)", "领导"), ("(?<=党的|组织|统一|坚强)带领", "领导"),
    ("(?<!精神)(?<!传染)(?<!麻风)(?<!结核)(?<!专科)(?<!疾)病院", "医院"), ("医治(?=机构|办事|服务|卫生|保障|资本|资源|集团)", "医疗"), ("(?<!传统)村落(?=医|卫|地区|振|干|居)", "乡村"),
    ("办事(?=能力|水平|程度|质量|系统|体系|机构|项目|网络|半径|收入|价格|供应|模式|效力|效率|人口|中间|中心)", "服务"), ("(?<=医疗|卫生|公共|优质|便民|惠民|签约|药学|健康|康健)办事(?!处)", "服务"),
    ("晋升(?=[^职级]{0,6}(?:能力|水平|程度|质量|效力|效能|效率|品质|幅度))|(?<=年夜幅)晋升|(?<=大幅|显著|明显|全面|周全|不断|有效)晋升", "提升"),
    ("成长(?=规划|计划|改革|格局|方式|机制|目标|战略|理念|质量|阶段|大局)|(?<=质量|事业|经济|融合|改革|协调|持续|延续|健康|康健|立异|创新|和谐|共同|协同)成长", "发展"),
    ("(?<=在的|解决|突出|凸起|主要|难点|热点|现实|实际)题目", "问题"), ("枢纽(?=环节|问题|题目|在于|领域|岗位|技术|时期|作用|一招)", "关键"), ("接洽(?=疏松|紧密|密切|群众|实际)", "联系"), ("疏松", "松散"),
    ("(?<=相对|各自|完全)自力|自力(?=法人|运行|核算)", "独立"), ("庞大(?=疾病|项目|问题|题目|决策|部署|事项|疫情|公共)", "重大"), ("延续(?=推进|推动|深化|加强|改善|优化|提升|晋升|扩大)", "持续"), ("立异", "创新"), ("奉行", "推行"),
    ("(?<=构造|组织)带领", "领导"), ("保证机制", "保障机制"), ("治理制度|治理轨制", "管理制度"), ("系统(?=改革)", "体系"), ("资本(?=下沉|配置|设置装备摆设|共享)", "资源"), ("环境杰出", "情况良好"),
)  # fmt: skip
_MACHINE, _NEEDED = 2, 3
# Asked first, since most pages hold none of them.
_STEMS = ("年夜", "经由过程", "可以或许", "颁布发表", "鼎新", "踊跃", "轨制", "周全", "根蒂根基", "康健", "州里")
_FIRST = re.compile("|".join(pattern for pattern, _ in _SURE))
_SECOND = re.compile("|".join(pattern for pattern, _ in _SLOTS))
_TABLE = tuple((re.compile(pattern), word) for pattern, word in _SURE + _SLOTS)


def is_spun(text: str) -> bool:
    """Whether a text holds two words that only a rewriting machine puts, and a third that it may have put.

    >>> is_spun("年夜幅晋升病院的根蒂根基"), is_spun("精神病院的医务职员")
    (True, False)
    """
    sure = {m[0] for m in _FIRST.finditer(text)}
    return len(sure) >= _MACHINE and len(sure | {m[0] for m in _SECOND.finditer(text)}) >= _NEEDED


def restorations(draft: Draft) -> Iterator[Change]:
    """The common words, in a page judged spun."""
    if sum(stem in draft.text for stem in _STEMS) < _MACHINE or not is_spun(draft.body()):
        return
    for pattern, word in _TABLE:
        for m in pattern.finditer(draft.text):
            yield Change(m.start(), m.end(), word, "swap", "spun", 0.85, f"{m[0]} for {word}; the page holds other words of a rewriting machine")
