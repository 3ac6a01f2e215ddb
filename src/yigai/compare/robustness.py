"""Sensitivity: which conclusions hold whatever one decides about words, units, cleaning and pages.

A conclusion is a short text such as “closest pair, by words: 甲市 ~ 乙县”. Every setting changes one
decision of the baseline and draws all conclusions again; a conclusion that flips under a
defensible decision is a finding about the decision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse

from yigai import coding, passages, topics
from yigai.compare.likeness import mean_vectors, unit_rows, word_weights
from yigai.compare.logodds import Counted, typical, without_places
from yigai.compare.shares import marks
from yigai.topics.words import lexicon

COLUMNS = ["factor", "setting", "conclusion", "value", "baseline", "holds"]
BASELINE = "baseline"
_RUN = re.compile(r"[\u3400-\u9fff]{1,5000}")
COMMON = 20  # words left out when the commonest are


@dataclass(frozen=True)
class Material:
    """What conclusions are drawn from: tokens and marks of each document, and its unit.

    `marked` and `statuses`: doc, item, label (compare.marks). `words_comparable`: whether a token
    is a word, so that the most typical word of a unit means the same as in the baseline. `touches`:
    what the setting changed (words, codes); it can neither confirm nor turn the other conclusions.
    """

    tokens: Mapping[str, Sequence[str]]
    marked: pd.DataFrame
    statuses: pd.DataFrame
    units: Mapping[str, str]
    words_comparable: bool = field(default=True, kw_only=True)
    touches: tuple[str, ...] = field(default=("words", "codes"), kw_only=True)


def material(sentences: pd.DataFrame, codes: pd.DataFrame, units: Mapping[str, str]) -> Material:
    """The baseline: content words of body sentences, dimensions and status of coded sentences."""
    return Material(
        without_places(
            {doc: topics.tokens(text) for doc, text in _texts(sentences, units).items()}
        ),
        _of(marks(codes, "dimensions"), units),
        _of(marks(codes, "status"), units),
        dict(units),
    )


def sensitivity(
    sentences: pd.DataFrame,
    codes: pd.DataFrame,
    units: Mapping[str, str],
    *,
    raw: Mapping[str, str] | None = None,
    most_units: int = 8,
    most_left_out: int = 12,
    most_documents: int = 120,
) -> pd.DataFrame:
    """Every conclusion under every setting.

    `units`: document → case or region (compare.units). `raw`: the pages before cleaning; with it
    the setting “pages uncleaned” is run. Conclusions about single units are drawn for the first
    `most_units` by name; the `most_left_out` longest documents are left out one by one; of a corpus
    of more than `most_documents` an even share of each unit is taken, the first by name.
    Columns: factor, setting, conclusion, value, baseline, holds (yes, no, or '' when a setting
    cannot say).
    """
    units = _share_of(units, most_documents)
    base = material(sentences, codes, units)
    named = sorted(set(units.values()))[:most_units]
    expected = conclusions(base, named)
    rows = [
        (
            factor,
            setting,
            name,
            value.get(name, ""),
            was,
            _holds(value.get(name, ""), was, name, changed),
        )
        for factor, setting, changed in _settings(base, sentences, codes, raw or {}, most_left_out)
        for value in [conclusions(changed, named)]
        for name, was in expected.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def steadfast(table: pd.DataFrame) -> pd.DataFrame:
    """One row a conclusion: in how many settings it held, and which turned it.

    Columns: conclusion, baseline, held, of, verdict, turned_by.
    """
    varied = table[(table["factor"] != BASELINE) & (table["holds"] != "")]
    rows = []
    for name, found in varied.groupby("conclusion", sort=False):
        turned = list(found.loc[found["holds"] == "no", "setting"])
        verdict = "depends on " + ", ".join(
            dict.fromkeys(found.loc[found["holds"] == "no", "factor"])
        )
        rows.append(
            (name, found["baseline"].iloc[0], len(found) - len(turned), len(found),
             verdict if turned else "holds throughout", "; ".join(turned))
        )  # fmt: skip
    return pd.DataFrame(
        rows, columns=["conclusion", "baseline", "held", "of", "verdict", "turned_by"]
    )


def conclusions(given: Material, named: Sequence[str]) -> dict[str, str]:
    """Every conclusion drawn from one material, '' where it cannot be drawn."""
    present = set(given.units.values())
    words = word_weights({doc: given.tokens.get(doc, ()) for doc in given.units})
    drawn = {
        "closest pair, by words": _pair(words, given.units, max),
        "least alike pair, by words": _pair(words, given.units, min),
    }
    shares = _share_table(given.marked)
    drawn["closest pair, by dimensions"] = _pair(shares, given.units, max)
    drawn["most achieved"] = _most(_share_table(given.statuses), given.units, "achieved")
    words_of = typical(given.tokens, given.units, named) if given.words_comparable else {}
    leading = _leading(shares, given.units)
    for name in named:
        drawn[f"leading dimension: {name}"] = leading.get(name, "") if name in present else ""
        drawn[f"most typical word: {name}"] = words_of.get(name, "") if name in present else ""
    return drawn


def _share_of(units: Mapping[str, str], most: int) -> dict[str, str]:
    each = max(2, most // max(len(set(units.values())), 1))
    taken: Counter[str] = Counter()
    kept = {}
    for doc in sorted(units):
        taken[units[doc]] += 1
        if taken[units[doc]] <= each:
            kept[doc] = units[doc]
    return kept


def _settings(
    base: Material,
    sentences: pd.DataFrame,
    codes: pd.DataFrame,
    raw: Mapping[str, str],
    most_left_out: int,
) -> Iterator[tuple[str, str, Material]]:
    yield BASELINE, BASELINE, base
    for factor, setting, change in WORDS:
        yield factor, setting, change(base, _texts(sentences, base.units))
    yield "unit", "passages, not sentences", _by_passage(base, sentences, codes)
    yield "length", "every page as long as the shortest", _shortened(base)
    if raw:
        yield "cleaning", "pages uncleaned", _uncleaned(base, raw)
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


def _without(base: Material, doc: str) -> Material:
    units = {other: unit for other, unit in base.units.items() if other != doc}
    return replace(
        base,
        tokens={other: tokens for other, tokens in base.tokens.items() if other != doc},
        marked=_of(base.marked, units), statuses=_of(base.statuses, units), units=units,
    )  # fmt: skip


def _alone(base: Material, doc: str) -> bool:
    return list(base.units.values()).count(base.units[doc]) == 1


def _holds(value: str, expected: str, conclusion: str, given: Material) -> str:
    """Yes or no; '' where the setting changed nothing the conclusion rests on, or left out its page."""
    touched = "words" if "word" in conclusion else "codes"
    named = [
        unit
        for unit in expected.split(" ~ ")
        if conclusion.startswith(("closest", "least", "most achieved"))
    ]
    gone = any(unit not in given.units.values() for unit in named)
    if not value or not expected or touched not in given.touches or gone:
        return ""
    return "yes" if value == expected else "no"


def _texts(sentences: pd.DataFrame, units: Mapping[str, str]) -> dict[str, str]:
    body = sentences[(sentences["kind"] == "body") & sentences["doc"].isin(list(units))]
    return {str(doc): "\n".join(group) for doc, group in body.groupby("doc")["text"]}


def _of(marked: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    return marked[marked["doc"].isin(list(units))].reset_index(drop=True)


def _chinese(token: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in token)


def _share_table(marked: pd.DataFrame) -> Counted:
    n = marked.groupby("doc")["item"].nunique()
    named = marked[marked["label"] != ""].drop_duplicates(["doc", "item", "label"])
    count = pd.crosstab(named["doc"], named["label"]).reindex(n.index, fill_value=0)
    shares = sparse.csr_matrix(count.div(n, axis=0).to_numpy(dtype=float))
    return Counted(tuple(map(str, n.index)), tuple(map(str, count.columns)), shares)


def _by_unit(weights: Counted, units: Mapping[str, str]) -> tuple[list[str], np.ndarray]:
    """The mean vector of every unit that has a document, rounded so that ties are ties anywhere."""
    placed = [(units[doc], at) for at, doc in enumerate(weights.docs) if doc in units]
    names = sorted({unit for unit, _ in placed})
    members = [[at for unit, at in placed if unit == name] for name in names]
    return names, mean_vectors(weights.matrix, members).round(9)


def _pair(weights: Counted, units: Mapping[str, str], extreme: Callable[..., float]) -> str:
    alone = Counted(weights.docs, weights.terms, unit_rows(weights.matrix))
    names, means = _by_unit(alone, units)
    if len(names) < 3:  # of two units one pair is the closest whatever the data
        return ""
    alike = (means @ means.T).round(9)  # mean cosine over pairs of documents, as in similarity
    pairs = list(combinations(range(len(names)), 2))
    best = extreme(alike[pair] for pair in pairs)
    i, j = next(pair for pair in pairs if alike[pair] == best)
    return f"{names[i]} ~ {names[j]}"


def _most(shares: Counted, units: Mapping[str, str], label: str) -> str:
    names, means = _by_unit(shares, units)
    if label not in shares.terms or len(names) < 2:
        return ""
    return names[int(means[:, shares.terms.index(label)].argmax())]


def _leading(shares: Counted, units: Mapping[str, str]) -> dict[str, str]:
    names, means = _by_unit(shares, units)
    return {
        name: shares.terms[int(row.argmax())]
        for name, row in zip(names, means, strict=True)
        if row.size and row.max() > 0
    }
