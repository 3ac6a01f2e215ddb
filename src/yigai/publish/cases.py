"""One case, one view: the card with its evidence, and everything the tables say about it, with quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yigai.publish import provinces, words
from yigai.publish.addresses import Addresses
from yigai.publish.material import Material, Page
from yigai.publish.words import Pair

#: Card fields in the order of the page.
CARD = (
    "title", "publisher", "genre", "level", "province", "city", "county", "adcode",
    "issued", "published", "doc_no",
)  # fmt: skip
#: Status by weight of evidence; the first one that has most quotes colours a cell.
STRENGTH = ("achieved", "rule", "target", "plan", "background", "no cue", "")


@dataclass(frozen=True)
class Case:
    """The identity of a case as every page shows it."""

    doc: str
    title: str
    place: Pair
    region: str
    region_name: Pair
    genre: Pair
    level: Pair
    year: str
    sentences: int
    chars: int
    repost_of: str

    @property
    def label(self) -> Pair:
        """The short name of the case: its place, or its title where the place is unknown."""
        return self.place


def case(row: Mapping[str, Any], sentences: int) -> Case:
    """The case that a row of the documents table describes."""
    smallest = next((text(row.get(level)) for level in ("county", "city", "province") if text(row.get(level))), "")
    short = text(row.get("title"))[:14] or text(row.get("doc"))
    known = provinces.province(text(row.get("province")) or text(row.get("region")))
    return Case(
        doc=text(row["doc"]), title=text(row.get("title")) or text(row["doc"]),
        place=provinces.place(smallest) if smallest else Pair(short, short),
        region=known[0] if known else "unknown",
        region_name=known[1] if known else Pair("region unknown", "地区不明"),
        genre=words.value("genre", text(row.get("genre")) or "unknown"),
        level=words.value("level", text(row.get("level")) or "unknown"),
        year=(text(row.get("year")) or text(row.get("issued")) or text(row.get("published")))[:4],
        sentences=sentences, chars=int(number(row.get("chars_clean"))), repost_of=text(row.get("repost_of")),
    )  # fmt: skip


def text(value: object) -> str:
    """A cell as text; '' for a missing one.

    >>> text(None), text(float("nan")), text("医改")
    ('', '', '医改')
    """
    return "" if value is None or str(value) in {"<NA>", "nan", "NaT"} else str(value)


def number(value: object) -> float:
    """A cell as a number; 0 for a missing one."""
    try:
        return float(text(value) or 0)
    except ValueError:
        return 0.0


def shown(value: object) -> str:
    """A cell as a reader writes it: no trailing zeros, no float noise, '' for a missing one.

    >>> shown(68.230000), shown(40000.0), shown("约"), shown(True)
    ('68.23', '40000', '约', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == value:
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}" if abs(value) < 1 else f"{value:.10g}"
    return text(value)


def cases(material: Material) -> list[Case]:
    """Every case of the run in the order of the documents table."""
    counts = Counter(str(row["doc"]) for row in material.records("sentences"))
    rows = material.records("documents")
    known = {text(row["doc"]) for row in rows}
    found = [case(row, counts[text(row["doc"])]) for row in rows]
    return [one if one.repost_of in known else replace(one, repost_of="") for one in found]


def split(cell: object) -> list[str]:
    """The parts of a ``;``-joined cell.

    >>> split("ORG; PAY")
    ['ORG', 'PAY']
    """
    return [part.strip() for part in text(cell).split(";") if part.strip()]


def coded(codes: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The coded sentences of one document by dimension, in the order of the codebook."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in codes:
        for code in dict.fromkeys(part.partition(".")[0] for part in split(row.get("dimensions"))):
            found.setdefault(code, []).append(row)
    order = [*words.dimensions(), *sorted(set(found) - set(words.dimensions()))]
    return {code: found[code] for code in order if code in found}


def status_counts(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """How many rows have each status, in the order of strength.

    >>> status_counts([{"status": "plan"}, {"status": "achieved"}, {"status": "plan"}])
    [('achieved', 1), ('plan', 2)]
    """
    counts = Counter(text(row.get("status")) or "no cue" for row in rows)
    order = [*STRENGTH, *sorted(set(counts) - set(STRENGTH))]
    return [(status, counts[status]) for status in order if counts[status]]


def leading_status(counts: Sequence[tuple[str, int]]) -> str:
    """The status with most quotes, the stronger one when two have as many.

    >>> leading_status([("achieved", 1), ("plan", 2)])
    'plan'
    """
    return max(counts, key=lambda pair: pair[1])[0] if counts else ""


def quotes(rows: Sequence[Mapping[str, Any]], to: Addresses, *, code: str = "") -> list[dict[str, Any]]:
    """Rows as quotes: the words, where they stand, how to read them, and the cues (of one code)."""
    return [
        {
            "text": text(row.get("quote")) or text(row.get("text")), "parts": (),
            "status": text(row.get("status")) or "no cue",
            "hedge": ", ".join(split(row.get("hedge"))),
            "instruments": [(code, words.instruments().get(code, Pair(code, code))) for code in split(row.get("instruments"))],
            "cues": "、".join(dict.fromkeys(_cue(cue, text(row.get("text"))) for cue in split(row.get("cues")) if code and cue.startswith(code))),
            "href": to.sentence(row),
        }
        for row in rows
    ]  # fmt: skip


def led(found: Sequence[dict[str, Any]], matrix: Sequence[Mapping[str, Any]], code: str) -> list[dict[str, Any]]:
    """Quotes of one dimension with the one the evidence matrix chose first, its statement cut out.

    >>> rows = [{"text": "甲。"}, {"text": "我区建成医共体。"}]
    >>> led(rows, [{"dimension": "ORG", "statement": "建成医共体"}], "ORG")[0]["parts"]
    ('我区', '建成医共体', '。')
    """
    chosen = next((text(row.get("statement")) for row in matrix if text(row.get("dimension")) == code), "")
    first = [quote for quote in found if chosen and chosen in quote["text"]][:1]
    for quote in first:
        before, _, after = quote["text"].partition(chosen)
        quote["parts"] = (before, chosen, after)
    return first + [quote for quote in found if quote not in first]


def _cue(cue: str, sentence: str) -> str:
    """The words that fired: those of the sentence, since a cue may be a pattern.

    >>> _cue("ORG:影像|检验 ~10 互认@0-6", "检验结果互认。")
    '检验结果互认'
    """
    name, _, span = cue.partition(":")[2].rpartition("@")
    start, _, end = span.partition("-")
    return (sentence[int(start) : int(end)] if start.isdigit() and end.isdigit() else "") or name


def card(row: Mapping[str, Any], page: Page, rows: Sequence[Any], to: Addresses) -> list[dict[str, Any]]:
    """The fields of a document's card, each with the words of the raw page it was read from."""
    fields = []
    for name in CARD:
        value = text(row.get(name))
        words_of_page = text(row.get(f"{name}_evidence"))
        position = page.raw.find(words_of_page) if words_of_page else -1
        place = next((row for row in rows if row.raw[0] <= position < row.raw[1]), None)
        fields.append(
            {
                "name": name,
                "value": words.value(name, value) if value else None,
                "evidence": words_of_page if value else "",
                "href": to.evidence(str(row["doc"]), f"l-{place.number}") if place and position >= 0 else "",
            }
        )
    return fields


def synopsis(codes: Sequence[Mapping[str, Any]], to: Addresses, *, most: int = 3) -> list[dict[str, Any]]:
    """The sentences that carry most reform dimensions, in the order of the text."""
    wanted = [row for row in codes if text(row.get("dimensions")) and 20 <= len(text(row.get("text"))) <= 220]
    ranked = sorted(wanted, key=lambda row: (-len(split(row.get("dimensions"))), number(row.get("sentence"))))
    chosen = sorted(ranked[:most], key=lambda row: number(row.get("sentence")))
    return quotes(chosen, to)
