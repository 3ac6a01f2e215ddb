"""What kind of document a page is, by the words of its title and the build of its text."""

from __future__ import annotations

import re
from collections.abc import Callable

from yigai.corpus.marks import heading
from yigai.corpus.view import UNKNOWN, Field, View

LABELS = {
    "plan": "方案规划",
    "notice": "通知公告",
    "regulation": "法规规章",
    "report": "工作报告",
    "reply": "答复复函",
    "meeting report": "会议报道",
    "news": "新闻",
    "Q&A news": "问答新闻",
    "feature": "专题报道",
    "interpretation": "政策解读",
    "unknown": "未知",
}
ADDRESSED = re.compile(
    r"(?m)^[\u4e00-\u9fff×]{2,8}(?:等)?(?:代表|委员)(?:、[\u4e00-\u9fff×]{2,4}(?:代表|委员)){0,4}[:：]"
)
ENACTS = re.compile(r"印发|发布|公布|下发")
TITLE_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "reply",
        re.compile(
            r"(?:复函|答复函|答复|的回复|回复函|提案.{0,12}(?:函|答复)|建议.{0,14}(?:函|答复|办理情况))"
        ),
    ),
    ("interpretation", re.compile(r"解读|图解|一图读懂|政策问答|起草说明|编制说明|释义")),
    ("Q&A news", re.compile(r"(?:吹风会|记者会|发布会).{0,40}实录|文字实录|吹风会|记者会$")),
    (
        "meeting report",
        re.compile(
            r"在.{2,50}(?:会议?|活动|仪式)上的(?:讲话|发言|致辞)|讲话(?:提纲|稿|材料|摘要)?(?:[（(].{1,12}[）)])?$|^(?:讲话|致辞)|(?:座谈会|推进会|现场会|工作会议|工作会|动员会|调度会|部署会|联席会|总结会|大会|会议|会)(?:在.{1,8})?(?:召开|举行|举办|闭幕|开幕)|(?:召开|举行|举办).{0,30}(?:会议|会|座谈)$"
            r"|(?:协商会|座谈会|推进会|现场会|动员会|调度会|部署会|联席会|总结会|研讨会|工作会|工作会议|电视电话会议?)$"
            r"|^(?!关于|对).{2,30}(?<![的性])(?:调研|视察)(?![员组]|.{0,40}(?:报告|情况|思考|方案|通知|意见|办法|制度|提纲|问卷|启示|建议)).{2,40}$"
        ),
    ),
    ("Q&A news", re.compile(r"答记者问|问答|热点问题解答|\d{1,3}问")),
    (
        "report",
        re.compile(
            r"总结(?:和|及|与|暨).{0,20}(?:思路|计划|打算|安排|要点)|(?:政府工作|工作|情况|进展|自查|总结|调研|年度|述职|法治政府建设|评估|专项)?(?:报告|总结|公报|白皮书|(?:工作|开展|完成|落实|推进|执行|实施|进展|建设)情况|述职)(?:[（(].{1,12}[）)])?$"
        ),
    ),
    (
        "report",
        re.compile(
            r"典型案例|经验(?:材料|做法|交流|汇报)|(?:工作|主要|特色)做法|优秀案例|创新案例|实践案例"
        ),
    ),
    (
        "feature",
        re.compile(r"纪实|侧记|综述|探访|特写|走笔|巡礼|掠影|见闻|故事|扫描|观察|写在.{2,12}之际"),
    ),
    (
        "plan",
        re.compile(
            r"(?:方案|规划|计划|行动|(?:工作|任务|主要工作)安排|(?:重点|工作|主要|目标)任务|任务(?:分工|清单|分解表)|路线图|纲要|要点|规划纲要|实施意见|指导意见|若干措施|若干政策|意见|措施)(?:[（(].{1,24}[）)]){0,3}(?:的?(?:通知|通告|决定|公告|批复))?$"
        ),
    ),
    (
        "regulation",
        re.compile(
            r"(?:条例|规定|办法|细则|规则|规程|决定|实施办法|章程|制度|议事规则|管理办法|决议)(?:[（(].{1,24}[）)]){0,3}(?:的?(?:通知|决定|公告|令))?$"
        ),
    ),
    (
        "notice",
        re.compile(r"(?:通知|通告|公告|通报|公示|批复|函|令|启事|决定)(?:[（(].{1,24}[）)]){0,3}$"),
    ),
)
QUESTION = re.compile(
    r"[?？]$|(?:是什么|为什么|怎么[办样看]|如何.{1,12}|有哪些|哪些.{1,8}|吗|何时.{1,8}|什么.{0,8})[?？]?$|[?？]"
)
# 改革样本：小马如何拉大车 is an author's headline; a reader's question has its mark or asks for a list.
HEADLINE = re.compile(r"[：:—].{0,24}(?:如何|怎样|怎么|为什么)[^?？]{1,24}$")
MEETING = re.compile(
    r"会议?上|座谈会|会议(?:指出|强调|要求|认为|提出|传达|听取|审议)|(?:召开|举行)[^。，]{0,20}(?:会议|座谈会|推进会|现场会|工作会)"
)
PRESS = re.compile(
    r"记者|本报讯|讯[）)]|通讯员|新华社|摄影|来源[:：]|编辑[:：]|责编|日前|官网(?:消息|显示)|据.{2,14}(?:消息|报道)[，,]"
)
SPOKEN = re.compile(
    r"[”\"][^。“”\"]{0,24}(?:说|介绍|表示|告诉|坦言|感慨|回忆)|(?:说|介绍|表示|告诉记者)[:：，,]?\s?[“\"]"
)
ARTICLE = re.compile(r"(?m)^\s{0,4}第[一二三四五六七八九十百]{1,6}条")
ASKED = re.compile(
    r"(?m)^\s{0,4}(?:(?!同志|各位|代表|委员|附件|来源|编辑|责编|作者|一审|二审|三审|校对|摄影|特此)[\u4e00-\u9fff·]{2,4}[:：]$|[\u4e00-\u9fff·]{2,14}(?:记者|主持人)\s?(?=[:：])|主持人\s?(?=[:：])|问|记者|Q|[一二三四五六七八九十]{1,3}、.{2,50}[?？]$)\s?[:：]?"
)
NUMBERED = re.compile(
    r"(?m)^\s{0,4}(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\))"
)


def addressed_to_deputy(view: View) -> Field | None:
    """Recognise a reply by its salutation: 黄君兰代表:."""
    match = ADDRESSED.search(view.text)
    if (
        match
        and "大会" not in view.text[match.start() : match.end()]
        and not match[0].startswith(("各位", "尊敬的各位", "人大"))
    ):
        return view.field("reply", match.start(), match.end(), "salutation", 0.97)
    return None


def said_by_title(view: View) -> Field | None:
    """Recognise the kind by the last words of the title."""
    title, start, _ = heading(view)
    text = re.sub(r"^(?:.{0,40})《|》", "", title) if ENACTS.search(title) else title
    text = text.strip("“” 　")
    for genre, pattern in TITLE_WORDS:
        if text and (match := pattern.search(text)):
            low = start + max(view.text[start : start + len(title) + 2].find(match[0]), 0)
            return view.field(genre, low, low + len(match[0]), "title words", 0.9)
    return None


def question_in_title(view: View) -> Field | None:
    """Recognise news that answers a question, unless it reports a meeting."""
    for row in view.of("title")[:1]:
        if HEADLINE.search(row.text.strip()):
            continue
        if QUESTION.search(row.text.strip()) and len(MEETING.findall(view.subject)) < 3:
            return view.field("Q&A news", row.start, row.end, "question in the title", 0.85)
    return None


def asked_and_answered(view: View) -> Field | None:
    """Recognise a text of questions and answers."""
    found = list(ASKED.finditer(view.text))
    if len(found) >= 3:
        return view.field(
            "Q&A news", found[0].start(), found[0].end(), "questions in the text", 0.8
        )
    return None


def articles(view: View) -> Field | None:
    """Recognise a regulation by its numbered articles."""
    found = list(ARTICLE.finditer(view.text))
    if len(found) >= 4:
        return view.field("regulation", found[0].start(), found[0].end(), "articles", 0.95)
    return None


def meeting(view: View) -> Field | None:
    """Recognise the report of a meeting: it says several times what was said there."""
    found = list(MEETING.finditer(view.text))
    if len(found) >= 3 and found[0].start() < 900:
        return view.field("meeting report", found[0].start(), found[0].end(), "meeting words", 0.85)
    return None


def opens_with_voice(view: View) -> bool:
    """Judge whether the text begins with the words of somebody, as features do."""
    return any(
        re.match(r"[“\"][^“”\"]{10,120}[。！？][”\"]", row.text) for row in view.of("body")[:1]
    )


def account(view: View) -> Field | None:
    """Recognise an account of practice by its parts: background, what was done, what came of it."""
    found = list(PRACTICE.finditer(view.text))
    if found and (len(found) >= 2 or "如下" in found[0][0]) and len(SPOKEN.findall(view.text)) < 3:
        return view.field("report", found[0].start(), found[0].end(), "account of practice", 0.7)
    return None


PRACTICE = re.compile(
    r"(?m)(?:主要|具体|经验)做法(?:如下|是)[:：。]|^\s{0,4}(?:[一二三四五六]、|[（(][一二三四五六][）)])?(?:基本情况|背景情况|改革背景|主要做法|具体做法|做法与?(?:和)?成效|主要成效|工作成效|取得成效|改革成效|经验启示|存在的?(?:困难和|主要)?问题)[:：。]?$"
)


def told(view: View) -> Field | None:
    """Recognise a feature by its quoted speakers, other news by the marks of the press."""
    spoken = list(SPOKEN.finditer(view.text))
    press = PRESS.search(view.text)
    headline = any(HEADLINE.search(row.text.strip()) for row in view.of("title")[:1])
    if len(spoken) >= 3 or (spoken and headline):
        return view.field("feature", spoken[0].start(), spoken[0].end(), "quoted speakers", 0.7)
    if opens_with_voice(view):
        row = view.of("body")[0]
        return view.field("feature", row.start, row.end, "opening words of a speaker", 0.65)
    if press:
        return view.field("news", press.start(), press.end(), "marks of the press", 0.75)
    return None


def numbered_tasks(view: View) -> Field | None:
    """Recognise a plan without a telling title by its numbered tasks and its future."""
    found = list(NUMBERED.finditer(view.text))
    if len(found) >= 5 and len(re.findall(r"推进|加强|完善|建立健全", view.text)) >= 8:
        return view.field("plan", found[0].start(), found[0].end(), "numbered tasks", 0.6)
    return None


#: Order: a salutation is certain; articles outweigh a title cut off; a question in the title comes before the press.
RULES: tuple[Callable[[View], Field | None], ...] = (
    addressed_to_deputy,
    said_by_title,
    articles,
    question_in_title,
    meeting,
    asked_and_answered,
    account,
    told,
    numbered_tasks,
)


def genre_of(view: View) -> Field:
    r"""Decide the kind of a document by the first rule that recognises it.

    >>> from yigai import clean
    >>> from yigai.corpus.view import view_of
    >>> genre_of(view_of(clean.text("关于印发某市深化医改实施方案的通知\n各县区人民政府:"))).value
    'plan'
    """
    for rule in RULES:
        if found := rule(view):
            return found
    return Field(value="unknown") if view.text else UNKNOWN
