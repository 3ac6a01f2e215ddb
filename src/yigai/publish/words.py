"""The two languages of the site: every fixed label once, as an English and a Chinese text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Pair:
    """A text in both languages of the site.

    >>> Pair("plan", "计划").of("zh")
    '计划'
    """

    en: str
    zh: str

    def of(self, lang: str) -> str:
        """The text in one language, ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en


#: What a sentence says about its content, from the hardest evidence to the weakest.
STATUSES = {
    "achieved": Pair("achieved", "已实现"),
    "rule": Pair("rule", "规定"),
    "target": Pair("target", "目标"),
    "plan": Pair("plan", "计划"),
    "background": Pair("background", "背景"),
    "no cue": Pair("status not stated", "未说明状态"),
    "": Pair("status not stated", "未说明状态"),
}
#: A shape beside the colour, so that status is never told by colour alone.
STATUS_SIGNS = {"achieved": "●", "rule": "◆", "target": "▲", "plan": "○", "background": "·", "no cue": "·", "": "·"}

GENRES = {
    "plan": Pair("plan", "规划方案"),
    "notice": Pair("notice", "通知"),
    "regulation": Pair("regulation", "法规"),
    "report": Pair("report", "工作报告"),
    "reply": Pair("reply to a deputy", "建议复函"),
    "meeting report": Pair("meeting report", "会议报道"),
    "news": Pair("news", "新闻"),
    "Q&A news": Pair("Q&A news", "问答新闻"),
    "feature": Pair("feature", "专题报道"),
    "interpretation": Pair("interpretation", "政策解读"),
    "unknown": Pair("genre unknown", "体裁不明"),
}
LEVELS = {
    "national": Pair("national", "国家级"),
    "province": Pair("province", "省级"),
    "prefecture": Pair("prefecture", "地市级"),
    "county": Pair("county", "县级"),
    "township": Pair("township", "乡镇级"),
    "unknown": Pair("level unknown", "层级不明"),
}
ROLES = {
    "lead": Pair("lead", "牵头"),
    "co-lead": Pair("co-lead", "共同牵头"),
    "support": Pair("support", "配合"),
    "member": Pair("member", "成员"),
    "partner": Pair("partner", "协作方"),
    "network": Pair("network", "所属网络"),
}
#: How a figure stands in the text.
CLASSES = {
    "hard": Pair("printed number", "原文数字"),
    "derived": Pair("derived", "推算"),
    "date": Pair("date", "日期"),
    "anecdote": Pair("anecdote", "轶事"),
}
#: The same beside a count of them: of one, of several.
NUMBERS = {
    "hard": (Pair("printed", "原文数字"), Pair("printed", "原文数字")),
    "derived": (Pair("derived", "推算"), Pair("derived", "推算")),
    "date": (Pair("date", "日期"), Pair("dates", "日期")),
    "anecdote": (Pair("anecdote", "轶事"), Pair("anecdotes", "轶事")),
}
SENTENCE_KINDS = {
    "body": Pair("body", "正文"),
    "heading": Pair("heading", "标题"),
    "duty": Pair("responsible units", "责任单位"),
    "background": Pair("background", "背景"),
    "boilerplate": Pair("boilerplate", "套语"),
}
SEVERITIES = {
    "refuse": Pair("not supported", "不支持"),
    "warn": Pair("with caution", "须谨慎"),
    "pass": Pair("passed", "通过"),
}
TOPIC_VERDICTS = {
    "stable": Pair("stable", "稳定"),
    "unstable": Pair("unstable", "不稳定"),
    "one document": Pair("one document", "仅一份文档"),
}
EDIT_KINDS = {
    "footer": Pair("footer", "页脚"), "layout": Pair("layout", "版式"), "lost": Pair("lost character", "缺字"),
    "meta": Pair("page data", "页面信息"), "nav": Pair("navigation", "导航"), "pinyin": Pair("pinyin note", "注音"),
    "place": Pair("place name", "地名"), "promo": Pair("promotion", "推广"), "quote": Pair("quotation mark", "引号"),
    "script": Pair("script", "字形"), "slip": Pair("byte slip", "字节错位"), "spam": Pair("spam", "垃圾内容"),
    "swap": Pair("word swap", "换词"), "width": Pair("width", "全半角"), "title": Pair("repeated title", "重复标题"),
}  # fmt: skip
#: What a statement of the gate means, said in full.
STATEMENTS = {
    "case comparison": Pair("how these documents differ, case by case", "这些文档逐案有何不同"),
    "regional contrast": Pair("that a region stresses a topic, term or instrument more than another", "某地区比另一地区更重视某主题、词或工具"),
    "share interval": Pair("an interval around a region's shares", "地区占比的区间"),
    "keyness interval": Pair("an interval around the weight of a term in a region", "某词在某地区权重的区间"),
    "similarity interval": Pair("an interval around the likeness of two regions", "两地区相似度的区间"),
    "regional finding": Pair("any finding about a province", "关于某省的任何结论"),
}
VOCABULARIES: Mapping[str, Mapping[str, Pair]] = {
    "status": STATUSES,
    "genre": GENRES,
    "level": LEVELS,
    "role": ROLES,
    "class": CLASSES,
    "kind": SENTENCE_KINDS,
    "severity": SEVERITIES,
    "verdict": TOPIC_VERDICTS,
}


def value(column: str, text: object) -> Pair:
    """The two-language label of a value of a controlled column; any other value stays itself.

    >>> value("level", "county").zh, value("level", "村").en
    ('县级', '村')
    """
    known = VOCABULARIES.get(column, {}).get(str(text))
    return known or Pair(str(text), str(text))


FLAGS = {
    "unfinished list": "列举未完", "lost names": "人名缺失", "truncated end": "结尾残缺", "stub": "有题无文", "two documents": "疑含两份文档",
    "unread slip": "未能修复的错码", "synonym spinning": "同义替换洗稿", "source line": "来源行存疑",
}  # fmt: skip


def flag(name: str) -> Pair:
    """The label of a doubt that cleaning left.

    >>> flag("lost names").zh
    '人名缺失'
    """
    return Pair(name, FLAGS.get(name, name))


#: What a row of the table of changes speaks of.
CHANGES = {
    "parameter": Pair("Parameters", "参数"), "version": Pair("Versions", "版本"), "document new": Pair("New documents", "新增文档"),
    "document gone": Pair("Documents gone", "移除的文档"), "document changed": Pair("Changed documents", "变动的文档"),
    "topic new": Pair("New topics", "新主题"), "topic lost": Pair("Topics lost", "消失的主题"), "topic matched": Pair("Topics matched", "对应的主题"),
    "gate": Pair("Checks of comparability", "可比性检查"), "conclusion": Pair("Conclusions", "结论"), "statement": Pair("Statements of the matrix", "矩阵陈述"),
}  # fmt: skip


def change(what: str) -> Pair:
    """The heading of one kind of change.

    >>> change("gate").zh
    '可比性检查'
    """
    return CHANGES.get(what, Pair(what, what))


def edit_kind(name: str) -> Pair:
    """The label of a kind of edit, also of a joint one.

    >>> edit_kind("slip+script").zh
    '字节错位、字形'
    """
    parts = [EDIT_KINDS.get(part, Pair(part, part)) for part in name.split("+")]
    return Pair(" + ".join(part.en for part in parts), "、".join(part.zh for part in parts))


@cache
def codebook() -> dict[str, Any]:
    """The reform-model codebook as shipped; empty where the package has none."""
    import yaml

    source = resources.files("yigai") / "data" / "codebook.yaml"
    if not source.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=loader)
    return loaded


@cache
def dimensions() -> dict[str, Pair]:
    """The dimensions of the codebook in its order, each with its two names.

    >>> "ORG" in dimensions()
    True
    """
    entries = codebook().get("dimensions", {})
    return {code: Pair(_sentence_case(str(entry.get("en", code))), str(entry.get("zh", code))) for code, entry in entries.items()}


@cache
def instruments() -> dict[str, Pair]:
    """The policy instruments of the codebook, each with its two names."""
    groups = codebook().get("instruments", {})
    found = {}
    for group in groups.values():
        for code, entry in (group.get("types", {}) if isinstance(group, dict) else {}).items():
            english = str(entry.get("en") or entry.get("definition", code))
            found[code] = Pair(english, str(entry.get("zh", code)))
    return found


def dimension(code: str) -> Pair:
    """The name of a dimension, also of one of its codes (``ORG.CMC``); an unknown code stays itself.

    >>> dimension("XYZ").en
    'XYZ'
    """
    return dimensions().get(code.partition(".")[0], Pair(code, code))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
