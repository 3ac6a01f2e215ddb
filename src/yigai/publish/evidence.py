"""Evidence pages: each clean paragraph beside its raw text, every sentence and every edit an anchor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from yigai.publish import parallel, sayings, words
from yigai.publish.addresses import anchor
from yigai.publish.material import Page
from yigai.publish.words import Pair

#: Kinds of dirt in five families that share a colour, found by a word in the name of the kind.
FAMILIES: tuple[tuple[str, tuple[str, ...], Pair], ...] = (
    ("repair", ("slip", "byte", "gbk", "swap", "place", "lost", "quote", "word", "mask", "override"), Pair("wording repaired", "文字修复")),
    ("note", ("pinyin", "note"), Pair("pinyin notes removed", "删去的注音")),
    ("script", ("script", "tradition", "variant", "simplif"), Pair("script converted", "字形转换")),
    ("spam", ("spam", "promo", "inject", "brand", "advert"), Pair("spam and promotion removed", "删去的垃圾与推广内容")),
    ("furniture", ("nav", "footer", "meta", "furniture", "layout", "line", "space", "title", "html", "markup"),
     Pair("page furniture removed", "删去的页面框架")),
    ("width", ("width", "punct", "mark"), Pair("punctuation restored", "标点还原")),
)  # fmt: skip
OTHER = ("other", Pair("other changes", "其他改动"))
#: Families whose edits are pointed out in the clean column too: they changed what the page says.
TELLING = ("repair", "other")
#: Longest row in characters; a longer paragraph is cut between sentences, longer raw text anywhere.
LONGEST_ROW = 6_000
#: Largest evidence page in characters of HTML, well under the 3 MB a page may weigh.
LARGEST = 650_000


def family(kind: str) -> str:
    """The colour family of a kind of edit.

    >>> family("pinyin note"), family("byte slip"), family("unheard of")
    ('note', 'repair', 'other')
    """
    lowered = kind.lower()
    return next((name for name, cues, _ in FAMILIES if any(cue in lowered for cue in cues)), OTHER[0])


def families(page: Page) -> list[tuple[str, Pair, int, list[tuple[Pair, int]]]]:
    """The legend of a page: families that occur, with counts in all and by kind."""
    kinds = Counter(change.kind for change in page.changes)
    known = [*((name, label) for name, _, label in FAMILIES), OTHER]
    found = []
    for name, label in known:
        inside = [(words.edit_kind(kind), count) for kind, count in sorted(kinds.items()) if family(kind) == name]
        if inside:
            found.append((name, label, sum(count for _, count in inside), inside))
    return found


@dataclass(frozen=True)
class Sheet:
    """The rows of one evidence page, drawn once for both languages."""

    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class _Spot:
    """A sentence with its spans in both columns."""

    name: str
    label: str
    kind: str
    clean: tuple[int, int]
    raw: tuple[int, int]


def may_be_split(page: Page, sentences: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the evidence could need more than one page; an upper bound that spares drawing it twice."""
    letters = len(page.raw) + len(page.clean)
    return 6 * letters + 500 * len(sentences) + 900 * len(page.changes) > LARGEST


def sheets(page: Page, sentences: Sequence[Mapping[str, Any]]) -> tuple[Sheet, ...]:
    """The evidence of one document in as many pages as its size asks for."""
    drawn = draw(page, sentences)
    parts: list[list[dict[str, Any]]] = [[]]
    size = 0
    for row in drawn:
        if size + row["size"] > LARGEST and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(row)
        size += row["size"]
    return tuple(Sheet(tuple(part)) for part in parts)


def draw(page: Page, sentences: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every row of a page as escaped HTML: the clean paragraph, the raw text, the edits in words."""
    spots = [_spot(page, row) for row in sentences]
    clean_starts = [spot.clean[0] for spot in spots]
    whole = parallel.rows(page.raw, page.clean, page.mapping) if page.replays else _layout(page)
    layout = [piece for row in whole for piece in _pieces(row, spots, clean_starts)]
    starts = [change.start for change in page.changes]
    ends = [change.end for change in page.changes]
    drawn = []
    named: set[int] = set()  # an edit that reaches into a second row keeps its anchor in the first
    for number, row in enumerate(layout, 1):
        here = page.changes[_first(starts, ends, row.raw[0]) : bisect_left(starts, row.raw[1])] if page.replays else ()
        inside = _inside(spots, clean_starts, row) if row.clean else []
        clean = _clean_html(page, row, inside, here)
        raw = _raw_html(page, row, inside, here, named)
        notes = _notes(page, here)
        drawn.append(
            {
                "number": number, "raw_span": row.raw, "clean": clean, "raw": raw, "notes": notes,
                "kinds": [] if row.clean else _left_out(here),
                "passage": inside[0].label.partition(".")[0] if inside else "",
                "heading": bool(inside) and all(spot.kind == "heading" for spot in inside),
                "names": [spot.name for spot in inside] + ([f"p-{inside[0].label.partition('.')[0]}"] if inside else []),
                "size": len(clean) + len(raw) + sum(len(before) + len(after) + 160 for _, before, after, *_ in notes),
            }
        )
    return drawn


def _pieces(row: parallel.Row, spots: Sequence[_Spot], starts: Sequence[int]) -> list[parallel.Row]:
    """A row in pieces that a page can hold: a page without a line end is one paragraph of any length."""
    if row.clean is None:
        first, last = row.raw
        cuts = [*range(first, last, LONGEST_ROW), last]
        return [parallel.Row(0, None, pair) for pair in pairwise(cuts)] or [row]
    if row.clean[1] - row.clean[0] <= LONGEST_ROW:
        return [row]
    clean_cuts, raw_cuts = [row.clean[0]], [row.raw[0]]
    for spot in spots[bisect_left(starts, row.clean[0]) : bisect_left(starts, row.clean[1])]:
        if spot.clean[1] - clean_cuts[-1] > LONGEST_ROW and spot.clean[0] > clean_cuts[-1] and spot.raw[0] >= raw_cuts[-1]:
            clean_cuts.append(spot.clean[0])
            raw_cuts.append(spot.raw[0])
    pairs = zip(pairwise([*clean_cuts, row.clean[1]]), pairwise([*raw_cuts, row.raw[1]]), strict=True)
    return [parallel.Row(0, clean, raw) for clean, raw in pairs]


def _first(starts: Sequence[int], ends: Sequence[int], position: int) -> int:
    """The first edit that reaches past a raw position; an insertion counts at its own place."""
    return min(bisect_right(ends, position), bisect_left(starts, position))


def _left_out(here: Sequence[parallel.Change]) -> list[Pair]:
    """Why a row was left out: its spam and furniture, and other kinds only where there is neither."""
    kinds = sorted({change.kind for change in here})
    main = [kind for kind in kinds if family(kind) in {"spam", "furniture"} and kind != "layout"]
    return [words.edit_kind(kind) for kind in main or kinds]


def _spot(page: Page, row: Mapping[str, Any]) -> _Spot:
    start, end = int(row["start"]), int(row["end"])
    raw = (int(row["raw_start"]), int(row["raw_end"]))
    if page.replays and end > start:
        raw = page.mapping.raw_span(start, end)
    name = anchor(row["passage"], row["sentence"])
    return _Spot(name, f"{row['passage']}.{row['sentence']}", str(row["kind"]), (start, end), raw)


def _layout(page: Page) -> tuple[parallel.Row, ...]:
    """Clean paragraphs one after the other, then the whole raw page: for a ledger that does not replay."""
    position = 0
    found: list[parallel.Row] = []
    for line in page.clean.split("\n"):
        if line.strip():
            found.append(parallel.Row(len(found) + 1, (position, position + len(line)), (0, 0)))
        position += len(line) + 1
    return (*found, parallel.Row(len(found) + 1, None, (0, len(page.raw))))


def _inside(spots: Sequence[_Spot], starts: Sequence[int], row: parallel.Row) -> list[_Spot]:
    assert row.clean is not None
    first, last = bisect_left(starts, row.clean[0]), bisect_left(starts, row.clean[1])
    return list(spots[first:last])


def _clean_html(page: Page, row: parallel.Row, spots: Sequence[_Spot], here: Sequence[parallel.Change]) -> Markup:
    if row.clean is None:
        return Markup("")
    telling = [c for c in here if family(c.kind) in TELLING and c.clean_end > c.clean_start]
    clean_starts = [change.clean_start for change in telling]
    pieces = []
    last = row.clean[0]
    for spot in spots:
        start, end = max(spot.clean[0], last), min(spot.clean[1], row.clean[1])
        if end <= start:
            continue
        pieces.append(escape(page.clean[last:start]))
        first, final = bisect_left(clean_starts, start), bisect_left(clean_starts, end)
        body = _fixed(page.clean, start, end, telling[first:final])
        back = f'<a class="no" href="#r{spot.name[1:]}">{spot.label}</a>' if page.replays else f'<span class="no">{spot.label}</span>'
        pieces.append(Markup(f'<span class="s" id="{spot.name}">{body}{back}</span>'))
        last = end
    return Markup("").join([*pieces, escape(page.clean[last : row.clean[1]])])


def _fixed(clean: str, start: int, end: int, telling: Sequence[parallel.Change]) -> Markup:
    pieces = []
    last = start
    for change in telling:
        if change.clean_start >= last and change.clean_end <= end:
            pieces += [
                escape(clean[last : change.clean_start]),
                Markup('<a class="fix" href="#e-{}">{}</a>').format(change.number, clean[change.clean_start : change.clean_end]),
            ]
            last = change.clean_end
    return Markup("").join([*pieces, escape(clean[last:end])])


def _raw_html(page: Page, row: parallel.Row, spots: Sequence[_Spot], here: Sequence[parallel.Change], named: set[int]) -> Markup:
    pieces = []
    last = row.raw[0]
    edits = _Edits(here, [change.end for change in here], named)
    for spot in spots:
        start, end = max(spot.raw[0], last), min(spot.raw[1], row.raw[1])
        if end <= start:
            continue
        pieces.append(_marked(page, last, start, edits))
        pieces.append(Markup(f'<span class="s" id="r{spot.name[1:]}">'))
        pieces.append(_marked(page, start, end, edits))
        pieces.append(Markup(f'<a class="no" href="#{spot.name}">{spot.label}</a></span>'))
        last = end
    pieces.append(_marked(page, last, row.raw[1], edits))
    return Markup("").join(pieces)


@dataclass(frozen=True)
class _Edits:
    """The edits of a row, where each ends, and the numbers that have their anchor already."""

    here: Sequence[parallel.Change]
    ends: Sequence[int]
    named: set[int]


def _marked(page: Page, start: int, end: int, edits: _Edits) -> Markup:
    """Raw text with its edits marked; an edit that crosses a border is marked on both sides."""
    pieces: list[Markup] = []
    last = start
    first = bisect_left(edits.ends, start)
    for place in range(first, len(edits.here)):
        change = edits.here[place]
        if change.start >= end and not change.start == change.end == end:
            break
        at, stop = max(change.start, last), min(change.end, end)
        if stop < at or (stop == at and change.start < change.end):
            continue
        pieces.append(escape(page.raw[last:at]))
        own = Markup(' id="e-{}"').format(change.number) if change.number not in edits.named else Markup("")
        edits.named.add(change.number)
        pieces.append(
            Markup('<mark class="k k-{}" title="{}"{}>{}</mark>').format(
                family(change.kind), _title(page, change), own, page.raw[at:stop]
            )
        )
        last = stop
    return Markup("").join([*pieces, escape(page.raw[last:end])])


def _title(page: Page, change: parallel.Change) -> str:
    after = page.clean[change.clean_start : change.clean_end]
    became = f"→ {_short(after)}" if after.strip() else "→ ∅"
    kind = words.edit_kind(change.kind)
    return f"{kind.en} {kind.zh}: {became}"


def _grounds(evidence: str) -> Pair:
    """Why a rule fired, in both languages where it is said in words of ours; words of the page stay as they are."""
    return Pair(_short(evidence), _short(sayings.said(evidence, "zh")))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:39]}…"


def _notes(page: Page, here: Sequence[parallel.Change]) -> list[tuple[str, str, str, Pair, Pair, Pair, int, int]]:
    """The edits of a row in words; equal ones are counted, not repeated.

    Each note: family, before, after, kind, rule, evidence, number of the first such edit, times.
    """
    found: dict[tuple[str, str, str, str], list[parallel.Change]] = {}
    for change in here:
        before, after = page.raw[change.start : change.end], page.clean[change.clean_start : change.clean_end]
        found.setdefault((_short(before), _short(after), change.kind, change.rule), []).append(change)
    return [
        (family(kind), before, after, words.edit_kind(kind), sayings.pair(rule), _grounds(same[0].evidence), same[0].number, len(same))
        for (before, after, kind, rule), same in found.items()
        if before or after
    ]
