"""Line roles: what on a page is the document, and what is the page around it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from yigai.clean import words
from yigai.clean.chars import HAN, han_count
from yigai.clean.draft import Draft
from yigai.clean.ledger import FURNITURE, Change, Line
from yigai.clean.roles import (
    ADDRESS,
    DATE,
    TITLE_END,
    is_link_list,
    is_notice,
    is_row,
    meta_fields,
    own_role,
)
from yigai.clean.seen import CLAUSE, STRUCTURE, TAG, Seen, view
from yigai.clean.titles import printed_again, title_of

_HEAD = re.compile("[总附分]\\s{0,3}则|目\\s{0,3}录|前\\s{0,3}言|序\\s{0,3}言|正\\s{0,3}文|附\\s{0,3}件|通\\s{0,3}知|公\\s{0,3}告")


def label(raw: str) -> tuple[Line, ...]:
    r"""The non-empty lines of a page with their roles; title and body are the document.

    >>> [l.role for l in label("首页 > 正文\n某市医改工作方案\n来源:本网 时间:2020-01-02\n深化医改,保障群众健康。\n上一篇:无")]
    ['nav', 'title', 'meta', 'body', 'nav']
    """
    seen = view(raw)
    roles = _at_both_ends(seen, _tabled(seen, [own_role(line) for line in seen]))
    first, last = _extent(seen, roles)
    roles = _inside(seen, roles, first, last)
    roles = _cells(seen, roles, first)
    title = title_of(seen, roles, first)
    roles = _by_position(seen, roles, (title, first, last))
    roles = _nothing_lost(seen, printed_again(seen, _spared(seen, roles), title))
    return tuple(Line(s.start, s.end, r, s.text) for s, r in zip(seen, roles, strict=True))


def _cells(seen: Sequence[Seen], roles: list[str], first: int) -> list[str]:
    """A header table printed cell by cell: two and more lines that are labels, and the line after each."""
    labels = [i for i, s in enumerate(seen[:first]) if s.squeezed.strip(":：|") in words.CELLS]
    if len(labels) < 2 or not any(words.OF_A_PAGE.match(seen[i].squeezed) for i in labels):
        return roles
    out, known = list(roles), set(labels)
    for i in labels:
        out[i] = "meta"
        value = i + 1
        if value < first and value not in known and seen[i].squeezed.strip(":：|") not in ("标题", "名称", "信息名称"):
            out[value] = "meta"
    return out


def _tabled(seen: Sequence[Seen], roles: list[str]) -> list[str]:
    """A list of links above a row of as many cells with figures is the head of a table (序号 单位 项目 数量 金额)."""
    out = list(roles)
    for i, (line, below) in enumerate(itertools.pairwise(seen)):
        if roles[i] == "nav" and not roles[i + 1] and is_link_list(line.text) and is_row(below.text):
            out[i] = "" if len(line.text.split()) == len(below.text.split()) else roles[i]
    return out


_JOINED = re.compile("[_|｜¥【\\-–—]")


def _at_both_ends(seen: Sequence[Seen], roles: list[str]) -> list[str]:
    """Lines of joined strings that a site's owner put both before and after the document are spam."""
    running = [i for i, s in enumerate(seen) if not roles[i] and "。" in s.text]
    if not running:
        return roles
    head = {s.text for s in seen[: min(3, running[0])] if _JOINED.search(s.text) and 6 <= len(s.text) <= 160}
    tail = [s.text for s in seen[running[-1] + 1 :][-8:]]
    ends = {t for t in head if any(t in line for line in tail)}
    if not ends:
        return roles
    return ["spam" if any(t in s.text for t in ends) and "。" not in s.text else r for s, r in zip(seen, roles, strict=True)]


def _extent(seen: Sequence[Seen], roles: Sequence[str]) -> tuple[int, int]:
    """Indices of the first and the last line that read as running text of the document."""
    running = (i for i, line in enumerate(seen) if not roles[i] and line.sentence)
    first = next(running, -1)
    if first < 0:
        return len(seen), -1
    for last in range(_closing(seen, roles, first) - 1, first, -1):
        if roles[last] or not seen[last].sentence or (_is_headline(seen[last].text) and any(roles[first:last])):
            continue
        beside = {"promo", "footer", "nav"}.intersection(roles[max(0, last - 3) : last])
        if not beside or len(seen[last].text) > 90 or not _READER.search(seen[last].text):
            return first, last
    return first, first


def _closing(seen: Sequence[Seen], roles: Sequence[str], first: int) -> int:
    """Index of the first line of the page's tail: furniture after which the document does not go on."""
    stops = [i for i in range(first + 1, len(seen)) if _ends_document(seen[i], roles[i])]
    told = [i for i in range(first, len(seen)) if stops and "。" in seen[i].text]
    for stop in stops:
        after = sum(i > stop for i in told)
        if after * 8 <= len(told) - after:
            return stop
    return len(seen)


def _ends_document(line: Seen, role: str) -> bool:
    """A pager, a heading of related pages, the editors, share bar or owner of the site; no contact line of an office."""
    if len(line.text) > 120 or "。" in line.text or line.text[-1:] in "；;，,、":
        return False
    if words.closes(line.squeezed) or words.names_editors(line.text):
        return True
    told = CLAUSE.search(line.text)  # 相关信息请登录市医保局网站查询，咨询电话…
    return (role == "nav" and not told and words.is_navigation(line.squeezed)) or (role == "footer" and bool(_OWNED.search(line.text)))


def _is_headline(text: str) -> bool:
    """A short line that asks or tells without a full stop, as the list of related pages does.

    >>> _is_headline("甲县新增两家三甲医院？官方回应"), _is_headline("附件：1.任务清单"), _is_headline("有效期3年。")
    (True, False, False)
    """
    return len(text) <= 50 and "。" not in text and text[-1:] not in "。；！？：”）;!?:\")" and not STRUCTURE.match(text)


# A site speaks to its reader: 請說明您的需求, 掃描二維碼推送至手機訪問 (seed 003).
_READER = re.compile("^(?:请|您|扫|长按|点击|关注|欢迎|更多|想|如需|如果您)|您|二维码|微信|公众号|客服|小编|本站|本网站|手机访问|咨询")


def _inside(seen: Sequence[Seen], roles: Sequence[str], first: int, last: int) -> list[str]:
    """Roles without those of lines amid the running text that only look like furniture.

    Tables of numbers, contact lines and dates stand inside official documents; share bars and spam do not.
    """
    out = list(roles)
    contacts = _contacts(seen, roles, first, last)
    sure = any(r in ("nav", "spam") or (r in FURNITURE and not s.sentence) for s, r in zip(seen, roles, strict=True))
    for i, (line, role) in enumerate(zip(seen, roles, strict=True)):
        sentence = role in ("promo", "footer") and not sure and line.sentence
        if role and (i in contacts or sentence or (first < i < last and not _may_interrupt(line, role))):
            out[i] = ""
    return out


def _contacts(seen: Sequence[Seen], roles: Sequence[str], first: int, last: int) -> set[int]:
    """Lines of an office: all on a page without an owner, else those amid the text or before the first navigation behind it."""
    lines = list(enumerate(zip(seen, roles, strict=True)))
    sold = any(r == "spam" or (r == "promo" and not _CALL.search(s.text)) for s, r in zip(seen, roles, strict=True))
    like = {
        i for i, (s, r) in lines
        if ((r == "footer" and not _OWNED.search(s.text)) or (r == "promo" and not sold and _CALL.search(s.text))) and not is_notice(s.text)
    }  # fmt: skip
    guided = "nav" in roles or "spam" in roles
    owned = any(r == "footer" and (_OWNED.search(s.text) or (guided and _HOSTS.search(s.text))) for _, (s, r) in lines)
    tail = next((i for i, (_, r) in lines[last + 1 :] if r and i not in like), len(seen))
    near = range(first + 1, tail if tail < len(seen) and roles[tail] in ("nav", "meta") else last)
    return {i for i in like if not owned or i in near}


_SITE_OWNER = re.compile("本站|本网|转载|侵权|版权声明|免责声明|联系我们")
# 咨询电话：0731-12345678, of an office where nothing else on the page is sold.
_CALL = re.compile(rf"(?:^|[，,；; ])[{HAN}]{{0,6}}(?:电话|热线)[:：]")
# What only the owner of a site writes; an address or a telephone number alone may be the document's.
_OWNED = re.compile("版权|ICP|备案|公网安备|标识码|Copyright|COPYRIGHT|©|网站|浏览|声明|转载|侵权|本站")
# A conference has them too, so they tell of a site only beside its navigation.
_HOSTS = re.compile("主办|承办|技术支持")


def _may_interrupt(line: Seen, role: str) -> bool:
    text = line.text
    if role == "nav":
        return words.is_navigation(line.squeezed) or bool(TAG.search(text)) or bool(ADDRESS.match(text)) or not text
    if role == "meta":
        return meta_fields(text) >= 2 and bool(DATE.search(text))
    if role == "promo":
        return not line.sentence or (len(text) <= 60 and bool(_READER.match(text)))
    return role == "spam" or (role == "footer" and bool(_SITE_OWNER.search(text)) and is_notice(text))


def _by_position(seen: Sequence[Seen], roles: Sequence[str], marks: tuple[int, int, int]) -> list[str]:
    """Roles of the lines that show none by themselves, from where they stand."""
    title, first, last = marks
    out = list(roles)
    furnished = any(roles)
    tail = next((i for i in range(last + 1, len(seen)) if roles[i]), len(seen))
    for i, line in enumerate(seen):
        if i == title:
            out[i] = "title"
        elif not out[i]:
            out[i] = "body"
            if i < title <= first and furnished:
                out[i] = "nav"
            elif title < i < first and _is_credit(line.text, roles[max(0, i - 3) : i + 4], furnished):
                out[i] = "meta"
            elif i > tail:
                out[i] = roles[tail] if roles[tail] in ("promo", "footer") else "nav"
    return out


# A bare date or a line of reporters between title and text.
_CREDIT = re.compile(rf"(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:\s{{1,3}}\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?|(?:本报|本网)?(?:记者|通讯员|作者|编辑|撰稿)[\s:：]{{0,3}}[{HAN}·、 ]{{2,30}}")


def _nothing_lost(seen: Sequence[Seen], roles: list[str]) -> list[str]:
    """Where no line would be left, running text and lone labels are the document after all."""
    if "title" in roles or "body" in roles:
        return roles
    return ["body" if r != "spam" and (s.sentence or len(seen) == 1) else r for s, r in zip(seen, roles, strict=True)]


def _is_credit(text: str, near: Sequence[str], furnished: bool) -> bool:
    """A date, reporters or a bare name between title and text of a page with furniture."""
    return furnished and bool(_CREDIT.fullmatch(text) or ("meta" in near and _is_byline(text)))


def _is_byline(text: str) -> bool:
    """A bare name between title and text: 赢 君 (seed 002).

    >>> _is_byline("赢 君"), _is_byline("各位代表：")
    (True, False)
    """
    return bool(re.fullmatch(rf"(?:[{HAN}]\s{{0,3}}){{2,4}}", text)) and not _HEAD.search(text) and not TITLE_END.search(text) and not text.endswith(("市", "县", "区", "省", "厅", "局"))


def _spared(seen: Sequence[Seen], roles: list[str]) -> list[str]:
    """A lone label in a page without any other furniture was set by an editor and stays."""
    counts = Counter(r for r in roles if r in FURNITURE)
    if set(counts) != {"meta"}:
        return roles
    fields = sum(meta_fields(s.text) for s, r in zip(seen, roles, strict=True) if r == "meta")
    fields += sum(s.squeezed.strip(":：|") in words.CELLS for s in seen)
    folded = any("," in s.text and han_count(s.text) > 20 for s in seen)
    return roles if fields > 1 or folded else ["body" if r == "meta" else r for r in roles]


def removals(draft: Draft) -> Iterator[Change]:
    """Lines of furniture, removed once every other rule has read them as evidence."""
    spans, text, leading = draft.spans, draft.text, True
    for line in draft.lines:
        if line.role not in FURNITURE:
            leading = False
            continue
        start, end = spans.from_raw(line.start, line.end)
        if end > start and text[end - 1] == "\n":
            end -= 1  # a blank at the line's end is one edit with the break, which the next line needs
        if leading and text[start : start + 1] == "\n":
            start += 1  # the line before took the break, which is one edit with the indentation here
        if leading and text[end : end + 1] == "\n":
            end += 1
        elif start > 0 and text[start - 1] == "\n":
            start -= 1
        if end > start:
            yield Change(start, end, "", line.role, "furniture", 0.95, line.text[:60])


def retold(draft: Draft) -> tuple[Line, ...]:
    """The lines with the wording they have now."""
    text, now = draft.text, draft.spans.from_raw
    return tuple(
        Line(start, end, role, text[slice(*now(start, end))].strip()) for start, end, role, _ in draft.lines
    )
