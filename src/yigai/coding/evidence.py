"""From codes to cases: the evidence matrix, the tightness ladder and the force of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from yigai.coding.codebook import codebook
from yigai.coding.lexicon import STRONG, Lexicon, compile_lexicon, weights
from yigai.coding.scan import even, scan

NO_CUE = "no cue matched (未检出)"
Row = Mapping[Any, Any]
Cues = Sequence[tuple[str, int, int]]
SPAN = ["start", "end", "raw_start", "raw_end"]
READ = ["doc", "sentence", "kind", "text", "dimensions", "status", "cues", *SPAN]
_FIGURE = re.compile(r"(?<!\d)\d[\d.]*(?![\d年月日.])")  # dates are no figures
_STOP = re.compile(r"[，；。！？]")


def cues_of(cues: str, key: str) -> list[tuple[str, int, int]]:
    """The cues of one code in a `cues` cell: cue, start, end in the sentence.

    >>> cues_of("ORG:总医院@2-5;HRH:培训@8-10", "HRH")
    [('培训', 8, 10)]
    """
    found = []
    for cell in cues.split(";"):  # no cue of the codebook holds a semicolon
        if cell.startswith(f"{key}:"):
            cue, _, span = cell[len(key) + 1 :].rpartition("@")
            start, _, end = span.partition("-")
            found.append((cue, int(start), int(end)))
    return found


def statement(text: str, cues: str, key: str) -> str:
    """The clauses of a sentence that carry the cues of a code: the shortest sufficient statement.

    A clause that only names the indicator takes the next one along when the figure stands there.

    >>> statement("强化组织领导，培训乡村医生200名。", "HRH:培训@7-9", "HRH")
    '培训乡村医生200名'
    """
    return _carrying(text, cues_of(cues, key))


def _carrying(text: str, found: Cues) -> str:
    if not found:
        return text
    stops = [-1, *(match.start() for match in _STOP.finditer(even(text))), len(text)]
    carriers = [
        (left + 1, right)
        for left, right in pairwise(stops)
        if any(start < right and end > left + 1 for _, start, end in found)
    ]
    if not carriers:
        return text
    first, last = carriers[0][0], carriers[-1][1]
    following = next((stop for stop in stops if stop > last), last)
    named_only = not _FIGURE.search(text[first:last]) and _FIGURE.search(text[last:following])
    return text[first : following if named_only else last]


def _rank(row: Row, key: str) -> tuple[int, ...]:
    """Lower is better: body, concrete, achieved or aimed at, rich in cues, focused, short."""
    found = cues_of(row["cues"], key)
    strong = len({cue for cue, _, _ in found if weights().get((key, cue), 0) >= STRONG})
    return (
        int(row["kind"] == "heading"),
        int(row["status"] == "background"),
        int(not (strong > 1 or (strong == 1 and _figured(row["text"], found)))),
        int(row["status"] not in ("achieved", "target")),
        -min(strong, 3),
        row["dimensions"].count(";"),
        len(row["text"]),
        int(row["sentence"]),
    )


def _figured(text: str, found: Cues) -> bool:
    """Whether the statement holds a figure; most sentences hold none, and need not be taken apart."""
    return bool(_FIGURE.search(text) and _FIGURE.search(_carrying(text, found)))


def region_of(document: Row) -> str:
    """The region a document speaks for, province to county, '' when unknown."""
    return " ".join(str(document.get(name, "") or "") for name in ("province", "city", "county")).strip()


def matrix(codes: pd.DataFrame, sentences: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The evidence matrix: for every dimension and document the best statement, with its quote.

    Rule: a body sentence before a heading; a concrete object first (two strong cues, or one with a
    figure); then achieved or target; then most strong cues, fewest other dimensions, shortest. A
    dimension without a cue is printed as `no cue matched (未检出)`, never as absent.
    Columns: dimension, doc, region, statement, status, quote, start, end, raw_start, raw_end.
    """
    placed = codes.merge(
        sentences[["doc", "sentence", *SPAN]], on=["doc", "sentence"], validate="one_to_one"
    )
    coded: dict[tuple[str, str], list[Row]] = {}
    for row in placed.loc[placed["dimensions"] != "", READ].to_dict("records"):
        for key in str(row["dimensions"]).split(";"):
            coded.setdefault((row["doc"], key), []).append(row)
    cases = [(document["doc"], region_of(document)) for document in documents.to_dict("records")]
    rows = [
        {"dimension": dimension.key, "doc": doc, "region": region} | _best(coded.get((doc, dimension.key), []), dimension.key)
        for dimension in codebook().dimensions
        for doc, region in cases
    ]
    columns = ["dimension", "doc", "region", "statement", "status", "quote", *SPAN]
    return pd.DataFrame(rows, columns=columns)


def _best(coded: Sequence[Row], key: str) -> dict[str, object]:
    if not coded:
        return {"statement": NO_CUE, "status": "", "quote": ""} | dict.fromkeys(SPAN, -1)
    best = min(coded, key=lambda row: _rank(row, key))
    shown = {
        "statement": statement(best["text"], best["cues"], key),
        "status": best["status"],
        "quote": best["text"],
    }
    return shown | {name: int(best[name]) for name in SPAN}


@cache
def _steps() -> dict[int, str]:
    return {int(step["step"]): step["zh"] for step in codebook().tightness}


def step(text: str, dimensions: str) -> int:
    """The highest step of the ladder a sentence gives evidence for, 0 when none.

    >>> step("医共体内人、财、物统一管理。", "ORG"), step("开展义诊。", "REF")
    (3, 0)
    """
    if not {"ORG", "REF", "PAY", "ICT"} & set(dimensions.split(";")):
        return 0
    return max((int(hit.target[5:]) for hit in scan(text, lexicon_of=_ladder)), default=0)


@cache
def _ladder() -> Lexicon:
    """The cues of the ladder alone: a fraction of the lexicon, with the same hits for its steps."""
    return compile_lexicon(replace(codebook(), dimensions=(), instruments=(), statuses=(), hedges=(), hedge_mask=()))


_TRUST = ("achieved", "rule", "target", "plan", "", "background")


def tightness(codes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How tightly providers are tied in each document: the highest step 0 to 4 that has a quote.

    Steps: not mentioned, loose cooperation, shared resources, unified management, shared interest.
    Columns: doc, step, label, status, quote, sentence, start, end, raw_start, raw_end.
    """
    placed = codes.merge(
        sentences[["doc", "sentence", *SPAN]], on=["doc", "sentence"], validate="one_to_one"
    )
    placed = placed.assign(
        step=[step(*pair) for pair in zip(placed["text"], placed["dimensions"], strict=True)]
    )
    rows = [_top(doc, found) for doc, found in placed.groupby("doc", sort=False)]
    columns = ["doc", "step", "label", "status", "quote", "sentence", *SPAN]
    return pd.DataFrame(rows, columns=columns)


def _top(doc: object, found: pd.DataFrame) -> dict[str, object]:
    step = int(found["step"].max())
    row: dict[str, object] = {"doc": doc, "step": step, "label": _steps()[step]}
    if not step:
        return row | {"status": "", "quote": NO_CUE, "sentence": -1} | dict.fromkeys(SPAN, -1)
    held = found[(found["step"] == step)]
    best = min(
        (row for _, row in held.iterrows()),
        key=lambda row: (row["kind"] == "heading", _TRUST.index(row["status"]), len(row["text"])),
    )
    return row | {
        "status": best["status"], "quote": best["text"], "sentence": int(best["sentence"]),
    } | {name: int(best[name]) for name in SPAN}  # fmt: skip


def _force(genre: str, level: str, publisher: str, title: str) -> tuple[int, str]:
    if genre == "regulation":
        return 5, "genre is regulation"
    if genre not in ("plan", "notice"):
        return 1, f"genre is {genre}"
    issuer = publisher + title
    if re.search(r"中共.{1,10}委.{0,12}(?:政府)|人民政府令", issuer):
        return 4, "issued by party committee and government together, or by government order"
    if "人民政府" in issuer or "政府办" in issuer:
        return 3, "issued by a government or its office"
    return 2, "issued by a department or leading group"


def policy_force(documents: pd.DataFrame) -> pd.DataFrame:
    """The force of each document by genre and issuer, 1 (news, reply) to 5 (regulation).

    A property of the document, never of the region. Columns: doc, force, label, reason.
    """
    rows = []
    for _, document in documents.iterrows():
        parts = [str(document.get(name, "") or "") for name in ("genre", "level", "publisher", "title")]
        force, reason = _force(*parts)
        label = codebook().policy_force[force]
        rows.append({"doc": document["doc"], "force": force, "label": label, "reason": reason})
    return pd.DataFrame(rows, columns=["doc", "force", "label", "reason"])
