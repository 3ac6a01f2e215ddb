"""Words: jieba's segmentation with the reform lexicon, at the speed of its Rust twin.

`segment` gives every token, exactly as jieba with the lexicon cuts (`reference` is jieba itself, and the
fallback where rjieba is missing). `tokens` gives the content words that enter TF-IDF.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

_DATA = resources.files("yigai") / "data" / "lexicon"
_USER_TAG = "yigai"


@cache
def lexicon() -> dict[str, tuple[int, str]]:
    """Terms of the reform lexicon with the frequency that keeps them whole, and their theme.

    >>> lexicon()["医共体"][1]
    'ORG'
    """
    lines = (_DATA / "reform_terms.txt").read_text(encoding="utf-8").splitlines()
    return {term: (int(frequency), theme) for term, frequency, theme in map(str.split, lines)}


@cache
def stop_words() -> dict[str, str]:
    """Words kept out of TF-IDF, each with the reason.

    >>> stop_words()["推进"]
    'stands before any task in any plan, says nothing about which'
    """
    lines = (_DATA / "stop_words.csv").read_text(encoding="utf-8").splitlines()
    return {row["word"]: row["reason"] for row in csv.DictReader(lines)}


# --- jieba, the reference ----------------------------------------------------------------------------


@cache
def _jieba() -> Any:
    """An own jieba tokenizer: quiet, without the cache file that anybody may forge in the shared folder."""
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    logging.getLogger("jieba").setLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    # what Tokenizer.initialize does, minus reading and writing its cache
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for term, (frequency, _) in lexicon().items():
        tokenizer.add_word(term, frequency)
    return tokenizer


def reference(text: str) -> list[str]:
    """All tokens of a text as jieba itself cuts them, with the reform lexicon."""
    return list(_jieba().lcut(text))


# --- rjieba, the same tokens faster ------------------------------------------------------------------

# jieba keeps these signs inside a block of text and hands what the dictionary does not know to a
# second pattern; rjieba's second pattern has an unescaped dot and glues numbers, dates and addresses
_BLOCK_SIGN = re.compile(r"[a-zA-Z0-9+#&._%\-]+").fullmatch
# characters jieba takes for marks and rjieba for Chinese; rare (names, old places), so jieba cuts such a text,
# and one with half a surrogate pair, which is no Unicode to Rust
beyond = re.compile(r"[\u3400-\u4dbf\ud800-\udfff\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]").search
_HAS_LETTER = re.compile(r"[a-zA-Z]").search
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


def _recut(pieces: list[str]) -> list[str]:
    """What jieba makes of a run of Latin letters, digits and signs.

    >>> _recut(["2024-02", "-29"]), _recut(["3.5%", "+"])
    (['2024', '-', '02', '-', '29'], ['3.5%', '+'])
    """
    return [piece for piece in _LATIN.split("".join(pieces)) if piece]


@cache
def engine() -> Any | None:
    """The Rust segmenter with the reform lexicon; None where rjieba is not installed."""
    try:
        import rjieba
    except ImportError:
        return None
    made = rjieba.Jieba()
    for term, (frequency, _) in lexicon().items():
        made.add_word(term, frequency, _USER_TAG)
    # jieba counts the frequency of a word it knew twice in its total, rjieba once; a near tie such as
    # 西|中岛 turns on it, so a word that stands in no text carries the difference
    made.add_word("\uf8ff\uf8ff", int((_DATA / "jieba_total_excess.txt").read_text()), _USER_TAG)
    return made


@cache
def _fast() -> Callable[[str], list[str]]:
    """The segmenter in use: rjieba mended, or jieba itself."""
    made = engine()
    if made is None:
        return reference
    cut, known = made.cut, made.has_word

    def segmented(text: str) -> list[str]:
        if beyond(text):
            return reference(text)
        found: list[str] = cut(text, True)
        at = [i for i, token in enumerate(found) if token < "\x80" and _BLOCK_SIGN(token)]
        at = [i for i in at if len(found[i]) == 1 or not known(found[i])]
        return _mended(found, at) if at else found

    return segmented


def _mended(found: list[str], at: list[int]) -> list[str]:
    """Tokens with every run of unknown signs, which stand at `at`, cut as jieba cuts it."""
    out: list[str] = []
    done, n = 0, 0
    while n < len(at):
        first = n
        while n + 1 < len(at) and at[n + 1] == at[n] + 1:
            n += 1
        begin, end = at[first], at[n] + 1
        n += 1
        if end - begin > 1 or not found[begin].isalnum():
            out += found[done:begin]
            out += _recut(found[begin:end])
            done = end
    return out + found[done:]


def segment(text: str) -> list[str]:
    """All tokens of a text, joined they give it back: jieba with the reform lexicon.

    Of a run of characters no dictionary knows, jieba's model takes the likeliest cut. Where two cuts
    are exactly as likely (the same characters come again: 生生生|生医, 生生|生生医) the last bit of a
    sum decides, and the fast twin, which adds in another order, may decide otherwise.

    >>> segment("推进紧密型县域医共体建设，分级诊疗率达3.5%。")
    ['推进', '紧密型县域医共体', '建设', '，', '分级诊疗', '率达', '3.5%', '。']
    """
    return _fast()(text)


# --- content words -----------------------------------------------------------------------------------

_LATIN_WORD = re.compile(r"(?=[A-Za-z0-9+\-]*[A-Za-z])[A-Za-z0-9+\-]{2,}|[A-Za-z0-9+]*[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9+·]+")
# 第一批, 三个, 十四五: numbers written in Chinese count nothing a topic could be about
_NUMBER = re.compile(r"第?[〇零一二三四五六七八九十百千万亿两几数多\d]+[个项家所名人次年月日号条款章批届期级类种点位元余]?")
_NUMERAL = frozenset("第〇零一二三四五六七八九十百千万亿两几数多0123456789")


def is_content(token: str) -> bool:
    """Whether a token can carry a topic: two signs or more, no number, no stop word.

    >>> [is_content(t) for t in ("医共体", "PCR", "推进", "县", "2024", "二十")]
    [True, True, False, False, False, False]
    """
    if len(token) < 2 or token in stop_words():
        return False
    if token[0] in _NUMERAL and _NUMBER.fullmatch(token):
        return False
    chinese = "\u3400" <= token[0] <= "\u9fff" and token.isalpha()
    return chinese or bool(_LATIN_WORD.fullmatch(token))


def tokens(text: str) -> list[str]:
    """Content words of a text in order: no marks, numbers, one-character words or stop words.

    >>> tokens("到2025年，推进紧密型县域医共体建设，完善分级诊疗制度。")
    ['紧密型县域医共体', '分级诊疗']
    """
    content = _content
    return [token for token in _fast()(text) if content[token]]


class _Memo(dict[str, bool]):
    """Answers of `is_content`, each asked once; emptied before a hostile page fills the memory."""

    def __missing__(self, token: str) -> bool:
        if len(self) > 500_000:
            self.clear()
        answer = self[token] = is_content(token)
        return answer


_content = _Memo()
_DROPPED, _LATIN_RUN = -1, -2


def _is_loose(token: str, known: Callable[[str], bool]) -> bool:
    """Whether jieba leaves a token to its second pattern: a sign, or a run the dictionary does not know."""
    return token < "\x80" and bool(_BLOCK_SIGN(token)) and (len(token) == 1 or not known(token))


def _run(found: list[str], at: int, done: int, known: Callable[[str], bool]) -> tuple[int, int]:
    """The loose tokens around one, itself included; a token that is not loose stands alone."""
    begin, end = at, at + 1
    before = begin > done and found[begin - 1] < "\x80"
    after = end < len(found) and found[end] < "\x80"
    if (before or after) and _is_loose(found[at], known):
        while begin > done and _is_loose(found[begin - 1], known):
            begin -= 1
        while end < len(found) and _is_loose(found[end], known):
            end += 1
    return begin, end


class Index(dict[str, int]):
    """Content words numbered as they come; what is no content word gets a negative number.

    >>> index = Index()
    >>> index.ids("分级诊疗率达3.5%，分级诊疗").tolist(), index.words()
    ([0, 1, 0], ['分级诊疗', '率达'])
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.runs: dict[str, list[int]] = {}

    def __missing__(self, token: str) -> int:
        if token < "\x80" and _HAS_LETTER(token) and _BLOCK_SIGN(token):
            number = _LATIN_RUN
        elif _content[token]:
            number = len(self.found)
            self.found.append(token)
        else:
            number = _DROPPED
        self[token] = number
        return number

    def ids(self, text: str) -> npt.NDArray[np.int32]:
        """Numbers of the content words of a text, in order.

        A run of signs with Latin letters has to be cut anew as jieba cuts it; a run of digits never
        holds a word, so it is left as it is.
        """
        made = engine()
        if made is None or beyond(text):
            return np.array([self.number(token) for token in tokens(text)], np.int32)
        found = made.cut(text, True)
        ids = np.fromiter(map(self.__getitem__, found), np.int32, len(found))
        if ids.min(initial=0) == _LATIN_RUN:
            ids = self._recut(ids, found, made.has_word)
        return ids[ids >= 0]

    def _recut(
        self, ids: npt.NDArray[np.int32], found: list[str], known: Callable[[str], bool]
    ) -> npt.NDArray[np.int32]:
        """The numbers with the words of every run that holds Latin letters in place of its pieces."""
        parts: list[npt.NDArray[np.int32]] = []
        done = 0
        for at in np.flatnonzero(ids == _LATIN_RUN).tolist():
            if at < done:
                continue
            begin, end = _run(found, at, done, known)
            fresh = self._words_of("".join(found[begin:end]), known, whole=end - begin == 1)
            if end - begin == 1 and len(fresh) < 2:  # nearly all: PCR, DRG
                ids[at] = fresh[0] if fresh else _DROPPED
                continue
            parts += [ids[done:begin], np.array(fresh, np.int32)]
            done = end
        return np.concatenate([*parts, ids[done:]]) if parts else ids

    def _words_of(self, run: str, known: Callable[[str], bool], *, whole: bool) -> list[int]:
        """Numbers of the content words of a run of Latin letters, digits and signs; a known word stays whole."""
        numbers = self.runs.get(run) if whole else None
        if numbers is None:
            words = [run] if whole and not _is_loose(run, known) else _recut([run])
            numbers = [self.number(word) for word in words if _content[word]]
            if whole:
                self.runs[run] = numbers
        return numbers

    def number(self, token: str) -> int:
        """Number of a content word, also of one that is a run of Latin letters."""
        number = self[token]
        if number == _LATIN_RUN:
            # the run itself goes on asking to be cut anew, so its word stands under another key
            number = self.setdefault(f"{token}\0", len(self.found))
            if number == len(self.found):
                self.found.append(token)
        return number

    def words(self) -> list[str]:
        """Content words by number."""
        return self.found
