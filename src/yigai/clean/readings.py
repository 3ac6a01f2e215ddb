"""Pinyin notes: X(y) where y is a reading of X and the page notes many characters so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from yigai.clean.chars import HAN, TONED
from yigai.clean.draft import Draft
from yigai.clean.ledger import APPLIED, Change

_NOTE = re.compile(rf"([{HAN}])[(（]([a-z{TONED}]{{1,7}})[)）]")
# A note behind a byte slip's Latin remnant, such as O(shè) or F(xiàn) (seed 003).
GLUED = re.compile(rf"([A-Za-z?])[(（]([a-z]{{0,6}}[{TONED}][a-z]{{0,4}})[)）]")
_TONES = "\u0304\u0301\u030c\u0300"


def plain(syllable: str) -> str:
    """A syllable without its tone mark; ü becomes v.

    >>> plain("lǜ"), plain("shè")
    ('lv', 'she')
    """
    parts = unicodedata.normalize("NFD", syllable.replace("ɡ", "g"))
    toneless = "".join(c for c in parts if c not in _TONES)
    return unicodedata.normalize("NFC", toneless).replace("ü", "v").replace("ê", "e")


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of a character, with and without tone marks.

    >>> sorted(readings("還"))
    ['hai', 'huan', 'huán', 'hái', 'xuan', 'xuán']
    """
    toned = _dictionary().get(ord(char), "").split(",")
    return frozenset(t for t in (*toned, *map(plain, toned)) if t)


def _simple(char: str) -> str:
    """The simplified form, whose reading a site's annotator may have looked up (績 jī, 绩 jì)."""
    from yigai.clean import script

    return script.simplified(char)


@lru_cache(maxsize=8192)
def is_reading(char: str, note: str) -> bool:
    """Whether a note is a reading of a character, tone mark included if it has one.

    >>> is_reading("醫", "yī"), is_reading("醫", "shè"), is_reading("行", "háng")
    (True, False, True)
    """
    known = readings(char) | readings(_simple(char))
    note = unicodedata.normalize("NFC", note).replace("ɡ", "g")
    return note in known or (plain(note) in known and plain(note) == note)


def notes(text: str) -> list[re.Match[str]]:
    """The verified notes of a text, if the text notes its characters as a system does.

    An editor explains a rare character once (亳(bó)州); a page that copies a reading aid
    repeats the note of the same common character, or has six notes and more.
    """
    found = [m for m in _NOTE.finditer(text) if is_reading(m[1], m[2])]
    repeated = Counter(m[1] for m in found)
    if len(found) < 3 or (len(found) < 6 and max(repeated.values()) < 2):
        return []
    return [m for m in found if not _by_an_editor(m, repeated, text)]


def _by_an_editor(note: re.Match[str], repeated: Counter[str], text: str) -> bool:
    """A note on a rare character, once, which also stands without a note: an editor's."""
    char = note[1]
    return repeated[char] == 1 and _is_rare(char) and text.count(char) > 1


def _is_rare(char: str) -> bool:
    """Outside the common first level of GB 2312, and not a traditional form."""
    try:
        return char.encode("gb2312") >= b"\xd8\xa1"
    except UnicodeEncodeError:
        return False


def removals(draft: Draft) -> Iterator[Change]:
    """Verified notes of a systematic page, to be removed."""
    if "(" not in draft.text and "（" not in draft.text:
        return
    made = Change._make
    for note in notes(draft.text):
        evidence = f"{note[2]} is a reading of {note[1]}"
        yield made((note.end(1), note.end(), "", "pinyin", "verified_note", 0.995, evidence, APPLIED))
