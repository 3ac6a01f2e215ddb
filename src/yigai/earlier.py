"""The run before this one: read from the output folder, its topic ids kept, and what changed since put in a table.

The comparison rests on the tables of both runs alone. On a first run, and when nothing changed, the table
`changes` has no row; `changes.md` says which of the two it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from yigai import store, topics

COLUMNS = ["what", "item", "before", "after", "jaccard"]
#: Tables of a run that are compared with the next.
NEEDED = ("documents", "sentences", "topics", "passage_topics", "gate", "matrix", "conclusions")
#: Those that are compared for the documents shown, where a corpus has more.
OF_SHOWN = ("sentences", "passage_topics", "matrix")
Row = tuple[str, str, str, str, float]
Tables = Mapping[str, pd.DataFrame]
NAN = float("nan")


@dataclass(frozen=True)
class Earlier:
    """The tables NEEDED of the run before, and its manifest."""

    tables: dict[str, pd.DataFrame]
    manifest: Mapping[str, Any]

    @property
    def unused(self) -> int:
        """The first topic id that no run in this folder has given yet."""
        used = [int(topic) for topic in self.tables["topics"]["topic"]]
        return max([int(self.manifest.get("next_topic", 0)), *(topic + 1 for topic in used)])


def read(out: Path) -> Earlier | None:
    """The finished run in ``out``; None where there is none, or none that can be read."""
    try:
        manifest = json.loads(store.read_bytes(out / "manifest.json"))
        whole, shown = out / "tables", out / "tables" / "shown"
        few = shown if shown.is_dir() else whole
        tables = {name: store.read_table(few if name in OF_SHOWN else whole, name) for name in NEEDED}
        found = Earlier(tables, {**manifest})
        _ = found.unused, changes(found, tables, found.manifest)  # a column that is missing shows here
    except (*store.DAMAGED, TypeError, AttributeError, OverflowError):
        return None
    return found


def topic_ids(earlier: Earlier | None, tables: Tables) -> list[int]:
    """The lasting ids of this run's topics, in their order; [] where they are 0, 1, 2 … anyway."""
    if earlier is None:
        return []
    ids = topics.lasting(earlier.tables, dict(tables), unused=earlier.unused)
    return [] if ids == list(range(len(ids))) else ids


def next_topic(earlier: Earlier | None, given: pd.DataFrame) -> int:
    """The first topic id that stays unused after this run: ids of lost topics are not given again."""
    return max([earlier.unused if earlier else 0, *(int(topic) + 1 for topic in given["topic"])])


def changes(earlier: Earlier | None, tables: Tables, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """What differs from the run before, a row a difference: what, item, before, after, jaccard (of topics)."""
    rows = [] if earlier is None else [row for part in PARTS for row in part(earlier, tables, manifest)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"jaccard": float} | dict.fromkeys(COLUMNS[:4], object))


def of_circumstances(earlier: Earlier, _: Tables, manifest: Mapping[str, Any]) -> Iterator[Row]:
    """Parameters and versions: a conclusion may flip because of them and not because of the pages."""
    old, new = earlier.manifest, manifest
    yield from _differing("parameter", *(_shown(one.get("parameters")) for one in (old, new)))
    yield from _differing("version", *(_shown(one.get("packages")) | _shown({"code of yigai": one.get("code", "")})
                                       for one in (old, new)))  # fmt: skip


def _shown(values: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in (values or {}).items()}  # fmt: skip


def of_documents(earlier: Earlier, tables: Tables, _: Mapping[str, Any]) -> Iterator[Row]:
    """Documents new, changed and gone, by the hash of their file."""
    before, after = (
        {doc: (digest, f"{title} ({chars} characters, {digest[:8]})") for doc, digest, title, chars in
         zip(*(one["documents"][name] for name in ("doc", "sha256", "title", "chars_clean")), strict=True)}
        for one in (earlier.tables, tables)
    )  # fmt: skip
    for doc in sorted(before.keys() | after.keys()):
        if doc not in before:
            yield "document new", doc, "", after[doc][1], NAN
        elif doc not in after:
            yield "document gone", doc, before[doc][1], "", NAN
        elif before[doc][0] != after[doc][0]:
            yield "document changed", doc, before[doc][1], after[doc][1], NAN


def of_topics(earlier: Earlier, tables: Tables, _: Mapping[str, Any]) -> Iterator[Row]:
    """Topics matched that differ in anything, topics new and topics lost."""
    before, after = (
        {int(topic): f"{label} ({size} passages, {verdict})" for topic, label, size, verdict in
         zip(*(one["topics"][name] for name in ("topic", "label", "size", "verdict")), strict=True)}
        for one in (earlier.tables, tables)
    )  # fmt: skip
    alike = topics.likeness(earlier.tables, dict(tables))
    rows, columns = list(before), list(after)
    for topic in sorted(before.keys() | after.keys()):
        if topic not in before:
            yield "topic new", str(topic), "", after[topic], NAN
        elif topic not in after:
            yield "topic lost", str(topic), before[topic], "", NAN
        else:
            jaccard = float(alike[rows.index(topic), columns.index(topic)])
            if before[topic] != after[topic] or jaccard < 1:
                yield "topic matched", str(topic), before[topic], after[topic], jaccard


def of_gate(earlier: Earlier, tables: Tables, _: Mapping[str, Any]) -> Iterator[Row]:
    """Checks and statements of the gate whose severity changed, and another verdict."""
    said = (
        {check: f"{severity}: {finding}" if check == "verdict" else severity for check, severity, finding in
         zip(*(one["gate"][name] for name in ("check", "severity", "finding")), strict=True)}
        for one in (earlier.tables, tables)
    )  # fmt: skip
    yield from _differing("gate", *said)


def of_conclusions(earlier: Earlier, tables: Tables, _: Mapping[str, Any]) -> Iterator[Row]:
    """Conclusions of the sensitivity run that are drawn otherwise, or hold throughout no more, or now do."""
    said = (
        {name: f"{value} ({'holds throughout' if verdict == 'holds throughout' else 'depends'})"
         for name, value, verdict in
         zip(*(one["conclusions"][name] for name in ("conclusion", "baseline", "verdict")), strict=True)}
        for one in (earlier.tables, tables)
    )  # fmt: skip
    yield from _differing("conclusion", *said)


def of_matrix(earlier: Earlier, tables: Tables, _: Mapping[str, Any]) -> Iterator[Row]:
    """Statements of the evidence matrix that changed in words or status, in documents of both runs."""
    before, after = (
        {(doc, dimension): f"{status}: {statement}" for doc, dimension, status, statement in
         zip(*(one["matrix"][name] for name in ("doc", "dimension", "status", "statement")), strict=True)}
        for one in (earlier.tables, tables)
    )  # fmt: skip
    for cell in sorted(before.keys() & after.keys()):
        if before[cell] != after[cell]:
            yield "statement", f"{cell[0]} · {cell[1]}", before[cell], after[cell], NAN


PARTS: tuple[Callable[[Earlier, Tables, Mapping[str, Any]], Iterator[Row]], ...] = (
    of_circumstances, of_documents, of_topics, of_gate, of_conclusions, of_matrix,
)  # fmt: skip


def _differing(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Row]:
    for item in [*before, *(item for item in after if item not in before)]:
        old, new = before.get(item, ""), after.get(item, "")
        if old != new:
            yield what, item, old, new, NAN


def page(earlier: Earlier | None, table: pd.DataFrame) -> str:
    """The table `changes` as one page of Markdown."""
    lines = ["# What changed since the earlier run 与上次运行相比的变化", "", said(earlier, table), ""]
    for what, rows in table.groupby("what", sort=False):
        lines += [f"## {what}", "", "| item | before | after | Jaccard |", "|---|---|---|---|"]
        cells = zip(*(rows[name] for name in COLUMNS[1:]), strict=True)
        lines += [f"| {_cell(item)} | {_cell(before)} | {_cell(after)} | {_number(jaccard)} |"
                  for item, before, after, jaccard in cells]  # fmt: skip
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def said(earlier: Earlier | None, table: pd.DataFrame) -> str:
    """The table `changes` in one line."""
    if earlier is None:
        return "No earlier run in this folder. 此文件夹中没有更早的运行。"
    if table.empty:
        return "Nothing changed. 没有变化。"
    counted = ", ".join(f"{count} × {what}" for what, count in table["what"].value_counts(sort=False).items())
    return f"{len(table)} differences 处差异: {counted}."


def _cell(text: object) -> str:
    # < as an entity: a statement quoted from a page must not become markup in what renders this
    return " ".join(str(text).split()).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def _number(value: float) -> str:
    return "" if value != value else f"{value:.2f}"
