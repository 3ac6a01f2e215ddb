"""The role a line shows by itself: navigation, facts about the page, footer, promotion, spam."""

from __future__ import annotations

import re

from yigai.clean import spam, words
from yigai.clean.chars import IS_HAN, han_count
from yigai.clean.seen import CLAUSE, LONG, STRUCTURE, Seen

ADDRESS = re.compile(r"^(?:https?://|www\.)[!-~]{3,200}$|^[a-z0-9-]{2,40}\.(?:com|cn|net|org|gov\.cn|com\.cn)$")
DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{0,3}\d{1,2}:\d{2}(?::\d{2})?)?")
_REPORTER = re.compile("记者|通讯员|作者|编辑|来源")
_COUNTER = re.compile(r"^[\d\s+()（）\[\]|/,.]{1,12}$")
TITLE_END = re.compile("(?:通知|意见|方案|函|复函|条例|办法|规定|报告|决定|公告|通告|细则|规划|计划|要点|批复|纪要|纪实|答复|解读|总结|讲话|公报|措施|清单)(?:[(（].{1,12}[)）])?$")


def _is_spam(line: Seen) -> bool:
    text = line.text
    if _is_sold(text):
        return True
    if "。" in text or "《" in text or not spam.topic(text) or han_count(text) > 160 or TITLE_END.search(text):
        return False
    first = re.split("[:：_|｜—-]", text, maxsplit=1)[0]
    if han_count(first) >= 8 and not spam.is_name(first):
        return False  # a title with a string hung on it keeps its title
    topical = sum(map(len, spam.BETTING.findall(text) + spam.ADULT.findall(text)))
    # a sentence that holds an advert is not the advert
    return topical * (2 if text.endswith(("？", "?", "！", "!", "；", ";")) or "，" in text or STRUCTURE.match(text) else 4) >= han_count(text)


# A name hung again and again before words of a menu: 某某下载-某某登录-某某注册.
_MENU = re.compile("官网|登录|登陆|注册|下载|入口|网址|手机版|app|APP|投注|开户")
_SOLD = re.compile(r"([^-_|\s]{2,12}?)(?:官网|登录|登陆|注册|下载|入口|网址|手机版|app|APP|投注|开户)(?=[-_|\s]|\Z)")


def _is_sold(text: str) -> bool:
    """Whether one name stands at least three times before words of a menu.

    >>> _is_sold("某某-某某下载-某某登录-某某注册"), _is_sold("用户登录 用户注册 资料下载")
    (True, False)
    """
    if len(text) > 200 or "。" in text or len(_MENU.findall(text)) < 3:
        return False
    names = [m[1] for m in _SOLD.finditer(text)]
    return len(names) >= 3 and names.count(names[-1]) >= 3


_BETWEEN_LINKS = re.compile(r"[\s|｜·>＞/_\-]+")


def is_row(text: str) -> bool:
    """Cells of a table with two figures and more among them; the numbers of a pager stand beside its words.

    >>> is_row("110200001 诊察费 次 15 12"), is_row("首页 1 2 3 下一页")
    (True, False)
    """
    figures = [cell for cell in text.split() if _FIGURE.fullmatch(cell)]
    return len(figures) >= 2 and "页" not in text


_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?%?")


def is_link_list(text: str) -> bool:
    """Many short strings and no sentence: a list of links.

    >>> is_link_list("地方: 成都 绵阳 德阳 自贡 攀枝花 泸州"), is_link_list("全市上下 齐心协力")
    (True, False)
    """
    if is_row(text):
        return False
    if CLAUSE.search(text) or "、" in text:
        return False
    items = [i for i in _BETWEEN_LINKS.split(text) if i]
    return len(items) >= 5 and sum(len(i) for i in items) <= 7 * len(items)


_LABEL_END = re.compile("[:：|｜】]")


def meta_fields(text: str) -> int:
    """How many labelled facts about the page a line holds."""
    return len(words.META_FIELD.findall(text))


def _is_meta(line: Seen) -> bool:
    text = line.text
    if len(text) > 240 or "。" in text or not _LABEL_END.search(text) or words.prescribes_review(text):
        return False
    fields = meta_fields(text)
    labelled = bool(words.META_LABEL.match(line.squeezed.strip("()（）[]【】")))
    if "|" in text and (labelled or fields):
        return True
    date = DATE.search(text)
    if date and han_count(DATE.sub("", text)) <= (40 if fields or _REPORTER.search(text) else 14) and (fields or (date.start() < 8 and ":" in date[0])):
        return True
    return (labelled or fields >= 2) and len(text) <= 120


def own_role(line: Seen) -> str:
    """The role a line shows by itself, or '' when it needs its surroundings."""
    text = line.text
    if len(text) > LONG:
        return ""
    if "。" in text:  # most lines: nothing but a notice about the site holds a full stop
        notice = (len(text) <= _NOTICE_LENGTH or not line.sentence) and words.is_footer(text) and (not line.sentence or is_notice(text))
        return "footer" if notice and (not STRUCTURE.match(text) or words.PHONE.search(text)) else ""
    if not IS_HAN.search(text) and (not text or ADDRESS.match(text) or _COUNTER.match(text) or set(text) <= set("•·|-_=*#?? ")):
        return "nav"
    if _is_spam(line):
        return "spam"
    if STRUCTURE.match(text) and not words.PHONE.search(text):
        return ""
    if words.is_footer(text) and (not line.sentence or is_notice(text)):
        return "footer"
    if _is_meta(line):
        return "meta"
    if len(text) <= 120 and "。" not in text and (words.is_navigation(line.squeezed) or words.closes(line.squeezed)):
        return "nav"
    if len(text) <= 120 and words.PROMOTION.search(text) and (words.PHONE.search(text) or not line.sentence or is_notice(text)):
        return "promo"
    return "nav" if is_link_list(text) else ""


_NOTICE_LENGTH = 260
_NOTICE = re.compile("版权|转载|侵权|删除|免责|本站|本网|公众号|备案|Copyright|©|ICP|公网安备|二维码|客服|热线|微信")


def is_notice(text: str) -> bool:
    """A sentence about the site, not of the document: short, with two of its words."""
    return len(text) <= _NOTICE_LENGTH and len(set(_NOTICE.findall(text))) >= 2
