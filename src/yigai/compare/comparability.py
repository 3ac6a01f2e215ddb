"""The gate: what a corpus can support, decided before anything is compared.

The five seed pages taught why: region there is one with genre, level and year (a reply of 2021, a
meeting report of 2023, a plan of 2024 …), each region but one has a single page, and one page is
half of all the text. Such a corpus supports a comparison of cases and nothing about provinces.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

import numpy as np
import pandas as pd

COLUMNS = ["check", "finding", "severity", "detail"]
UNKNOWN = ("", "unknown")
ORDER = ("pass", "warn", "refuse")

#: Checks that must not refuse before documents of different regions may be set side by side.
_LIKE_WITH_LIKE = (
    "documents", "regions", "region × genre", "region × level", "region × year",
    "like documents", "largest document",
)  # fmt: skip
_SAMPLED = (*_LIKE_WITH_LIKE, "documents per region")
#: What a notebook may print, and the checks each statement rests on.
STATEMENTS: Mapping[str, tuple[str, ...]] = {
    "case comparison": ("documents",),
    "regional contrast": _LIKE_WITH_LIKE,
    "share interval": _SAMPLED,
    "keyness interval": _SAMPLED,
    "similarity interval": _SAMPLED,
    "regional finding": _SAMPLED,
}
CASES_ONLY = "cases are compared, not provinces"
SIDE_BY_SIDE = "documents of regions stand side by side, without intervals"
REGIONS = "regions may be compared, with intervals"

FEW, SOLID = (
    2,
    5,
)  # documents a region: below FEW nothing can be resampled, below SOLID it is coarse
PERMUTATIONS = 200


def gate(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Every check of comparability, every statement allowed or refused, and the verdict.

    `documents`: doc, genre, level and region (or province), year (or issued, published),
    chars_clean; missing columns count as unknown. `sentences`: doc, text. Severity is pass, warn
    or refuse. Columns: check, finding, severity, detail.
    """
    corpus = _described(documents, sentences)
    rows = [row for check in CHECKS for row in check(corpus, sentences)]
    checks = pd.DataFrame(rows, columns=COLUMNS)
    decided = pd.DataFrame([_statement(checks, name) for name in STATEMENTS], columns=COLUMNS)
    return pd.concat([checks, decided, _verdict(checks)], ignore_index=True)


def allows(gate: pd.DataFrame, statement: str, *, region: str = "") -> bool:
    """Whether the gate lets a statement be printed, for one region where one is named.

    Raises KeyError with the known statements for any other.
    """
    if statement not in STATEMENTS:
        raise KeyError(f"no statement {statement!r}; known: {', '.join(STATEMENTS)}")
    if _blockers(gate, statement):
        return False
    alone = f"region: {region}" in _refused(gate)
    return not (region and alone and "documents per region" in STATEMENTS[statement])


def verdict(gate: pd.DataFrame) -> str:
    """The one sentence every figure carries: what may be concluded from this corpus."""
    return str(gate.loc[gate["check"] == "verdict", "finding"].iloc[-1])


def note(gate: pd.DataFrame, documents: pd.DataFrame) -> str:
    """The tail of a caption: number of documents and regions, and the verdict."""
    regions = _described(documents, pd.DataFrame(columns=["doc", "text"]))["region"]
    known = sorted(set(regions) - set(UNKNOWN))
    return f"n = {len(documents)} documents, {len(known)} regions. Gate: {verdict(gate)}."


def units(documents: pd.DataFrame, gate: pd.DataFrame, *, most: int = 40) -> dict[str, str]:
    """What each document is counted under: its region where the gate allows that, else itself.

    Documents of unknown region are left out where regions are compared; of cases the `most`
    longest are kept, because nobody reads a figure of a thousand rows.
    """
    if not allows(gate, "regional contrast"):
        named = documents.assign(name=names(documents))
        if "chars_clean" in documents:
            named = named.sort_values(["chars_clean", "doc"], ascending=[False, True]).head(most)
        return dict(sorted(zip(named["doc"], named["name"], strict=True)))
    regions = _column(documents, "region", "province")
    paired = zip(documents["doc"], regions, strict=True)
    return {doc: region for doc, region in paired if region not in UNKNOWN}


def names(documents: pd.DataFrame) -> list[str]:
    """A short name of each document for figures: smallest known place and year, made unique."""
    places = [_place(row) for row in documents.to_dict("records")]
    years = _years(documents)
    plain = [f"{place} {year}".strip() for place, year in zip(places, years, strict=True)]
    docs = [str(doc) for doc in documents["doc"]]
    return [
        name if name and plain.count(name) == 1 else f"{name} ({doc[:12]})".strip()
        for name, doc in zip(plain, docs, strict=True)
    ]


def withhold(table: pd.DataFrame, gate: pd.DataFrame, statement: str) -> pd.DataFrame:
    """The same table with its inferential columns (low, high, z, p, q) emptied where refused."""
    inferential = [name for name in ("low", "high", "z", "p", "q") if name in table]
    regions = table["region"] if "region" in table else pd.Series("", index=table.index)
    alone = {name for name in set(regions) if not allows(gate, statement, region=name)}
    return table.assign(**{name: table[name].mask(regions.isin(alone)) for name in inferential})


def _place(row: Mapping[Hashable, object]) -> str:
    known = [str(row.get(name) or "") for name in ("county", "city", "province")]
    return next((name for name in known if name not in UNKNOWN), "")


def _column(documents: pd.DataFrame, *names: str) -> pd.Series:
    """The first of the columns that exists, empty values as 'unknown'."""
    for name in names:
        if name in documents:
            values = documents[name].astype(str).where(documents[name].notna(), "")
            return values.str.strip().replace("", "unknown")
    return pd.Series("unknown", index=documents.index, dtype=object)


def _years(documents: pd.DataFrame) -> list[str]:
    if "year" in documents:
        return ["" if y in UNKNOWN else y[:4] for y in _column(documents, "year")]
    dates = [_column(documents, name) for name in ("issued", "published")]
    both = zip(*dates, strict=True)
    return [next((day[:4] for day in days if day not in UNKNOWN), "") for days in both]


def _described(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
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
        described[name] = _column(documents, *sources).to_numpy()
    described["year"] = [year or "unknown" for year in _years(documents)]
    return described


def _known(corpus: pd.DataFrame) -> pd.DataFrame:
    return corpus[~corpus["region"].isin(UNKNOWN)]


def _graded(value: float, warn: float, refuse: float) -> str:
    """Severity of a value that should be high."""
    return "refuse" if value < refuse else "warn" if value < warn else "pass"


Row = tuple[str, str, str, str]


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
)


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
    detail = f"overlap of the {attribute}s of a region with the others, mean over regions; {kinds} {attribute}s"
    return (name, f"{seen:.2f}", severity, detail + (f", {unknown:.0%} unknown" if unknown else ""))


def _confounding(regions: np.ndarray, values: np.ndarray, seen: float) -> str:
    table = np.zeros((regions.max() + 1, values.max() + 1))
    np.add.at(table, (regions, values), 1)
    one_each = bool((np.count_nonzero(table, axis=1) == 1).all())
    varied = table.sum(axis=0).max() / table.sum() < 0.9
    rng = np.random.default_rng(0)
    by_chance = sorted(overlap(rng.permutation(regions), values) for _ in range(PERMUTATIONS))
    beyond_chance = seen < by_chance[PERMUTATIONS // 100]
    if seen < 0.3 or (one_each and varied) or (seen < 0.7 and beyond_chance):
        return "refuse"
    return "warn" if seen < 0.6 or (seen < 0.9 and beyond_chance) else "pass"


def _refused(gate: pd.DataFrame) -> list[str]:
    return list(gate.loc[gate["severity"] == "refuse", "check"])


def _blockers(gate: pd.DataFrame, statement: str) -> list[str]:
    refused = set(_refused(gate))
    return [check for check in STATEMENTS[statement] if check in refused]


def _statement(checks: pd.DataFrame, name: str) -> Row:
    blockers = _blockers(checks, name)
    found = (
        ("refused", "refuse", "because of " + ", ".join(blockers))
        if blockers
        else ("allowed", "pass", "")
    )
    return (f"statement: {name}", *found)


def _verdict(checks: pd.DataFrame) -> pd.DataFrame:
    if not _blockers(checks, "regional finding"):
        row = ("verdict", REGIONS, "pass", "")
    elif not _blockers(checks, "regional contrast"):
        row = ("verdict", SIDE_BY_SIDE, "warn", "a region has too few documents to resample")
    else:
        reasons = ", ".join(_blockers(checks, "regional finding"))
        row = ("verdict", CASES_ONLY, "refuse", f"refused by {reasons}")
    return pd.DataFrame([row], columns=COLUMNS)
