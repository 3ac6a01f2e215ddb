"""What a line or sentence does when it is not a heading: duty, background, boilerplate or body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yigai.passages.outline import level
from yigai.passages.sentences import DUTY_WORD

_DATE = r"[（(]?(?:20|19|二[〇○零])[\d〇○零一二三四五六七八九]{2}年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[）)]?"
_DATE_LINE = re.compile(_DATE + "$")
_OFFICE = re.compile(r"[^，。；：、]{2,40}(?:政府|委员会|办公室|办公厅|局|厅|部|院|处|党组|领导小组|常委会|中心)$")
_CREDIT = r"(?:本报|本网|本刊|全媒体|见习|特约|实习)?(?:记者|通讯员|作者|编辑|责编|责任编辑|校对|摄影|供稿|撰稿|撰文|来源|文/图|图/文|审核|监制|编审|稿源|信息来源)"
_NAME = r"[\u4e00-\u9fff·]{1,4}"
_BYLINE = re.compile(rf"[（(](?:{_CREDIT}[\s：:]*)?(?:{_NAME}[\s、，,]+){{0,6}}(?:{_CREDIT}[\s：:]*)?{_NAME}(?:[\s/]?(?:文|摄|图))?[）)]$")
BOILERPLATE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_CREDIT}[\s]*[：:]",
        r"(?:发布|成文|印发|更新|生成|发文)(?:时间|日期|机构|机关)[\s]*[：:]",
        r"[（(]?(?:索\s?引\s?号|主\s?题\s?(?:词|分类)|发文字号|文\s?号|标\s?题|字体|浏览次数|点击|分享到?|附件\d?|附|联系人|联系电话|联系方式|抄送|电话|邮箱)[\s]*[：:]",
        r"[（(]?此件.{0,12}公开.{0,6}[）)]?。?$",
        r".{0,80}(?:印发|转发|下发|发)给你们.{0,20}请.{0,20}(?:执行|落实|实施|贯彻)",
        r"请(?:各地|各单位|你们)?.{0,12}(?:遵照执行|认真贯彻执行|贯彻执行|组织实施|抓好落实|贯彻落实)。?$",
        r"(?:特此|专此|此复|以上.{0,6}(?:函|答)复).{0,12}。?$",
        r".{4,60}(?:次会议)(?:通过|修订|第[一二三四]次修正|批准)",
        r"[（(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[^，；]{2,60}(?:通过|批准|公布|修订|修正|发布)[^；]{0,60}[）)]$",
        r"[（(](?:原标题|原载|图片来源|图源|完|未完待续|下转.{0,6}版|上接.{0,6}版).{0,40}[）)]$",
    )
)
BACKGROUND: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:首先|衷心|诚挚|再次)?[，,]?(?:对您|向您|向你们)?.{0,12}(?:感谢|谢谢)(?:您|你们|各位|委员|代表|贵)",
        r"(?:您|你们?|贵).{0,40}(?:提出|提交|反映|来信|提案).{0,160}(?:建议|提案|议案|问题|意见|收悉|办理|函)",
        r".{0,30}现(?:将|就).{0,40}(?:如下|说明|答复|函复|报告)[：:。]?$",
        r"(?:现在，?)?我(?:受|代表).{0,40}(?:报告|委托)",
        r"(?:各位|尊敬的|亲爱的).{0,12}[：:！!]$",
        r"(?:同志们|朋友们|代表们|委员们)[：:！!]$",
        r".{0,120}(?:就此|就这).{0,80}(?:采访|了解|获悉|专访)",
        r".{0,120}了解到了?.{0,8}情况。?$",
    )
)
_DUTY = re.compile(rf"[（(【\[]?(?:以上|上述)?{DUTY_WORD}[：:为]")
_DUTY_BY_VERB = re.compile(
    r"[（(](?:由)?[^（()）。；]{2,160}(?:负责|牵头|配合|参与|落实)[）)]"
)
_ADDRESSEE = re.compile(r"[^。；！？]{2,120}[：:]$")
_ADDRESSED = re.compile(
    r"(?:代表|委员|同志|先生|女士|网友|市民|朋友|群众|政府|单位|部门|公司|机构|企业|组织|医院|[局委办厅院校])们?(?:，?您好|，?你好)?$"
)
_SPEECH = re.compile(
    r"[^“”]{0,70}(?:说|表示|介绍|介绍说|告诉记者|感慨|感叹|感慨道|说道|坦言|指出|称|笑着说|回忆|解释|强调)(?:道)?[。！]$"
)
_CLOSING_QUOTE = re.compile(r"[”’」』\"]$")


def is_addressee(text: str) -> bool:
    """Whether a line calls somebody by name or office.

    >>> is_addressee("各县（区）人民政府，市直有关单位："), is_addressee("重点抓好以下工作：")
    (True, False)
    """
    return bool(_ADDRESSEE.match(text)) and bool(_ADDRESSED.search(text[:-1])) and level(text) is None


def _names_duty(text: str) -> bool:
    return bool(_DUTY.match(text) or _DUTY_BY_VERB.fullmatch(text.rstrip("。")))


def of_sentence(text: str, *, before: str, late: bool) -> str:
    """What a sentence that is not a heading does; `before` stands ahead of it, `late` near the end of the text."""
    if _names_duty(text):
        return "duty"
    if any(p.match(text) for p in BOILERPLATE) or (_BYLINE.match(text) and (late or re.search(_CREDIT, text))):
        return "boilerplate"
    if any(p.match(text) for p in BACKGROUND):
        return "background"
    # only the speaker is named, the speech stands before it (seed 003: 69岁患者…说。)
    if _SPEECH.match(text) and _CLOSING_QUOTE.search(before):
        return "background"
    return "body"


def of_line(lines: Sequence[str], at: int) -> str:
    """Kind of a whole paragraph; '' when its sentences decide.

    >>> of_line(["通知", "各县（区）人民政府，市直有关单位：", "某市人民政府", "2024年2月22日"], 2)
    'boilerplate'
    """
    text = lines[at]
    if at == 0:
        return "heading" if len(lines) > 1 and len(text) <= 80 and not re.search("[。；]", text) else ""
    beside = [lines[i] for i in (at - 1, at + 1) if 0 < i < len(lines)]
    if _DATE_LINE.match(text) or (_OFFICE.match(text) and any(map(_DATE_LINE.match, beside))):
        return "boilerplate"
    if _attached(lines, at):
        return "boilerplate"
    return "background" if at <= 6 and is_addressee(text) else ""


_LISTED = re.compile(r"\d{1,2}[.．、]")
# 附件1 alone, or with a title, heads the attachment itself; what it numbers is its text.
_ATTACHMENTS = re.compile(r"附\s?件\s?(?:[：:]?\s?(1[.．、])|[：:]$)")


def _attached(lines: Sequence[str], at: int) -> bool:
    """Whether a line goes on a list of attachments (附件：1.任务分工表, below it 2.考核指标).

    >>> lines = ["通知", "附件：1.任务分工表", "2.考核指标"]
    >>> _attached(lines, 2), _attached(["通知", "附件1：重点任务", "1.建设医共体"], 2)
    (True, False)
    """
    first = at
    while first > 0 and at - first < 12 and _LISTED.match(lines[first]) and len(lines[first]) <= 60:
        first -= 1
    opened = _ATTACHMENTS.match(lines[first])
    if first == at or opened is None or len(lines[first]) > 60:
        return False
    return int(re.split(r"\D", lines[at], maxsplit=1)[0]) == at - first + bool(opened[1])
