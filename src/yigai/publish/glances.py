"""The corpus at a glance: the matrix of dimensions by case or region, the schematic map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from yigai.publish import cases, provinces, words
from yigai.publish.addresses import Addresses
from yigai.publish.cases import Case
from yigai.publish.material import Whole
from yigai.publish.words import Pair

#: Most cases that stand in columns of the matrix; a larger corpus is shown by region.
MOST_COLUMNS = 12
Coded = Mapping[str, Mapping[str, list[Mapping[str, Any]]]]


def glance(found: Sequence[Case], coded: Coded, to: Addresses) -> dict[str, Any]:
    """The matrix at a glance: dimension by case, or by region when there are many cases."""
    found = [one for one in found if not one.repost_of]
    by_region = len(found) > MOST_COLUMNS
    columns = _region_columns(found) if by_region else [_case_column(one, to) for one in found]
    codes = [*words.dimensions(), *sorted({code for one in coded.values() for code in one} - set(words.dimensions()))]
    rows = []
    for code in codes:
        cells = [_cell(code, column, coded, by_region) for column in columns]
        rows.append({"code": code, "name": words.dimension(code), "href": f"dimensions/{code}.html", "cells": cells})
    return {"columns": columns, "rows": rows, "by_region": by_region}


def glance_of_all(whole: Whole, found: Sequence[Case]) -> dict[str, Any]:
    """The matrix at a glance by region over all documents, of which only some have pages."""
    names = {one.region: one.region_name for one in found}
    columns = [
        {"name": names.get(slug, Pair(slug, slug)), "sub": (), "year": "", "docs": [], "href": f"regions/{slug}.html", "n": whole.sentences.get(slug, 0)}
        for slug in sorted(whole.regions)
        if slug in names
    ]
    codes = [*words.dimensions(), *sorted({code for _, code in whole.tallies} - set(words.dimensions()))]
    rows = [
        {
            "code": code, "name": words.dimension(code), "href": f"dimensions/{code}.html",
            "cells": [_counted(code, slug, whole.tallies.get((slug, code), Counter())) for slug in sorted(whole.regions) if slug in names],
        }
        for code in codes
    ]  # fmt: skip
    return {"columns": columns, "rows": rows, "by_region": True}


def _counted(code: str, slug: str, tally: Mapping[str, int]) -> dict[str, Any]:
    counts = [(status, tally[status]) for status in (*cases.STRENGTH, *sorted(set(tally) - set(cases.STRENGTH))) if tally.get(status)]
    return {
        "n": sum(tally.values()), "status": cases.leading_status(counts), "counts": counts,
        "href": f"dimensions/{code}.html#r-{slug}",
    }  # fmt: skip


def _case_column(one: Case, to: Addresses) -> dict[str, Any]:
    return {"name": one.label, "sub": (one.genre, one.level), "year": one.year, "docs": [one.doc], "href": to.case(one.doc), "n": one.sentences}


def _region_columns(found: Sequence[Case]) -> list[dict[str, Any]]:
    regions: dict[str, list[Case]] = {}
    for one in found:
        regions.setdefault(one.region, []).append(one)
    return [
        {
            "name": inside[0].region_name, "sub": (), "year": "", "docs": [one.doc for one in inside],
            "href": f"regions/{slug}.html", "n": sum(one.sentences for one in inside),
        }
        for slug, inside in sorted(regions.items())
    ]


def _cell(code: str, column: Mapping[str, Any], coded: Coded, by_region: bool) -> dict[str, Any]:
    rows = [row for doc in column["docs"] for row in coded.get(doc, {}).get(code, [])]
    counts = cases.status_counts(rows)
    here = f"dimensions/{code}.html#{'r-' + column['href'][8:-5] if by_region else ''}"
    return {
        "n": len(rows), "status": cases.leading_status(counts), "counts": counts,
        "href": here if by_region else f"{column['href']}#d-{code}",
    }  # fmt: skip


def tiles(counts: Mapping[str, int], pages: Sequence[str]) -> list[dict[str, Any]]:
    """The schematic map: a tile per province, with its number of cases and the link to its page."""
    return [
        {
            "slug": slug, "name": Pair(en, zh), "short": Pair(provinces.LETTERS[slug], zh), "x": column, "y": row,
            "n": counts.get(slug, 0), "href": f"regions/{slug}.html" if slug in pages else "",
        }
        for slug, zh, en, column, row in provinces.TILES
    ]  # fmt: skip
