"""Which line is the title, where it is printed again, and the name of the site behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yigai.clean.chars import HAN, bare, han_count
from yigai.clean.draft import Draft
from yigai.clean.ledger import FURNITURE, Change
from yigai.clean.roles import TITLE_END
from yigai.clean.seen import STRUCTURE, Seen

SITE = re.compile("(?:网|门户|网站|官网|频道|首页|平台|客户端|政府|日报|晚报|报道)$")
_COLUMN = re.compile("^(?:政府信息公开|信息公开|政务公开|新闻中心|新闻动态|工作动态|政策文件|政策法规|通知公告|公示公告|首页|正文|要闻|新闻|本地|时政|政策解读|部门动态|政务动态|焦点网谈|建议提案)$")


def title_of(seen: Sequence[Seen], roles: Sequence[str], first: int) -> int:
    """Index of the title line; -1 when the page has none."""
    candidates = [i for i in range(min(first + 1, len(seen))) if not roles[i]]
    if not candidates:
        return -1
    best = max(candidates, key=lambda i: (_title_score(seen, roles, i), -i))
    while best and not roles[best - 1] and _goes_on(seen[best - 1].text, seen[best].text):
        best -= 1
    return best


_ISSUER = re.compile("(?:政府|办公室|办公厅|委员会|局|厅|委|院|会)$")


def _goes_on(above: str, below: str) -> bool:
    """Whether a title set in two lines begins in the line above.

    >>> _goes_on("甲市进一步完善医疗卫生服务体系", "实施方案"), _goes_on("甲市人民政府", "关于深化改革的通知")
    (True, True)
    >>> _goes_on("政府信息公开", "关于深化改革的通知")
    False
    """
    if _COLUMN.match(above) or TITLE_END.search(above) or (SITE.search(above) and not _ISSUER.search(above)):
        return False
    if below.startswith("关于"):
        return bool(_ISSUER.search(above))
    return han_count(below) < 10 and han_count(above) >= 6


def _title_score(seen: Sequence[Seen], roles: Sequence[str], at: int) -> float:
    text = seen[at].text
    size = han_count(text)
    score = min(size, 14) / 4 - (size > 70) * 4
    score += 3 * bool(TITLE_END.search(text)) + 2 * text.startswith("关于") + ("关于" in text)
    score -= 6 * bool(_COLUMN.match(text)) + 4 * text.endswith(("。", "：", ":")) + 3 * bool(STRUCTURE.match(text))
    score -= 2 * ("。" in text[:-1]) + 3 * (size < 4)
    following = roles[at + 1] if at + 1 < len(roles) else ""
    return score + 1.5 * (following == "meta") + 1.0 * (at == 0)


def printed_again(seen: Sequence[Seen], roles: list[str], title: int) -> list[str]:
    """Further printings of the title, before any other line of the document, count as navigation."""
    name = bare(seen[title].text) if title >= 0 else ""
    out = list(roles)
    for i in range(title + 1, len(seen) if len(name) >= 6 else 0):
        if bare(seen[i].text) == name:
            out[i] = "nav"
        elif out[i] not in FURNITURE:
            break
    return out


# A page's own title with the site's name behind it: …的通知_某市人民政府网. Dashes belong to subtitles and stay.
_HUNG = re.compile(rf"\s*(?:[_|｜]|\s-\s)\s*[{HAN}A-Za-z·_|｜\- ]{{2,40}}(?:网|网站|门户|官网|平台|频道|首页|政府|日报|在线|新闻|专栏)\Z")

# A second half of a title that says what was done: ｜甲市搭建医共体信息平台.
_TELLS = re.compile("搭建|建设(?![局厅委部])|打造|上线|建成|开通|启用|推进|推动|构建|建立|完善|实现|走进|助力|加快")


def suffixes(draft: Draft) -> Iterator[Change]:
    """The site's name behind the title."""
    for line in draft.lines:
        if line.role == "title":
            start, end = draft.spans.from_raw(line.start, line.end)
            text = draft.text[start:end].rstrip()
            m = _HUNG.search(text[:300], 6)
            if m and han_count(text[: m.start()]) >= 6 and not _TELLS.search(m[0]):
                yield Change(start + m.start(), start + len(text), "", "nav", "site_name", 0.93, "the site's name behind the title")
