"""Line roles: what on a page is the document, and what is the page around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from yigai.clean import script, spam, words
from yigai.clean.chars import HAN, IS_HAN, LINE_END, bare, han_count
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change, Line

FURNITURE = ("meta", "nav", "spam", "promo", "footer")

_NOTE = re.compile(rf"(?<=[{HAN}A-Za-z?])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüê]{{1,7}}[)）]")
_STOP = re.compile("[。；！？;!?]")
_CLAUSE = re.compile("[。；！？，,;!?]")
_STRUCTURE = re.compile(
    "^(?:第[一二三四五六七八九十百零〇0-9]{1,6}[章条节款编]|[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|\\d{1,2}[.、．)）]|附件?\\d?[:：]|——)"
)
_TAG = re.compile(r"<[^<>\n]{1,300}>")
_BULLET = re.compile(r"^[\s•·●■◆▪>»|*\-]{1,40}")
_ADDRESS = re.compile(r"^(?:https?://|www\.)[!-~]{3,200}$|^[a-z0-9-]{2,40}\.(?:com|cn|net|org|gov\.cn|com\.cn)$")
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{0,3}\d{1,2}:\d{2}(?::\d{2})?)?")
_COUNTER = re.compile(r"^[\d\s+()（）\[\]|/,.]{1,12}$")
_TITLE_END = re.compile("(?:通知|意见|方案|函|复函|条例|办法|规定|报告|决定|公告|通告|细则|规划|计划|要点|批复|纪要|纪实|答复|解读|总结|讲话|公报|措施|清单)(?:[(（].{1,12}[)）])?$")
_SITE = re.compile("(?:网|门户|网站|官网|频道|首页|平台|客户端|政府|日报|晚报|报道)$")
_HEAD = re.compile("[总附分]\\s{0,3}则|目\\s{0,3}录|前\\s{0,3}言|序\\s{0,3}言|正\\s{0,3}文|附\\s{0,3}件|通\\s{0,3}知|公\\s{0,3}告")
_COLUMN = re.compile("^(?:政府信息公开|信息公开|政务公开|新闻中心|新闻动态|工作动态|政策文件|政策法规|通知公告|公示公告|首页|正文|要闻|新闻|本地|时政|政策解读|部门动态|政务动态|焦点网谈|建议提案)$")


class _Seen:
    """A line as the labeller sees it: notes stripped, simplified, outer spaces gone; what it shows is asked once."""

    __slots__ = ("_sentence", "_squeezed", "end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start, self.end, self.text = start, end, text
        self._sentence: bool | None = None
        self._squeezed = ""

    @property
    def squeezed(self) -> str:
        """The line without any space."""
        self._squeezed = self._squeezed or "".join(self.text.split())
        return self._squeezed

    @property
    def sentence(self) -> bool:
        """Whether the line reads as running text of a document."""
        if self._sentence is None:
            self._sentence = is_sentence(self.text)
        return self._sentence


def _view(raw: str) -> list[_Seen]:
    """The non-empty lines of a page, normalized for reading only."""
    seen, short, at = [], [], 0
    for line in LINE_END.sub("\n", raw).split("\n"):
        text = line.strip(" \t\r\u3000\xa0")
        if text:
            found = _Seen(at, at + len(line), text)
            seen.append(found)
            if len(text) <= _LONG:
                found.text = _readable(text)
                short.append(found)
        at += len(line) + 1
    if script.is_traditional(raw):
        for found, text in zip(short, script.simplified_lines([s.text for s in short]), strict=True):
            found.text = text
    return seen


_LONG = 400


def _readable(text: str) -> str:
    text = _TAG.sub("", text).strip() if "<" in text else text
    return _NOTE.sub("", text) if "(" in text or "（" in text else text


def is_sentence(text: str) -> bool:
    """Whether a line reads as running text of a document.

    >>> is_sentence("我局高度重视,立即开展研究和讨论。"), is_sentence("上一篇:没有了")
    (True, False)
    """
    size = han_count(text)
    if size < 8:
        return size >= 2 and bool(_STRUCTURE.match(text))
    return (
        bool(_STOP.search(text) or _STRUCTURE.match(text)) or text.endswith((":", "："))
        or len(_CLAUSE.findall(text)) >= 2
    )  # fmt: skip


def _is_spam(line: _Seen) -> bool:
    text = line.text
    if "。" in text or "《" in text or not spam.topic(text) or han_count(text) > 160 or _TITLE_END.search(text):
        return False
    first = re.split("[:：_|｜—-]", text, maxsplit=1)[0]
    if han_count(first) >= 8 and not spam.is_name(first):
        return False  # a title with a string hung on it keeps its title
    topical = sum(map(len, spam.BETTING.findall(text) + spam.ADULT.findall(text)))
    return topical * 4 >= han_count(text)


_BETWEEN_LINKS = re.compile(r"[\s|｜·>＞/_\-]+")


def _is_link_list(text: str) -> bool:
    """Many short strings and no sentence: a list of links.

    >>> _is_link_list("地方: 成都 绵阳 德阳 自贡 攀枝花 泸州"), _is_link_list("全市上下 齐心协力")
    (True, False)
    """
    if _CLAUSE.search(text) or "、" in text:
        return False
    items = [i for i in _BETWEEN_LINKS.split(text) if i]
    return len(items) >= 5 and sum(len(i) for i in items) <= 7 * len(items)


_LABEL_END = re.compile("[:：|｜】]")


def _meta_fields(text: str) -> int:
    return len(words.META_FIELD.findall(text))


def _is_meta(line: _Seen) -> bool:
    text = line.text
    if len(text) > 240 or "。" in text or not _LABEL_END.search(text):
        return False
    fields = _meta_fields(text)
    labelled = bool(words.META_LABEL.match(line.squeezed.strip("()（）[]【】")))
    if "|" in text and (labelled or fields):
        return True
    date = _DATE.search(text)
    if date and han_count(_DATE.sub("", text)) <= (40 if fields else 14) and (fields or (date.start() < 8 and ":" in date[0])):
        return True
    return (labelled or fields >= 2) and len(text) <= 120


def _strong_role(line: _Seen) -> str:
    """The role a line shows by itself, or '' when it needs its surroundings."""
    text = line.text
    if len(text) > _LONG:
        return ""
    if not IS_HAN.search(text) and (not text or _ADDRESS.match(text) or _COUNTER.match(text) or set(text) <= set("•·|-_=*#?? ")):
        return "nav"
    if _is_spam(line):
        return "spam"
    if _STRUCTURE.match(text) and not words.PHONE.search(text):
        return ""
    if words.is_footer(text) and (not line.sentence or _is_notice(text)):
        return "footer"
    if _is_meta(line):
        return "meta"
    if len(text) <= 120 and "。" not in text and words.is_navigation(line.squeezed):
        return "nav"
    if len(text) <= 120 and words.PROMOTION.search(text) and (words.PHONE.search(text) or not line.sentence or _is_notice(text)):
        return "promo"
    return "nav" if _is_link_list(text) else ""


_NOTICE = re.compile("版权|转载|侵权|删除|免责|本站|本网|公众号|备案|Copyright|©|ICP|公网安备|二维码|客服|热线|微信")


def _is_notice(text: str) -> bool:
    """A sentence about the site, not of the document: short, with two of its words."""
    return len(text) <= 260 and len(set(_NOTICE.findall(text))) >= 2


def label(raw: str) -> tuple[Line, ...]:
    r"""The non-empty lines of a page with their roles; title and body are the document.

    >>> [l.role for l in label("首页 > 正文\n某市医改工作方案\n来源:本网 时间:2020-01-02\n深化医改,保障群众健康。\n上一篇:无")]
    ['nav', 'title', 'meta', 'body', 'nav']
    """
    seen = _view(raw)
    roles = _at_both_ends(seen, [_strong_role(line) for line in seen])
    first, last = _extent(seen, roles)
    roles = _inside(seen, roles, first, last)
    roles = _cells(seen, roles, first)
    title = _title(seen, roles, first)
    roles = _by_position(seen, roles, (title, first, last))
    roles = _nothing_lost(seen, _printed_twice(seen, _spared(seen, roles), title))
    return tuple(Line(s.start, s.end, r, s.text) for s, r in zip(seen, roles, strict=True))


def _cells(seen: Sequence[_Seen], roles: list[str], first: int) -> list[str]:
    """A header table printed cell by cell: two and more lines that are labels, and the line after each."""
    labels = [i for i, s in enumerate(seen[:first]) if s.squeezed.strip(":：|") in words.CELLS]
    if len(labels) < 2:
        return roles
    out, known = list(roles), set(labels)
    for i in labels:
        out[i] = "meta"
        value = i + 1
        if value < first and value not in known and seen[i].squeezed.strip(":：|") not in ("标题", "名称", "信息名称"):
            out[value] = "meta"
    return out


_JOINED = re.compile("[_|｜¥【\\-–—]")


def _at_both_ends(seen: Sequence[_Seen], roles: list[str]) -> list[str]:
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


def _extent(seen: Sequence[_Seen], roles: Sequence[str]) -> tuple[int, int]:
    """Indices of the first and the last line that read as running text of the document."""
    running = (i for i, line in enumerate(seen) if not roles[i] and line.sentence)
    first = next(running, -1)
    if first < 0:
        return len(seen), -1
    for last in range(len(seen) - 1, first, -1):
        if roles[last] or not seen[last].sentence:
            continue
        beside = {"promo", "footer", "nav"}.intersection(roles[max(0, last - 3) : last])
        if not beside or len(seen[last].text) > 90 or not _READER.search(seen[last].text):
            return first, last
    return first, first


# A site speaks to its reader: 請說明您的需求, 掃描二維碼推送至手機訪問 (seed 003).
_READER = re.compile("^(?:请|您|扫|长按|点击|关注|欢迎|更多|想|如需|如果您)|您|二维码|微信|公众号|客服|小编|本站|本网站|手机访问|咨询")


def _inside(seen: Sequence[_Seen], roles: Sequence[str], first: int, last: int) -> list[str]:
    """Roles without those of lines amid the running text that only look like furniture.

    Tables of numbers, contact lines and dates stand inside official documents; share bars and spam do not.
    """
    out = list(roles)
    owned = any(r == "footer" and _OWNED.search(s.text) for s, r in zip(seen, roles, strict=True))
    sure = any(r in ("nav", "spam") or (r in FURNITURE and not s.sentence) for s, r in zip(seen, roles, strict=True))
    for i, (line, role) in enumerate(zip(seen, roles, strict=True)):
        if not role:
            continue
        contact = role == "footer" and not owned and not _OWNED.search(line.text) and not _is_notice(line.text)
        sentence = role in ("promo", "footer") and not sure and line.sentence
        if contact or sentence or (first < i < last and not _may_interrupt(line, role)):
            out[i] = ""
    return out


_SITE_OWNER = re.compile("本站|本网|转载|侵权|版权声明|免责声明|联系我们")
# What only the owner of a site writes; an address or a telephone number alone may be the document's.
_OWNED = re.compile("版权|ICP|备案|公网安备|标识码|主办|承办|技术支持|Copyright|COPYRIGHT|©|网站|浏览|声明|转载|侵权|本站")


def _may_interrupt(line: _Seen, role: str) -> bool:
    text = line.text
    if role == "nav":
        return words.is_navigation(line.squeezed) or bool(_TAG.search(text)) or bool(_ADDRESS.match(text)) or not text
    if role == "meta":
        return _meta_fields(text) >= 2 and bool(_DATE.search(text))
    if role == "promo":
        return not line.sentence or (len(text) <= 60 and bool(_READER.match(text)))
    return role == "spam" or (role == "footer" and bool(_SITE_OWNER.search(text)) and _is_notice(text))


def _title(seen: Sequence[_Seen], roles: Sequence[str], first: int) -> int:
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
    if _COLUMN.match(above) or _TITLE_END.search(above) or (_SITE.search(above) and not _ISSUER.search(above)):
        return False
    if below.startswith("关于"):
        return bool(_ISSUER.search(above))
    return han_count(below) < 10 and han_count(above) >= 6


def _title_score(seen: Sequence[_Seen], roles: Sequence[str], at: int) -> float:
    text = seen[at].text
    size = han_count(text)
    score = min(size, 14) / 4 - (size > 70) * 4
    score += 3 * bool(_TITLE_END.search(text)) + 2 * text.startswith("关于") + ("关于" in text)
    score -= 6 * bool(_COLUMN.match(text)) + 4 * text.endswith(("。", "：", ":")) + 3 * bool(_STRUCTURE.match(text))
    score -= 2 * ("。" in text[:-1]) + 3 * (size < 4)
    following = roles[at + 1] if at + 1 < len(roles) else ""
    return score + 1.5 * (following == "meta") + 1.0 * (at == 0)


def _by_position(seen: Sequence[_Seen], roles: Sequence[str], marks: tuple[int, int, int]) -> list[str]:
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


def _printed_twice(seen: Sequence[_Seen], roles: list[str], title: int) -> list[str]:
    """Further printings of the title, before any other line of the document, count as navigation."""
    name = bare(seen[title].text) if title >= 0 else ""
    out = list(roles)
    for i in range(title + 1, len(seen) if len(name) >= 6 else 0):
        if bare(seen[i].text) == name:
            out[i] = "nav"
        elif out[i] not in FURNITURE:
            break
    return out


def _nothing_lost(seen: Sequence[_Seen], roles: list[str]) -> list[str]:
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
    return bool(re.fullmatch(rf"(?:[{HAN}]\s{{0,3}}){{2,4}}", text)) and not _HEAD.search(text) and not _TITLE_END.search(text) and not text.endswith(("市", "县", "区", "省", "厅", "局"))


def _spared(seen: Sequence[_Seen], roles: list[str]) -> list[str]:
    """A lone label in a page without any other furniture was set by an editor and stays."""
    counts = Counter(r for r in roles if r in FURNITURE)
    if set(counts) != {"meta"}:
        return roles
    fields = sum(_meta_fields(s.text) for s, r in zip(seen, roles, strict=True) if r == "meta")
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
        if not leading and end > start and text[end - 1] == "\n":
            end -= 1  # a blank at the line's end is one edit with the break, which the next line needs
        if leading and text[end : end + 1] == "\n":
            end += 1
        elif start > 0 and text[start - 1] == "\n":
            start -= 1
        if end > start:
            yield Change(start, end, "", line.role, "furniture", 0.95, line.text[:60])


# A page's own title with the site's name behind it: …的通知_某市人民政府网. Dashes belong to subtitles and stay.
_HUNG = re.compile(rf"\s*(?:[_|｜]|\s-\s)\s*[{HAN}A-Za-z·_|｜\- ]{{2,40}}(?:网|网站|门户|官网|平台|频道|首页|政府|日报|在线|新闻|专栏)\Z")


def suffixes(draft: Draft) -> Iterator[Change]:
    """The site's name behind the title."""
    for line in draft.lines:
        if line.role == "title":
            start, end = draft.spans.from_raw(line.start, line.end)
            text = draft.text[start:end].rstrip()
            m = _HUNG.search(text[:300], 6)
            if m and han_count(text[: m.start()]) >= 6:
                yield Change(start + m.start(), start + len(text), "", "nav", "site_name", 0.93, "the site's name behind the title")


def retold(draft: Draft) -> tuple[Line, ...]:
    """The lines with the wording they have now."""
    text, now = draft.text, draft.spans.from_raw
    return tuple(
        Line(start, end, role, text[slice(*now(start, end))].strip()) for start, end, role, _ in draft.lines
    )
