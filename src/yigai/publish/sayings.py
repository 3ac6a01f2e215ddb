"""What the run says in English (gate, figures, captions), said in the language of the edition.

The tables of a run are English; most labels of figures carry both languages in one string. Whole
sayings are looked up first, then sayings with a number or a name in them, then sentence by sentence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from yigai import places
from yigai.facts import families, labels
from yigai.publish import provinces, words
from yigai.publish.phrases import BEGINNINGS, CODES, ENGLISH, FORMS, PAIRS
from yigai.publish.words import Pair

#: Signs between sayings of a list, and what stands between them in Chinese.
_LISTED = (("; ", "；"), (" | ", "；"), (" + ", "＋"))
_LISTING = ("because of ", "refused by ", "but mind ", "depends on ")
_CODED = re.compile(r"([A-Z]{2,3}) ([\u4e00-\u9fff].{0,60})")
_BOTH = re.compile(r"([^\u4e00-\u9fff.;]{0,120}[A-Za-z)’”][^\u4e00-\u9fff.;]{0,3}) ([\u4e00-\u9fff][^.;。；]{0,80})")
_TWIN = re.compile(r"([a-z]{1,20}(?: [a-z]{1,20}){1,12}) \(([\u4e00-\u9fff]{2,40})\)")
_CASE = re.compile(r"([\u4e00-\u9fff]{2,12}[省市区县州盟旗])( \d{4})?")
_ABOUT_CASE = re.compile(r"(region: |leading dimension: |most typical word: |without |)([\u4e00-\u9fff]{2,12} \d{4})((?: \([a-z ]{1,20}\))?)")
_KIND = re.compile(r" (?:District|County|Banner|Prefecture|League)$")
_SENTENCE = re.compile(r"(?<=[.。；])(?<!et al\.) ")
_CLAUSE = re.compile(r"(?<=[;；]) ")
_CUT = re.compile(r"(?:\.\.\.|…)$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_SLOT = re.compile(r"\{(\d)(\*?)\}")


@lru_cache(maxsize=20_000)
def said(text: str, lang: str) -> str:
    """Words of the run in one language; what is not known there stays itself.

    >>> said("Evidence matrix 证据矩阵", "zh"), said("Evidence matrix 证据矩阵", "en"), said("ORG 组织整合形式", "en")
    ('证据矩阵', 'Evidence matrix', 'ORG Integration')
    >>> said("because of region × genre, like documents", "zh"), said("利州区 2021", "en")
    ('因为：地区 × 体裁、同类文档', 'Lizhou 2021')
    """
    return _in_chinese(text) if lang == "zh" else _in_english(text)


def pair(text: str) -> Pair:
    """Words of the run in both languages.

    >>> pair("5 documents").zh
    '5 份文档'
    """
    return Pair(said(text, "en"), said(text, "zh"))


def in_english(text: str) -> str:
    """A label of a table without its Chinese twin; a place, a name or a quote stays itself.

    >>> in_english("no cue matched (未检出)"), in_english("PAY 三医联动"), in_english("利州区 2021")
    ('no cue matched', 'PAY Payment', '利州区 2021')
    """
    twin = _TWIN.fullmatch(text)
    if twin:
        return twin[1]
    return text if _CASE.fullmatch(text) else _in_english(text) if text in _labels() or _CODED.fullmatch(text) or _BOTH.fullmatch(text) else text


def _in_chinese(text: str) -> str:
    known = _known(text)
    if known:
        return known
    both = _TWIN.fullmatch(text) or _BOTH.fullmatch(text)
    if both and not _CODED.fullmatch(text):
        return both[2]
    for sign, chinese in _LISTED:
        parts = text.split(sign)
        known_parts = [_known(part.strip()) for part in parts] if len(parts) > 1 else [""]
        if all(known_parts):
            return chinese.join(known_parts)
    for division in (_SENTENCE, _CLAUSE):
        parts = list(dict.fromkeys(division.split(text)))
        if len(parts) > 1:
            said_parts = [_in_chinese(part) for part in parts]
            return "".join(part if _CHINESE.search(part) else f"{part} " for part in dict.fromkeys(said_parts)).strip()
    return text


@cache
def _whole() -> dict[str, str]:
    """Whole sayings: those of the phrases, and the words that other rooms say in both languages."""
    own = {name: chinese for name, chinese, _ in families.FAMILIES}
    own |= {name: both.zh for name, both in labels.ENTRIES.items()}
    return own | words.FLAGS | PAIRS


def _known(text: str) -> str:
    if text in _whole():
        return _whole()[text]
    begun = _begun(_CUT.sub("", text).rstrip()) if _CUT.search(text) else ""
    if begun:
        return begun
    if _CUT.search(text) and (text.startswith(_LISTING) or not _formed(text)):
        return _known_cut(_CUT.sub("", text).rstrip())
    found = provinces.province(text) if text.isascii() and text else None
    kinds = text.split("+")
    if len(kinds) > 1 and all(kind in words.EDIT_KINDS for kind in kinds):
        return words.edit_kind(text).zh
    return found[1].zh if found else _formed(text)


def _formed(text: str) -> str:
    matches = ((form.fullmatch(text), chinese) for form, chinese in FORMS)
    found, chinese = next(((match, chinese) for match, chinese in matches if match), (None, ""))
    return _expanded(found, chinese) if found else ""


def _expanded(found: re.Match[str], chinese: str) -> str:
    return _SLOT.sub(lambda slot: _filled(found[int(slot[1])], slot[2]), found.expand(chinese))


def _begun(stem: str) -> str:
    """The whole saying of which a figure shows the beginning; '' when none or several begin so."""
    whole = [chinese for english, chinese in _whole().items() if len(stem) > 12 and english.startswith(stem)]
    return whole[0] if len(whole) == 1 else ""


def _known_cut(stem: str) -> str:
    """What a saying means of which a table or a figure shows the beginning only."""
    if stem.startswith(_LISTING):
        return f"{_formed(stem.rpartition(', ')[0])}……"
    begun = [chinese for beginning, chinese in BEGINNINGS.items() if len(stem) > 12 and stem.startswith(beginning)]
    return begun[0] if begun else ""


def _filled(words: str, several: str) -> str:
    return "、".join(said(part, "zh") for part in words.split(", ")) if several else said(words, "zh")


@cache
def _labels() -> dict[str, str]:
    """Labels of the codebook that tables print in Chinese alone, in English."""
    steps = {str(step["zh"]): labels.STEPS[int(step["step"])].en for step in words.codebook().get("tightness", [])}
    families_of = {str(family["zh"]): str(name) for name, family in words.codebook().get("instruments", {}).items() if "zh" in family}
    return ENGLISH | steps | {both.zh: both.en for both in labels.STEPS} | families_of


def _in_english(text: str) -> str:
    if text in _labels():
        return _labels()[text]
    coded = _CODED.fullmatch(text)
    if coded and coded[1] in CODES:
        return f"{coded[1]} {CODES[coded[1]]}"
    case = _CASE.fullmatch(text)
    if case:  # 先行市 and 大病不出县 end like places and are none
        return _KIND.sub("", provinces.place(case[1]).en) + (case[2] or "") if places.named(case[1]) else text
    if " ~ " in text:
        return " ~ ".join(_in_english(part) for part in text.split(" ~ "))
    about = _ABOUT_CASE.fullmatch(text)
    if about:
        return about[1] + _in_english(about[2]) + about[3]
    both = _BOTH.fullmatch(text)
    if both and ":" not in text and not text.startswith("without "):
        return both[1]
    parts = _SENTENCE.split(text)
    return " ".join(part for part in parts if _LATIN.search(part) or not _CHINESE.search(part)) if len(parts) > 1 else text
