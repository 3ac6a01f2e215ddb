"""What no edit can mend: flags on the source's integrity, and counters of what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from yigai.clean.chars import HAN
from yigai.clean.draft import Draft
from yigai.clean.ledger import FURNITURE, Cleaned, Edit, Flag

_NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ANNOUNCED = re.compile(r"([两二三四五六七八九十])个(阶段|方面|步骤|环节|部分)[:：]")
_ORDINALS = re.compile(r"(?:^|[。；;：:，,\n])(?:第?([一二三四五六七八九十])(?:是|个?阶段|方面|步))")
_REACH = 3000
_LOST_NAMES = re.compile(rf"[（(](?:[{HAN}]{{2,4}}[ 、]){{0,6}}[{HAN}](?:[ 、][{HAN}]{{1,4}}){{1,6}}[)）]\Z")
_UNREAD = re.compile(r"[?？](?:[?？,，:：;；!！]{1,64})[A-Za-z0-9ㄅ-ㄩΑ-Ωα-ω]|\?[?,:;!]{1,64}")
_SALUTATION = re.compile(rf"(?m)^各[{HAN}、，,()（）]{{3,80}}[:：]$")
_NUMBER = re.compile(r"(?m)^[\u4e00-\u9fff]{1,12}[〔\[](?:19|20)\d\d[〕\]]第?\d{1,5}号$")
_SOURCE = re.compile(rf"(?:来源|来自|稿源|出处)[:：]\s{{0,3}}([{HAN}]{{2,12}}(?:报|网|台|社|发布|在线))")
# What a machine puts for common words when it rewrites a page to look new: 年夜幅 for 大幅, 鼎新 for 改革.
_SPUN = (
    "年夜幅", "年夜学", "年夜众", "年夜力", "年夜夫", "强年夜", "扩年夜", "最年夜", "经由过程", "可以或许", "颁布发表", "鼎新", "扶植项目", "医疗办事",
    "公共办事", "卫生办事", "下层医疗", "下层病院", "病院", "今朝", "首要任务", "周全推动", "周全奉行", "增进成长", "康健成长", "相干部分", "相干政策",
    "踊跃推动", "教诲", "事情职员", "医务职员", "保证机制", "治理轨制", "轨制", "奉行", "晋升", "构造带领", "带领小组", "环境杰出", "增强治理", "立异成长", "进修培训",
)  # fmt: skip


def unfinished_lists(text: str) -> Iterator[Flag]:
    """Announcements of n parts after which fewer are printed (seed 002: four phases, three printed).

    >>> [f.detail for f in unfinished_lists("工作分为四个阶段：一是启动。二是巩固。三是总结。")]
    ['4 阶段 announced, 3 printed']
    """
    for m in _ANNOUNCED.finditer(text):
        following = text[m.end() - 1 : m.end() + _REACH]
        other = _ANNOUNCED.search(following, 1)
        last = 0
        for ordinal in _ORDINALS.finditer(following[: other.start() if other else None]):
            if _NUMERAL[ordinal[1]] == last + 1:
                last += 1
            elif _NUMERAL[ordinal[1]] == 1:
                break
        if 0 < last < _NUMERAL[m[1]]:
            yield Flag("unfinished list", m.start(), m.end(), m[0], f"{_NUMERAL[m[1]]} {m[2]} announced, {last} printed")


def lost_names(text: str) -> Iterator[Flag]:
    """Bylines in which a surname stands without its given name (seed 003).

    >>> [f.quote for f in lost_names("满意度达92.01%。（李秉钧 李 李）")]
    ['（李秉钧 李 李）']
    """
    start = 0
    for line in text.split("\n"):
        at = max(line.rfind("（"), line.rfind("("))
        m = _LOST_NAMES.search(line[at:]) if at >= 0 else None
        if m and re.search(rf"[（(\s、][{HAN}](?=[\s、)）])", m[0]) and " " in m[0]:
            yield Flag("lost names", start + at, start + len(line), m[0], "given names are missing and cannot be recovered")
        start += len(line) + 1


def truncated_end(text: str) -> Iterator[Flag]:
    """A long last paragraph that stops without an end.

    >>> [f.kind for f in truncated_end("会议要求，各级各部门要提高政治站位，压实工作责任，健全工作机制，统筹抓好当前各项重点任务，确保改革")]
    ['truncated end']
    """
    last = text.rsplit("\n", 1)[-1]
    if len(last) > 40 and re.search(f"[{HAN},，、：:；;…]\\Z", last) and re.search("[，,。]", last):
        yield Flag("truncated end", len(text) - len(last), len(text), last[-20:], "the last paragraph does not end")


def stub(text: str) -> Iterator[Flag]:
    """A page that is a title and nothing else, with the reason to set it aside.

    >>> [f.detail for f in stub("某市医改工作方案")]
    ['8 characters, no sentence: a title without a text']
    """
    if len(text) < 120 and not re.search("[。！？；]", text):
        yield Flag("stub", 0, len(text), text[:40], f"{len(text)} characters, no sentence: a title without a text")


def two_documents(text: str) -> Iterator[Flag]:
    """A second salutation or a second document number on a line of its own."""
    for pattern in (_SALUTATION, _NUMBER):
        found = list(pattern.finditer(text))
        if len(found) > 1 and found[1].start() - found[0].start() > 200:
            second = found[1]
            yield Flag("two documents", second.start(), second.end(), second[0][:40], "a second document seems to begin here")
            return


def unread_slips(text: str) -> Iterator[Flag]:
    """Traces of byte slips that nobody could read."""
    for m in _UNREAD.finditer(text):
        yield Flag("unread slip", m.start(), m.end(), text[max(0, m.start() - 4) : m.end() + 4], "damaged characters, left as found")


def spinning(text: str) -> Iterator[Flag]:
    """Machine rewriting: several words that only a synonym table puts.

    >>> [f.detail for f in spinning("年夜幅晋升医疗办事，周全推动鼎新，经由过程下层医疗")]
    ['年夜幅, 经由过程, 鼎新, 医疗办事, 下层医疗, 周全推动, 晋升']
    """
    found = [word for word in _SPUN if word in text]
    if len(found) >= 4:
        at = text.index(found[0])
        yield Flag("synonym spinning", at, at + len(found[0]), found[0], ", ".join(found))


CHECKS: tuple[Callable[[str], Iterator[Flag]], ...] = (
    unfinished_lists, lost_names, truncated_end, stub, two_documents, unread_slips, spinning)


def integrity(draft: Draft) -> Iterator[Flag]:
    """All flags on a draft, in its own offsets."""
    for check in CHECKS:
        yield from check(draft.text)
    yield from respun(draft)


def respun(draft: Draft) -> Iterator[Flag]:
    """A page some of whose common words were restored: what else the machine put in nobody knows."""
    edits = [e for e in draft.edits if "spun" in e.rule]
    if edits:
        start, end = draft.spans.from_raw(edits[0].start, edits[0].end)
        detail = ", ".join(dict.fromkeys(e.before for e in edits[:40]))
        yield Flag("synonym spinning", start, end, draft.text[start:end], detail[:200])


def source_line(draft: Draft) -> Iterator[Flag]:
    """A source whose province is not the one the title names (a Yunnan report credited to 北京日报), in raw offsets."""
    title = next((x.text for x in draft.lines if x.role == "title"), "")
    for line in draft.lines:
        m = _SOURCE.search(line.text) if line.role == "meta" else None
        if m and title:
            home, credited = _provinces(title), _provinces(m[1])
            if home and credited and not home & credited:
                detail = f"the title names {'、'.join(sorted(home))}, the source line {'、'.join(sorted(credited))}"
                yield Flag("source line", line.start, line.end, m[0], detail)


@cache
def _provinces(text: str) -> frozenset[str]:
    """Provinces of the places a short text names without ambiguity."""
    from yigai import places

    found = [{p.province for p in m.candidates if p.current} for m in places.mentions(text)]
    return frozenset(name for names in found if len(names) == 1 for name in names)


def residue(text: str) -> dict[str, int]:
    """Counters of dirt that is left in a clean text.

    >>> residue("医(yī)疗,改革")
    {'pinyin notes': 1, 'half-width marks': 3, 'unread slips': 0, 'odd spaces': 0}
    """
    return {
        "pinyin notes": len(re.findall(rf"[{HAN}][(（][a-zā-ǜ]{{1,7}}[)）]", text)),
        "half-width marks": len(re.findall(rf"(?<=[{HAN}])[,:;?!()]|[,:;?!()](?=[{HAN}])", text)),
        "unread slips": len(_UNREAD.findall(text)),
        "odd spaces": len(re.findall("[\xa0\u200b\ufeff]", text)),
    }


def changed_digits(cleaned: Cleaned) -> list[Edit]:
    """Edits inside the document that change its digits; every other digit is the page's own.

    >>> from yigai import clean
    >>> changed_digits(clean.text("自201410月起,共3家。"))
    []
    """
    digits = re.compile(r"\d")
    return [
        e for e in cleaned.applied
        if not set(FURNITURE).issuperset(e.kind.split("+")) and digits.findall(e.before) != digits.findall(e.after)
    ]  # fmt: skip
