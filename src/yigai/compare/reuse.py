"""Template check: which passages a region took from a parent document, and which are its own.

Local plans copy whole paragraphs of the national or provincial plan above them; counted as words
of the region, the copied text makes all regions look alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pandas as pd

from yigai import passages

COLUMNS = [
    "doc", "passage", "sentence", "text", "overlap", "verdict", "parent_sentence", "parent_quote",
]  # fmt: skip
_MARKS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]")
SHINGLE = 6
SHARED, ADAPTED = 0.8, 0.3


def shingles(text: str, *, size: int = SHINGLE) -> list[str]:
    """The overlapping character runs of a text without marks and spaces; a shorter text is one run.

    >>> shingles("推进医共体建设。", size=5)
    ['推进医共体', '进医共体建', '医共体建设']
    """
    bare = _MARKS.sub("", text)
    if len(bare) <= size:
        return [bare] if bare else []
    return [bare[at : at + size] for at in range(len(bare) - size + 1)]


def template(
    parent: str, sentences: pd.DataFrame, *, shared: float = SHARED, adapted: float = ADAPTED
) -> pd.DataFrame:
    r"""How much of each body sentence stands in a parent document, and where.

    `overlap` is the share of the sentence's shingles (6 characters) found anywhere in the parent;
    `verdict` is shared (≥ 0.8), adapted (≥ 0.3) or local; `parent_quote` is the sentence of the
    parent with most of them, '' for a local one. Sentences with fewer than 8 characters are local.
    Columns: doc, passage, sentence, text, overlap, verdict, parent_sentence, parent_quote.

    >>> own = pd.DataFrame({"doc": ["a"], "passage": [0], "sentence": [0], "kind": ["body"],
    ...                     "text": ["全面推进紧密型县域医共体建设。"]})
    >>> found = template("关于医改的意见\n各地要全面推进紧密型县域医共体建设。", own)
    >>> found.loc[0, "verdict"], found.loc[0, "parent_quote"]
    ('shared', '各地要全面推进紧密型县域医共体建设。')
    """
    above = [sentence.text for sentence in passages.split(parent)]
    where: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(above):
        for run in dict.fromkeys(shingles(text)):
            where[run].append(place)
    body = sentences[sentences["kind"] == "body"] if "kind" in sentences else sentences
    rows = [
        (doc, passage, number, text, *_traced(text, where, above, shared, adapted))
        for doc, passage, number, text in zip(
            body["doc"], body["passage"], body["sentence"], body["text"], strict=True
        )
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def parent_of(documents: pd.DataFrame, doc: str) -> str:
    """The parent document named, or the longest one where none is: the likeliest to be copied from.

    Raises KeyError with the documents there are.
    """
    docs = list(documents["doc"])
    if doc and doc not in docs:
        raise KeyError(f"no document {doc!r}; there are {', '.join(docs)}")
    longest = documents.sort_values(["chars_clean", "doc"], ascending=[False, True])["doc"]
    return doc or str(longest.iloc[0])


def reuse(traced: pd.DataFrame) -> pd.DataFrame:
    """Per document: sentences and characters shared with the parent, adapted and local, with shares.

    Columns: doc, sentences, shared, adapted, local, share_shared, share_local (by characters).
    """
    sized = traced.assign(chars=traced["text"].str.len())
    verdicts = ["shared", "adapted", "local"]
    number = pd.crosstab(sized["doc"], sized["verdict"]).reindex(columns=verdicts, fill_value=0)
    chars = sized.pivot_table(
        index="doc", columns="verdict", values="chars", aggfunc="sum", fill_value=0
    )
    chars = chars.reindex(columns=verdicts, fill_value=0)
    total = chars.sum(axis=1)
    table = number.assign(
        sentences=number.sum(axis=1),
        share_shared=(chars["shared"] / total).round(6),
        share_local=(chars["local"] / total).round(6),
    )
    return table.reset_index().rename_axis(columns=None)[
        ["doc", "sentences", *verdicts, "share_shared", "share_local"]
    ]


def _traced(
    text: str, where: dict[str, list[int]], above: list[str], shared: float, adapted: float
) -> tuple[float, str, int, str]:
    runs = shingles(text)
    if len(_MARKS.sub("", text)) < SHINGLE + 2:
        return 0.0, "local", -1, ""
    known = [run for run in runs if run in where]
    overlap = round(len(known) / len(runs), 6)
    if overlap < adapted:
        return overlap, "local", -1, ""
    votes = Counter(place for run in known for place in where[run])
    best = min(votes, key=lambda place: (-votes[place], place))
    return overlap, "shared" if overlap >= shared else "adapted", best, above[best]
