"""Injected strings in place of a place name: found by repetition, mended by proof from the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yigai.clean import proven, spam
from yigai.clean.chars import HAN
from yigai.clean.draft import Draft
from yigai.clean.ledger import FLAGGED, Change

# Strings of a spam line: what its separators part, once with hyphens, dots and brackets as separators and once without.
_SEPARATORS = (
    re.compile(r"[_|｜¥【】\[\]，,。;；:：\s]+"), re.compile(r"[_|｜¥【】\[\]，,。;；:：\s\-–—]+"),
    re.compile(r"[_|｜¥【】\[\]，,。;；:：\s\-–—·•()（）~～★☆●/]+"),
)  # fmt: skip
_SHORTEST, _LONGEST = 2, 24
# A mark that a rule carries along with its string.
_CARRIED = r"[:：\-_·]?"
# Nouns that follow a place name in official text: the slots in which an injected string betrays itself.
_INSTITUTION = re.compile(
    "(?:人民政府|政府|人大|政协|党委|委员会|卫生|卫健|医保|医疗|第[一二三四五六七八九十]|中医|中心|妇幼|疾控|人民|医院|远程|公立|基层|县域|城乡|财政|民政|人社|教育|发展和改革|发改|市场监管|公安|城区|境内|行政区域)"
)
# In the text the string is cut off by a colon that belongs to it: 責成大发体育在线:卫健局办理 (seed 000).
_BEFORE_COLON = re.compile(rf"[{HAN}A-Za-z0-9·]{{4,24}}\Z")
_COLON = re.compile(rf"[:：](?=[{HAN}《“])")
_LEAST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Injected:
    """A string that a site's owner put in, and where it stands in the text."""

    text: str
    spans: tuple[tuple[int, int], ...]


def injected(draft: Draft) -> tuple[Injected, ...]:
    """Strings of the spam lines that also stand inside the document, longest first."""
    spans, text = draft.spans, draft.text
    foreign = [spans.from_raw(x.start, x.end) for x in draft.lines if x.role == "spam"]
    edges = [x for x in draft.lines[:1] + draft.lines[-3:] if x.role == "nav" and re.search("[_¥【]", x.text)]
    foreign += [spans.from_raw(x.start, x.end) for x in edges]
    pieces = {p for low, high in foreign for parts in _SEPARATORS for p in parts.split(text[low:high])}
    fit = {p for p in pieces if _SHORTEST <= len(p) <= _LONGEST and p[-1] not in "省市县区州旗"}
    names = {p for p in fit if (len(p) > _SHORTEST and re.search(f"[{HAN}]", p) and (spam.is_name(p) or _is_label(p, text))) or _fills_slots(p, text)}
    names |= {r for r in _recurring(text) if not any(r.endswith(p) for p in names)}
    found, free = [], bytearray(b"\1") * len(text)
    for low, high in foreign:
        free[low:high] = bytes(high - low)
    for name in sorted(names, key=lambda p: (-len(p), p)):
        hits = [m.span() for m in re.finditer(re.escape(name) + _CARRIED, text)]
        hits = [h for h in hits if free[h[0]]]
        for low, high in hits:
            free[low:high] = bytes(high - low)
        if hits:
            found.append(Injected(name, tuple(hits)))
    return tuple(found)


def _is_label(name: str, text: str) -> bool:
    """Whether a string stands before a colon at least twice."""
    return text.count(f"{name}:") + text.count(f"{name}：") > 1


def _fills_slots(name: str, text: str) -> bool:
    """Whether a string stands at least twice where official text has a place name.

    >>> _fills_slots("嘉天会所", "责成嘉天会所卫生健康局办理，嘉天会所第一人民医院牵头")
    True
    """
    found = (m.end() for m in re.finditer(re.escape(name) + _CARRIED, text))
    return sum(bool(_INSTITUTION.match(text, end)) for end in found) > 1


def _recurring(text: str) -> set[str]:
    """Strings on a betting or adult topic that stand before a colon again and again.

    >>> _recurring("由金豪体育投注:教育局办理，报金豪体育投注:人民政府，金豪体育投注:医院")
    {'金豪体育投注'}
    """
    windows = (_BEFORE_COLON.search(text[max(0, m.start() - 24) : m.start()]) for m in _COLON.finditer(text))
    heads = [w[0] for w in windows if w and spam.has_word(w[0])]
    groups: dict[str, list[str]] = {}
    for head in heads:
        groups.setdefault(head[-_LEAST_LENGTH:], []).append(head)
    shared = {_common_ending(group) for group in groups.values() if len(group) > 1}
    return {s for s in shared if len(s) >= _LEAST_LENGTH}


def _common_ending(strings: list[str]) -> str:
    first, size = strings[0], 0
    while size < len(first) and all(s.endswith(first[-size - 1 :]) for s in strings):
        size += 1
    shared = first[len(first) - size :]
    return re.sub(rf"^[{HAN}]{{0,8}}\d{{1,8}}[年月日]?", "", shared).lstrip("由在与和及对的为是从向")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a string fills a sentence, a line or a title's tail, where no place name can stand."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in ("", *"\n。:：_-|—") and after in ("", *"\n。")


# 市场, 市级, 省级, 区域: after a whole name these begin a word of their own (阳泉市市场监管局).
_OWN_WORD = re.compile("省(?:[级直际内外委政厅会]|域)|市(?:[场级直区民政委内外域属县长容]|人民)|区(?:[域级划间别内外委属长县]|人民)|县(?:[级城域直内外委长属]|人民)|州(?:[级直内外委长])")


def _form(name: str, string: Injected, text: str) -> str:
    """The whole name, or the bare one where the page still has the suffix behind the string (北京 of 北京市).

    >>> _form("北京市", Injected("金豪娱乐", ((0, 4),)), "金豪娱乐市第十五届")
    '北京'
    """
    suffix = name[-1:]
    kept = any(text.startswith(suffix, end) and not _OWN_WORD.match(text, end) for _, end in string.spans)
    return name[:-1] if name and kept and len(name) > 2 else name


def restorations(draft: Draft) -> Iterator[Change]:
    """Injected strings replaced by the place the page proves, or flagged with candidates."""
    strings = injected(draft)
    if not strings:
        return
    text = draft.text
    ordered = sorted(strings, key=lambda s: (-len(s.spans), s.text))
    frame = "\n".join([x.text for x in draft.lines if x.role in ("meta", "footer")])
    names = proven.verdicts(draft.body(), text, [s.text for s in ordered], frame=frame)
    wording = {s.text: _form(names[s.text].name, s, text) for s in strings}
    for string in strings:
        verdict = names[string.text]
        evidence = f"{verdict.evidence} [{'; '.join(verdict.candidates)}]" if verdict.candidates else verdict.evidence
        for start, end in string.spans:
            if _stands_alone(text, start, end):
                # its own full stop, or the mark that joins it to a title, goes with it
                low = start - (text[max(0, start - 1) : start] in tuple(":：_-|—"))
                high = end + (text[end : end + 1] == "。" and low == start)
                yield Change(low, high, "", "spam", "injected_string", 0.9, "fills a sentence of its own")
            elif verdict.name:
                yield Change(start, end, wording[string.text], "place", "injected_string", verdict.confidence, evidence)
            else:
                yield Change(start, end, text[start:end], "place", "injected_string", verdict.confidence, evidence, FLAGGED)
