"""Bytes to text: strict decoding, chosen by validity and by how Chinese the result reads."""

from __future__ import annotations

import codecs
import re
from functools import cache

import opencc

from yigai.corpus.document import Refused

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
#: Looked for only where there are NUL bytes, which all other encodings of a page lack.
WIDE = ("utf-8", "utf-32-le", "utf-32-be")
#: A text may have lost one character in so many and is still read, its lost ones marked U+FFFD.
SOUND = 200
COMMON = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作"
    "当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正"
    "名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市处别间期"
    "疗医院卫健康服务区县镇村乡革综合保障药病患基层人民府省委办通知条例规应当管监督单提组织建设施展资源制度改善推进实现完目标任责级共享联体首"
    "诊转治急慢据求量安全技术专科能质支付价格社会济经行营商投诉讼计划划报告工作年度各类和及或者其他有关部门"
)
# What strict decoders let through and no page contains: private use, unassigned corners, box drawing, kana.
STRANGE = re.compile(
    "[\ue000-\uf8ff\u0080-\u009f\u0370-\u03ff\u0400-\u04ff\u2500-\u257f\u3040-\u30ff\u3100-\u312f\uac00-\ud7a3\u0600-\u06ff\u0e00-\u0eff]"
)
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
#: Most signs of a text decoded as Latin-1.
LATIN = re.compile(r"[\x80-\xff]")
#: Behind a page that was written in blocks; no encoding ends a text so.
PADDING = b"\x00" * 4
#: Page breaks and Word's breaks of a line.
BREAKS = ("\x0b", "\x0c")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_.:-]{2,24})"""
)
ENOUGH = (
    0.28  # share of very common characters; right decodings reach .4 to .8, wrong ones .02 to .15
)


@cache
def common_characters() -> frozenset[str]:
    """Give the most frequent characters, simplified and traditional."""
    return frozenset(COMMON) | frozenset(opencc.OpenCC("s2t").convert(COMMON))


def likeness(text: str) -> float:
    """Score from 0 to 1 how much a text reads like Chinese of today.

    >>> likeness("关于印发实施方案的通知") > 0.5 > likeness("鍏充簬鍗板彂瀹炴柦鏂规")
    True
    """
    sample = text[:20_000] + text[20_000::97]
    foreign = [
        char
        for char in sample
        if char >= "\x80"
        and not "\u2000" <= char <= "\u206f"
        and not "\u3000" <= char <= "\u303f"
        and not "\uff00" <= char <= "\uffef"
    ]
    if not foreign:
        return 0.5 if not CONTROL.search(sample) else 0.0
    common = common_characters()
    good = sum(char in common for char in foreign)
    bad = len(STRANGE.findall(sample)) + len(CONTROL.findall(sample)) + sample.count("\ufffd")
    return max(0.0, (good - 2 * bad) / len(foreign))


def attempt(data: bytes, encoding: str) -> str | None:
    """Decode strictly, allowing only a last character cut off by the end of the file."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end < len(data) or len(data) - error.start > 3 or error.start < 16:
            return None
        return data[: error.start].decode(encoding)
    except (LookupError, ValueError):  # no such encoding, none of texts, or one like "undefined" that refuses everything
        return None


def declared(data: bytes) -> str:
    """Read the encoding that a page claims for itself, which is often wrong."""
    match = DECLARED.search(data[:4096])
    name = match[1].decode("ascii").lower() if match else ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)


def once_too_often(text: str) -> str | None:
    """Undo a text whose bytes were once read as Latin-1 and saved again.

    >>> once_too_often("关于印发方案的通知".encode().decode("latin-1"))
    '关于印发方案的通知'
    """
    if len(LATIN.findall(text[:4000])) * 3 < len(text[:4000]):
        return None
    for wrong in ("latin-1", "cp1252"):
        try:
            data = text.encode(wrong)
        except UnicodeEncodeError:
            continue
        for right in ("utf-8", "gb18030"):
            found = attempt(data, right)
            if found and likeness(found) > ENOUGH:
                return found
    return None


def text_of(data: bytes) -> tuple[str, str]:
    """Decode bytes and name the encoding; raises Refused where nothing fits.

    >>> text_of("营口市卫生健康委的通知".encode("gbk"))
    ('营口市卫生健康委的通知', 'gb18030')
    """
    return tidied(*decoded(data))


def table_of(data: bytes) -> tuple[str, str]:
    r"""Decode a table: what breaks a line inside a cell divides no rows, and a few names in GBK are enough.

    >>> table_of("file,region\na.txt,湖南\x0b湘".encode("gbk"))
    ('file,region\na.txt,湖南\u2028湘', 'gb18030')
    """
    try:
        text, encoding = decoded(data)
    except Refused:
        found = attempt(data, "gb2312")  # a wider encoding would read almost any bytes
        if not found or found.isascii():
            raise
        text, encoding = found, "gb18030"
    for mark in BREAKS:
        text = text.replace(mark, "\u2028")
    return tidied(text, encoding)


def decoded(data: bytes) -> tuple[str, str]:
    """Decode bytes and name the encoding, control characters and all; raises Refused where nothing fits."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise Refused("the file is empty", "leave it out, or fetch the page again")
    if data.endswith(PADDING):
        data = data.rstrip(b"\x00")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = attempt(data, encoding)
            if text is not None and (likeness(text) > 0 or mostly_ascii(text)):
                return text.removeprefix("\ufeff"), encoding
            data = data[len(mark) :]  # a mark that its text belies says nothing
            break
    text = attempt(data, "utf-8")
    if text is not None and not (text.isascii() and "\x00" in text[:4096]):
        return reread(text)
    return best_guess(data) or damaged(data)


def mostly_ascii(text: str) -> bool:
    """Tell a table of names and numbers, which bytes read in a wrong wide encoding never give."""
    return sum(map(str.isascii, text)) * 2 > len(text)


def reread(text: str) -> tuple[str, str]:
    """Read again a valid text that was written for wires of seven bits, or decoded wrongly once before."""
    if text.isascii():
        return seven_bits(text) or (text, "utf-8")
    mended = once_too_often(text)
    return (mended, "utf-8 read as latin-1") if mended else (text, "utf-8")


def seven_bits(text: str) -> tuple[str, str] | None:
    """Decode HZ and UTF-7, which are plain ASCII; raises Refused for ISO-2022.

    >>> seven_bits("~{R=8D~}"), seven_bits("1~{2")
    (('医改', 'hz'), None)
    """
    if re.search(r"\x1b\$[()*]?[A-Z@]", text):
        raise Refused("the encoding is ISO-2022, which is not read", "save the page again as UTF-8")
    for encoding, sign in (("hz", r"~\{[!-~]{2,}"), ("utf-7", r"\+[A-Za-z0-9/+]{3,400}")):
        found = attempt(text.encode(), encoding) if re.search(sign, text) else None
        if found and not found.isascii() and likeness(found) > ENOUGH:
            return found, encoding
    return None


def best_guess(data: bytes) -> tuple[str, str] | None:
    """Choose the decoding that reads most like Chinese, the declared one first among equals."""
    names = dict.fromkeys((declared(data), *CANDIDATES, *(WIDE if b"\x00" in data else ())))
    scored = [
        (likeness(text), -position, text, name)
        for position, name in enumerate(names)
        if name and (text := attempt(data, name)) is not None
    ]
    score, _, text, name = max(scored, default=(0.0, 0, "", ""))
    return (text, name) if score >= ENOUGH else None


def damaged(data: bytes) -> tuple[str, str]:
    r"""Read a page of which a few bytes were lost, marking their places; raises Refused where it is more than few.

    >>> damaged(b"\xff" + "营口市卫生健康委的通知。".encode() * 40)[1]
    'utf-8, 1 characters damaged'
    """
    best = (ENOUGH, "", "")
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        if lost * SOUND <= len(text) and (score := likeness(text)) > best[0]:
            best = (score, text, f"{encoding}, {lost} characters damaged")
    if not best[1]:
        raise Refused(
            "the encoding is none of UTF-8, GB18030, Big5, UTF-16, or bytes are damaged",
            "save the page again as UTF-8",
        )
    return best[1:]


def tidied(text: str, encoding: str) -> tuple[str, str]:
    r"""Take out control characters and note how many; refuse what is no text at all.

    >>> tidied("通\x00知", "utf-8")
    ('通知', 'utf-8, 1 control characters removed')
    """
    for mark in BREAKS:
        text = text.replace(mark, "\n")
    controls = len(CONTROL.findall(text))
    if controls * 10 > len(text) + 20:
        raise Refused("the file is binary, not text", "export its text first")
    if text.count("\ufffd") * 20 > len(text):
        raise Refused("more than one character in twenty is lost (U+FFFD)", "fetch the page again")
    if not controls:
        return text, encoding
    return CONTROL.sub("", text), f"{encoding}, {controls} control characters removed"
