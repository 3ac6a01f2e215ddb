"""Settings of the sensitivity run: each changes one decision of the baseline and says what it touched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from yigai import clean, coding, passages, topics
from yigai.compare.keywords import without_places
from yigai.compare.shares import marks
from yigai.topics.words import lexicon

BASELINE = "baseline"
COMMON = 20  # words left out when the commonest are
#: Cleaning rules left out one by one, and numbers of topics tried, on corpora of at most SMALL pages.
RULES_LEFT_OUT = ("pinyin", "script", "place", "swaps", "furniture")
TOPIC_NUMBERS = (4, 6, 8)
SMALL = 12
_RUN = re.compile(r"[\u3400-\u9fff]{1,5000}")


def _no_marks() -> pd.DataFrame:
    return pd.DataFrame(columns=["doc", "item", "label"])


@dataclass(frozen=True)
class Material:
    """What conclusions are drawn from: tokens and marks of each document, and its unit.

    `marked` and `statuses`: doc, item, label (compare.marks). `words_comparable`: whether a token
    is a word, so that the most typical word of a unit means the same as in the baseline. `touches`:
    what the setting changed (words, codes, topics); it can neither confirm nor turn the conclusions
    that rest on something else. `topical`: the topics of passages as marks, empty where not modelled.
    """

    tokens: Mapping[str, Sequence[str]]
    marked: pd.DataFrame
    statuses: pd.DataFrame
    units: Mapping[str, str]
    words_comparable: bool = field(default=True, kw_only=True)
    touches: tuple[str, ...] = field(default=("words", "codes"), kw_only=True)
    topical: pd.DataFrame = field(default_factory=_no_marks, kw_only=True)


def material(sentences: pd.DataFrame, codes: pd.DataFrame, units: Mapping[str, str]) -> Material:
    """The baseline: content words of body sentences, dimensions and status of coded sentences."""
    return Material(
        without_places(
            {doc: topics.tokens(text) for doc, text in _texts(sentences, units).items()}
        ),
        _of(marks(codes, "dimensions"), units),
        _of(marks(codes, "status"), units),
        dict(units),
        topical=_topical(sentences, units, 0) if len(units) <= SMALL else _no_marks(),
        touches=("words", "codes", "topics"),
    )


def settings(
    base: Material,
    sentences: pd.DataFrame,
    codes: pd.DataFrame,
    raw: Mapping[str, str],
    most_left_out: int,
) -> Iterator[tuple[str, str, Material]]:
    """Every setting in order, the baseline first: factor, name of the setting, its material."""
    yield BASELINE, BASELINE, base
    for factor, setting, change in WORDS:
        yield factor, setting, change(base, _texts(sentences, base.units))
    yield "unit", "passages, not sentences", _by_passage(base, sentences, codes)
    yield "length", "every page as long as the shortest", _shortened(base)
    if raw:
        yield "cleaning", "pages uncleaned", _uncleaned(base, raw)
    if len(base.units) <= SMALL:
        for rule in RULES_LEFT_OUT if raw else ():
            yield "cleaning", f"without rule {rule}", _without_rule(base, raw, rule)
        for number in TOPIC_NUMBERS:
            topical = _topical(sentences, base.units, number)
            yield "topics", f"{number} topics", replace(base, topical=topical, touches=("topics",))
    longest = sorted(base.units, key=lambda doc: (-len(base.tokens.get(doc, ())), doc))
    for doc in sorted(longest[:most_left_out]) if len(base.units) > 2 else ():
        yield (
            "one page left out",
            f"without {base.units[doc]}" if _alone(base, doc) else f"without {doc}",
            _without(base, doc),
        )


def _with_stop_words(base: Material, texts: Mapping[str, str]) -> Material:
    cut = {
        doc: [t for t in topics.segment(text) if len(t) > 1 and _chinese(t)]
        for doc, text in texts.items()
    }
    return replace(base, tokens=without_places(cut), touches=("words",))


def _without_common_words(base: Material, _: Mapping[str, str]) -> Material:
    total = Counter(token for tokens in base.tokens.values() for token in tokens)
    common = set(sorted(total, key=lambda token: (-total[token], token))[:COMMON])
    kept = {doc: [t for t in tokens if t not in common] for doc, tokens in base.tokens.items()}
    return replace(base, tokens=kept, touches=("words",))


def _reform_terms_only(base: Material, _: Mapping[str, str]) -> Material:
    known = lexicon()
    kept = {doc: [t for t in tokens if t in known] for doc, tokens in base.tokens.items()}
    return replace(base, tokens=kept, touches=("words",))


def _character_pairs(base: Material, texts: Mapping[str, str]) -> Material:
    pairs = {
        doc: [run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1)]
        for doc, text in texts.items()
    }
    return replace(base, tokens=pairs, words_comparable=False, touches=("words",))


WORDS: tuple[tuple[str, str, Callable[[Material, Mapping[str, str]], Material]], ...] = (
    ("stop words", "stop words kept", _with_stop_words),
    ("stop words", f"without the {COMMON} commonest words", _without_common_words),
    ("lexicon", "reform terms only", _reform_terms_only),
    ("lexicon", "character pairs, no lexicon", _character_pairs),
)


def _by_passage(base: Material, sentences: pd.DataFrame, codes: pd.DataFrame) -> Material:
    where = sentences[["doc", "sentence", "passage"]].rename(columns={"sentence": "item"})
    merged = [
        _of(marks(codes, of), base.units)
        .merge(where, on=["doc", "item"], validate="many_to_one")
        .assign(item=lambda table: table["passage"])[["doc", "item", "label"]]
        .drop_duplicates(ignore_index=True)
        for of in ("dimensions", "status")
    ]
    return replace(base, marked=merged[0], statuses=merged[1], touches=("codes",))


def _shortened(base: Material) -> Material:
    words = min((len(t) for t in base.tokens.values() if t), default=0)
    sizes = base.marked.groupby("doc")["item"].nunique()
    items = int(sizes.min()) if len(sizes) else 0
    return replace(
        base,
        tokens={doc: tokens[:words] for doc, tokens in base.tokens.items()},
        marked=_first_items(base.marked, items),
        statuses=_first_items(base.statuses, items),
        touches=("words", "codes"),
    )


def _first_items(marked: pd.DataFrame, items: int) -> pd.DataFrame:
    rank = marked.groupby("doc")["item"].rank(method="dense")
    return marked[rank <= items].reset_index(drop=True)


def _uncleaned(base: Material, raw: Mapping[str, str]) -> Material:
    pages = {doc: raw[doc] for doc in base.units if doc in raw}
    split = {
        doc: [s.text for s in passages.split(text) if s.kind == "body"]
        for doc, text in pages.items()
    }
    coded = [
        coding.code(texts).assign(doc=doc, sentence=range(len(texts)))
        for doc, texts in split.items()
        if texts
    ]
    codes = pd.concat(coded, ignore_index=True)
    return Material(
        without_places({doc: topics.tokens(text) for doc, text in pages.items()}),
        marks(codes, "dimensions"), marks(codes, "status"), base.units,
    )  # fmt: skip


def _without_rule(base: Material, raw: Mapping[str, str], rule: str) -> Material:
    """The pages cleaned by every rule but one, then split, cut into words and coded as ever."""
    rules = tuple(pair for pair in clean.RULES if pair[0] != rule)
    tables = [
        passages.table(doc, clean.text(raw[doc], rules=rules)) for doc in base.units if doc in raw
    ]
    sentences = pd.concat(tables, ignore_index=True)
    again = coding.table(sentences)
    return Material(
        without_places({d: topics.tokens(t) for d, t in _texts(sentences, base.units).items()}),
        marks(again, "dimensions"), marks(again, "status"), base.units,
    )  # fmt: skip


def _topical(sentences: pd.DataFrame, units: Mapping[str, str], number: int) -> pd.DataFrame:
    """The topic of each passage as marks; none where the texts cannot carry that many topics."""
    own = sentences[sentences["doc"].isin(list(units))].reset_index(drop=True)
    try:
        model, found = topics.of_sentences(own, number)
    except topics.BadTopics:
        return _no_marks()
    labels = [str(label) for label in model.labels]
    return pd.DataFrame({"doc": found["doc"], "item": found["passage"], "label": labels})


def _without(base: Material, doc: str) -> Material:
    units = {other: unit for other, unit in base.units.items() if other != doc}
    return replace(
        base,
        tokens={other: tokens for other, tokens in base.tokens.items() if other != doc},
        marked=_of(base.marked, units), statuses=_of(base.statuses, units), units=units,
        topical=_of(base.topical, units), touches=("words", "codes", "topics"),
    )  # fmt: skip


def _alone(base: Material, doc: str) -> bool:
    return list(base.units.values()).count(base.units[doc]) == 1


def _texts(sentences: pd.DataFrame, units: Mapping[str, str]) -> dict[str, str]:
    body = sentences[(sentences["kind"] == "body") & sentences["doc"].isin(list(units))]
    return {str(doc): "\n".join(group) for doc, group in body.groupby("doc")["text"]}


def _of(marked: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    return marked[marked["doc"].isin(list(units))].reset_index(drop=True)


def _chinese(token: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in token)
