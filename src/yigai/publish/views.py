"""What the pages show of the tables: the gate, numbers, synopses, tasks, dates, topics, terms and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yigai.facts import labels
from yigai.publish import cases, provinces, sayings, words
from yigai.publish.addresses import Addresses
from yigai.publish.cases import Case, number, shown, text
from yigai.publish.material import Material
from yigai.publish.render import thousands
from yigai.publish.words import Pair

#: Quotes shown under one term or topic, and rows on one page of a long list.
QUOTES = 8
#: Cases on one page of a dimension, and quotes, numbers, events or tasks on the page of one case.
MOST_GROUPS, MOST_ENTRIES = 240, 200
#: Terms shown for one region; the table has them all.
TERMS = 40
#: Documents named in one line.
MOST_NAMED = 12
PAGE_ROWS = 300

def gate(material: Material) -> list[dict[str, Any]]:
    """The checks of comparability, the ones that forbid most first."""
    order = {"refuse": 0, "warn": 1, "pass": 2}
    rows = [
        {
            "check": sayings.pair(text(row.get("check"))), "finding": sayings.pair(text(row.get("finding"))),
            "detail": sayings.pair(text(row.get("detail"))),
            "severity": text(row.get("severity")), "label": words.value("severity", text(row.get("severity"))),
        }
        for row in material.records("gate")
        if text(row.get("check")) != "verdict" and not text(row.get("check")).startswith("statement: ")
    ]
    return sorted(rows, key=lambda row: order.get(row["severity"], 1))


def verdict(material: Material) -> dict[str, Any]:
    """What may and what may not be stated, as the gate's last rows say."""
    rows = material.records("gate")
    words_of = next((text(row.get("finding")) for row in rows if text(row.get("check")) == "verdict"), "")
    said: dict[str, list[Pair]] = {"allowed": [], "refused": []}
    for row in rows:
        check = text(row.get("check"))
        if check.startswith("statement: "):
            name = check.removeprefix("statement: ")
            side = "allowed" if text(row.get("severity")) == "pass" else "refused"
            said[side].append(words.STATEMENTS.get(name, Pair(name, name)))
    return {"words": sayings.pair(words_of), **said}


def indicators(rows: Sequence[Mapping[str, Any]], to: Addresses) -> list[dict[str, Any]]:
    """Numbers as sentences to be checked: what, how much, when, in what mode, in which words."""
    return [
        {
            "doc": text(row["doc"]), "subject": text(row.get("subject")), "indicator": text(row.get("indicator")),
            "amount": figure(row), "class": _unlike_printed(row), "when": moment(text(row.get("when"))), "status": text(row.get("status")) or "no cue",
            "hedge": ", ".join(cases.split(row.get("hedge"))), "quote": text(row.get("quote")), "href": to.sentence(row),
        }
        for row in rows
    ]


def _unlike_printed(row: Mapping[str, Any]) -> Pair | None:
    """The class of a figure that is not a printed number; None for one that is."""
    known = text(row.get("class"))
    return words.value("class", known) if known and known != "hard" else None


def kinds_of_numbers(classes: Mapping[str, int]) -> Pair:
    """Of what the numbers consist, for their count: '' where all are of one kind.

    >>> kinds_of_numbers({"date": 22, "hard": 70, "derived": 37, "anecdote": 1}).en
    '70 printed, 37 derived, 22 dates, 1 anecdote'
    >>> kinds_of_numbers({"hard": 70, "date": 1}).zh, kinds_of_numbers({"hard": 70}).en
    ('原文数字 70，日期 1', '')
    """
    said = [(words.NUMBERS[name], classes[name]) for name in words.NUMBERS if classes.get(name)]
    if len(said) < 2:
        return Pair("", "")
    en = ", ".join(f"{thousands(count)} {(one if count == 1 else many).en}" for (one, many), count in said)
    return Pair(en, "，".join(f"{one.zh} {thousands(count)}" for (one, _), count in said))


def figure(row: Mapping[str, Any]) -> Pair:
    """A figure as it is read: an amount, or the date of a dated one.

    >>> figure({"value": 20220731.0, "unit": "date", "when": "2022-07-31"}).en, figure({"value": 3, "unit": "家"}).zh
    ('2022-07-31', '3 家')
    """
    said = amount(row)
    return moment(text(row.get("when"))) if text(row.get("unit")) == "date" else Pair(said, said)


def amount(row: Mapping[str, Any]) -> str:
    """A number as printed: comparator, value or range, unit.

    >>> amount({"comparator": ">=", "value": 60.0, "unit": "%"}), amount({"value": 3, "value_max": 5, "unit": "家"})
    ('≥ 60%', '3–5 家')
    """
    sign = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", ">": "> ", "<": "< "}.get(text(row.get("comparator")), "")
    value, top = shown(row.get("value")), shown(row.get("value_max"))
    unit = text(row.get("unit"))
    spread = f"{value}–{top}" if top and top != value else value
    return f"{sign}{spread}{unit if unit in {'%', '‰'} or not unit else ' ' + unit}"


def moment(when: str) -> Pair:
    """A date as read: open ends in words.

    >>> moment("2024..").en, moment("..2025").zh, moment("2023..2025").en, moment("2024").en
    ('from 2024', '至2025', '2023 to 2025', '2024')
    """
    start, dots, end = when.partition("..")
    if not dots:
        return Pair(when, when)
    if start and end:
        return Pair(f"{start} to {end}", f"{start}至{end}")
    return Pair(f"from {start}", f"{start}起") if start else Pair(f"until {end}", f"至{end}")


#: Lines of a synopsis that a case page shows on top; the others have sections of their own.
SYNOPSIS = ("form", "tightness", "leaders", "members", "money", "payment", "incentives", "phases", "checks")


def synopsis(rows: Sequence[Mapping[str, Any]], to: Addresses) -> list[dict[str, Any]]:
    """What the case is in brief: line by line, each statement with the quote it rests on; silent where there is none."""
    lines = []
    for entry in SYNOPSIS:
        said = [row for row in rows if text(row.get("entry")) == entry]
        stated = [
            {
                "text": Pair(text(row.get("statement")), text(row.get("statement_zh")) or text(row.get("statement"))),
                "status": text(row.get("status")), "href": to.sentence({"doc": row["doc"], "quote": row.get("quote")}),
            }
            for row in said
            if text(row.get("quote"))
        ]  # fmt: skip
        if said:
            lines.append({"label": Pair(*labels.ENTRIES[entry]), "stated": stated})
    return lines


def duties(rows: Sequence[Mapping[str, Any]], to: Addresses) -> list[dict[str, Any]]:
    """Tasks with the units that answer for them, in the order of the text."""
    tasks: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = (text(row.get("task_path")), text(row.get("task")))
        entry = tasks.setdefault(key, {"path": key[0], "task": key[1], "units": [], "href": to.sentence(row)})
        entry["units"].append((text(row.get("unit")), words.value("role", text(row.get("role"))), text(row.get("role"))))
    return list(tasks.values())


def timeline(rows: Sequence[Mapping[str, Any]], to: Addresses) -> list[dict[str, Any]]:
    """Dated events and deadlines in the order of time."""
    dated = [
        {
            "when": moment(text(row.get("when"))), "what": text(row.get("what")), "quote": text(row.get("quote")),
            "status": text(row.get("status")) or "no cue", "href": to.sentence(row),
        }
        for row in sorted(rows, key=lambda row: text(row.get("when")).strip("."))
    ]
    return dated


def programmes(rows: Sequence[Mapping[str, Any]], to: Addresses) -> list[dict[str, Any]]:
    """Named programmes, what they stand for, or that the text does not say."""
    return [
        {
            "name": text(row.get("name")), "expansion": text(row.get("expansion")),
            "expanded": str(row.get("expanded")) in {"True", "true", "yes", "1"},
            "quote": text(row.get("quote")), "href": to.sentence(row),
        }
        for row in rows
    ]


def topics(material: Material, to: Addresses) -> list[dict[str, Any]]:
    """Topics with their terms, verdict, and the passages nearest to each."""
    passages: dict[tuple[str, str], str] = {}
    for row in material.records("sentences"):
        key = (text(row["doc"]), text(row["passage"]))
        passages[key] = passages.get(key, "") + text(row["text"])
    members: dict[str, list[Mapping[str, Any]]] = {}
    for row in material.records("passage_topics"):
        members.setdefault(text(row.get("topic")), []).append(row)
    return [_topic(row, members.get(text(row.get("topic")), []), passages, to) for row in material.records("topics")]


def _topic(row: Mapping[str, Any], members: Sequence[Mapping[str, Any]], passages: Mapping[tuple[str, str], str], to: Addresses) -> dict[str, Any]:
    ranked = sorted(members, key=lambda one: (-number(one.get("similarity")), text(one["doc"]), number(one["passage"])))
    docs = sorted({text(one["doc"]) for one in members})
    return {
        "topic": text(row.get("topic")), "label": text(row.get("label")), "terms": cases.split(row.get("terms")) or [text(row.get("terms"))],
        "size": shown(row.get("size")), "stability": f"{number(row.get('stability')):.2f}", "verdict": words.value("verdict", text(row.get("verdict"))), "docs": docs[:MOST_NAMED], "hidden": max(0, len(docs) - MOST_NAMED),
        "passages": [
            {
                "doc": text(one["doc"]), "text": _short(passages.get((text(one["doc"]), text(one["passage"])), "")),
                "href": to.evidence(text(one["doc"]), f"p-{text(one['passage'])}"), "similarity": f"{number(one.get('similarity')):.2f}",
            }
            for one in ranked[:QUOTES]
        ],
    }  # fmt: skip


def _short(passage: str) -> str:
    return passage if len(passage) <= 160 else f"{passage[:159]}…"


def terms(material: Material, found: Sequence[Case], to: Addresses) -> list[dict[str, Any]]:
    """Terms that set regions apart, by region, each with its interval and the sentences that use it."""
    rows = material.records("keyness")
    docs: dict[str, list[str]] = {}
    for one in found:
        if not one.repost_of:
            docs.setdefault(one.region, []).append(one.doc)
    edge = max((abs(number(row.get(side))) for row in rows for side in ("log_odds", "low", "high")), default=1.0) or 1.0
    regions: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        known = provinces.province(text(row.get("region")))
        slug = known[0] if known else text(row.get("region"))
        if len(regions.setdefault(slug, [])) < TERMS:
            regions[slug].append(_term(row, edge, docs.get(slug, []), to))
    return [
        {"slug": slug, "name": known[1] if (known := provinces.province(slug)) else Pair(slug, slug), "terms": inside, "docs": docs.get(slug, [])}
        for slug, inside in regions.items()
    ]


def _term(row: Mapping[str, Any], edge: float, docs: Sequence[str], to: Addresses) -> dict[str, Any]:
    term = text(row.get("term"))
    return {
        "term": term, "log_odds": number(row.get("log_odds")), "low": number(row.get("low")), "high": number(row.get("high")),
        "interval": bool(text(row.get("low"))), "count": shown(row.get("count")), "documents": shown(row.get("documents")),
        "one": str(row.get("one_document")) in {"True", "true", "1"},
        "x": {name: round(100 + 94 * number(row.get(name)) / edge, 1) for name in ("log_odds", "low", "high")},
        "quotes": using(term, docs, to),
    }  # fmt: skip


def using(term: str, docs: Sequence[str], to: Addresses) -> list[dict[str, str]]:
    """Sentences of the documents that use a term, at most a few."""
    found: dict[str, dict[str, str]] = {}
    for doc in docs:
        index = to.indexes[doc]
        at = index.clean.find(term) if term else -1
        while at >= 0 and len(found) < QUOTES:
            row = index.at(at)
            if row is not None and term in str(row["text"]):
                href = to.sentence({"doc": doc, **row})
                found.setdefault(href, {"doc": doc, "text": _around(str(row["text"]), term), "href": href})
            at = index.clean.find(term, at + len(term))
    return list(found.values())


def _around(sentence: str, term: str) -> str:
    at = sentence.find(term)
    start, end = max(0, at - 50), min(len(sentence), at + len(term) + 70)
    return f"{'…' if start else ''}{sentence[start:end]}{'…' if end < len(sentence) else ''}"


def some_of_each_region(found: Sequence[Case]) -> list[Case]:
    """The cases that one page can show, as many of every region."""
    regions: dict[str, list[Case]] = {}
    for one in sorted(found, key=lambda one: one.region):
        regions.setdefault(one.region, []).append(one)
    each = max(1, MOST_GROUPS // max(len(regions), 1))
    return [one for inside in regions.values() for one in inside[:each]]


#: Rows of changes shown under one heading; the table has them all.
CHANGES = 300


def changes(material: Material, found: Sequence[Case], to: Addresses) -> list[tuple[Pair, list[dict[str, Any]], int]]:
    """What differs from the run before, by kind: rows shown, and how many more there are."""
    groups: dict[str, list[dict[str, Any]]] = {}
    names = {one.doc: Pair(f"{one.label.en} {one.year}".strip(), f"{one.label.zh} {one.year}".strip()) for one in found}
    for row in material.records("changes"):
        item = text(row.get("item"))
        doc, _, code = item.partition(" · ")
        groups.setdefault(text(row.get("what")), []).append(
            {
                "item": _item(item, names),
                "before": sayings.pair(text(row.get("before"))), "after": sayings.pair(text(row.get("after"))),
                "jaccard": f"{number(row.get('jaccard')):.2f}" if text(row.get("jaccard")) else "",
                "href": to.case(doc, f"d-{code}" if code in words.dimensions() else "") if doc in to.slugs else "",
            }
        )
    return [(words.change(what), rows[:CHANGES], max(0, len(rows) - CHANGES)) for what, rows in groups.items()]


def _item(item: str, names: Mapping[str, Pair]) -> Pair:
    """What differs: a case by its name, with its dimension in a statement; else the run's own word for it."""
    doc, _, code = item.partition(" · ")
    if doc not in names:
        return Pair(item, sayings.said(item, "zh"))
    name, of = names[doc], words.dimension(code)
    return Pair(f"{name.en}: {of.en}", f"{name.zh}：{of.zh}") if code else Pair(f"{name.en} ({doc})", f"{name.zh}（{doc}）")


def paged(rows: Sequence[Any], size: int = PAGE_ROWS) -> list[list[Any]]:
    """A long list in pages, at least one.

    >>> paged([1, 2, 3], 2)
    [[1, 2], [3]]
    """
    return [list(rows[at : at + size]) for at in range(0, len(rows), size)] or [[]]
