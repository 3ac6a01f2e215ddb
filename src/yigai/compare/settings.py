"""Settings of the sensitivity run: a grid in which each point changes one decision of the baseline.

A point is a `Setting`, whose fields are the parameters of `notebooks/sensitivity.ipynb`: anyone can run one
point, or a combination that is not in the grid, with papermill and gets the same conclusions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import pandas as pd

from yigai import clean, coding, passages, topics
from yigai.compare.keywords import without_places
from yigai.compare.shares import marks
from yigai.compare.subject import scope
from yigai.topics.words import lexicon

BASELINE = "baseline"
COMMON = 20  # words left out when the commonest are
#: Cleaning rules left out one by one, and numbers of topics tried, on corpora of at most SMALL pages.
RULES_LEFT_OUT = ("pinyin", "script", "place", "swaps", "furniture")
TOPIC_NUMBERS = (4, 6, 8)
SMALL = 12
#: What a setting may say, its first word the baseline's: value → what a figure calls it.
STOP_WORDS = {"listed": "", "kept": "stop words kept", "commonest too": f"without the {COMMON} commonest words"}
LEXICON = {"whole": "", "reform terms": "reform terms only", "character pairs": "character pairs, no lexicon"}
UNIT = {"sentences": "", "passages": "passages, not sentences"}
LENGTH = {"whole": "", "shortest": "every page as long as the shortest"}
_CHOICES = {"stop_words": STOP_WORDS, "lexicon": LEXICON, "unit": UNIT, "length": LENGTH}
_FACTORS = {
    "stop_words": "stop words", "lexicon": "lexicon", "unit": "unit", "length": "length",
    "rules_off": "cleaning", "other_topics": "topics", "leave_out": "one page left out",
}  # fmt: skip
#: What each decision can touch; it can neither confirm nor turn conclusions that rest on something else.
_TOUCHES = {
    "stop_words": ("words",), "lexicon": ("words",), "unit": ("codes",), "length": ("words", "codes"),
    "rules_off": ("words", "codes"), "other_topics": ("topics",), "leave_out": ("words", "codes", "topics"),
}  # fmt: skip
_RUN = re.compile(r"[\u3400-\u9fff]{1,5000}")


@dataclass(frozen=True)
class Setting:
    """One point of the grid; the default of every field is the baseline's decision.

    stop_words: listed, kept, commonest too. lexicon: whole, reform terms, character pairs. unit: sentences,
    passages. length: whole, shortest. rules_off: cleaning rules left out, ("all",) for pages uncleaned.
    other_topics: another number of topics, 0 for the study's own. leave_out: a document.

    >>> Setting(stop_words="all")
    Traceback (most recent call last):
    KeyError: "stop_words: no 'all'; known: listed, kept, commonest too"
    """

    stop_words: str = "listed"
    lexicon: str = "whole"
    unit: str = "sentences"
    length: str = "whole"
    rules_off: tuple[str, ...] = ()
    other_topics: int = 0
    leave_out: str = ""

    def __post_init__(self) -> None:
        """Refuse a value that no setting knows."""
        for name, known in _CHOICES.items():
            _check(name, getattr(self, name), known)
        for rule in self.rules_off:
            _check("rules_off", rule, ("all", *(name for name, _ in clean.RULES)))

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that differ from the baseline."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != one.default)

    @property
    def touches(self) -> frozenset[str]:
        """What the setting changes: words, codes, topics; the baseline is all of them."""
        return frozenset(what for name in self.changed or _TOUCHES for what in _TOUCHES[name])

    def name(self, units: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Factor and setting as figures call them; a page alone in its unit goes by the unit's name.

        >>> Setting(rules_off=("pinyin",)).name()
        ('cleaning', 'without rule pinyin')
        """
        if not self.changed:
            return BASELINE, BASELINE
        said = [self._said(name, units or {}) for name in self.changed]
        return " + ".join(_FACTORS[name] for name in self.changed), " + ".join(said)

    def _said(self, name: str, units: Mapping[str, str]) -> str:
        if name == "rules_off":
            return "pages uncleaned" if "all" in self.rules_off else "without rule " + ", ".join(self.rules_off)
        if name == "other_topics":
            return f"{self.other_topics} topics"
        if name == "leave_out":
            unit = units.get(self.leave_out, "")
            return f"without {unit if list(units.values()).count(unit) == 1 else self.leave_out}"
        return _CHOICES[name][getattr(self, name)]


def _check(name: str, value: str, known: Mapping[str, str] | Sequence[str]) -> None:
    if value not in known:
        raise KeyError(f"{name}: no {value!r}; known: {', '.join(known)}")


def no_marks() -> pd.DataFrame:
    """The marks of nothing. Columns: doc, item, label."""
    return pd.DataFrame(columns=["doc", "item", "label"])


@dataclass(frozen=True)
class Ground:
    """The corpus conclusions are drawn from: its sentences and codes, the unit of each document, the raw pages.

    `topical` gives the topic marks (doc, item, label) for a number of topics, 0 for the study's own;
    without `raw` no cleaning rule can be left out. `scope` is applied again to pages cleaned otherwise.
    """

    sentences: pd.DataFrame
    codes: pd.DataFrame
    units: Mapping[str, str]
    raw: Mapping[str, str] = field(default_factory=dict)
    topical: Callable[[int], pd.DataFrame] = lambda _: no_marks()
    scope: str = "all"


@dataclass(frozen=True)
class Material:
    """What conclusions are drawn from: tokens and marks (doc, item, label) of each document, and its unit.

    `words_comparable`: whether a token is a word, so that the most typical word of a unit means the
    same as in the baseline.
    """

    tokens: Mapping[str, Sequence[str]]
    marked: pd.DataFrame
    statuses: pd.DataFrame
    topical: pd.DataFrame
    units: Mapping[str, str]
    words_comparable: bool = True


def grid(ground: Ground, *, most_left_out: int = 12) -> tuple[Setting, ...]:
    """Every setting in order, the baseline first; the `most_left_out` longest documents are left out in turn."""
    small = len(ground.units) <= SMALL
    length = _own(ground.sentences, ground.units).groupby("doc")["text"].agg(lambda texts: texts.str.len().sum())
    longest = sorted(ground.units, key=lambda doc: (-length.get(doc, 0), doc))[:most_left_out]
    return (
        Setting(),
        *(Setting(stop_words=value) for value in list(STOP_WORDS)[1:]),
        *(Setting(lexicon=value) for value in list(LEXICON)[1:]),
        Setting(unit="passages"),
        Setting(length="shortest"),
        *(Setting(rules_off=(rule,)) for rule in ("all", *RULES_LEFT_OUT * small) if ground.raw),
        *(Setting(other_topics=number) for number in TOPIC_NUMBERS * small),
        *(Setting(leave_out=doc) for doc in sorted(longest) if len(ground.units) > 2),
    )


def material(ground: Ground, setting: Setting) -> Material:
    """The corpus as one setting sees it: cleaned, cut into words and units, shortened, a page left out."""
    units = {doc: unit for doc, unit in ground.units.items() if doc != setting.leave_out}
    sentences, codes = _cleaned(ground, setting.rules_off) if setting.rules_off else (ground.sentences, ground.codes)
    marked, statuses = (_of(_marks(sentences, codes, of, setting.unit), units) for of in ("dimensions", "status"))
    tokens = _tokens(_texts(sentences, units), setting)
    if setting.length == "shortest":
        tokens, marked, statuses = _shortened(tokens, marked, statuses)
    topical = ground.topical(setting.other_topics) if "topics" in setting.touches else no_marks()
    return Material(tokens, marked, statuses, _of(topical, units), units, setting.lexicon != "character pairs")


def _cleaned(ground: Ground, rules_off: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pages cleaned without some rules, then split and coded as ever."""
    rules = tuple(pair for pair in clean.RULES if not {"all", pair[0]} & set(rules_off))
    pages = [doc for doc in ground.units if doc in ground.raw]
    tables = [passages.table(doc, clean.text(ground.raw[doc], rules=rules)) for doc in pages]
    sentences = scope(pd.concat(tables, ignore_index=True), ground.scope) if tables else ground.sentences
    return sentences, coding.table(sentences)


def _marks(sentences: pd.DataFrame, codes: pd.DataFrame, of: str, unit: str) -> pd.DataFrame:
    marked = marks(codes, of)
    if unit == "sentences":
        return marked
    where = sentences[["doc", "sentence", "passage"]].rename(columns={"sentence": "item"})
    placed = marked.merge(where, on=["doc", "item"], validate="many_to_one")
    return placed.assign(item=placed["passage"])[["doc", "item", "label"]].drop_duplicates(ignore_index=True)


def _tokens(texts: Mapping[str, str], setting: Setting) -> dict[str, list[str]]:
    if setting.lexicon == "character pairs":
        cut = {doc: [run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1)]
               for doc, text in texts.items()}  # fmt: skip
    else:
        words = _all_words if setting.stop_words == "kept" else topics.tokens
        cut = without_places({doc: words(text) for doc, text in texts.items()})
    if setting.lexicon == "reform terms":
        known = lexicon()
        cut = {doc: [t for t in tokens if t in known] for doc, tokens in cut.items()}
    return _without_common(cut) if setting.stop_words == "commonest too" else cut


def _all_words(text: str) -> list[str]:
    """Chinese words of two signs or more, stop words among them."""
    return [t for t in topics.segment(text) if len(t) > 1 and _RUN.fullmatch(t)]


def _without_common(tokens: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    total = Counter(token for own in tokens.values() for token in own)
    common = set(sorted(total, key=lambda token: (-total[token], token))[:COMMON])
    return {doc: [t for t in own if t not in common] for doc, own in tokens.items()}


def _shortened(
    tokens: Mapping[str, Sequence[str]], marked: pd.DataFrame, statuses: pd.DataFrame
) -> tuple[dict[str, list[str]], pd.DataFrame, pd.DataFrame]:
    """Every document cut to the words, and to the coded items, of the shortest."""
    words = min((len(own) for own in tokens.values() if own), default=0)
    sizes = marked.groupby("doc")["item"].nunique()
    items = int(sizes.min()) if len(sizes) else 0
    cut = {doc: list(own[:words]) for doc, own in tokens.items()}
    return cut, _first_items(marked, items), _first_items(statuses, items)


def _first_items(marked: pd.DataFrame, items: int) -> pd.DataFrame:
    rank = marked.groupby("doc")["item"].rank(method="dense")
    return marked[rank <= items].reset_index(drop=True)


def _texts(sentences: pd.DataFrame, units: Mapping[str, str]) -> dict[str, str]:
    return {str(doc): "\n".join(group) for doc, group in _own(sentences, units).groupby("doc")["text"]}


def _own(sentences: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    return sentences[(sentences["kind"] == "body") & sentences["doc"].isin(list(units))]


def _of(marked: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    return marked[marked["doc"].isin(list(units))].reset_index(drop=True)
