"""The checks of the gate: each looks at one way in which region may be something else.

A check takes the described documents (doc, region, genre, level, year, chars) and the sentences,
and returns rows of check, finding, severity and detail; their order is the tuple CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from yigai.compare.subject import speaks_of_health

UNKNOWN = ("", "unknown")
#: Documents a region: below FEW nothing can be resampled, below SOLID only coarsely.
FEW, SOLID = 2, 5
PERMUTATIONS = 200
Row = tuple[str, str, str, str]


def column(documents: pd.DataFrame, *names: str) -> pd.Series:
    """The first of the columns that exists, empty values as 'unknown'."""
    for name in names:
        if name in documents:
            values = documents[name].astype(str).where(documents[name].notna(), "")
            return values.str.strip().replace("", "unknown")
    return pd.Series("unknown", index=documents.index, dtype=object)


def years(documents: pd.DataFrame) -> list[str]:
    """The year of each document, of issue before publication, '' where unknown."""
    if "year" in documents:
        return ["" if y in UNKNOWN else y[:4] for y in column(documents, "year")]
    dates = [column(documents, name) for name in ("issued", "published")]
    both = zip(*dates, strict=True)
    return [next((day[:4] for day in days if day not in UNKNOWN), "") for days in both]


def described(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row a document: region, genre, level, year, chars."""
    if "chars_clean" in documents:
        chars = pd.to_numeric(documents["chars_clean"]).to_numpy(dtype=float)
    else:
        lengths = sentences.assign(chars=sentences["text"].str.len()).groupby("doc")["chars"].sum()
        chars = documents["doc"].map(lengths).fillna(0).to_numpy(dtype=float)
    described = pd.DataFrame({"doc": documents["doc"].astype(str).to_numpy(), "chars": chars})
    for name, sources in (
        ("region", ("region", "province")),
        ("genre", ("genre",)),
        ("level", ("level",)),
    ):
        described[name] = column(documents, *sources).to_numpy()
    described["year"] = [year or "unknown" for year in years(documents)]
    return described


def _known(corpus: pd.DataFrame) -> pd.DataFrame:
    return corpus[~corpus["region"].isin(UNKNOWN)]


def _graded(value: float, warn: float, refuse: float) -> str:
    """Severity of a value that should be high."""
    return "refuse" if value < refuse else "warn" if value < warn else "pass"


def check_documents(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """Two documents at least, or nothing can be compared."""
    count = len(corpus)
    severity = _graded(count, warn=10, refuse=2)
    return [
        (
            "documents",
            str(count),
            severity,
            "fewer than 2 are no comparison, fewer than 10 are cases",
        )
    ]


def check_regions(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """Two known regions at least; documents without a region are named."""
    known = _known(corpus)
    found = known["region"].nunique()
    lost = len(corpus) - len(known)
    severity = "refuse" if found < 2 or 2 * lost > len(corpus) else "warn" if lost else "pass"
    detail = f"{lost} of {len(corpus)} documents without a known region are left out of regions"
    return [("regions", str(found), severity, detail)]


def check_documents_per_region(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """A region with one document cannot be told from that document."""
    counted = _known(corpus)["region"].value_counts().sort_index()
    alone = [str(name) for name, count in counted.items() if count < FEW]
    enough = len(counted) - len(alone)
    least, most = (int(counted.min()), int(counted.max())) if len(counted) else (0, 0)
    severity = "refuse" if enough < 2 else _graded(least, warn=SOLID, refuse=0)
    detail = f"{enough} of {len(counted)} regions have {FEW} or more documents; intervals resample documents"
    rows = [("documents per region", f"{least} to {most}", severity, detail)]
    remedy = "one document: a case, not a region; add documents of this region or leave it out"
    return rows + [(f"region: {name}", "1 document", "refuse", remedy) for name in alone]


def check_genre(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """A plan and a news item differ more than two provinces do."""
    return [_association(_known(corpus), "genre")]


def check_level(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """A province writes of other things than a county."""
    return [_association(_known(corpus), "level")]


def check_year(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """National policy moves the words of every region from year to year."""
    return [_association(_known(corpus), "year")]


def check_like_documents(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """Share of documents for which another region has one of the same genre and level, within a year."""
    known = _known(corpus)
    partners: dict[tuple[str, str, str], set[str]] = {}
    for region, genre, level, year in zip(
        *(known[n] for n in ("region", "genre", "level", "year")), strict=True
    ):
        for near in _near(year):
            partners.setdefault((genre, level, near), set()).add(region)
    matched = sum(
        bool(partners.get((genre, level, year), set()) - {region})
        for region, genre, level, year in zip(
            *(known[n] for n in ("region", "genre", "level", "year")), strict=True
        )
    )
    share = matched / len(known) if len(known) else 0.0
    detail = "share of documents with a like one (genre, level, year ± 1) in another region"
    return [("like documents", f"{share:.2f}", _graded(share, warn=0.8, refuse=0.5), detail)]


def check_largest_document(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """One page must not be the corpus: seed 004 is half of all characters."""
    total = corpus["chars"].sum()
    if not total:
        return [("largest document", "no text", "refuse", "no characters to compare")]
    share = corpus["chars"].max() / total
    largest = corpus.sort_values(["chars", "doc"], ascending=[False, True])["doc"].iloc[0]
    severity = _graded(1 - share, warn=0.75, refuse=0.60)
    return [("largest document", f"{share:.2f}", severity, f"share of all characters in {largest}")]


def check_length(corpus: pd.DataFrame, _: pd.DataFrame) -> list[Row]:
    """Long documents say more of everything; shares, not counts, are compared."""
    medians = _known(corpus).groupby("region")["chars"].median()
    if medians.empty or medians.min() <= 0:
        return [("region × length", "unknown", "warn", "a region without text")]
    ratio = medians.max() / medians.min()
    detail = f"median length of a document, longest region ({medians.idxmax()}) over shortest ({medians.idxmin()})"
    return [("region × length", f"{ratio:.1f}", _graded(-ratio, warn=-3, refuse=-30), detail)]


def check_repeated_sentences(corpus: pd.DataFrame, sentences: pd.DataFrame) -> list[Row]:
    """Text copied from a parent document says nothing about the region that copies it."""
    region = dict(zip(corpus["doc"], corpus["region"], strict=True))
    long = sentences.loc[sentences["text"].astype(str).str.len() >= 12, ["doc", "text"]]
    where = long.assign(region=long["doc"].map(region)).groupby("text")["region"].nunique()
    share = float((long["text"].map(where) > 1).mean()) if len(long) else 0.0
    detail = "share of sentences that stand word for word in two regions; see the template check"
    return [
        ("repeated sentences", f"{share:.2f}", _graded(1 - share, warn=0.9, refuse=0.0), detail)
    ]


def check_subject(_: pd.DataFrame, sentences: pd.DataFrame) -> list[Row]:
    """The codebook is for health care; in a general report it fires on steel and banks too."""
    body = sentences[sentences["kind"] == "body"] if "kind" in sentences else sentences
    share = float(body["text"].astype(str).map(speaks_of_health).mean()) if len(body) else 0.0
    detail = "share of body sentences that speak of health care; below 0.30 set scope = health"
    return [("subject", f"{share:.2f}", _graded(share, warn=0.3, refuse=0.0), detail)]


def _near(year: str) -> tuple[str, ...]:
    return (str(int(year) - 1), year, str(int(year) + 1)) if year.isdigit() else (year,)


def overlap(regions: np.ndarray, values: np.ndarray) -> float:
    """Mean over regions of the overlap of their distribution of values with that of all others.

    1 when every region has the same mix, 0 when no value occurs in two regions
    (one minus the total variation distance).

    >>> round(overlap(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])), 3)
    1.0
    """
    table = np.zeros((regions.max() + 1, values.max() + 1))
    np.add.at(table, (regions, values), 1)
    rest = table.sum(axis=0) - table
    own = table / table.sum(axis=1, keepdims=True)
    others = rest / np.maximum(rest.sum(axis=1, keepdims=True), 1)
    return float(np.minimum(own, others).sum(axis=1).mean())


def _association(known: pd.DataFrame, attribute: str) -> Row:
    """Is region told from the attribute? Overlap small, or smaller than under random labels."""
    name = f"region × {attribute}"
    if known["region"].nunique() < 2:
        return (name, "not computed", "refuse", "fewer than two regions")
    unknown = float((known[attribute].isin(UNKNOWN)).mean())
    regions = pd.factorize(known["region"], sort=True)[0]
    values = pd.factorize(known[attribute], sort=True)[0]
    seen = overlap(regions, values)
    severity = _confounding(regions, values, seen)
    if unknown > 0.2 and severity == "pass":
        severity = "warn"
    kinds = int(values.max()) + 1
    detail = f"overlap of the {attribute}s of a region with the others, mean over regions; {kinds} in all"
    return (name, f"{seen:.2f}", severity, detail + (f", {unknown:.0%} unknown" if unknown else ""))


def _confounding(regions: np.ndarray, values: np.ndarray, seen: float) -> str:
    table = np.zeros((regions.max() + 1, values.max() + 1))
    np.add.at(table, (regions, values), 1)
    one_each = bool((np.count_nonzero(table, axis=1) == 1).all())
    varied = table.sum(axis=0).max() / table.sum() < 0.9
    rng = np.random.default_rng(0)
    by_chance = sorted(overlap(rng.permutation(regions), values) for _ in range(PERMUTATIONS))
    beyond_chance = seen < by_chance[PERMUTATIONS // 100]
    # Few documents over many years overlap little whatever the region: measured against chance.
    expected = sum(by_chance) / PERMUTATIONS
    if seen < 0.3 or (one_each and varied) or (beyond_chance and seen < 0.7 * expected):
        return "refuse"
    return "warn" if (beyond_chance and seen < 0.9 * expected) or seen < 0.6 * expected else "pass"


CHECKS: tuple[Callable[[pd.DataFrame, pd.DataFrame], list[Row]], ...] = (
    check_documents,
    check_regions,
    check_documents_per_region,
    check_genre,
    check_level,
    check_year,
    check_like_documents,
    check_largest_document,
    check_length,
    check_repeated_sentences,
    check_subject,
)
