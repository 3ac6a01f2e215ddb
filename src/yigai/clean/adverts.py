"""Adverts set amid a sentence: the end shows itself, the beginning is where the sentence closes best without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from yigai.clean import spam
from yigai.clean.chars import HAN
from yigai.clean.draft import Draft
from yigai.clean.ledger import APPLIED, FLAGGED, Change

_ADDRESS = r"(?:https?://|www\.)[a-z0-9./-]{4,60}"
# What an advert ends with: words of a site's menu, and perhaps its address.
_MENU = "(?:官网|官方网站|最新网址|网址|登录|入口|注册|[aA][pP][pP]下载|下载|手机版|网页版|平台|投注|开户)"
_TAIL = re.compile(rf"{_MENU}{{1,4}}(?:{_ADDRESS})?(?![{HAN}]{{0,24}}[】\]])")
_BOXED = re.compile(rf"[【\[][{HAN}A-Za-z0-9·()（）]{{2,24}}[】\]](?:最新)?{_MENU}{{0,3}}(?:{_ADDRESS})?")
_QUICK = re.compile("官网|官方网站|网址|登录|入口|注册|下载|手机版|网页版|投注|开户")
_BODIES = ("局", "委", "厅", "部", "院", "馆", "政府", "协会", "总局", "学校", "大学", "集团")
_OWN = re.compile("我|本|该|其|医|政|公司|单位|平台|系统|卫生|健康|人才|服务|学会|考试|教育|采购|交易|信用")
# A document that tells of such sites tells what is done against them.
_AGAINST = re.compile("查处|打击|整治|取缔|举报|关闭|非法|违法|涉嫌|禁|戒")
_MOST = 40  # more of them in one line are no adverts amid a sentence, and each costs a search
_REACH, _AFTER, _NEAR = 14, 6, 8
_STRANGE = -9.0  # what a character of an invented name costs, in nats
_SURE = 2.0  # nats by which the best beginning leads


def removals(draft: Draft) -> Iterator[Change]:
    """Adverts amid running text: removed where their beginning is sure, else flagged."""
    text = draft.text
    if not _QUICK.search(text):
        return
    for line in draft.lines:
        if line.role not in ("title", "body"):
            continue
        low, high = draft.spans.from_raw(line.start, line.end)
        yield from _in_line(text[low:high], low)


def _in_line(line: str, offset: int) -> Iterator[Change]:
    for m in _BOXED.finditer(line):
        if _is_boxed(m[0]):
            yield Change(offset + m.start(), offset + m.end(), "", "spam", "advert", 0.93, "a boxed name of a betting or adult site")
    for m in islice(_TAIL.finditer(line), _MOST):
        head = line[max(0, m.start() - _REACH) : m.start()]
        if not _is_advert(head, m[0]):
            continue
        start, lead = _beginning(line, m.start(), m.end())
        if m.end() == len(line) and line[start - 1 : start] in tuple(":：_-|｜"):
            start -= 1  # what joins it to a title goes with it
        status = APPLIED if lead >= _SURE else FLAGGED
        after = "" if status == APPLIED else line[start : m.end()]
        yield Change(offset + start, offset + m.end(), after, "spam", "advert", 0.9 if status == APPLIED else 0.5, f"the sentence closes without it, by {lead:.1f} nats", status)


_MENU_WORDS = re.compile(f"{_MENU}|最新|首页|官方|在线")


def _is_boxed(text: str) -> bool:
    """Whether a name in a box sells bets; words of a menu alone are a button that a document tells its readers to press.

    >>> _is_boxed("【鼎星】最新登录网址"), _is_boxed("【注册登录】"), _is_boxed("【甲县通注册登录】")
    (True, False, False)
    """
    inside, behind = re.split("[】\\]]", text[1:], maxsplit=1)
    name = _MENU_WORDS.sub("", inside)
    if len(name) < 2 or _OWN.search(name):
        return False
    sold = len(_QUICK.findall(behind)) > 1 or (bool(_QUICK.search(text)) and bool(spam.HOUSES.search(name)))
    return sold or spam.has_word(name) or bool(spam.GAMES.search(name))


def _is_advert(head: str, tail: str) -> bool:
    """Whether a name before words of a menu sells a betting or adult site.

    >>> _is_advert("废水产生、金豪棋牌", "app下载"), _is_advert("登录国家医保服务平台", "APP下载")
    (True, False)
    """
    name = re.split(r"[。，、；：？！,;:?!“”（）()《》 ]", head)[-1]
    if len(name) < 2 or not _QUICK.search(tail) or _AGAINST.search(head):
        return False
    if ".gov" in tail or name.endswith(_BODIES):
        return False
    many = "www." in tail or "http" in tail or len(_QUICK.findall(tail)) > 1
    sold = many and not _OWN.search(name[-_NEAR:]) and (bool(spam.HOUSES.search(name)) or (tail.startswith("官网") and "." in tail))
    return spam.has_word(name) or bool(spam.GAMES.search(name)) or sold


def _beginning(line: str, at: int, end: int) -> tuple[int, float]:
    """Where the advert that ends at ``end`` begins, and by how much that beginning leads."""
    from yigai.clean.slips_model import model  # loaded by the first page that needs it

    made = model()
    low = max(0, at - _REACH, *(line.rfind(mark, 0, at) + 1 for mark in "。，、；：？！,;:?!"))
    symbols = made.encode("\n\n\n" + line[max(0, low - 3) : at])
    kept, first = 0.0, len(symbols) - (at - low)
    after = made.encode(line[end : end + _AFTER] or "\n")
    scored = []
    for i in range(first, len(symbols) + 1):
        history, closing = symbols[max(0, i - 3) : i], 0.0
        for symbol in after:
            closing += made.score(made.contexts(history), symbol)
            history = (*history[-2:], symbol)
        scored.append((kept + closing + _STRANGE * (len(symbols) - i), low + i - first))
        if i < len(symbols):
            kept += made.score(made.contexts(symbols[max(0, i - 3) : i]), symbols[i])
    scored = [s for s in scored if s[1] <= at - 2]
    if not scored:
        return at, 0.0
    scored.sort(reverse=True)
    return scored[0][1], scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)
