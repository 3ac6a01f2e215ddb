"""Comparators: whether a number is exact, a floor, a ceiling or an approximation."""

from __future__ import annotations

import re

# Longest first: 不低于 before 低于. Read from the end of what stands before the number.
BEFORE = re.compile(
    r"(?:(?P<floor>不少于|不低于|不能少于|不能低于|不宜少于|不宜低于|不得少于|不得低于|不应少于|不应低于|应不低于|至少|最少|起码|超过|超出|超|突破|逾|高于|多于|大于|≥|>=|>|满|过)"
    r"|(?P<ceiling>不超过|不得超过|不能超过|不宜超过|不能高于|不高于|不多于|不得高于|不大于|低于|少于|小于|不足|不到|未满|不满|最多|最高|控制在|≤|<=|<)"
    r"|(?P<near>大约|约为|约|将近|接近|近|大概|预计约))"
    r"(?:了|到|为|达|在|占)?(?:[^\d,。;:、]{0,4}(?:建设|设置?|召开|培养|配备|完成|安排|提供|接受|建成|开展|举办|组织|有|建立|选派|支持|遴选|招收|培训|创建|打造|拥有|设立|建))?$"
)
AFTER = re.compile(r"^(?P<floor>及?以上|之上)|^(?P<ceiling>及?以下|以内|之内|内(?=[,。;、]|$|办|完成|移交|作出|答复|提出|报|告知|送|予以|组织|处理|反馈|审))|^(?P<near>左右|上下)")
SIGNS = {"floor": ">=", "ceiling": "<=", "near": "~"}


# 至少配备急救医师一名: the noun stands between the floor and its number.
FAR = re.compile(r"(?:(?P<floor>至少|不少于|不得少于|不低于)|(?P<ceiling>不超过|不得超过|不能超过|不宜超过|不能高于|不高于))[^,。;:、\d]{0,16}$")


def sign(before: str, after: str, *, about: bool = False) -> str:
    """The comparator of a number between two pieces of text.

    >>> sign("就诊率达到", "以上,"), sign("培养不少于", "名"), sign("总投资约", ""), sign("占比达", "")
    ('>=', '>=', '~', '=')
    """
    following = AFTER.match(after)
    if following and following.lastgroup:
        return SIGNS[following.lastgroup]
    preceding = BEFORE.search(before) or FAR.search(before)
    if preceding and preceding.lastgroup:
        return SIGNS[preceding.lastgroup]
    return "~" if about else "="


def tail(after: str) -> int:
    """How many characters after the number belong to its comparator.

    >>> tail("以上的乡镇卫生院"), tail("的乡镇卫生院")
    (2, 0)
    """
    following = AFTER.match(after)
    return following.end() if following else 0
