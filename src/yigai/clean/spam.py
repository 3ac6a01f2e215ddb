"""Topics of injected strings: a site's owner, or who broke into it, hangs them on a page."""

from __future__ import annotations

import re

from yigai.clean import words

BETTING, ADULT = re.compile(words.BETTING), re.compile(words.ADULT)
# Games and houses by which a name alone sells bets.
GAMES = re.compile("棋牌|(?<![加尽])快[3三]|时时彩|赛车|电竞|皇宫|赌|至尊|葡京|贵宾|投注|百家乐|捕鱼|娱乐城")
HOUSES = re.compile("彩票|体育|娱乐|真人|国际")
# Official words in which one of those stands by chance: 统一区域平台, 加快三医联动, 就诊一卡通, 开元社区.
_BY_CHANCE = re.compile("(?<=统)一区|一区(?=[一域])|(?<=[加尽])快三|[一三]卡(?=[通合])|开元(?=[社街路镇乡村区县寺大医中])")
_STRONG_BETTING, _STRONG_ADULT = re.compile(words.BETTING_STRONG), re.compile(words.ADULT_STRONG)


def topic(text: str) -> str:
    """The topic of an injected string: betting, adult, or '' when the text is neither.

    >>> topic("金豪娱乐城_金豪体育投注【官网首页】"), topic("文化娱乐场所管理条例")
    ('betting', '')
    """
    for name, strong, weak in (("betting", _STRONG_BETTING, BETTING), ("adult", _STRONG_ADULT, ADULT)):
        if strong.search(text) and len(set(weak.findall(text)) | set(strong.findall(text))) >= 2:
            return name
    return ""


def is_name(text: str) -> bool:
    """Whether a string could be the name of a betting or adult site.

    >>> is_name("星耀国际在线"), is_name("医联体")
    (True, False)
    """
    return has_word(text) or len(set(BETTING.findall(text))) > 1


def has_word(text: str) -> bool:
    """Whether a string holds a word that only betting or adult sites put together.

    >>> has_word("鼎星体育在线"), has_word("责任单位"), has_word("统一区域平台")
    (True, False, False)
    """
    text = _BY_CHANCE.sub("", text)
    return bool(_STRONG_BETTING.search(text) or _STRONG_ADULT.search(text))
