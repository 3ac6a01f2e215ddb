"""The gate: what a corpus can support, decided before anything is compared.

The five seed pages taught why: region there is one with genre, level and year (a reply of 2021, a
meeting report of 2023, a plan of 2024 …), each region but one has a single page, and one page is
half of all the text. Such a corpus supports a comparison of cases and nothing about provinces.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from yigai.compare.checks import CHECKS, UNKNOWN, Row, column, described, years

COLUMNS = ["check", "finding", "severity", "detail"]

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


def gate(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Every check of comparability, every statement allowed or refused, and the verdict.

    `documents`: doc, genre, level and region (or province), year (or issued, published),
    chars_clean; missing columns count as unknown. `sentences`: doc, text. Severity is pass, warn
    or refuse. Columns: check, finding, severity, detail.
    """
    corpus = described(documents, sentences)
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


def unit(gate: pd.DataFrame) -> str:
    """What is compared: `region` where the gate allows a regional contrast, else `case`."""
    return "region" if allows(gate, "regional contrast") else "case"


def note(gate: pd.DataFrame, documents: pd.DataFrame) -> str:
    """The tail of a caption: number of documents and regions, and the verdict."""
    regions = described(documents, pd.DataFrame(columns=["doc", "text"]))["region"]
    known = sorted(set(regions) - set(UNKNOWN))
    counted = f"n = {_counted(len(documents), 'document')}, {_counted(len(known), 'region')}"
    return f"{counted}. Gate: {verdict(gate)}."


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


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
    regions = column(documents, "region", "province")
    paired = zip(documents["doc"], regions, strict=True)
    return {doc: region for doc, region in paired if region not in UNKNOWN}


def names(documents: pd.DataFrame) -> list[str]:
    """A short name of each document for figures: smallest known place and year, made unique."""
    places = [_place(row) for row in documents.to_dict("records")]
    plain = [
        f"{place} {year}".strip() for place, year in zip(places, years(documents), strict=True)
    ]
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
        warned = ", ".join(checks.loc[checks["severity"] == "warn", "check"])
        row = ("verdict", REGIONS, "pass", f"but mind {warned}" if warned else "")
    elif not _blockers(checks, "regional contrast"):
        row = ("verdict", SIDE_BY_SIDE, "warn", "a region has too few documents to resample")
    else:
        reasons = ", ".join(_blockers(checks, "regional finding"))
        row = ("verdict", CASES_ONLY, "refuse", f"refused by {reasons}")
    return pd.DataFrame([row], columns=COLUMNS)
