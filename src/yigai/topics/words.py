"""Words: jieba's segmentation with the reform lexicon, at the speed of its Rust twin.

`segment` gives every token, exactly as jieba with the lexicon cuts (`reference` is jieba itself, and the
fallback where rjieba is missing). `tokens` gives the content words that enter TF-IDF.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache, partial
from importlib import resources
from itertools import compress
from typing import Any, TypeVar

_DATA = resources.files("yigai") / "data" / "lexicon"
_USER_TAG = "yigai"
Answer = TypeVar("Answer")


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
# and one with half a surrogate pair, which is no Unicode to Rust, or with NUL, which parts tokens on their way to Arrow
beyond = re.compile(r"[\0\u3400-\u4dbf\ud800-\udfff\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]").search
lettered = re.compile(r"[a-zA-Z]").search
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


def recut(pieces: list[str]) -> list[str]:
    """What jieba makes of a run of Latin letters, digits and signs.

    >>> recut(["2024-02", "-29"]), recut(["3.5%", "+"])
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


class Memo(dict[str, Answer]):
    """Answers to one question about tokens, each asked once; emptied before a hostile page fills the memory."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self.ask = ask

    def __missing__(self, token: str) -> Answer:
        if len(self) > 500_000:
            self.clear()
        answer = self[token] = self.ask(token)
        return answer


def pieces(token: str, *, known: Callable[[str], bool]) -> list[str]:
    """What jieba makes of a token it leaves to its second pattern: a sign, or a run the dictionary does not know.

    >>> [pieces(token, known={"PCR"}.__contains__) for token in ("PCR", "2024-02", "+", "，")]
    [[], ['2024', '-', '02'], ['+'], []]
    """
    loose = token.isascii() and _BLOCK_SIGN(token) and (len(token) == 1 or not known(token))
    return recut([token]) if loose else []


@cache
def _fast() -> Callable[[str], list[str]]:
    """The segmenter in use: rjieba mended, or jieba itself."""
    made = engine()
    if made is None:
        return reference
    cut, cut_anew = made.cut, Memo(partial(pieces, known=made.has_word)).__getitem__

    def segmented(text: str) -> list[str]:
        if beyond(text):
            return reference(text)
        found: list[str] = cut(text, True)
        loose = [(at, cut_anew(found[at])) for at in compress(range(len(found)), map(str.isascii, found))]
        return _mended(found, [(at, fresh) for at, fresh in loose if fresh])

    return segmented


def _mended(found: list[str], loose: list[tuple[int, list[str]]]) -> list[str]:
    """Tokens with every run of loose ones, given by place and pieces, cut as jieba cuts it."""
    out: list[str] = []
    done, n = 0, 0
    while n < len(loose):
        begin, fresh = loose[n]
        end, n = begin + 1, n + 1
        while n < len(loose) and loose[n][0] == end:
            end, n = end + 1, n + 1
        if end - begin > 1 or len(fresh) > 1:
            out += found[done:begin]
            out += recut(found[begin:end])
            done = end
    return out + found[done:] if done else found


def segment(text: str) -> list[str]:
    """All tokens of a text, joined they give it back: jieba with the reform lexicon.

    jieba takes the likeliest cut by its dictionary, and of what stands in no dictionary by its model of unknown
    words. Where two cuts are exactly as likely (the same pieces come again: 生生生|生医 and 生生|生生医,
    改|改改|疗 and 改改|改|疗) the last bit of a sum decides, and the fast twin, which adds in another order,
    may decide otherwise.

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
    return list(filter(content, _fast()(text)))


#: `is_content`, each token asked once.
content: Callable[[str], bool] = Memo(is_content).__getitem__
